"""Two editions line by line: which clauses came, went or changed, each field from old to new."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from nuanyang.programme.editions.rules.content import FIELDS, Values

# What a clause has only where the cadence was ours and still is; the words are compared anyway.
_EMPTY: tuple[object, ...] = (None, [], "")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, old and new."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause that is not the same in both editions."""

    clause: str
    kind: Literal["added", "removed", "changed"]
    zh: str
    en: str
    fields: tuple[FieldChange, ...] = ()


def changes(before: Iterable[Values], after: Iterable[Values]) -> list[ClauseChange]:
    """What differs, in the order of the new edition; what it has no more comes last."""
    old, new = ({v["clause"]: v for v in rows} for rows in (before, after))
    found = [change for clause, values in new.items() if (change := _change(old.get(clause), values))]
    return found + [ClauseChange(i, "removed", v["zh"], v["en"], tuple(_fields(v, {}))) for i, v in old.items() if i not in new]


def _change(before: Values | None, after: Values) -> ClauseChange | None:
    fields = tuple(_fields(before or {}, after))
    if before is not None and not fields:
        return None
    return ClauseChange(after["clause"], "changed" if before is not None else "added", after["zh"], after["en"], fields)


def _fields(before: Values, after: Values) -> Iterator[FieldChange]:
    for name in FIELDS:
        old, new = _plain(before.get(name)), _plain(after.get(name))
        if old != new and not (old in _EMPTY and new in _EMPTY):
            yield FieldChange(name, old, new)


def _plain(value: Any) -> Any:
    """As JSON says it: 80 and 80.0 are the same target, and a form is compared as it is."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return dict(value) if isinstance(value, Mapping) else value
