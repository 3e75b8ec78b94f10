"""The periods in which a cadence counts: calendar weeks and months by RFC 5545 rules, terms and phases by the school calendar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from dateutil.rrule import DAILY, MO, MONTHLY, WEEKLY, rrule

from nuanyang.programme.cadence.rules.obligations import EVERY_MONTH, Cadence
from nuanyang.programme.calendar.rules import SchoolCalendar

# Weeks and months are as long as the calendar says everywhere: a festival breaks them. Terms, phases, quarters and years are what the school makes of them.
BREAKABLE = frozenset({"week", "month"})
_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_LETTERS = {"day": "d", "week": "w", "month": "m", "quarter": "q", "year": "y"}
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Period:
    """A period by a key that no later change of a calendar moves; `spans` are the parts of it in the months in which the clause is owed."""

    key: str
    anchor: date | None
    spans: tuple[Span, ...]


def periods(cadence: Cadence, calendar: SchoolCalendar, begin: date, end: date) -> list[Period]:
    """The periods that touch the days from `begin` to `end`, in order; those that lie in none of the cadence's months are left out."""
    touching = [(key, anchor, a, b) for key, anchor, a, b in _found(cadence, calendar, begin, end) if a <= end and b >= begin]
    cut = [Period(key, anchor, tuple(_in_months(cadence.months, a, b))) for key, anchor, a, b in touching]
    return [period for period in cut if period.spans]


def _found(cadence: Cadence, calendar: SchoolCalendar, begin: date, end: date) -> list[tuple[str, date | None, date, date]]:
    if cadence.per == "term":
        return [(f"t{term.key}", None, term.starts_on, term.ends_on) for term in calendar.terms]
    if cadence.per == "phase":
        wanted = [p for p in calendar.periods if p.kind == "phase" and cadence.phase in (None, p.name)]
        return [(f"p{phase.key}", None, phase.starts_on, phase.ends_on) for phase in wanted]
    return [(_key(cadence, a), a, a, b) for a, b in _recurring(cadence, begin, end)]


def _key(cadence: Cadence, begin: date) -> str:
    day = begin.isoformat() if cadence.per in {"day", "week"} else begin.isoformat()[:7]
    return _LETTERS[cadence.per] + day


def _recurring(cadence: Cadence, begin: date, end: date) -> Sequence[Span]:
    if cadence.per == "day":
        return [(day, day) for day in _days(rrule(DAILY, dtstart=_midnight(begin), until=_midnight(end)))]
    if cadence.per == "week":
        rule = rrule(WEEKLY, byweekday=MO, dtstart=_midnight(begin - begin.weekday() * _DAY), until=_midnight(end))
        return [(monday, monday + 6 * _DAY) for monday in _days(rule)]
    months = _MONTHS[cadence.per]
    back = (begin.month - cadence.first_month) % months
    at = begin.year * 12 + begin.month - 1 - back
    dtstart = date(at // 12, at % 12 + 1, 1)
    rule = rrule(MONTHLY, interval=months, bymonthday=1, dtstart=_midnight(dtstart), until=_midnight(end + 367 * _DAY))
    starts = list(_days(rule))
    return [(a, b - _DAY) for a, b in pairwise(starts)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _days(rule: rrule) -> Iterator[date]:
    return (instant.date() for instant in rule)


def _in_months(months: frozenset[int], begin: date, end: date) -> Iterator[Span]:
    """The parts of a span that lie in these months; neighbouring months make one part."""
    if months == EVERY_MONTH:
        yield begin, end
        return
    start: date | None = None
    day = begin
    while day <= end:
        following = (day.replace(day=1) + 32 * _DAY).replace(day=1)
        if day.month in months:
            start = start or day
        elif start is not None:
            yield start, day - _DAY
            start = None
        day = following
    if start is not None:
        yield start, end
