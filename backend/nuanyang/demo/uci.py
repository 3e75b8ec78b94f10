"""Two real schools, made Chinese: the UCI students of GP and MS become two 高中 of the demo district."""

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from pathlib import Path

from nuanyang.demo import SEED, YEAR
from nuanyang.demo.identity import NumberIssuer
from nuanyang.demo.names import NameGiver
from nuanyang.demo.people import BoardingMode, ClassRoom, Enrolment, Guardian, Name, Pupil, School, Sex
from nuanyang.demo.staffing import staff_of

FOLDER = Path(__file__).parent / "data" / "uci-student"
# The shares of families of one kind that stand on a list; every such family is a candidate, the seeded draw decides.
_LISTED = 0.45
# The attributes by which the note of the data set joins the two courses.
JOIN = ("school", "sex", "age", "address", "famsize", "Pstatus", "Medu", "Fedu", "Mjob", "Fjob", "reason", "nursery", "internet")
# Where several students share those, the pair that agrees on most of these is one person.
_TIE = ("guardian", "traveltime", "studytime", "failures", "schoolsup", "famsup", "activities", "higher", "famrel", "health", "Walc")
_SCHOOLS = {
    "GP": ("gp", "2199010001", "暖阳示范区青松高级中学", "990101"),
    "MS": ("ms", "2199010002", "暖阳示范区明德高级中学", "990102"),
}
_TOWNS = {"U": ("城关街道", "青松街道", "新华街道", "河东街道"), "R": ("柳树镇", "石桥镇", "白云乡", "大湾乡", "杨树沟村")}
_JOBS = {
    "teacher": ("教师",),
    "health": ("医护人员",),
    "services": ("事业单位职员", "企业职员", "社区工作人员"),
    "at_home": ("家务", "务农"),
    "other": ("务工", "个体经营", "运输司机", "建筑工人", "服务员"),
}
_RELATIVES: tuple[tuple[str, Sex], ...] = (
    ("祖父", "male"),
    ("祖母", "female"),
    ("外祖父", "male"),
    ("外祖母", "female"),
    ("叔父", "male"),
    ("姑母", "female"),
)
_EDUCATION = ("未上学", "小学", "初中", "高中", "大学")

Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class UciStudent:
    """One person of the data set: attributes, and for each course the three marks (0–20) and the absences."""

    key: str
    attributes: Record
    marks: dict[str, tuple[int, int, int]]
    absences: dict[str, int]

    def number(self, attribute: str) -> int:
        """An attribute that the data set keeps as a number."""
        return int(self.attributes[attribute])

    @property
    def effective_age(self) -> int:
        """The age without the years that failed classes cost."""
        return max(15, self.number("age") - self.number("failures"))


def read_students(folder: Path = FOLDER) -> list[UciStudent]:
    """Both courses joined to one row a person: 382 pairs by the note's attributes are 370 people, so 674 in all."""
    portuguese, mathematics = _rows(folder / "student-por.csv"), _rows(folder / "student-mat.csv")
    waiting: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for row in mathematics:
        waiting[_joined_by(row)].append(row)
    students: list[UciStudent] = []
    for row in portuguese:
        partner = _closest(row, waiting[_joined_by(row)])
        students.append(_student(len(students), row, partner))
    alone = [row for rows in waiting.values() for row in rows]
    students += [_student(len(students) + index, None, row) for index, row in enumerate(alone)]
    return students


def _rows(path: Path) -> list[Record]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _joined_by(row: Record) -> tuple[str, ...]:
    return tuple(row[attribute] for attribute in JOIN)


def _closest(row: Record, candidates: list[Record]) -> Record | None:
    if not candidates:
        return None
    best = max(candidates, key=lambda candidate: sum(candidate[tie] == row[tie] for tie in _TIE))
    candidates.remove(best)
    return best


def _student(index: int, portuguese: Record | None, mathematics: Record | None) -> UciStudent:
    courses = {"语文": portuguese, "数学": mathematics}
    taken = {subject: row for subject, row in courses.items() if row is not None}
    attributes = next(iter(taken.values()))
    return UciStudent(
        key=f"{_SCHOOLS[attributes['school']][0]}-s{index + 1:04d}",
        attributes=attributes,
        marks={subject: (int(row["G1"]), int(row["G2"]), int(row["G3"])) for subject, row in taken.items()},
        absences={subject: int(row["absences"]) for subject, row in taken.items()},
    )


def grade_of(student: UciStudent, born_on: date) -> int:
    """高一 at 15, 高三 from 18; those of 16 and 17 stand on the border, and the half of the year they were born in decides."""
    older_half = born_on.month < 5 or born_on.month >= 11
    if student.effective_age >= 18:
        return 12
    return max(10, student.effective_age - 6 + older_half)


def build_school(code: str, seed: int = SEED, year: int = YEAR) -> tuple[School, dict[str, UciStudent]]:
    """The school GP or MS with classes, families and staff, and the source row of each of its students."""
    key, school_code, name, division = _SCHOOLS[code]
    people = {student.key: student for student in read_students() if student.attributes["school"] == code}
    school = School(key, school_code, name, "高中", division, year, (year - 1, year))
    builder = _Builder(school, seed)
    for student in people.values():
        school.pupils.append(builder.pupil(student))
    builder.place_in_classes()
    school.staff += staff_of(school, builder.names, builder.numbers, subjects=("语文", "数学", "英语"))
    return school, people


class _Builder:
    def __init__(self, school: School, seed: int) -> None:
        self.school = school
        self.year = school.year
        self.names = NameGiver(f"{seed}:{school.key}")
        self.numbers = NumberIssuer(school.division, phone_from=int(school.code[-4:]) * 100_000)
        self.random = random.Random(f"{seed}:{school.key}")

    def pupil(self, student: UciStudent) -> Pupil:
        row = student.attributes
        sex: Sex = "female" if row["sex"] == "F" else "male"
        born_on = self._born_on(student.number("age"))
        grade = grade_of(student, born_on)
        name = self.names.minority(sex) if self.random.random() < 0.006 else self.names.child(sex)
        citizen = self.numbers.citizen(born_on, sex)
        address = self._address(row["address"])
        guardians = tuple(self._family(student, name))
        return Pupil(
            key=student.key,
            name=name,
            sex=sex,
            born_on=born_on,
            registration_number=f"G{citizen}",
            identity_number=citizen,
            grade=grade,
            class_key="",
            entered_on=date(self.year - (grade - 10), 9, 1),
            guardians=guardians,
            ethnicity="维吾尔族" if name.separator else self.random.choices(("汉族", "回族", "满族", "土家族"), (94, 3, 2, 1))[0],
            left_behind=_left_behind(student),
            boarding=_boarding(student),
            household="非农业" if row["address"] == "U" else "农业",
            health="一般或较弱" if row["health"] in {"1", "2"} else "健康或良好",
            address=address,
            phone=self.numbers.phone() if grade == 12 else "",
            is_only_child=row["famsize"] == "LE3" and row["Pstatus"] == "T",
            had_preschool=row["nursery"] == "yes",
            distance_km=(0.8, 3.5, 12.0, 28.0)[student.number("traveltime") - 1],
            disability=self.random.choice(("肢体", "听力", "视力")) if row["health"] == "1" and self.random.random() < 0.08 else "",
            groups=tuple(self._groups(row)),
        )

    def _born_on(self, age: int) -> date:
        """Any day that makes the student as old as the row says on 1 November of the current year."""
        return date(self.year - age, 11, 1) - timedelta(days=self.random.randrange(365))

    def _address(self, kind: str) -> str:
        town = self.random.choice(_TOWNS[kind])
        return f"暖阳示范区{town}{self.random.randint(1, 180)}号" + (f"{self.random.randint(1, 9)}栋" if kind == "U" else "")

    def _family(self, student: UciStudent, child: Name) -> Iterator[Guardian]:
        row = student.attributes
        answers = row["guardian"]
        for parent, relation, education, job in (("father", "父亲", "Fedu", "Fjob"), ("mother", "母亲", "Medu", "Mjob")):
            # Parents who live apart: the file names the one who answers for the child, and the other in two of three cases.
            apart = row["Pstatus"] == "A"
            if apart and answers not in {parent, "other"} and self.random.random() < 1 / 3:
                continue
            sex: Sex = "male" if parent == "father" else "female"
            yield Guardian(
                key=f"{student.key}-{parent}",
                name=self.names.adult(sex, child.family if self._inherits(parent, child) else None),
                relation=relation,
                phone=self.numbers.phone(),
                is_guardian=answers == parent,
                occupation=f"{self.random.choice(_JOBS[row[job]])}（{_EDUCATION[student.number(education)]}）",
                identity_number=self._parent_number(student, sex),
                lives_with=not apart or answers == parent,
            )
        if answers == "other":
            relation, sex = self.random.choice(_RELATIVES)
            yield Guardian(
                f"{student.key}-other", self.names.adult(sex), relation, self.numbers.phone(), is_guardian=True, occupation="务农"
            )

    @staticmethod
    def _inherits(parent: str, child: Name) -> bool:
        return parent == "father" and not child.separator

    def _groups(self, row: Record) -> Iterator[str]:
        """Lists that such a family may stand on: parents with little schooling and no steady post."""
        modest = int(row["Medu"]) + int(row["Fedu"]) <= 3 and {row["Mjob"], row["Fjob"]} <= {"other", "at_home"}
        if modest and row["internet"] == "no" and self.random.random() < _LISTED:
            yield "低保"
        elif modest and row["address"] == "R" and self.random.random() < _LISTED:
            yield "脱贫"
        elif row["Pstatus"] == "A" and modest and self.random.random() < _LISTED:
            yield "突发严重困难"

    def _parent_number(self, student: UciStudent, sex: Sex) -> str:
        born_in = self.year - student.number("age") - self.random.randint(22, 34)
        return self.numbers.citizen(date(born_in, self.random.randint(1, 12), self.random.randint(1, 28)), sex)

    def place_in_classes(self) -> None:
        """Mixed classes of at most 48; a class keeps its number when it moves up, so last year's class follows from this year's."""
        placed: list[Pupil] = []
        for grade in (10, 11, 12):
            of_grade = [pupil for pupil in self.school.pupils if pupil.grade == grade]
            self.random.shuffle(of_grade)
            count = ceil(len(of_grade) / 48)
            rooms = [self._room(self.year, grade, number) for number in range(1, count + 1)]
            before = [self._room(self.year - 1, grade - 1, number) for number in range(1, count + 1)] if grade > 10 else []
            for index, pupil in enumerate(of_grade):
                number = index % count
                placed.append(replace(pupil, class_key=rooms[number].key))
                if before:
                    self.school.enrolments.append(Enrolment(pupil.key, before[number].key))
                self.school.enrolments.append(Enrolment(pupil.key, rooms[number].key))
        self.school.pupils = sorted(placed, key=lambda pupil: pupil.key)

    def _room(self, year: int, grade: int, number: int) -> ClassRoom:
        room = ClassRoom(f"{self.school.key}-c{year}-{grade}-{number:02d}", year, grade, number)
        self.school.classes.append(room)
        return room


def _left_behind(student: UciStudent) -> int:
    """The 学籍 code: both parents away where another person answers for a child of the country, one parent where they live apart there."""
    row = student.attributes
    if row["address"] == "R" and row["guardian"] == "other":
        return 2
    return 1 if row["address"] == "R" and row["Pstatus"] == "A" else 0


def _boarding(student: UciStudent) -> BoardingMode:
    return "住校" if student.number("traveltime") >= 3 else "走读"
