"""What a change of calendar, plan or clause leaves as it was, and what it moves."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from nuanyang.programme.cadence.rules.occurrences import Occurrence

_Group = dict[int, Occurrence]


@dataclass(frozen=True, slots=True)
class Change:
    """The occurrences after the change, and how they came about. `kept` did not move at all."""

    kept: tuple[Occurrence, ...]
    moved: tuple[Occurrence, ...]
    added: tuple[Occurrence, ...]
    withdrawn: tuple[Occurrence, ...]

    @property
    def occurrences(self) -> list[Occurrence]:
        """What is expected now, in the order in which it falls due."""
        those = (*self.kept, *self.moved, *self.added)
        return sorted(those, key=lambda one: (one.due_on, one.opens_on, one.obligation, one.slot.period, one.ordinal))


def reschedule(before: Iterable[Occurrence], after: Iterable[Occurrence], changed_on: date, settled: Collection[str] = ()) -> Change:
    """What becomes of the occurrences `before` when from `changed_on` on those of `after` are expected, over the same span of days.

    A period that was due before that day stays exactly as it was, and none is expected of the past that was not expected then. A running or coming
    period takes the new number and the new days: it opens no later than it had opened, and is due no sooner than on the day of the change, so that
    nobody is late by it. `settled` (keys of what a record met or somebody waived) stays; only what nobody has done goes, the last ordinals first.
    """
    old, new = _groups(before), _groups(after)
    kept: list[Occurrence] = []
    moved: list[Occurrence] = []
    added: list[Occurrence] = []
    withdrawn: list[Occurrence] = []
    for group in old.keys() | new.keys():
        was, comes = old.get(group, {}), new.get(group, {})
        if _is_past(was, changed_on):
            kept += was.values()
            continue
        if not was and _is_past(comes, changed_on):
            continue
        stays = _staying(was, len(comes), settled)
        model = next(iter(comes.values()), None)
        for ordinal, one in was.items():
            if ordinal not in stays:
                withdrawn.append(one)
            elif model is None or one.key in settled:
                kept.append(one)
            else:
                now = _dated(one, model, changed_on)
                (kept if now == one else moved).append(now)
        free = [ordinal for ordinal in comes if ordinal not in was]
        added += [_dated(None, comes[ordinal], changed_on) for ordinal in free[: max(len(comes) - len(stays), 0)]]
    return Change(*(tuple(sorted(those, key=lambda one: (one.due_on, one.key))) for those in (kept, moved, added, withdrawn)))


def _groups(those: Iterable[Occurrence]) -> dict[tuple[str, str], _Group]:
    found: dict[tuple[str, str], _Group] = {}
    for one in those:
        found.setdefault(one.group, {})[one.ordinal] = one
    return {key: dict(sorted(group.items())) for key, group in found.items()}


def _is_past(group: _Group, changed_on: date) -> bool:
    return bool(group) and all(one.due_on < changed_on and one.slot.due_at is None for one in group.values())


def _staying(was: _Group, count: int, settled: Collection[str]) -> set[int]:
    """What was done stays whatever its number; the rest stays up to the new number, the first ordinals first."""
    done = [ordinal for ordinal, one in was.items() if one.key in settled]
    rest = [ordinal for ordinal, one in was.items() if one.key not in settled]
    return {*done, *rest[: max(count - len(done), 0)]}


def _dated(was: Occurrence | None, model: Occurrence, changed_on: date) -> Occurrence:
    """The occurrence with its new days, none of them taken back."""
    slot = model.slot
    due_on = max(slot.due_on, changed_on)
    grace_until = None if slot.grace_until is None else max(slot.grace_until, due_on)
    opens_on = slot.opens_on if was is None or was.opens_on >= changed_on else min(was.opens_on, slot.opens_on)
    whose = model if was is None else was
    return replace(whose, slot=replace(slot, opens_on=opens_on, due_on=due_on, grace_until=grace_until))
