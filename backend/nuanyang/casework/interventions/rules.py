"""What a record must say: pure checks of a kind's form fields and dates."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from nuanyang.kit.errors import FieldError
from nuanyang.programme.clauses.catalogue import FormField, MeasureKind

ATTENDANCE_WORDS = {"present": "到场", "late": "迟到", "left_early": "早退", "excused": "请假", "absent": "缺席"}
ATTENDED = ("present", "late", "left_early")
LONGEST_LINE, LONGEST_TEXT = 200, 10_000


# What these kinds write down stays where it is, whatever need they serve.
KEPT_APART = ("clinical", "protection")


def class_of_record(kind: MeasureKind, need_class: str | None) -> str:
    """A record has the class of what it is about: of the need that it serves, else of its kind. A talk about money is no talk about marks."""
    return kind.data_class if need_class is None or kind.data_class in KEPT_APART else need_class


def is_backfilled(held_on: date, entered_on: date) -> bool:
    """补录: entered on a later day than it was held."""
    return entered_on > held_on


def form_errors(kind: MeasureKind, form: Mapping[str, Any], attendance: str) -> Iterator[FieldError]:
    """What is wrong with the kind's own fields. Who did not come has nothing to report, so nothing is required then."""
    fields = {f.name: f for f in kind.fields}
    for name in form:
        if name not in fields:
            yield FieldError(f"#/form/{name}", "unknown_field", f"“{kind.zh}”没有这一项。", "This kind has no such field.")
    for name, field in fields.items():
        value = form.get(name)
        if value is None or value == "":
            if field.is_required and attendance in ATTENDED:
                yield FieldError(f"#/form/{name}", "missing", f"请填写“{field.zh}”。", f"{field.en} is required.")
        elif not _fits(field, value):
            yield FieldError(f"#/form/{name}", "bad_value", f"“{field.zh}”的内容不正确。", f"{field.en} is not valid.")


def date_errors(held_on: date, today: date) -> Iterator[FieldError]:
    """Only what has happened is recorded."""
    if held_on > today:
        yield FieldError("#/held_on", "in_future", "日期不能晚于今天。", "The day lies in the future.")


def merged(form: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """JSON Merge Patch of the form: null takes a field away."""
    return {name: value for name, value in {**form, **patch}.items() if value is not None}


def _fits(field: FormField, value: object) -> bool:
    if field.type == "yes_no":
        return isinstance(value, bool)
    if field.type == "number":
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return is_number and (field.least is None or value >= field.least) and (field.most is None or value <= field.most)  # type: ignore[operator]
    if not isinstance(value, str):
        return False
    if field.type == "choice":
        return value in {c.value for c in field.choices}
    if field.type == "date":
        return _is_day(value)
    return len(value) <= (LONGEST_LINE if field.type == "line" else LONGEST_TEXT) and "\x00" not in value


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10
