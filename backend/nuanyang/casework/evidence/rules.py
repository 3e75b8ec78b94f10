"""Pure rules of evidence: which facts a kind takes, and reading them from an office's list."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from nuanyang.casework.evidence.catalogue import Fact, Kind
from nuanyang.kit.errors import FieldError

LONGEST_TEXT = 500


def checked_facts(kind: Kind, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[FieldError]]:
    """The facts as they are stored (empty ones left out), and what is wrong with them by `#/facts/<code>`."""
    known = {fact.code: fact for fact in kind.facts}
    errors = [
        FieldError(f"#/facts/{code}", "unknown_fact", "这类依据没有该项目。", "This kind has no such fact.")
        for code in given
        if code not in known
    ]
    facts: dict[str, Any] = {}
    for code, fact in known.items():
        value = given.get(code)
        if value is None or value == "":
            if fact.is_required:
                errors.append(FieldError(f"#/facts/{code}", "missing", "此项必填。", "This fact is required."))
        elif (wrong := _CHECKS[fact.type](fact, value)) is not None:
            errors.append(FieldError(f"#/facts/{code}", "bad_fact", *wrong))
        else:
            facts[code] = value
    return facts, errors


Wrong = tuple[str, str] | None


def _whole(fact: Fact, value: Any) -> Wrong:
    if isinstance(value, bool) or not isinstance(value, int):
        return "应为整数。", "Give a whole number."
    return _in_bounds(fact, value)


def _number(fact: Fact, value: Any) -> Wrong:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "应为数字。", "Give a number."
    return _in_bounds(fact, value)


def _in_bounds(fact: Fact, value: float) -> Wrong:
    if fact.minimum is not None and value < fact.minimum:
        return f"不能小于 {fact.minimum}。", f"Not below {fact.minimum}."
    if fact.maximum is not None and value > fact.maximum:
        return f"不能大于 {fact.maximum}。", f"Not above {fact.maximum}."
    return None


def _text(_: Fact, value: Any) -> Wrong:
    ok = isinstance(value, str) and len(value) <= LONGEST_TEXT and "\x00" not in value
    return None if ok else (f"应为文字，最多 {LONGEST_TEXT} 字。", f"Give a text of at most {LONGEST_TEXT} characters.")


def _choice(fact: Fact, value: Any) -> Wrong:
    return (
        None if isinstance(value, str) and value in {code for code, _, _ in fact.options} else ("不是可选的值。", "Not one of the options.")
    )


def _day(_: Fact, value: Any) -> Wrong:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return "日期格式应为 2026-09-01。", "Give a date like 2026-09-01."
    return None


def _yes_no(_: Fact, value: Any) -> Wrong:
    return None if isinstance(value, bool) else ("应为是或否。", "Give true or false.")


_CHECKS: Mapping[str, Callable[[Fact, Any], Wrong]] = {
    "integer": _whole,
    "money": _whole,
    "decimal": _number,
    "text": _text,
    "choice": _choice,
    "date": _day,
    "boolean": _yes_no,
}

# Columns of offices' lists beside the person.
LIST_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("类别", "困难类型", "困难类别", "类型", "群体", "特殊群体", "人员类别", "认定类型"), "kind"),
    **dict.fromkeys(("认定日期", "认定时间", "起始日期", "批准日期", "享受时间", "纳入时间", "发证日期"), "since_on"),
    **dict.fromkeys(("有效期至", "截止日期", "有效期"), "valid_until"),
    **dict.fromkeys(("来源", "部门", "提供部门", "认定部门"), "office"),
    **dict.fromkeys(("人均收入", "家庭人均收入", "人均月收入", "家庭人均月收入"), "income_per_head"),
    **dict.fromkeys(("家庭人口", "家庭人数", "人口数"), "household_size"),
    **dict.fromkeys(("残疾等级",), "disability_grade"),
    **dict.fromkeys(("残疾类别", "残疾类型"), "disability_kind"),
    **dict.fromkeys(("证号", "证件编号", "残疾证号", "低保证号", "证书编号"), "certificate_number"),
}
_GRADES = {"一级": 1, "二级": 2, "三级": 3, "四级": 4}


def read_fact(fact: Fact, text: str, day_of: Callable[[str], date | None]) -> Any:
    """A list's cell as a fact: yuan become fen, options may come by their Chinese name; None where it cannot be read."""
    word = unicodedata.normalize("NFKC", text).strip()
    if fact.type == "date":
        day = day_of(word)
        return day.isoformat() if day else None
    if fact.type == "choice":
        plain = word.removesuffix("残疾")
        return next((code for code, zh, _ in fact.options if plain in {code, zh}), None)
    if fact.type in ("integer", "money"):
        return _read_number(fact, word)
    return word[:LONGEST_TEXT]


def _read_number(fact: Fact, word: str) -> int | None:
    if word in _GRADES:
        return _GRADES[word]
    try:
        number = Decimal(word.removesuffix("元").removesuffix("人").removesuffix("级").replace(",", ""))
    except InvalidOperation:
        return None
    value = int(number * 100) if fact.type == "money" else int(number)
    return value if number.is_finite() and _in_bounds(fact, value) is None else None
