"""Making, ending and finding one's feed."""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.calendar_feeds.models import CalendarFeed
from nuanyang.access.calendar_feeds.schemas import FeedState
from nuanyang.kit.clock import now
from nuanyang.kit.db import Database
from nuanyang.kit.ids import new_id

_FIND = text("select school_id, account_id, id from feed_of(:digest)")


@dataclass(frozen=True, slots=True)
class Found:
    """Whose feed an address is."""

    school_id: UUID
    account_id: UUID
    id: UUID


async def state(session: AsyncSession, caller: Caller) -> FeedState:
    """Whether one's own feed is on."""
    row = (await session.scalars(_living(caller))).one_or_none()
    return FeedState(is_on=row is not None, since=row.created_at if row else None)


async def make(session: AsyncSession, caller: Caller) -> str:
    """A new secret; the one before is good no more."""
    await end(session, caller)
    token = secrets.token_urlsafe(32)
    row = CalendarFeed(
        school_id=caller.school_id,
        id=new_id(),
        account_id=caller.account_id,
        token_hash=_digest(token),
        created_by=caller.account_id,
        created_at=now(),
    )
    session.add(row)
    await session.flush()
    return token


async def end(session: AsyncSession, caller: Caller) -> None:
    """The address is good no more; twice is once."""
    mine = CalendarFeed.school_id == caller.school_id, CalendarFeed.account_id == caller.account_id, CalendarFeed.revoked_at.is_(None)
    await session.execute(update(CalendarFeed).where(*mine).values(revoked_at=now()).execution_options(synchronize_session=False))


async def find(database: Database, token: str) -> Found | None:
    """Whose address this is; None where it is nobody's, or was ended."""
    async with database.session() as session:
        row = (await session.execute(_FIND, {"digest": _digest(token)})).one_or_none()
    return Found(*row) if row else None


def _living(caller: Caller):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SQLAlchemy's own generics
    return select(CalendarFeed).where(
        CalendarFeed.school_id == caller.school_id, CalendarFeed.account_id == caller.account_id, CalendarFeed.revoked_at.is_(None)
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
