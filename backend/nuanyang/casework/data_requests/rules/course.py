"""The course of a request: its term, its states, its answers."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from nuanyang.casework.data_requests.rules.catalogue import FIELDS, PARTS, Desk

State = Literal["open", "in_hand", "awaiting_approval", "fulfilled", "partly", "refused", "withdrawn"]
Outcome = Literal["fulfilled", "partly", "refused"]
DEFAULT_DAYS, MOST_DAYS = 15, 30
_NUMBER = re.compile(r"\d{14,17}[\dXx]")
_PHONE = re.compile(r"[0-9+() -]{5,25}")
_OPEN = frozenset({"open", "in_hand"})


def due_on(asked_on: date, days: int) -> date:
    """The last day of the term; the day of asking does not count."""
    return asked_on + timedelta(days=days)


def days_left(due: date, day: date) -> int:
    """Days until the term ends: 0 on its last day, less than 0 when it is over."""
    return (due - day).days


def is_open(state: str) -> bool:
    """Whether it waits for the desk."""
    return state in _OPEN


def is_overdue(state: str, due: date, day: date) -> bool:
    """Whether the term is over and nobody has answered."""
    return (is_open(state) or state == "awaiting_approval") and day > due


def shown_state(state: str) -> str:
    """As the family sees it: who has to agree to an answer is the school's own affair."""
    return "in_hand" if state == "awaiting_approval" else state


def desk_of(kind: str, field: str | None, parts: Sequence[str]) -> tuple[Desk, str]:
    """Who works on a request, and the class of data it is about: that of the most protected thing asked for."""
    if kind == "correct":
        asked = FIELDS[field or "other"]
        return asked.desk, asked.data_class
    if kind == "copy":
        return "registrar", "basic"
    order = ("basic", "contact", "academic", "family")
    found = [PARTS[part] for part in parts]
    desk: Desk = "moral_education" if any(part.desk == "moral_education" for part in found) else "registrar"
    return desk, max((part.data_class for part in found), key=order.index)


def outcomes_of(kind: str, field: str | None, parts: Sequence[str]) -> tuple[Outcome, ...]:
    """The answers that are possible: what must be kept is never said to be erased, and one value is right or it is not."""
    if kind == "erase":
        kept = [part for part in parts if not PARTS[part].is_erasable]
        if len(kept) == len(parts):
            return ("refused",)
        return ("partly", "refused") if kept else ("fulfilled", "refused")
    if kind == "correct" and FIELDS[field or "other"].record is not None:
        return ("fulfilled", "refused")
    return ("fulfilled", "partly", "refused")


def holds_number(text: str | None) -> bool:
    """Whether a text holds what looks like an identity number: it is never kept in the open."""
    return bool(text and _NUMBER.search(text))


def value_fault(field: str, value: str | None) -> tuple[str, str] | None:
    """What is wrong with the value that is said to be right, in both languages; None where nothing is."""
    if FIELDS[field].record is None:
        return None
    if not value:
        return "请写明正确的内容。", "Say what is right."
    if field == "sex" and value not in ("male", "female"):
        return "请选择性别。", "Choose the sex."
    if field == "birth_on" and not _is_day(value):
        return "日期格式应为 2013-05-06。", "Give a date like 2013-05-06."
    if field == "phone" and not _PHONE.fullmatch(value):
        return "请填写电话号码。", "Give a telephone number."
    return None


def _is_day(value: str) -> bool:
    try:
        return len(value) == 10 and date.fromisoformat(value).year > 1900
    except ValueError:
        return False
