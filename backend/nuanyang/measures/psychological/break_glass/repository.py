"""Statements of break-glass. Time is the database's own: a clock set back opens nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account
from nuanyang.access.actors import Caller
from nuanyang.kit.ids import new_id
from nuanyang.measures.psychological.break_glass import policy
from nuanyang.measures.psychological.break_glass.models import BreakGlassNotice, BreakGlassOpening, BreakGlassReview
from nuanyang.measures.psychological.break_glass.rules import REVIEW_WITHIN
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.students.models import Student

OPEN = text(
    "insert into break_glass_openings (school_id, id, student_id, opened_as, reason) values (:school, :id, :student, :office, :reason)"
)
REVIEW = text("insert into break_glass_reviews (school_id, id, opening_id, outcome, note) values (:school, :id, :opening, :outcome, :note)")
# The trigger writes the instant.
END = text("update break_glass_openings set ended_at = now() where school_id = :school and id = :id and ended_at is null")
SEEN = text(
    "update break_glass_notices set seen_at = now()"
    " where school_id = :school and opening_id = :opening and account_id = :account and seen_at is null"
)
READS = text("select at, operation, fields from read_under_break_glass(:opening)")
_INSTANT = func.clock_timestamp()


def is_living() -> ColumnElement[bool]:
    """What can be read under now, to the second."""
    return and_(BreakGlassOpening.ended_at.is_(None), BreakGlassOpening.expires_at > _INSTANT)


def in_state(state: str) -> ColumnElement[bool]:
    """`open`, `to_review` (over and not reviewed), `overdue` (that, for longer than a day) or `reviewed`, over the joined review."""
    late = BreakGlassOpening.opened_at <= _INSTANT - REVIEW_WITHIN
    unreviewed = BreakGlassReview.id.is_(None)
    if state == "open":
        return is_living()
    if state == "reviewed":
        return BreakGlassReview.id.is_not(None)
    return and_(unreviewed, ~is_living(), late if state == "overdue" else text("true"))


async def open_glass(session: AsyncSession, school_id: UUID, student_id: UUID, office: str, reason: str) -> UUID:
    """Add an opening; the database fills in who and when, and tells whom it concerns."""
    opening_id = new_id()
    values = {"school": school_id, "id": opening_id, "student": student_id, "office": office, "reason": reason}
    await session.execute(OPEN, values)
    return opening_id


async def living(session: AsyncSession, caller: Caller, student_id: UUID) -> BreakGlassOpening | None:
    """The caller's opening of this student's file that still holds."""
    statement = select(BreakGlassOpening).where(
        BreakGlassOpening.school_id == caller.school_id,
        BreakGlassOpening.student_id == student_id,
        BreakGlassOpening.account_id == caller.account_id,
        is_living(),
    )
    return (await session.scalars(statement.execution_options(populate_existing=True))).first()


async def end(session: AsyncSession, school_id: UUID, opening_id: UUID) -> None:
    """End it early."""
    await session.execute(END, {"school": school_id, "id": opening_id})


async def review(session: AsyncSession, school_id: UUID, opening_id: UUID, outcome: str, note: str) -> None:
    """Add the review; the database fills in who and when."""
    await session.execute(REVIEW, {"school": school_id, "id": new_id(), "opening": opening_id, "outcome": outcome, "note": note})


async def mark_seen(session: AsyncSession, caller: Caller, opening_id: UUID) -> None:
    """Note that the caller has seen their notice."""
    await session.execute(SEEN, {"school": caller.school_id, "opening": opening_id, "account": caller.account_id})


async def reads(session: AsyncSession, opening_id: UUID) -> Sequence[Any]:
    """What was read under an opening."""
    return (await session.execute(READS, {"opening": opening_id})).all()


def _openings(caller: Caller) -> Any:
    opener, reviewer = Account.__table__.alias("opener"), Account.__table__.alias("reviewer")
    mine = and_(
        BreakGlassNotice.school_id == BreakGlassOpening.school_id,
        BreakGlassNotice.opening_id == BreakGlassOpening.id,
        BreakGlassNotice.account_id == caller.account_id,
    )
    return (
        select(
            BreakGlassOpening,
            BreakGlassReview,
            Student.name.label("student_name"),
            SchoolClass.name.label("class_name"),
            opener.c.display_name.label("opened_by"),
            reviewer.c.display_name.label("reviewed_by"),
            and_(BreakGlassNotice.id.is_not(None), BreakGlassNotice.seen_at.is_(None)).label("is_unseen"),
            is_living().label("is_living"),
            (BreakGlassOpening.opened_at <= _INSTANT - REVIEW_WITHIN).label("is_late"),
        )
        .join(Student, and_(Student.school_id == BreakGlassOpening.school_id, Student.id == BreakGlassOpening.student_id))
        .outerjoin(SchoolClass, and_(SchoolClass.school_id == Student.school_id, SchoolClass.id == Student.class_id))
        .join(opener, opener.c.id == BreakGlassOpening.account_id)
        .outerjoin(
            BreakGlassReview,
            and_(BreakGlassReview.school_id == BreakGlassOpening.school_id, BreakGlassReview.opening_id == BreakGlassOpening.id),
        )
        .outerjoin(reviewer, reviewer.c.id == BreakGlassReview.reviewed_by)
        .outerjoin(BreakGlassNotice, mine)
        .where(BreakGlassOpening.school_id == caller.school_id, policy.concerns(caller))
    )


async def page(
    session: AsyncSession,
    caller: Caller,
    *,
    state: str | None,
    unseen: bool,
    mine: bool,
    student_id: UUID | None,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[Any]:
    """Openings that concern the caller, the newest first."""
    statement = _filtered(_openings(caller), caller, state=state, unseen=unseen, mine=mine)
    if student_id is not None:
        statement = statement.where(BreakGlassOpening.student_id == student_id)
    if after is not None:
        at, last = after
        earlier = and_(BreakGlassOpening.opened_at == at, BreakGlassOpening.id < last)
        statement = statement.where(or_(BreakGlassOpening.opened_at < at, earlier))
    order = (BreakGlassOpening.opened_at.desc(), BreakGlassOpening.id.desc())
    return (await session.execute(statement.order_by(*order).limit(limit))).all()


def _filtered(statement: Any, caller: Caller, *, state: str | None, unseen: bool, mine: bool) -> Any:
    if state is not None:
        statement = statement.where(in_state(state))
    if unseen:
        statement = statement.where(BreakGlassNotice.id.is_not(None), BreakGlassNotice.seen_at.is_(None))
    return statement.where(policy.reviewable(caller)) if mine else statement


async def count(session: AsyncSession, caller: Caller, *, state: str | None = None, unseen: bool = False, mine: bool = False) -> int:
    """How many the list shows with these filters."""
    listed = _filtered(_openings(caller), caller, state=state, unseen=unseen, mine=mine).with_only_columns(BreakGlassOpening.id)
    return int(await session.scalar(select(func.count()).select_from(listed.subquery())) or 0)


async def one(session: AsyncSession, caller: Caller, opening_id: UUID) -> Any | None:
    """An opening that concerns the caller."""
    return (await session.execute(_openings(caller).where(BreakGlassOpening.id == opening_id))).one_or_none()


async def told_of(session: AsyncSession, school_id: UUID, opening_ids: Sequence[UUID]) -> dict[UUID, list[tuple[str, BreakGlassNotice]]]:
    """Who was told of these openings, by name."""
    statement = (
        select(BreakGlassNotice, Account.display_name)
        .join(Account, Account.id == BreakGlassNotice.account_id)
        .where(BreakGlassNotice.school_id == school_id, BreakGlassNotice.opening_id.in_(opening_ids))
        .order_by(BreakGlassNotice.told_as.desc(), Account.display_name)
    )
    found: dict[UUID, list[tuple[str, BreakGlassNotice]]] = {}
    for notice, name in (await session.execute(statement)).all():
        found.setdefault(notice.opening_id, []).append((name, notice))
    return found
