"""Queries of sessions."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account
from nuanyang.measures.psychological.counselling.models import CounsellingSession, CounsellingSessionVersion

MOST = 500


async def sessions_of(session: AsyncSession, school_id: UUID, student_id: UUID) -> Sequence[CounsellingSession]:
    """A student's sessions, the newest first."""
    statement = (
        select(CounsellingSession)
        .where(CounsellingSession.school_id == school_id, CounsellingSession.student_id == student_id)
        .order_by(CounsellingSession.held_on.desc(), CounsellingSession.id.desc())
    )
    return (await session.scalars(statement.limit(MOST))).all()


async def one(session: AsyncSession, school_id: UUID, session_id: UUID) -> CounsellingSession | None:
    """One session."""
    return await session.get(CounsellingSession, (school_id, session_id))


async def versions_of(session: AsyncSession, school_id: UUID, session_id: UUID) -> Sequence[CounsellingSessionVersion]:
    """What it said before its corrections, the newest first."""
    statement = select(CounsellingSessionVersion).where(
        CounsellingSessionVersion.school_id == school_id, CounsellingSessionVersion.session_id == session_id
    )
    return (await session.scalars(statement.order_by(CounsellingSessionVersion.number.desc()))).all()


async def names_of(session: AsyncSession, account_ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """What these accounts are called."""
    ids = {one for one in account_ids if one is not None}
    rows = await session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids)))
    return {row.id: row.display_name for row in rows}
