"""Citizen identity numbers (GB 11643) and 学籍号: what can be checked without a register, and nothing more.

The division part (first six digits) is not checked: numbers stay valid after their county is abolished, and no package lists them all.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import mul

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_CITIZEN = re.compile(r"[1-9][0-9]{16}[0-9X]")
# What surrounds a number that was pasted or kept from Excel with an apostrophe; soft hyphen, zero-width and direction marks among them.
_NOISE = re.compile("[\\s'\"`´‘’“”\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_REGISTRATION = re.compile(r"G[0-9]{17}[0-9X]|[JL][0-9]{17}[0-9X]")
EARLIEST_BIRTH = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a number, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Citizen:
    """What a correct identity number says about its holder."""

    birth_on: date
    sex: str


def plain_number(text: str) -> str:
    """The number without blanks, quotes and invisible characters, in half-width characters, the X as a capital."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()


def check_digit(first_seventeen: str) -> str:
    """The 18th character of GB 11643-1999 (ISO 7064 MOD 11-2)."""
    return _CHECK[sum(map(mul, _WEIGHTS, map(int, first_seventeen))) % 11]


@lru_cache(maxsize=16)  # a 学籍号 and an identity number of one row are mostly the same number
def citizen(number: str) -> Citizen | Wrong:
    """Read an 18-character identity number; residence permits of Hong Kong, Macao and Taiwan (81, 82, 83) follow the same rule."""
    if len(number) == 15 and number.isdigit():
        return Wrong("15 位旧号码，请换成 18 位", "an old number of 15 digits; use the one of 18")
    if not _CITIZEN.fullmatch(number):
        return Wrong(
            f"应为 18 位数字，末位可为 X，现有 {len(number)} 位", f"18 digits are due, the last may be X; it has {len(number)} characters"
        )
    born = day(number[6:14])
    if born is None or born < EARLIEST_BIRTH:
        return Wrong("第 7–14 位不是有效的出生日期", "characters 7 to 14 are no birth date")
    if check_digit(number[:17]) != number[17]:
        return Wrong("末位校验码不符，请核对是否输错", "the check digit does not fit; look for a typing error")
    return Citizen(born, "male" if int(number[16]) % 2 else "female")


def registration(number: str) -> Wrong | None:
    """Check a 学籍号: G with a whole identity number, J with serial and check digit, L temporary with a random tail."""
    if len(number) != 19 or number[:1] not in {"G", "J", "L"}:
        return Wrong("应为 19 位，以 G、J 或 L 开头", "it has 19 characters and begins with G, J or L")
    if not _REGISTRATION.fullmatch(number):
        return Wrong("字母后应为 18 位数字（末位可为 X）", "18 digits follow the letter (the last may be X)")
    if day(number[7:15]) is None:
        return Wrong("第 8–15 位不是有效的出生日期", "characters 8 to 15 are no birth date")
    if number[0] == "G":
        inner = citizen(number[1:])
        return inner if isinstance(inner, Wrong) else None
    return None


def day(digits: str) -> date | None:
    """YYYYMMDD as a date, or None when there is no such day."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
