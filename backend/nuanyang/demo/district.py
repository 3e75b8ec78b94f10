"""The demo district as a whole, and its files on disk: `python -m nuanyang.demo.district --out DIR` writes what a school would upload."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from nuanyang.demo import SEED, YEAR
from nuanyang.demo.evidence import (
    AttendanceSheet,
    ExamSheet,
    SpecialList,
    nine_year_attendance,
    nine_year_exams,
    special_lists,
    uci_attendance,
    uci_exams,
)
from nuanyang.demo.nine_year import build_nine_year_school
from nuanyang.demo.notes import Note, nine_year_notes, uci_notes
from nuanyang.demo.packages import write_package
from nuanyang.demo.people import School
from nuanyang.demo.sheets import write_student_register
from nuanyang.demo.uci import build_school

DISTRICT = ("demo-district", "2199010000", "暖阳示范区")


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """A school with everything it would bring."""

    school: School
    exams: tuple[ExamSheet, ...]
    attendance: tuple[AttendanceSheet, ...]
    lists: tuple[SpecialList, ...]
    notes: tuple[Note, ...]

    @property
    def comes_by_sheet(self) -> bool:
        """The nine-year school brings its pupils by the 学籍 sheet, the others by OneRoster, so that both doors are used."""
        return self.school.stage == "九年一贯制"

    def write_roster(self, folder: Path, year: int) -> list[Path]:
        """What the school uploads for one school year: a package, or one with staff and classes only and the 学籍 sheet."""
        folder.mkdir(parents=True, exist_ok=True)
        school = self.school.in_year(year)
        package = folder / f"{school.name} {year}-{year + 1}.zip"
        if not self.comes_by_sheet:
            write_package(package, [school], DISTRICT)
            return [package]
        register = folder / f"{school.name} {year}-{year + 1} 学籍.xlsx"
        write_student_register(register, school)
        school.pupils, school.enrolments = [], []
        write_package(package, [school], DISTRICT)
        return [package, register]

    def write_evidence(self, folder: Path) -> list[Path]:
        """Sheets of results and attendance, and the lists of other offices."""
        folder.mkdir(parents=True, exist_ok=True)
        sheets: list[ExamSheet | AttendanceSheet | SpecialList] = [*self.exams, *self.attendance, *self.lists]
        return [sheet.write(folder) for sheet in sheets]


def demo_schools(seed: int = SEED, year: int = YEAR) -> list[DemoSchool]:
    """The three schools of the demo district."""
    nine_year = build_nine_year_school(seed, year)
    schools = [
        DemoSchool(
            nine_year,
            tuple(nine_year_exams(nine_year, seed)),
            tuple(nine_year_attendance(nine_year, seed)),
            tuple(special_lists(nine_year)),
            tuple(nine_year_notes(nine_year, seed)),
        )
    ]
    for code in ("GP", "MS"):
        school, source = build_school(code, seed, year)
        schools.append(
            DemoSchool(
                school,
                tuple(uci_exams(school, source, seed)),
                tuple(uci_attendance(school, source)),
                tuple(special_lists(school)),
                tuple(uci_notes(school, source, seed)),
            )
        )
    return schools


def main() -> None:
    """Write every file of the demo district into folders, one a school."""
    parser = argparse.ArgumentParser(prog="python -m nuanyang.demo.district")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--year", type=int, default=YEAR, help="the year in which the school year began")
    wanted = parser.parse_args()
    for one in demo_schools(year=wanted.year):
        folder = wanted.out / one.school.name
        paths = [path for year in one.school.years for path in one.write_roster(folder, year)] + one.write_evidence(folder)
        print(f"{folder}: {len(paths)} files, {len(one.school.pupils)} students")


if __name__ == "__main__":
    main()
