"""Queries of delegations. Names of classes and students are read as plain SQL: their tables belong to the floor above."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from nuanyang.access.accounts.models import Account, Membership, RoleAssignment
from nuanyang.access.delegations.rules import NEVER_LENT


async def own_assignment(session: AsyncSession, school_id: UUID, role_id: UUID) -> RoleAssignment | None:
    """An assignment held in somebody's own right."""
    row = await session.get(RoleAssignment, (school_id, role_id))
    return row if row is not None and row.delegated_from is None and row.role not in NEVER_LENT else None


async def lendable(session: AsyncSession, school_id: UUID, account_id: UUID, day: date) -> Sequence[RoleAssignment]:
    """What this account holds in its own right, today or later."""
    statement = select(RoleAssignment).where(
        RoleAssignment.school_id == school_id,
        RoleAssignment.account_id == account_id,
        RoleAssignment.delegated_from.is_(None),
        RoleAssignment.role.not_in(NEVER_LENT),
        or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= day),
    )
    return (await session.scalars(statement.order_by(RoleAssignment.scope_kind, RoleAssignment.role, RoleAssignment.id))).all()


async def delegations(
    session: AsyncSession, school_id: UUID, account_id: UUID, since: date
) -> Sequence[tuple[RoleAssignment, UUID, str, str]]:
    """(delegation, the giver's account, the giver, the deputy) of those that this account gave or received."""
    lent, giver, deputy = aliased(RoleAssignment), aliased(Account), aliased(Account)
    statement = (
        select(RoleAssignment, giver.id, giver.display_name, deputy.display_name)
        .join(lent, (lent.school_id == RoleAssignment.school_id) & (lent.id == RoleAssignment.delegated_from))
        .join(giver, giver.id == lent.account_id)
        .join(deputy, deputy.id == RoleAssignment.account_id)
        .where(RoleAssignment.school_id == school_id, RoleAssignment.valid_to >= since)
        .where(or_(RoleAssignment.account_id == account_id, lent.account_id == account_id))
        .order_by(RoleAssignment.valid_from.desc(), RoleAssignment.id.desc())
    )
    return [(row[0], row[1], row[2], row[3]) for row in (await session.execute(statement)).all()]


async def delegation(session: AsyncSession, school_id: UUID, delegation_id: UUID) -> tuple[RoleAssignment, RoleAssignment] | None:
    """A delegation with the assignment that it is lent from."""
    row = await session.get(RoleAssignment, (school_id, delegation_id))
    if row is None or row.delegated_from is None:
        return None
    return row, await session.get_one(RoleAssignment, (school_id, row.delegated_from))


async def account_of(session: AsyncSession, school_id: UUID, staff_id: UUID) -> Account | None:
    """The account in use of a member of staff."""
    statement = select(Account).join(Membership, Membership.account_id == Account.id)
    mine = (Membership.school_id == school_id, Membership.person_kind == "staff", Membership.person_id == staff_id)
    return (await session.scalars(statement.where(*mine, Account.disabled_at.is_(None)))).first()


async def scope_names(session: AsyncSession, school_id: UUID, kind: str, ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Names of classes, or of students."""
    table = {"class": "classes", "student": "students"}[kind]
    wanted = {one for one in ids if one is not None}
    statement = text(f"select id, name from {table} where school_id = :school and id = any(:ids)")  # noqa: S608 - one of two fixed words
    rows = await session.execute(statement, {"school": school_id, "ids": list(wanted)}) if wanted else ()
    return {row.id: row.name for row in rows}
