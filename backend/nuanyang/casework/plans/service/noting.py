"""What happens to a plan, on the student's timeline."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.dossiers.service import note
from nuanyang.casework.plans.models import SupportPlan

# An entry has one class: the plan's class that most of those who see the plan see.
ORDER = ("academic", "family", "economic", "health", "wellbeing", "protection")


def note_plan(
    session: AsyncSession, caller: Caller, plan: SupportPlan, kind: str, classes: Iterable[str], outcome: str | None = None
) -> None:
    """One entry: the version's number and level, nothing of its text."""
    details: dict[str, Any] = {"outcome": outcome} if outcome else {}
    present = set(classes)
    data_class = next((c for c in ORDER if c in present), None)
    if data_class is not None:
        note(
            session,
            caller,
            plan.student_id,
            kind,
            data_class,
            subject=("support_plan", plan.id),
            number=plan.number,
            support_level=plan.support_level,
            **details,
        )
