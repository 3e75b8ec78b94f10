"""Pure rules of results: what a cell says, how levels and bands follow. 缺考, 缓考, 免考, 违纪 and blank are kept as such, never as 0."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

STATUS_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("缺考", "缺", "缺席", "未考", "旷考", "absent"), "absent"),
    **dict.fromkeys(("缓考", "缓", "deferred"), "deferred"),
    **dict.fromkeys(("免考", "免修", "免", "exempt"), "exempt"),
    **dict.fromkeys(("违纪", "作弊", "舞弊", "取消成绩", "violation"), "violation"),
    **dict.fromkeys(("", "-", "--", "—", "——", "/", "无", "空白"), "blank"),
}
STATUS_NAMES: Mapping[str, tuple[str, str]] = {
    "present": ("参加", "Present"),
    "absent": ("缺考", "Absent"),
    "deferred": ("缓考", "Deferred"),
    "exempt": ("免考", "Exempt"),
    "violation": ("违纪", "Violation"),
    "blank": ("空白", "Blank"),
}
# Grades 1 and 2 have no paper exams: levels only.
LEVELS_ONLY_UP_TO = 2
_MARK = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?")

# From best to worst. `from_share` is a share of the full marks, `top_share` a cumulative share of the students who sat the exam.
PRESETS: Mapping[str, tuple[tuple[Mapping[str, Any], ...], str]] = {
    "A–E": (
        (
            {"level": "A", "from_share": 0.85},
            {"level": "B", "from_share": 0.75},
            {"level": "C", "from_share": 0.6},
            {"level": "D", "from_share": 0.4},
            {"level": "E", "from_share": 0},
        ),
        "C",
    ),
    "优良合格": (
        (
            {"level": "优", "from_share": 0.85},
            {"level": "良", "from_share": 0.7},
            {"level": "合格", "from_share": 0.6},
            {"level": "待合格", "from_share": 0},
        ),
        "合格",
    ),
    "A–E（按人数）": (
        (
            {"level": "A", "top_share": 0.2},
            {"level": "B", "top_share": 0.45},
            {"level": "C", "top_share": 0.75},
            {"level": "D", "top_share": 0.95},
            {"level": "E", "top_share": 1},
        ),
        "D",
    ),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What one cell says; a score or level only beside `present`."""

    status: str
    score: Decimal | None = None
    level: str | None = None

    @property
    def is_zero(self) -> bool:
        """A mark of 0 may be a mistyped 缺考: it is taken, and asked about."""
        return self.score == 0 and self.score is not None


@dataclass(frozen=True, slots=True)
class NotAMark:
    """Why a cell cannot be taken."""

    code: str
    zh: str
    en: str


def read_mark(text: str, full_marks: Decimal | None, levels: Sequence[str]) -> Mark | NotAMark:
    """A cell of a subject: a status word, a level of the subject's scheme, or a mark up to the full marks."""
    word = unicodedata.normalize("NFKC", text).strip()
    status = STATUS_WORDS.get(re.sub(r"\s", "", word).lower())
    if status is not None:
        return Mark(status)
    level = _level(word, levels)
    if level is not None and full_marks is None:
        return Mark("present", level=level)
    if _MARK.fullmatch(word):
        return _scored(Decimal(word), full_marks)
    if full_marks is None:
        known = "、".join(levels)
        return NotAMark(
            "not_a_level", f"应填等级（{known}）或缺考、缓考、免考、违纪。", f"Give a level ({known}) or 缺考, 缓考, 免考, 违纪."
        )
    if word.startswith("-") and _MARK.fullmatch(word[1:]):
        return NotAMark("negative", "分数不能为负。", "A mark cannot be negative.")
    return NotAMark("not_a_mark", "应填分数，或缺考、缓考、免考、违纪。", "Give a mark, or 缺考, 缓考, 免考, 违纪.")


def _level(word: str, levels: Sequence[str]) -> str | None:
    plain = word.removesuffix("等").removesuffix("级").casefold()
    return next((level for level in levels if unicodedata.normalize("NFKC", level).casefold() in {word.casefold(), plain}), None)


def _scored(score: Decimal, full_marks: Decimal | None) -> Mark | NotAMark:
    if full_marks is None:
        return NotAMark("levels_only", "本科目只填等级，不填分数。", "This subject takes levels only, no marks.")
    if score > full_marks:
        return NotAMark(
            "above_full_marks", f"超过满分 {full_marks.normalize():f}。", f"Above the full marks of {full_marks.normalize():f}."
        )
    return Mark("present", score=score.normalize() if score else Decimal(0))


def may_have_marks(grade: int) -> bool:
    """Whether paper exams with marks are allowed in a grade."""
    return grade > LEVELS_ONLY_UP_TO


def is_scheme(levels: Sequence[Mapping[str, Any]]) -> bool:
    """Whether levels form a scheme: distinct names, and shares of one kind in order from best to worst (or none: given by the teacher)."""
    names = [entry["level"] for entry in levels]
    scores = [entry["from_share"] for entry in levels if entry.get("from_share") is not None]
    students = [entry["top_share"] for entry in levels if entry.get("top_share") is not None]
    if not names or len(set(names)) != len(names) or (scores and students):
        return False
    if scores:
        return len(scores) == len(names) and scores == sorted(set(scores), reverse=True) and scores[-1] == 0
    return not students or (len(students) == len(names) and students == sorted(set(students)) and students[-1] == 1)
