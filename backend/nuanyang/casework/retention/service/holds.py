"""法律保全: setting a hold, lifting it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.retention import repository
from nuanyang.casework.retention.errors import AlreadyHeld, HoldLifted, HoldNotFound
from nuanyang.casework.retention.models import LegalHold
from nuanyang.kit.clock import now
from nuanyang.kit.ids import new_id
from nuanyang.school.students.service import visible_student


async def place(session: AsyncSession, caller: Caller, student_id: UUID | None, reason: str) -> LegalHold:
    """From now on nothing of this student is erased; the database waits for an erasure at work to end."""
    if student_id is not None:
        await visible_student(session, caller, student_id)
    if await repository.standing_hold(session, caller.school_id, student_id) is not None:
        raise AlreadyHeld
    row = LegalHold(school_id=caller.school_id, id=new_id(), student_id=student_id, reason=reason, created_by=caller.account_id)
    session.add(row)
    await session.flush()
    return row


async def lift(session: AsyncSession, caller: Caller, hold_id: UUID, reason: str) -> LegalHold:
    """End a hold; what is due falls due again, and waits its notice from the next dry run on."""
    row = await session.get(LegalHold, (caller.school_id, hold_id), with_for_update=True)
    if row is None:
        raise HoldNotFound
    if row.lifted_at is not None:
        raise HoldLifted
    row.lifted_at, row.lifted_by, row.lift_reason = now(), caller.account_id, reason
    await session.flush()
    return row
