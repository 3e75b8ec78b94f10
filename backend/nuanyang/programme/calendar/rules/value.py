"""What a school day is, and every question that clauses ask of a calendar. Built once from rows, then asked by binary search."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from nuanyang.kit.clock import SCHOOL_ZONE
from nuanyang.programme.calendar.rules.china import workdays_of
from nuanyang.programme.calendar.rules.spans import Override, PeriodKind, PeriodSpan, TermSpan

# What a clause counts by. `teaching_weeks`: school days outside exam weeks. `school_days`: those of exam weeks, too. `holidays`: workdays on which
# the school has no lessons because no term runs. `whole_year`: workdays, in term or not. `calendar_days`: every day.
RunsOn = Literal["teaching_weeks", "school_days", "holidays", "whole_year", "calendar_days"]
RUNS_ON: tuple[RunsOn, ...] = get_args(RunsOn)
_DAY = timedelta(days=1)


class DayUnknown(LookupError):
    """The calendar was not made for this day: an answer would be a guess."""


# Two calendars are the same only if they are one: what is worked out from a calendar is kept by its identity.
@dataclass(frozen=True, slots=True, eq=False)
class SchoolCalendar:
    """The days from `first` to `last`, both included."""

    first: date
    last: date
    zone: ZoneInfo
    terms: tuple[TermSpan, ...]
    periods: tuple[PeriodSpan, ...]
    unknown_years: tuple[int, ...]
    overrides: Mapping[date, Override]
    holidays: Mapping[date, str]
    made_up: Mapping[date, str]
    _days: Mapping[RunsOn, tuple[int, ...]]

    @classmethod
    def of(
        cls,
        first: date,
        last: date,
        terms: Iterable[TermSpan] = (),
        overrides: Iterable[Override] = (),
        periods: Iterable[PeriodSpan] = (),
        zone: str = SCHOOL_ZONE,
    ) -> "SchoolCalendar":
        """Work out every day of the span once: about two milliseconds for three years."""
        terms = tuple(sorted(terms, key=lambda term: (term.starts_on, term.key)))
        periods = tuple(sorted(periods, key=lambda period: (period.starts_on, period.key)))
        told = {override.day: override for override in overrides}
        years = [workdays_of(year) for year in range(first.year, last.year + 1)]
        working = frozenset().union(*(year.working for year in years))
        return cls(
            first,
            last,
            ZoneInfo(zone),
            terms,
            periods,
            tuple(year.year for year in years if not year.is_known),
            told,
            {day: name for year in years for day, name in year.holidays.items()},
            {day: name for year in years for day, name in year.made_up.items()},
            _sorted_out(first, last, terms, told, periods, working),
        )

    def runs(self, runs_on: RunsOn, day: date) -> bool:
        """Whether the day counts for a clause that runs on this."""
        return self.count(runs_on, day, day) == 1

    def is_school_day(self, day: date) -> bool:
        """Whether lessons are given; a make-up Saturday is one, a day of 寒暑假 is none."""
        return self.runs("school_days", day)

    def count(self, runs_on: RunsOn, begin: date, end: date) -> int:
        """How many days count between two days, both included; none when they are the wrong way round."""
        days, (a, b) = self._days[runs_on], self._known(begin, end)
        return bisect_right(days, b) - bisect_left(days, a) if a <= b else 0

    def school_days_between(self, begin: date, end: date) -> int:
        """School days between two days, both included."""
        return self.count("school_days", begin, end)

    def first_of(self, runs_on: RunsOn, begin: date, end: date) -> date | None:
        """The first day that counts in the span; None without one."""
        days, (a, b) = self._days[runs_on], self._known(begin, end)
        at = bisect_left(days, a)
        return date.fromordinal(days[at]) if at < len(days) and days[at] <= b else None

    def last_of(self, runs_on: RunsOn, begin: date, end: date) -> date | None:
        """The last day that counts in the span; None without one."""
        days, (a, b) = self._days[runs_on], self._known(begin, end)
        at = bisect_right(days, b) - 1
        return date.fromordinal(days[at]) if at >= 0 and days[at] >= a else None

    def workday_from(self, day: date) -> date:
        """The day itself or, when nobody works on it, the next workday; the day itself where the calendar ends before one."""
        return (self.first_of("whole_year", day, self.last) if day <= self.last else None) or day

    def with_weekend(self, day: date, end: date) -> date:
        """The day, or the end of the plain weekend right after it: no festival, no vacation, no later than `end`."""
        term, last = self.term_of(day), day
        while last < end and self._is_plain_rest(last + _DAY) and self.term_of(last + _DAY) is term:
            last += _DAY
        return last

    def term_of(self, day: date) -> TermSpan | None:
        """The term of a day; None in 寒暑假 and where no term is known."""
        at = bisect_right(self.terms, day, key=lambda term: term.starts_on) - 1
        return self.terms[at] if at >= 0 and day <= self.terms[at].ends_on else None

    def teaching_week(self, day: date) -> int | None:
        """第几周, Monday to Sunday; the first is the one of the term's first school day. None outside terms."""
        term = self.term_of(day)
        if term is None:
            return None
        begin = self.first_of("school_days", max(term.starts_on, self.first), min(term.ends_on, self.last)) or term.starts_on
        return max((_monday(day) - _monday(begin)).days // 7 + 1, 1)

    def periods_of(self, day: date, kind: PeriodKind | None = None) -> Sequence[PeriodSpan]:
        """The periods that cover a day, of one kind or of all."""
        return [period for period in self.periods if period.covers(day) and kind in (None, period.kind)]

    def is_exam_week(self, day: date) -> bool:
        """Whether the day lies in an exam week."""
        return bool(self.periods_of(day, "exam_week"))

    @property
    def terms_known_until(self) -> date | None:
        """The last day of the last term that is known: after it no day is known to be a school day, or to be none."""
        return max((term.ends_on for term in self.terms), default=None)

    def _is_plain_rest(self, day: date) -> bool:
        return day.weekday() > 4 and day not in self.holidays and not self.periods_of(day, "holiday")

    def _known(self, begin: date, end: date) -> tuple[int, int]:
        if begin < self.first or end > self.last:
            raise DayUnknown(f"the calendar runs from {self.first} to {self.last}, asked was {begin} to {end}")
        return begin.toordinal(), end.toordinal()


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _ordinals(spans: Iterable[TermSpan | PeriodSpan]) -> set[int]:
    return {day for span in spans for day in range(span.starts_on.toordinal(), span.ends_on.toordinal() + 1)}


def _sorted_out(
    first: date,
    last: date,
    terms: Sequence[TermSpan],
    told: Mapping[date, Override],
    periods: Sequence[PeriodSpan],
    working: frozenset[date],
) -> Mapping[RunsOn, tuple[int, ...]]:
    """The days that count, by what they count for. The school's own word goes first, its periods next, the State Council's last."""
    off = {day.toordinal() for day, override in told.items() if override.kind == "day_off"}
    on = {day.toordinal() for day, override in told.items() if override.kind == "school_day"}
    workdays = ({day.toordinal() for day in working} - off) | on
    closed = _ordinals(period for period in periods if period.kind == "holiday")
    in_term = _ordinals(terms) - closed
    school_days = (workdays & in_term) | on
    exams = _ordinals(period for period in periods if period.kind == "exam_week")
    days: Mapping[RunsOn, Iterable[int]] = {
        "school_days": school_days,
        "teaching_weeks": school_days - exams,
        "whole_year": workdays,
        "holidays": workdays - in_term - on,
        "calendar_days": range(first.toordinal(), last.toordinal() + 1),
    }
    a, b = first.toordinal(), last.toordinal()
    return {runs_on: tuple(sorted(day for day in those if a <= day <= b)) for runs_on, those in days.items()}
