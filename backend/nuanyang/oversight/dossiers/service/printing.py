"""一生一档 as a Word document: what the reader may see and nothing else; what is hidden is named."""

from collections.abc import Callable
from datetime import date

from nuanyang.casework.evidence.catalogue import CATEGORY_NAMES, KINDS, SOURCE_NAMES
from nuanyang.kit.paper import Paper
from nuanyang.oversight.dossiers.schemas import DossierFile, FileResult, PlanPart
from nuanyang.oversight.dossiers.service import words
from nuanyang.oversight.dossiers.service.words import plain, word, yes
from nuanyang.programme.clauses.catalogue import is_measure_kind, measure_kind
from nuanyang.school.results.rules import STATUS_NAMES

Section = tuple[str, Callable[[Paper, DossierFile], None]]


def dossier_paper(file: DossierFile, *, school: str, printed_by: str, printed_on: date) -> bytes:
    """The finished .docx. Runs for tens of milliseconds: call it in a thread."""
    sections = _sections(file)
    paper = Paper("一生一档")
    basic, lead = file.basic, _lead(file)
    paper.cover(
        school,
        "一生一档",
        [
            ("姓　　名", basic.name),
            ("班　　级", basic.class_.name if basic.class_ else "—"),
            ("学　　号", plain(basic.student_number)),
            ("档案编号", file.file.number if file.file else "—"),
            ("建档日期", plain(file.file.opened_on if file.file else None)),
            ("责任人", lead),
            ("打印日期", printed_on.isoformat()),
        ],
    )
    paper.contents("目录", [title for title, _ in sections])
    for title, write in sections:
        paper.section(title)
        write(paper, file)
    if file.hidden:
        paper.text("以下内容按权限未列入本件：" + "、".join(word(words.DATA_CLASS, c) for c in file.hidden) + "。")
    paper.text(f"打印人：{printed_by}　打印日期：{printed_on.isoformat()}")
    paper.signatures("填表人", "审核人", "盖章")
    return paper.content()


def _lead(file: DossierFile) -> str:
    current = next((lead for lead in file.file.case_leads if lead.valid_to is None), None) if file.file else None
    return current.name if current else "—"


def _sections(file: DossierFile) -> list[Section]:
    every: list[tuple[bool, Section]] = [
        (True, ("基本信息", _basic)),
        (bool(file.contact), ("家庭与联系方式", _contact)),
        (any((file.family, file.economic, file.health)), ("家庭、经济与健康情况", _circumstances)),
        (file.recognitions is not None, ("认定情况", _recognitions)),
        (file.evidence is not None, ("认定依据", _evidence)),
        (file.plan is not None, ("帮扶计划（一生一策）", _plan)),
        (file.evidence is not None or bool(file.interventions), ("帮扶记录", _interventions)),
        (file.academic is not None, ("学业成绩与考勤", _academic)),
    ]
    return [section for is_shown, section in every if is_shown]


def _interventions(paper: Paper, file: DossierFile) -> None:
    rows = [
        [
            plain(i.held_on) + _backfilled(i.held_on, i.entered_on),
            measure_kind(i.kind).zh if is_measure_kind(i.kind) else i.kind,
            plain(i.doer),
            f"{i.minutes} 分钟",
            word(words.ATTENDANCE, i.attendance),
            "；".join(filter(None, (i.went, i.follow_up and f"后续：{i.follow_up}"))) or "—",
        ]
        for i in file.interventions
    ]
    _table(paper, ["日期", "方式", "实施人", "时长", "出席", "情况与后续"], rows, [2.4, 2.8, 1.9, 1.7, 1.4, 6.0])


def _backfilled(held_on: date, entered_on: date) -> str:
    return "" if entered_on <= held_on else f"（{entered_on.isoformat()} 补录）"


def _table(paper: Paper, head: list[str], rows: list[list[str]], widths: list[float]) -> None:
    if rows:
        paper.table(head, rows, widths)
    else:
        paper.text("暂无记录。")


def _basic(paper: Paper, file: DossierFile) -> None:
    basic, identity, record = file.basic, file.identity, file.basic.record
    facts = [
        ("姓名", basic.name),
        ("性别", word(words.SEX, basic.sex)),
        ("出生日期", plain(basic.birth_on)),
        ("班级", basic.class_.name if basic.class_ else "—"),
        ("班主任", plain(basic.class_.homeroom_teacher if basic.class_ else None)),
        ("学籍状态", word(words.STUDENT_STATUS, basic.status)),
        ("入校日期", plain(basic.entered_on)),
        *([("转自", basic.previous_school)] if basic.previous_school else []),
        ("民族", plain(record.ethnicity if record else None)),
        ("户口性质", plain(record.household_kind if record else None)),
        ("曾用名", plain(basic.former_name)),
    ]
    if identity:
        facts += [("身份证件号", f"尾号 {identity.identity_tail}" if identity.identity_tail else "—")]
        facts += [("学籍号", f"尾号 {identity.registration_tail}" if identity.registration_tail else "—")]
    paper.facts(facts)


def _contact(paper: Paper, file: DossierFile) -> None:
    if file.contact is None:
        return
    paper.facts([("住址", plain(file.contact.address)), ("户籍地址", plain(file.contact.household_address))], pairs=1)
    rows = [
        [
            g.name,
            word(words.RELATION, g.relation),
            yes(g.is_guardian),
            "不得联系" if not g.may_contact else plain(g.phone),
            plain(g.occupation),
        ]
        for g in file.contact.guardians
    ]
    _table(paper, ["姓名", "关系", "监护人", "电话", "职业"], rows, [3, 3.4, 2, 4, 3.8])


def _circumstances(paper: Paper, file: DossierFile) -> None:
    facts: list[tuple[str, str]] = []
    if file.family:
        f = file.family
        facts += [
            ("留守情况", plain(words.LEFT_BEHIND.get(f.left_behind) if f.left_behind is not None else None)),
            ("单亲家庭", yes(f.single_parent)),
        ]
        facts += [("隔代抚养", yes(f.raised_by_grandparents)), ("随迁子女", yes(f.migrant_child)), ("孤儿", yes(f.orphan))]
    if file.economic:
        facts += [("申请资助", yes(file.economic.needs_aid)), ("享受补助", yes(file.economic.receives_subsidy))]
        facts += [("特殊群体", "、".join(KINDS[g].zh if g in KINDS else g for g in file.economic.special_groups) or "—")]
    if file.health:
        facts += [("健康状况", plain(file.health.health_status)), ("残疾类型", plain(file.health.disability))]
        facts += [("随班就读", plain(file.health.inclusive_placement))]
    paper.facts(facts)


def _recognitions(paper: Paper, file: DossierFile) -> None:
    rows = [
        [
            r.school_year,
            CATEGORY_NAMES[r.category][0],
            word(words.SUPPORT_LEVEL, r.support_level),
            word(words.RECOGNITION_STATE, r.state),
            plain(r.recognised_on),
            "（仅示结果）" if r.is_result_only else plain(r.reason),
        ]
        for r in file.recognitions or []
    ]
    _table(paper, ["学年", "类别", "等级", "状态", "认定日期", "理由"], rows, [2.3, 1.6, 1.4, 2.2, 2.6, 6.1])


def _evidence(paper: Paper, file: DossierFile) -> None:
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
    _table(paper, ["日期", "来源", "内容", "说明", "提供人"], rows, [2.4, 2.2, 3.4, 6, 2.2])


def _plan(paper: Paper, file: DossierFile) -> None:
    plan = file.plan
    if plan is None:
        return
    paper.facts(
        [
            ("版本", f"第 {plan.number} 版"),
            ("帮扶等级", word(words.SUPPORT_LEVEL, plan.support_level)),
            ("执行时间", f"{plan.starts_on} 至 {plain(plan.ends_on)}"),
            ("下次评估", plain(plan.next_review_on)),
        ]
    )
    for need in plan.needs:
        paper.heading(f"{word(words.DIMENSION, need.dimension)}：{need.statement}")
        _table(paper, ["目标", "指标", "基线", "目标值", "完成日期", "达成"], _goal_rows(plan, need.id), [4.4, 3.6, 1.8, 1.8, 2.6, 2])
        _table(paper, ["措施", "频次时长", "负责人", "应做", "已做"], _measure_rows(plan, need.id), [5.2, 4, 2.8, 2.1, 2.1])


def _goal_rows(plan: PlanPart, need_id: object) -> list[list[str]]:
    return [
        [g.statement, g.indicator, g.baseline, g.target, plain(g.due_on), word(words.ACHIEVED, g.achieved)]
        for g in plan.goals
        if g.need_id == need_id
    ]


def _measure_rows(plan: PlanPart, need_id: object) -> list[list[str]]:
    goals = {g.id for g in plan.goals if g.need_id == need_id}
    return [
        [
            m.title,
            f"{word(words.PER, m.per)} {plain(m.times)} 次，每次 {m.minutes} 分钟",
            plain(m.doer),
            plain(m.planned_so_far),
            plain(m.delivered),
        ]
        for m in plan.measures
        if m.goal_id in goals
    ]


def _academic(paper: Paper, file: DossierFile) -> None:
    if file.academic is None:
        return
    rows = [[plain(e.held_on), e.name, "；".join(f"{s.subject} {_result(s)}" for s in e.subjects)] for e in file.academic.exams]
    _table(paper, ["日期", "考试", "成绩"], rows, [2.6, 4, 9.6])
    attendance = [
        [f"{a.starts_on} 至 {a.ends_on}", plain(a.truancy), plain(a.sick_leave), plain(a.personal_leave), plain(a.late)]
        for a in file.academic.attendance
    ]
    _table(paper, ["期间", "旷课（天）", "病假（天）", "事假（天）", "迟到（次）"], attendance, [5.8, 2.6, 2.6, 2.6, 2.6])


def _result(subject: FileResult) -> str:
    if subject.status != "present":
        return STATUS_NAMES[subject.status][0] if subject.status in STATUS_NAMES else subject.status
    score = plain(subject.score) if subject.score is not None else ""
    return f"{score}{f'（{subject.result_level}）' if score and subject.result_level else subject.result_level or ''}"
