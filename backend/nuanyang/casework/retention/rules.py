"""When what was shown may happen by itself."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

# A dry run looks so far ahead, so that what falls due has been on the page for long enough on its day.
AHEAD = timedelta(days=14)
# The nightly run takes only what has stood on the page unchanged for so long; the principal may be quicker.
NOTICE = timedelta(days=7)
HOUR = 2  # at night, in the school's own time
KEEP = "keep"


def is_ripe(first_shown_on: date, due_on: date, day: date, *, has_student: bool) -> bool:
    """Whether the nightly run may do it. Lists without a student grow every week: they need no notice beyond one night."""
    return due_on <= day and first_shown_on + (NOTICE if has_student else timedelta(days=1)) <= day


def fits(action: str, years: int | None, choices: Iterable[str], least: int | None, most: int | None) -> bool:
    """Whether a school may choose this; the database asks the same."""
    if action not in choices or (action == KEEP) != (years is None):
        return False
    return years is None or (least is not None and most is not None and least <= years <= most)


@dataclass(slots=True)
class ClassTotal:
    """What a run shows, or did, of one class of data."""

    data_class: str
    students: int = 0
    erased: int = 0
    emptied: int = 0
    earliest_due_on: date | None = None
    tables: Counter[str] = field(default_factory=Counter)


def totals(items: Iterable[tuple[date, bool, Mapping[str, Any]]]) -> list[ClassTotal]:
    """Add up (due on, is about a student, counts) by class."""
    found: dict[str, ClassTotal] = {}
    for due_on, has_student, counts in items:
        for data_class, tables in counts.items():
            total = found.setdefault(data_class, ClassTotal(data_class))
            total.students += has_student
            total.earliest_due_on = min(total.earliest_due_on or due_on, due_on)
            for table, count in tables.items():
                total.erased += count["erased"]
                total.emptied += count["emptied"]
                total.tables[table] += count["erased"] + count["emptied"]
    return [found[name] for name in sorted(found)]
