"""Students: who is who, what changed, and which rows that makes."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from nuanyang.exchange.rosters.applying.alone import take_alone
from nuanyang.exchange.rosters.applying.existing import Pupil, Seat, phones_of
from nuanyang.exchange.rosters.applying.facts import add_facts, indexes_of
from nuanyang.exchange.rosters.applying.guardians import GuardianImport
from nuanyang.exchange.rosters.applying.work import Arrival, Work, fresh_id
from nuanyang.exchange.rosters.reading.records import UNCHANGED, Identity, Item, Student, decoded
from nuanyang.exchange.rosters.rules import END_REASONS, GONE, PRESENT, Room, ends_on, start_reason, starts_on
from nuanyang.school.students.pinyin import reading

NO_ROOM = ""
FIRST_GRADES = frozenset({1, 7, 10})


class Newcomer(NamedTuple):
    """A student nobody knows by key or number, but whose name and birth date somebody has."""

    item: Item
    key: str
    record: Student


class PeopleImport:
    """Takes the students of one school, and their guardians with them."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._guardians = GuardianImport(work)
        self.seen: set[str] = set()
        self.withdrawn: list[str] = []
        self._lines: dict[str, int] = {}
        self._waiting: dict[tuple[str, str], list[Newcomer]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[str]] | None = None
        self._is_known_school = bool(work.existing.entities["student"]) or bool(work.existing.pupils)
        self._continued: set[tuple[int | None, int]] = set()

    def take(self, item: Item) -> None:
        """One record about a person."""
        match item.kind:
            case "guardian":
                self._guardians.take(item)
            case "student":
                self.take_student(item)
            case _:
                take_alone(self._work, self, item)

    def take_student(self, item: Item) -> None:
        """Match one student: by key, by 学籍号, by identity number; never by name and birth date alone."""
        work, key = self._work, self._work.stored_key(item.key)
        found = work.known("student", key)
        if not item.body:
            if found is not None:
                self.withdrawn.append(key)  # `leaving` asks where the pupil is
            return
        if found is not None and (item.body == UNCHANGED or work.is_unchanged("student", key, item)):
            self.seen.add(found)
            self._lines[found] = item.line
            work.count("student", "unchanged")
            return
        record = decoded("student", item.body)
        assert isinstance(record, Student)  # noqa: S101 - the kind says so
        if found is not None and found in self.seen:
            # A person has merged the two records that the sender still has; the first row speaks for both.
            work.findings.add("merged_row", item.file, item.line, None, record.name, "warning", first=self._lines.get(found, 0))
            return
        if found is None or found not in work.existing.pupils:
            found = self._by_number(record.identity)
        if found is None:
            name = (record.name, record.birth_on or "")
            if name in self._names():
                self._waiting[name].append(Newcomer(item, key, record))
            else:
                self._add(item, key, record)
            return
        if self._is_somebody_else(item, found, record):
            return
        self.change(item, key, found, record)

    def _names(self) -> dict[tuple[str, str], list[str]]:
        if self._by_name is None:
            self._by_name = defaultdict(list)
            for pupil in self._work.existing.pupils.values():
                self._by_name[pupil.name, pupil.birth_on.isoformat() if pupil.birth_on else ""].append(pupil.id)
        return self._by_name

    def _by_number(self, identity: Identity | None) -> str | None:
        if identity is None:
            return None
        registration, number = indexes_of(self._work, identity)
        existing = self._work.existing
        return (existing.registrations.get(registration) if registration else None) or (existing.identities.get(number) if number else None)

    def _is_somebody_else(self, item: Item, found: str, record: Student) -> bool:
        """Two rows for one record, or a number that another student holds."""
        work = self._work
        if found in self.seen:
            work.findings.add("duplicate_identity", item.file, item.line, "identityNumber", None, first=self._lines.get(found, 0))
            return True
        if record.identity is None:
            return False
        registration, number = indexes_of(self._work, record.identity)
        for index, known, code in (
            (number, work.existing.identities, "identity_taken"),
            (registration, work.existing.registrations, "registration_taken"),
        ):
            holder = known.get(index) if index else None
            if holder is not None and holder != found and holder in work.existing.pupils:
                work.findings.add(code, item.file, item.line, None, None, name=work.existing.pupils[holder].name)
                return True
        return False

    def settle_waiting(self) -> None:
        """Newcomers who share name and birth date with somebody: one with one, and something more in common, is the same pupil."""
        for name, newcomers in self._waiting.items():
            missing = [pupil for pupil in self._names()[name] if pupil not in self.seen]
            by = self._in_common(missing[0], newcomers[0]) if len(missing) == len(newcomers) == 1 else None
            if by is not None:
                one = newcomers[0]
                self._work.findings.add("matched_by_circumstance", one.item.file, one.item.line, None, one.record.name, "warning", by=by)
                self.change(one.item, one.key, missing[0], one.record)
                continue
            for one in newcomers:
                made = self._add(one.item, one.key, one.record)
                for pupil in missing:
                    self._suggest(pupil, made, one)
        self._waiting.clear()

    def _in_common(self, pupil_id: str, one: Newcomer) -> str | None:
        """What besides name and birth date speaks for the same pupil."""
        pupil, record = self._work.existing.pupils[pupil_id], one.record
        if pupil.sex != record.sex and "unspecified" not in {pupil.sex, record.sex}:
            return None
        if record.student_number and record.student_number == pupil.student_number:
            return "学号"
        phones = {self._guardians.phones.get(relation.guardian_key) for relation in record.guardians}
        if phones & phones_of(self._work.existing, pupil_id):
            return "监护人电话"
        old, new = self._room(pupil.class_id), self._work.rooms.get(record.class_key or "")
        if old is not None and new is not None and (old.cohort_year, old.number) == (new.cohort_year, new.number):
            return "班级"
        return None

    def _suggest(self, pupil: str, made: str, one: Newcomer) -> None:
        work = self._work
        work.findings.add("possible_duplicate", one.item.file, one.item.line, None, one.record.name, "warning")
        work.writer.add("student_duplicates", (fresh_id(), pupil, made, work.import_id, "same_name_and_birth", work.today.isoformat()))
        work.count("student", "possible_duplicate")

    def _room(self, class_id: str | None) -> Room | None:
        return self._work.existing.rooms.get(class_id or NO_ROOM)

    def _add(self, item: Item, key: str, record: Student) -> str:
        """A student nobody knew."""
        work, student = self._work, fresh_id()
        room = self._class_of(item, record)
        row = self._row(student, record, room, record.former_name, None if record.status == "enrolled" else work.today.isoformat())
        work.writer.add("students", row)
        began = work.today
        if room is not None and record.status == "enrolled":
            began, _ = self._enrol(student, None, room, record, was_away=False)
        self._arrive(item, key, student, record, began, is_new=True)
        for past in record.past_class_keys:
            self._add_past(student, past, room)
        self._add_parts(item, key, student, record)
        work.count("student", "new")
        return student

    def _row(self, student: str, record: Student, room: Room | None, former: str | None, status_on: str | None) -> tuple[object, ...]:
        return (
            student,
            record.name,
            *reading(record.name),
            former,
            record.sex,
            record.birth_on,
            record.student_number,
            room.id if room else None,
            room.grade if room else record.grade,
            record.status,
            status_on,
            record.rest.entered_month + "-01" if record.rest and record.rest.entered_month else None,
        )

    def _class_of(self, item: Item, record: Student) -> Room | None:
        if record.class_key is None:
            return None
        room = self._work.rooms.get(record.class_key) or self._room(self._work.known("class", record.class_key))
        if room is None:
            self._work.findings.add("unknown_reference", item.file, item.line, None, record.class_key, kind="classes")
        return room

    def change(self, item: Item, key: str, student: str, record: Student) -> None:
        """A student who is known and of whom something else is said than last time."""
        work, old = self._work, self._work.existing.pupils[student]
        room = self._class_of(item, record)
        former = record.former_name or (old.name if old.name != record.name else None)
        status_on = work.today.isoformat() if record.status != old.status else None
        work.writer.add("students_changed", self._row(student, record, room, former, status_on))
        seat = work.existing.seats.get(student)
        if record.status in END_REASONS:
            self.leave(seat, END_REASONS[record.status])
        elif room is not None and (seat is None or seat.class_id != room.id):
            self._move(student, old, seat, room, record)
        if old.status not in PRESENT and record.status in PRESENT:
            work.count("student", "returning")
            self._arrive(item, key, student, record, work.today, is_new=False)
        if record.status in GONE and old.status not in GONE:
            work.count("student", "leaving")
            work.count("student", record.status)
        self._add_parts(item, key, student, record)
        work.count("student", "changed")

    def _arrive(self, item: Item, key: str, student: str, record: Student, began: date, *, is_new: bool) -> None:
        work = self._work
        if not work.looks_elsewhere or record.status not in PRESENT:
            return
        registration, number = indexes_of(work, record.identity) if record.identity else (None, None)
        told = (item.file, item.line, key, student, record.name, record.former_name, registration, number, began)
        work.arrivals.append(Arrival(*told, is_new))

    def leave(self, seat: Seat | None, reason: str) -> None:
        """End an enrolment today."""
        if seat is not None:
            self._work.writer.add("enrolments_ended", (seat.id, max(self._work.today, seat.starts_on).isoformat(), reason))

    def _move(self, student: str, old: Pupil, seat: Seat | None, room: Room, record: Student) -> None:
        """Promotion, placement, repeating, coming back: the old enrolment ends and another begins."""
        was_away = old.status not in PRESENT or (old.status == "suspended" and record.status == "enrolled")
        before = self._room(seat.class_id if seat else old.class_id)
        began, reason = self._enrol(student, before, room, record, was_away=was_away)
        if seat is not None:
            last = ends_on(seat.starts_on, began)
            ended = "promotion" if reason in {"promotion", "placement"} else reason if reason != "return" else "correction"
            self._work.writer.add("enrolments_ended", (seat.id, last.isoformat(), ended))
        self._work.count("student", "moved:" + reason)

    def _enrol(self, student: str, before: Room | None, room: Room, record: Student, *, was_away: bool) -> tuple[date, str]:
        work = self._work
        is_running = before is None and self._is_known_school and room.year_starts < work.today and self._is_running(room)
        # Whoever is new in a first grade in September is placed; everybody else who is new comes from another school.
        is_known = self._is_known_school and (is_running or room.grade not in FIRST_GRADES)
        reason = start_reason(
            before, room, was_away=was_away, is_known=is_known, continues=before is None or self._is_continued(before, room)
        )
        said = date.fromisoformat(record.entered_on) if record.entered_on else None
        began = starts_on(before, room, said, work.today, into_running_school=is_running)
        work.writer.add("enrolments", (fresh_id(), student, room.id, began.isoformat(), None, reason, None))
        return began, reason

    def _is_running(self, room: Room) -> bool:
        """Whether the school year of the class had pupils before this file."""
        return any(
            seat_room is not None and seat_room.year_starts == room.year_starts
            for seat_room in (self._room(seat.class_id) for seat in list(self._work.existing.seats.values())[:50])
        )

    def _is_continued(self, before: Room, room: Room) -> bool:
        """Whether some class of the file carries the old one on."""
        if before.year_starts == room.year_starts:
            return any(one.id == before.id for one in self._work.rooms.values())
        if not self._continued:
            newest = self._work.newest_year_starts
            self._continued = {(one.cohort_year, one.number) for one in self._work.rooms.values() if one.year_starts == newest}
        return (before.cohort_year, before.number) in self._continued

    def _add_past(self, student: str, class_key: str, present: Room | None) -> None:
        """An earlier year in which the package seats a new student: history, begun and ended with its year."""
        room = self._work.rooms.get(class_key)
        if room is not None and (present is None or room.year_starts < present.year_starts):
            row = (fresh_id(), student, room.id, room.year_starts.isoformat(), room.year_ends.isoformat(), "placement", "promotion")
            self._work.writer.add("enrolments", row)

    def _add_parts(self, item: Item, key: str, student: str, record: Student) -> None:
        add_facts(self._work, student, record)
        self._guardians.relate(item, student, record)
        self.seen.add(student)
        self._lines[student] = item.line
        self._work.remember("student", key, student, item.mark)
