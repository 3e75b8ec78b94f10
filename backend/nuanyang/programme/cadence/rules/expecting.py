"""What is expected when: a pure function of the obligation and the calendar.

Each period is worked out from itself alone: `times` × the days that count ÷ the days the period would have unbroken, rounded half up. So every number
can be explained with the days of its own week or month, and no change anywhere moves another period's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from nuanyang.programme.cadence.rules.obligations import Cadence, Obligation, Stretch
from nuanyang.programme.cadence.rules.occurrences import Occurrence, Slot
from nuanyang.programme.cadence.rules.periods import BREAKABLE, Period, Span, periods
from nuanyang.programme.calendar.rules import SchoolCalendar

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Share:
    """What one stretch contributes to a period, before rounding: so often, in this part of it."""

    period: Period
    times: int
    part: Fraction
    opens_on: date
    due_on: date
    grace_days: int


def expected(obligation: Obligation, calendar: SchoolCalendar, begin: date, end: date) -> list[Occurrence]:
    """The occurrences that open between two days, both included, in the order in which they fall due.

    Spans that lie side by side give together what the whole span gives: nothing twice, nothing left out.
    """
    return _occurrences(obligation.key, _slots_of(obligation, calendar, begin, end))


def expected_of(obligations: Iterable[Obligation], calendar: SchoolCalendar, begin: date, end: date) -> list[Occurrence]:
    """The same for many at once: those who owe the same on the same days share the work."""
    shared: dict[tuple[Stretch, ...], Sequence[Slot]] = {}
    touched: dict[Cadence, Span | None] = {}
    found: list[Occurrence] = []
    for obligation in obligations:
        if obligation.known_at is not None:
            found += expected(obligation, calendar, begin, end)
            continue
        alike = tuple(_clipped(stretch, calendar, begin, end, touched) for stretch in obligation.stretches)
        if alike not in shared:
            shared[alike] = slots(alike, calendar, begin, end)
        found += _occurrences(obligation.key, shared[alike])
    return found


def slots(stretches: Sequence[Stretch], calendar: SchoolCalendar, begin: date, end: date) -> list[Slot]:
    """What everybody who owes this has in common: the slots that open between two days. Clocks have none; they run for one case each."""
    merged: dict[str, list[_Share]] = {}
    for stretch in stretches:
        for share in _shares(stretch, calendar, begin, end):
            former = merged.setdefault(share.period.key, [])
            if stretch.cadence.per == "once":
                former.clear()  # owed once is owed once: the last word on its day holds
            former.append(share)
    made = [_slot(shares, calendar) for shares in merged.values()]
    opening = [slot for slot in made if slot.count and begin <= slot.opens_on <= end]
    return sorted(opening, key=lambda slot: (slot.due_on, slot.opens_on, slot.period))


def _slots_of(obligation: Obligation, calendar: SchoolCalendar, begin: date, end: date) -> Sequence[Slot]:
    if obligation.known_at is None:
        return slots(obligation.stretches, calendar, begin, end)
    slot = _clock(obligation, calendar.zone)
    return [slot] if begin <= slot.opens_on <= end else []


def _occurrences(key: str, those: Iterable[Slot]) -> list[Occurrence]:
    return [Occurrence(key, ordinal, slot) for slot in those for ordinal in range(1, slot.count + 1)]


def _clock(obligation: Obligation, zone: ZoneInfo) -> Slot:
    """Hours of the clock on the wall: no night, weekend or holiday stops it, and a late first action is late, never undone."""
    known_at, hours = obligation.known_at, obligation.stretches[0].cadence.hours
    if known_at is None or hours is None:
        raise ValueError(f"{obligation.key} is no clock")
    due_at = known_at.astimezone(UTC) + timedelta(hours=hours)
    opens_on = known_at.astimezone(zone).date()
    return Slot("clock", None, 1, opens_on, due_at.astimezone(zone).date(), None, due_at)


def _clipped(stretch: Stretch, calendar: SchoolCalendar, begin: date, end: date, touched: dict[Cadence, Span | None]) -> Stretch:
    """The stretch as far as it matters for these days: by this all who began long ago are alike."""
    cadence = stretch.cadence
    if cadence.per == "once":
        return stretch
    if cadence not in touched:
        spans = [span for period in periods(cadence, calendar, begin, end) for span in period.spans]
        touched[cadence] = (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None
    around = touched[cadence]
    if around is None:
        return replace(stretch, since=begin, until=begin - _DAY)
    since, until = max(stretch.since, around[0]), around[1] if stretch.until is None else min(stretch.until, around[1])
    return stretch if (since, until) == (stretch.since, stretch.until) else Stretch(cadence, since, until)


def _shares(stretch: Stretch, calendar: SchoolCalendar, begin: date, end: date) -> Iterable[_Share]:
    if stretch.cadence.per == "once":
        yield _once(stretch)
        return
    for period in periods(stretch.cadence, calendar, begin, end):
        share = _share(stretch, period, calendar)
        if share is not None:
            yield share


def _once(stretch: Stretch) -> _Share:
    """By its last day, whatever days lie before it."""
    until = stretch.until or stretch.since
    return _Share(Period("once", None, ()), stretch.cadence.times, Fraction(1), stretch.since, until, stretch.cadence.grace_days)


def _share(stretch: Stretch, period: Period, calendar: SchoolCalendar) -> _Share | None:
    """What a stretch asks of a period: its days that count against those of the whole period."""
    cadence = stretch.cadence
    own = [(max(a, stretch.since), min(b, stretch.until or b)) for a, b in period.spans]
    own = [(a, b) for a, b in own if a <= b]
    counted = _count(calendar, cadence, own)
    if not counted:
        return None
    whole = _whole(calendar, cadence, period.spans)
    opens_on = next(day for a, b in own if (day := calendar.first_of(cadence.runs_on, a, b)))
    return _Share(period, cadence.times, Fraction(counted, whole), opens_on, _due_on(calendar, cadence, own), cadence.grace_days)


def _count(calendar: SchoolCalendar, cadence: Cadence, spans: Iterable[Span]) -> int:
    return sum(calendar.count(cadence.runs_on, a, b) for a, b in spans)


def _whole(calendar: SchoolCalendar, cadence: Cadence, spans: Sequence[Span]) -> int:
    """The days of the unbroken period: of a week or month Monday to Friday, of a longer one what the school calendar gives it."""
    if cadence.per not in BREAKABLE or cadence.runs_on == "calendar_days":
        return _count(calendar, cadence, spans)
    whole = spans if cadence.per == "month" else [_week_of(spans[0][0])]
    return sum(_weekdays(a, b) for a, b in whole) or 1


def _week_of(day: date) -> Span:
    monday = day - day.weekday() * _DAY
    return monday, monday + 6 * _DAY


def _weekdays(begin: date, end: date) -> int:
    """Mondays to Fridays between two days, both included."""
    weeks, rest = divmod((end - begin).days + 1, 7)
    return weeks * 5 + sum((begin.weekday() + n) % 7 < 5 for n in range(rest))


def _due_on(calendar: SchoolCalendar, cadence: Cadence, own: Sequence[Span]) -> date:
    """The last day that counts, and the plain weekend after it: what is owed in a week may be done on its Saturday, never in a holiday.

    Where a quarter or year goes on after the last term that is known, its own end: more terms will come.
    """
    known = calendar.terms_known_until
    if (
        cadence.per in {"quarter", "year"}
        and cadence.runs_on in {"school_days", "teaching_weeks"}
        and known is not None
        and own[-1][1] > known
    ):
        return own[-1][1]
    last, end = next((day, b) for a, b in reversed(own) if (day := calendar.last_of(cadence.runs_on, a, b)))
    return calendar.with_weekend(last, end) if cadence.per != "day" else last


def _slot(shares: Sequence[_Share], calendar: SchoolCalendar) -> Slot:
    """One period as a whole: where a cadence changed in its midst, both parts count, and are rounded together."""
    # A make-up Saturday makes up for a lost day; it never asks for more than the clause does.
    quota = sum((share.times * share.part for share in shares), Fraction(0)) / max(sum(share.part for share in shares), Fraction(1))
    due_on = max(share.due_on for share in shares)
    grace = max(share.grace_days for share in shares if share.due_on == due_on)
    period = shares[0].period
    return Slot(
        period.key,
        period.anchor,
        (2 * quota.numerator + quota.denominator) // (2 * quota.denominator),
        min(share.opens_on for share in shares),
        due_on,
        _grace_until(due_on, grace, calendar),
    )


def _grace_until(due_on: date, days: int, calendar: SchoolCalendar) -> date:
    """As 民法典 第二百零三条 counts a term: one that ends on a day off ends on the next workday."""
    return calendar.workday_from(due_on + days * _DAY) if days else due_on
