"""Queries of accounts. Names of schools, classes and people are read as plain SQL: their tables belong to the floor above."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account, Membership, RoleAssignment, Session, SignInAttempt
from nuanyang.kit.clock import now, today

ATTEMPT_WINDOW = timedelta(minutes=15)


async def account_by_username(session: AsyncSession, username: str) -> Account | None:
    """The account of this sign-in name."""
    return (await session.scalars(select(Account).where(Account.username == username.strip().lower()))).one_or_none()


async def recent_failures(session: AsyncSession, username: str, address: str) -> int:
    """Failed sign-ins of the last 15 minutes for this name from this address."""
    since = now() - ATTEMPT_WINDOW
    statement = select(func.count()).where(
        SignInAttempt.username == username, SignInAttempt.address == address, SignInAttempt.failed_at > since
    )
    return int((await session.execute(statement)).scalar_one())


async def forget_failures(session: AsyncSession, username: str, address: str) -> None:
    """A right password clears the count; old rows of everybody go with it."""
    await session.execute(delete(SignInAttempt).where(SignInAttempt.username == username, SignInAttempt.address == address))
    await session.execute(delete(SignInAttempt).where(SignInAttempt.failed_at < now() - ATTEMPT_WINDOW))


async def schools_of(session: AsyncSession, account: Account) -> list[tuple[UUID, str, list[str]]]:
    """(id, name, roles in force) of the account's schools by name; every school for a district administrator."""
    statement = text(
        """
        select s.id, s.name, coalesce((
          select array_agg(distinct r.role order by r.role) from role_assignments r
          where r.account_id = :account and r.school_id = s.id and r.valid_from <= :day
            and (r.valid_to is null or r.valid_to >= :day) and r.role <> 'case_lead'), '{}') as roles
        from schools s
        where :everywhere or s.id in (select m.school_id from memberships m where m.account_id = :account)
        order by s.name"""
    )
    rows = await session.execute(statement, {"account": account.id, "everywhere": account.is_district_admin, "day": today()})
    return [(r.id, r.name, list(r.roles)) for r in rows]


async def is_student(session: AsyncSession, account_id: UUID) -> bool:
    """Whether the account is a student's, in any school."""
    statement = select(Membership.id).where(Membership.account_id == account_id, Membership.person_kind == "student").limit(1)
    return await session.scalar(statement) is not None


async def school_row(session: AsyncSession, school_id: UUID) -> dict[str, object]:
    """What a token's school is called and teaches."""
    statement = text("select id, name, code, first_grade, last_grade, primary_years, time_zone from schools where id = :id")
    return dict((await session.execute(statement, {"id": school_id})).mappings().one())


async def class_names(session: AsyncSession, school_id: UUID, class_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of classes, for showing scopes."""
    ids = list(class_ids)
    if not ids:
        return {}
    rows = await session.execute(
        text("select id, name from classes where school_id = :school and id = any(:ids)"), {"school": school_id, "ids": ids}
    )
    return {r.id: r.name for r in rows}


async def cases_led(session: AsyncSession, school_id: UUID, staff_id: UUID) -> list[UUID]:
    """The students whose case this member of staff leads now."""
    statement = text("select student_id from case_leads where school_id = :school and staff_id = :staff and valid_to is null")
    return list((await session.scalars(statement, {"school": school_id, "staff": staff_id})).all())


async def person_name(session: AsyncSession, school_id: UUID, kind: str, person_id: UUID | None) -> str | None:
    """The name of the person behind an account."""
    if person_id is None:
        return None
    table = {"staff": "staff", "guardian": "guardians", "student": "students"}[kind]
    statement = text(f"select name from {table} where school_id = :school and id = :id")  # noqa: S608 - one of three fixed words
    return (await session.execute(statement, {"school": school_id, "id": person_id})).scalar_one_or_none()


async def session_of(session: AsyncSession, session_id: UUID) -> Session | None:
    """A session, living or ended, locked."""
    return (await session.scalars(select(Session).where(Session.id == session_id).with_for_update())).one_or_none()


async def end_sessions(session: AsyncSession, account_id: UUID, ended_at: datetime, *, but: UUID | None = None) -> None:
    """End every living session of an account, but one."""
    for row in (await session.scalars(select(Session).where(Session.account_id == account_id, Session.ended_at.is_(None)))).all():
        if row.id != but:
            row.ended_at = ended_at
    await session.flush()


async def accounts_page(
    session: AsyncSession, school_id: UUID, *, q: str | None, person_kind: str | None, after: Sequence[object] | None, limit: int
) -> list[tuple[Account, Membership]]:
    """Accounts of a school by sign-in name."""
    statement = select(Account, Membership).join(Membership, Membership.account_id == Account.id).where(Membership.school_id == school_id)
    if person_kind:
        statement = statement.where(Membership.person_kind == person_kind)
    if q:
        pattern = "%" + q.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        statement = statement.where(Account.username.like(pattern) | func.lower(Account.display_name).like(pattern))
    if after:
        statement = statement.where(Account.username > str(after[0]))
    rows = await session.execute(statement.order_by(Account.username).limit(limit))
    return [(a, m) for a, m in rows]


async def member(session: AsyncSession, school_id: UUID, account_id: UUID) -> tuple[Account, Membership] | None:
    """An account of this school."""
    statement = select(Account, Membership).join(Membership, Membership.account_id == Account.id)
    row = (await session.execute(statement.where(Membership.school_id == school_id, Account.id == account_id))).one_or_none()
    return None if row is None else (row[0], row[1])


async def roles_of(session: AsyncSession, school_id: UUID, account_ids: Iterable[UUID]) -> dict[UUID, list[RoleAssignment]]:
    """Role assignments not yet lapsed, by account; the case leads' own ones are kept by their slice and not shown here."""
    statement = (
        select(RoleAssignment)
        .where(RoleAssignment.school_id == school_id, RoleAssignment.account_id.in_(list(account_ids)), RoleAssignment.role != "case_lead")
        .where((RoleAssignment.valid_to.is_(None)) | (RoleAssignment.valid_to >= today()))
        .order_by(RoleAssignment.valid_from, RoleAssignment.id)
    )
    found: dict[UUID, list[RoleAssignment]] = {}
    for row in (await session.scalars(statement)).all():
        found.setdefault(row.account_id, []).append(row)
    return found
