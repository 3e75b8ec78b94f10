"""Queries of accounts. Names of schools, classes and people are read as plain SQL: their tables belong to the floor above."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account, Membership, RoleAssignment, Session, SignInTicket, SpentRefreshToken
from nuanyang.access.accounts.rules import Place
from nuanyang.access.permissions import CASE_ROLES
from nuanyang.access.walls import beyond
from nuanyang.kit.clock import now, today
from nuanyang.kit.db import Database


async def account_by_username(session: AsyncSession, username: str) -> Account | None:
    """The account of this sign-in name."""
    return (await session.scalars(select(Account).where(Account.username == username.strip().lower()))).one_or_none()


async def places_of(session: AsyncSession, account: Account) -> list[Place]:
    """The account's schools by name, with the roles in force; every school for a district administrator."""
    statement = text(
        """
        select s.id, s.name, s.second_factor, m.person_kind, coalesce((
          select array_agg(distinct r.role order by r.role) from role_assignments r
          where r.account_id = :account and r.school_id = s.id and r.valid_from <= :day
            and (r.valid_to is null or r.valid_to >= :day) and r.role not in ('case_lead', 'case_counsellor')), '{}') as roles
        from schools s left join memberships m on m.school_id = s.id and m.account_id = :account
        where :everywhere or m.id is not null
        order by s.name"""
    )
    rows = await session.execute(statement, {"account": account.id, "everywhere": account.is_district_admin, "day": today()})
    return [Place(r.id, r.name, tuple(r.roles), r.person_kind, r.second_factor) for r in rows]


async def school_row(session: AsyncSession, school_id: UUID) -> dict[str, object]:
    """What a token's school is called and teaches."""
    statement = text("select id, name, code, first_grade, last_grade, primary_years, time_zone from schools where id = :id")
    return dict((await session.execute(statement, {"id": school_id})).mappings().one())


async def school_name(database: Database, school_id: UUID) -> str:
    """What a school is called."""
    async with database.session() as session:
        return str(await session.scalar(text("select name from schools where id = :id"), {"id": school_id}))


async def second_factor_policy(session: AsyncSession, school_id: UUID) -> str:
    """`required` or `off`."""
    return str(await session.scalar(text("select second_factor from schools where id = :id"), {"id": school_id}))


async def set_second_factor(session: AsyncSession, school_id: UUID, value: str) -> None:
    """Change whether the school's staff need a second factor."""
    await session.execute(text("update schools set second_factor = :value where id = :id"), {"value": value, "id": school_id})


async def class_names(session: AsyncSession, school_id: UUID, class_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of classes, for showing scopes."""
    ids = list(class_ids)
    if not ids:
        return {}
    rows = await session.execute(
        text("select id, name from classes where school_id = :school and id = any(:ids)"), {"school": school_id, "ids": ids}
    )
    return {r.id: r.name for r in rows}


async def display_names(session: AsyncSession, account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What these accounts are called."""
    ids = list(account_ids)
    rows = await session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids))) if ids else ()
    return {row.id: row.display_name for row in rows}


async def cases_led(session: AsyncSession, school_id: UUID, staff_id: UUID) -> list[UUID]:
    """The students whose case this member of staff leads now."""
    statement = text("select student_id from case_leads where school_id = :school and staff_id = :staff and valid_to is null")
    async with beyond(session, "accounts"):  # an administrator sees no student; their lead gets the rights all the same
        return list((await session.scalars(statement, {"school": school_id, "staff": staff_id})).all())


async def person_name(session: AsyncSession, school_id: UUID, kind: str, person_id: UUID | None) -> str | None:
    """The name of the person behind an account."""
    if person_id is None:
        return None
    table = {"staff": "staff", "guardian": "guardians", "student": "students"}[kind]
    statement = text(f"select name from {table} where school_id = :school and id = :id")  # noqa: S608 - one of three fixed words
    async with beyond(session, "accounts"):
        return (await session.execute(statement, {"school": school_id, "id": person_id})).scalar_one_or_none()


async def session_by_token(session: AsyncSession, token_hash: bytes) -> tuple[Session | None, datetime | None]:
    """The session of a refresh token, locked; and when the token was spent, if it is not its newest one any more."""
    statement = select(Session).where(Session.refresh_hash == token_hash).with_for_update()
    row = (await session.scalars(statement)).one_or_none()
    if row is not None:
        return row, None
    spent = await session.get(SpentRefreshToken, token_hash)
    if spent is None:
        return None, None
    return (await session.scalars(select(Session).where(Session.id == spent.session_id).with_for_update())).one(), spent.spent_at


async def ticket(session: AsyncSession, ticket_hash: bytes) -> SignInTicket | None:
    """The ticket between password and second factor."""
    return (await session.scalars(select(SignInTicket).where(SignInTicket.ticket_hash == ticket_hash))).one_or_none()


async def living_sessions(session: AsyncSession, account_id: UUID) -> list[Session]:
    """The sessions of an account that can still be used, the last used first."""
    statement = (
        select(Session)
        .where(Session.account_id == account_id, Session.ended_at.is_(None), Session.expires_at > now())
        .order_by(Session.last_used_at.desc(), Session.id.desc())
    )
    return [row for row in (await session.scalars(statement)).all() if not row.is_idle(now())]


async def end_sessions(session: AsyncSession, account_id: UUID, reason: str, *, but: UUID | None = None) -> int:
    """End every living session of an account, but one; answers how many."""
    statement = update(Session).where(Session.account_id == account_id, Session.ended_at.is_(None))
    if but is not None:
        statement = statement.where(Session.id != but)
    return int((await session.execute(statement.values(ended_at=now(), end_reason=reason))).rowcount)  # type: ignore[attr-defined]


async def forget_spent_tokens(session: AsyncSession, account_id: UUID) -> None:
    """The spent tokens of sessions that are over prove nothing any more."""
    over = select(Session.id).where(Session.account_id == account_id, (Session.ended_at.is_not(None)) | (Session.expires_at < now()))
    await session.execute(delete(SpentRefreshToken).where(SpentRefreshToken.session_id.in_(over)))


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
    """Role assignments not yet lapsed, by account; those of single cases are kept by their slices and not shown here."""
    statement = (
        select(RoleAssignment)
        .where(
            RoleAssignment.school_id == school_id, RoleAssignment.account_id.in_(list(account_ids)), RoleAssignment.role.not_in(CASE_ROLES)
        )
        .where((RoleAssignment.valid_to.is_(None)) | (RoleAssignment.valid_to >= today()))
        .order_by(RoleAssignment.valid_from, RoleAssignment.id)
    )
    found: dict[UUID, list[RoleAssignment]] = {}
    for row in (await session.scalars(statement)).all():
        found.setdefault(row.account_id, []).append(row)
    return found
