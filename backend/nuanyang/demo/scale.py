"""A package as large as one likes, for the bench: `python -m nuanyang.demo.scale --students 200000 --schools 20 --out DIR`.

Every row follows from its number alone, so each file of the package is written straight through, nothing is kept, and the same
arguments give the same bytes.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from faker.providers.person.zh_CN import Provider

from nuanyang.demo import YEAR
from nuanyang.demo.identity import check_character
from nuanyang.demo.names import BOTH, BOYS, GIRLS, RARE_SURNAMES
from nuanyang.demo.packages import COLUMNS, PackageWriter, org_rows, session_rows
from nuanyang.demo.people import ClassRoom, School

PACKAGE_NAME = "oneroster-scale.zip"
GRADES = 9
CLASS_SIZE = 48
_CHUNK = 2_000
_EXTENSIONS = (
    *("fullName", "relations", "registrationNumber", "identityKind", "identityNumber", "enteredMonth", "address", "leftBehind"),
    *("ethnicity", "householdKind", "boarding", "sex"),
)
_TOWNS = ("向阳街道", "柳树镇", "石桥镇", "白云乡", "大湾乡", "青山村", "河口村", "杨树沟村")
_ADULT_GIVEN = (
    "建国",
    "秀英",
    "伟",
    "芳",
    "军",
    "敏",
    "强",
    "静",
    "磊",
    "丽",
    "洋",
    "艳",
    "勇",
    "娟",
    "杰",
    "霞",
    "涛",
    "燕",
    "明",
    "玲",
    "超",
    "萍",
    "刚",
    "红",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of what; a school has its students in nine grades of equal size."""

    students: int
    schools: int
    year: int = YEAR

    def students_of(self, school: int) -> int:
        """The students of a school; the remainder goes to the first ones."""
        return self.students // self.schools + (1 if school < self.students % self.schools else 0)

    def classes_of(self, school: int) -> int:
        """Enough classes for at most 48 in each, the same number in every grade."""
        return max(1, -(-self.students_of(school) // (GRADES * CLASS_SIZE)))


def mixed(number: int, salt: int) -> int:
    """32 well-mixed bits from a number, the same on every machine."""
    value = (number * 0x9E3779B1 + salt * 0x85EBCA77) & 0xFFFFFFFF
    value = ((value ^ (value >> 15)) * 0x2C1B3C6D) & 0xFFFFFFFF
    value = ((value ^ (value >> 12)) * 0x297A2D39) & 0xFFFFFFFF
    return value ^ (value >> 15)


def _surname_table() -> tuple[str, ...]:
    """Two thousand places shared out among the surnames by their weight, and one in eighty for a rare one."""
    weighted = dict(Provider.last_names.items())
    total = sum(weighted.values())
    ends = [round(1975 * share / total) for share in accumulate(weighted.values())]
    table: list[str] = []
    for name, end in zip(weighted, ends, strict=True):
        table += [name] * (end - len(table))
    return (*table, *(RARE_SURNAMES[index % len(RARE_SURNAMES)] for index in range(2000 - len(table))))


_SURNAMES = _surname_table()
_GIVEN = {"male": BOYS + BOTH, "female": GIRLS + BOTH}


def student_name(number: int, sex: str) -> tuple[str, str]:
    """The two halves of a student's name."""
    given = _GIVEN[sex]
    return _SURNAMES[mixed(number, 1) % len(_SURNAMES)], given[mixed(number, 2) % len(given)]


def guardian_count(number: int) -> int:
    """Three in four have both parents in the file."""
    return 1 if mixed(number, 3) % 4 == 0 else 2


def write_scale_package(directory: Path, students: int, schools: int) -> tuple[Path, dict[str, int]]:
    """Write the package; answers where it lies and how many rows each file has."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / PACKAGE_NAME
    plan = Plan(students, schools)
    package = PackageWriter(path, level=1)
    package.add("orgs", org_rows(("scale", "2198000000", "规模测试区"), (_school(plan, school) for school in range(schools))))
    package.add("academicSessions", session_rows((plan.year,)))
    for name, rows_of in (("courses", _courses), ("classes", _classes)):
        package.add_lines(name, _columns(name), _by_school(plan, rows_of))
    package.add_lines("users", [*_columns("users"), *(f"metadata.cn.{name}" for name in _EXTENSIONS)], _by_school(plan, _users))
    for name, rows_of in (("roles", _roles), ("enrollments", _enrolments), ("demographics", _demographics)):
        package.add_lines(name, _columns(name), _by_school(plan, rows_of))
    return path, package.close()


def _columns(name: str) -> list[str]:
    return ["sourcedId", "status", "dateLastModified", *COLUMNS[name]]


def _school(plan: Plan, school: int) -> School:
    name = f"规模测试第{school + 1}学校"
    return School(f"s{school:03d}", f"{2198000001 + school}", name, "九年一贯制", f"98{school:04d}", plan.year, (plan.year,))


def _by_school(plan: Plan, rows_of: Callable[[Plan, int], Iterator[str]]) -> Iterator[tuple[int, str]]:
    lines: list[str] = []
    for school in range(plan.schools):
        for line in rows_of(plan, school):
            lines.append(line)
            if len(lines) == _CHUNK:
                yield len(lines), "".join(lines)
                lines.clear()
    yield len(lines), "".join(lines)


def _courses(plan: Plan, school: int) -> Iterator[str]:
    for grade in range(1, GRADES + 1):
        yield f"s{school:03d}-g{grade:02d},,,sy{plan.year},行政班,HOMEROOM,{grade:02d},s{school:03d},,\r\n"


def _classes(plan: Plan, school: int) -> Iterator[str]:
    terms = f'"sy{plan.year}-1,sy{plan.year}-2"'
    for grade in range(1, GRADES + 1):
        for number in range(1, plan.classes_of(school) + 1):
            title = ClassRoom("", plan.year, grade, number).title
            key = f"s{school:03d}-c{grade:02d}{number:02d}"
            course = f"s{school:03d}-g{grade:02d}"
            yield f"{key},,,{title},{grade:02d},{course},{grade:02d}{number:02d},homeroom,,s{school:03d},{terms},,,\r\n"


def _place(plan: Plan, school: int, index: int) -> tuple[int, int]:
    """Grade and class number of the n-th student of a school."""
    grade = index % GRADES + 1
    return grade, index // GRADES % plan.classes_of(school) + 1


def _birth(plan: Plan, grade: int, index: int) -> tuple[date, int]:
    """A birthday in the cohort's year and a serial number that is free on that day."""
    position = index // GRADES
    return date(plan.year - grade - 6, 9, 1) + timedelta(days=position % 365), position // 365


def _users(plan: Plan, school: int) -> Iterator[str]:
    org = f"s{school:03d}"
    for grade in range(1, GRADES + 1):
        for number in range(1, plan.classes_of(school) + 1):
            key = f"{org}-t{grade:02d}{number:02d}"
            seed = mixed(school * 1000 + grade * 100 + number, 4)
            family, given = _SURNAMES[seed % len(_SURNAMES)], _ADULT_GIVEN[seed // 7 % len(_ADULT_GIVEN)]
            named = f"{given},{family},,{key},,,154{seed % 100_000_000:08d}"
            yield f"{key},,,true,{key},,{named},,,,,,,,{org},,{family}{given},,,,,,,,,,,female\r\n"
    entered = tuple(f"{plan.year - grade + (7 if grade >= 7 else 1)}09" for grade in range(GRADES + 1))
    for index in range(plan.students_of(school)):
        yield from _family(plan, school, org, index, entered)


def _family(plan: Plan, school: int, org: str, index: int, entered: tuple[str, ...]) -> Iterator[str]:
    number = school * 1_000_000 + index
    grade, _ = _place(plan, school, index)
    sex = "male" if mixed(number, 5) & 1 else "female"
    family, given = student_name(number, sex)
    born_on, serial = _birth(plan, grade, index)
    body = f"98{school:04d}{born_on:%Y%m%d}{serial * 2 + (1 if sex == 'male' else 2):03d}"
    citizen = body + check_character(body)
    key = f"{org}-p{index:06d}"
    both = guardian_count(number) == 2
    agents, relations = (f'"{key}-f,{key}-m"', '"51:1,52:1"') if both else (f"{key}-m", "52:1")
    draw = mixed(number, 6)
    address = f"{_TOWNS[draw % 8]}{draw // 8 % 300 + 1}号"
    left_behind = 2 if draw % 100 < 5 else 1 if draw % 100 < 13 else 0
    yield (
        f"{key},,,true,{key},,{given},{family},,{key},,,,{agents},{grade:02d},,,,,,{org},,{family}{given},{relations},G{citizen},居民身份证,{citizen},"
        f"{entered[grade]},{address},{left_behind},汉族,{'农业' if draw % 3 else '非农业'},{'住校' if draw % 9 == 0 else '走读'},\r\n"
    )
    if both:
        yield _parent(f"{key}-f", org, family, draw, "male")
    yield _parent(f"{key}-m", org, _SURNAMES[draw // 11 % len(_SURNAMES)], draw // 13, "female")


def _parent(key: str, org: str, family: str, draw: int, sex: str) -> str:
    given = _ADULT_GIVEN[draw % 12 * 2 + (sex == "female")]
    return f"{key},,,true,{key},,{given},{family},,,,,154{draw % 100_000_000:08d},,,,,,,,{org},,{family}{given},,,,,,,,,,,{sex}\r\n"


def _roles(plan: Plan, school: int) -> Iterator[str]:
    org = f"s{school:03d}"
    for grade in range(1, GRADES + 1):
        for number in range(1, plan.classes_of(school) + 1):
            key = f"{org}-t{grade:02d}{number:02d}"
            yield f"{key}-r,,,{key},primary,teacher,,,{org},\r\n"
    for index in range(plan.students_of(school)):
        key = f"{org}-p{index:06d}"
        yield f"{key}-r,,,{key},primary,student,,,{org},\r\n"
        if guardian_count(school * 1_000_000 + index) == 2:
            yield f"{key}-f-r,,,{key}-f,primary,parent,,,{org},\r\n"
        yield f"{key}-m-r,,,{key}-m,primary,parent,,,{org},\r\n"


def _enrolments(plan: Plan, school: int) -> Iterator[str]:
    org = f"s{school:03d}"
    for grade in range(1, GRADES + 1):
        for number in range(1, plan.classes_of(school) + 1):
            room = f"{grade:02d}{number:02d}"
            yield f"{org}-t{room}-e,,,{org}-c{room},{org},{org}-t{room},teacher,true,,\r\n"
    for index in range(plan.students_of(school)):
        grade, number = _place(plan, school, index)
        key = f"{org}-p{index:06d}"
        yield f"{key}-e,,,{org}-c{grade:02d}{number:02d},{org},{key},student,,,\r\n"


def _demographics(plan: Plan, school: int) -> Iterator[str]:
    for index in range(plan.students_of(school)):
        grade, _ = _place(plan, school, index)
        born_on, _ = _birth(plan, grade, index)
        sex = "male" if mixed(school * 1_000_000 + index, 5) & 1 else "female"
        yield f"s{school:03d}-p{index:06d},,,{born_on},{sex},,true,,,,,,CN,,,\r\n"


def main() -> None:
    """Write the package that the arguments ask for and say what is in it."""
    parser = argparse.ArgumentParser(
        prog="python -m nuanyang.demo.scale", description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None
    )
    parser.add_argument("--students", type=int, default=200_000)
    parser.add_argument("--schools", type=int, default=20)
    parser.add_argument("--out", type=Path, required=True, help="folder in which the package is written")
    wanted = parser.parse_args()
    started = time.perf_counter()
    path, rows = write_scale_package(wanted.out, wanted.students, wanted.schools)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB in {time.perf_counter() - started:.1f} s")
    print(", ".join(f"{name} {count:,}" for name, count in rows.items()))


if __name__ == "__main__":
    main()
