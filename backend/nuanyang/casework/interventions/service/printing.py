"""The paper form of a kind: filled in from a record, or empty to be filled in by hand. One sheet, as the school's own forms are."""

from dataclasses import dataclass

from nuanyang.casework.interventions.models import Intervention
from nuanyang.casework.interventions.rules import ATTENDANCE_WORDS, is_backfilled
from nuanyang.kit.paper import Paper
from nuanyang.programme.clauses.catalogue import FormField, MeasureKind

# Centimetres: what a line takes, what a hand needs for a few sentences, and what the sheet has left beside the head of the form.
LINE, HAND, SHEET = 0.85, 1.9, 15.6


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the sheet beside the record's own values."""

    school: str
    student: str
    class_name: str
    doer: str
    measure: str | None = None
    entered_by: str | None = None


def record_paper(kind: MeasureKind, row: Intervention, sheet: Sheet) -> bytes:
    """The filled form. Call it in a thread."""
    held = row.held_on.isoformat() + (f"（{row.entered_on.isoformat()} 补录）" if is_backfilled(row.held_on, row.entered_on) else "")
    facts = [("学生姓名", sheet.student), ("班级", sheet.class_name), ("日期", held), ("时长", f"{row.minutes} 分钟")]
    facts += [("实施人", sheet.doer), ("出席情况", ATTENDANCE_WORDS[row.attendance])]
    facts += [("地点", row.place or ""), ("参加人员", row.with_whom or "")]
    fields = [(f.zh, _shown(f, row.form.get(f.name)), f.type == "text") for f in kind.fields]
    texts = [*fields, ("情况记录", row.went or "", True), ("后续安排", row.follow_up or "", True)]
    if sheet.measure:
        texts.insert(0, ("对应措施", sheet.measure, False))
    return _paper(kind, sheet.school, facts, texts, filled_by=sheet.entered_by or "", is_void=row.voided_at is not None)


def blank_paper(kind: MeasureKind, *, school: str) -> bytes:
    """The empty form. Call it in a thread."""
    facts = [(label, "") for label in ("学生姓名", "班级", "日期", "时长", "实施人", "出席情况", "地点", "参加人员")]
    fields = [(f.zh, _options(f), f.type == "text") for f in kind.fields]
    return _paper(kind, school, facts, [*fields, ("情况记录", "", True), ("后续安排", "", True)])


def _paper(
    kind: MeasureKind,
    school: str,
    facts: list[tuple[str, str]],
    texts: list[tuple[str, str, bool]],
    *,
    filled_by: str = "",
    is_void: bool = False,
) -> bytes:
    paper = Paper(kind.form)
    paper.title(school, kind.form)
    if is_void:
        paper.text("（本记录已作废）")
    paper.facts(facts, heights=[LINE] * 4)
    paper.facts([(label, value) for label, value, _ in texts], pairs=1, heights=_heights([is_long for _, _, is_long in texts]))
    paper.signatures(("填表人", filled_by), ("审核人", ""), ("单位盖章", ""), ("日期", ""))
    return paper.content()


def _heights(is_long: list[bool]) -> list[float]:
    """Rows that fill the sheet: what is left over goes to the last two, 情况记录 most of all."""
    heights = [HAND if long else LINE for long in is_long]
    left = max(0.0, SHEET - sum(heights))
    heights[-2] += left * 0.65
    heights[-1] += left * 0.35
    return heights


def _shown(field: FormField, value: object) -> str:
    if value is None:
        return ""
    if field.type == "choice":
        return next((c.zh for c in field.choices if c.value == value), str(value))
    return ("是" if value else "否") if field.type == "yes_no" else str(value)


def _options(field: FormField) -> str:
    if field.type == "choice":
        return "　".join(f"□{c.zh}" for c in field.choices)
    return "□是　□否" if field.type == "yes_no" else ""
