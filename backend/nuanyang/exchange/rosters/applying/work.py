"""What all parts of one school's import share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from uuid_utils import uuid7

from nuanyang.exchange.rosters.applying.existing import Existing
from nuanyang.exchange.rosters.applying.tables import Writer
from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.records import Item
from nuanyang.exchange.rosters.rules import Room
from nuanyang.kit.crypto import Keyring

# Part of the identity of a sheet's row is a number that is kept encrypted everywhere else.
KEY_INDEX = "external_ids.sourced_id"


class Arrival(NamedTuple):
    """A pupil who is new here or here again, to be looked for in the other schools of the district."""

    file: str
    line: int
    key: str
    student: str
    name: str
    former_name: str | None
    registration: bytes | None
    identity: bytes | None
    begins_on: date
    is_new: bool


@dataclass(slots=True)
class Work:
    """One school's records on their way from a file into the database."""

    school_key: str
    school_name: str
    existing: Existing
    writer: Writer
    findings: Findings
    keyring: Keyring
    import_id: str
    source: str
    is_sheet: bool
    is_bulk: bool
    covers_school: bool
    today: date
    at: datetime
    looks_elsewhere: bool = False  # whether the district has other pupils at all
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)  # (kind, what happened)
    # What this file's keys stand for, whether found or new.
    years: dict[str, tuple[str, date, date]] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    staff: dict[str, str] = field(default_factory=dict)
    guardians: dict[str, str] = field(default_factory=dict)
    arrivals: list[Arrival] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)  # key → student now on the list 去向待核实

    def count(self, kind: str, what: str) -> None:
        """One more of a kind that is new, changed, unchanged, leaving …"""
        self.counts[kind, what] += 1

    def stored_key(self, key: str) -> str:
        """The sender's key as it is stored: those of a sheet hold numbers, so they are hashed with a key."""
        return self.keyring.blind_index(key, KEY_INDEX).hex() if self.is_sheet else key

    def known(self, kind: str, key: str) -> str | None:
        """The entity this source's key stood for last time."""
        return self.existing.entities[kind].get(key)

    def is_unchanged(self, kind: str, key: str, item: Item) -> bool:
        """Whether the sender says what he said last time."""
        return self.existing.marks[kind].get(key) == item.mark

    def remember(self, kind: str, key: str, entity: str, mark: bytes | None) -> None:
        """Keep which entity a key stands for, and the fingerprint of what was said."""
        self.existing.entities[kind][key] = entity
        self.writer.add("external_ids", (fresh_id(), self.source, kind, key, entity, mark, self.at.isoformat()))

    @property
    def newest_year_starts(self) -> date | None:
        """The first day of the newest school year in the file."""
        return max((starts for _, starts, _ in self.years.values()), default=None)


def fresh_id() -> str:
    """A UUIDv7 as text: three times as fast as the object, which matters for millions."""
    return str(uuid7())
