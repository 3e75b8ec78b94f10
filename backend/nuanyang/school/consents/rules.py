"""Who decides, and what a scan is. How a consent stands says the database alone: `consent_state`, which the gate asks, too."""

from collections.abc import Iterable
from datetime import date
from typing import Literal
from uuid import UUID

State = Literal["given", "withdrawn", "outdated", "missing"]
Action = Literal["given", "withdrawn"]
# PIPL 31: under fourteen the guardian decides; from then on the pupil.
OWN_AGE = 14
LARGEST_SCAN = 5 * 1024 * 1024
_MARKS = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def decides_alone(birth_on: date | None, day: date) -> bool:
    """Whether the pupil decides; who has no birthday on record counts as younger. The database's `consent_decides_alone` says the same."""
    first = decides_from(birth_on)
    return first is not None and day >= first


def decides_from(birth_on: date | None) -> date | None:
    """The first day on which the pupil decides."""
    if birth_on is None:
        return None
    try:
        return birth_on.replace(year=birth_on.year + OWN_AGE)
    except ValueError:  # born on 29 February
        return date(birth_on.year + OWN_AGE, 2, 28)


def last_words(words: Iterable[tuple[UUID | None, Action]]) -> tuple[Action | None, Action | None]:
    """What the pupil and what the guardians said last; `words` are (guardian or none for the pupil, action), the newest first."""
    last: dict[UUID | None, Action] = {}
    for guardian_id, action in words:
        last.setdefault(guardian_id, action)
    pupil = last.pop(None, None)
    return pupil, "withdrawn" if "withdrawn" in last.values() else next(iter(last.values()), None)


def scan_kind(content: bytes) -> str | None:
    """What a file is by its first bytes, whatever its name says; None for all that is no scan, empty, or too large."""
    if len(content) > LARGEST_SCAN:
        return None
    return next((kind for mark, kind in _MARKS if content.startswith(mark)), None)
