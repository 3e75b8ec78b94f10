"""Telling people something once, and their reading it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.inbox import repository
from nuanyang.access.inbox.errors import NoticeNotFound
from nuanyang.access.inbox.models import Notice
from nuanyang.access.inbox.schemas import NoticeList, NoticeShown
from nuanyang.kit.clock import now
from nuanyang.kit.paging import decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class Told:
    """What one person is told. The subject is made of everything but the number: told again with another number, it is the same notice."""

    account_id: UUID
    kind: str
    day: date
    count: int
    clause: str | None = None
    class_id: UUID | None = None
    class_name: str | None = None

    @property
    def subject(self) -> str:
        """What it is about, the same however often it is told."""
        return ":".join(str(part) for part in (self.kind, self.clause, self.class_id, self.day) if part is not None)


async def tell(session: AsyncSession, school_id: UUID, kind: str, told: Iterable[Told], at: datetime) -> int:
    """Tell all of a kind that holds now: each once, however often this runs or breaks off; what holds no more is settled. Answers how many are new."""
    those = list(told)
    rows = [
        {
            "school_id": school_id,
            "account_id": one.account_id,
            "kind": one.kind,
            "subject": one.subject,
            "params": {
                "clause": one.clause,
                "day": one.day.isoformat(),
                "count": one.count,
                "class_id": str(one.class_id) if one.class_id else None,
                "class_name": one.class_name,
            },
            "told_at": at,
        }
        for one in those
    ]
    new = await repository.tell(session, rows)
    await repository.settle_others(session, school_id, kind, {(one.account_id, one.subject) for one in those}, at)
    return new


async def listed(session: AsyncSession, caller: Caller, *, unread: bool, cursor: str | None, limit: int) -> NoticeList:
    """One's own notices."""
    key = decode_cursor(cursor, 2)
    after = (datetime.fromisoformat(str(key[0])), UUID(str(key[1]))) if key else None
    rows = await repository.page(session, caller.school_id, caller.account_id, unread=unread, after=after, limit=limit)
    page = rows[:limit]
    return NoticeList(
        items=[_shown(row) for row in page],
        unread=await repository.count_unread(session, caller.school_id, caller.account_id),
        next_cursor=encode_cursor(page[-1].told_at.isoformat(), page[-1].id) if len(rows) > limit else None,
    )


async def count_unread(session: AsyncSession, caller: Caller) -> int:
    """How many wait to be read."""
    return await repository.count_unread(session, caller.school_id, caller.account_id)


async def mark(session: AsyncSession, caller: Caller, notice_id: UUID, *, is_read: bool) -> NoticeShown:
    """Mark one as read, or as unread again."""
    row = await repository.one(session, caller.school_id, caller.account_id, notice_id)
    if row is None:
        raise NoticeNotFound
    row.read_at = (row.read_at or now()) if is_read else None
    await session.flush()
    return _shown(row)


async def read_all(session: AsyncSession, caller: Caller) -> None:
    """Mark all as read."""
    await repository.read_all(session, caller.school_id, caller.account_id, now())


def _shown(row: Notice) -> NoticeShown:
    return NoticeShown.model_validate(
        {**row.params, "id": row.id, "kind": row.kind, "told_at": row.told_at, "read_at": row.read_at, "settled_at": row.settled_at}
    )
