"""Runs as the page and the command line show them: from the items alone, so that the account is what happened."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.casework.retention import repository
from nuanyang.casework.retention.models import RetentionItem, RetentionRun
from nuanyang.casework.retention.rules import totals
from nuanyang.casework.retention.schemas import ClassCount, Run
from nuanyang.kit.clock import today


async def told(session: AsyncSession, school_id: UUID, runs: Sequence[RetentionRun]) -> list[Run]:
    """Runs with their counts."""
    items: dict[UUID, list[RetentionItem]] = {run.id: [] for run in runs}
    for item in await repository.items_of(session, school_id, items):
        items[item.run_id].append(item)
    names = await repository.names_of(session, (account for run in runs for account in (run.created_by, run.applied_by)))
    newest = await repository.newest_shown(session, school_id)
    return [_told(run, items[run.id], names, is_newest=newest is not None and newest.id == run.id) for run in runs]


def _told(run: RetentionRun, items: list[RetentionItem], names: dict[UUID | None, str], *, is_newest: bool) -> Run:
    def students(*states: str) -> int:
        return len({i.student_id for i in items if i.student_id and i.state in states})

    fields = ("id", "created_at", "until", "shown_at", "applied_at", "files_to_close", "files_closed", "undated")
    return Run.model_validate(
        {
            **{name: getattr(run, name) for name in fields},
            "state": "applied" if run.applied_at else "shown" if run.shown_at else "working",
            "created_by_name": names.get(run.created_by),
            "applied_by_name": names.get(run.applied_by),
            "is_newest": is_newest,
            "students": students("shown", "held", "changed", "done"),
            "students_due": len({i.student_id for i in items if i.student_id and i.state == "shown" and i.due_on <= today()}),
            "students_held": students("held"),
            "students_changed": students("changed"),
            "students_done": students("done"),
            "earliest_due_on": min((i.due_on for i in items if i.state == "shown"), default=None),
            "classes": _counts([i for i in items if i.state != "done"]),
            "done": _counts([i for i in items if i.state == "done"]),
        }
    )


def _counts(items: list[RetentionItem]) -> list[ClassCount]:
    return [ClassCount.model_validate(total) for total in totals((i.due_on, i.student_id is not None, i.counts) for i in items)]
