"""Checks of single values, one small function a kind: None when right, else the code of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from nuanyang.exchange.rosters.reading.names import grade_of, is_name

Check = Callable[[str], str | None]
_GUID = re.compile(r"[A-Za-z0-9.\-_/@]{1,255}")
_GUIDS = re.compile(r"[A-Za-z0-9.\-_/@]{1,255}(?:, ?[A-Za-z0-9.\-_/@]{1,255})*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_EXTENSION = re.compile(r"ext:[A-Za-z0-9._-]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BOOLEANS = frozenset({"true", "false", ""})
TOO_LONG = 4096


def check_for(kind: str, *, required: bool) -> Check | None:
    """The check of a column, or None when anything short goes."""
    if kind == "text" and not required:
        return None
    check = _KINDS.get(kind) or _tokens(kind)
    return _required(check) if required else _optional(check)


def expected_tokens(kind: str) -> str:
    """The allowed tokens, for the finding's sentence."""
    return "active, tobedeleted" if kind == "status" else kind.rstrip("*").replace("|", ", ")


def _required(check: Check) -> Check:
    def checked(value: str) -> str | None:
        return check(value) if value else "required"

    return checked


def _optional(check: Check) -> Check:
    def checked(value: str) -> str | None:
        return check(value) if value else None

    return checked


def _tokens(kind: str) -> Check:
    allowed = frozenset(kind.rstrip("*").split("|"))
    extensible = kind.endswith("*")

    def checked(value: str) -> str | None:
        if value in allowed or (extensible and _EXTENSION.fullmatch(value)):
            return None
        return "bad_token"

    return checked


def _guid(value: str) -> str | None:
    return None if _GUID.fullmatch(value) else "bad_guid"


def _guids(value: str) -> str | None:
    return None if _GUIDS.fullmatch(value) else "bad_guid"


def is_date(value: str) -> bool:
    """Whether it is YYYY-MM-DD and exists."""
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _date(value: str) -> str | None:
    return None if is_date(value) else "bad_date"


def _datetime(value: str) -> str | None:
    return None if _DATETIME.fullmatch(value) and is_date(value[:10]) else "bad_datetime"


def _bool(value: str) -> str | None:
    return None if value in _BOOLEANS else "bad_boolean"


def _year(value: str) -> str | None:
    return None if _YEAR.fullmatch(value) else "bad_year"


def _number(value: str) -> str | None:
    return None if _NUMBER.fullmatch(value) else "bad_number"


def _grades(value: str) -> str | None:
    return None if all(grade_of(part) for part in value.split(",")) else "bad_grade"


def _name(value: str) -> str | None:
    return None if is_name(value) else "short_name"


def _any(_: str) -> str | None:
    return None


_KINDS: dict[str, Check] = {
    "text": _any,
    "name": _name,
    "guid": _guid,
    "guids": _guids,
    "date": _date,
    "datetime": _datetime,
    "bool": _bool,
    "year": _year,
    "number": _number,
    "grades": _grades,
    "status": _tokens("active|tobedeleted"),
}
