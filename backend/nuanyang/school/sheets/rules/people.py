"""Which student a row speaks of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from nuanyang.school.sheets.rules.spelling import class_spellings, is_near_name, plain_class, plain_name, plain_number
from nuanyang.school.students.pinyin import reading

MOST_NEAR = 10


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
    pinyin: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a row names, as it stands there."""

    name: str = ""
    number: str = ""
    class_label: str = ""
    birth_on: date | None = None
    registration: str = ""
    identity: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """Why a row's student is not known; `near` are students it may mean."""

    code: str
    zh: str
    en: str
    near: tuple[UUID, ...] = ()


@dataclass(slots=True)
class Directory:
    """The candidates, findable by everything a row may name them by."""

    by_name: dict[str, list[Candidate]] = field(default_factory=dict)
    by_number: dict[str, list[Candidate]] = field(default_factory=dict)
    by_index: dict[bytes, list[Candidate]] = field(default_factory=dict)
    by_id: dict[UUID, Candidate] = field(default_factory=dict)
    classes: dict[str, set[UUID]] = field(default_factory=dict)
    bare_classes: dict[str, set[UUID]] = field(default_factory=dict)  # 3班, where all candidates are of one grade

    @classmethod
    def of(cls, candidates: Iterable[Candidate]) -> "Directory":
        """Index the candidates."""
        made = cls()
        for one in candidates:
            made.by_id[one.id] = one
            made.by_name.setdefault(plain_name(one.name), []).append(one)
            if one.number:
                plain = plain_number(one.number)
                # As a number, 0703 has lost its zero.
                for spelling in {plain, plain.lstrip("0")}:
                    made.by_number.setdefault(spelling, []).append(one)
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
                return self._agreeing(found[0], named) if len(found) == 1 else _miss_several(found)
        if named.number and (found := self._of_number(named)):
            return self._agreeing(found[0], named) if len(found) == 1 else _miss_several(found)
        if named.seat and named.name and (found := self._named(self.by_number.get(plain_number(named.seat), []), named)):
            return found[0] if len(found) == 1 else _miss_several(found)
        if not named.name:
            return Miss("unknown_student", "没有这名学生。", "There is no such student.")
        return self._of_name(named, has_number=bool(indexes or named.number))

    def _of_number(self, named: Named) -> list[Candidate]:
        found = self.by_number.get(plain_number(named.number), [])
        if len(found) > 1 and named.class_label:  # 班内学号 counts within the class
            classes = self.class_ids(named.class_label)
            found = [one for one in found if one.class_id in classes]
        return self._named(found, named) or found if len(found) > 1 and named.name else found

    @staticmethod
    def _named(found: Sequence[Candidate], named: Named) -> list[Candidate]:
        return [one for one in found if plain_name(one.name) == plain_name(named.name)]

    def _of_name(self, named: Named, *, has_number: bool) -> Candidate | Miss:  # noqa: PLR0911 - one line a reason
        same = self.by_name.get(plain_name(named.name), [])
        if not same:
            return self._unknown(named)
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

    def _agreeing(self, found: Candidate, named: Named) -> Candidate | Miss:
        if not named.name or plain_name(found.name) == plain_name(named.name):
            return found
        namesakes = [one.id for one in self.by_name.get(plain_name(named.name), ())]
        zh, en = "号码对应的学生姓名不同，请核实是否串行。", "The number belongs to a student of another name."
        return Miss("name_differs", zh, en, (found.id, *namesakes[: MOST_NEAR - 1]))

    def _unknown(self, named: Named) -> Miss:
        """Nobody has this name; somebody of the class may have nearly this one, or one that sounds the same."""
        classes = self.class_ids(named.class_label) if named.class_label else set()
        name = plain_name(named.name)
        sound = reading(named.name)[0] if classes else ""
        near = [
            one
            for one in self.by_id.values()
            if one.class_id in classes and (one.pinyin == sound or is_near_name(plain_name(one.name), name))
        ]
        if near:
            zh, en = "这个班没有这个姓名的学生，只有写法相近的。", "Nobody in that class has this name, only a similar one."
            return Miss("similar_name", zh, en, tuple(one.id for one in near[:MOST_NEAR]))
        if classes:
            return Miss("no_such_name", "这个班没有这个姓名的学生。", "No student of this name in that class.")
        return Miss("unknown_student", "范围内没有这个姓名的学生。", "No student of this name in question.")


def _miss_several(found: Sequence[Candidate]) -> Miss:
    return Miss(
        "several_students",
        "有多名同名学生，请确认是哪一位，或在表中填写学号、学籍号。",
        "Several students have this name; give the student number.",
        tuple(one.id for one in found[:MOST_NEAR]),
    )
