"""The school calendar as it is shown and edited."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from nuanyang.kit.schemas import Day, Input, Output, Reason
from nuanyang.programme.calendar.rules import DayKind, PeriodKind, Why


def _near(day: date) -> date:
    if not 2000 <= day.year <= 2100:
        raise PydanticCustomError("day_out_of_range", "Input should be a day between 2000 and 2100")
    return day


SchoolDate = Annotated[Day, AfterValidator(_near)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f]*$")]


class CalendarDayInput(Input):
    """A day that the school changes: what it is then, its name, and why."""

    day: SchoolDate
    kind: DayKind
    name: Name
    reason: Reason


class CalendarDayChange(Input):
    """What may be changed of it; another day is another change."""

    kind: DayKind
    name: Name
    reason: Reason


class CalendarPeriodInput(Input):
    """An exam week, a phase, or days off within a term; both days included."""

    kind: PeriodKind
    name: Name
    starts_on: SchoolDate
    ends_on: SchoolDate

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends_on < self.starts_on or (self.ends_on - self.starts_on).days > 366:
            raise PydanticCustomError("period", "The last day is no sooner than the first, and within a year of it")
        return self


class CalendarDayShown(Output):
    """The school's own word on a day; `reason` for staff only."""

    id: UUID
    version: int
    day: date
    kind: DayKind
    name: str
    reason: str | None
    is_withdrawn: bool


class CalendarPeriodShown(Output):
    """A period of the calendar."""

    id: UUID
    version: int
    kind: PeriodKind
    name: str
    starts_on: date
    ends_on: date
    is_withdrawn: bool


class SchoolDay(Output):
    """A day, and what decides what it is: `told` by the school, `made_up` for a festival, …"""

    day: date
    is_school_day: bool
    why: Why
    name: str | None
    teaching_week: int | None
    is_exam_week: bool


class CalendarTerm(Output):
    """A term as the roster brought it, with its school days."""

    key: str
    name: str
    starts_on: date
    ends_on: date
    school_days: int


class CalendarShown(Output):
    """The calendar from one day to another. `unknown_years`: for these nobody has announced the public holidays yet."""

    starts_on: date
    ends_on: date
    today: date
    may_edit: bool
    unknown_years: list[int] = Field(
        description="Years in which Monday to Friday are taken for workdays, because nothing is announced yet."
    )
    terms_known_until: date | None
    terms: list[CalendarTerm]
    periods: list[CalendarPeriodShown]
    changes: list[CalendarDayShown]
    days: list[SchoolDay]
