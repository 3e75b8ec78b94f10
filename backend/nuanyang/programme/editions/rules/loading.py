"""What an edition would cost to keep: minutes a week of each person, and what it asks for against what there is.

A clause's work lies on the first of its doers that the school has for the class, shared equally among them. Counted in the month in which a
person has most to do; what is by need or by the clock cannot be foreseen and is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

TOO_MUCH = 90  # minutes a week
WEEKS_A_MONTH, WEEKS_A_TERM, WEEKS_A_QUARTER, WEEKS_A_YEAR = 52 / 12, 20, 13, 52
DAYS_A_WEEK: Mapping[str, int] = {"school_days": 5, "teaching_weeks": 5, "calendar_days": 7, "whole_year": 7, "holidays": 7}
YEAR = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a clause asks for: how often, in which months (none: all of them), and what doing it once takes."""

    clause: str
    subject: str
    per: str
    times: int
    runs_on: str
    months: Sequence[int]
    phases: int
    minutes: int
    first_doer: str | None

    def weekly(self) -> float:
        """Times a week, in the weeks in which it runs."""
        weeks = len(self.months or YEAR) * WEEKS_A_MONTH
        rates = {
            "day": self.times * DAYS_A_WEEK[self.runs_on],
            "week": self.times,
            "month": self.times / WEEKS_A_MONTH,
            "term": self.times / WEEKS_A_TERM,
            "quarter": self.times / WEEKS_A_QUARTER,
            "year": self.times / WEEKS_A_YEAR,
            "phase": self.times * max(self.phases, 1) / weeks,
            "once": self.times / weeks,
        }
        return float(rates.get(self.per, 0))

    def minutes_a_week(self, units: float) -> float:
        """For so many students, groups, pairs or classes."""
        return units * self.minutes * self.weekly()


@dataclass(frozen=True, slots=True)
class Share:
    """So many units of a clause lie on this person."""

    clause: str
    staff_id: UUID
    name: str
    units: float


@dataclass(frozen=True, slots=True)
class Work:
    """What all of a clause comes to, and how much of it nobody at the school carries."""

    clause: str
    units: float
    uncovered: float


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """One person in the month in which they have most to do; `parts` by clause, the heaviest first."""

    staff_id: UUID
    name: str
    minutes: int
    month: int
    parts: tuple[tuple[str, int], ...]

    @property
    def is_too_much(self) -> bool:
        """Whether a school should not approve it so."""
        return self.minutes > TOO_MUCH


@dataclass(frozen=True, slots=True)
class Balance:
    """What the edition asks for against what there is; `available` None where the school has not said."""

    what: Literal["tutor_hours", "volunteers", "counsellor_hours"]
    needed: float
    available: float | None

    @property
    def is_short(self) -> bool:
        """Whether there is less than it takes."""
        return self.available is not None and self.needed > self.available


def loads(shares: Iterable[Share], asked: Mapping[str, Asked], first_month: int) -> list[PersonLoad]:
    """Everybody who would have something to do, whoever has most first."""
    by_person: dict[UUID, list[Share]] = defaultdict(list)
    for share in shares:
        by_person[share.staff_id].append(share)
    found = [_load(rows, asked, first_month) for rows in by_person.values()]
    return sorted((one for one in found if one.minutes), key=lambda one: (-one.minutes, one.name, one.staff_id))


def _load(rows: Sequence[Share], asked: Mapping[str, Asked], first_month: int) -> PersonLoad:
    minutes = {row.clause: asked[row.clause].minutes_a_week(row.units) for row in rows}
    by_month = {month: [c for c in minutes if month in (asked[c].months or YEAR)] for month in _from(first_month)}
    month = max(by_month, key=lambda m: round(sum(minutes[c] for c in by_month[m]), 6))
    parts = sorted(((c, round(minutes[c])) for c in by_month[month]), key=lambda part: -part[1])
    whole = round(sum(minutes[c] for c in by_month[month]))
    return PersonLoad(rows[0].staff_id, rows[0].name, whole, month, tuple(part for part in parts if part[1]))


def balances(works: Iterable[Work], asked: Mapping[str, Asked], capacities: Mapping[str, float | None], first_month: int) -> list[Balance]:
    """Tutors' hours, volunteers and counsellors' hours in the month in which each is needed most."""
    works = list(works)
    pairs = max((w.units for w in works if asked[w.clause].subject == "pair"), default=0)
    tutoring = [w for w in works if asked[w.clause].subject == "group"]
    counselling = [w for w in works if asked[w.clause].first_doer == "counsellor"]
    needed = {
        "tutor_hours": _hours(tutoring, asked, first_month),
        "volunteers": float(pairs),
        "counsellor_hours": _hours(counselling, asked, first_month),
    }
    return [Balance(what, amount, capacities.get(what)) for what, amount in needed.items()]  # type: ignore[arg-type]


def uncovered(works: Iterable[Work], asked: Mapping[str, Asked]) -> list[tuple[str, int]]:
    """Clauses, and minutes a week, that fall to nobody: no one at the school holds the post."""
    return [
        (w.clause, minutes)
        for w in works
        if w.uncovered and asked[w.clause].subject != "pair" and (minutes := round(asked[w.clause].minutes_a_week(w.uncovered)))
    ]


def _hours(works: Sequence[Work], asked: Mapping[str, Asked], first_month: int) -> float:
    by_month = (
        sum(asked[w.clause].minutes_a_week(w.units) for w in works if month in (asked[w.clause].months or YEAR))
        for month in _from(first_month)
    )
    return round(max(by_month, default=0) / 60, 1)


def _from(first_month: int) -> list[int]:
    return [(first_month - 1 + n) % 12 + 1 for n in range(12)]
