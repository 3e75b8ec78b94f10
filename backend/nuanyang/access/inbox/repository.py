"""Queries of one's own notices, and telling many at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.inbox.models import Notice
from nuanyang.kit.ids import new_id


def _mine(school_id: UUID, account_id: UUID) -> tuple[Any, Any]:
    return Notice.school_id == school_id, Notice.account_id == account_id


async def page(
    session: AsyncSession, school_id: UUID, account_id: UUID, *, unread: bool, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Notice]:
    """One's own notices, the newest first; one more than `limit` where there is another page."""
    statement = select(Notice).where(*_mine(school_id, account_id))
    if unread:
        statement = statement.where(Notice.read_at.is_(None), Notice.settled_at.is_(None))
    if after is not None:
        statement = statement.where(tuple_(Notice.told_at, Notice.id) < after)
    return (await session.scalars(statement.order_by(Notice.told_at.desc(), Notice.id.desc()).limit(limit + 1))).all()


async def count_unread(session: AsyncSession, school_id: UUID, account_id: UUID) -> int:
    """How many wait to be read; what is over needs no reading."""
    statement = select(func.count()).where(*_mine(school_id, account_id), Notice.read_at.is_(None), Notice.settled_at.is_(None))
    return await session.scalar(statement) or 0


async def one(session: AsyncSession, school_id: UUID, account_id: UUID, notice_id: UUID) -> Notice | None:
    """One of one's own."""
    row = await session.get(Notice, (school_id, notice_id), with_for_update=True)
    return row if row is not None and row.account_id == account_id else None


async def read_all(session: AsyncSession, school_id: UUID, account_id: UUID, at: datetime) -> None:
    """Mark all as read."""
    await session.execute(
        update(Notice)
        .where(*_mine(school_id, account_id), Notice.read_at.is_(None))
        .values(read_at=at)
        .execution_options(synchronize_session=False)
    )


async def tell(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write notices; those that were told before stay as they are. Answers how many are new."""
    told = 0
    for at in range(0, len(rows), 1000):
        part = [{"id": new_id(), **row} for row in rows[at : at + 1000]]
        statement = insert(Notice).values(part).on_conflict_do_nothing(index_elements=["school_id", "account_id", "subject"])
        told += len((await session.execute(statement.returning(Notice.id))).all())
    return told


async def settle_others(session: AsyncSession, school_id: UUID, kind: str, still: Collection[tuple[UUID, str]], at: datetime) -> None:
    """What is over is settled: every open notice of a kind that is not among these."""
    statement = update(Notice).where(Notice.school_id == school_id, Notice.kind == kind, Notice.settled_at.is_(None))
    if still:
        statement = statement.where(tuple_(Notice.account_id, Notice.subject).not_in(list(still)))
    await session.execute(statement.values(settled_at=at).execution_options(synchronize_session=False))
