"""Finding one student for a caller: invisible is not found, whatever the reason. And the one way in which the own record is written."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import Scope
from nuanyang.kit.clock import now
from nuanyang.kit.errors import Forbidden, NotFound
from nuanyang.school.students.models import Student, StudentContact
from nuanyang.school.students.pinyin import reading


class StudentNotFound(NotFound):
    """No such student in the caller's reach."""

    code, zh, en = "student_not_found", "没有找到这名学生，或您无权查看。", "No such student, or not visible to you."


def within(scope: Scope) -> ColumnElement[bool]:
    """The scope as a predicate over `students`; join the table and put it in the same query."""
    if scope.whole:
        return true()
    parts: list[ColumnElement[bool]] = []
    if scope.class_ids:
        parts.append(Student.class_id.in_(sorted(scope.class_ids)))
    if scope.student_ids:
        parts.append(Student.id.in_(sorted(scope.student_ids)))
    return or_(*parts) if parts else false()


async def visible_student(session: AsyncSession, caller: Caller, student_id: UUID) -> Student:
    """The student, if the caller may see at least `basic`; 404 otherwise."""
    statement = select(Student).where(Student.school_id == caller.school_id, Student.id == student_id)
    student = (await session.scalars(statement)).one_or_none()
    if student is None or not caller.may("read", "basic", student.class_id, student.id):
        raise StudentNotFound
    return student


def demand(caller: Caller, student: Student, action: str, data_class: str) -> None:
    """403 unless the caller holds this right for this (visible) student."""
    if not caller.may(action, data_class, student.class_id, student.id):
        raise Forbidden


async def write_record(session: AsyncSession, student: Student, basic: Mapping[str, object], contact: Mapping[str, object]) -> None:
    """Write fields of `basic` and `contact`; the version counts up whatever the group. Who may is asked before."""
    for name, value in basic.items():
        setattr(student, name, value)
    student.pinyin, student.initials = reading(student.name)
    if contact:
        await _write_contact(session, student, contact)
    student.updated_at = now()
    await session.flush()


async def _write_contact(session: AsyncSession, student: Student, changes: Mapping[str, object]) -> None:
    contact = await session.get(StudentContact, (student.school_id, student.id))
    if contact is None:
        contact = StudentContact(school_id=student.school_id, id=student.id)
        session.add(contact)
    for name, value in changes.items():
        setattr(contact, name, value)
