"""Asking for each school's night of retention, once a night, beside the worker: the job itself runs from the queue like any other."""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import func, select, text

from nuanyang.casework.retention.rules import HOUR
from nuanyang.kit.clock import now
from nuanyang.kit.db import Database
from nuanyang.kit.jobs import Job, enqueue
from nuanyang.school.schools.models import School

log = structlog.get_logger("nuanyang.retention")
KIND = "retention.night"
SECONDS_BETWEEN_LOOKS = 600.0
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtextextended('retention nights', 0))")


async def keep_retaining(database: Database) -> None:
    """Look every few minutes for schools whose night has come, until cancelled."""
    while True:
        # Waiting comes first: whoever starts the service has other things to see than the night's work.
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        try:
            asked = await ask_nights(database, now())
            if asked:
                log.info("retention_asked", schools=asked)
        except Exception as reason:
            log.exception("retention_not_asked", kind=type(reason).__name__)


async def ask_nights(database: Database, instant: datetime) -> int:
    """Queue the night of each school where it is past two and today's was not asked for yet; answers how many."""
    asked = 0
    async with database.session() as session:
        # Several workers look at once; the second one finds what the first has asked.
        await session.execute(_ONE_AT_A_TIME)
        for school in (await session.scalars(select(School))).all():
            here = instant.astimezone(ZoneInfo(school.time_zone))
            if here.hour < HOUR:
                continue
            midnight = here.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
            known = select(func.count()).where(Job.kind == KIND, Job.school_id == school.id, Job.created_at >= midnight)
            if not await session.scalar(known):
                await enqueue(session, KIND, school_id=school.id, account_id=None)
                asked += 1
    return asked
