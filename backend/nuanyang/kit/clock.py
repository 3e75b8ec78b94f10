"""The time: aware UTC instants, and the school's own calendar day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SCHOOL_ZONE = "Asia/Shanghai"


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: str = SCHOOL_ZONE) -> date:
    """The calendar day at the school: at 00:30 in Shanghai it is still yesterday in UTC."""
    return datetime.now(ZoneInfo(zone)).date()
