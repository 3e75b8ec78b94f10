"""The school calendar as a value; pure."""

from nuanyang.programme.calendar.rules.china import Workdays, workdays_of
from nuanyang.programme.calendar.rules.days import DayFacts, Why, facts_of
from nuanyang.programme.calendar.rules.spans import DayKind, Override, PeriodKind, PeriodSpan, TermSpan
from nuanyang.programme.calendar.rules.value import RUNS_ON, DayUnknown, RunsOn, SchoolCalendar

__all__ = [
    "RUNS_ON",
    "DayFacts",
    "DayKind",
    "DayUnknown",
    "Override",
    "PeriodKind",
    "PeriodSpan",
    "RunsOn",
    "SchoolCalendar",
    "TermSpan",
    "Why",
    "Workdays",
    "facts_of",
    "workdays_of",
]
