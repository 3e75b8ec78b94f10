"""The gate: what needs consent is not done without it. Tables that hold such data hang the database's own `consent_gate` on themselves, too."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from nuanyang.school.consents.errors import ConsentMissing
from nuanyang.school.consents.models import ConsentExemption
from nuanyang.school.consents.purposes import Purpose, purpose
from nuanyang.school.students.models import Student


@dataclass(frozen=True, slots=True)
class Urgent:
    """What never waits for consent, and why it is so now; kept with the name of whoever says it."""

    ground: Literal["crisis", "mandatory_report"]
    reason: str


# How the state reads to who wants to go on: what is missing, and where to record it.
_WHY = {
    "missing": (
        "还没有“{zh}”的知情同意。请先在学生页面的“知情同意”中登记。",
        "There is no consent to “{en}” yet: record it on the student's page.",
    ),
    "withdrawn": ("“{zh}”的同意已撤回或不同意，不能再办理。", "Consent to “{en}” was withdrawn or refused: nothing new may be done."),
    "outdated": ("“{zh}”的同意书已更新，须重新征求同意，登记后再办理。", "The text of “{en}” has changed: consent must be asked anew."),
}


async def is_given(session: AsyncSession, student_id: UUID, of: str) -> bool:
    """Whether consent is in force for a purpose; for what needs none, always."""
    return not purpose(of).is_gate or await _state(session, student_id, of) == "given"


async def require(session: AsyncSession, caller: Caller, student_id: UUID, of: str, *, urgent: Urgent | None = None) -> UUID | None:
    """Raise `ConsentMissing` unless consent to this purpose is in force; a purpose that is no gate lets everything through.

    With `urgent` nothing waits: the reason is recorded, and the id of that record is returned for the column that `consent_gate` looks at. It is
    good for this transaction only.
    """
    wanted = purpose(of)
    if urgent is not None:
        return await _exempt(session, caller, student_id, of, urgent)
    if wanted.is_gate:
        state = await _state(session, student_id, of)
        if state != "given":
            raise _missing(wanted, state, student_id)
    return None


async def missing(session: AsyncSession, school_id: UUID, student_ids: Iterable[UUID], of: str) -> dict[UUID, ConsentMissing]:
    """What `require` would raise, for several students at once; whoever has given consent is not in it."""
    wanted = purpose(of)
    if not wanted.is_gate:
        return {}
    statement = select(Student.id, func.consent_state(Student.id, of, today()))
    rows = await session.execute(statement.where(Student.school_id == school_id, Student.id.in_(list(student_ids))))
    return {student_id: _missing(wanted, state, student_id) for student_id, state in rows if state != "given"}


async def _state(session: AsyncSession, student_id: UUID, of: str) -> str:
    return str(await session.scalar(select(func.consent_state(student_id, of, today()))))


async def _exempt(session: AsyncSession, caller: Caller, student_id: UUID, of: str, urgent: Urgent) -> UUID:
    row = ConsentExemption(
        school_id=caller.school_id,
        id=new_id(),
        student_id=student_id,
        purpose=of,
        ground=urgent.ground,
        data_class="wellbeing" if urgent.ground == "crisis" else "protection",
        reason=urgent.reason,
        recorded_by=caller.account_id,
    )
    session.add(row)
    await session.flush()
    return row.id


def _missing(wanted: Purpose, state: str, student_id: UUID) -> ConsentMissing:
    zh, en = (text.format(zh=wanted.zh, en=wanted.en) for text in _WHY[state])
    return ConsentMissing(zh, en, extra={"purpose": wanted.code, "state": state, "student_id": str(student_id)})
