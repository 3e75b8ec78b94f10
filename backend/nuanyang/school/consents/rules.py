"""Who decides, and what a scan is. How a consent stands says the database alone: `consent_state`, which the gate asks, too."""

from datetime import date
from typing import Literal

State = Literal["given", "withdrawn", "outdated", "missing"]
Action = Literal["given", "withdrawn"]
# PIPL 31: under fourteen the guardian decides; from then on the pupil.
OWN_AGE = 14
LARGEST_SCAN = 5 * 1024 * 1024
_MARKS = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def decides_alone(birth_on: date | None, day: date) -> bool:
    """Whether the pupil decides; who has no birthday on record counts as younger. The database's `consent_decides_alone` says the same."""
    if birth_on is None:
        return False
    try:
        return day >= birth_on.replace(year=birth_on.year + OWN_AGE)
    except ValueError:  # born on 29 February
        return day >= date(birth_on.year + OWN_AGE, 2, 28)


def scan_kind(content: bytes) -> str | None:
    """What a file is by its first bytes, whatever its name says; None for all that is no scan, empty, or too large."""
    if len(content) > LARGEST_SCAN:
        return None
    return next((kind for mark, kind in _MARKS if content.startswith(mark)), None)
