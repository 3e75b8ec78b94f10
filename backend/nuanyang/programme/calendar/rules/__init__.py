"""The school calendar as a value; pure."""

from nuanyang.programme.calendar.rules.china import Workdays, workdays_of
from nuanyang.programme.calendar.rules.spans import DayKind, Override, PeriodKind, PeriodSpan, TermSpan
from nuanyang.programme.calendar.rules.value import RUNS_ON, DayUnknown, RunsOn, SchoolCalendar

__all__ = [
    "RUNS_ON",
    "DayKind",
    "DayUnknown",
    "Override",
    "PeriodKind",
    "PeriodSpan",
    "RunsOn",
    "SchoolCalendar",
    "TermSpan",
    "Workdays",
    "workdays_of",
]
