"""Keeping every school's ledger, beside the worker: what is owed is worked out when a day begins and when something changed, and counts are folded."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.casework.obligations.reminding import remind
from nuanyang.casework.obligations.service import keep_up
from nuanyang.kit.clock import now
from nuanyang.kit.db import Database, opening
from nuanyang.school.schools.models import School

log = structlog.get_logger("nuanyang.ledger")
SECONDS_BETWEEN_LOOKS = 2.0
ANYWHERE = opening(purpose="job")
_BEHIND = text("select school_id from schools_behind(:instant)")
_MARKED = text("select school_id from schools_with_marks()")
_TO_FOLD = text("select school_id from schools_to_fold()")
_FOLD = text("select fold_counts(:school)")


async def keep_owing(database: Database) -> None:
    """Look every few seconds, until cancelled."""
    waiting: dict[UUID, date] = {}
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        try:
            await look(database, now(), waiting)
        except Exception as reason:
            log.exception("ledger_not_kept", kind=type(reason).__name__)


async def look(database: Database, instant: datetime, waiting: dict[UUID, date]) -> int:
    """Bring up to date what is behind, then fold what was counted; answers how many schools were worked out. A school that fails stops no other.

    `waiting` are the schools that have no programme yet: they are asked again on another day, or when something of theirs changes.
    """
    async with database.session(ANYWHERE) as session:
        marked = set((await session.scalars(_MARKED)).all())
        behind = set((await session.scalars(_BEHIND, {"instant": instant})).all())
    done = 0
    for school_id in sorted(marked | {one for one in behind if waiting.get(one) != instant.date()}):
        done += await _safely(database, school_id, _keeper(instant, waiting))
    async with database.session(ANYWHERE) as session:
        folding = list((await session.scalars(_TO_FOLD)).all())
    for school_id in folding:
        await _safely(database, school_id, _fold)
    return done


def _keeper(instant: datetime, waiting: dict[UUID, date]) -> Callable[[AsyncSession, UUID], Awaitable[None]]:
    async def keep(session: AsyncSession, school_id: UUID) -> None:
        school = await session.get_one(School, school_id)
        day = instant.astimezone(ZoneInfo(school.time_zone)).date()
        done = await keep_up(session, school_id, day)
        if done is None:
            waiting[school_id] = instant.date()
            return
        await remind(session, school_id, day, instant)
        if done.begun or done.ended or done.added:
            log.info("ledger_worked_out", school=str(school_id), begun=done.begun, ended=done.ended, added=done.added)

    return keep


async def _fold(session: AsyncSession, school_id: UUID) -> None:
    await session.execute(_FOLD, {"school": school_id})


async def _safely(database: Database, school_id: UUID, work: Callable[[AsyncSession, UUID], Awaitable[None]]) -> bool:
    try:
        async with database.session(opening(school_id=school_id, purpose="job")) as session:
            await work(session, school_id)
    except Exception as reason:
        log.exception("ledger_not_kept", school=str(school_id), kind=type(reason).__name__)
        return False
    return True
