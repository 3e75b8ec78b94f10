"""Which rows are the header, and what each column means."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nuanyang.kit.sheets import Row, Sheet
from nuanyang.kit.sheets.guard import column_letters

HEADER_WITHIN = 12
Severity = Literal["error", "warning"]

# How schools head the columns that say whom a row is about.
PERSON_TITLES: Mapping[str, str] = {
    **dict.fromkeys(("姓名", "学生姓名", "学生", "名字"), "name"),
    **dict.fromkeys(("学号", "班内学号", "校内学号"), "number"),
    # Numbers of one exam: where they happen to be the student's own they help, otherwise the name decides.
    **dict.fromkeys(("考号", "准考证号", "考生号", "座号", "座位号"), "seat"),
    **dict.fromkeys(("学籍号", "全国学籍号", "学籍号码"), "registration"),
    **dict.fromkeys(("身份证号", "身份证号码", "身份证件号", "证件号码", "公民身份号码", "身份证"), "identity"),
    **dict.fromkeys(("班级", "班别", "行政班", "所在班级", "班级名称"), "class"),
    **dict.fromkeys(("出生日期", "出生年月日", "出生年月"), "birth"),
}
_KNOWS = {"name", "number", "registration", "identity"}
_RANK = re.compile(r"排名|名次|排位|位次|[班级校年]次$|[班级年]名$|(?<!学)校名$|[班级校]排$|进退|升降")
_LEVEL = re.compile(r"等级$|等第$|等次$")
# Nothing is kept of these: totals follow from the rest.
_NEVER_KEPT = re.compile(
    r"总分|总成绩|平均|^合计|^总计|得分率|标准分|^[TZ]分|^满分|^序号$|^编号$|^备注$|^年级$|^性别$|^学校|^年龄$|^考场|^签名|^总评"
)
_SUMMARY = re.compile(
    r"^(平均分?|均分|合计|总计|总分|满分|卷面满分|最高分?|最低分?|及格率|优秀率|合格率|及格人数|优秀人数|应考人数|实考人数|参考人数|人数|制表.*|填表.*|审核.*"
    r"|注[:：].*|备注[:：].*|说明.*|图例.*|符号.*|星期|周次|日期|班主任.*|签[名字].*|记录人.*|考勤员.*"
    r"|星期|周次|日期|图例.*|符号.*|[√✓×○△][^√✓×○△]*[旷病事迟出].*|(出勤|旷课|病假|事假|迟到)\W.*)$"
)
_SCORE = re.compile(r"(成绩|得分|分数|原始分|卷面分?|分)$")
_NUMBER = re.compile(r"-?[0-9.]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell about a sheet: where, which value, why."""

    severity: Severity
    code: str
    zh: str
    en: str
    sheet: str | None = None
    line: int | None = None
    column: str | None = None
    title: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one sheet: the meaning of each column by its place; `line` is its last, where it has two."""

    line: int
    titles: Mapping[int, str]
    meanings: Mapping[int, str]
    repeated: frozenset[int] = frozenset()  # columns of a meaning that another has already

    def place(self, meaning: str) -> int | None:
        """Where a meaning stands."""
        return next((place for place, known in self.meanings.items() if known == meaning), None)


def plain_title(text: str) -> str:
    """★语文（120分） and 语文/120 are 语文: without marks, blanks, a unit in brackets and full marks."""
    word = re.sub(r"[\s★*＊:：\ufeff]", "", unicodedata.normalize("NFKC", text))
    word = re.sub(r"(\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】)+$", "", word) or word
    return re.sub(r"[/_-]?(满分)?[0-9]{2,3}分?制?$", "", word) or word


def full_marks_in(title: str) -> int | None:
    """The full marks that a title states: 语文(120), 数学（满分150分）, 英语/120."""
    found = re.search(r"(?:^|[^0-9])([0-9]{2,3})分?制?[)\]】]?$", re.sub(r"\s", "", unicodedata.normalize("NFKC", title)))
    return int(found[1]) if found else None


def find_header(sheet: Sheet, wanted: Mapping[str, str], *, people_suffice: bool = False) -> Header | None:
    """The rows among the first that name a student column and a wanted one (or two student columns, where those suffice).

    A header may take two rows, subjects above and 得分, 班次 below. Most titles win.
    """
    best: Header | None = None
    for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        below = sheet.rows[index + 1] if index + 1 < len(sheet.rows) else None
        titles, line = _titles_of_two(row, below) if below is not None and _continues(row, below, wanted) else _titles_of_one(row)
        found = _header(titles, line, wanted)
        known = set(found.meanings.values())
        people = known & _KNOWS
        is_header = people and (known & set(wanted.values()) or (people_suffice and len(people) > 1))
        if is_header and (best is None or len(found.meanings) > len(best.meanings)):
            best = found
    return best


def _titles_of_one(row: Row) -> tuple[dict[int, tuple[str, ...]], int]:
    return {place: (cell,) for place, cell in enumerate(row.cells) if cell}, row.line


def _titles_of_two(row: Row, below: Row) -> tuple[dict[int, tuple[str, ...]], int]:
    titles: dict[int, tuple[str, ...]] = {}
    above = ""
    for place in range(max(len(row.cells), len(below.cells))):
        own, child = row.at(place), below.at(place)
        above = own or (above if child else "")  # a title over several columns stands in the first of them
        if words := tuple(dict.fromkeys(word for word in (above, child) if word)):
            titles[place] = words
    return titles, below.line


def _continues(row: Row, below: Row, wanted: Mapping[str, str]) -> bool:
    """Whether the row below is the second of a header and not the first student: no other name, no number, and words of a header."""
    people = [place for place, cell in enumerate(row.cells) if PERSON_TITLES.get(plain_title(cell)) in _KNOWS]
    if not people or any(below.at(place) not in ("", row.at(place)) for place in people):
        return False
    titles, _ = _titles_of_two(row, below)
    cells = {place: plain_title(cell) for place, cell in enumerate(below.cells) if cell and cell != row.at(place)}
    known = {place for place, cell in cells.items() if cell in wanted or "".join(titles[place]) in wanted}
    return not any(_NUMBER.fullmatch(cell) for place, cell in cells.items() if place not in known) and (
        bool(known) or any(_SCORE.fullmatch(cell) or _RANK.search(cell) or _LEVEL.search(cell) for cell in cells.values())
    )


def _header(titles: Mapping[int, tuple[str, ...]], line: int, wanted: Mapping[str, str]) -> Header:
    meanings: dict[int, str] = {}
    repeated = set()
    for place, words in titles.items():
        meaning = _meaning(words, wanted)
        if meaning is not None and meaning in meanings.values():
            repeated.add(place)
        elif meaning is not None:
            meanings[place] = meaning
    return Header(line, {place: " ".join(words) for place, words in titles.items()}, meanings, frozenset(repeated))


def _meaning(words: Sequence[str], wanted: Mapping[str, str]) -> str | None:
    said = [re.sub(r"\s", "", unicodedata.normalize("NFKC", word)) for word in words]
    plain = [plain_title(word) for word in words]
    for title in ("".join(said), "".join(plain), *said[1:]):  # 9/10 is a day before it is a 9 with full marks of 10
        if title in wanted:
            return wanted[title]
    for title in ("".join(plain), *(plain[1:])):
        if title in PERSON_TITLES:
            return PERSON_TITLES[title]
        if title in wanted:
            return wanted[title]
        if not (_RANK.search(title) or _LEVEL.search(title)) and (bare := _SCORE.sub("", title)) in wanted:
            return wanted[bare]
    return None


def odd_columns(sheet: Sheet, header: Header, wanted: Mapping[str, str]) -> Iterator[Finding]:
    """What is said about columns that are not taken: ranks are never kept, repeated ones must be made one, unknown ones are named."""
    known = set(wanted.values())
    for place, title in header.titles.items():
        if place in header.meanings:
            continue
        plain, here = plain_title(title), (sheet.name, header.line, column_letters(place + 1), title)
        if place in header.repeated:
            if _meaning([title], wanted) in known or _meaning(title.split(" "), wanted) in known:
                zh = "同一内容有两列，不知道以哪一列为准，请只留一列。"
                yield Finding("error", "column_twice", zh, "Two columns say the same; leave one.", *here)
        elif _RANK.search(plain):
            yield Finding("warning", "rank_not_kept", "名次不导入：不得按考试成绩排名。", "Ranks are not kept.", *here)
        elif _LEVEL.search(plain):
            zh = "等级由分数按等级方案得出，不从表中导入。"
            yield Finding("warning", "level_not_kept", zh, "Levels follow from the marks and are not taken from the sheet.", *here)
        elif not _NEVER_KEPT.search(plain):
            yield Finding("warning", "column_ignored", "不认识这一列，未导入。", "The column is unknown and was not taken.", *here)


def is_summary(row: Row, header: Header) -> bool:
    """平均分, 满分, 合计 and notes around the table are no students; a row with a student's number is one, whatever the name."""
    if any(re.search("[0-9]{3}", row.at(header.place(meaning))) for meaning in ("number", "registration", "identity")):
        return False
    cells = [cell for cell in row.cells if cell]
    name = re.sub(r"\s", "", row.at(header.place("name")))
    return bool(_SUMMARY.match(name)) or (not name and bool(cells) and bool(_SUMMARY.match(re.sub(r"\s", "", cells[0]))))


def says_full_marks(row: Row, header: Header) -> bool:
    """Whether a row gives the full marks of each column."""
    said = {re.sub(r"\s", "", cell) for cell in (row.at(header.place("name")), *row.cells[:3])}
    return not said.isdisjoint({"满分", "卷面满分"})


def asides(sheet: Sheet, header: Header) -> list[str]:
    """What stands around the table: titles above it, notes and legends below."""
    around = [row for row in sheet.rows if row.line < header.line or (row.line > header.line and is_summary(row, header))]
    return [" ".join(dict.fromkeys(cell for cell in row.cells if cell)) for row in around if any(row.cells)]


def is_header_again(row: Row, header: Header) -> bool:
    """Whether the header stands there once more, as above each page of a long table."""
    name = header.place("name")
    place = name if name is not None else next(iter(header.meanings))
    return bool(row.at(place)) and row.at(place) == header.titles.get(place)
