"""Statements over the two functions that let somebody read the record at all."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account, RoleAssignment
from nuanyang.access.actors import Caller
from nuanyang.access.audit.models import AuditCheck
from nuanyang.casework.dossiers.models import CaseLead
from nuanyang.kit.ids import new_id
from nuanyang.school.students.models import Student

_STUDENT = text("select * from audit_of_student(:student, :before_at, :before_id, :at_most)")
_SCHOOL = text("select * from audit_of_school(:since, :until, :account, :action, :before_at, :before_id, :at_most)")
CHECKS_SHOWN = 30


async def entries_of_student(session: AsyncSession, student_id: UUID, before: tuple[datetime, UUID] | None, at_most: int) -> Sequence[Any]:
    """The newest entries before a mark; none when the caller may not see them."""
    at, entry = before or (None, None)
    return (await session.execute(_STUDENT, {"student": student_id, "before_at": at, "before_id": entry, "at_most": at_most})).all()


async def entries_of_school(
    session: AsyncSession,
    *,
    since: datetime | None,
    until: datetime | None,
    account_id: UUID | None,
    action: str | None,
    before: tuple[datetime, UUID] | None,
    at_most: int,
) -> Sequence[Any]:
    """The same over the school."""
    at, entry = before or (None, None)
    values = {
        "since": since,
        "until": until,
        "account": account_id,
        "action": action,
        "before_at": at,
        "before_id": entry,
        "at_most": at_most,
    }
    return (await session.execute(_SCHOOL, values)).all()


async def names_of(session: AsyncSession, accounts: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The names of accounts."""
    ids = {account for account in accounts if account is not None}
    rows = await session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


async def students_named(session: AsyncSession, school_id: UUID, students: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The names of students."""
    ids = {student for student in students if student is not None}
    rows = await session.execute(select(Student.id, Student.name).where(Student.school_id == school_id, Student.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


async def assignments_of(session: AsyncSession, school_id: UUID, account_id: UUID, day: date) -> Sequence[RoleAssignment]:
    """The caller's roles of today with their dates."""
    statement = select(RoleAssignment).where(
        RoleAssignment.school_id == school_id,
        RoleAssignment.account_id == account_id,
        RoleAssignment.valid_from <= day,
        RoleAssignment.valid_to.is_(None) | (RoleAssignment.valid_to >= day),
    )
    return (await session.scalars(statement.order_by(RoleAssignment.valid_from, RoleAssignment.id))).all()


async def lenders_of(session: AsyncSession, school_id: UUID, held: Iterable[RoleAssignment]) -> dict[UUID | None, str]:
    """Whose assignments these deputies stand in for: names by the lent assignment."""
    lent = {row.delegated_from for row in held if row.delegated_from is not None}
    statement = select(RoleAssignment.id, Account.display_name).join(Account, Account.id == RoleAssignment.account_id)
    rows = await session.execute(statement.where(RoleAssignment.school_id == school_id, RoleAssignment.id.in_(lent)))
    return {row[0]: row[1] for row in rows}


async def leads(session: AsyncSession, caller: Caller, student_id: UUID) -> bool:
    """Whether the caller is the student's case lead today."""
    found = select(CaseLead.id).where(
        CaseLead.school_id == caller.school_id,
        CaseLead.student_id == student_id,
        CaseLead.staff_id == caller.staff_id,
        CaseLead.valid_to.is_(None),
    )
    return caller.staff_id is not None and await session.scalar(found) is not None


async def newest_checks(session: AsyncSession) -> Sequence[AuditCheck]:
    """The last verifications."""
    return (
        await session.scalars(select(AuditCheck).order_by(AuditCheck.requested_at.desc(), AuditCheck.id.desc()).limit(CHECKS_SHOWN))
    ).all()


async def ask_check(session: AsyncSession, account_id: UUID) -> AuditCheck:
    """Ask the sealer for a verification; one that already waits answers for this one, too."""
    waiting = (await session.scalars(select(AuditCheck).where(AuditCheck.checked_at.is_(None)).limit(1))).first()
    if waiting is not None:
        return waiting
    check_id = new_id()
    await session.execute(
        text("insert into audit_checks (id, requested_by) values (:id, :account)"), {"id": check_id, "account": account_id}
    )
    return (await session.scalars(select(AuditCheck).where(AuditCheck.id == check_id))).one()
