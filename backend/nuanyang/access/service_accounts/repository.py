"""Queries of programs' accounts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account
from nuanyang.access.service_accounts.models import ServiceAccount, ServiceSecret


async def by_client_id(session: AsyncSession, client_id: str) -> Account | None:
    """The account of a client id."""
    return (await session.scalars(select(Account).where(Account.username == client_id.strip().lower()))).one_or_none()


async def own(session: AsyncSession, account_id: UUID) -> ServiceAccount | None:
    """A program finds its own row, and with it its school, before a school is chosen."""
    return (await session.scalars(select(ServiceAccount).where(ServiceAccount.id == account_id))).one_or_none()


async def listed(session: AsyncSession, school_id: UUID) -> list[tuple[ServiceAccount, Account]]:
    """The school's programs, those in use first, by name."""
    statement = select(ServiceAccount, Account).join(Account, Account.id == ServiceAccount.id).where(ServiceAccount.school_id == school_id)
    rows = await session.execute(statement.order_by(ServiceAccount.revoked_at.is_not(None), Account.display_name, Account.id))
    return [(row[0], row[1]) for row in rows]


async def one(session: AsyncSession, school_id: UUID, account_id: UUID) -> tuple[ServiceAccount, Account] | None:
    """A program of this school."""
    statement = select(ServiceAccount, Account).join(Account, Account.id == ServiceAccount.id)
    row = (await session.execute(statement.where(ServiceAccount.school_id == school_id, ServiceAccount.id == account_id))).one_or_none()
    return None if row is None else (row[0], row[1])


async def living_secrets(session: AsyncSession, school_id: UUID, account_ids: Sequence[UUID]) -> dict[UUID, list[ServiceSecret]]:
    """Secrets that were not revoked, lapsed ones included, by account."""
    statement = select(ServiceSecret).where(
        ServiceSecret.school_id == school_id, ServiceSecret.service_account_id.in_(account_ids), ServiceSecret.revoked_at.is_(None)
    )
    found: dict[UUID, list[ServiceSecret]] = {}
    for row in (await session.scalars(statement.order_by(ServiceSecret.created_at))).all():
        found.setdefault(row.service_account_id, []).append(row)
    return found
