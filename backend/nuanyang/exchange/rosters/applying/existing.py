"""What a school already has, read once before its records come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from nuanyang.exchange.rosters.reading.records import Before, KnownClass
from nuanyang.exchange.rosters.rules import Room

SECONDS = 600.0
Enter = Callable[[str], Awaitable[None]]
_LETTERS = {"student": "s", "staff": "t", "guardian": "g"}
_BEFORE = """
select e.kind, e.sourced_id, y.name as year, y.starts_on, y.ends_on, c.grade, c.number, c.name, c.cohort_year
from external_ids e left join classes c on e.kind = 'class' and c.school_id = e.school_id and c.id = e.entity_id
left join school_years y on y.school_id = c.school_id and y.id = c.school_year_id
where e.school_id = $1 and e.source = $2 and e.kind in ('school', 'student', 'staff', 'guardian', 'class')"""
_PUPILS = """
select id::text, name, sex, birth_on, status, class_id::text, grade, student_number from students where school_id = $1 and status <> 'merged'"""
_SEATS = "select id::text, student_id::text, class_id::text, starts_on from enrolments where school_id = $1 and ends_on is null"
_NUMBERS = "select id::text, identity_index, registration_index from student_identities where school_id = $1"
_GUARDIANS = """
select g.id::text, g.name, g.phone, sg.student_id::text from guardians g
join student_guardians sg on sg.school_id = g.school_id and sg.guardian_id = g.id where g.school_id = $1 and g.phone is not null"""


class Pupil(NamedTuple):
    """A student as the matching needs him."""

    id: str
    name: str
    sex: str
    birth_on: date | None
    status: str
    class_id: str | None
    grade: int | None
    student_number: str | None


class Seat(NamedTuple):
    """A current enrolment."""

    id: str
    class_id: str
    starts_on: date


@dataclass(slots=True)
class Existing:
    """One school's records by whatever a file may know them by; ids are text, as they go back."""

    school_id: str
    first_grade: int
    last_grade: int
    entities: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))  # kind → key of this source → id
    marks: dict[str, dict[str, bytes]] = field(default_factory=lambda: defaultdict(dict))
    years: dict[str, tuple[str, date, date]] = field(default_factory=dict)  # name → id, first and last day
    terms: dict[tuple[str, int], str] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    class_names: dict[tuple[str, str], str] = field(default_factory=dict)  # (year id, name) → id
    staff_numbers: dict[str, str] = field(default_factory=dict)
    staff_names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[tuple[str, str, str, str], tuple[str, bool]] = field(default_factory=dict)  # class, staff, role, subject → id, current
    pupils: dict[str, Pupil] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    identities: dict[bytes, str] = field(default_factory=dict)
    registrations: dict[bytes, str] = field(default_factory=dict)
    guardians: dict[tuple[str, str], str] = field(default_factory=dict)  # (name, phone) → id
    phones_of: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # student → guardians' phones
    has_people: bool = False


async def load_existing(connection: Any, school_id: str, grades: tuple[int, int], source: str) -> Existing:
    """Everything but the people, whom an unchanged package never asks for."""
    found = Existing(school_id, *grades)

    async def rows(statement: str, *more: object) -> Any:
        return await connection.fetch(statement, school_id, *more, timeout=SECONDS)

    for kind, key, entity, mark in await rows(
        "select kind, sourced_id, entity_id::text, row_hash from external_ids where school_id = $1 and source = $2", source
    ):
        found.entities[kind][key] = entity
        if mark is not None:
            found.marks[kind][key] = mark
    days: dict[str, tuple[date, date]] = {}
    for year, name, starts, ends in await rows("select id::text, name, starts_on, ends_on from school_years where school_id = $1"):
        found.years[name], days[year] = (year, starts, ends), (starts, ends)
    for term, year, number in await rows("select id::text, school_year_id::text, number from terms where school_id = $1"):
        found.terms[year, number] = term
    for room, year, grade, number, name, cohort in await rows(
        "select id::text, school_year_id::text, grade, number, name, cohort_year from classes where school_id = $1"
    ):
        found.rooms[room] = Room(room, *days[year], grade, number, cohort)
        found.class_names[year, name] = room
    for member, name, staff_number in await rows("select id::text, name, staff_number from staff where school_id = $1"):
        found.staff_names[name].append(member)
        if staff_number:
            found.staff_numbers[staff_number] = member
    for post, room, member, role, subject, is_current in await rows(
        "select id::text, class_id::text, staff_id::text, role, coalesce(subject, ''), valid_to is null from class_staff where school_id = $1"
    ):
        found.posts[room, member, role, subject] = post, is_current
    return found


async def load_before(connection: Any, schools: dict[str, str], source: str, enter: Enter) -> Before:
    """What a delta of this source may refer to: these schools (id → code), and the people and classes its earlier files brought."""
    keys: dict[str, str] = {}
    people: list[tuple[str, str, str]] = []
    classes: list[KnownClass] = []
    for school_id, code in schools.items():
        await enter(school_id)
        rows = await connection.fetch(_BEFORE, school_id, source, timeout=SECONDS)
        school = next((row["sourced_id"] for row in rows if row["kind"] == "school"), code)
        keys[school] = code
        for row in rows:
            if row["kind"] == "class" and row["year"] is not None:
                days = row["starts_on"].isoformat(), row["ends_on"].isoformat()
                classes.append(
                    KnownClass(row["sourced_id"], school, row["year"], *days, row["grade"], row["number"], row["name"], row["cohort_year"])
                )
            elif row["kind"] in _LETTERS:
                people.append((row["sourced_id"], school, _LETTERS[row["kind"]]))
    return Before(keys, people, classes)


async def load_people(connection: Any, found: Existing) -> None:
    """The people, once the first of them is new or changed, or missing."""
    if found.has_people:
        return
    found.has_people = True

    async def rows(statement: str) -> Any:
        return await connection.fetch(statement, found.school_id, timeout=SECONDS)

    found.pupils = {row[0]: Pupil(*row) for row in await rows(_PUPILS)}
    if not found.pupils:
        return
    found.seats = {pupil: Seat(seat, room, starts) for seat, pupil, room, starts in await rows(_SEATS)}
    numbers = [row for row in await rows(_NUMBERS) if row[0] in found.pupils]
    found.identities = {identity: pupil for pupil, identity, _ in numbers if identity is not None}
    found.registrations = {registration: pupil for pupil, _, registration in numbers if registration is not None}
    # Minutes after a first import the tables have no statistics yet; a nested loop over both would be quadratic.
    await connection.execute("SET LOCAL enable_nestloop = off")
    for guardian, name, phone, pupil in await rows(_GUARDIANS):
        found.guardians.setdefault((name, phone), guardian)
        found.phones_of[pupil].add(phone)
    await connection.execute("SET LOCAL enable_nestloop = on")
