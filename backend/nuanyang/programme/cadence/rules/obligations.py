"""What is owed: how often (`Cadence`), from when to when (`Stretch`), and by the key of whom and what (`Obligation`)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from nuanyang.programme.calendar.rules import RUNS_ON, RunsOn

Per = Literal["day", "week", "month", "quarter", "term", "year", "phase", "once", "clock"]
PERS: tuple[Per, ...] = get_args(Per)
EVERY_MONTH = frozenset(range(1, 13))


@dataclass(frozen=True, slots=True)
class Cadence:
    """`times` in every `per`, counted by the days of `runs_on`. 1 + 1 of two kinds (S3.3) are two cadences of two obligations.

    `months`: the calendar months in which it is owed at all. `grace_days`: calendar days after the due day on which it may still be done, late;
    the last of them is never a day off. `hours`: of a clock (P1.2), by day and night, in term and out. `first_month`: where years and quarters begin
    (1 or 9: the edition's). `phase`: the name of the phase; without one every phase of the calendar counts.
    """

    per: Per
    times: int = 1
    runs_on: RunsOn = "teaching_weeks"
    months: frozenset[int] = EVERY_MONTH
    grace_days: int = 0
    hours: int | None = None
    first_month: int = 1
    phase: str | None = None

    def __post_init__(self) -> None:
        if self.per not in PERS or self.runs_on not in RUNS_ON:
            raise ValueError(f"no cadence is per {self.per} on {self.runs_on}")
        if (
            self.times < 1
            or self.grace_days < 0
            or not self.months <= EVERY_MONTH
            or not self.months
            or self.first_month not in EVERY_MONTH
        ):
            raise ValueError("a cadence asks for something, in months of a year, and waits no negative number of days")
        if (self.per == "clock") != (self.hours is not None) or (self.hours is not None and self.hours < 1):
            raise ValueError("a clock, and only a clock, has hours")
        if self.phase is not None and self.per != "phase":
            raise ValueError("only what is owed within a phase names one")
        if self.per == "clock" and self.times != 1:
            raise ValueError("a clock asks for one first action")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days on which an obligation has one cadence, both included; no last day where none is known yet."""

    cadence: Cadence
    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.cadence.per == "once" and self.until is None:
            raise ValueError("what is owed once is owed by a day")


@dataclass(frozen=True, slots=True)
class Obligation:
    """`key` names the clause or plan measure and who it is owed to; it never changes. A change from a day on is a further stretch.

    `known_at`: the instant from which a clock runs. `minutes`: what one occurrence takes, where shorter sessions add up to it; else any record is enough.
    """

    key: str
    stretches: tuple[Stretch, ...]
    kinds: frozenset[str] = frozenset()
    minutes: int | None = None
    known_at: datetime | None = None

    def __post_init__(self) -> None:
        if any(b.since <= (a.until or date.max) for a, b in zip(self.stretches, self.stretches[1:], strict=False)):
            raise ValueError(f"{self.key}: the stretches follow each other, one at a time")
        if any((stretch.cadence.per == "clock") != (self.known_at is not None) for stretch in self.stretches):
            raise ValueError(f"{self.key}: a clock runs from the instant of the first knowledge, and nothing else does")
        if self.known_at is not None and self.known_at.tzinfo is None:
            raise ValueError(f"{self.key}: an instant without a zone is none")

    @classmethod
    def of(cls, key: str, cadence: Cadence, since: date, until: date | None = None, **more: object) -> "Obligation":
        """The usual one: the same cadence from beginning to end."""
        return cls(key, (Stretch(cadence, since, until),), **more)  # type: ignore[arg-type]

    @classmethod
    def clock(cls, key: str, known_at: datetime, hours: int, kinds: frozenset[str] = frozenset()) -> "Obligation":
        """A clock that runs from an instant (P1.2)."""
        return cls(key, (Stretch(Cadence("clock", runs_on="calendar_days", hours=hours), known_at.date()),), kinds, known_at=known_at)

    def ended(self, on: date) -> "Obligation":
        """As it is when its last day is `on`. What is owed once by a later day is then not owed."""
        kept = [
            stretch
            for stretch in self.stretches
            if stretch.since <= on and not (stretch.cadence.per == "once" and on < (stretch.until or on))
        ]
        if kept and (kept[-1].until is None or kept[-1].until > on):
            kept[-1] = replace(kept[-1], until=on)
        return replace(self, stretches=tuple(kept))

    def changed(self, cadence: Cadence, on: date, until: date | None = None) -> "Obligation":
        """As it is when another cadence holds from `on`: the days before keep the former one."""
        before = self.ended(on - timedelta(days=1))
        return replace(before, stretches=(*before.stretches, Stretch(cadence, on, until)))
