"""The very file that was applied last, sent once more: recognised by its content, so that a nightly delivery costs next to nothing.

It says what it said then as long as nothing of the same source was applied since and nothing in it has ended meanwhile. What people or
other sources changed since then stays either way: a row that the sender has not changed overwrites nothing.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from nuanyang.exchange.rosters.reading.records import Package

Enter = Callable[[str], Awaitable[None]]
Counts = dict[str, dict[str, int]]
_APPLIED = """
select i.form, i.form_version, i.mode, i.source, i.rows::text, i.counts::text, i.schools::text, i.applied_at, i.holds_until
from roster_imports i join roster_imports o on o.school_id = i.school_id and o.covers = i.covers and o.year_starts = i.year_starts
  and o.mapping = i.mapping and o.is_district_wide = i.is_district_wide
where i.school_id = $1 and o.id = $2 and i.state = 'applied' and i.content_digest = $3 and (i.holds_until is null or i.holds_until >= $4)
order by i.applied_at desc limit 1"""
# A district's package is on record in one school only; what it changed in the others carries its time.
_SINCE = """
select exists (select from roster_imports where school_id = $1 and state = 'applied' and source = $2 and applied_at > $3)
    or exists (select from external_ids where school_id = $1 and source = $2 and last_seen_at > $3)"""
# Everything that was in the file when it was applied; the other counts tell what happened to it.
_IN_FILE = ("new", "changed", "unchanged")


class Repeated(NamedTuple):
    """What an import of a file that is known by heart amounts to."""

    package: Package
    counts: Counts
    schools: list[dict[str, Any]]
    on: str


async def find_repeated(connection: Any, school_id: str, import_id: UUID, digest: bytes, today: date, enter: Enter) -> Repeated | None:
    """The last import of this very file with these very options, when it still holds."""
    row = await connection.fetchrow(_APPLIED, school_id, import_id, digest, today)
    if row is None or row["mode"] != "bulk":  # what a delta says depends on what was there
        return None
    schools: list[dict[str, Any]] = json.loads(row["schools"])
    for school in schools:
        await enter(school["school_id"])
        if await connection.fetchval(_SINCE, school["school_id"], row["source"], row["applied_at"]):
            await enter(school_id)
            return None
    await enter(school_id)
    holds_until = row["holds_until"].isoformat() if row["holds_until"] else ""
    return Repeated(
        Package(row["form"], row["form_version"], row["mode"], row["source"], json.loads(row["rows"]), holds_until),
        _unchanged(json.loads(row["counts"])),
        [{**school, "counts": _unchanged(school["counts"]), "missing": 0, "asks": False} for school in schools],
        row["applied_at"].date().isoformat(),
    )


def _unchanged(counts: Counts) -> Counts:
    """All that was in the file, as unchanged."""
    whole = {kind: sum(what.get(name, 0) for name in _IN_FILE) for kind, what in counts.items()}
    return {kind: {"unchanged": count} for kind, count in whole.items() if count and kind != "school"}
