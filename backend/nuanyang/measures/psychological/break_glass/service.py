"""Breaking the glass, ending it, and the review by somebody else."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.step_up import demand_recent
from nuanyang.access.actors import Caller
from nuanyang.kit.db.refusals import constraint_of
from nuanyang.kit.errors import Forbidden, Problem
from nuanyang.measures.psychological.break_glass import policy, repository
from nuanyang.measures.psychological.break_glass.errors import (
    NeedsNoGlass,
    NobodyToTell,
    NothingToOpen,
    NotTheReviewer,
    OpenAlready,
    OpeningNotFound,
    ReviewedAlready,
    StillOpen,
)
from nuanyang.measures.psychological.break_glass.models import BreakGlassOpening
from nuanyang.measures.psychological.break_glass.rules import due_at
from nuanyang.measures.psychological.break_glass.schemas import Opening, OpeningRead, OpeningReview, OpeningTold
from nuanyang.measures.psychological.cases.service import cases_of
from nuanyang.school.students.models import Student

_REFUSED: dict[str, type[Problem]] = {
    "break_glass_open": OpenAlready,
    "break_glass_told": NobodyToTell,
    "break_glass_over": StillOpen,
    "break_glass_other": NotTheReviewer,
    "uq_break_glass_reviews_school_id_opening_id": ReviewedAlready,
}


async def open_glass(session: AsyncSession, caller: Caller, student: Student, reason: str) -> UUID:
    """Open one clinical file for an hour. The database tells whom it concerns in this very transaction, or refuses."""
    office = policy.office_of(caller)
    if office is None:
        raise Forbidden
    if caller.may("read", "clinical", student.class_id, student.id):
        raise NeedsNoGlass
    if not await cases_of(session, caller.school_id, student.id):
        raise NothingToOpen
    await demand_recent(session, caller)
    try:
        return await repository.open_glass(session, caller.school_id, student.id, office, reason)
    except IntegrityError as refusal:
        raise _stated(refusal) from refusal


async def living_opening(session: AsyncSession, caller: Caller, student_id: UUID) -> BreakGlassOpening | None:
    """The caller's opening of this file that holds at this instant."""
    return await repository.living(session, caller, student_id)


def may_open(caller: Caller) -> bool:
    """Whether the caller's office is one that breaks the glass."""
    return policy.office_of(caller) is not None


async def end(session: AsyncSession, caller: Caller, opening_id: UUID) -> None:
    """End the own opening before its hour is over; one that is over stays as it is."""
    row = await _one(session, caller, opening_id)
    if row.BreakGlassOpening.account_id != caller.account_id:
        raise Forbidden
    if row.is_living:
        await repository.end(session, caller.school_id, opening_id)


async def review(session: AsyncSession, caller: Caller, opening_id: UUID, outcome: str, note: str) -> None:
    """Say afterwards whether it was right to open the file."""
    row = await _one(session, caller, opening_id)
    if not policy.may_review(caller, row.BreakGlassOpening):
        raise NotTheReviewer
    try:
        await repository.review(session, caller.school_id, opening_id, outcome, note)
    except IntegrityError as refusal:
        raise _stated(refusal) from refusal


async def mark_seen(session: AsyncSession, caller: Caller, opening_id: UUID) -> None:
    """Say that one has seen a notice; again changes nothing."""
    await _one(session, caller, opening_id)
    await repository.mark_seen(session, caller, opening_id)


async def reads(session: AsyncSession, caller: Caller, opening_id: UUID) -> list[OpeningRead]:
    """What was read under an opening, for whom it concerns."""
    await _one(session, caller, opening_id)
    rows = await repository.reads(session, opening_id)
    return [OpeningRead(at=row.at, operation=row.operation, fields=row.fields or []) for row in rows]


async def _one(session: AsyncSession, caller: Caller, opening_id: UUID) -> Any:
    row = await repository.one(session, caller, opening_id)
    if row is None:
        raise OpeningNotFound
    return row


async def shown(session: AsyncSession, caller: Caller, opening_id: UUID) -> Opening:
    """One opening as the list shows it."""
    return (await listed(session, caller, [await _one(session, caller, opening_id)]))[0]


async def listed(session: AsyncSession, caller: Caller, rows: Sequence[Any]) -> list[Opening]:
    """Rows of the list with everybody who was told."""
    told = await repository.told_of(session, caller.school_id, [row.BreakGlassOpening.id for row in rows])
    return [_opening(caller, row, told.get(row.BreakGlassOpening.id, [])) for row in rows]


def _opening(caller: Caller, row: Any, told: Sequence[Any]) -> Opening:
    opening, found = row.BreakGlassOpening, row.BreakGlassReview
    return Opening(
        id=opening.id,
        student_id=opening.student_id,
        student_name=row.student_name,
        class_name=row.class_name,
        opened_by=row.opened_by,
        is_own=opening.account_id == caller.account_id,
        opened_as=opening.opened_as,
        reason=opening.reason,
        opened_at=opening.opened_at,
        expires_at=opening.expires_at,
        ended_at=opening.ended_at,
        state=_state(row),
        review_due_at=due_at(opening.opened_at),
        review=OpeningReview(outcome=found.outcome, note=found.note, reviewed_by=row.reviewed_by or "", reviewed_at=found.reviewed_at)
        if found
        else None,
        told=[OpeningTold(name=name, told_as=notice.told_as, seen_at=notice.seen_at) for name, notice in told],
        may_review=found is None and not row.is_living and policy.may_review(caller, opening),
        is_unseen=row.is_unseen,
    )


def _state(row: Any) -> Any:
    if row.is_living:
        return "open"
    if row.BreakGlassReview is not None:
        return "reviewed"
    return "overdue" if row.is_late else "to_review"


async def page(session: AsyncSession, caller: Caller, *, after: tuple[datetime, UUID] | None, limit: int, **filters: Any) -> Sequence[Any]:
    """Rows of the list, one more than asked for where there is a next page."""
    return await repository.page(session, caller, after=after, limit=limit + 1, **filters)


async def count(session: AsyncSession, caller: Caller, **filters: Any) -> int:
    """How many the list shows with these filters; nothing for whose work it is not."""
    return await repository.count(session, caller, **filters)


def _stated(refusal: IntegrityError) -> Problem:
    """The database's refusal in words."""
    kind = _REFUSED.get(constraint_of(refusal) or "")
    if kind is None:
        raise refusal
    return kind()
