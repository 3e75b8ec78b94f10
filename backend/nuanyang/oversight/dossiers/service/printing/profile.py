"""The sections about the student: each data class a part of its own, absent where it is not for the reader."""

from nuanyang.casework.evidence.catalogue import KINDS
from nuanyang.kit.paper import WIDTH, Paper
from nuanyang.oversight.dossiers.schemas import DossierFile, FileResult
from nuanyang.oversight.dossiers.service import words
from nuanyang.oversight.dossiers.service.words import plain, word, yes
from nuanyang.school.results.rules import STATUS_NAMES

MOST_SUBJECTS = 9  # columns that a page takes; the rest stand in one line below


def rows_or_none(paper: Paper, head: list[str], rows: list[list[str]], widths: list[float]) -> None:
    """A table, or the word that there is nothing."""
    if rows:
        paper.table(head, rows, widths)
    else:
        paper.text("暂无记录。")


def basic(paper: Paper, file: DossierFile) -> None:
    """基本信息, with the last characters of the numbers only."""
    shown, identity, record = file.basic, file.identity, file.basic.record
    facts = [
        ("姓名", shown.name),
        ("性别", word(words.SEX, shown.sex)),
        ("出生日期", words.day(shown.birth_on)),
        ("民族", plain(record.ethnicity if record else None)),
        ("班级", shown.class_.name if shown.class_ else "—"),
        ("班主任", plain(shown.class_.homeroom_teacher if shown.class_ else None)),
        ("入校日期", words.day(shown.entered_on)),
        *([("转自", shown.previous_school)] if shown.previous_school else []),
        ("学籍状态", word(words.STUDENT_STATUS, shown.status)),
        ("户口性质", word(words.HOUSEHOLD, record.household_kind if record else None)),
        ("就读方式", word(words.BOARDING, record.boarding if record else None)),
    ]
    if shown.former_name:
        facts.append(("曾用名", shown.former_name))
    if identity:
        facts.append(("身份证件号", f"尾号 {identity.identity_tail}" if identity.identity_tail else "—"))
        facts.append(("学籍号", f"尾号 {identity.registration_tail}" if identity.registration_tail else "—"))
    paper.facts(facts)


def contact(paper: Paper, file: DossierFile) -> None:
    """Where the family lives and whom to call; no number of whom a custody order keeps away."""
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
    rows_or_none(paper, ["姓名", "关系", "监护人", "电话", "职业"], rows, [3, 3.4, 2, 4, 3.8])


def circumstances(paper: Paper, file: DossierFile) -> None:
    """Family, economy and health as far as the reader sees them."""
    facts: list[tuple[str, str]] = []
    if file.family:
        f = file.family
        facts += [("留守情况", plain(words.LEFT_BEHIND.get(f.left_behind) if f.left_behind is not None else None))]
        facts += [("单亲家庭", yes(f.single_parent)), ("隔代抚养", yes(f.raised_by_grandparents))]
        facts += [("随迁子女", yes(f.migrant_child)), ("孤儿", yes(f.orphan))]
    if file.economic:
        facts += [("申请资助", yes(file.economic.needs_aid)), ("享受补助", yes(file.economic.receives_subsidy))]
        facts += [("特殊群体", "、".join(KINDS[g].zh if g in KINDS else g for g in file.economic.special_groups) or "—")]
    if file.health:
        facts += [("健康状况", word(words.HEALTH, file.health.health_status)), ("残疾类型", word(words.DISABILITY, file.health.disability))]
        facts += [("随班就读", word(words.PLACEMENT, file.health.inclusive_placement))]
    paper.facts(facts)


def support_needs(paper: Paper, file: DossierFile) -> None:
    """支持需求 in force: what whoever teaches the child does."""
    if file.support_needs is not None:
        rows = [[need.sentence, f"至 {words.day(need.until_on)}" if need.until_on else "长期"] for need in file.support_needs]
        rows_or_none(paper, ["老师请这样做", "期限"], rows, [12.2, 4])


def academic(paper: Paper, file: DossierFile) -> None:
    """Results, a row an exam and a column a subject; 缺考 and the like in words, never a nought. Then attendance."""
    if file.academic is None:
        return
    exams = file.academic.exams
    subjects = sorted({s.subject for e in exams for s in e.subjects}, key=words.by_subject)[:MOST_SUBJECTS]
    rows = []
    for exam in exams:
        found = {s.subject: s for s in exam.subjects}
        rows.append([plain(exam.held_on), exam.name, *(_result(found.get(s)) for s in subjects)])
    widths = [2.4, 2.4, *([(WIDTH - 4.8) / len(subjects)] * len(subjects) if subjects else [])]
    rows_or_none(paper, ["日期", "考试", *subjects], rows, widths)
    attendance = [
        [f"{a.starts_on} 至 {a.ends_on}", plain(a.truancy), plain(a.sick_leave), plain(a.personal_leave), plain(a.late)]
        for a in file.academic.attendance
    ]
    rows_or_none(paper, ["期间", "旷课（天）", "病假（天）", "事假（天）", "迟到（次）"], attendance, [5.8, 2.6, 2.6, 2.6, 2.6])


def _result(subject: FileResult | None) -> str:
    if subject is None:
        return "—"
    if subject.status != "present":
        return STATUS_NAMES[subject.status][0] if subject.status in STATUS_NAMES else subject.status
    score = plain(subject.score) if subject.score is not None else ""
    return f"{score} {subject.result_level or ''}".strip() or "—"
