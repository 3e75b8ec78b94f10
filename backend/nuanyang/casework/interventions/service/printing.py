"""The paper form of a kind: filled in from a record, or empty to be filled in by hand."""

from nuanyang.casework.interventions.models import Intervention
from nuanyang.casework.interventions.rules import is_backfilled
from nuanyang.kit.paper import Paper
from nuanyang.programme.clauses.catalogue import FormField, MeasureKind

ATTENDANCE = {"present": "到场", "late": "迟到", "left_early": "早退", "excused": "请假", "absent": "缺席"}
EMPTY = "\n"


def record_paper(kind: MeasureKind, row: Intervention, *, school: str, student: str, class_name: str, doer: str) -> bytes:
    """The filled form. Call it in a thread."""
    held = row.held_on.isoformat() + (f"（{row.entered_on.isoformat()} 补录）" if is_backfilled(row.held_on, row.entered_on) else "")
    facts = [("学生姓名", student), ("班级", class_name), ("日期", held), ("时长", f"{row.minutes} 分钟"), ("实施人", doer)]
    facts += [("地点", row.place or ""), ("参加人员", row.with_whom or ""), ("出席情况", ATTENDANCE[row.attendance])]
    fields = [(f.zh, _shown(f, row.form.get(f.name))) for f in kind.fields]
    return _paper(kind, school, facts, fields, row.went or "", row.follow_up or "", is_void=row.voided_at is not None)


def blank_paper(kind: MeasureKind, *, school: str) -> bytes:
    """The empty form. Call it in a thread."""
    facts = [(label, "") for label in ("学生姓名", "班级", "日期", "时长", "实施人", "地点", "参加人员", "出席情况")]
    return _paper(kind, school, facts, [(f.zh, _options(f)) for f in kind.fields], EMPTY * 4, EMPTY * 3)


def _paper(
    kind: MeasureKind,
    school: str,
    facts: list[tuple[str, str]],
    fields: list[tuple[str, str]],
    went: str,
    follow_up: str,
    *,
    is_void: bool = False,
) -> bytes:
    paper = Paper(kind.form)
    paper.title(school, kind.form)
    if is_void:
        paper.text("（本记录已作废）")
    paper.facts(facts)
    paper.facts([*fields, ("情况记录", went), ("后续安排", follow_up)], pairs=1)
    paper.signatures("填表人", "审核人", "盖章")
    return paper.content()


def _shown(field: FormField, value: object) -> str:
    if value is None:
        return ""
    if field.type == "choice":
        return next((c.zh for c in field.choices if c.value == value), str(value))
    return ("是" if value else "否") if field.type == "yes_no" else str(value)


def _options(field: FormField) -> str:
    if field.type == "choice":
        return "　".join(f"□{c.zh}" for c in field.choices)
    return "□是　□否" if field.type == "yes_no" else EMPTY * 2 if field.type == "text" else ""
