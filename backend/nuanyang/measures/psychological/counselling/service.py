"""Reading a clinical file on a ground that is recorded, and writing its sessions."""

import json
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import DELEGATION, Caller
from nuanyang.access.audit.service import saw
from nuanyang.access.guards import expect_version
from nuanyang.access.walls import beyond
from nuanyang.kit.clock import now, today
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.errors import invalid
from nuanyang.kit.ids import new_id
from nuanyang.measures.psychological.break_glass.models import BreakGlassOpening
from nuanyang.measures.psychological.break_glass.service import living_opening, may_open
from nuanyang.measures.psychological.cases import service as cases
from nuanyang.measures.psychological.cases.errors import NoOpenCase
from nuanyang.measures.psychological.counselling import repository
from nuanyang.measures.psychological.counselling.errors import NothingChanged, NotYourCase, SessionNotFound
from nuanyang.measures.psychological.counselling.models import BEFORE, NOTE, CounsellingSession, CounsellingSessionVersion
from nuanyang.measures.psychological.counselling.rules import is_possible_day
from nuanyang.measures.psychological.counselling.schemas import (
    CounsellingCaseShown,
    CounsellingFile,
    CounsellingSessionChange,
    CounsellingSessionInput,
    CounsellingSessionShown,
    CounsellorChoice,
    GlassShown,
    Ground,
    OnCaseShown,
    SessionBefore,
)
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import demand, visible_student

_PLAIN, _SECRET = ("held_on", "minutes", "place"), ("topic", "course", "agreed", "next_on")


@dataclass(frozen=True, slots=True)
class Sight:
    """On what ground a clinical file is open to a caller at this instant; `ground` None: it is not."""

    ground: Ground | None
    opening: BreakGlassOpening | None = None


async def sight_of(session: AsyncSession, caller: Caller, student: Student) -> Sight:
    """The ground of the caller's own, or else an opening that holds at this instant."""
    if caller.may("read", "clinical", student.class_id, student.id):
        if student.id not in caller.counselled_student_ids:
            return Sight("crisis_duty")
        return Sight(DELEGATION if student.id in caller.deputised_student_ids else "case_counsellor")  # type: ignore[arg-type]
    opening = await living_opening(session, caller, student.id)
    return Sight("break_glass", opening) if opening else Sight(None)


def _past(session: AsyncSession, sight: Sight) -> AbstractAsyncContextManager[None]:
    """The walls know whose case it is; broken glass is known by its opening."""
    return beyond(session, "broken_glass") if sight.opening is not None else nullcontext()


async def _record(session: AsyncSession, caller: Caller, student_id: UUID, sight: Sight, *classes: str, **more: Any) -> None:
    """The entry of this reading; under broken glass it carries the opening and no other ground."""
    if sight.opening is not None:
        await saw(session, caller, [student_id], classes, ground=["break_glass"], break_glass=str(sight.opening.id), **more)
    else:
        await saw(session, caller, [student_id], classes, **more)


async def read_file(session: AsyncSession, caller: Caller, keyring: Keyring, student_id: UUID) -> CounsellingFile:
    """What there is, what of it is open to the caller, and what they may do. That there is something is `wellbeing`, what it says `clinical`."""
    student = await visible_student(session, caller, student_id)
    demand(caller, student, "read", "wellbeing")
    sight = await sight_of(session, caller, student)
    found = await cases.cases_of(session, caller.school_id, student.id)
    is_open = any(case.closed_on is None for case in found)
    async with _past(session, sight):
        rows = await repository.sessions_of(session, caller.school_id, student.id) if sight.ground else []
    if found:
        fields = ["sessions"] if sight.ground else None
        await _record(session, caller, student.id, sight, "wellbeing", *(["clinical"] if sight.ground else []), fields=fields)
    names_counsellors = cases.may_hand_over(caller, student) or cases.may_open(caller)
    return CounsellingFile(
        student_id=student.id,
        student_name=student.name,
        cases=[CounsellingCaseShown.model_validate(case) for case in found],
        people=[OnCaseShown.model_validate(one) for one in await cases.people_on(session, caller.school_id, student.id)],
        ground=sight.ground,
        opening=GlassShown(id=sight.opening.id, expires_at=sight.opening.expires_at) if sight.opening else None,
        sessions=await _shown(session, caller, keyring, student, rows) if sight.ground else None,
        hidden=[] if sight.ground or not found else ["clinical"],
        may_write=is_open and caller.may("write", "clinical", student.class_id, student.id),
        may_open_case=not is_open and cases.may_open(caller),
        may_hand_over=is_open and cases.may_hand_over(caller, student),
        may_break_glass=bool(found) and sight.ground is None and may_open(caller),
        choices=[CounsellorChoice(account_id=i, name=name) for i, name in await cases.counsellors(session, caller.school_id)]
        if names_counsellors
        else [],
    )


async def _shown(
    session: AsyncSession, caller: Caller, keyring: Keyring, student: Student, rows: Sequence[CounsellingSession]
) -> list[CounsellingSessionShown]:
    names = await repository.names_of(session, (row.created_by for row in rows))
    may_write = caller.may("write", "clinical", student.class_id, student.id)
    return [
        CounsellingSessionShown(
            **_values(row, keyring),
            id=row.id,
            version=row.version,
            held_by=names.get(row.created_by, ""),
            is_corrected=row.version > 1,
            may_correct=may_write,
        )
        for row in rows
    ]


def _values(row: CounsellingSession, keyring: Keyring) -> dict[str, Any]:
    note = json.loads(keyring.decrypt(row.note_cipher, NOTE, row.id))
    return {name: getattr(row, name) for name in _PLAIN} | {name: note[name] for name in _SECRET}


def _sealed(values: dict[str, Any], keyring: Keyring, column: str, row_id: UUID) -> bytes:
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return keyring.encrypt(json.dumps(plain, ensure_ascii=False), column, row_id)


async def _writable_student(session: AsyncSession, caller: Caller, student_id: UUID) -> Student:
    student = await visible_student(session, caller, student_id)
    if not caller.may("write", "clinical", student.class_id, student.id):
        raise NotYourCase
    return student


async def add_session(
    session: AsyncSession, caller: Caller, keyring: Keyring, student_id: UUID, body: CounsellingSessionInput
) -> CounsellingSessionShown:
    """Write down a session of the open case."""
    student = await _writable_student(session, caller, student_id)
    open_cases = [case for case in await cases.cases_of(session, caller.school_id, student.id) if case.closed_on is None]
    if not open_cases:
        raise NoOpenCase
    _demand_day(body.held_on)
    row = CounsellingSession(
        school_id=caller.school_id,
        id=new_id(),
        case_id=open_cases[0].id,
        student_id=student.id,
        created_at=now(),
        created_by=caller.account_id,
        **{name: getattr(body, name) for name in _PLAIN},
    )
    row.note_cipher = _sealed({name: getattr(body, name) for name in _SECRET}, keyring, NOTE, row.id)
    session.add(row)
    await session.flush()
    return (await _shown(session, caller, keyring, student, [row]))[0]


async def correct_session(
    session: AsyncSession, caller: Caller, keyring: Keyring, session_id: UUID, version: int, body: CounsellingSessionChange
) -> CounsellingSessionShown:
    """Correct a session; what it said before is kept, encrypted, with the reason."""
    row = await repository.one(session, caller.school_id, session_id)
    if row is None or not caller.may("read", "clinical", student_id=row.student_id):
        raise SessionNotFound
    student = await _writable_student(session, caller, row.student_id)
    expect_version(version, row.version)
    _demand_day(body.held_on)
    before, after = _values(row, keyring), {name: getattr(body, name) for name in (*_PLAIN, *_SECRET)}
    if json.dumps(before, default=str) == json.dumps(after, default=str):
        raise NothingChanged
    kept = CounsellingSessionVersion(
        school_id=caller.school_id,
        id=new_id(),
        session_id=row.id,
        number=row.version,
        changed_at=now(),
        changed_by=caller.account_id,
    )
    kept.before_cipher = _sealed(before | {"reason": body.reason}, keyring, BEFORE, kept.id)
    for name in _PLAIN:
        setattr(row, name, after[name])
    row.note_cipher = _sealed({name: after[name] for name in _SECRET}, keyring, NOTE, row.id)
    session.add(kept)
    await session.flush()
    return (await _shown(session, caller, keyring, student, [row]))[0]


async def versions(session: AsyncSession, caller: Caller, keyring: Keyring, session_id: UUID) -> list[SessionBefore]:
    """What a session said before its corrections, for whom the file is open."""
    async with beyond(session, "broken_glass"):  # whose session it is says which file must be open
        row = await repository.one(session, caller.school_id, session_id)
    if row is None:
        raise SessionNotFound
    student = await session.get(Student, (caller.school_id, row.student_id))
    if student is None:
        raise SessionNotFound
    sight = await sight_of(session, caller, student)
    if sight.ground is None or not caller.may("read", "basic", student.class_id, student.id):
        raise SessionNotFound
    async with _past(session, sight):
        kept = await repository.versions_of(session, caller.school_id, row.id)
    await _record(session, caller, student.id, sight, "clinical", fields=["versions"])
    names = await repository.names_of(session, (one.changed_by for one in kept))
    return [
        SessionBefore(
            number=one.number,
            changed_at=one.changed_at,
            changed_by=names.get(one.changed_by, ""),
            **json.loads(keyring.decrypt(one.before_cipher, BEFORE, one.id)),
        )
        for one in kept
    ]


def _demand_day(held_on: date) -> None:
    if not is_possible_day(held_on, today()):
        raise invalid(
            "#/held_on", "not_a_possible_day", "辅导日期不能晚于今天，也不能过早。", "The day lies in the future, or too long ago."
        )
