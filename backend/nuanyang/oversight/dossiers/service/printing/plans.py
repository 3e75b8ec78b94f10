"""一生一策 as a Word document: cover, contents, each dimension's needs with goals and measures, planned against delivered, reviews."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from nuanyang.access.permissions import CLASS_NAMES
from nuanyang.casework.plans.rules.wording import ACHIEVED_WORDS, DIMENSION_WORDS, LEVEL_WORDS, OUTCOME_WORDS, STATE_WORDS, dose_words
from nuanyang.casework.plans.schemas import GoalShown, MeasureShown, NeedShown, Person, PlanShown
from nuanyang.kit.paper import Paper
from nuanyang.oversight.dossiers.service.printing.press import Printing
from nuanyang.oversight.dossiers.service.words import day, day_of, word

TITLE = "一生一策"
Section = tuple[str, Callable[[Paper], None]]


Doses = Mapping[UUID, tuple[float, int]]  # by measure: sessions due so far, and delivered; empty for a plan that has not run


def plan_paper(plan: PlanShown, printing: Printing, doses: Doses) -> bytes:
    """The finished .docx: what the reader sees of the plan, what is hidden named. Runs for tens of milliseconds: call it in a thread."""
    paper = Paper(TITLE, header=f"{printing.school}　{TITLE}　第 {plan.number} 版")
    paper.cover(printing.school, TITLE, _cover(plan, printing))
    sections = _sections(plan, printing, doses)
    paper.contents("目录", [title for title, _ in sections])
    for title, write in sections:
        paper.section(title)
        write(paper)
    if plan.hidden:
        paper.text("以下方面的需求、目标和措施按权限不列入本件：" + "、".join(word(CLASS_NAMES, c) for c in plan.hidden) + "。")
    paper.text(f"打印人：{printing.by}　　打印日期：{day(printing.on)}")
    filled, approved = plan.submitted_by, plan.approved_by
    paper.signatures(
        ("填表人", filled.name if filled else ""), ("审核人", approved.name if approved else ""), ("单位盖章", ""), ("日期", "")
    )
    return paper.content()


def _cover(plan: PlanShown, printing: Printing) -> list[tuple[str, str]]:
    return [
        ("姓　　名", plan.student.name),
        ("班　　级", plan.student.class_name or "—"),
        ("学　　号", plan.student.student_number or "—"),
        ("学　　年", plan.school_year),
        ("责 任 人", plan.case_lead.name if plan.case_lead else "—"),
        ("版　　本", f"第 {plan.number} 版（{STATE_WORDS[plan.state]}）"),
        ("打印日期", day(printing.on)),
    ]


def _sections(plan: PlanShown, printing: Printing, doses: Doses) -> Sequence[Section]:
    sections: list[Section] = [("基本情况", lambda paper: _basics(paper, plan, printing))]
    for dimension, name in DIMENSION_WORDS.items():
        needs = [n for n in plan.needs if n.dimension == dimension]
        if needs:
            sections.append((f"{name}方面", _dimension(needs, doses)))
    if plan.summary:
        sections.append(("给家长的说明", lambda paper: _lines(paper, plan.summary or "")))
    if plan.reviews:
        sections.append(("评估记录", lambda paper: _reviews(paper, plan)))
    return sections


def _basics(paper: Paper, plan: PlanShown, printing: Printing) -> None:
    paper.facts(
        [
            ("帮扶等级", LEVEL_WORDS[plan.support_level]),
            ("执行时间", f"{plan.starts_on} 至 {plan.ends_on or '—'}"),
            ("责任人", plan.case_lead.name if plan.case_lead else "—"),
            ("评估人", plan.reviewer.name if plan.reviewer else "—"),
            ("下次评估", day(plan.next_review_on)),
            ("状态", STATE_WORDS[plan.state]),
            ("提交", _by(plan.submitted_by, plan.submitted_at, printing)),
            ("批准", _by(plan.approved_by, plan.approved_at, printing)),
        ]
    )
    if plan.end_reason:
        paper.text(f"结束原因：{plan.end_reason}")


def _by(person: Person | None, at: datetime | None, printing: Printing) -> str:
    return f"{person.name}　{day_of(at, printing.time_zone)}" if person and at else "—"


def _dimension(needs: list[NeedShown], doses: Doses) -> Callable[[Paper], None]:
    def write(paper: Paper) -> None:
        for number, need in enumerate(needs, 1):
            paper.heading(f"需求 {number}：{need.statement}" if len(needs) > 1 else f"需求：{need.statement}")
            paper.table(["目标", "衡量指标", "基线", "目标值", "完成日期", "达成"], [_goal(g) for g in need.goals], GOAL_WIDTHS)
            measures = [m for g in need.goals for m in g.measures]
            if doses:
                rows = [[*_measure(m), *_delivered(m, doses)] for m in measures]
                paper.table(["措施", "频次时长", "实施人", "应做", "已做"], rows, [5.4, 4.6, 2.8, 1.7, 1.7])
            else:
                paper.table(["措施", "频次时长", "实施人"], [_measure(m) for m in measures], [7.4, 5.4, 3.4])

    return write


GOAL_WIDTHS = (4.2, 3.2, 2.5, 2.5, 2.2, 1.6)


def _goal(goal: GoalShown) -> list[str]:
    achieved = ACHIEVED_WORDS[goal.achieved] if goal.achieved else "—"
    note = f"\n{goal.achieved_note}" if goal.achieved_note else ""
    return [goal.statement, goal.indicator, goal.baseline, goal.target, goal.due_on.isoformat(), achieved + note]


def _measure(measure: MeasureShown) -> list[str]:
    return [
        measure.title,
        dose_words(measure.times, measure.per, measure.minutes),
        measure.doer_name or measure.doer_note or "—",
    ]


def _delivered(measure: MeasureShown, doses: Doses) -> list[str]:
    due, delivered = doses.get(measure.id, (0.0, 0))
    return [f"{due:.0f} 次", f"{delivered} 次"]


def _reviews(paper: Paper, plan: PlanShown) -> None:
    rows = [[r.reviewed_on.isoformat(), OUTCOME_WORDS[r.outcome], r.reason or "—", r.by or "—"] for r in plan.reviews]
    paper.table(["日期", "结论", "理由", "评估人"], rows, [2.4, 2.2, 8.6, 3])


def _lines(paper: Paper, text: str) -> None:
    for line in text.splitlines():
        paper.text(line)
