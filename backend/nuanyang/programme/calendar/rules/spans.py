"""What a school calendar is made of: terms, what the school said of single days, and its periods."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

DayKind = Literal["school_day", "day_off"]
PeriodKind = Literal["exam_week", "phase", "holiday"]


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term, both days included. `key` names it whatever becomes of its days: 2026-2027.1."""

    key: str
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Override:
    """What the school itself says of one day: it goes before everything else."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class PeriodSpan:
    """An exam week, a phase of the programme, or days off within a term (秋假); both days included, `key` never changes."""

    key: str
    kind: PeriodKind
    name: str
    starts_on: date
    ends_on: date

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.starts_on <= day <= self.ends_on
