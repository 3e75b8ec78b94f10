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
Rows = Callable[..., Awaitable[Any]]
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
_GUARDIANS = "select id::text, name, phone from guardians where school_id = $1"
_GUARDIAN_NUMBERS = "select identity_index, id::text from guardian_identities where school_id = $1"
_RELATIONS = "select id::text, student_id::text, guardian_id::text, source from student_guardians where school_id = $1 and ended_on is null"
_TERMS = """
select id::text, school_year_id::text, number, withdrawn_on is not null, name, starts_on::text, ends_on::text from terms where school_id = $1"""
_POSTS = """
select id::text, class_id::text, staff_id::text, role, coalesce(subject, ''), valid_to is null, source from class_staff where school_id = $1"""


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


class Post(NamedTuple):
    """Who leads or teaches a class, or did; a source only ends what it brought."""

    id: str
    is_current: bool
    source: str | None


class KnownTerm(NamedTuple):
    """A term with its year and number, and whether the sender had taken it back."""

    id: str
    year: str
    number: int
    is_withdrawn: bool
    said: tuple[str, str, str]  # name, first and last day


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
    terms: dict[str, KnownTerm] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    class_names: dict[tuple[str, str], str] = field(default_factory=dict)  # (year id, name) → id
    staff_numbers: dict[str, str] = field(default_factory=dict)
    staff_names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[tuple[str, str, str, str], Post] = field(default_factory=dict)  # by class, staff, role, subject
    pupils: dict[str, Pupil] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    identities: dict[bytes, str] = field(default_factory=dict)
    registrations: dict[bytes, str] = field(default_factory=dict)
    guardians: dict[tuple[str, str], str] = field(default_factory=dict)  # (name, phone) → id
    guardian_names: dict[str, str] = field(default_factory=dict)
    guardian_numbers: dict[bytes, str] = field(default_factory=dict)
    relations: dict[str, dict[str, tuple[str, str | None]]] = field(default_factory=dict)  # student → guardian → id, source
    phones: dict[str, str] = field(default_factory=dict)  # guardian → phone
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
    for term, year, number, is_withdrawn, *said in await rows(_TERMS):
        found.terms[term] = KnownTerm(term, year, number, is_withdrawn, (said[0], said[1], said[2]))
    for room, year, grade, number, name, cohort in await rows(
        "select id::text, school_year_id::text, grade, number, name, cohort_year from classes where school_id = $1"
    ):
        found.rooms[room] = Room(room, *days[year], grade, number, cohort)
        found.class_names[year, name] = room
    await _load_staff(found, rows)
    return found


async def _load_staff(found: Existing, rows: Rows) -> None:
    for member, name, staff_number in await rows("select id::text, name, staff_number from staff where school_id = $1"):
        found.staff_names[name].append(member)
        if staff_number:
            found.staff_numbers[staff_number] = member
    for post, room, member, role, subject, is_current, brought_by in await rows(_POSTS):
        known = found.posts.get((room, member, role, subject))
        if known is None or is_current:  # whoever held a post twice holds it now, if at all
            found.posts[room, member, role, subject] = Post(post, is_current, brought_by)


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
    for guardian, name, phone in await rows(_GUARDIANS):
        found.guardian_names[guardian] = name
        if phone:
            found.guardians.setdefault((name, phone), guardian)
            found.phones[guardian] = phone
    found.guardian_numbers = dict(await rows(_GUARDIAN_NUMBERS))
    for relation, pupil, guardian, brought_by in await rows(_RELATIONS):
        found.relations.setdefault(pupil, {})[guardian] = relation, brought_by


def phones_of(found: Existing, pupil: str) -> set[str]:
    """The telephone numbers of a pupil's guardians."""
    return {found.phones[guardian] for guardian in found.relations.get(pupil, ()) if guardian in found.phones}
