"""What is small in a package and held in memory: schools, school years, terms and classes, ready to be asked by key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.names import class_label, class_of, grade_of
from nuanyang.exchange.rosters.reading.oneroster.chinese import CLASS_NUMBER, COHORT_YEAR, HOME_CLASS
from nuanyang.exchange.rosters.reading.oneroster.fields import is_date
from nuanyang.exchange.rosters.reading.oneroster.loading import SEPARATOR, Loaded
from nuanyang.exchange.rosters.reading.records import Before, School, SchoolClass, SchoolYear, Term

GONE = "tobedeleted"


@dataclass(slots=True)
class Year:
    """A school year with the terms in it."""

    key: str
    record: SchoolYear
    line: int
    terms: list[tuple[str, Term, int]] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """A class of the package, homeroom or scheduled."""

    key: str
    school: str
    line: int
    is_homeroom: bool
    gone: bool
    record: SchoolClass | None
    subject: str | None
    home_class: str | None
    is_from_before: bool = False


@dataclass(slots=True)
class Structure:
    """Schools by key, school years by key, classes by key; `school_of` leads from any org to its school."""

    schools: dict[str, tuple[School, int, bool]] = field(default_factory=dict)
    school_of: dict[str, str] = field(default_factory=dict)
    years: dict[str, Year] = field(default_factory=dict)
    year_of: dict[str, str] = field(default_factory=dict)  # session → its school year
    classes: dict[str, Group] = field(default_factory=dict)


class Cells:
    """One row by column name; an absent column is an empty cell."""

    __slots__ = ("_columns", "cells")

    def __init__(self, columns: dict[str, int], row: str) -> None:
        self._columns, self.cells = columns, row.split(SEPARATOR)

    def __getitem__(self, column: str) -> str:
        place = self._columns.get(column)
        return self.cells[place].strip() if place is not None else ""


def read_structure(loaded: Loaded, findings: Findings, before: Before | None = None) -> Structure:
    """Build it; classes that belong nowhere are told and left out. A delta's own rows win over what was before."""
    structure = Structure()
    _orgs(loaded, structure)
    _sessions(loaded, structure, findings)
    _classes(loaded, structure, findings)
    if before is not None:
        _add_before(before, structure)
    _homerooms_where_none(loaded, structure, findings)
    _grades_of_schools(structure)
    return structure


def _rows(loaded: Loaded, name: str) -> list[tuple[str, int, bool, Cells]]:
    columns = loaded.columns.get(name, {})
    found = loaded.database.execute(f'select id, line, status, row from "{name}" order by line')  # noqa: S608
    return [(key, line, status == GONE, Cells(columns, row)) for key, line, status, row in found]


def _add_before(before: Before, structure: Structure) -> None:
    for key, code in before.schools.items():
        structure.schools.setdefault(key, (School("", code), 0, False))
        structure.school_of.setdefault(key, key)
    for known in before.classes:
        year = next((key for key, year in structure.years.items() if year.record.name == known.year_name), f"year:{known.year_name}")
        structure.years.setdefault(year, Year(year, SchoolYear(known.year_name, known.year_starts, known.year_ends), 0))
        record = SchoolClass(year, known.grade, known.number, known.name, known.cohort_year)
        group = Group(known.key, known.school_key, 0, True, False, record, None, None, is_from_before=True)
        structure.classes.setdefault(known.key, group)


def _orgs(loaded: Loaded, structure: Structure) -> None:
    parents: dict[str, str] = {}
    districts: dict[str, tuple[str, str]] = {}
    for key, line, gone, cells in _rows(loaded, "orgs"):
        parents[key] = cells["parentSourcedId"]
        if cells["type"] == "school":
            structure.schools[key] = School(cells["name"], cells["identifier"] or None), line, gone
        elif cells["type"] == "district" and not gone:
            districts[key] = cells["identifier"] or key, cells["name"]
    for key, (school, line, gone) in structure.schools.items():
        if (district := _district_above(key, parents, districts)) is not None:
            structure.schools[key] = School(school.name, school.code, (), district), line, gone
    for key in parents:
        step: str | None = key
        for _ in range(20):
            if not step or step in structure.schools:
                break
            step = parents.get(step)
        if step in structure.schools and step is not None:
            structure.school_of[key] = step


def _district_above(key: str, parents: dict[str, str], districts: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    for _ in range(20):
        if key in districts or key not in parents:
            break
        key = parents[key]
    return districts.get(key)


def _sessions(loaded: Loaded, structure: Structure, findings: Findings) -> None:
    rows = {key: (line, cells) for key, line, gone, cells in _rows(loaded, "academicSessions") if not gone and _is_whole(cells)}
    for key, (line, cells) in rows.items():
        if cells["type"] == "schoolYear":
            ends_in = _inclusive(cells["endDate"])[:4]
            if ends_in != cells["schoolYear"]:
                findings.add("year_by_days", "academicSessions.csv", line, "schoolYear", cells["schoolYear"], "warning", ends_in=ends_in)
            structure.years[key] = Year(key, _school_year(ends_in, cells["startDate"], cells["endDate"]), line)
    said = {cells["schoolYear"]: key for key, (_, cells) in rows.items() if key in structure.years}
    for key, (line, cells) in rows.items():
        number = cells["schoolYear"]
        year = _year_above(key, rows, structure) or said.get(number) or _year_by_number(number, line, structure)
        structure.year_of[key] = year
        if cells["type"] in {"term", "semester"}:
            term = Term(year, 0, cells["title"], cells["startDate"], _inclusive(cells["endDate"]))
            structure.years[year].terms.append((key, term, line))
    for found in structure.years.values():
        found.terms.sort(key=lambda term: term[1].starts_on)
        found.terms = [
            (key, Term(term.school_year_key, number, term.name, term.starts_on, term.ends_on), line)
            for number, (key, term, line) in enumerate(found.terms, 1)
        ]


def _is_whole(cells: Cells) -> bool:
    """Whether the days can be worked with; a session whose cannot was told when it was loaded."""
    return is_date(cells["startDate"]) and is_date(cells["endDate"]) and cells["schoolYear"].isdigit() and len(cells["schoolYear"]) == 4


def _year_above(key: str, rows: dict[str, tuple[int, Cells]], structure: Structure) -> str | None:
    for _ in range(20):
        if key in structure.years:
            return key
        if key not in rows:
            return None
        key = rows[key][1]["parentSourcedId"]
    return None


def _year_by_number(ends_in: str, line: int, structure: Structure) -> str:
    """The school year of a term that names none above it, found by the year it ends in."""
    name = f"{int(ends_in) - 1}-{ends_in}"
    for key, year in structure.years.items():
        if year.record.name == name:
            return key
    key = f"year:{ends_in}"
    structure.years[key] = Year(key, _school_year(ends_in, f"{int(ends_in) - 1}-09-01", f"{ends_in}-09-01"), line)
    return key


def _school_year(ends_in: str, starts_on: str, ends_on: str) -> SchoolYear:
    return SchoolYear(f"{int(ends_in) - 1}-{ends_in}", starts_on, _inclusive(ends_on))


def _inclusive(exclusive: str) -> str:
    return (date.fromisoformat(exclusive) - timedelta(days=1)).isoformat()


def _classes(loaded: Loaded, structure: Structure, findings: Findings) -> None:
    course_grades = {key: cells["grades"] for key, _, _, cells in _rows(loaded, "courses")}
    numbers: dict[tuple[str, str, int], int] = {}
    for key, line, gone, cells in _rows(loaded, "classes"):
        school = structure.school_of.get(cells["schoolSourcedId"], cells["schoolSourcedId"])
        record = _class_record(key, line, cells, course_grades, structure, numbers, school, findings)
        structure.classes[key] = Group(
            key, school, line, cells["classType"] == "homeroom", gone, record, cells["subjects"] or None, cells[HOME_CLASS] or None
        )


def _class_record(
    key: str,
    line: int,
    cells: Cells,
    course_grades: dict[str, str],
    structure: Structure,
    numbers: dict[tuple[str, str, int], int],
    school: str,
    findings: Findings,
) -> SchoolClass | None:
    said = class_of(cells["title"])
    grade = next(
        (g for part in (cells["grades"] or course_grades.get(cells["courseSourcedId"], "")).split(",") if (g := grade_of(part))), None
    )
    grade = grade or (said[0] if said else None)
    year = next((structure.year_of[t.strip()] for t in cells["termSourcedIds"].split(",") if t.strip() in structure.year_of), None)
    if year is None or grade is None:
        if cells["classType"] == "homeroom":
            code, column = ("no_grade", "grades") if grade is None else ("no_school_year", "termSourcedIds")
            findings.add(code, "classes.csv", line, column, key, "warning")
        return None
    given = cells[CLASS_NUMBER]
    number = int(given) if given.isdigit() else said[2] if said else 0
    if not number:
        place = (school, year, grade)
        number = numbers[place] = numbers.get(place, 0) + 1
    cohort = cells[COHORT_YEAR]
    starts = int(structure.years[year].record.name[:4])
    return SchoolClass(
        year, grade, number, cells["title"] or class_label(grade, number), int(cohort) if cohort.isdigit() else _cohort(starts, grade)
    )


def _cohort(starts: int, grade: int) -> int:
    """The year the stage was entered in, with six years of primary school: grade 7 of 2026 is 2026级, grade 8 2025级."""
    first = 10 if grade >= 10 else 7 if grade >= 7 else 1
    return starts - (grade - first)


def _homerooms_where_none(loaded: Loaded, structure: Structure, findings: Findings) -> None:
    """A sender without homerooms: if no student is in two classes at once, his classes serve as such."""
    if not structure.classes or any(group.is_homeroom for group in structure.classes.values()) or not loaded.rows.get("enrollments"):
        return
    twice = loaded.database.execute(
        """select 1 from enrollments where role = 'student' and status <> 'tobedeleted' group by "userSourcedId"
           having count(distinct "classSourcedId") > 1 limit 1"""
    ).fetchone()
    if twice:
        findings.add("no_homeroom_overlap", "classes.csv", 1, "classType", severity="warning")
        return
    for group in structure.classes.values():
        group.is_homeroom = True
        if group.record is None:
            findings.add("no_grade", "classes.csv", group.line, "grades", group.key, "warning")
    findings.add("no_homeroom", "classes.csv", 1, "classType", severity="warning", classes=len(structure.classes))


def _grades_of_schools(structure: Structure) -> None:
    grades: dict[str, set[int]] = {}
    for group in structure.classes.values():
        if group.record is not None and group.is_homeroom:
            grades.setdefault(group.school, set()).add(group.record.grade)
    for key, (school, line, gone) in structure.schools.items():
        structure.schools[key] = School(school.name, school.code, tuple(sorted(grades.get(key, ()))), school.district), line, gone
