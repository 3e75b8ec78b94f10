"""What teachers and offices bring beside the roster: sheets of results and attendance, lists of families, and who told what."""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from nuanyang.demo import SEED
from nuanyang.demo.people import ClassRoom, Pupil, School
from nuanyang.demo.sheets import Cell, write_sheet
from nuanyang.demo.uci import UciStudent

ExamKind = Literal["midterm", "final", "monthly", "unit"]
ABSENT, DEFERRED, EXEMPT, VIOLATION = "缺考", "缓考", "免考", "违纪"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of an exam: its full marks, or the name of the level scheme where only levels are given."""

    name: str
    full_marks: int | None = None
    levels: str = ""


@dataclass(frozen=True, slots=True)
class ExamSheet:
    """One exam of one grade as a teacher keeps it: a row a student, a column a subject."""

    year: int
    term: Literal[1, 2]
    kind: ExamKind
    name: str
    grade: int
    held_on: date
    subjects: tuple[Subject, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def file_name(self) -> str:
        return f"{self.year}-{self.year + 1}-{self.term} {self.name} {self.grade:02d}.xlsx"

    def write(self, folder: Path) -> Path:
        """The sheet with 学籍号, 姓名, 班级 and the subjects."""
        path = folder / self.file_name
        write_sheet(path, ("学籍号", "姓名", "班级", *(subject.name for subject in self.subjects)), self.rows, "成绩")
        return path


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """Absences of one term up to a day, in days; 迟到 in times."""

    year: int
    term: Literal[1, 2]
    starts_on: date
    ends_on: date
    school_days: int
    rows: tuple[tuple[Cell, ...], ...]

    def write(self, folder: Path) -> Path:
        """The sheet with 学籍号, 姓名, 班级, 应出勤 and the four kinds."""
        path = folder / f"{self.year}-{self.year + 1}-{self.term} 考勤.xlsx"
        write_sheet(path, ("学籍号", "姓名", "班级", "应出勤", "旷课", "病假", "事假", "迟到"), self.rows, "考勤")
        return path


@dataclass(frozen=True, slots=True)
class SpecialList:
    """A list that another office keeps: 低保, 脱贫, 残联."""

    group: str
    office: str
    rows: tuple[tuple[Cell, ...], ...]

    def write(self, folder: Path) -> Path:
        """The list with 姓名, 身份证号, 类别, 认定日期."""
        path = folder / f"{self.group}名单.xlsx"
        write_sheet(path, ("姓名", "身份证号", "类别", "认定日期", "来源"), self.rows, self.group)
        return path


def label_of(school: School, pupil: Pupil, year: int) -> str:
    """The label of the pupil's class in a school year, or nothing when the pupil was not here."""
    return _labels(school, year).get(pupil.key, "")


def _labels(school: School, year: int) -> dict[str, str]:
    rooms: Mapping[str, ClassRoom] = school.class_by_key
    return {one.pupil_key: rooms[one.class_key].title for one in school.enrolments if rooms[one.class_key].year == year}


def _row(pupil: Pupil, label: str, cells: Iterable[Cell]) -> tuple[Cell, ...]:
    return (pupil.registration_number, pupil.name.full, label, *cells)


# --- the two UCI schools ---------------------------------------------------------------------------------------------------------------


def uci_exams(school: School, source: Mapping[str, UciStudent], seed: int = SEED) -> Iterator[ExamSheet]:
    """G1, G2 and G3 as three exams: 高二 and 高三 sat the first two last spring, 高一 sat all three this autumn."""
    year = school.year
    before: list[tuple[int, Literal[1, 2], ExamKind, str, date]] = [
        (year - 1, 2, "midterm", "期中考试", date(year, 4, 22)),
        (year - 1, 2, "final", "期末考试", date(year, 6, 26)),
        (year, 1, "midterm", "期中考试", date(year, 11, 12)),
    ]
    first_year: list[tuple[int, Literal[1, 2], ExamKind, str, date]] = [
        (year, 1, "monthly", "9月月考", date(year, 9, 28)),
        (year, 1, "monthly", "10月月考", date(year, 10, 23)),
        (year, 1, "midterm", "期中考试", date(year, 11, 12)),
    ]
    for grade in (10, 11, 12):
        pupils = [pupil for pupil in school.pupils if pupil.grade == grade]
        for period, (of_year, term, kind, name, held_on) in enumerate(first_year if grade == 10 else before):
            full = 100 if kind == "monthly" else 150
            labels = _labels(school, of_year)
            rows = tuple(
                _row(pupil, labels[pupil.key], (_uci_mark(source[pupil.key], subject, period, full, seed) for subject in ("语文", "数学")))
                for pupil in pupils
            )
            yield ExamSheet(
                of_year, term, kind, name, grade - (year - of_year), held_on, (Subject("语文", full), Subject("数学", full)), rows
            )


def _uci_mark(student: UciStudent, subject: str, period: int, full: int, seed: int) -> Cell:
    """A mark of 0–20 as one of 0–`full`; zero in the data set means that the test was missed."""
    if subject not in student.marks:
        return None
    mark = student.marks[subject][period]
    if mark == 0:
        return ABSENT
    blur = random.Random(f"{seed}:{student.key}:{subject}:{period}").randint(-2, 2)
    return float(min(full, max(1, round(mark * full / 20) + blur)))


def uci_attendance(school: School, source: Mapping[str, UciStudent]) -> Iterator[AttendanceSheet]:
    """A year's absences (lessons) as days: those who were here last spring had half of them there."""
    year = school.year
    last, this = _labels(school, year - 1), _labels(school, year)
    spring = tuple(_row(pupil, last[pupil.key], (100, *_absences(source[pupil.key], 0.5))) for pupil in school.pupils if pupil.key in last)
    autumn = tuple(
        _row(pupil, this[pupil.key], (56, *_absences(source[pupil.key], 0.5 if pupil.key in last else 1.0))) for pupil in school.pupils
    )
    yield AttendanceSheet(year - 1, 2, date(year, 2, 23), date(year, 7, 10), 100, spring)
    yield AttendanceSheet(year, 1, date(year, 9, 1), date(year, 11, 20), 56, autumn)


def _absences(student: UciStudent, share: float) -> tuple[float, float, float, int]:
    """旷课, 病假, 事假 in half days, 迟到 in times: who goes out a lot plays truant, who is ill stays in bed, who lives far comes late."""
    lessons = max(student.absences.values()) * share
    truant = 0.6 if student.number("goout") + student.number("Walc") >= 8 else 0.15
    ill = (1 - truant) * (0.8 if student.number("health") <= 2 else 0.5)
    days = [round(lessons * part / 2) / 2 for part in (truant, ill, 1 - truant - ill)]
    late = round(lessons / 4) if student.number("traveltime") >= 3 else round(lessons / 12)
    return days[0], days[1], days[2], late


# --- the nine-year school --------------------------------------------------------------------------------------------------------------

_LOWER = (Subject("语文", levels="优良合格"), Subject("数学", levels="优良合格"), Subject("英语", levels="优良合格"))
_UPPER = (Subject("语文", 100), Subject("数学", 100), Subject("英语", 100), Subject("科学", levels="优良合格"))
_JUNIOR = (Subject("语文", 120), Subject("数学", 120), Subject("英语", 120), Subject("道德与法治", 100), Subject("历史", 100))
_EXTRA = {8: (Subject("物理", 100), Subject("信息科技", levels="A–E")), 9: (Subject("物理", 100), Subject("化学", 100))}
_SPECIAL = (*[ABSENT] * 6, *[DEFERRED] * 2, EXEMPT, VIOLATION, None, None)


def nine_year_exams(school: School, seed: int = SEED) -> Iterator[ExamSheet]:
    """Grades 3–4 in levels, 5–6 partly, one 期末 a term; grades 7–9 in marks with a 期中; grades 1–2 sit no paper exam."""
    year = school.year
    for grade in range(2, 10):
        # Last year's exams of those who are in this grade now, so the grade then was one lower.
        if grade - 1 >= 3:
            yield _exam(school, year - 1, 1, "final", "期末考试", grade - 1, date(year, 1, 21), seed)
            yield _exam(school, year - 1, 2, "final", "期末考试", grade - 1, date(year, 7, 2), seed)
        if grade - 1 >= 7:
            yield _exam(school, year - 1, 2, "midterm", "期中考试", grade - 1, date(year, 4, 24), seed)
        if grade >= 7:
            yield _exam(school, year, 1, "midterm", "期中考试", grade, date(year, 11, 11), seed)
        elif grade >= 3:
            yield _exam(school, year, 1, "unit", "第一单元练习", grade, date(year, 9, 25), seed)


def subjects_of(grade: int) -> tuple[Subject, ...]:
    """What a grade is examined in."""
    if grade < 7:
        return _LOWER if grade < 5 else _UPPER
    return (*_JUNIOR, *_EXTRA.get(grade, ()))


def _exam(school: School, year: int, term: Literal[1, 2], kind: ExamKind, name: str, grade: int, held_on: date, seed: int) -> ExamSheet:
    labels = _labels(school, year)
    rooms = school.class_by_key
    grades = {one.pupil_key: rooms[one.class_key].grade for one in school.enrolments if rooms[one.class_key].year == year}
    subjects = subjects_of(grade)
    rows = tuple(
        _row(pupil, labels[pupil.key], _marks(pupil, subjects, f"{seed}:{year}:{term}:{name}"))
        for pupil in school.pupils
        if grades.get(pupil.key) == grade
    )
    return ExamSheet(year, term, kind, name, grade, held_on, subjects, rows)


def ability(pupil: Pupil, seed: int = SEED) -> float:
    """How a pupil does on the whole, 0–1, the same in every exam; children left behind by both parents do a little worse."""
    draw = random.Random(f"{seed}:{pupil.key}:ability")
    return min(0.99, max(0.1, draw.gauss(0.72 - 0.04 * pupil.left_behind, 0.15)))


def _marks(pupil: Pupil, subjects: tuple[Subject, ...], exam: str) -> list[Cell]:
    draw = random.Random(f"{exam}:{pupil.key}")
    if draw.random() < 0.012:
        # Who misses an exam misses all of it; the reason is the same in every subject.
        return [draw.choice(_SPECIAL)] * len(subjects)
    level = ability(pupil)
    cells: list[Cell] = []
    for subject in subjects:
        share = min(0.995, max(0.03, draw.gauss(level, 0.07)))
        cells.append(draw.choice(_SPECIAL) if draw.random() < 0.004 else _mark(share, subject))
    return cells


def _mark(share: float, subject: Subject) -> Cell:
    if subject.full_marks is not None:
        return round(share * subject.full_marks * 2) / 2
    if subject.levels == "A–E":
        return "EDCBA"[sum(share >= limit for limit in (0.45, 0.6, 0.75, 0.88))]
    return ("待合格", "合格", "良", "优")[sum(share >= limit for limit in (0.5, 0.7, 0.85))]


def nine_year_attendance(school: School, seed: int = SEED) -> Iterator[AttendanceSheet]:
    """Two terms; most pupils miss a day or two, a few stay away."""
    year = school.year
    for of_year, term, starts_on, ends_on, days in (
        (year - 1, 2, date(year, 2, 23), date(year, 7, 10), 100),
        (year, 1, date(year, 9, 1), date(year, 11, 20), 56),
    ):
        labels = _labels(school, of_year)
        rows = tuple(
            _row(pupil, labels[pupil.key], (days, *_days_away(pupil, f"{seed}:{of_year}")))
            for pupil in school.pupils
            if pupil.key in labels
        )
        yield AttendanceSheet(of_year, 2 if term == 2 else 1, starts_on, ends_on, days, rows)


def _days_away(pupil: Pupil, period: str) -> tuple[float, float, float, int]:
    draw = random.Random(f"{period}:{pupil.key}:away")
    truant = draw.choice((2.0, 3.5, 6.0, 11.0)) if draw.random() < 0.006 + 0.01 * pupil.left_behind else 0.0
    ill = round(draw.expovariate(1 / 1.2) * 2) / 2 if pupil.health == "健康或良好" else round(draw.expovariate(1 / 4) * 2) / 2
    return truant, min(ill, 30.0), round(draw.expovariate(1 / 0.5) * 2) / 2, int(draw.expovariate(1 / 0.8))


# --- lists of other offices ------------------------------------------------------------------------------------------------------------

_OFFICES = {
    "低保": "区民政局",
    "特困供养": "区民政局",
    "孤儿": "区民政局",
    "脱贫": "区乡村振兴局",
    "突发严重困难": "区乡村振兴局",
    "残疾": "区残联",
}


def special_lists(school: School) -> Iterator[SpecialList]:
    """One sheet a list; people are named by name and identity number, as those offices do."""
    for group, office in _OFFICES.items():
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (
                pupil.name.full,
                pupil.identity_number or pupil.registration_number,
                group,
                f"{school.year}-0{1 + len(pupil.key) % 6}-15",
                office,
            )
            for pupil in school.pupils
            if group in pupil.groups or (group == "残疾" and pupil.disability)
        )
        if group == "低保":
            rows += _doubtful(school)
        if rows:
            yield SpecialList(group, office, rows)


def _doubtful(school: School) -> tuple[tuple[Cell, ...], ...]:
    """Two rows as lists have them: a name without a number, which somebody has to look at, and a child of another school."""
    namesake = sorted(school.pupils, key=lambda pupil: pupil.key)[len(school.pupils) // 2]
    since = f"{school.year}-03-15"
    return (namesake.name.full, "", "低保", since, "区民政局"), ("诸葛无名", "", "低保", since, "区民政局")
