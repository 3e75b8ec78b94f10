"""How it went: which record meets which occurrence, and the state of each.

Records are taken in the order in which they were entered, and each takes one place for good. So a record that is entered later never changes what an
earlier one met, and never makes anybody's year look worse.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from nuanyang.kit.clock import SCHOOL_ZONE
from nuanyang.programme.cadence.rules.obligations import Obligation
from nuanyang.programme.cadence.rules.occurrences import Occurrence

State = Literal["due", "in_grace", "met", "late", "backfilled", "missed", "waived"]
_ZONE = ZoneInfo(SCHOOL_ZONE)


@dataclass(frozen=True, slots=True)
class Record:
    """Something that was done, of a kind. `held_at` where the very instant counts (P1.2); `minutes` that the student was there."""

    id: str
    kind: str
    held_on: date
    entered_at: datetime
    held_at: datetime | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Waiver:
    """免办: who said that it need not be done, and why."""

    occurrence: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An occurrence, its state, and what made it so; `entered_at` is that of the record that completed it."""

    occurrence: Occurrence
    state: State
    record_ids: tuple[str, ...] = ()
    held_on: date | None = None
    entered_at: datetime | None = None
    minutes: int = 0
    waiver: Waiver | None = None


@dataclass(slots=True)
class _Place:
    occurrence: Occurrence
    needs: int
    records: list[Record] = field(default_factory=list)
    minutes: int = 0

    @property
    def is_filled(self) -> bool:
        return bool(self.records) and self.minutes >= self.needs

    def take(self, record: Record) -> None:
        self.records.append(record)
        self.minutes += record.minutes


def judge(
    obligation: Obligation,
    occurrences: Iterable[Occurrence],
    records: Iterable[Record],
    as_of: datetime,
    waivers: Mapping[str, Waiver] | None = None,
    zone: ZoneInfo = _ZONE,
) -> list[Judged]:
    """The state of each occurrence of one obligation at an instant. A record of another kind meets nothing; one of the future is not known yet."""
    places = [_Place(one, obligation.minutes or 0) for one in sorted(occurrences, key=_by_opening)]
    known = (record for record in records if _counts(obligation, record) and record.entered_at <= as_of)
    _fill(places, sorted(known, key=lambda record: (record.entered_at, record.held_on, record.id)))
    return [_judged(place, as_of, (waivers or {}).get(place.occurrence.key), zone) for place in places]


def _by_opening(one: Occurrence) -> tuple[date, date, str, int]:
    return one.opens_on, one.due_on, one.slot.period, one.ordinal


def _counts(obligation: Obligation, record: Record) -> bool:
    return (not obligation.kinds or record.kind in obligation.kinds) and (obligation.minutes is None or record.minutes > 0)


def _fill(places: Sequence[_Place], records: Iterable[Record]) -> None:
    """Each record in turn: where it is in time and soonest due, else where it is late and soonest due, else nowhere."""
    opens = [place.occurrence.opens_on for place in places]
    longest = max(((_last_on(p.occurrence) - p.occurrence.opens_on) for p in places), default=None)
    for record in records:
        at = bisect_right(opens, record.held_on)
        open_then: list[_Place] = []
        while at and longest is not None and record.held_on - opens[at - 1] <= longest:
            at -= 1
            if not places[at].is_filled and _reaches(record, places[at].occurrence):
                open_then.append(places[at])
        if open_then:
            min(
                open_then, key=lambda place: (_is_late(record, place.occurrence), place.occurrence.due_on, _by_opening(place.occurrence))
            ).take(record)


def _last_on(one: Occurrence) -> date:
    return one.grace_until or date.max


def _reaches(record: Record, one: Occurrence) -> bool:
    if one.slot.due_at is not None and record.held_at is None:
        return False  # against a clock only an instant proves anything
    return one.opens_on <= record.held_on <= _last_on(one)


def _is_late(record: Record, one: Occurrence) -> bool:
    if one.slot.due_at is not None and record.held_at is not None:
        return record.held_at > one.slot.due_at
    return record.held_on > one.due_on


def _judged(place: _Place, as_of: datetime, waiver: Waiver | None, zone: ZoneInfo) -> Judged:
    one, records = place.occurrence, tuple(place.records)
    ids = tuple(record.id for record in records)
    if place.is_filled:
        last = records[-1]
        held_on = max(record.held_on for record in records)
        return Judged(one, _done(one, records, zone), ids, held_on, last.entered_at, place.minutes)
    state: State = "waived" if waiver else _open(one, as_of, zone)
    return Judged(one, state, ids, minutes=place.minutes, waiver=waiver)


def _done(one: Occurrence, records: Sequence[Record], zone: ZoneInfo) -> State:
    """按时, 迟办 (held after the due day), or 补录 (held in time and entered when its time was over)."""
    if any(_is_late(record, one) for record in records):
        return "late"
    entered_at = records[-1].entered_at
    over = entered_at > one.slot.due_at if one.slot.due_at else entered_at.astimezone(zone).date() > _last_on(one)
    return "backfilled" if over else "met"


def _open(one: Occurrence, as_of: datetime, zone: ZoneInfo) -> State:
    if one.slot.due_at is not None:
        return "due" if as_of <= one.slot.due_at else "missed"
    today = as_of.astimezone(zone).date()
    if today <= one.due_on:
        return "due"
    return "in_grace" if today <= _last_on(one) else "missed"
