"""The shipped definitions of gaps: what is looked for, and after how many days."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

Kind = Literal[
    "no_contact",
    "no_guardian_contact",
    "no_file",
    "no_lead",
    "no_plan",
    "need_without_goal",
    "goal_stalled",
    "review_overdue",
    "dose_low",
    "evidence_stale",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Definition:
    """One kind of gap. `days`: how long it may be so; `percent`: of doses, under which they are too few. `is_on`: whether the school looks for it."""

    kind: Kind
    zh: str
    en: str
    why_zh: str
    why_en: str
    days: int | None = None
    percent: int | None = None
    is_on: bool = True

    def changed(self, *, is_on: bool, days: int | None, percent: int | None) -> "Definition":
        """As a school wants it; what a kind does not ask for stays away."""
        return replace(
            self,
            is_on=is_on,
            days=days if self.days is not None and days is not None else self.days,
            percent=percent if self.percent is not None and percent is not None else self.percent,
        )


DEFINITIONS: Mapping[str, Definition] = {
    one.kind: one
    for one in (
        Definition(
            "no_contact",
            "无人联系",
            "No contact",
            "已认定，这些天里没有任何人联系过（谁联系都算）",
            "Recognised, and nobody was in contact",
            days=14,
        ),
        Definition(
            "no_guardian_contact",
            "未联系家长",
            "No guardian contact",
            "已认定，这些天里没有联系过家长",
            "Recognised, and no guardian was spoken to",
            days=30,
        ),
        Definition("no_file", "未建档", "No file", "已认定，还没有一生一档", "Recognised, and no file is open", days=7),
        Definition(
            "no_lead",
            "无责任人",
            "No case lead",
            "已建档，还没有帮扶责任人",
            "A file is open, and nobody leads the case",
            days=7,
        ),
        Definition(
            "no_plan",
            "无计划",
            "No plan",
            "已建档，还没有批准的帮扶计划",
            "A file is open, and no plan was approved",
            days=30,
        ),
        Definition(
            "need_without_goal",
            "需求无目标",
            "Need without a goal",
            "计划里有需求，没有写目标",
            "A need of the plan has no goal",
        ),
        Definition(
            "goal_stalled",
            "目标无进展",
            "Goal without progress",
            "目标连续两次评估没有达成",
            "A goal was missed at two reviews running",
        ),
        Definition(
            "review_overdue",
            "评估逾期",
            "Review overdue",
            "计划的评估日期已过",
            "The day of the plan's review has passed",
            days=0,
        ),
        Definition(
            "dose_low",
            "频次不足",
            "Dose too low",
            "近四周完成的次数低于计划",
            "In four weeks fewer were delivered than planned",
            percent=80,
        ),
        Definition(
            "evidence_stale",
            "依据过期",
            "Evidence stale",
            "认定的依据太久没有核实",
            "What the recognition rests on was long not checked",
            days=365,
        ),
    )
}
DOSE_DAYS = 28
# Contact by anyone counts, also such as few may know of. A limit that could be moved day by day would tell its day: it moves by whole weeks.
BY_WEEKS = frozenset({"no_contact", "no_guardian_contact"})
