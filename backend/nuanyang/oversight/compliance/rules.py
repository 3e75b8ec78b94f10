"""How a clause stands, from its numbers. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

BROKEN_BELOW = 80  # percent done, under which a clause is not kept
TREND_WEEKS = 4
PLAN_LINES: Mapping[str, tuple[str, str, str]] = {
    "plan.academic": ("学业帮扶措施", "Academic measures", "academic_affairs"),
    "plan.psychological": ("心理帮扶措施", "Psychological measures", "moral_education"),
    "plan.living": ("生活帮扶措施", "Measures of daily life", "moral_education"),
    "plan.social": ("社会融入措施", "Social measures", "moral_education"),
}
Counted = Literal["no_clock", "not_recorded", "hidden", ""]


@dataclass(frozen=True, slots=True)
class Cell:
    """What fell due in one week, and how it stands: `over` 0 is still due, 1 in grace, 2 over."""

    clause: str
    week: date
    over: int
    expected: int
    met: int
    late: int
    backfilled: int
    waived: int

    @property
    def done(self) -> int:
        """By a record."""
        return self.met + self.late + self.backfilled

    @property
    def open(self) -> int:
        """Neither done nor waived."""
        return self.expected - self.done - self.waived

    @property
    def missed(self) -> int:
        """Open when its time is over."""
        return self.open if self.over == 2 else 0


def share(cells: Iterable[Cell]) -> int | None:
    """The percent done of what is done or missed, rounded half up but never up to 100; None without any."""
    those = list(cells)
    done = sum(cell.done for cell in those)
    all_of = done + sum(cell.missed for cell in those)
    if not all_of:
        return None
    return 100 if done == all_of else min((200 * done + all_of) // (2 * all_of), 99)


def trend(cells: Iterable[Cell], today: date) -> int | None:
    """The share of the four weeks that ended last less that of the four before, in percent points; None where either had nothing."""
    monday = today - timedelta(days=today.weekday())
    middle, first = monday - timedelta(weeks=TREND_WEEKS), monday - timedelta(weeks=2 * TREND_WEEKS)
    those = list(cells)
    later = share(cell for cell in those if middle <= cell.week < monday)
    before = share(cell for cell in those if first <= cell.week < middle)
    return None if later is None or before is None else later - before


def standing(cells: Iterable[Cell], why_not: Counted) -> str:
    """In one word. What has no records is never kept, and what nothing was owed of is not kept either."""
    if why_not:
        return why_not
    those = list(cells)
    if not sum(cell.expected for cell in those):
        return "nobody"
    percent = share(those)
    if percent is None:
        return "waiting"
    if not any(cell.missed for cell in those):
        return "kept"
    return "behind" if percent >= BROKEN_BELOW else "broken"


def mondays(begin: date, end: date) -> list[date]:
    """The weeks of a span by their Mondays."""
    monday = begin - timedelta(days=begin.weekday())
    return [monday + timedelta(weeks=n) for n in range((end - monday).days // 7 + 1)]
