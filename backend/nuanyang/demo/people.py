"""What a demo school consists of, before it is written as a package or a sheet."""

from collections.abc import Container
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Literal

Sex = Literal["male", "female"]
Stage = Literal["高中", "九年一贯制"]
BoardingMode = Literal["走读", "住校"]

GRADE_NAMES = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "高一", "高二", "高三")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its two halves, and whole as its bearer writes it."""

    family: str
    given: str
    separator: str = ""

    @property
    def full(self) -> str:
        """With a separator the given name comes first (阿依古丽·买买提)."""
        return f"{self.given}{self.separator}{self.family}" if self.separator else f"{self.family}{self.given}"


@dataclass(frozen=True, slots=True)
class Guardian:
    """A member of the family; `is_guardian` marks who answers for the child."""

    key: str
    name: Name
    relation: str
    phone: str
    is_guardian: bool
    occupation: str = ""
    identity_number: str = ""
    lives_with: bool = True


@dataclass(frozen=True, slots=True)
class Pupil:
    """A student with everything that the roster of a school carries about them."""

    key: str
    name: Name
    sex: Sex
    born_on: date
    registration_number: str
    identity_number: str
    grade: int
    class_key: str
    entered_on: date
    guardians: tuple[Guardian, ...]
    ethnicity: str = "汉族"
    left_behind: int = 0
    boarding: BoardingMode = "走读"
    household: Literal["农业", "非农业"] = "农业"
    health: str = "健康或良好"
    address: str = ""
    phone: str = ""
    is_migrant: bool = False
    is_orphan: bool = False
    is_only_child: bool = False
    had_preschool: bool = True
    disability: str = ""
    distance_km: float = 1.0
    previous_name: str = ""
    origin_school: str = ""
    twin_key: str = ""
    # What the lists of 民政, 乡村振兴 and 残联 say about the family: 低保, 脱贫 …
    groups: tuple[str, ...] = ()
    status: Literal["在读", "休学", "转出", "毕业"] = "在读"

    def with_needs(self, draw: Random) -> "Pupil":
        """The same pupil with the lists that the family stands on and, among those in poor health, a certified disability."""
        disability = draw.choice(("肢体", "听力", "视力", "智力", "言语")) if self.health == "残疾" else ""
        poor = draw.random() < (0.09 if self.household == "农业" and not self.is_migrant else 0.02)
        groups = ["孤儿"] if self.is_orphan else []
        if poor:
            groups.append(draw.choices(("低保", "脱贫", "特困供养", "突发严重困难"), (45, 45, 3, 7))[0])
        return replace(self, disability=disability, groups=tuple(groups))


@dataclass(frozen=True, slots=True)
class ClassRoom:
    """An administrative class in one school year: a class keeps its cohort and changes its label."""

    key: str
    year: int
    grade: int
    number: int

    @property
    def title(self) -> str:
        """高一(3)班, 七(3)班."""
        return f"{GRADE_NAMES[self.grade]}({self.number})班"

    @property
    def cohort(self) -> int:
        """The year of entry into the stage: 2023级 is in 七年级 in 2023."""
        first = 10 if self.grade >= 10 else 7 if self.grade >= 7 else 1
        return self.year - (self.grade - first)


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff: the role as OneRoster names it, the subject, and the classes by their keys."""

    key: str
    name: Name
    sex: Sex
    role: str
    phone: str
    subject: str = ""
    homeroom: tuple[str, ...] = ()
    teaches: tuple[str, ...] = ()

    def in_classes(self, rooms: Container[str]) -> "Staff":
        """The same person with those classes only."""
        return replace(
            self, homeroom=tuple(key for key in self.homeroom if key in rooms), teaches=tuple(key for key in self.teaches if key in rooms)
        )


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A student sits in a class, from a day to a day (exclusive) where it is not the whole year."""

    pupil_key: str
    class_key: str
    begins_on: date | None = None
    ends_on: date | None = None


@dataclass(slots=True)
class School:
    """A school at one moment: `year` is the calendar year in which the current school year began."""

    key: str
    code: str
    name: str
    stage: Stage
    division: str
    year: int
    years: tuple[int, ...]
    classes: list[ClassRoom] = field(default_factory=list)
    pupils: list[Pupil] = field(default_factory=list)
    staff: list[Staff] = field(default_factory=list)
    enrolments: list[Enrolment] = field(default_factory=list)
    # Who left with last summer's 毕业; in nobody's class of this year.
    alumni: list[Pupil] = field(default_factory=list)

    @property
    def class_by_key(self) -> dict[str, ClassRoom]:
        return {room.key: room for room in self.classes}

    @property
    def current_classes(self) -> list[ClassRoom]:
        return [room for room in self.classes if room.year == self.year]

    def pupils_of(self, class_key: str) -> list[Pupil]:
        return [pupil for pupil in self.pupils if pupil.class_key == class_key]

    def in_year(self, year: int) -> "School":
        """The school as one school year knew it: who was here then, in the grade and class of then."""
        rooms = {room.key: room for room in self.classes if room.year == year}
        enrolments = [one for one in self.enrolments if one.class_key in rooms]
        sat_in = {one.pupil_key: rooms[one.class_key] for one in enrolments}
        return replace(
            self,
            year=year,
            years=(year,),
            classes=list(rooms.values()),
            pupils=[
                replace(pupil, grade=sat_in[pupil.key].grade, class_key=sat_in[pupil.key].key)
                for pupil in (*self.pupils, *self.alumni)
                if pupil.key in sat_in
            ],
            alumni=[],
            staff=[person.in_classes(rooms) for person in self.staff],
            enrolments=enrolments,
        )
