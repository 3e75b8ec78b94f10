"""Pupils who move between two schools of the district: the record in the old school closes, the new one remembers where it came from.

Whoever imports one school learns of another no more than that a pupil comes from there. The search runs in a function of the database that
answers with ids; the old school's rows are then written in its own row-level-security context, where its people find the move on their list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from nuanyang.exchange.rosters.applying.existing import Seat
from nuanyang.exchange.rosters.applying.leaving import close
from nuanyang.exchange.rosters.applying.tables import SECONDS, Writer
from nuanyang.exchange.rosters.applying.turns import hold_too
from nuanyang.exchange.rosters.applying.work import Arrival, Work, fresh_id
from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.rules import PRESENT, Room, ends_on, has_graduated, is_of_compulsory_age

Enter = Callable[[str], Awaitable[None]]
_ELSEWHERE = "select place, school_id::text, student_id::text, is_named_so, is_present from pupils_elsewhere($1, $2, $3, $4)"
_NUMBERS = """
select i.id::text, i.registration_index, i.identity_index, s.name, s.former_name from student_identities i
join students s on s.school_id = i.school_id and s.id = i.id where i.school_id = $1 and i.id = any($2::uuid[])"""
_OLD = """
select s.id::text, s.status, s.class_id::text, s.birth_on, s.grade, c.grade as class_grade, c.number, c.cohort_year, y.starts_on, y.ends_on,
  e.id::text as seat, e.class_id::text as seat_class, e.starts_on as seated_on, h.last_grade
from students s join schools h on h.id = s.school_id
left join classes c on c.school_id = s.school_id and c.id = s.class_id
left join school_years y on y.school_id = c.school_id and y.id = c.school_year_id
left join enrolments e on e.school_id = s.school_id and e.student_id = s.id and e.ends_on is null
where s.school_id = $1 and s.id = any($2::uuid[])"""


class Old(NamedTuple):
    """A pupil's record in another school."""

    school: str
    student: str
    is_named_so: bool
    is_present: bool


@dataclass(slots=True)
class Seen:
    """One school that the file has told about: whom it misses by key, and its counts to put right."""

    missing: dict[str, str]
    student_counts: dict[str, int]
    summary: dict[str, Any]


@dataclass(slots=True)
class Moves:
    """Collects arrivals school by school, and settles them when the whole file is read."""

    connection: Any
    findings: Findings
    import_id: str
    today: date
    is_district_wide: bool
    is_applying: bool
    _with_pupils: frozenset[str] | None = None
    _names: dict[str, str] = field(default_factory=dict)
    _arrivals: list[tuple[str, Arrival, Old | None]] = field(default_factory=list)
    _seen: dict[str, Seen] = field(default_factory=dict)
    _closing: dict[str, list[tuple[str, str, date]]] = field(
        default_factory=lambda: defaultdict(list)
    )  # school → student, new school, since

    async def may_find(self, school: str) -> bool:
        """Whether another school of the district had pupils before this import."""
        if self._with_pupils is None:
            rows = await self.connection.fetch("select district_schools_with_pupils()::text", timeout=SECONDS)
            self._with_pupils = frozenset(row[0] for row in rows)
        return bool(self._with_pupils - {school})

    async def look_up(self, work: Work) -> None:
        """Look for the arrivals of one school, while the transaction is in it."""
        school = work.existing.school_id
        found = await self._found([(a.registration, a.identity, a.name, a.former_name) for a in work.arrivals])
        self._arrivals += [(school, arrival, found.get(place)) for place, arrival in enumerate(work.arrivals)]
        work.arrivals = []

    async def elsewhere(self, work: Work, students: Iterable[str]) -> Mapping[str, str]:
        """Of pupils a school misses, those who are in another one of the district by now: student → school."""
        if not work.looks_elsewhere:
            return {}
        school = work.existing.school_id
        # Whom this very file has in another school is put right at its end, in the dry run as in the real one.
        here = {old.student for _, _, old in self._arrivals if old is not None and old.school == school}
        rows = await self.connection.fetch(_NUMBERS, school, list(set(students) - here), timeout=SECONDS)
        found = await self._found([tuple(row[1:]) for row in rows])
        return {rows[place][0]: old.school for place, old in found.items() if old.is_named_so and old.is_present}

    async def _found(self, asked: list[tuple[Any, ...]]) -> dict[int, Old]:
        if not any(one[0] or one[1] for one in asked):
            return {}
        rows = await self.connection.fetch(_ELSEWHERE, *map(list, zip(*asked, strict=True)), timeout=SECONDS)
        return {row[0] - 1: Old(*row[1:]) for row in rows}

    def finished(self, school: str, missing: dict[str, str], student_counts: dict[str, int], summary: dict[str, Any]) -> None:
        """Remember whom a school of this file misses: in a district's package they may be in the next school."""
        self._seen[school] = Seen(missing, student_counts, summary)

    async def settle(self, totals: dict[str, int], enter: Enter) -> None:
        """Tell of every move; when applying, close the old records and let the new ones remember them."""
        by_key = {key: Old(school, student, True, True) for school, seen in self._seen.items() for key, student in seen.missing.items()}
        came: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for school, arrival, by_number in self._arrivals:
            # In one package of a district a key means one person, whatever the school.
            old = by_number or (by_key.get(arrival.key) if self.is_district_wide else None)
            if old is None or old.school == school:
                continue
            await self._tell(school, arrival, old)
            if old.is_named_so and arrival.is_new:
                came[school].append((arrival.student, old.school, old.student))
                for counts in (totals, self._seen[school].student_counts):
                    counts["from_district"] = counts.get("from_district", 0) + 1
        self._correct(totals)
        if self.is_applying:
            await self._remember(came, enter)
            await self._close(enter)

    async def _tell(self, school: str, arrival: Arrival, old: Old) -> None:
        where = await self._name(old.school)
        place = arrival.file, arrival.line, None, arrival.name
        if not old.is_named_so:
            self.findings.add("number_elsewhere", *place, "warning", school=where)
            return
        if self._is_over(old, arrival):
            self._closing[old.school].append((old.student, school, arrival.begins_on))
            self.findings.add("came_from", *place, "note", school=where)
        elif old.is_present:
            self.findings.add("also_elsewhere", *place, "warning", school=where)
        else:
            self.findings.add("was_at", *place, "note", school=where)

    def _is_over(self, old: Old, arrival: Arrival) -> bool:
        """Whether the old record closes: not while the same file still has the pupil there, nor when he only came back here by one school's word."""
        seen = self._seen.get(old.school)
        if seen is not None:
            return old.student in seen.missing.values()
        return arrival.is_new or (self.is_district_wide and old.is_present)

    def _correct(self, totals: dict[str, int]) -> None:
        """Whoever one school of the file missed and another one has is not missing."""
        for school, closing in self._closing.items():
            seen = self._seen.get(school)
            moved = len({student for student, _, _ in closing})
            if seen is None or not moved:
                continue
            for counts in (totals, seen.student_counts):
                counts["whereabouts_unverified"] -= moved
                counts["transferred_out"] = counts.get("transferred_out", 0) + moved
                if not counts["whereabouts_unverified"]:
                    del counts["whereabouts_unverified"]
            seen.summary["missing"] -= moved

    async def _remember(self, came: dict[str, list[tuple[str, str, str]]], enter: Enter) -> None:
        for school, rows in sorted(came.items()):
            await enter(school)
            writer = Writer(self.connection, school)
            for row in rows:
                writer.add("students_came", row)
            await writer.flush()

    async def _close(self, enter: Enter) -> None:
        for school, closing in sorted(self._closing.items()):
            if not self.is_district_wide:
                await hold_too(self.connection, school)
            await enter(school)
            since = {student: (new_school, began) for student, new_school, began in closing}
            writer = Writer(self.connection, school)
            for row in await self.connection.fetch(_OLD, school, list(since), timeout=SECONDS):
                self._close_one(writer, row, *since[row["id"]])
            await writer.flush()

    def _close_one(self, writer: Writer, row: Any, new_school: str, began: date) -> None:
        if row["status"] not in PRESENT and row["status"] != "whereabouts_unverified":
            return
        room = None
        if row["class_grade"] is not None:
            room = Room(row["class_id"], row["starts_on"], row["ends_on"], row["class_grade"], row["number"], row["cohort_year"])
        seat = Seat(row["seat"], row["seat_class"], row["seated_on"]) if row["seat"] else None
        status = "graduated" if has_graduated(room, row["last_grade"], began) else "transferred_out"
        last = min(self.today, ends_on(seat.starts_on if seat else began, began))
        close(writer, row["id"], seat, status, last)
        is_compulsory = is_of_compulsory_age(row["birth_on"], row["grade"], self.today)
        check = (fresh_id(), row["id"], self.import_id, self.today.isoformat(), row["class_id"], is_compulsory, status, new_school)
        writer.add("whereabouts_found", check)

    async def _name(self, school: str) -> str:
        if school not in self._names:
            self._names[school] = await self.connection.fetchval("select name from schools where id = $1", school)
        return self._names[school]
