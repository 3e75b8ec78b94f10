"""Reading one cell: text becomes what is stored, or the reason why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from nuanyang.exchange.rosters.reading.codes import OPEN, allowed, stored_value
from nuanyang.exchange.rosters.reading.findings import Severity
from nuanyang.exchange.rosters.reading.names import clean_name, grade_of, is_name
from nuanyang.exchange.rosters.reading.numbers import EARLIEST_BIRTH, Wrong, day, plain_number, registration
from nuanyang.exchange.rosters.reading.oneroster.chinese import RELATIONSHIPS
from nuanyang.exchange.rosters.reading.sheet.fields import Field

LONGEST = 500
_PLAIN = re.compile("[0-9A-Za-z\u4e00-\u9fff]*")
_DAMAGED = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,3}")
_PHONE = re.compile(r"\+?[0-9][0-9\- ()]{4,19}")
_NO_NUMBER = frozenset({"", "无", "暂无", "没有", "不详", "未知", "/", "-", "—", "0"})
_SERIAL = re.compile(r"[1-9][0-9]{2,4}(?:\.[0-9]+)?")
# Without separators only eight digits are a day: 2014111 may be two of them.
_MIDNIGHT = r"(?:[T ]0?0:00(?::00(?:\.0+)?)?)?"
_DATE = re.compile(rf"(\d{{4}})(?:[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})日?{_MIDNIGHT}|(\d\d)(\d\d))")
_MONTH = re.compile(rf"(\d{{4}})(?:[-/.年](\d{{1,2}})(?:月|[-/.月]\d{{1,2}}日?{_MIDNIGHT})?|(\d\d)(?:\d\d)?)")
_DECIMAL = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,3})?)(?:公里|千米|KM|km)?")


class Trouble(NamedTuple):
    """Why a cell cannot be taken."""

    code: str
    severity: Severity = "error"
    params: tuple[tuple[str, str], ...] = ()


Read = tuple[str | None, Trouble | None]


def read_value(field: Field, text: str) -> Read:
    """The stored form of a cell, None when it is empty or not taken, and what is wrong with it."""
    text = text.strip()
    if not text or field.kind == "skip":
        return None, None
    if len(text) > LONGEST:
        return None, Trouble("cell_too_long", params=(("limit", str(LONGEST)),))
    if text[0] in "'’‘＇" and field.kind not in {"text", "name"}:
        text = text[1:].strip()  # Excel's sign for "this is text", written out by another program
        if not text:
            return None, None
    reader = _READERS.get(field.kind)
    if reader is None:
        return _code(field, text)
    if text[-1].isdigit() and field.kind != "text" and _DAMAGED.fullmatch(text):
        return None, Trouble("number_damaged")
    return reader(field, text)


def _text(_: Field, text: str) -> Read:
    return (text if _PLAIN.fullmatch(text) else re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))), None


def _name(_: Field, text: str) -> Read:
    name = clean_name(text)
    return (name, None) if is_name(name) else (None, Trouble("short_name"))


def _date(_: Field, text: str) -> Read:
    if match := _DATE.fullmatch(text.removesuffix(".0")):
        year, month, number = match[1], match[2] or match[4], match[3] or match[5]
        found = day(f"{year}{int(month):02d}{int(number):02d}")
        return (found.isoformat(), None) if found and found >= EARLIEST_BIRTH else (None, Trouble("bad_sheet_date"))
    if _SERIAL.fullmatch(text):
        return None, Trouble("date_serial", params=(("number", text),))
    return None, Trouble("bad_sheet_date")


@lru_cache(maxsize=512)
def _month(_: Field, text: str) -> Read:
    match = _MONTH.fullmatch(text.removesuffix(".0"))
    if match and 1 <= (month := int(match[2] or match[3])) <= 12 and 1950 <= int(match[1]) <= 2100:
        return f"{int(match[1])}-{month:02d}", None
    return None, Trouble("bad_month")


def _identity(_: Field, text: str) -> Read:
    number = plain_number(text)
    # What it must be depends on the kind of document, another column.
    return (None if number in _NO_NUMBER else number), None


def _registration(_: Field, text: str) -> Read:
    number = plain_number(text)
    wrong = registration(number)
    if isinstance(wrong, Wrong):
        return None, Trouble("bad_registration_number", params=(("detail_zh", wrong.zh), ("detail_en", wrong.en)))
    return number, None


def _phone(_: Field, text: str) -> Read:
    first = re.split(r"[/;,，；、]", unicodedata.normalize("NFKC", text).removesuffix(".0"))[0].strip()
    return (first, None) if _PHONE.fullmatch(first) else (None, Trouble("bad_phone", "warning"))


def _decimal(_: Field, text: str) -> Read:
    match = _DECIMAL.fullmatch(text)
    return (match[1], None) if match else (None, Trouble("bad_number", "warning"))


def _grade(_: Field, text: str) -> Read:
    grade = grade_of(text.removesuffix(".0"))
    return (str(grade), None) if grade else (None, Trouble("bad_grade"))


def _relation(field: Field, text: str) -> Read:
    word = unicodedata.normalize("NFKC", text).replace(" ", "").removesuffix(".0")
    code, _, name = word.partition("-")
    known = RELATIONSHIPS.get(name) or RELATIONSHIPS.get(code) or RELATIONSHIPS.get(word)
    return (
        (known, None)
        if known
        else ("other", Trouble("bad_code", "warning", (("name", field.label), ("allowed", "父亲、母亲、祖父、祖母、外祖父、外祖母、其他"))))
    )


@lru_cache(maxsize=4096)
def _code(field: Field, text: str) -> Read:
    if _DAMAGED.fullmatch(text):
        return None, Trouble("number_damaged")
    value = stored_value(field.kind, text)
    if value is not None:
        return value, None
    trouble = Trouble("bad_code", "warning" if field.kind in OPEN else "error", (("name", field.label), ("allowed", allowed(field.kind))))
    return (text if field.kind in OPEN else None), trouble


_READERS: dict[str, Callable[[Field, str], Read]] = {
    "text": _text,
    "class": _text,
    "name": _name,
    "date": _date,
    "month": _month,
    "identity": _identity,
    "registration": _registration,
    "phone": _phone,
    "decimal": _decimal,
    "grade": _grade,
    "relation": _relation,
}
