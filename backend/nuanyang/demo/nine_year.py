"""The third school: a synthetic 九年一贯制 of 3,000 pupils in 62 classes, with everything that makes rosters hard."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from nuanyang.demo import SEED, YEAR
from nuanyang.demo.identity import NumberIssuer
from nuanyang.demo.names import BOTH, NameGiver
from nuanyang.demo.people import ClassRoom, Enrolment, Guardian, Name, Pupil, School, Sex
from nuanyang.demo.staffing import staff_of

PUPILS = 3000
CLASSES_BY_GRADE = (7, 7, 7, 7, 7, 7, 7, 7, 6)
TWINS = 16
_TOWNS = ("向阳街道", "柳树镇", "石桥镇", "白云乡", "大湾乡", "青山村", "河口村", "杨树沟村")
_AWAY = ("广东省东莞市", "浙江省宁波市", "江苏省苏州市", "福建省泉州市")
_WORK = ("务农", "个体经营", "企业职员", "运输司机", "建筑工人", "教师", "医护人员", "服务员")
_ETHNICITIES = ("汉族", "苗族", "土家族", "回族", "侗族", "维吾尔族")

LeftBehind = Literal[0, 1, 2]


def build_nine_year_school(seed: int = SEED, year: int = YEAR, pupils: int = PUPILS) -> School:
    """The school as it is this September, each pupil with last year's class too."""
    school = School("xy", "2199010003", "暖阳示范区向阳九年一贯制学校", "九年一贯制", "990103", year, (year - 1, year))
    builder = PupilMaker(school, f"{seed}:{school.key}")
    rooms = [room for grade, count in enumerate(CLASSES_BY_GRADE, 1) for room in builder.rooms(grade, count)]
    for index in range(pupils - TWINS):
        room = rooms[index % len(rooms)]
        builder.admit(builder.pupil(room), room)
    builder.add_twins(rooms, TWINS)
    builder.add_namesakes(rooms)
    builder.add_alumni(CLASSES_BY_GRADE[-1], 48)
    school.staff += staff_of(school, builder.names, builder.numbers, subjects=("语文", "数学", "英语"))
    return school


class PupilMaker:
    """Makes pupils of compulsory age with their families, the same ones for the same seed."""

    def __init__(self, school: School, seed: str) -> None:
        self.school = school
        self.random = random.Random(seed)
        self.names = NameGiver(seed)
        self.numbers = NumberIssuer(school.division, phone_from=int(school.code[-4:]) * 100_000)
        self.before: dict[str, ClassRoom] = {}
        self.made = 0

    def rooms(self, grade: int, count: int) -> Iterator[ClassRoom]:
        """This year's classes of a grade, and the classes they were last year (一年级 and, after 分班, 七年级 are new)."""
        year = self.school.year
        for number in range(1, count + 1):
            room = self._room(year, grade, number)
            if grade not in {1, 7}:
                self.before[room.key] = self._room(year - 1, grade - 1, number)
            yield room
        if grade == 7:
            # 小升初: last year's sixth grade is mixed anew, so those classes lead nowhere in particular.
            self.sixth = [self._room(year - 1, 6, number) for number in range(1, count + 1)]

    def _room(self, year: int, grade: int, number: int) -> ClassRoom:
        room = ClassRoom(f"{self.school.key}-c{year}-{grade:02d}-{number:02d}", year, grade, number)
        self.school.classes.append(room)
        return room

    def admit(self, pupil: Pupil, room: ClassRoom) -> Pupil:
        """Put a pupil into the class, and into last year's class unless new."""
        self.school.pupils.append(pupil)
        is_new = pupil.origin_school != ""
        earlier = self.random.choice(self.sixth) if room.grade == 7 else self.before.get(room.key)
        if earlier and not is_new:
            self.school.enrolments.append(Enrolment(pupil.key, earlier.key))
        self.school.enrolments.append(Enrolment(pupil.key, room.key))
        return pupil

    def next_key(self) -> str:
        """The key of the next pupil."""
        self.made += 1
        return f"{self.school.key}-s{self.made:04d}"

    def pupil(self, room: ClassRoom) -> Pupil:
        """A pupil of the right age for the class, with a family and the numbers a 学籍 sheet asks for."""
        sex: Sex = self.random.choice(("male", "female"))
        key = self.next_key()
        born_on = self.birthday(room.grade)
        is_migrant = self.random.random() < 0.07
        left_behind: LeftBehind = 0 if is_migrant else self.random.choices((0, 1, 2), (85, 9, 6))[0]
        is_orphan = self.random.random() < 0.002
        name = self.names.minority(sex) if self.random.random() < 0.004 else self.names.child(sex)
        registration, citizen = self.registration(born_on, sex, room.grade)
        guardians = tuple(self.family(key, name, left_behind, is_orphan, room.grade))
        started = self.school.year - (room.grade - (7 if room.grade >= 7 else 1))
        return Pupil(
            key=key,
            name=name,
            sex=sex,
            born_on=born_on,
            registration_number=registration,
            identity_number=citizen,
            grade=room.grade,
            class_key=room.key,
            entered_on=date(started, 9, 1),
            guardians=guardians,
            ethnicity="维吾尔族" if name.separator else self.random.choices(_ETHNICITIES, (94, 2, 2, 1, 1, 0))[0],
            left_behind=left_behind,
            boarding="住校" if room.grade >= 4 and self.random.random() < (0.35 if left_behind else 0.12) else "走读",
            household="非农业" if self.random.random() < 0.35 else "农业",
            health=self.random.choices(("健康或良好", "一般或较弱", "慢性病", "生理缺陷", "残疾"), (940, 40, 8, 4, 8))[0],
            address=self.address(is_migrant),
            is_migrant=is_migrant,
            is_orphan=is_orphan,
            is_only_child=self.random.random() < 0.3,
            had_preschool=self.random.random() < 0.96,
            distance_km=round(self.random.uniform(0.2, 9.0), 1),
            origin_school="外县（区）小学" if room.grade not in {1, 7} and self.random.random() < 0.012 else "",
        ).with_needs(self.random)

    def birthday(self, grade: int) -> date:
        """Six years old on 31 August of the first year; one in a hundred is a year older."""
        start = date(self.school.year - grade + 1 - 7, 9, 1)
        late = 366 if self.random.random() < 0.01 else 0
        return start + timedelta(days=self.random.randrange(365) - late)

    def registration(self, born_on: date, sex: Sex, grade: int) -> tuple[str, str]:
        """学籍号 and identity number: most G; L while a newcomer's is being made; J for those without an identity number."""
        draw = self.random.random()
        if draw < 0.01:
            return self.numbers.without_citizen_number(born_on), ""
        citizen = self.numbers.citizen(born_on, sex)
        if draw < (0.12 if grade == 1 else 0.015):
            return self.numbers.temporary(born_on), citizen if draw < 0.06 else ""
        if draw > 0.997:
            # The identity number was corrected later, the 学籍号 was not: both stand.
            return f"G{self.numbers.citizen(born_on, sex)}", citizen
        return f"G{citizen}", citizen

    def address(self, is_migrant: bool) -> str:
        """Where the child lives; migrant children rent near the station."""
        town = "车站街道" if is_migrant else self.random.choice(_TOWNS)
        return f"暖阳示范区{town}{self.random.randint(1, 260)}号"

    def family(self, key: str, child: Name, left_behind: LeftBehind, is_orphan: bool, grade: int) -> Iterator[Guardian]:
        """Both parents as a rule; whoever is away works elsewhere, and then a grandparent answers for the child."""
        if is_orphan:
            yield self._relative(key, is_guardian=True)
            return
        is_single = not left_behind and self.random.random() < 0.05
        left_out = self.random.choice(("father", "mother")) if is_single else ""
        away = {0: set(), 1: {self.random.choice(("father", "mother"))}, 2: {"father", "mother"}}[left_behind]
        for parent in ("father", "mother"):
            if parent == left_out:
                continue
            yield self._parent(key, child, parent, parent in away, grade)
        if left_behind == 2:
            yield self._relative(key, is_guardian=True)

    def _parent(self, key: str, child: Name, parent: str, is_away: bool, grade: int) -> Guardian:
        sex: Sex = "male" if parent == "father" else "female"
        family = child.family if parent == "father" and not child.separator else None
        born_on = date(self.school.year - 6 - grade - self.random.randint(22, 33), self.random.randint(1, 12), self.random.randint(1, 28))
        return Guardian(
            key=f"{key}-{parent}",
            name=self.names.adult(sex, family),
            relation="父亲" if parent == "father" else "母亲",
            phone=self.numbers.phone(),
            is_guardian=not is_away,
            occupation=f"外出务工（{self.random.choice(_AWAY)}）" if is_away else self.random.choice(_WORK),
            identity_number=self.numbers.citizen(born_on, sex),
            lives_with=not is_away,
        )

    def _relative(self, key: str, is_guardian: bool) -> Guardian:
        relation, sex = self.random.choice((("祖父", "male"), ("祖母", "female"), ("外祖父", "male"), ("外祖母", "female")))
        person: Sex = "male" if sex == "male" else "female"
        return Guardian(f"{key}-kin", self.names.adult(person), relation, self.numbers.phone(), is_guardian, "务农")

    def add_twins(self, rooms: list[ClassRoom], count: int) -> None:
        """A second child of the same day and parents, in the same class or another, whose name sounds or looks alike."""
        elder = self.random.sample([pupil for pupil in self.school.pupils if not pupil.name.separator], count)
        room_by_key = {room.key: room for room in rooms}
        for index, first in enumerate(elder):
            key = self.next_key()
            registration, citizen = self.registration(first.born_on, first.sex, first.grade)
            room = room_by_key[first.class_key]
            if index % 2:
                others = [other for other in rooms if other.grade == room.grade and other.key != room.key]
                room = min(others, key=lambda other: len(self.school.pupils_of(other.key)))
            second = replace(
                first,
                key=key,
                name=Name(first.name.family, twin_name(first.name.given, index)),
                registration_number=registration,
                identity_number=citizen,
                class_key=room.key,
                twin_key=first.key,
            )
            position = self.school.pupils.index(first)
            self.school.pupils[position] = replace(first, twin_key=key)
            self.admit(second, room)

    def add_alumni(self, classes: int, size: int) -> None:
        """Last year's ninth grade, who left this summer."""
        for number in range(1, classes + 1):
            room = self._room(self.school.year - 1, 9, number)
            a_year_older = replace(room, grade=10)
            for _ in range(size):
                pupil = replace(self.pupil(a_year_older), grade=9, entered_on=date(self.school.year - 3, 9, 1), boarding="走读")
                self.school.alumni.append(pupil)
                self.school.enrolments.append(Enrolment(pupil.key, room.key))

    def add_namesakes(self, rooms: list[ClassRoom]) -> None:
        """Pupils who share a whole name in one class, and one whose surname lies beyond the Basic Multilingual Plane."""
        self._rename(self.school.pupils_of(rooms[3].key)[0], Name("𠮷", "安然"))
        for room, given in zip(rooms[10:50:8], ("梓涵", "浩宇", "欣怡", "子涵", "一诺"), strict=True):
            for pupil in self.school.pupils_of(room.key)[:2]:
                self._rename(pupil, Name("张", given))

    def _rename(self, pupil: Pupil, name: Name) -> None:
        self.school.pupils[self.school.pupils.index(pupil)] = replace(pupil, name=name)


def twin_name(given: str, index: int) -> str:
    """Twins are named alike: the last character changes, or the first is written differently and sounds the same."""
    alike = {"梓涵": "子涵", "子涵": "梓涵", "子轩": "梓轩", "梓轩": "子轩", "诗涵": "诗晗", "若曦": "若熙"}
    if given in alike:
        return alike[given]
    other = BOTH[index % len(BOTH)]
    return given[0] + (other[1] if len(given) > 1 and given[1] != other[1] else other[0])
