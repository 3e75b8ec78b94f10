"""Names of people, classes and grades as Chinese schools write them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff·]")
_PLAIN_HAN = re.compile("[\u4e00-\u9fff]+")
_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_GRADE_WORDS = {"初一": 7, "初二": 8, "初三": 9, "初四": 9, "高一": 10, "高二": 11, "高三": 12}
_GRADE_LABEL = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "高一", "高二", "高三")
_COHORT_CLASS = re.compile(r"(?:(小|初|高))?(?:学|中)?(20\d\d)\s*级?\s*[（(]?\s*(\d{1,2})\s*[）)]?\s*班?")
_GRADE_CLASS = re.compile(
    r"(?P<grade>高[一二三]|初[一二三四]|[一二三四五六七八九]|1[0-2]|[1-9])\s*(?:年级|年)?\s*[（(.\-—]?\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[）)]?\s*班?"
)


def full_name(family: str, given: str, middle: str = "") -> str:
    """张 + 三 is 张三; a name in another script keeps its order and blanks: Jack Craig."""
    parts = family + given
    if _HAN.search(parts):
        return family + middle + given
    return " ".join(part for part in (given, middle, family) if part)


def clean_name(text: str) -> str:
    """A name as it is stored: NFC, one kind of middle dot, no blanks inside a Chinese name, nothing invisible."""
    if _PLAIN_HAN.fullmatch(text):
        return text
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    name = unicodedata.normalize("NFC", text).replace("•", "·").replace("．", "·").replace("・", "·").strip()
    return re.sub(r"\s+", "", name) if _HAN.search(name) else re.sub(r"\s+", " ", name)


def is_name(text: str) -> bool:
    """Whether there is at least one letter in it."""
    return any(unicodedata.category(c).startswith("L") for c in text)


@lru_cache(maxsize=256)
def grade_of(text: str) -> int | None:
    """01, 7, 七年级, 初一, 高一 as a grade of 1 to 12."""
    word = unicodedata.normalize("NFKC", text).strip().removesuffix("年级").removesuffix("年")
    if word.isascii() and word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else None
    return _GRADE_WORDS.get(word) or (number_of(word) if word and word[0] in _DIGITS else None)


def number_of(word: str) -> int | None:
    """十二 as 12; digits as they are; up to 99."""
    if word.isascii() and word.isdigit():
        return int(word)
    tens, ten, ones = word.partition("十")
    try:
        if not ten:
            return _DIGITS[word]
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    except KeyError:
        return None


@lru_cache(maxsize=1024)
def class_of(text: str) -> tuple[int | None, int | None, int] | None:
    """What a class label says: (grade, cohort year, number); 七(3)班 is (7, None, 3), 2023级3班 is (None, 2023, 3)."""
    word = unicodedata.normalize("NFKC", text).replace(" ", "")
    if match := _COHORT_CLASS.fullmatch(word):
        return None, int(match[2]), int(match[3])
    if match := _GRADE_CLASS.fullmatch(word):
        grade, number = grade_of(match["grade"]), number_of(match["number"])
        return (grade, None, number) if grade and number else None
    return None


def class_label(grade: int, number: int) -> str:
    """七(3)班, 高一(2)班."""
    return f"{_GRADE_LABEL[grade]}({number})班"
