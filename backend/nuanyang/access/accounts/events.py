"""The record of what happened to an account's sign-in: who did it, from where."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import SecurityEvent
from nuanyang.kit.clock import now
from nuanyang.kit.ids import new_id


def record(
    session: AsyncSession, account_id: UUID, kind: str, *, actor_id: UUID | None = None, address: str = "", **details: object
) -> None:
    """Add a line, in the transaction of what it tells; without an actor it was the account itself."""
    session.add(
        SecurityEvent(
            id=new_id(),
            account_id=account_id,
            kind=kind,
            actor_id=actor_id or account_id,
            address=address,
            details=details,
            happened_at=now(),
        )
    )


async def latest(session: AsyncSession, account_id: UUID, limit: int = 50) -> Sequence[SecurityEvent]:
    """The newest lines of an account."""
    statement = select(SecurityEvent).where(SecurityEvent.account_id == account_id)
    return (await session.scalars(statement.order_by(SecurityEvent.happened_at.desc(), SecurityEvent.id.desc()).limit(limit))).all()
