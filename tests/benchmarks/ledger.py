"""The programme's ledger at scale: a programme in force in every school, worked out since September; its pages, and what the next day costs."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import text

from nuanyang.casework.obligations.service import keep_up
from nuanyang.kit.clock import now
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import new_id
from nuanyang.programme.clauses import clauses, templates
from nuanyang.programme.editions.models import Edition, EditionClause
from nuanyang.programme.editions.rules.content import from_template
from tests.benchmarks.building import SCHOOLS, uid
from tests.benchmarks.targets import request

SINCE, DAY = date(2026, 9, 1), date(2026, 11, 26)
PAGES = {
    "compliance": ("compliance, the term", "/api/v1/compliance"),
    "compliance_year": ("compliance, the year", "/api/v1/compliance?span=year"),
    "my_week": ("my week", "/api/v1/my-week"),
    "gaps": ("gaps, all kinds", "/api/v1/gaps"),
}
_FOLD = text("select fold_counts(:school)")


@dataclass(frozen=True)
class Filled:
    """What the ledger holds, and how long it took to work it out: all of it since September, and one more day of every school."""

    occurrences: int
    seconds: float
    day_seconds: float
    day_added: int


def pages(tokens: Mapping[int, str]) -> dict[str, list[str]]:
    """Requests for each page, one a school."""
    return {what: [request(path, token) for token in tokens.values()] for what, (_, path) in PAGES.items()}


async def fill(app_url: str) -> Filled:
    """Approve a programme in each school that has none, and work out three months and then one more day."""
    database = Database(app_url, read_size=1, write_size=2)
    try:
        begun, day_seconds, added = time.perf_counter(), 0.0, 0
        for school in range(1, SCHOOLS + 1):
            print(f"  ledger of school {school}", file=sys.stderr)
            await _programme(database, uid("school", school))
            await _work(database, uid("school", school), DAY)
        seconds = time.perf_counter() - begun
        for school in range(1, SCHOOLS + 1):
            started = time.perf_counter()
            added += await _work(database, uid("school", school), DAY + timedelta(days=1))
            day_seconds += time.perf_counter() - started
        occurrences = 0
        for school in range(1, SCHOOLS + 1):
            async with database.session(opening(school_id=uid("school", school), purpose="job")) as session:
                occurrences += await session.scalar(text("select count(*) from occurrences")) or 0
        return Filled(occurrences, seconds, day_seconds, added)
    finally:
        await database.stop()


async def _work(database: Database, school_id: UUID, day: date) -> int:
    context = opening(school_id=school_id, purpose="job")
    async with database.session(context) as session:
        done = await keep_up(session, school_id, day)
    async with database.session(context) as session:
        await session.execute(_FOLD, {"school": school_id})
    return done.added if done else 0


async def _programme(database: Database, school_id: UUID) -> None:
    async with database.session(opening(school_id=school_id, purpose="job")) as session:
        if await session.scalar(text("select 1 from editions limit 1")):
            return
        template = templates()["september"]
        phases = [{"id": p.id, "zh": p.zh, "en": p.en, "months": list(p.months)} for p in template.phases]
        named = {"name": "帮扶方案", "starts_on": SINCE, "ends_on": date(2027, 8, 31), "template": "september", "phases": phases}
        edition = Edition(school_id=school_id, id=new_id(), created_by=new_id(), **named)
        session.add(edition)
        await session.flush()
        for n, clause in enumerate(clauses(), 1):
            values = from_template(clause, template, n)
            session.add(EditionClause(school_id=school_id, id=new_id(), edition_id=edition.id, **values))
        await session.flush()
        edition.state, edition.submitted_at, edition.submitted_by = "submitted", now(), edition.created_by
        await session.flush()
        edition.state, edition.approved_at, edition.approved_by, edition.in_force_from = "in_force", now(), new_id(), SINCE
