"""What becomes of an obligation's stretches when what is owed today is known: the days before keep what they had."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from nuanyang.programme.cadence.rules.obligations import Cadence, Stretch

_DAY = timedelta(days=1)


def going_on(stretches: tuple[Stretch, ...], cadence: Cadence, since: date, until: date | None, today: date) -> tuple[Stretch, ...]:
    """The stretches when this cadence is owed from today on; what was owed until yesterday stays so. `since` holds only for the first of all."""
    if not stretches:
        return (Stretch(cadence, since, until),)
    last = stretches[-1]
    has_ended = last.until is not None and last.until < today - _DAY
    if cadence.per == "once":
        # Owed once by a day is owed once: it is neither moved nor owed again.
        return stretches if last.cadence.per == "once" else (Stretch(cadence, since, until),)
    if last.cadence == cadence and not has_ended:
        return (*stretches[:-1], replace(last, until=until))
    before = ended(stretches, today - _DAY)
    begins = max(since, last.until + _DAY) if has_ended and last.until is not None else today
    return (*before, Stretch(cadence, begins, until if until is None else max(until, begins)))


def ended(stretches: tuple[Stretch, ...], on: date) -> tuple[Stretch, ...]:
    """The stretches when `on` is the last day on which it is owed."""
    kept = [s for s in stretches if s.since <= on and not (s.cadence.per == "once" and on < (s.until or on))]
    if kept and (kept[-1].until is None or kept[-1].until > on):
        kept[-1] = replace(kept[-1], until=on)
    return tuple(kept)


def to_json(stretches: tuple[Stretch, ...]) -> list[dict[str, Any]]:
    """As the ledger keeps them."""
    return [
        {
            "cadence": asdict(s.cadence) | {"months": sorted(s.cadence.months)},
            "since": s.since.isoformat(),
            "until": s.until.isoformat() if s.until else None,
        }
        for s in stretches
    ]


def from_json(rows: list[Mapping[str, Any]]) -> tuple[Stretch, ...]:
    """As the engine knows them."""
    return tuple(
        Stretch(
            Cadence(**(row["cadence"] | {"months": frozenset(row["cadence"]["months"])})),
            date.fromisoformat(row["since"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
        )
        for row in rows
    )
