"""Queries of counselling cases and of who is on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account, RoleAssignment
from nuanyang.measures.psychological.cases.models import CounsellingCase

CASE_COUNSELLOR = "case_counsellor"


@dataclass(frozen=True, slots=True)
class OnCase:
    """Somebody on a case, or about to be; `is_deputy` for some days only."""

    role_id: UUID
    account_id: UUID
    name: str
    is_deputy: bool
    valid_from: date
    valid_to: date | None


async def cases_of(session: AsyncSession, school_id: UUID, student_id: UUID) -> Sequence[CounsellingCase]:
    """A student's cases, the newest first."""
    statement = select(CounsellingCase).where(CounsellingCase.school_id == school_id, CounsellingCase.student_id == student_id)
    return (await session.scalars(statement.order_by(CounsellingCase.opened_on.desc(), CounsellingCase.id.desc()))).all()


async def lock_case(session: AsyncSession, school_id: UUID, student_id: UUID) -> CounsellingCase | None:
    """The open case, kept for this transaction: two changes of its counsellor follow one another."""
    statement = select(CounsellingCase).where(
        CounsellingCase.school_id == school_id, CounsellingCase.student_id == student_id, CounsellingCase.closed_on.is_(None)
    )
    return (await session.scalars(statement.with_for_update())).one_or_none()


async def on_case(session: AsyncSession, school_id: UUID, student_id: UUID, since: date) -> list[OnCase]:
    """Who is on the case on this day or later, the counsellor before deputies."""
    statement = (
        select(RoleAssignment, Account.display_name)
        .join(Account, Account.id == RoleAssignment.account_id)
        .where(RoleAssignment.school_id == school_id, RoleAssignment.role == CASE_COUNSELLOR, RoleAssignment.scope_id == student_id)
        .where(or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= since))
        .order_by(RoleAssignment.delegated_from.is_not(None), RoleAssignment.valid_from, RoleAssignment.id)
    )
    return [
        OnCase(row.id, row.account_id, name, row.delegated_from is not None, row.valid_from, row.valid_to)
        for row, name in (await session.execute(statement)).all()
    ]


async def assignments(session: AsyncSession, school_id: UUID, student_id: UUID) -> Sequence[RoleAssignment]:
    """Everybody who ever counselled this student in their own right, the last one first."""
    statement = select(RoleAssignment).where(
        RoleAssignment.school_id == school_id,
        RoleAssignment.role == CASE_COUNSELLOR,
        RoleAssignment.scope_id == student_id,
        RoleAssignment.delegated_from.is_(None),
    )
    return (await session.scalars(statement.order_by(RoleAssignment.valid_from.desc(), RoleAssignment.id.desc()))).all()


async def is_counsellor(session: AsyncSession, school_id: UUID, account_id: UUID, day: date) -> bool:
    """Whether this account holds the office of a counsellor on this day."""
    statement = select(RoleAssignment.id).where(
        RoleAssignment.school_id == school_id,
        RoleAssignment.account_id == account_id,
        RoleAssignment.role == "counsellor",
        RoleAssignment.valid_from <= day,
        or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= day),
    )
    return await session.scalar(statement.limit(1)) is not None


async def counsellors(session: AsyncSession, school_id: UUID, day: date) -> list[tuple[UUID, str]]:
    """The school's counsellors of this day by account and name."""
    statement = (
        select(Account.id, Account.display_name)
        .join(RoleAssignment, RoleAssignment.account_id == Account.id)
        .where(RoleAssignment.school_id == school_id, RoleAssignment.role == "counsellor", RoleAssignment.valid_from <= day)
        .where(or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= day), Account.disabled_at.is_(None))
        .distinct()
        .order_by(Account.display_name, Account.id)
    )
    return [(row.id, row.display_name) for row in (await session.execute(statement)).all()]
