"""Pure rules of results: what a cell says, how levels and bands follow. 缺考, 缓考, 免考, 违纪 and blank are kept as such, never as 0."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

STATUS_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("缺考", "缺", "缺席", "未考", "旷考", "请假", "病假", "事假", "病缺", "事缺", "absent"), "absent"),
    **dict.fromkeys(("缓考", "缓", "deferred"), "deferred"),
    **dict.fromkeys(("免考", "免修", "免测", "免", "exempt"), "exempt"),
    **dict.fromkeys(("违纪", "违规", "作弊", "舞弊", "取消成绩", "violation"), "violation"),
    **dict.fromkeys(("", "-", "--", "—", "——", "－", "/", "\\", "无", "空", "空白", "无成绩"), "blank"),
}
# One subject under the names that sheets give it; the first is the usual one.
ALIASES: tuple[tuple[str, ...], ...] = (
    ("英语", "外语"),
    ("道德与法治", "道法", "政治", "思想政治", "思政", "思品"),
    ("体育", "体育与健康", "体健"),
    ("信息科技", "信息技术", "信息", "计算机"),
    ("生物", "生物学"),
    ("通用技术", "技术"),
)
_LEVEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "优": ("优秀", "优等"),
    "良": ("良好", "良等"),
    "合格": ("及格", "达标"),
    "待合格": ("不合格", "不及格", "待及格", "需努力", "待达标"),
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
    if (status := _status(word)) is not None:
        return Mark(status)
    level = _level(word, levels)
    if level is not None and full_marks is None:
        return Mark("present", level=level)
    if _MARK.fullmatch(number := word.removesuffix("分").strip()):
        return _scored(Decimal(number), full_marks)
    if full_marks is None:
        known = "、".join(levels)
        return NotAMark(
            "not_a_level", f"应填等级（{known}）或缺考、缓考、免考、违纪。", f"Give a level ({known}) or 缺考, 缓考, 免考, 违纪."
        )
    if word.startswith("-") and _MARK.fullmatch(word[1:]):
        return NotAMark("negative", "分数不能为负。", "A mark cannot be negative.")
    return NotAMark("not_a_mark", "应填分数，或缺考、缓考、免考、违纪。", "Give a mark, or 缺考, 缓考, 免考, 违纪.")


def _status(word: str) -> str | None:
    """缺考, and 缺考（病） and 0（缺考） as well."""
    plain = re.sub(r"\s", "", word).lower()
    inside = re.fullmatch(r"(.*?)\((.*)\)", plain)
    if inside is None:
        return STATUS_WORDS.get(plain)
    outer, inner = inside.groups()
    if outer in ("", "0"):
        return STATUS_WORDS.get(inner) if inner else None
    found = STATUS_WORDS.get(outer)
    return found if found != "blank" else None


def _level(word: str, levels: Sequence[str]) -> str | None:
    plain = word.casefold()
    said = {plain, plain.removesuffix("等").removesuffix("级")}
    for level in levels:
        name = unicodedata.normalize("NFKC", level).casefold()
        if name in said or plain in _LEVEL_WORDS.get(level, ()):
            return level
    return None


def subject_titles(subject: str, *, is_levelled: bool) -> list[str]:
    """The titles under which a sheet may head this subject's column; with levels only, 语文等级 is the subject itself."""
    names = next((list(group) for group in ALIASES if subject in group), [subject])
    names.sort(key=lambda name: name != subject)
    return names + [name + word for name in names for word in ("等级", "等第", "等次")] if is_levelled else names


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
