"""How two versions differ, or a plan from its template: by dimension, what was added, removed, changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nuanyang.casework.plans.rules.content import GoalContent, MeasureContent, NeedContent, PlanContent

PLAN_FIELDS = ("support_level", "starts_on", "ends_on", "next_review_on", "reviewer_staff_id", "summary")
NEED_FIELDS = ("dimension", "category", "statement")
GOAL_FIELDS = ("statement", "indicator", "baseline", "target", "due_on")
MEASURE_FIELDS = ("kind", "title", "times", "per", "minutes", "doer_staff_id", "doer_note", "starts_on", "ends_on")
Part = Literal["plan", "need", "goal", "measure"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field with its two values, as text; None where it was or is empty."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One part that differs. `dimension` and `data_class` are None for the plan's own fields."""

    part: Part
    kind: Literal["added", "removed", "changed"]
    lineage: str
    label: str
    dimension: str | None = None
    data_class: str | None = None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    part: Part
    value: Any
    need: NeedContent
    label: str
    fields: tuple[str, ...]


def compare(
    before: PlanContent, after: PlanContent, *, plan_fields: tuple[str, ...] = PLAN_FIELDS, ignored: frozenset[str] = frozenset()
) -> list[Change]:
    """The changes from one to the other, parts matched by lineage. `ignored` fields do not count (dates and doers beside a template)."""
    fields = _fields(before, after, plan_fields, ignored)
    changes = [Change("plan", "changed", "", "", fields=fields)] if fields else []
    old, new = dict(_parts(before)), dict(_parts(after))
    for key in [*new, *(k for k in old if k not in new)]:
        change = _change(key, old, new, ignored)
        if change is not None:
            changes.append(change)
    return changes


def _change(
    key: tuple[str, str], old: Mapping[tuple[str, str], _Part], new: Mapping[tuple[str, str], _Part], ignored: frozenset[str]
) -> Change | None:
    was, now = old.get(key), new.get(key)
    shown = now or was
    if shown is None:
        return None
    fields: tuple[FieldChange, ...] = ()
    kind: Literal["added", "removed", "changed"] = "added" if was is None else "removed" if now is None else "changed"
    if was is not None and now is not None:
        fields = _fields(was.value, now.value, shown.fields, ignored)
        if not fields:
            return None
    return Change(shown.part, kind, key[1], shown.label, shown.need.dimension, shown.need.data_class, fields)


def _parts(plan: PlanContent) -> Iterator[tuple[tuple[str, str], _Part]]:
    for need in plan.needs:
        yield ("need", need.lineage), _Part("need", need, need, need.statement, NEED_FIELDS)
        for goal in need.goals:
            yield from _parts_of_goal(need, goal)


def _parts_of_goal(need: NeedContent, goal: GoalContent) -> Iterator[tuple[tuple[str, str], _Part]]:
    yield ("goal", goal.lineage), _Part("goal", goal, need, goal.statement, GOAL_FIELDS)
    for measure in goal.measures:
        yield ("measure", measure.lineage), _Part("measure", measure, need, measure.title, MEASURE_FIELDS)


def _fields(
    was: PlanContent | NeedContent | GoalContent | MeasureContent, now: object, names: tuple[str, ...], ignored: frozenset[str]
) -> tuple[FieldChange, ...]:
    pairs = ((n, _text(getattr(was, n)), _text(getattr(now, n))) for n in names if n not in ignored)
    return tuple(FieldChange(n, a, b) for n, a, b in pairs if a != b)


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    text = str(value)
    # 2 and 2.0 times a week are the same dose.
    return text.rstrip("0").rstrip(".") if hasattr(value, "as_tuple") and "." in text else text
