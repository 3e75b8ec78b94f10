"""The rows of a 学籍 sheet as records: the school, its year, the classes, the members of the families, the students."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.names import class_label, class_of
from nuanyang.exchange.rosters.reading.records import (
    Guardian,
    Identity,
    Item,
    Relation,
    School,
    SchoolClass,
    SchoolYear,
    Student,
    Term,
    item,
)
from nuanyang.exchange.rosters.reading.sheet.cells import read_value
from nuanyang.exchange.rosters.reading.sheet.fields import FIELDS, MEMBERS
from nuanyang.exchange.rosters.reading.sheet.header import Header
from nuanyang.exchange.rosters.reading.students import birth_of, doubts_of, guardian_number, parts_of, sex_of

_MEMBER_SAID = (
    *("name", "relation", "relation_note", "phone", "address", "employer", "occupation", "is_guardian"),
    *("identity_kind", "identity_number"),
)
_NUMBERS = ("identity_number", "member1_identity_number", "member2_identity_number")


Line = tuple[str, int]  # label of the page, number of the line


@dataclass(frozen=True, slots=True)
class Stages:
    """What a class label needs to know of the school: the school year's first calendar year, its grades, how long primary school lasts."""

    starts: int
    first_grade: int = 1
    last_grade: int = 12
    primary_years: int = 6

    def grade_of_cohort(self, cohort: int, birth_year: int | None) -> int | None:
        """The grade of 2023级 this year; where two stages would do, the one that fits the pupils' age."""
        passed = self.starts - cohort
        stages = ((0, self.primary_years), (self.primary_years, 9), (9, 12))
        fitting = [
            first + passed + 1
            for first, last in stages
            if 0 <= passed < last - first and self.first_grade <= first + passed + 1 <= self.last_grade
        ]
        if birth_year is None or len(fitting) < 2:
            return fitting[0] if len(fitting) == 1 else None
        due = self.starts - birth_year - 5
        return min(fitting, key=lambda grade: abs(grade - due))


@dataclass(slots=True)
class SheetReader:
    """Turns rows into records; what was said before (numbers, names, classes) is kept to notice repetitions."""

    label: str
    header: Header
    stages: Stages
    findings: Findings
    default_school: str
    today: str = ""
    _schools: dict[str, set[int]] = field(default_factory=dict)
    _classes: dict[tuple[str, str], tuple[SchoolClass, int]] = field(default_factory=dict)
    _identities: dict[str, Line] = field(default_factory=dict)
    _registrations: dict[str, Line] = field(default_factory=dict)
    _people: dict[tuple[str, str, str], Line] = field(default_factory=dict)
    _refused_classes: set[str] = field(default_factory=set)
    _refused: set[str] = field(default_factory=set)  # fields of the present row

    @property
    def year(self) -> str:
        """The name of the school year, which is also its key."""
        return f"{self.stages.starts}-{self.stages.starts + 1}"

    def read(self, line: int, row: list[str]) -> list[Item]:
        """The student of one row, his class when new, and his family; an empty list when the row is empty or wrong."""
        if not any(row):
            return []
        before = self.findings.errors
        values = self._values(line, row)
        if "name" not in values:
            if self.findings.errors == before:
                self.findings.add("required", self.label, line, "姓名")
            return []
        self._check(values, line)
        school = values.get("school_code") or self.default_school
        self._schools.setdefault(school, set())
        made: list[Item] = []
        class_key = self._class(school, values, line, made)
        key = self._key(values)
        guardians = self._family(school, key, values, line, made)
        made.append(item(school, "student", key, self.label, line, self._student(school, values, class_key, guardians)))
        return [] if self.findings.errors > before else made

    def preamble(self) -> Iterator[Item]:
        """Schools and their year; known once all rows are read."""
        for school, grades in self._schools.items():
            starts = self.stages.starts
            yield item(school, "school", school, self.label, self.header.first_data_row, School("", school or None, tuple(sorted(grades))))
            yield item(school, "school_year", self.year, self.label, 0, SchoolYear(self.year, f"{starts}-09-01", f"{starts + 1}-08-31"))
            autumn = Term(self.year, 1, "第一学期", f"{starts}-09-01", date(starts + 1, 1, 31).isoformat())
            spring = Term(self.year, 2, "第二学期", f"{starts + 1}-02-01", f"{starts + 1}-08-31")
            yield item(school, "term", f"{self.year}-1", self.label, 0, autumn)
            yield item(school, "term", f"{self.year}-2", self.label, 0, spring)

    def _values(self, line: int, row: list[str]) -> dict[str, str]:
        values: dict[str, str] = {}
        self._refused.clear()
        for place, name in enumerate(self.header.fields):
            if name is None or place >= len(row) or not row[place]:
                continue
            known = FIELDS[name]
            value, trouble = read_value(known, row[place])
            if trouble is not None:
                self._refused.add(name)
                self.findings.add(
                    trouble.code,
                    self.label,
                    line,
                    self.header.titles[place],
                    row[place],
                    trouble.severity,
                    known.secrecy,
                    **dict(trouble.params),
                )
            if value is not None:
                values[name] = value
        return values

    def _check(self, values: Mapping[str, str], line: int) -> None:
        for doubt in doubts_of(values, self.today):
            known = FIELDS[doubt.field]
            self.findings.add(
                doubt.code,
                self.label,
                line,
                known.label,
                values.get(doubt.field),
                doubt.severity,
                known.secrecy,
                **doubt.details(),
            )
        for name, seen, code in (
            ("identity_number", self._identities, "duplicate_identity"),
            ("registration_number", self._registrations, "duplicate_registration"),
        ):
            number = values.get(name)
            if number and (first := self._first(seen.setdefault(number, (self.label, line)), line)):
                self.findings.add(code, self.label, line, FIELDS[name].label, number, "error", "identity", first=first)
        if "identity_number" not in values and "registration_number" not in values:
            person = values["name"], birth_of(values) or "", values.get("school_code", "")
            if first := self._first(self._people.setdefault(person, (self.label, line)), line):
                self.findings.add("same_name_and_birth", self.label, line, "姓名", values["name"], first=first)
            if birth_of(values) is None:
                self.findings.add("hardly_known", self.label, line, "姓名", values["name"], "warning")
        is_asked = "identity_number" in self.header.fields and not self._refused & set(_NUMBERS)
        if is_asked and not any(values.get(name) for name in _NUMBERS):
            self.findings.add("no_identity", self.label, line, FIELDS["identity_number"].label, severity="warning")

    def _first(self, seen: Line, line: int) -> str:
        """Where something was said before; nothing when here for the first time."""
        return "" if seen == (self.label, line) else str(seen[1]) if seen[0] == self.label else f"{seen[1]}（{seen[0]}）"

    def _key(self, values: Mapping[str, str]) -> str:
        """What the row is known by from one sheet to the next; hashed with a key before it is stored."""
        for prefix, name in (("R", "registration_number"), ("I", "identity_number")):
            if values.get(name):
                return f"{prefix}:{values[name]}"
        return f"N:{values['name']}|{birth_of(values) or ''}|{values.get('student_number', '')}"

    def _class(self, school: str, values: Mapping[str, str], line: int, made: list[Item]) -> str | None:
        text = values.get("class")
        if not text:
            return None
        label = f"{values['grade']}|{text}" if "grade" in values else text
        key = f"{self.year}|{label}"
        if (school, key) in self._classes:
            return key
        record = self._class_record(text, values)
        if record is None:
            if label not in self._refused_classes:
                self._refused_classes.add(label)
                self.findings.add("bad_class", self.label, line, FIELDS["class"].label, text)
            return None
        self._classes[school, key] = record, line
        self._schools[school].add(record.grade)
        made.append(item(school, "class", key, self.label, line, record))
        return key

    def _class_record(self, text: str, values: Mapping[str, str]) -> SchoolClass | None:
        said = class_of(text)
        given = int(values["grade"]) if "grade" in values else None
        digits = "".join(c for c in text if c.isdigit())
        if said is None and given is None:
            return None
        grade, cohort, number = said or (given, None, int(digits[-2:]) if digits else 1)
        if cohort is not None:
            born = birth_of(values)
            grade = given or self.stages.grade_of_cohort(cohort, int(born[:4]) if born else None)
        grade = given or grade
        if grade is None or not 1 <= grade <= 12:
            return None
        first = 10 if grade > 9 else self.stages.primary_years + 1 if grade > self.stages.primary_years else 1
        return SchoolClass(self.year, grade, number, class_label(grade, number), cohort or self.stages.starts - (grade - first))

    def _family(self, school: str, key: str, values: Mapping[str, str], line: int, made: list[Item]) -> tuple[Relation, ...]:
        relations = []
        for n in range(1, MEMBERS + 1):
            said = {name: values.get(f"member{n}_{name}") for name in _MEMBER_SAID}
            name = said["name"]
            if not name:
                continue
            guardian_key = f"{key}|{n}" if not said["phone"] else f"P:{name}|{said['phone']}"
            number = self._member_number(n, said, line)
            record = Guardian(name, None, said["phone"], said["employer"], said["occupation"], said["address"], *number)
            made.append(item(school, "guardian", guardian_key, self.label, line, record))
            relations.append(Relation(guardian_key, said["relation"] or "other", said["relation_note"], said["is_guardian"] != "0", n))
        return tuple(relations)

    def _member_number(self, n: int, said: Mapping[str, str | None], line: int) -> tuple[str | None, str | None]:
        kind, number, wrong = guardian_number(said["identity_kind"], said["identity_number"])
        if wrong is not None:
            label, details = FIELDS[f"member{n}_identity_number"].label, {"detail_zh": wrong.zh, "detail_en": wrong.en}
            self.findings.add("bad_guardian_number", self.label, line, label, said["identity_number"], "warning", "identity", **details)
        return kind, number

    def _student(self, school: str, values: Mapping[str, str], class_key: str | None, guardians: tuple[Relation, ...]) -> Student:
        parts = parts_of(values)
        identity = parts.identity
        if identity and identity.identity_number and (values.get("identity_kind") or "citizen") != "citizen":
            identity = Identity(values["identity_kind"], identity.identity_number, identity.registration_number)
        record = self._classes[school, class_key][0] if class_key else None
        return Student(
            values["name"],
            values.get("former_name"),
            sex_of(values),
            birth_of(values),
            values.get("student_number"),
            class_key,
            record.grade if record else int(values["grade"]) if "grade" in values else None,
            values.get("status", "enrolled"),
            None,
            None,
            identity,
            parts.contact,
            parts.family,
            parts.economy,
            parts.health,
            parts.rest,
            guardians,
        )
