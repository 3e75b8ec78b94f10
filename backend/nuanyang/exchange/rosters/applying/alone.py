"""What a delta says of known people without saying anything else: a new class, none any more, birth date and sex."""

from __future__ import annotations

from typing import Protocol

from nuanyang.exchange.rosters.applying.existing import Pupil, Seat
from nuanyang.exchange.rosters.applying.work import Work
from nuanyang.exchange.rosters.reading.records import About, Item, Student, decoded
from nuanyang.exchange.rosters.reading.records import Seat as SeatRecord
from nuanyang.exchange.rosters.rules import PRESENT, Room


class Students(Protocol):
    """The import of students, as far as it is needed here."""

    def change(self, item: Item, key: str, student: str, record: Student) -> None: ...

    def leave(self, seat: Seat | None, reason: str) -> None: ...


def take_alone(work: Work, students: Students, item: Item) -> None:
    """One such record. The fingerprint of the whole row is forgotten, so that the next whole set is read anew."""
    body = decoded(item.kind, item.body)
    match body:
        case SeatRecord() if item.kind == "seat":
            _seat(work, students, item, body)
        case SeatRecord():
            _end_seat(work, students, item, body)
        case About():
            _about(work, item, body)
        case _:
            pass


def _seat(work: Work, students: Students, item: Item, seat: SeatRecord) -> None:
    pupil, room = _pupil(work, item), _room(work, seat)
    if pupil is None:
        work.findings.add("unknown_reference", item.file, item.line, "userSourcedId", item.key, kind="users")
        return
    present = work.existing.seats.get(pupil.id)
    if room is not None and present is not None and present.class_id == room.id:
        work.count("student", "unchanged")
        return
    status = pupil.status if pupil.status in PRESENT else "enrolled"
    nothing = (None, None, None, None, None, None)
    record = Student(pupil.name, None, pupil.sex, None, None, seat.class_key, None, status, seat.starts_on, None, *nothing, ())
    students.change(item._replace(mark=b""), work.stored_key(item.key), pupil.id, record)


def _end_seat(work: Work, students: Students, item: Item, seat: SeatRecord) -> None:
    pupil, room = _pupil(work, item), _room(work, seat)
    present = work.existing.seats.get(pupil.id) if pupil is not None else None
    if pupil is None or room is None or present is None or present.class_id != room.id:
        work.count("student", "unchanged")
        return
    students.leave(present, "correction")
    del work.existing.seats[pupil.id]
    work.writer.add("students_unseated", (pupil.id,))
    work.remember("student", work.stored_key(item.key), pupil.id, b"")
    work.count("student", "changed")


def _about(work: Work, item: Item, about: About) -> None:
    entity = work.known(about.kind, work.stored_key(item.key))
    pupil = work.existing.pupils.get(entity or "")
    if entity is None or (about.kind == "student" and pupil is None):
        work.findings.add("not_alone", item.file, item.line, "sourcedId", item.key, "warning")
    elif pupil is None and about.sex is None:
        work.count(about.kind, "unchanged")
    elif pupil is None:
        work.writer.add("guardians_sex" if about.kind == "guardian" else "staff_sex", (entity, about.sex))
        work.count(about.kind, "changed")
    else:
        _about_pupil(work, item, about, pupil)


def _about_pupil(work: Work, item: Item, about: About, pupil: Pupil) -> None:
    known = pupil.birth_on.isoformat() if pupil.birth_on else None
    born, sex = about.birth_on or known, about.sex or pupil.sex
    if (born, sex) == (known, pupil.sex):
        work.count("student", "unchanged")
        return
    work.writer.add("students_about", (pupil.id, born, sex))
    work.remember("student", work.stored_key(item.key), pupil.id, b"")
    work.count("student", "changed")


def _pupil(work: Work, item: Item) -> Pupil | None:
    return work.existing.pupils.get(work.known("student", work.stored_key(item.key)) or "")


def _room(work: Work, seat: SeatRecord) -> Room | None:
    return work.rooms.get(seat.class_key) or work.existing.rooms.get(work.known("class", seat.class_key) or "")
