"""One plain form for what sheets spell in many ways: names, numbers, classes, days."""

import re
import unicodedata
from datetime import date

_CJK = "零一二三四五六七八九十"
_STAGE = {7: "初一", 8: "初二", 9: "初三", 10: "高一", 11: "高二", 12: "高三"}


def plain_name(text: str) -> str:
    """A name for comparing: NFKC, no blanks, one kind of middle dot."""
    return (
        re.sub(r"[\s\u200b\ufeff]", "", unicodedata.normalize("NFKC", text))
        .replace("•", "·")
        .replace("・", "·")
        .replace(".", "·")
        .casefold()
    )


def plain_number(text: str) -> str:
    """A number for comparing: digits and letters only, upper case, without the `.0` of a cell that became a number."""
    return re.sub(r"[\s'’-]", "", unicodedata.normalize("NFKC", text)).removesuffix(".0").upper()


def is_damaged(text: str) -> bool:
    """Whether Excel turned a long number into 1.23e+17."""
    return bool(re.fullmatch(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]{1,3}", text))


def plain_class(text: str) -> str:
    """七年级（3）班 is 七-3; so is 7-3 that Excel took for the third of July."""
    word = unicodedata.normalize("NFKC", text).strip()
    if day := re.fullmatch(r"\d{4}-(\d{2})-(\d{2})", word):
        return f"{int(day[1])}-{int(day[2])}"
    word = re.sub(r"年级|[年级]", "-", word).replace("班", "")
    return re.sub(r"[\W_]+", "-", word).strip("-")


def class_spellings(name: str | None, grade: int | None, number: int | None, cohort: int | None) -> set[str]:
    """Every way in which sheets write this class, in plain form."""
    found = {plain_class(name)} if name else set()
    if grade is None or number is None:
        return found
    numbers = {str(number), f"{number:02d}"} | ({_CJK[number]} if number <= 10 else set())
    grades = {str(grade), *([_CJK[grade]] if grade <= 9 else []), *([_STAGE[grade]] if grade in _STAGE else [])}
    if cohort:
        found |= {f"{year}-{n}" for year in (cohort, cohort % 100) for n in numbers}
    return (
        found
        | {f"{g}-{n}" for g in grades for n in numbers}
        | {f"{g}{n}" for g in grades if not g.isdecimal() for n in numbers}
        | {f"{grade}{number:02d}"}
    )


_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[T ]00:00(?::00)?)?")


def day_of(text: str) -> date | None:
    """2013-05-06, 20130506, 2013年5月6日 as a date; None for anything else."""
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip().removesuffix(".0"))
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def is_near_name(one: str, other: str) -> bool:
    """Whether one name is a slip of the other: of three or more characters, and all but one of them the same."""
    return len(one) == len(other) >= 3 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
