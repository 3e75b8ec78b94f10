"""One file from its reading process into the database, or, as a dry run, up to the point of writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from nuanyang.exchange.rosters.applying.copying import with_person
from nuanyang.exchange.rosters.applying.districts import join_district
from nuanyang.exchange.rosters.applying.existing import load_before, load_existing, load_people
from nuanyang.exchange.rosters.applying.leaving import END_ROLES, GIVE_ROLES, SETTLE_RETURNED, find_leavers
from nuanyang.exchange.rosters.applying.moving import Moves
from nuanyang.exchange.rosters.applying.people import PeopleImport
from nuanyang.exchange.rosters.applying.repeated import find_repeated
from nuanyang.exchange.rosters.applying.structure import StructureImport
from nuanyang.exchange.rosters.applying.tables import SECONDS, Writer
from nuanyang.exchange.rosters.applying.turns import take_turn
from nuanyang.exchange.rosters.applying.work import Work, fresh_id
from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.process import BeforeAsked, DigestAsked, Items, Progress, Reader, SchoolHead, reading_process
from nuanyang.exchange.rosters.reading.reader import Options
from nuanyang.exchange.rosters.reading.records import UNCHANGED, Before, Item, Known, Package, School, decoded
from nuanyang.exchange.rosters.rules import needs_confirmation
from nuanyang.kit.crypto import Keyring

STREAMED = frozenset({"guardian", "student", "seat", "seat_end", "about"})
Report = Callable[[int, int, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Order:
    """What shall be imported, by whom, and how far."""

    import_id: UUID
    school_id: UUID
    path: Path
    options: Options
    covers_school: bool
    is_district_wide: bool
    may_create_schools: bool
    is_applying: bool
    compares_all: bool
    today: date
    at: datetime


@dataclass(slots=True)
class Outcome:
    """What was found out, and written when it was more than a dry run."""

    package: Package | None = None
    findings: Findings = field(default_factory=Findings)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    schools: list[dict[str, Any]] = field(default_factory=list)
    needs_confirmation: bool = False
    rows_written: int = 0
    content_digest: bytes | None = None

    def add_school(self, work: Work, missing: int, present: int) -> None:
        """Add one school's counts to the whole."""
        mine: dict[str, dict[str, int]] = {}
        for (kind, what), count in sorted(work.counts.items()):
            mine.setdefault(kind, {})[what] = count
            total = self.counts.setdefault(kind, {})
            total[what] = total.get(what, 0) + count
        asks = needs_confirmation(missing, present)
        self.needs_confirmation = self.needs_confirmation or asks
        self.schools.append(
            {
                "school_id": work.existing.school_id,
                "name": work.school_name,
                "counts": mine,
                "missing": missing,
                "present": present,
                "asks": asks,
            }
        )


class RosterRun:
    """Drives the reading process and hands each school's records to its import."""

    def __init__(self, connection: Any, keyring: Keyring, order: Order, report: Report) -> None:
        self._connection, self._keyring, self._order, self._report = connection, keyring, order, report
        self._outcome = Outcome()
        self._work: Work | None = None
        self._structure: StructureImport | None = None
        self._people: PeopleImport | None = None
        self._known: Before | None = None
        self._schools: set[str] = set()
        self._done = self._total = 0
        whose = str(order.import_id), order.today
        self._moves = Moves(connection, self._outcome.findings, *whose, order.is_district_wide, order.is_applying)

    async def run(self) -> Outcome:
        """Read the file to its end; raises whatever the database raises, and the transaction is then rolled back by its owner."""
        # The transaction waits while a large file is read and joined, longer than a request ever may.
        # For the record of changes it is an import: one entry a new pupil, and one for each row of a known one that changes.
        await self._connection.execute(
            "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0; SET LOCAL app.purpose = 'import'"
        )
        if self._order.is_applying:
            whose = str(self._order.school_id)
            await take_turn(self._connection, whose, self._report, is_district_wide=self._order.is_district_wide)
        async with reading_process(self._order.path, self._order.options) as reader:
            async for event in reader.events():
                match event:
                    case Progress(phase, share):
                        await self._report(round(share * 100), 100, phase)
                    case DigestAsked(digest):
                        await reader.answer(await self._recognise(digest))
                    case BeforeAsked(package):
                        await reader.answer(await self._before(package))
                    case Package():
                        self._outcome.package = event
                        # Guardians and staff come along with the students: all are rows of users.csv, or of the one sheet.
                        self._total = event.rows.get("users") or sum(event.rows.values())
                    case SchoolHead(item):
                        await self._finish_school()
                        await self._begin_school(item, reader)
                    case Items(items):
                        await self._take(items)
            await self._finish_school()
            self._outcome.findings.merge(reader.findings)
        if not self._outcome.findings.errors:
            await self._settle_moves()
        await self._enter(str(self._order.school_id))
        return self._outcome

    async def _recognise(self, digest: bytes) -> bool:
        """Whether this very file was applied last; then all there is to do is to look after roles."""
        order, self._outcome.content_digest = self._order, digest
        if order.compares_all:
            return False
        found = await find_repeated(self._connection, str(order.school_id), order.import_id, digest, order.today, self._enter)
        if found is None:
            return False
        self._outcome.package, self._outcome.counts, self._outcome.schools = found.package, found.counts, found.schools
        self._outcome.findings.add("same_as_before", order.options.label, severity="note", on=found.on)
        for school in found.schools:
            await self._enter(school["school_id"])
            await self._settle(school["school_id"])
        return True

    async def _settle(self, school_id: str) -> None:
        """Pupils who are back, and the rights of those who teach."""
        if self._order.is_applying:
            for statement in (SETTLE_RETURNED, END_ROLES, GIVE_ROLES):
                await self._connection.execute(statement, school_id, timeout=SECONDS)

    async def _settle_moves(self) -> None:
        outcome = self._outcome
        await self._moves.settle(outcome.counts.get("student", {}), self._enter)
        for school in outcome.schools:
            school["asks"] = needs_confirmation(school["missing"], school["present"])
        outcome.needs_confirmation = any(school["asks"] for school in outcome.schools)

    async def _before(self, package: Package) -> Before:
        condition = "true" if self._order.is_district_wide else "id = $1"
        own = () if self._order.is_district_wide else (self._order.school_id,)
        rows = await self._connection.fetch(f"select id::text, code from schools where {condition}", *own)  # noqa: S608
        self._known = await load_before(self._connection, {row[0]: row[1] for row in rows}, package.source, self._enter)
        return self._known

    async def _begin_school(self, item: Item, reader: Reader) -> None:
        record = decoded("school", item.body)
        assert isinstance(record, School)  # noqa: S101 - the kind says so
        found = await self._find_school(item, record)
        if found is None:
            await reader.answer(None)
            return
        school_id, name, *grades = found
        if self._order.is_district_wide and self._order.is_applying:
            await join_district(self._connection, school_id, record.district, self._order.school_id)
        await self._enter(school_id)
        package = self._outcome.package
        assert package is not None  # noqa: S101 - told before the first school
        existing = await load_existing(self._connection, school_id, (grades[0], grades[1]), package.source)
        writer = Writer(self._connection if self._order.is_applying else None, school_id)
        self._work = Work(
            item.key,
            name,
            existing,
            writer,
            self._outcome.findings,
            self._keyring,
            str(self._order.import_id),
            package.source,
            package.form == "sheet",
            package.mode == "bulk",
            self._order.covers_school,
            self._order.today,
            self._order.at,
        )
        self._work.looks_elsewhere = await self._moves.may_find(school_id)
        self._structure, self._people = StructureImport(self._work), None
        if package.form != "sheet" and existing.entities["school"].get(item.key) != school_id:
            self._work.remember("school", item.key, school_id, None)
        if not existing.marks["student"]:  # a new source: its first record would ask for them anyway
            await load_people(self._connection, existing)
        known: Known = {} if package.form == "sheet" else {kind: existing.marks[kind] for kind in ("guardian", "student")}
        await reader.answer(known)

    async def _find_school(self, item: Item, record: School) -> tuple[str, str, int, int] | None:
        """The school a file's school stands for: by its code; or the caller's own, when the file names no code."""
        order, code = self._order, record.code or item.key
        statement = "select id::text, name, first_grade, last_grade from schools where code = $1"
        row = await self._connection.fetchrow(statement, code)
        if row is None and not record.code:
            own = "select id::text, name, first_grade, last_grade from schools where id = $1"
            row = None if order.is_district_wide else await self._connection.fetchrow(own, order.school_id)
        if row is None and order.is_district_wide and order.may_create_schools:
            return await self._create_school(code, record)
        if row is None:
            self._outcome.findings.add("unknown_school", item.file, item.line, "identifier", code, school=code)
            return None
        if not order.is_district_wide and row[0] != str(order.school_id):
            self._outcome.findings.add("other_school", item.file, item.line, "identifier", code, school=record.name or code)
            return None
        if row[0] in self._schools:
            # Of several schools without an identifier only one can be the caller's own.
            self._outcome.findings.add("one_school_twice", item.file, item.line, "identifier", code, school=row[1])
            return None
        self._schools.add(row[0])
        return row[0], row[1], row[2], row[3]

    async def _create_school(self, code: str, record: School) -> tuple[str, str, int, int]:
        school_id, grades = fresh_id(), record.grades or (1, 9)
        if self._order.is_applying:
            statement = """insert into schools (id, name, code, first_grade, last_grade, primary_years, created_at)
                           values ($1::uuid, $2, $3, $4, $5, 6, $6)"""
            await self._connection.execute(statement, school_id, record.name or code, code, grades[0], grades[-1], self._order.at)
        total = self._outcome.counts.setdefault("school", {})
        total["new"] = total.get("new", 0) + 1
        return school_id, record.name or code, grades[0], grades[-1]

    async def _enter(self, school_id: str) -> None:
        """From here on the transaction works in this school."""
        await self._connection.execute(f"SET LOCAL app.school_id = '{UUID(school_id)}'")

    async def _take(self, items: list[Item]) -> None:
        work, structure = self._work, self._structure
        if work is None or structure is None:
            return
        for item in items:
            if item.kind not in STREAMED:
                structure.take(item)
                continue
            if self._asks_for_people(work, item):
                await load_people(self._connection, work.existing)
            if self._people is None:
                self._people = PeopleImport(work)
            if item.kind == "seat" and self._known is not None and self._order.is_district_wide:
                item = await with_person(self._connection, work, item, self._known, self._enter)  # noqa: PLW2901 - the same pupil, whole
            self._people.take(item)
        self._done += sum(item.kind in STREAMED or item.kind == "staff" for item in items)
        await work.writer.pause()
        await self._report(min(self._done, self._total), self._total, "applying" if self._order.is_applying else "matching")

    @staticmethod
    def _asks_for_people(work: Work, item: Item) -> bool:
        return not work.existing.has_people and item.body != UNCHANGED and not work.is_unchanged(item.kind, work.stored_key(item.key), item)

    async def _finish_school(self) -> None:
        work, structure, people = self._work, self._structure, self._people
        if work is None or structure is None:
            return
        missing = present = 0
        if people is not None:
            people.settle_waiting()
            missing, present = await self._leavers(work, people)
            await self._moves.look_up(work)
        structure.finish()
        await work.writer.flush()
        await self._settle(work.existing.school_id)
        self._outcome.rows_written += work.writer.written
        self._outcome.add_school(work, missing, present)
        summary = self._outcome.schools[-1]
        self._moves.finished(work.existing.school_id, work.missing, summary["counts"].get("student", {}), summary)
        self._work = self._structure = self._people = None

    async def _leavers(self, work: Work, people: PeopleImport) -> tuple[int, int]:
        """A delta names who leaves; from a whole set of a school whoever is not in it does."""
        known = work.existing.entities["student"]
        is_whole = work.is_bulk and work.covers_school and bool(people.seen)
        keys = [key for key, student in known.items() if student not in people.seen] if is_whole else people.withdrawn
        if not keys:
            return 0, len(known)
        await load_people(self._connection, work.existing)
        students = {known[key] for key in keys} - people.seen
        return find_leavers(work, people, keys, await self._moves.elsewhere(work, students))


def total_counts(outcome: Outcome) -> Counter[str]:
    """What happened in all, over all kinds."""
    total: Counter[str] = Counter()
    for counts in outcome.counts.values():
        total.update(counts)
    return total
