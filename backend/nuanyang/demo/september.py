"""Last year's roster of a small school, this September's, and what happened to each pupil in between: the importer's hardest day."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal

from nuanyang.demo import SEED, YEAR
from nuanyang.demo.nine_year import PupilMaker
from nuanyang.demo.packages import write_package
from nuanyang.demo.people import ClassRoom, Enrolment, Name, Pupil, School
from nuanyang.demo.sheets import write_student_register
from nuanyang.demo.staffing import staff_of

DISTRICT = ("district-september", "2197000000", "暖阳示范区")
Kind = Literal[
    "promoted",  # 升级, the class moves up whole
    "placed",  # 小升初: grade 6 to 7 with new classes
    "merged_class",  # 撤并班: two classes of a grade become one
    "repeated",  # 留级
    "graduated",  # 毕业: not in this year's file
    "entered",  # first year, new
    "transferred_in",
    "transferred_out",  # 转出, said in the file
    "suspended",  # 休学: in the file, in no class
    "returned",  # 复学, one grade below the age group
    "whereabouts_unverified",  # of compulsory age, missing from the file without a word
]
Change = Literal["L_to_G", "J_to_G", "identity_corrected", "name_corrected", "rekeyed"]


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to one pupil; `key` is the one of this September where there is one."""

    key: str
    name: str
    kind: Kind
    from_class: str = ""
    to_class: str = ""
    changes: tuple[Change, ...] = ()
    previous_key: str = ""


@dataclass(slots=True)
class September:
    """Both rosters and the truth about every pupil of either."""

    before: School
    after: School
    happenings: list[Happening] = field(default_factory=list)

    def of_kind(self, kind: Kind) -> list[Happening]:
        """Everybody to whom this happened."""
        return [one for one in self.happenings if one.kind == kind]

    def changed(self, change: Change) -> list[Happening]:
        """Everybody whose record changed in this way."""
        return [one for one in self.happenings if change in one.changes]

    def write(self, folder: Path) -> dict[str, Path]:
        """Both packages, both 学籍 sheets and `happenings.json`."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = {
            "package_before": folder / "oneroster-before.zip",
            "package_after": folder / "oneroster-september.zip",
            "sheet_before": folder / "学籍-before.xlsx",
            "sheet_after": folder / "学籍-september.xlsx",
            "happenings": folder / "happenings.json",
        }
        write_package(paths["package_before"], [self.before], DISTRICT)
        write_package(paths["package_after"], [self.after], DISTRICT)
        write_student_register(paths["sheet_before"], self.before)
        write_student_register(paths["sheet_after"], self.after)
        text = json.dumps([asdict(one) for one in self.happenings], ensure_ascii=False, indent=1)
        paths["happenings"].write_text(text, encoding="utf-8")
        return paths


def build_september(seed: int = SEED, year: int = YEAR) -> September:
    """About 120 pupils in nine grades; grade 3 had two classes, which are one from this year on."""
    return _Story(seed, year).told()


class _Story:
    def __init__(self, seed: int, year: int) -> None:
        self.year = year
        self.before = School("sep", "2197000001", "暖阳示范区金秋九年一贯制学校", "九年一贯制", "970001", year - 1, (year - 1,))
        self.after = replace(self.before, year=year, years=(year,), classes=[], pupils=[], staff=[], enrolments=[])
        self.maker = PupilMaker(self.before, f"{seed}:september")
        self.happenings: list[Happening] = []

    def told(self) -> September:
        self._last_year()
        for grade in range(1, 10):
            for number in (1, 2) if grade == 7 else (1,):
                self.after.classes.append(_room(self.year, grade, number))
        self._from_year_to_year()
        self.maker.school = self.after
        self._newcomers()
        self._staff()
        names = {pupil.key: pupil.name.full for pupil in (*self.before.pupils, *self.after.pupils)}
        return September(self.before, self.after, [replace(one, name=names[one.key]) for one in self.happenings])

    def _last_year(self) -> None:
        """Twelve pupils a class; grade 3 has two classes of nine; one pupil of grade 5 is on leave."""
        for grade in range(1, 10):
            for number in (1, 2) if grade == 3 else (1,):
                room = _room(self.year - 1, grade, number)
                self.before.classes.append(room)
                for _ in range(9 if grade == 3 else 12):
                    self._admit(self.before, self._formal(self.maker.pupil(room)))
        on_leave = self._formal(self.maker.pupil(_room(self.year - 1, 5, 1)))
        self.before.pupils.append(replace(on_leave, status="休学"))
        self._twins(self._of(6)[0], self._of(6)[1], "梓涵", "子涵")
        self._namesakes(self._of(3)[0], self._of(3, 2)[0])
        self._amend(self._of(2)[0], registration_number=self.maker.numbers.temporary(self._of(2)[0].born_on), identity_number="")
        self._amend(
            self._of(2)[1], registration_number=self.maker.numbers.without_citizen_number(self._of(2)[1].born_on), identity_number=""
        )

    def _from_year_to_year(self) -> None:
        special: dict[str, Callable[[Pupil], None]] = {
            self._of(2)[0].key: lambda pupil: self._move(pupil, change="L_to_G"),
            self._of(2)[1].key: lambda pupil: self._move(pupil, change="J_to_G"),
            self._of(2)[2].key: self._vanish,
            self._of(4)[0].key: lambda pupil: self._move(pupil, change="identity_corrected"),
            self._of(4)[1].key: lambda pupil: self._move(pupil, change="name_corrected"),
            self._of(5)[0].key: lambda pupil: self._move(pupil, kind="repeated", grade=5),
            self._of(5)[1].key: lambda pupil: self._leave(pupil, "transferred_out", "转出"),
            self._of(7)[0].key: lambda pupil: self._leave(pupil, "suspended", "休学"),
            self._of(8)[3].key: self._vanish,
            self._of(8)[4].key: lambda pupil: self._move(pupil, change="rekeyed"),
        }
        for position, pupil in enumerate(list(self.before.pupils)):
            if pupil.key in special:
                special[pupil.key](pupil)
            elif pupil.status == "休学":
                self._move(replace(pupil, status="在读"), kind="returned", grade=5)
            elif pupil.grade == 9:
                self._tell(pupil, "graduated")
            elif pupil.grade == 6:
                self._move(pupil, kind="placed", number=1 + position % 2)
            else:
                self._move(pupil, kind="merged_class" if pupil.grade == 3 else "promoted")

    def _newcomers(self) -> None:
        """A new first grade with temporary numbers and a pair of twins, and one pupil from another county in grade 5."""
        first = self.after.classes[0]
        for _ in range(12):
            pupil = self.maker.pupil(first)
            self._enter(replace(pupil, registration_number=self.maker.numbers.temporary(pupil.born_on)), "entered")
        self._twins(self.after.pupils[-2], self.after.pupils[-1], "一诺", "依诺", self.after)
        fifth = next(room for room in self.after.classes if room.grade == 5)
        self._enter(replace(self._formal(self.maker.pupil(fifth)), origin_school="外县（区）小学"), "transferred_in")

    def _staff(self) -> None:
        """Teachers keep their post: who led a grade leads it again."""
        subjects = ("语文", "数学")
        self.before.staff += staff_of(self.before, self.maker.names, self.maker.numbers, subjects)
        known = {person.key: person for person in self.before.staff}
        for person in staff_of(self.after, self.maker.names, self.maker.numbers, subjects):
            old = known.get(person.key, person)
            self.after.staff.append(replace(person, name=old.name, sex=old.sex, phone=old.phone, subject=old.subject))

    def _of(self, grade: int, number: int = 1) -> list[Pupil]:
        return self.before.pupils_of(_room(self.year - 1, grade, number).key)

    def _formal(self, pupil: Pupil) -> Pupil:
        """With an identity number and the 学籍号 made from it, whatever the dice said."""
        citizen = pupil.identity_number or self.maker.numbers.citizen(pupil.born_on, pupil.sex)
        return replace(pupil, identity_number=citizen, registration_number=f"G{citizen}")

    @staticmethod
    def _admit(school: School, pupil: Pupil) -> None:
        school.pupils.append(pupil)
        school.enrolments.append(Enrolment(pupil.key, pupil.class_key))

    def _amend(self, pupil: Pupil, school: School | None = None, **changes: object) -> Pupil:
        pupils = (school or self.before).pupils
        position = next(index for index, one in enumerate(pupils) if one.key == pupil.key)
        pupils[position] = replace(pupil, **changes)  # type: ignore[arg-type]
        return pupils[position]

    def _twins(self, elder: Pupil, younger: Pupil, name: str, like: str, school: School | None = None) -> None:
        """Same family, same day, same sex, names that sound alike; numbers of their own."""
        first = self._amend(elder, school, name=Name(elder.name.family, name), twin_key=younger.key)
        same = replace(younger, born_on=first.born_on, sex=first.sex)
        citizen = self.maker.numbers.citizen(first.born_on, first.sex)
        is_temporary = younger.registration_number.startswith("L")
        registration = self.maker.numbers.temporary(first.born_on) if is_temporary else f"G{citizen}"
        self._amend(
            same,
            school,
            name=Name(elder.name.family, like),
            guardians=first.guardians,
            address=first.address,
            identity_number=citizen,
            registration_number=registration,
            twin_key=elder.key,
        )

    def _namesakes(self, one: Pupil, other: Pupil) -> None:
        """Two families, one name, one birthday, one sex: only the numbers tell them apart."""
        first = self._amend(one, name=Name("张", "子涵"))
        citizen = self.maker.numbers.citizen(first.born_on, first.sex)
        same = replace(other, name=first.name, born_on=first.born_on, sex=first.sex)
        self._amend(same, identity_number=citizen, registration_number=f"G{citizen}")

    def _move(self, pupil: Pupil, kind: Kind = "promoted", grade: int = 0, number: int = 1, change: Change | None = None) -> None:
        room = _room(self.year, grade or pupil.grade + 1, number)
        moved = replace(self._changed(pupil, change), grade=room.grade, class_key=room.key)
        self._admit(self.after, moved)
        self._tell(pupil, kind, moved, (change,) if change else ())

    def _changed(self, pupil: Pupil, change: Change | None) -> Pupil:
        numbers = self.maker.numbers
        match change:
            case "L_to_G" | "J_to_G":
                return self._formal(pupil)
            case "identity_corrected":
                # The 学籍号 keeps the number it was made from.
                return replace(pupil, identity_number=numbers.citizen(pupil.born_on, pupil.sex))
            case "name_corrected":
                return replace(pupil, name=Name(pupil.name.family, "思源"), previous_name=pupil.name.full)
            case "rekeyed":
                return replace(pupil, key=f"{pupil.key}-new")
            case None:
                return pupil

    def _leave(self, pupil: Pupil, kind: Kind, status: Literal["转出", "休学"]) -> None:
        """Still in the file, with the status that says so and in no class."""
        room = _room(self.year, pupil.grade + 1, 1)
        gone = replace(pupil, status=status, grade=room.grade, class_key=room.key)
        self.after.pupils.append(gone)
        self._tell(pupil, kind)

    def _vanish(self, pupil: Pupil) -> None:
        self._tell(pupil, "whereabouts_unverified")

    def _enter(self, pupil: Pupil, kind: Kind) -> None:
        self._admit(self.after, pupil)
        self.happenings.append(Happening(pupil.key, pupil.name.full, kind, to_class=self.after.class_by_key[pupil.class_key].title))

    def _tell(self, pupil: Pupil, kind: Kind, moved: Pupil | None = None, changes: tuple[Change, ...] = ()) -> None:
        was = "" if pupil.key not in {one.pupil_key for one in self.before.enrolments} else self.before.class_by_key[pupil.class_key].title
        now = self.after.class_by_key[moved.class_key].title if moved else ""
        key, name = (moved.key, moved.name.full) if moved else (pupil.key, pupil.name.full)
        previous = pupil.key if key != pupil.key else ""
        self.happenings.append(Happening(key, name, kind, was, now, changes, previous))


def _room(year: int, grade: int, number: int) -> ClassRoom:
    return ClassRoom(f"sep-c{year}-{grade:02d}-{number:02d}", year, grade, number)
