"""Days on which a session can have been. Pure."""

from datetime import date, timedelta

# Records are written soon after; an older one is a slip of the year.
OLDEST = timedelta(days=400)


def is_possible_day(held_on: date, day: date) -> bool:
    """Whether a session can have been then: not in the future, not long ago."""
    return day - OLDEST <= held_on <= day
