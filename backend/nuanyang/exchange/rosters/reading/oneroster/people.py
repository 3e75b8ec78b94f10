"""Staff, guardians and students of one school as records, streamed out of the joins.

What a sender says about someone is hashed before it is read: whoever is as he was last time is passed on as unchanged, unread.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from nuanyang.exchange.rosters.reading.codes import stored_value
from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.names import clean_name, full_name, grade_of
from nuanyang.exchange.rosters.reading.oneroster import chinese
from nuanyang.exchange.rosters.reading.oneroster.loading import Loaded
from nuanyang.exchange.rosters.reading.oneroster.structure import GONE, Cells, Structure
from nuanyang.exchange.rosters.reading.records import (
    UNCHANGED,
    ClassStaff,
    Guardian,
    Item,
    Marker,
    Relation,
    Staff,
    Student,
    item,
    withdrawn,
)
from nuanyang.exchange.rosters.reading.sheet.cells import read_value
from nuanyang.exchange.rosters.reading.sheet.fields import STUDENT as FIELDS
from nuanyang.exchange.rosters.reading.sheet.fields import Field
from nuanyang.exchange.rosters.reading.students import birth_of, doubts_of, guardian_number, parts_of, sex_of

USERS = "users.csv"
READER, GUARDIAN_READER = "1", "2"  # go into every fingerprint: count them up when the same row must be read anew
_STAFF = """
select u.id, u.line, u.status, u.row, d.row from members m join users u on u.id = m.user left join demographics d on d.id = m.user
where m.school = ? and m.kind = 't' order by m.user"""
_STUDENTS = """
select u.id, u.line, u.status, u.row, d.row, p.class, p.starts from members m join users u on u.id = m.user
left join demographics d on d.id = m.user left join seats p on p.user = m.user and p.school = m.school and p.rank = 1
where m.school = ? and m.kind = 's' order by p.class, m.user"""
_GUARDIANS = """
select u.id, u.line, u.status, u.row, d.row
from (select distinct a.agent as agent from members m join agents a on a.user = m.user where m.school = ? and m.kind = 's') g
join users u on u.id = g.agent left join demographics d on d.id = u.id order by u.id"""
# A delta changes a guardian without naming the children again.
_KNOWN_GUARDIANS = """
select u.id, u.line, u.status, u.row, d.row from known k join users u on u.id = k.user left join demographics d on d.id = u.id
where k.school = ? and k.kind = 'g'
and not exists (select 1 from agents a join members m on m.user = a.user and m.kind = 's' and m.school = k.school where a.agent = k.user)
order by u.id"""
_PAST = "select class from seats where user = ? and school = ? and rank > 1 order by rank"
_AGENTS = """
select a.agent, (select r.role from roles r where r."userSourcedId" = a.agent limit 1) from agents a where a.user = ? order by a.position"""
_TEACHERS = """
select e.line, e."classSourcedId", e."userSourcedId", e."primary", e."metadata.cn.subject"
from enrollments e join members m on m.user = e."userSourcedId" and m.kind = 't'
where m.school = ? and e.role not in ('student', 'proctor') and e.status <> 'tobedeleted' order by e."classSourcedId", e.line"""
_GUARDIAN_NUMBER = (("identity_kind", chinese.IDENTITY_KIND), ("identity_number", chinese.IDENTITY_NUMBER))
# Where a field of a student is said; birth and sex stand in the row of the same person in demographics.csv.
_COLUMN_OF = {field: f"metadata.cn.{name}" for name, field in chinese.STUDENT.items()} | {"birth_on": "birthDate", "sex": "sex"}
_ROLES = """select role from roles where "userSourcedId" = ? and status <> 'tobedeleted'"""


class Seat(NamedTuple):
    """Where a student sits: the class, since when as far as it is said, its grade, and the classes of earlier years."""

    class_key: str | None
    starts: str | None
    grade: int | None
    past: tuple[str, ...]


class People:
    """Reads the people of a loaded package; findings about single values go to `findings`."""

    def __init__(self, loaded: Loaded, structure: Structure, findings: Findings, marker: Marker, today: str) -> None:
        self._run, self._structure, self._findings, self._marker = loaded.database.execute, structure, findings, marker
        self._today = today
        self._users, self._demographics = loaded.columns.get("users", {}), loaded.columns.get("demographics", {})
        # Only the extension columns that the header has are looked at: a package without any costs nothing.
        said = [(f"metadata.cn.{name}", FIELDS[field]) for name, field in chinese.STUDENT.items()]
        self._extensions = [(self._users[column], column, field) for column, field in said if column in self._users]

    def staff(self, school: str) -> Iterator[Item]:
        """Staff of a school."""
        for key, line, status, row, about in self._run(_STAFF, (school,)):
            if status == GONE:
                yield withdrawn(school, "staff", key, USERS, line)
                continue
            cells = Cells(self._users, row)
            roles = {role for (token,) in self._run(_ROLES, (key,)) if (role := chinese.role_of(token)) is not None}
            record = Staff(
                self._name(cells, line),
                cells[chinese.STAFF_NUMBER] or cells["identifier"] or None,
                self._sex(cells, about),
                cells["sms"] or cells["phone"] or None,
                cells["email"] or None,
                cells["username"] or None,
                tuple(sorted(roles)),
                cells["enabledUser"] != "false",
            )
            yield item(school, "staff", key, USERS, line, record)

    def class_staff(self, school: str) -> Iterator[Item]:
        """Who leads and who teaches the homeroom classes; a scheduled class counts for the homeroom class it names."""
        led: set[str] = set()
        for line, class_key, user, primary, said in self._run(_TEACHERS, (school,)):
            group = self._structure.classes.get(class_key)
            home = None if group is None or group.gone else class_key if group.is_homeroom else group.home_class
            target = self._structure.classes.get(home) if home else None
            if group is None or home is None or target is None or target.record is None:
                continue
            leads = group.is_homeroom and primary == "true" and home not in led
            if leads:
                led.add(home)
            subject = said or (None if group.is_homeroom else group.subject)
            if leads and subject:  # who leads a class and teaches it is both
                yield self._class_staff(school, line, ClassStaff(home, user, "subject_teacher", subject))
            yield self._class_staff(
                school, line, ClassStaff(home, user, "homeroom_teacher" if leads else "subject_teacher", None if leads else subject)
            )

    @staticmethod
    def _class_staff(school: str, line: int, record: ClassStaff) -> Item:
        key = f"{record.class_key}|{record.staff_key}|{record.role}|{record.subject or ''}"
        return item(school, "class_staff", key, "enrollments.csv", line, record)

    def guardians(self, school: str, known: Mapping[str, bytes]) -> Iterator[Item]:
        """Everybody whom a student of the school names as an agent."""
        mark_of = self._marker.of
        rows = itertools.chain(self._run(_GUARDIANS, (school,)), self._run(_KNOWN_GUARDIANS, (school,)))
        for key, line, status, row, about in rows:
            mark = mark_of(GUARDIAN_READER, row, about or "")
            if status == GONE:
                yield withdrawn(school, "guardian", key, USERS, line)
            elif known.get(key) == mark:
                yield Item(school, "guardian", key, USERS, line, UNCHANGED, mark)
            else:
                yield item(school, "guardian", key, USERS, line, self._guardian(Cells(self._users, row), line, about), mark)

    def _guardian(self, cells: Cells, line: int, about: str | None) -> Guardian:
        return Guardian(
            self._name(cells, line),
            self._sex(cells, about),
            cells["sms"] or cells["phone"] or None,
            cells[chinese.EMPLOYER] or None,
            cells[chinese.OCCUPATION] or None,
            cells[chinese.ADDRESS] or None,
            *self._guardian_number(cells, line),
        )

    def _guardian_number(self, cells: Cells, line: int) -> tuple[str | None, str | None]:
        text = cells[chinese.IDENTITY_NUMBER]
        if not text:
            return None, None
        said = [self._value(FIELDS[name], column, cells[column], line) for name, column in _GUARDIAN_NUMBER]
        kind, number, wrong = guardian_number(said[0], said[1])
        if wrong is not None:
            details = {"detail_zh": wrong.zh, "detail_en": wrong.en}
            self._findings.add("bad_guardian_number", USERS, line, chinese.IDENTITY_NUMBER, text, "warning", "identity", **details)
        return kind, number

    def students(self, school: str, known: Mapping[str, bytes]) -> Iterator[Item]:
        """Students of a school, class by class."""
        classes, mark_of = self._structure.classes, self._marker.of
        for key, line, status, row, about, class_key, starts in self._run(_STUDENTS, (school,)):
            group = classes.get(class_key) if class_key else None
            grade = group.record.grade if group and group.record else None
            past = tuple(earlier for (earlier,) in self._run(_PAST, (key, school))) if class_key else ()
            mark = mark_of(READER, row, about or "", class_key or "", starts or "", str(grade), *past)
            if status == GONE:
                yield withdrawn(school, "student", key, USERS, line)
            elif known.get(key) == mark:
                yield Item(school, "student", key, USERS, line, UNCHANGED, mark)
            else:
                record = self._student(key, line, row, about, Seat(class_key, starts, grade, past))
                yield item(school, "student", key, USERS, line, record, mark)

    def _student(self, key: str, line: int, row: str, about: str | None, seat: Seat) -> Student:
        cells = Cells(self._users, row)
        values = self._values(cells.cells, line)
        if about is not None:
            self._add_demographics(values, about)
        phone = cells["sms"] or cells["phone"]
        if phone:
            values.setdefault("phone", phone)
        self._doubt(values, line)
        parts = parts_of(values)
        return Student(
            self._name(cells, line),
            values.get("former_name"),
            sex_of(values),
            birth_of(values),
            values.get("student_number") or cells["identifier"] or None,
            seat.class_key,
            seat.grade or next((g for part in cells["grades"].split(",") if (g := grade_of(part))), None),
            values.get("status", "enrolled"),
            seat.starts or None,
            cells["username"] or None,
            *parts,
            self._relations(key, cells),
            seat.past,
        )

    def _add_demographics(self, values: dict[str, str], about: str) -> None:
        cells = Cells(self._demographics, about)
        if cells["birthDate"]:
            values["birth_on"] = cells["birthDate"]
        if cells["sex"] in {"male", "female"}:
            values["sex"] = cells["sex"]

    def _values(self, cells: list[str], line: int) -> dict[str, str]:
        values: dict[str, str] = {}
        for place, column, field in self._extensions:
            if (text := cells[place]) and (value := self._value(field, column, text, line)) is not None:
                values[field.name] = value
        return values

    def _value(self, field: Field, column: str, text: str, line: int) -> str | None:
        value, trouble = read_value(field, text)
        if trouble is not None:
            self._findings.add(trouble.code, USERS, line, column, text, trouble.severity, field.secrecy, **dict(trouble.params))
        return value

    def _doubt(self, values: dict[str, str], line: int) -> None:
        for doubt in doubts_of(values, self._today):
            column, secrecy = _COLUMN_OF.get(doubt.field, doubt.field), FIELDS[doubt.field].secrecy
            self._findings.add(doubt.code, USERS, line, column, values.get(doubt.field), doubt.severity, secrecy, **doubt.details())

    def _relations(self, key: str, cells: Cells) -> tuple[Relation, ...]:
        if not cells["agentSourcedIds"]:
            return ()
        agents = [agent.strip() for agent in cells["agentSourcedIds"].split(",")]
        said = cells[chinese.RELATIONS].split(",")
        if said[0] and len(said) >= len(agents):
            return tuple(_relation(agent, code, place) for place, (agent, code) in enumerate(zip(agents, said, strict=False), 1))
        roles = self._run(_AGENTS, (key,)).fetchall()
        return tuple(
            Relation(agent, chinese.RELATIONSHIPS.get(role or "", "other"), None, role != "relative", place)
            for place, (agent, role) in enumerate(roles, 1)
        )

    def _name(self, cells: Cells, line: int) -> str:
        name = clean_name(cells[chinese.FULL_NAME] or full_name(cells["familyName"], cells["givenName"], cells["middleName"]))
        if len(name) > 100:
            self._findings.add("cell_too_long", USERS, line, "familyName", name, limit=100)
        return name

    def _sex(self, cells: Cells, about: str | None) -> str | None:
        said = Cells(self._demographics, about)["sex"] if about is not None else ""
        if said in {"male", "female"}:
            return said
        return stored_value("sex", cells[chinese.SEX]) if cells[chinese.SEX] else None


def _relation(agent: str, said: str, place: int) -> Relation:
    """`51:1` is the father, who is a 监护人."""
    code, _, guardian = said.strip().partition(":")
    return Relation(agent, chinese.RELATIONSHIPS.get(code, "other"), None, guardian != "0", place)
