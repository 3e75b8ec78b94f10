"""One import writes a school at a time: whoever comes second waits, and then finds what the first has done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from nuanyang.exchange.rosters.applying.tables import SECONDS

Report = Callable[[int, int, str], Awaitable[None]]
SECONDS_BETWEEN_TRIES = 0.3
# Advisory locks end with the transaction, however it ends. A district's package excludes every school at once.
_ONE_SCHOOL = """
select pg_try_advisory_xact_lock_shared(hashtextextended('roster import', 0))
   and pg_try_advisory_xact_lock(hashtextextended('roster import ' || $1, 0))"""
_WHOLE_DISTRICT = "select pg_try_advisory_xact_lock(hashtextextended('roster import', 0)) from (select $1::text) o"
_OTHER = "select pg_advisory_xact_lock(hashtextextended('roster import ' || $1, 0))"


async def take_turn(connection: Any, school_id: str, report: Report, *, is_district_wide: bool) -> None:
    """Wait until no other import writes this school; the wait can be cancelled."""
    statement = _WHOLE_DISTRICT if is_district_wide else _ONE_SCHOOL
    while not await connection.fetchval(statement, school_id):
        await report(0, 100, "waiting")
        await asyncio.sleep(SECONDS_BETWEEN_TRIES)


async def hold_too(connection: Any, school_id: str) -> None:
    """Before an import of one school closes a record of another one. Two that want each other's end in the database's own way: one retries."""
    await connection.execute(_OTHER, school_id, timeout=SECONDS)
