"""Why somebody may see a student, and the record as pages."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.permissions import CASE_ROLE_NAMES, CASE_ROLES, DATA_CLASSES, ROLE_NAMES, ROLES, DataClass
from nuanyang.kit.clock import today
from nuanyang.kit.errors import Forbidden
from nuanyang.kit.paging import encode_cursor
from nuanyang.measures.psychological.break_glass.service import living_opening
from nuanyang.oversight.audit_trail import repository
from nuanyang.oversight.audit_trail.schemas import Access, Entry, Ground
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import StudentNotFound

GLASS_NAME = ("紧急查阅", "Break-glass")


async def visible_student(session: AsyncSession, caller: Caller, student_id: UUID) -> Student:
    """The student, when the caller sees anything of them."""
    student = await session.get(Student, (caller.school_id, student_id))
    if student is None or not caller.may("read", "basic", student.class_id, student.id):
        raise StudentNotFound
    return student


async def access_to(session: AsyncSession, caller: Caller, student: Student, *, zh: bool) -> Access:
    """Every role and case on whose strength the caller sees something of this student."""
    grounds = []
    held_today = await repository.assignments_of(session, caller.school_id, caller.account_id, today())
    deputised = await repository.lenders_of(session, caller.school_id, held_today)
    for row in held_today:
        is_case = row.role in CASE_ROLES
        held = next((h for h in caller.roles if h.role == row.role and h.scope_kind == row.scope_kind), None)
        reaches = row.scope_id == student.id if row.scope_kind == "student" else held is not None and held.scope.covers(student.class_id)
        if row.scope_kind == "class":
            reaches = row.scope_id == student.class_id
        rights = CASE_ROLES[row.role] if is_case else ROLES.get(row.role, {})
        # A clinical right without the office of a counsellor opens nothing.
        opened = [
            c
            for c in DATA_CLASSES
            if "read" in rights.get(c, ()) and (c != "clinical" or caller.may("read", c, student.class_id, student.id))
        ]
        if reaches and opened:
            name = (CASE_ROLE_NAMES if is_case else ROLE_NAMES).get(row.role, (row.role, row.role))[0 if zh else 1]
            grounds.append(
                Ground(
                    kind="case" if is_case else "role",
                    role=row.role,
                    name=name,
                    scope=row.scope_kind,  # type: ignore[arg-type]
                    valid_to=row.valid_to,
                    deputy_of=deputised.get(row.delegated_from),
                    until=None,
                    data_classes=opened,
                )
            )
    opening = await living_opening(session, caller, student.id)
    if opening is not None:
        grounds.append(
            Ground(
                kind="break_glass",
                role="break_glass",
                name=GLASS_NAME[0 if zh else 1],
                scope="student",
                valid_to=None,
                deputy_of=None,
                until=opening.expires_at,
                data_classes=["clinical"],
            )
        )
    hidden = cast("list[DataClass]", [c for c in caller.hidden(student.class_id, student.id) if c != "clinical" or opening is None])
    return Access(
        student_name=student.name, grounds=grounds, hidden=hidden, may_see_record=await may_see_record(session, caller, student.id)
    )


async def may_see_record(session: AsyncSession, caller: Caller, student_id: UUID) -> bool:
    """The principal, and the counsellor on the case; by the same rows at which the database looks once more."""
    if caller.has_duty("read_audit"):
        return True
    if student_id in caller.counselled_student_ids:
        return True
    return caller.has_duty("read_audit_of_case") and await repository.leads(session, caller, student_id)


async def student_record(
    session: AsyncSession, caller: Caller, student_id: UUID, before: tuple[Any, UUID] | None, limit: int
) -> tuple[Sequence[Any], str | None, dict[UUID | None, str]]:
    """A page of who has seen and changed what of a student: rows, the next cursor, names of accounts."""
    await visible_student(session, caller, student_id)
    if not await may_see_record(session, caller, student_id):
        raise Forbidden
    rows = await repository.entries_of_student(session, student_id, before, limit + 1)
    await showed(session, caller, ((student_id, c) for row in rows[:limit] for c in row.data_classes))
    return await _paged(session, rows, limit)


async def school_record(
    session: AsyncSession, caller: Caller, before: tuple[Any, UUID] | None, limit: int, **filters: Any
) -> tuple[Sequence[Any], str | None, dict[UUID | None, str]]:
    """A page of the school's record."""
    if not caller.has_duty("read_audit"):
        raise Forbidden
    rows = await repository.entries_of_school(session, before=before, at_most=limit + 1, **filters)
    # Of a list the page only says how many were on it.
    await showed(session, caller, ((row.student_id, c) for row in rows[:limit] if row.student_id for c in row.data_classes))
    return await _paged(session, rows, limit)


async def _paged(session: AsyncSession, rows: Sequence[Any], limit: int) -> tuple[Sequence[Any], str | None, dict[UUID | None, str]]:
    shown = rows[:limit]
    cursor = encode_cursor(shown[-1].at.isoformat(), shown[-1].id) if len(rows) > limit else None
    return shown, cursor, await repository.names_of(session, (row.account_id for row in shown))


def fields_of(row: Any, names: dict[UUID | None, str]) -> dict[str, Any]:
    """An entry's columns as its schema names them."""
    plain = {name: getattr(row, name) for name in Entry.model_fields if name not in ("account_name", "fields", "ground", "break_glass_id")}
    return {**plain, "account_name": names.get(row.account_id), "fields": row.fields or [], "ground": row.ground or [], **_glass(row)}


def _glass(row: Any) -> dict[str, Any]:
    return {"break_glass_id": (row.details or {}).get("break_glass")}
