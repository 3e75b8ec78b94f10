"""What one day is and why: for the page, on which everything must be explained."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from nuanyang.programme.calendar.rules.spans import PeriodSpan
from nuanyang.programme.calendar.rules.value import SchoolCalendar

Why = Literal["told", "made_up", "festival", "closed", "vacation", "weekend", "weekday"]


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A day: whether lessons are given, what decides it (`name` in words, where it has one), and in which week of the term it lies."""

    day: date
    is_school_day: bool
    why: Why
    name: str | None
    teaching_week: int | None
    is_exam_week: bool


def facts_of(calendar: SchoolCalendar, day: date) -> DayFacts:
    """The facts of a day; the first reason that applies is the one that decides."""
    why, name = _reason(calendar, day)
    return DayFacts(day, calendar.is_school_day(day), why, name, calendar.teaching_week(day), calendar.is_exam_week(day))


def _reason(calendar: SchoolCalendar, day: date) -> tuple[Why, str | None]:
    told = calendar.overrides.get(day)
    if told is not None:
        return "told", told.name
    if day in calendar.holidays:
        return "festival", calendar.holidays[day]
    closed: list[PeriodSpan] = list(calendar.periods_of(day, "holiday"))
    if closed:
        return "closed", closed[0].name
    if calendar.term_of(day) is None:
        return "vacation", None
    if day in calendar.made_up:
        return "made_up", calendar.made_up[day]
    return ("weekend" if day.weekday() > 4 else "weekday"), None
