"""A calendar of numbers as RFC 5545 writes it. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

_LONGEST = 75  # octets of a line; longer ones are folded


def calendar(feed: str, days: Mapping[date, int], link: str, at: datetime) -> str:
    """An all-day entry for each day on which something falls due: how much, and where to look; no name of anybody."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Nuanyang//Duties//ZH", "CALSCALE:GREGORIAN", "X-WR-CALNAME:暖阳待办"]
    for day, count in sorted(days.items()):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{feed}-{day:%Y%m%d}@nuanyang",
            f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:暖阳：{count}项待办",
            f"URL:{link}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "\r\n".join(_folded(line) for line in [*lines, "END:VCALENDAR", ""])


def _folded(line: str) -> str:
    """Folded by octets and never within a character."""
    parts, part, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST:
            parts.append(part)
            part, size = " ", 1
        part, size = part + letter, size + octets
    return "\r\n".join([*parts, part])
