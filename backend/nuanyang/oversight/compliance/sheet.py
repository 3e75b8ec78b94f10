"""The occurrences of a clause as a file to hand on: CSV that a spreadsheet opens with its Chinese intact and takes no cell for a formula."""

import csv
import io
from collections.abc import Iterable

from nuanyang.oversight.compliance.schemas import OccurrenceShown, State

_HEAD = {
    "zh": ("应办日期", "宽限至", "学生", "班级", "状态", "办理日期", "录入日期", "实施人", "免办原因"),
    "en": ("due", "grace until", "student", "class", "state", "held on", "entered on", "done by", "why waived"),
}
_STATES: dict[State, str] = {
    "due": "待办",
    "in_grace": "宽限中",
    "met": "按时",
    "late": "迟办",
    "backfilled": "补录",
    "missed": "未办",
    "waived": "免办",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(rows: Iterable[OccurrenceShown], language: str) -> bytes:
    """One line an occurrence."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEAD[language])
    writer.writerows([_harmless(cell) for cell in _cells(row, language)] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cells(row: OccurrenceShown, language: str) -> tuple[object, ...]:
    doers = dict.fromkeys(record.doer for record in row.records if record.doer)
    state = _STATES[row.state] if language == "zh" else row.state
    reason = row.waiver.reason if row.waiver else None
    return (row.due_on, row.grace_until, row.student_name, row.class_name, state, row.held_on, row.entered_on, " ".join(doers), reason)


def _harmless(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else text
