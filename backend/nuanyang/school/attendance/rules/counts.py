"""Pure rules of attendance sheets: counts of days and times."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("旷课", "旷课天数", "旷课节数", "旷课数"), "truancy"),
    **dict.fromkeys(("病假", "病假天数", "病假节数"), "sick_leave"),
    **dict.fromkeys(("事假", "事假天数", "事假节数"), "personal_leave"),
    **dict.fromkeys(("迟到", "迟到次数"), "late"),
    **dict.fromkeys(("应出勤", "应出勤天数", "应到", "应到天数", "应到校天数"), "school_days"),
}
IN_DAYS = frozenset({"truancy", "sick_leave", "personal_leave"})
WHOLE_NUMBERS = frozenset({"late", "school_days"})
_COUNT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)(?:天|次|节)?")
_NONE = frozenset({"", "-", "--", "—", "/", "无"})


def read_count(text: str, *, is_whole: bool) -> Decimal | None:
    """Days or times in a cell: empty and 无 are none; None for what cannot be read."""
    word = unicodedata.normalize("NFKC", text).strip()
    if word in _NONE:
        return Decimal(0)
    match = _COUNT.fullmatch(word)
    if match is None or (is_whole and Decimal(match[1]) != int(Decimal(match[1]))):
        return None
    return Decimal(match[1])


def is_in_lessons(title: str, text: str) -> bool:
    """Whether a cell counts lessons: 旷课（节）, 旷课节数, or 3节 in the cell."""
    return "节" in title or "节" in text


def in_days(lessons: Decimal, lessons_per_day: int) -> Decimal:
    """Lessons as days, to two places."""
    return (lessons / lessons_per_day).quantize(Decimal("0.01"), ROUND_HALF_UP)
