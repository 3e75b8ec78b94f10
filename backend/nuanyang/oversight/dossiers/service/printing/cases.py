"""The sections about the case: recognitions, evidence, the plan with its doses, what was done, how far it came, and what happened when."""

from datetime import date
from typing import Any

from nuanyang.casework.evidence.catalogue import CATEGORY_NAMES, KINDS, SOURCE_NAMES
from nuanyang.casework.interventions.rules import ATTENDANCE_WORDS
from nuanyang.casework.plans.rules.wording import ACHIEVED_WORDS, DIMENSION_WORDS, LEVEL_WORDS, dose_words
from nuanyang.kit.paper import Paper
from nuanyang.oversight.dossiers.schemas import DossierFile, PlanPart, TimelineLine
from nuanyang.oversight.dossiers.service import words
from nuanyang.oversight.dossiers.service.printing.press import Printing
from nuanyang.oversight.dossiers.service.printing.profile import rows_or_none
from nuanyang.oversight.dossiers.service.words import plain, word
from nuanyang.programme.clauses import Kinds


def recognitions(paper: Paper, file: DossierFile) -> None:
    """认定情况; where only the result may be known, only that."""
    rows = [
        [
            r.school_year,
            CATEGORY_NAMES[r.category][0],
            word(LEVEL_WORDS, r.support_level),
            word(words.RECOGNITION_STATE, r.state),
            plain(r.recognised_on),
            "（仅示结果）" if r.is_result_only else plain(r.reason),
        ]
        for r in file.recognitions or []
    ]
    rows_or_none(paper, ["学年", "类别", "等级", "状态", "认定日期", "理由"], rows, [2.3, 1.8, 1.4, 2.2, 2.4, 6.1])


def evidence(paper: Paper, file: DossierFile) -> None:
    """认定依据."""
    rows = [
        [
            plain(e.observed_on),
            SOURCE_NAMES[e.source][0] if e.source in SOURCE_NAMES else e.source,
            KINDS[e.kind].zh if e.kind in KINDS else e.kind,
            plain(e.note),
            plain(e.reported_by),
        ]
        for e in file.evidence or []
    ]
    rows_or_none(paper, ["日期", "来源", "内容", "说明", "提供人"], rows, [2.4, 2.2, 3.4, 6, 2.2])


def plan(paper: Paper, file: DossierFile) -> None:
    """The plan in force, planned against delivered."""
    shown = file.plan
    if shown is None:
        return
    paper.facts(
        [
            ("版本", f"第 {shown.number} 版"),
            ("帮扶等级", word(LEVEL_WORDS, shown.support_level)),
            ("执行时间", f"{shown.starts_on} 至 {plain(shown.ends_on)}"),
            ("下次评估", plain(shown.next_review_on)),
        ]
    )
    for need in shown.needs:
        paper.heading(f"{word(DIMENSION_WORDS, need.dimension)}：{need.statement}")
        rows_or_none(paper, ["目标", "指标", "基线", "目标值", "完成日期", "达成"], _goals(shown, need.id), [4, 3.2, 2.6, 2.6, 2.2, 1.6])
        rows_or_none(paper, ["措施", "频次时长", "实施人", "应做", "已做"], _measures(shown, need.id), [5.4, 4.6, 2.8, 1.7, 1.7])


def _goals(shown: PlanPart, need_id: object) -> list[list[str]]:
    return [
        [g.statement, g.indicator, g.baseline, g.target, plain(g.due_on), word(ACHIEVED_WORDS, g.achieved)]
        for g in shown.goals
        if g.need_id == need_id
    ]


def _measures(shown: PlanPart, need_id: object) -> list[list[str]]:
    goals = {g.id for g in shown.goals if g.need_id == need_id}
    return [
        [m.title, dose_words(m.times, m.per, m.minutes), plain(m.doer), f"{m.planned_so_far:.0f} 次", f"{m.delivered} 次"]
        for m in shown.measures
        if m.goal_id in goals
    ]


def interventions(paper: Paper, file: DossierFile, kinds: Kinds) -> None:
    """帮扶记录, newest first; what was entered later says so."""
    rows = [
        [
            plain(i.held_on) + _backfilled(i.held_on, i.entered_on),
            kind.zh if (kind := kinds.find(i.kind)) else i.kind,
            plain(i.doer),
            f"{i.minutes} 分钟",
            word(ATTENDANCE_WORDS, i.attendance),
            "；".join(filter(None, (i.went, i.follow_up and f"后续：{i.follow_up}"))) or "—",
        ]
        for i in file.interventions
    ]
    rows_or_none(paper, ["日期", "方式", "实施人", "时长", "出席", "情况与后续"], rows, [2.4, 2.6, 1.9, 1.8, 1.4, 6.1])


def _backfilled(held_on: date, entered_on: date) -> str:
    return "" if entered_on <= held_on else f"\n（{entered_on.isoformat()} 补录）"


def radar(paper: Paper, file: DossierFile) -> None:
    """四维: what the radar on the page shows, in figures; a dimension that is not for the reader is named as such."""
    rows = []
    for axis in file.radar or []:
        if axis.is_hidden:
            rows.append([word(DIMENSION_WORDS, axis.dimension), "按权限未列入", "—", "—"])
        else:
            shares = (_percent(axis.delivered_share), _percent(axis.goals_share))
            rows.append([word(DIMENSION_WORDS, axis.dimension), *shares, "暂无数据" if axis.value is None else f"{axis.value:.0f}"])
    rows_or_none(paper, ["维度", "措施完成", "目标达成", "得分（满分 100）"], rows, [4, 4, 4, 4.2])


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.0%}"


def timeline(paper: Paper, file: DossierFile, printing: Printing) -> None:
    """What happened, newest first: the latest entries."""
    rows = [[words.day_of(e.happened_at, printing.time_zone), _sentence(e, printing.kinds), plain(e.by)] for e in file.timeline.items]
    rows_or_none(paper, ["日期", "事项", "经办人"], rows, [2.8, 10.2, 3.2])


def _sentence(entry: TimelineLine, kinds: Kinds) -> str:
    d: dict[str, Any] = entry.details
    category = CATEGORY_NAMES[d["category"]][0] if d.get("category") in CATEGORY_NAMES else ""
    kind = kinds.find(d.get("measure"))
    measure = kind.zh if kind else ""
    number, staff = d.get("number", ""), d.get("staff", "")
    step = f"：{word(words.STEP, d['step'])} {word(words.OUTCOME, d.get('outcome'))}" if d.get("step") else ""
    sentences = {
        "dossier_opened": f"建档 {number}",
        "dossier_closed": f"结案 {number}",
        "case_lead_assigned": f"责任人由{d['former']}交接给{staff}" if d.get("former") else f"{staff}任帮扶责任人",
        "intervention_recorded": measure,
        "intervention_corrected": f"更正记录：{measure}",
        "intervention_voided": f"作废记录：{measure}",
        "term_checked": f"{category}学期复核：{word(words.OUTCOME, d.get('outcome'))}",
        "recognition_exited": f"{category}认定退出",
        "evidence_changed": f"更新{category}依据",
        "evidence_withdrawn": f"撤回{category}依据",
        "plan_drafted": f"起草计划第 {number} 版",
        "plan_submitted": f"计划第 {number} 版提交审批",
        "plan_approved": f"计划第 {number} 版批准",
        "plan_returned": f"计划第 {number} 版退回修改",
        "plan_reviewed": "计划评估",
        "plan_closed": f"计划第 {number} 版结束",
        "plan_discarded": f"计划第 {number} 版草稿作废",
    }
    if entry.kind in sentences:
        return sentences[entry.kind]
    if entry.kind.startswith("evidence"):
        return f"登记{category}依据"
    return f"{category}认定{step}" if entry.kind.startswith(("recognition", "proposal")) else "其他记录"
