"""Two records of one pupil become one, and, if that was a mistake, two again.

Everything that hangs on the second record is moved to the first, row by row remembered; what cannot be moved (both have a current file,
say) stays with the second, which is kept as merged.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.walls import beyond
from nuanyang.exchange.rosters.errors import DuplicateNotFound, DuplicateNotOpen
from nuanyang.exchange.rosters.models import StudentDuplicate
from nuanyang.exchange.rosters.schemas import DuplicateInput
from nuanyang.kit.clock import now, today
from nuanyang.kit.db.models import Base
from nuanyang.kit.ids import new_id
from nuanyang.school.students.models import Enrolment, ExternalId, Student
from nuanyang.school.students.service import visible_student

_OWN = ("student_duplicates", "students")
_TAKEN_OVER = ("status", "status_on", "class_id", "grade", "student_number")


async def propose(session: AsyncSession, caller: Caller, body: DuplicateInput) -> StudentDuplicate:
    """Note that two records may be one pupil."""
    for student_id in (body.student_id, body.other_id):
        await visible_student(session, caller, student_id)
    if body.student_id == body.other_id:
        raise DuplicateNotOpen
    row = await session.scalar(
        select(StudentDuplicate).where(
            StudentDuplicate.school_id == caller.school_id,
            StudentDuplicate.student_id == body.student_id,
            StudentDuplicate.other_id == body.other_id,
        )
    )
    if row is None:
        row = StudentDuplicate(school_id=caller.school_id, id=new_id(), student_id=body.student_id, other_id=body.other_id)
        row.reason, row.found_on, row.state = "by_hand", today(caller.time_zone), "suggested"
        session.add(row)
    elif row.state != "merged":
        row.state = "suggested"
    await session.flush()
    return row


async def find_pair(session: AsyncSession, caller: Caller, pair_id: UUID) -> StudentDuplicate:
    """One pair, locked until the decision is made."""
    row = await session.get(StudentDuplicate, (caller.school_id, pair_id), with_for_update=True)
    if row is None:
        raise DuplicateNotFound
    return row


async def dismiss(session: AsyncSession, caller: Caller, pair: StudentDuplicate) -> None:
    """They are two pupils."""
    if pair.state not in {"suggested", "undone"}:
        raise DuplicateNotOpen
    _decide(pair, caller, "dismissed")
    await session.flush()


async def merge(session: AsyncSession, caller: Caller, pair: StudentDuplicate) -> None:
    """They are one: the first record goes on with everything of both."""
    async with beyond(session, "merge"):  # what hangs on a record goes with it, whoever may read it
        await _merge(session, caller, pair)


async def _merge(session: AsyncSession, caller: Caller, pair: StudentDuplicate) -> None:
    if pair.state not in {"suggested", "undone"}:
        raise DuplicateNotOpen
    kept = await session.get_one(Student, (pair.school_id, pair.student_id))
    other = await session.get_one(Student, (pair.school_id, pair.other_id))
    if "merged" in {kept.status, other.status}:
        raise DuplicateNotOpen
    moved: dict[str, Any] = {"kept": _as_it_was(kept), "other": _as_it_was(other), "rows": {}}
    moved["ended"] = await _make_room(session, pair, today(caller.time_zone))
    for table, column in _hanging():
        ids = await _move(session, table, column, pair)
        if ids:
            moved["rows"][f"{table.name}.{column.name}"] = ids
    moved["keys"] = await _move_keys(session, pair)
    if other.status == "enrolled" or kept.status == "whereabouts_unverified":
        for name in _TAKEN_OVER:
            setattr(kept, name, getattr(other, name))
    other.status, other.status_on, other.merged_into_id = "merged", today(caller.time_zone), kept.id
    pair.moved = moved
    _decide(pair, caller, "merged")
    await session.flush()


async def undo(session: AsyncSession, caller: Caller, pair: StudentDuplicate) -> None:
    """It was a mistake: every moved row goes back; what was written since stays where it was written."""
    async with beyond(session, "merge"):  # what hangs on a record goes with it, whoever may read it
        await _undo(session, caller, pair)


async def _undo(session: AsyncSession, caller: Caller, pair: StudentDuplicate) -> None:
    if pair.state != "merged" or pair.moved is None:
        raise DuplicateNotOpen
    tables = {f"{table.name}.{column.name}": (table, column) for table, column in _hanging()}
    for name, ids in pair.moved["rows"].items():
        table, column = tables[name]
        await session.execute(
            update(table)
            .where(table.c.school_id == pair.school_id, table.c.id.in_([UUID(one) for one in ids]))
            .values({column.name: pair.other_id})
        )
    if pair.moved["ended"]:
        await session.execute(
            update(Enrolment)
            .where(Enrolment.school_id == pair.school_id, Enrolment.id == UUID(pair.moved["ended"]))
            .values(ends_on=None, end_reason=None)
        )
    keys = [UUID(one) for one in pair.moved["keys"]]
    await session.execute(
        update(ExternalId)
        .where(ExternalId.school_id == pair.school_id, ExternalId.id.in_(keys))
        .values(entity_id=pair.other_id, row_hash=None)
    )
    for which, student_id in (("kept", pair.student_id), ("other", pair.other_id)):
        student = await session.get_one(Student, (pair.school_id, student_id))
        _restore(student, pair.moved[which])
    pair.moved = None
    _decide(pair, caller, "undone")
    await session.flush()


def moved_counts(pair: StudentDuplicate) -> dict[str, int]:
    """How many rows of which table were moved."""
    return {name.partition(".")[0]: len(ids) for name, ids in (pair.moved or {}).get("rows", {}).items()}


def _decide(pair: StudentDuplicate, caller: Caller, state: str) -> None:
    pair.state, pair.decided_at, pair.decided_by = state, now(), caller.account_id


def _as_it_was(student: Student) -> dict[str, Any]:
    return {name: None if (value := getattr(student, name)) is None else str(value) for name in _TAKEN_OVER}


def _restore(student: Student, was: dict[str, Any]) -> None:
    student.status = was["status"]
    student.status_on = date.fromisoformat(was["status_on"]) if was["status_on"] else None
    student.class_id = UUID(was["class_id"]) if was["class_id"] else None
    student.grade = int(was["grade"]) if was["grade"] else None
    student.student_number = was["student_number"]
    student.merged_into_id = None


def _hanging() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column of every slice that points to a student."""
    for table in Base.metadata.sorted_tables:
        if table.name in _OWN:
            continue
        for key in table.foreign_key_constraints:
            columns = [column for column in key.columns if column.name not in {"school_id", "id"}]
            if key.referred_table.name == "students" and len(columns) == 1:
                yield table, columns[0]


async def _make_room(session: AsyncSession, pair: StudentDuplicate, day: date) -> str | None:
    """Both sit in a class, and a pupil sits in one: the kept record's enrolment ends, the newer one goes on."""
    seats = {
        seat.student_id: seat
        for seat in await session.scalars(
            select(Enrolment).where(
                Enrolment.school_id == pair.school_id,
                Enrolment.student_id.in_([pair.student_id, pair.other_id]),
                Enrolment.ends_on.is_(None),
            )
        )
    }
    if len(seats) < 2:
        return None
    seat = seats[pair.student_id]
    seat.ends_on = max(seat.starts_on, min(day, seats[pair.other_id].starts_on - timedelta(days=1)))
    seat.end_reason = "correction"
    await session.flush()
    return str(seat.id)


async def _move(session: AsyncSession, table: Table, column: Column[Any], pair: StudentDuplicate) -> list[str]:
    where = (table.c.school_id == pair.school_id, column == pair.other_id)
    ids = list(await session.scalars(select(table.c.id).where(*where)))
    moved = []
    for row_id in ids:
        try:
            async with session.begin_nested():
                await session.execute(update(table).where(*where, table.c.id == row_id).values({column.name: pair.student_id}))
        except DBAPIError:  # the kept record has one of these already, or the row may not be changed at all
            continue
        moved.append(str(row_id))
    return moved


async def _move_keys(session: AsyncSession, pair: StudentDuplicate) -> list[str]:
    """The sender's keys of the second record lead to the first; without fingerprints, so the next roster is read anew."""
    found = await session.scalars(
        text(
            "update external_ids set entity_id = :kept, row_hash = null where school_id = :school and kind = 'student' and entity_id = :other returning id"
        ).bindparams(kept=pair.student_id, other=pair.other_id, school=pair.school_id)
    )
    return [str(one) for one in found]
