"""When a plan is complete: every recognised need has a goal, every goal a measure, all of it measurable and inside the plan's dates."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nuanyang.casework.plans.rules.content import GoalContent, MeasureContent, NeedContent, PlanContent
from nuanyang.programme.clauses import SHIPPED, Kinds

# What must never stand in a text that a family reads.
LABELS = re.compile(r"弱势|贫困|困难学生|特困|低保|差生|后进|问题学生|学困|潜能生|重点关注|危机|\bC[1-4]\b")
PLACEHOLDER = re.compile(r"待填|待补|待定|[？?]{2,}|_{2,}|＿{2,}")
NAMES = {"C1": "经济", "C2": "学业", "C3": "身心", "C4": "情感"}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: where (JSON pointer into the plan), a stable code, a sentence; `data_class` None for the plan itself."""

    pointer: str
    code: str
    zh: str
    en: str
    data_class: str | None = None
    category: str | None = None


def labels_in(text: str | None) -> list[str]:
    """The words of a text that label a child, in order of appearance."""
    return list(dict.fromkeys(LABELS.findall(text or "")))


def gaps(plan: PlanContent, recognised: Iterable[tuple[str, str]], kinds: Kinds = SHIPPED) -> list[Gap]:
    """Everything that keeps the plan from being complete; `recognised` are (category, data class) in force."""
    found = list(_of_plan(plan))
    answered = {n.category for n in plan.needs}
    found += [
        Gap(
            "/needs",
            "category_unanswered",
            f"已认定的{NAMES[c]}方面需求还没有写入计划。",
            f"Nothing in the plan answers category {c}.",
            k,
            c,
        )
        for c, k in recognised
        if c not in answered
    ]
    for i, need in enumerate(plan.needs):
        found += [Gap(g.pointer, g.code, g.zh, g.en, need.data_class) for g in _of_need(plan, need, f"/needs/{i}", kinds)]
    return found


def _of_plan(plan: PlanContent) -> Iterator[Gap]:
    if not plan.needs:
        yield Gap("/needs", "no_needs", "计划里还没有需求。", "The plan has no needs.")
    if plan.ends_on is None:
        yield Gap("/ends_on", "no_end", "请填写计划结束日期。", "The plan needs an end.")
    elif plan.ends_on < plan.starts_on:
        yield Gap("/ends_on", "ends_before_start", "结束日期不能早于开始日期。", "The plan ends before it starts.")
    if plan.next_review_on is None:
        yield Gap("/next_review_on", "no_review", "请填写下次评估日期。", "The plan needs a next review.")
    elif plan.next_review_on < plan.starts_on or (plan.ends_on is not None and plan.next_review_on > plan.ends_on):
        yield Gap("/next_review_on", "review_outside", "下次评估日期须在计划期限内。", "The next review lies outside the plan.")
    if plan.reviewer_staff_id is None:
        yield Gap("/reviewer_staff_id", "no_reviewer", "请指定评估人。", "Somebody must be named to review the plan.")
    if words := labels_in(plan.summary):
        listed = "、".join(words)
        yield Gap(
            "/summary", "summary_labels", f"给家长的说明里有不宜出现的词：{listed}。", f"The family's summary contains labels: {listed}."
        )


def _of_need(plan: PlanContent, need: NeedContent, at: str, kinds: Kinds) -> Iterator[Gap]:
    if not need.statement.strip():
        yield Gap(f"{at}/statement", "blank", "请写明需求。", "Say what is needed.")
    if not need.goals:
        yield Gap(f"{at}/goals", "no_goals", "这项需求还没有目标。", "This need has no goal.")
    for i, goal in enumerate(need.goals):
        yield from _of_goal(plan, goal, f"{at}/goals/{i}")
        for j, measure in enumerate(goal.measures):
            yield from _of_measure(plan, need, measure, f"{at}/goals/{i}/measures/{j}", kinds)


def _of_goal(plan: PlanContent, goal: GoalContent, at: str) -> Iterator[Gap]:
    wanted = (
        ("statement", "目标", "goal"),
        ("indicator", "衡量指标", "indicator"),
        ("baseline", "基线", "baseline"),
        ("target", "目标值", "target"),
    )
    for name, zh, en in wanted:
        value = getattr(goal, name).strip()
        if not value or PLACEHOLDER.search(value):
            yield Gap(f"{at}/{name}", "blank", f"请填写{zh}。", f"The {en} is missing.")
    if goal.baseline.strip() and goal.baseline.strip() == goal.target.strip():
        yield Gap(f"{at}/target", "nothing_changes", "目标值与基线相同。", "The target equals the baseline.")
    if not _inside(plan, goal):
        yield Gap(f"{at}/due_on", "due_outside", "完成日期须在计划期限内。", "The goal is due outside the plan.")
    if not goal.measures:
        yield Gap(f"{at}/measures", "no_measures", "这个目标还没有帮扶措施。", "This goal has no measure.")


def _inside(plan: PlanContent, goal: GoalContent) -> bool:
    return goal.due_on >= plan.starts_on and (plan.ends_on is None or goal.due_on <= plan.ends_on)


def _of_measure(plan: PlanContent, need: NeedContent, measure: MeasureContent, at: str, kinds: Kinds) -> Iterator[Gap]:
    kind = kinds.find(measure.kind)
    if kind is None:
        yield Gap(f"{at}/kind", "unknown_kind", "没有这种帮扶措施。", "There is no such kind of measure.")
    elif not kind.fits(need.dimension):
        yield Gap(f"{at}/kind", "other_dimension", "这项措施不属于该维度。", "This measure belongs to another dimension.")
    if measure.doer_staff_id is None and not (measure.doer_note or "").strip():
        yield Gap(f"{at}/doer_staff_id", "no_doer", "请指定由谁实施。", "Say who carries it out.")
    if measure.starts_on < plan.starts_on or (plan.ends_on is not None and (measure.ends_on or measure.starts_on) > plan.ends_on):
        yield Gap(f"{at}/starts_on", "outside", "措施的起止日期须在计划期限内。", "The measure's dates lie outside the plan.")
    if measure.ends_on is not None and measure.ends_on < measure.starts_on:
        yield Gap(f"{at}/ends_on", "ends_before_start", "结束日期不能早于开始日期。", "The measure ends before it starts.")
