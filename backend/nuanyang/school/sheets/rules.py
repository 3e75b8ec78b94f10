"""Pure rules of sheets: which row is the header, what each column means, which student a row speaks of."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from nuanyang.kit.sheets import Row, Sheet
from nuanyang.kit.sheets.guard import column_letters

HEADER_WITHIN = 12
Severity = Literal["error", "warning"]

# How schools head the columns that say whom a row is about.
PERSON_TITLES: Mapping[str, str] = {
    **dict.fromkeys(("姓名", "学生姓名", "学生", "名字"), "name"),
    **dict.fromkeys(("学号", "班内学号", "校内学号", "考号", "准考证号", "座号"), "number"),
    **dict.fromkeys(("学籍号", "全国学籍号", "学籍号码"), "registration"),
    **dict.fromkeys(("身份证号", "身份证号码", "身份证件号", "证件号码", "公民身份号码", "身份证"), "identity"),
    **dict.fromkeys(("班级", "班别", "行政班", "所在班级", "班级名称"), "class"),
    **dict.fromkeys(("出生日期", "出生年月日", "出生年月"), "birth"),
}
# Nothing is kept of these: an ordinal rank is never stored, totals follow from the rest.
NEVER_KEPT = re.compile(r"排名|名次|排位|位次|^总分|^总成绩|^平均分?$|^合计|^序号$|^编号$|^备注$|^年级$|^性别$|^学校|^年龄$")
_RANK = re.compile(r"排名|名次|排位|位次")
_SUMMARY = re.compile(r"^(平均分?|合计|总计|总分|最高分?|最低分?|及格率|优秀率|及格人数|优秀人数|人数|制表.*|填表.*|注[:：].*|说明.*)$")
_CJK = "零一二三四五六七八九十"
_STAGE = {7: "初一", 8: "初二", 9: "初三", 10: "高一", 11: "高二", 12: "高三"}


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
    """The header of one sheet: the meaning of each column by its place."""

    line: int
    titles: Mapping[int, str]
    meanings: Mapping[int, str]

    def place(self, meaning: str) -> int | None:
        """Where a meaning stands."""
        return next((place for place, known in self.meanings.items() if known == meaning), None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A student a row may be about, with the class of the day in question."""

    id: UUID
    name: str
    number: str | None
    birth_on: date | None
    class_id: UUID | None
    class_name: str | None
    grade: int | None
    class_number: int | None
    cohort_year: int | None
    current_class_id: UUID | None
    identity_index: bytes | None
    registration_index: bytes | None


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a row names, as it stands there."""

    name: str = ""
    number: str = ""
    class_label: str = ""
    birth_on: date | None = None
    registration: str = ""
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """Why a row's student is not known; `near` are students it may mean."""

    code: str
    zh: str
    en: str
    near: tuple[UUID, ...] = ()


def plain_title(text: str) -> str:
    """★语文（120分） is 语文: without marks, blanks and a unit in brackets."""
    word = re.sub(r"[\s★*＊:：\ufeff]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"\([^()]*\)$", "", word) or word


def find_header(sheet: Sheet, wanted: Mapping[str, str], *, people_suffice: bool = False) -> Header | None:
    """The row among the first that names a student column and a wanted one (or two student columns, where those suffice); most titles win."""
    titles = {**PERSON_TITLES, **wanted}
    best: Header | None = None
    for row in sheet.rows[:HEADER_WITHIN]:
        meanings: dict[int, str] = {}
        for place, cell in enumerate(row.cells):
            meaning = titles.get(plain_title(cell))
            if meaning and meaning not in meanings.values():
                meanings[place] = meaning
        known = set(meanings.values())
        people = known & {"name", "number", "registration", "identity"}
        if not people or not (known & set(wanted.values()) or (people_suffice and len(people) > 1)):
            continue
        if best is None or len(meanings) > len(best.meanings):
            best = Header(row.line, {place: cell for place, cell in enumerate(row.cells) if cell}, meanings)
    return best


def odd_columns(sheet: Sheet, header: Header) -> Iterator[Finding]:
    """What is said about columns that are not taken: ranks are never kept, unknown ones are named."""
    for place, title in header.titles.items():
        if place in header.meanings:
            continue
        plain, letter = plain_title(title), column_letters(place + 1)
        if _RANK.search(plain):
            yield Finding(
                "warning",
                "rank_not_kept",
                "名次不导入：不得按考试成绩排名。",
                "Ranks are not kept.",
                sheet.name,
                header.line,
                letter,
                title,
            )
        elif not NEVER_KEPT.search(plain):
            yield Finding(
                "warning",
                "column_ignored",
                "不认识这一列，未导入。",
                "The column is unknown and was not taken.",
                sheet.name,
                header.line,
                letter,
                title,
            )


def is_summary(row: Row, header: Header) -> bool:
    """平均分, 合计 and notes under the table are no students."""
    cells = [cell for cell in row.cells if cell]
    name = row.at(header.place("name"))
    return bool(_SUMMARY.match(name)) or (not name and bool(cells) and bool(_SUMMARY.match(cells[0])))


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
    """七年级（3）班 is 七-3."""
    word = re.sub(r"年级|[年级]", "-", unicodedata.normalize("NFKC", text)).replace("班", "")
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


_SUBJECT_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[T ]00:00(?::00)?)?")


def day_of(text: str) -> date | None:
    """2013-05-06, 20130506, 2013年5月6日 as a date; None for anything else."""
    match = _SUBJECT_DAY.fullmatch(unicodedata.normalize("NFKC", text).strip().removesuffix(".0"))
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


@dataclass(slots=True)
class Directory:
    """The candidates, findable by everything a row may name them by."""

    by_name: dict[str, list[Candidate]] = field(default_factory=dict)
    by_number: dict[str, list[Candidate]] = field(default_factory=dict)
    by_index: dict[bytes, list[Candidate]] = field(default_factory=dict)
    classes: dict[str, set[UUID]] = field(default_factory=dict)
    bare_classes: dict[str, set[UUID]] = field(default_factory=dict)  # 3班, where all candidates are of one grade

    @classmethod
    def of(cls, candidates: Iterable[Candidate]) -> "Directory":
        """Index the candidates."""
        made = cls()
        for one in candidates:
            made.by_name.setdefault(plain_name(one.name), []).append(one)
            if one.number:
                made.by_number.setdefault(plain_number(one.number), []).append(one)
            for index in (one.identity_index, one.registration_index):
                if index:
                    made.by_index.setdefault(index, []).append(one)
            if one.class_id:
                for spelling in class_spellings(one.class_name, one.grade, one.class_number, one.cohort_year):
                    made.classes.setdefault(spelling, set()).add(one.class_id)
                if one.class_number is not None:
                    for spelling in {str(one.class_number), f"{one.class_number:02d}"}:
                        made.bare_classes.setdefault(spelling, set()).add(one.class_id)
        return made

    def class_ids(self, label: str) -> set[UUID]:
        """The classes a label may mean."""
        plain = plain_class(label)
        return self.classes.get(plain) or self.bare_classes.get(plain, set())

    def find(self, named: Named, indexes: Sequence[bytes]) -> Candidate | Miss:
        """The one student a row names: by an identity number, by student number, else by class and name (and birth date)."""
        for index in indexes:
            if found := self.by_index.get(index):
                return _agreeing(found[0], named) if len(found) == 1 else _miss_several(found)
        if named.number and (found := self._of_number(named)):
            return _agreeing(found[0], named) if len(found) == 1 else _miss_several(found)
        if not named.name:
            return Miss("unknown_student", "没有这名学生。", "There is no such student.")
        return self._of_name(named, has_number=bool(indexes or named.number))

    def _of_number(self, named: Named) -> list[Candidate]:
        found = self.by_number.get(plain_number(named.number), [])
        if len(found) > 1 and named.class_label:  # 班内学号 counts within the class
            classes = self.class_ids(named.class_label)
            found = [one for one in found if one.class_id in classes]
        if len(found) > 1 and named.name:
            found = [one for one in found if plain_name(one.name) == plain_name(named.name)] or found
        return found

    def _of_name(self, named: Named, *, has_number: bool) -> Candidate | Miss:  # noqa: PLR0911 - one line a reason
        same = self.by_name.get(plain_name(named.name), [])
        if not same:
            return Miss("unknown_student", "范围内没有这个姓名的学生。", "No student of this name in question.")
        found = same
        if named.class_label:
            classes = self.class_ids(named.class_label)
            if not classes:
                return Miss("unknown_class", "没有这个班级。", "There is no such class.", tuple(one.id for one in same))
            found = [one for one in same if one.class_id in classes]
        if named.birth_on and len(found) != 1:
            found = [one for one in found or same if one.birth_on == named.birth_on]
        if not found:
            return Miss(
                "not_in_class", "这个班没有这个姓名的学生。", "No student of this name in that class.", tuple(one.id for one in same)
            )
        if len(found) > 1:
            return _miss_several(found)
        if named.birth_on and found[0].birth_on and found[0].birth_on != named.birth_on:
            return Miss("birth_differs", "姓名相同但出生日期不同，请核实。", "Same name, other birth date.", (found[0].id,))
        if has_number and not named.class_label and not named.birth_on:
            return Miss(
                "number_unknown", "号码对不上，只有姓名相同，请核实。", "The number is unknown; only the name agrees.", (found[0].id,)
            )
        return found[0]


def _agreeing(found: Candidate, named: Named) -> Candidate | Miss:
    if named.name and plain_name(found.name) != plain_name(named.name):
        return Miss(
            "name_differs", "号码对应的学生姓名不同，请核实是否串行。", "The number belongs to a student of another name.", (found.id,)
        )
    return found


def _miss_several(found: Sequence[Candidate]) -> Miss:
    return Miss(
        "several_students",
        "有多名同名学生，请填写学号或学籍号以便区分。",
        "Several students have this name; give the student number.",
        tuple(one.id for one in found[:10]),
    )
