"""Rules of files and case leads."""

from datetime import date, timedelta

CASE_LEAD_LIMIT_KEY, CASE_LEAD_LIMIT = "case_lead_limit", 5


def last_day(valid_from: date, day: date) -> date:
    """The last day of a period that a new one follows on `day`: the day before, or the very day when it began then."""
    return max(valid_from, day - timedelta(days=1))


def is_over(count: int, limit: int) -> bool:
    """Whether someone leads more cases than the school wants: shown as a warning, never refused."""
    return count > limit


def dossier_number(year: int, count: int) -> str:
    """2026-0001: counted within school and year."""
    return f"{year}-{count:04d}"
