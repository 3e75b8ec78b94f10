"""Pure rules of registers (考勤登记表): a row a student, a column a day or half a day, a word or a sign a cell."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("旷课", "旷"), "truancy"),
    **dict.fromkeys(("病假", "病"), "sick_leave"),
    **dict.fromkeys(("事假", "事"), "personal_leave"),
    **dict.fromkeys(("迟到", "迟"), "late"),
    **dict.fromkeys(("出勤", "到校", "全勤", "正常", "到", "勤", "公假", "早退", "休", "放假"), "present"),
}
# Only these signs speak for themselves; whether ○ is 病假 or 事假, each school's legend says.
_PRESENT = frozenset({"√", "✓", "✔", "-", "—", "/", "无"})
_SIGN = r"[A-Za-z]|[^\w\s,，.。、;；:：()（）\[\]【】<>《》\"'“”…=]"
_NAME = "旷课|病假|事假|迟到|出勤|到校|全勤|正常|公假|早退"
_BETWEEN = r"[\s:：=(（\[【\"“]*(?:表示|代表|为|用|记)?[\s(（\"“]*"
_SIGN_FIRST = re.compile(f"(?P<sign>{_SIGN}){_BETWEEN}(?P<word>{_NAME})")
_WORD_FIRST = re.compile(f"(?P<word>{_NAME}){_BETWEEN}(?P<sign>{_SIGN})")
_EITHER = re.compile(f"(?P<word>{_NAME})|{_SIGN}")
_HALF = re.compile("上午|下午|半天|半日")
_PART = re.compile(r"(?P<what>\D+?)(?P<number>[0-9]{1,2}(?:\.[0-9])?)?(?P<unit>节|次|天)?")
_DAY_TITLE = re.compile(r"(\d{4}[-/.年])?(\d{1,2}[-/.月])?\d{1,2}[日号]?([上下]午?)?")


@dataclass(frozen=True, slots=True)
class Away:
    """What one cell says of one thing: so many days (or times, of 迟到), or so many lessons."""

    what: str
    number: Decimal
    is_in_lessons: bool = False


def day_titles(starts_on: date, ends_on: date) -> dict[str, str]:
    """How a register heads the days of a period, each with its meaning. A bare number is a day only where it can be but one."""
    days = [starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1)]
    is_one = len({day.day for day in days}) == len(days)
    titles: dict[str, str] = {}
    for day in days:
        month = [f"{day.month}{mark}{day.day}" for mark in "月/.-"] + [f"{day:%m-%d}", f"{day:%m/%d}", f"{day:%m.%d}"]
        full = [f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日"]
        bare = [f"{day.day}", f"{day.day:02d}", f"{day.day}日", f"{day.day}号"] if is_one else []
        for name in (*month, f"{day.month}月{day.day}日", f"{day.month}月{day.day}号", *full, *bare):
            titles[name] = f"day {day}"
            titles |= {f"{name}{half}": f"day {day} {half[0]}" for half in ("上午", "下午", "上", "下")}
    return titles


def is_day(meaning: str) -> bool:
    """Whether a column is one of a day or half a day."""
    return meaning.startswith("day ")


def is_day_title(title: str) -> bool:
    """Whether a title looks like a day's, whichever the period."""
    return bool(_DAY_TITLE.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", title))))


def signs_in(texts: Iterable[str]) -> dict[str, str]:
    """The legend of a register, as in 图例：√出勤 ×旷课 ○病假; a sign with two meanings has none."""
    said: dict[str, set[str]] = {}
    for text in texts:
        plain = unicodedata.normalize("NFKC", text)
        first = _EITHER.search(re.sub("^(图例|说明|备注|注|符号)", "", plain))
        if first is None:
            continue
        for found in (_WORD_FIRST if first["word"] else _SIGN_FIRST).finditer(plain):
            said.setdefault(found["sign"].upper(), set()).add(_WORDS[found["word"]])
    return {sign: meanings.pop() for sign, meanings in said.items() if len(meanings) == 1}


def read_day(text: str, signs: Mapping[str, str], *, is_half_a_day: bool) -> list[Away] | None:
    """What a cell says; None for what has no known meaning. Who is there, on public business or leaves early, is away from nothing."""
    plain = unicodedata.normalize("NFKC", text).strip()
    halves = plain.split("/") if plain.count("/") == 1 else list(plain) if _are_two_signs(plain, signs) else []
    if len(halves) == 2 and all(halves):  # morning and afternoon in one cell
        return _read_parts(halves, signs, is_half_a_day=True)
    return _read_parts(re.split(r"[\s,，、;；+]+", plain), signs, is_half_a_day=is_half_a_day)


def _are_two_signs(text: str, signs: Mapping[str, str]) -> bool:
    return len(text) == 2 and all(one in _PRESENT or one.upper() in signs for one in text)


def _read_parts(parts: Iterable[str], signs: Mapping[str, str], *, is_half_a_day: bool) -> list[Away] | None:
    said: dict[tuple[str, bool], Decimal] = {}
    for part in parts:
        word = _HALF.sub("", part.strip())
        if word in _PRESENT or not word:
            continue
        match = _PART.fullmatch(word)
        what = match and (signs.get(match["what"].upper()) or _WORDS.get(match["what"]))
        if match is None or what is None:
            return None
        if what == "present":
            continue
        is_counted = match["number"] is not None
        is_in_lessons = what != "late" and is_counted and match["unit"] != "天"
        is_half = what != "late" and not is_counted and (is_half_a_day or word != part)
        number = Decimal(match["number"] or 1) * (Decimal("0.5") if is_half else 1)
        said[what, is_in_lessons] = said.get((what, is_in_lessons), Decimal(0)) + number
    return [Away(what, number, is_in_lessons) for (what, is_in_lessons), number in said.items()]
