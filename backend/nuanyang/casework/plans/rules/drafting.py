"""From a template to a draft: offsets become dates, roles become people, usual doses the doses of this support level."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from nuanyang.casework.plans.rules.content import GoalContent, MeasureContent, NeedContent, PlanContent
from nuanyang.casework.plans.rules.course import default_dose, next_review_on
from nuanyang.programme.clauses import SHIPPED, Kinds

# What differs from student to student anyway is no deviation from the template.
OWN_FIELDS = frozenset({"starts_on", "ends_on", "due_on", "doer_staff_id", "doer_note", "category"})


@dataclass(frozen=True, slots=True)
class Template:
    """A shipped or a school's own template; `body` holds needs → goals → measures as plain values."""

    id: str
    name: str
    en: str
    category: str
    support_level: str
    description: str | None
    needs: tuple[dict[str, Any], ...]
    is_shipped: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """For whom and when: the recognitions in force by category, and who stands behind a role (班主任, 帮扶责任人)."""

    support_level: str
    starts_on: date
    ends_on: date
    recognitions: Mapping[str, UUID]
    doers: Mapping[str, UUID]
    reviewer_staff_id: UUID | None = None
    next_review_on: date | None = None


def draft(template: Template, setting: Setting, kinds: Kinds = SHIPPED) -> PlanContent:
    """The plan that a template makes in a setting."""
    needs = tuple(_need(template, row, setting, f"n{i}", kinds) for i, row in enumerate(template.needs, 1))
    return replace(_frame(setting), needs=needs)


def bare_draft(setting: Setting, dimensions: Mapping[str, str], statements: Mapping[str, str]) -> PlanContent:
    """A plan from nothing: one need for each recognition in force, without goals yet."""
    needs = tuple(
        NeedContent(
            lineage=f"need.{c}", dimension=dimensions[c], statement=statements[c], category=c, recognition_id=setting.recognitions[c]
        )
        for c in sorted(setting.recognitions)
        if c in dimensions
    )
    return replace(_frame(setting), needs=needs)


def next_version(
    before: PlanContent, *, level: str, starts_on: date, ends_on: date, review_on: date, kinds: Kinds = SHIPPED
) -> PlanContent:
    """The next version's contents: the same parts under the same lineage, dates moved into the new period, achievements left behind."""
    raised = level if level != before.support_level else None
    needs = tuple(replace(n, id=None, goals=tuple(_carried(g, starts_on, ends_on, raised, kinds) for g in n.goals)) for n in before.needs)
    return PlanContent(level, starts_on, ends_on, review_on, before.reviewer_staff_id, before.summary, needs)


def fresh(need: NeedContent) -> NeedContent:
    """The same need under names of its own: two templates may call their parts alike."""
    goals = tuple(
        replace(g, lineage=new_lineage(), measures=tuple(replace(m, lineage=new_lineage()) for m in g.measures)) for g in need.goals
    )
    return replace(need, lineage=new_lineage(), goals=goals)


def _frame(setting: Setting) -> PlanContent:
    review = setting.next_review_on or next_review_on(setting.support_level, setting.starts_on, setting.ends_on)
    return PlanContent(setting.support_level, setting.starts_on, setting.ends_on, review, setting.reviewer_staff_id)


def _need(template: Template, row: Mapping[str, Any], setting: Setting, lineage: str, kinds: Kinds) -> NeedContent:
    lineage = row.get("lineage") or lineage
    return NeedContent(
        lineage=lineage,
        dimension=row["dimension"],
        statement=row["statement"],
        category=template.category,
        recognition_id=setting.recognitions.get(template.category),
        goals=tuple(_goal(g, setting, f"{lineage}.g{i}", kinds) for i, g in enumerate(row.get("goals", ()), 1)),
    )


def _goal(row: Mapping[str, Any], setting: Setting, lineage: str, kinds: Kinds) -> GoalContent:
    lineage = row.get("lineage") or lineage
    return GoalContent(
        lineage=lineage,
        statement=row["statement"],
        indicator=row["indicator"],
        baseline=row["baseline"],
        target=row["target"],
        due_on=min(setting.starts_on + timedelta(days=row["due"]), setting.ends_on),
        measures=tuple(_measure(m, setting, f"{lineage}.m{i}", kinds) for i, m in enumerate(row.get("measures", ()), 1)),
    )


def _measure(row: Mapping[str, Any], setting: Setting, lineage: str, kinds: Kinds) -> MeasureContent:
    dose, doer = default_dose(row["kind"], setting.support_level, kinds), row.get("doer")
    staff_id = setting.doers.get(doer) if doer else None
    return MeasureContent(
        lineage=row.get("lineage") or lineage,
        kind=row["kind"],
        title=row.get("title") or kinds.known(row["kind"]).zh,
        times=Decimal(str(row.get("times") or dose.times)),
        per=row.get("per") or dose.per,
        minutes=dose.minutes if row.get("minutes") is None else row["minutes"],
        starts_on=setting.starts_on,
        ends_on=setting.ends_on,
        doer_staff_id=staff_id,
        doer_note=None if staff_id else doer,
    )


def _carried(goal: GoalContent, starts_on: date, ends_on: date, raised: str | None, kinds: Kinds) -> GoalContent:
    measures = tuple(replace(_redosed(m, raised, kinds), id=None, starts_on=starts_on, ends_on=ends_on) for m in goal.measures)
    due = goal.due_on if starts_on <= goal.due_on <= ends_on else ends_on
    return replace(goal, id=None, achieved=None, achieved_note=None, due_on=due, measures=measures)


def _redosed(measure: MeasureContent, level: str | None, kinds: Kinds) -> MeasureContent:
    """With another support level a usual dose becomes the usual dose of that level; a dose somebody chose stays."""
    if level is None or kinds.find(measure.kind) is None:
        return measure
    usual = default_dose(measure.kind, "general" if level == "key" else "key", kinds)
    if (measure.times, measure.per, measure.minutes) != (Decimal(usual.times), str(usual.per), usual.minutes):
        return measure
    dose = default_dose(measure.kind, level, kinds)
    return replace(measure, times=Decimal(dose.times), per=dose.per, minutes=dose.minutes)


def new_lineage() -> str:
    """The name of a part that no version and no template had before."""
    return str(uuid4())
