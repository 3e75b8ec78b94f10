"""去向待核实: the pupils whom a roster left out, until somebody finds out where they are (控辍保学)."""

from datetime import date
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.exchange.rosters.errors import CheckNotFound, CheckResolved
from nuanyang.exchange.rosters.models import WhereaboutsCheck
from nuanyang.exchange.rosters.rules import END_REASONS
from nuanyang.exchange.rosters.schemas import ResolveInput
from nuanyang.kit.clock import now, today
from nuanyang.school.students.models import Enrolment, Student


async def resolve(session: AsyncSession, caller: Caller, check_id: UUID, body: ResolveInput) -> WhereaboutsCheck:
    """Say where a pupil is; the enrolment ends, or goes on, accordingly."""
    check = await session.get(WhereaboutsCheck, (caller.school_id, check_id), with_for_update=True)
    if check is None:
        raise CheckNotFound
    if check.outcome is not None:
        raise CheckResolved
    student = await session.get_one(Student, (caller.school_id, check.student_id))
    student.status, student.status_on = body.outcome, today(caller.time_zone)
    if body.outcome in END_REASONS:
        await end_enrolment(session, student, today(caller.time_zone), END_REASONS[body.outcome])
    check.outcome, check.note, check.resolved_at, check.resolved_by = body.outcome, body.note, now(), caller.account_id
    await session.flush()
    return check


async def end_enrolment(session: AsyncSession, student: Student, on: date, reason: str) -> None:
    """End the current enrolment, if there is one."""
    await session.execute(
        update(Enrolment)
        .where(
            Enrolment.school_id == student.school_id,
            Enrolment.student_id == student.id,
            Enrolment.ends_on.is_(None),
            Enrolment.starts_on <= on,
        )
        .values(ends_on=on, end_reason=reason)
    )
