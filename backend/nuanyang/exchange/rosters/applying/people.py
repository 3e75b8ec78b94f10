"""Guardians and students: who is who, what changed, and which rows that makes."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple
from uuid import UUID

from nuanyang.exchange.rosters.applying.existing import Pupil, Seat
from nuanyang.exchange.rosters.applying.work import Work, fresh_id
from nuanyang.exchange.rosters.reading.records import UNCHANGED, Guardian, Identity, Item, Student, decoded
from nuanyang.exchange.rosters.reading.records import Seat as SeatRecord
from nuanyang.exchange.rosters.rules import END_REASONS, GONE, PRESENT, Room, ends_on, start_reason, starts_on
from nuanyang.school.students.pinyin import reading

IDENTITY, REGISTRATION = "student_identities.identity", "student_identities.registration"
NO_ROOM = ""
FIRST_GRADES = frozenset({1, 7, 10})


class Newcomer(NamedTuple):
    """A student nobody knows by key or number, but whose name and birth date somebody has."""

    item: Item
    key: str
    record: Student


class PeopleImport:
    """Takes the guardians and students of one school."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.seen: set[str] = set()
        self.withdrawn: list[str] = []
        self._lines: dict[str, int] = {}
        self._waiting: dict[tuple[str, str], list[Newcomer]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[str]] | None = None
        self._phones: dict[str, str | None] = {}  # guardian key → phone, of this file
        self._is_known_school = bool(work.existing.entities["student"]) or bool(work.existing.pupils)
        self._continued: set[tuple[int | None, int]] = set()

    def take_guardian(self, item: Item) -> None:
        """Match one guardian: by key, else by name and telephone."""
        work, key = self._work, self._work.stored_key(item.key)
        if not item.body or item.key in work.guardians:
            return  # withdrawn: the relation is history, and a person may still be reached; or the parent of a sibling above
        guardian = work.known("guardian", key)
        if guardian is not None and (item.body == UNCHANGED or work.is_unchanged("guardian", key, item)):
            work.guardians[item.key] = guardian
            work.count("guardian", "unchanged")
            return
        record = decoded("guardian", item.body)
        assert isinstance(record, Guardian)  # noqa: S101 - the kind says so
        self._phones[item.key] = record.phone
        if guardian is None and record.phone:
            guardian = work.existing.guardians.get((record.name, record.phone))
        table, what = ("guardians", "new") if guardian is None else ("guardians_changed", "changed")
        guardian = guardian or fresh_id()
        work.writer.add(table, (guardian, record.name, record.sex, record.phone, record.employer, record.occupation, record.address))
        work.count("guardian", what)
        if record.phone:
            work.existing.guardians[record.name, record.phone] = guardian
        work.guardians[item.key] = guardian
        work.remember("guardian", key, guardian, item.mark)

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
            work.count("student", "unchanged")
            return
        record = decoded("student", item.body)
        assert isinstance(record, Student)  # noqa: S101 - the kind says so
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
        self._change(item, key, found, record)

    def take_seat(self, item: Item) -> None:
        """A delta seats a student of whom it says nothing else."""
        work, key = self._work, self._work.stored_key(item.key)
        student = work.known("student", key)
        seat = decoded("seat", item.body)
        assert isinstance(seat, SeatRecord)  # noqa: S101 - the kind says so
        pupil = work.existing.pupils.get(student or "")
        if pupil is None:
            work.findings.add("unknown_reference", item.file, item.line, "userSourcedId", item.key, kind="users")
            return
        present = work.existing.seats.get(pupil.id)
        room = work.rooms.get(seat.class_key) or self._room(work.known("class", seat.class_key))
        if room is not None and present is not None and present.class_id == room.id:
            work.count("student", "unchanged")
            return
        status = pupil.status if pupil.status in PRESENT else "enrolled"
        nothing = (None, None, None, None, None, None)
        record = Student(pupil.name, None, pupil.sex, None, None, seat.class_key, None, status, seat.starts_on, None, *nothing, ())
        # Without the fingerprint of a whole row, so that the next whole set is read anew.
        self._change(item._replace(mark=b""), key, pupil.id, record)

    def _names(self) -> dict[tuple[str, str], list[str]]:
        if self._by_name is None:
            self._by_name = defaultdict(list)
            for pupil in self._work.existing.pupils.values():
                self._by_name[pupil.name, pupil.birth_on.isoformat() if pupil.birth_on else ""].append(pupil.id)
        return self._by_name

    def _by_number(self, identity: Identity | None) -> str | None:
        if identity is None:
            return None
        registration, number = self._indexes(identity)
        existing = self._work.existing
        return (existing.registrations.get(registration) if registration else None) or (existing.identities.get(number) if number else None)

    def _indexes(self, identity: Identity) -> tuple[bytes | None, bytes | None]:
        index = self._work.keyring.blind_index
        registered, number = identity.registration_number, identity.identity_number
        return index(registered, REGISTRATION) if registered else None, index(number, IDENTITY) if number else None

    def _is_somebody_else(self, item: Item, found: str, record: Student) -> bool:
        """Two rows for one record, or a number that another student holds."""
        work = self._work
        if found in self.seen:
            work.findings.add("duplicate_identity", item.file, item.line, "identityNumber", None, first=self._lines.get(found, 0))
            return True
        if record.identity is None:
            return False
        registration, number = self._indexes(record.identity)
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
                self._change(one.item, one.key, missing[0], one.record)
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
        phones = {self._phones.get(relation.guardian_key) for relation in record.guardians}
        if phones & self._work.existing.phones_of.get(pupil_id, set()):
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
        if room is not None and record.status == "enrolled":
            self._enrol(student, None, room, record, was_away=False)
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

    def _change(self, item: Item, key: str, student: str, record: Student) -> None:
        """A student who is known and of whom something else is said than last time."""
        work, old = self._work, self._work.existing.pupils[student]
        room = self._class_of(item, record)
        former = record.former_name or (old.name if old.name != record.name else None)
        status_on = work.today.isoformat() if record.status != old.status else None
        work.writer.add("students_changed", self._row(student, record, room, former, status_on))
        seat = work.existing.seats.get(student)
        if record.status in END_REASONS:
            self._leave(seat, END_REASONS[record.status])
        elif room is not None and (seat is None or seat.class_id != room.id):
            self._move(student, old, seat, room, record)
        if old.status not in PRESENT and record.status in PRESENT:
            work.count("student", "returning")
        if record.status in GONE and old.status not in GONE:
            work.count("student", "leaving")
            work.count("student", record.status)
        self._add_parts(item, key, student, record)
        work.count("student", "changed")

    def _leave(self, seat: Seat | None, reason: str) -> None:
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
        work, add, day = self._work, self._work.writer.add, self._work.today.isoformat()
        if record.identity is not None:
            self._add_identity(student, record.identity)
        if record.contact is not None:
            contact = record.contact
            add(
                "student_contacts",
                (
                    student,
                    contact.phone,
                    contact.address,
                    contact.household_address,
                    contact.mailing_address,
                    contact.commute_km,
                    contact.commute_by,
                ),
            )
        if record.family is not None:
            f = record.family
            facts = (f.left_behind, f.single_parent, f.raised_by_grandparents, f.migrant_child, f.only_child, f.orphan)
            add("student_families", (student, *facts, "roster", day))
        if record.economy is not None:
            e = record.economy
            add("student_economies", (student, e.needs_aid, e.receives_subsidy, e.martyr_family, e.special_groups, "roster", day))
        if record.health is not None:
            h = record.health
            add("student_healths", (student, h.health_status, h.disability, h.inclusive_placement, "roster", day))
        if record.rest is not None:
            r = record.rest
            said = (r.ethnicity, r.nationality, r.birthplace, r.native_place, r.household_kind, r.boarding)
            add("student_records", (student, *said, r.entry_kind, r.entered_month, r.source_kind, r.extra))
        self._relate(item, student, record)
        self.seen.add(student)
        self._lines[student] = item.line
        work.remember("student", key, student, item.mark)

    def _relate(self, item: Item, student: str, record: Student) -> None:
        related: set[str] = set()
        for one in record.guardians:
            guardian = self._work.guardians.get(one.guardian_key) or self._work.known("guardian", self._work.stored_key(one.guardian_key))
            if guardian is None:
                self._work.findings.add("unknown_reference", item.file, item.line, "agentSourcedIds", one.guardian_key, kind="users")
            elif guardian not in related:
                related.add(guardian)
                row = (fresh_id(), student, guardian, one.relation, one.note, one.is_guardian, one.priority)
                self._work.writer.add("student_guardians", row)

    def _add_identity(self, student: str, identity: Identity) -> None:
        registration, number = self._indexes(identity)
        if number:
            self._work.existing.identities[number] = student
        if registration:
            self._work.existing.registrations[registration] = student
        if not self._work.writer.is_writing:
            return
        seal, said, registered = self._work.keyring.encrypt, identity.identity_number, identity.registration_number
        row_id = UUID(student)
        self._work.writer.add(
            "student_identities",
            (
                student,
                identity.identity_kind,
                seal(said, IDENTITY, row_id) if said else None,
                number,
                said[-2:] if said else None,
                seal(registered, REGISTRATION, row_id) if registered else None,
                registration,
                registered[-2:] if registered else None,
                registered[0] if registered else None,
            ),
        )
