"""Browsers by a cookie of their own: known once an account has signed in there, trusted for thirty days where its owner said so."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Device
from nuanyang.access.accounts.rules import TRUST
from nuanyang.kit.clock import now
from nuanyang.kit.crypto import secret_hash
from nuanyang.kit.ids import new_id

LONGEST_TOKEN = 100


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a sign-in comes from."""

    address: str
    user_agent: str
    device_token: str | None


async def known_device(session: AsyncSession, account_id: UUID, visit: Visit) -> Device | None:
    """The row that joins this account and this browser."""
    if not visit.device_token or len(visit.device_token) > LONGEST_TOKEN:
        return None
    statement = select(Device).where(Device.account_id == account_id, Device.token_hash == secret_hash(visit.device_token))
    return (await session.scalars(statement)).one_or_none()


async def remember_device(session: AsyncSession, account_id: UUID, visit: Visit, *, trust: bool) -> str:
    """Note that the account signed in here, trusting the browser if asked; answers the token for its cookie.

    Trusting gives the browser a fresh token: one that somebody had planted there beforehand opens nothing.
    """
    device = await known_device(session, account_id, visit)
    token = visit.device_token if device and visit.device_token else None
    if token is None or trust:
        fresh = secrets.token_urlsafe(32)
        if visit.device_token and len(visit.device_token) <= LONGEST_TOKEN:
            # Other people who sign in at this computer keep what they had.
            await session.execute(
                update(Device).where(Device.token_hash == secret_hash(visit.device_token)).values(token_hash=secret_hash(fresh))
            )
        token = fresh
    if device is None:
        device = Device(id=new_id(), account_id=account_id, token_hash=secret_hash(token), first_seen_at=now())
        session.add(device)
    device.token_hash, device.user_agent, device.address, device.last_seen_at = (
        secret_hash(token),
        visit.user_agent,
        visit.address,
        now(),
    )
    if trust:
        device.trusted_until = now() + TRUST
    await session.flush()
    return token


async def trusted_devices(session: AsyncSession, account_id: UUID) -> list[Device]:
    """The browsers that spare this account the second factor."""
    statement = select(Device).where(Device.account_id == account_id, Device.trusted_until > now()).order_by(Device.last_seen_at.desc())
    return list((await session.scalars(statement)).all())


async def forget_devices(session: AsyncSession, account_id: UUID, device_id: UUID | None = None) -> int:
    """Forget one browser of the account, or all of them; answers how many."""
    statement = delete(Device).where(Device.account_id == account_id)
    if device_id is not None:
        statement = statement.where(Device.id == device_id)
    return int((await session.execute(statement)).rowcount)  # type: ignore[attr-defined]
