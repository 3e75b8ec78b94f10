"""Queries of attendance."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.school.attendance.models import AttendanceSummary
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import within
from nuanyang.school.years.models import Term


async def touching(session: AsyncSession, school_id: UUID, starts_on: date, ends_on: date) -> Sequence[AttendanceSummary]:
    """Every summary whose period meets this one."""
    statement = select(AttendanceSummary).where(
        AttendanceSummary.school_id == school_id, AttendanceSummary.starts_on <= ends_on, AttendanceSummary.ends_on >= starts_on
    )
    return (await session.scalars(statement)).all()


async def of_student(session: AsyncSession, school_id: UUID, student_id: UUID) -> Sequence[Any]:
    """A student's periods with the name of their term."""
    statement = (
        select(AttendanceSummary, Term.name)
        .join(Term, (Term.school_id == AttendanceSummary.school_id) & (Term.id == AttendanceSummary.term_id))
        .where(AttendanceSummary.school_id == school_id, AttendanceSummary.student_id == student_id)
        .order_by(AttendanceSummary.starts_on)
    )
    return (await session.execute(statement)).all()


async def periods(session: AsyncSession, caller: Caller) -> Sequence[Any]:
    """The periods on record, newest first, over the students the caller may see."""
    a = AttendanceSummary
    statement = (
        select(
            Term.name.label("term_name"),
            a.starts_on,
            a.ends_on,
            func.count().label("students"),
            func.count().filter(a.truancy > 0).label("with_truancy"),
            func.sum(a.truancy + a.sick_leave + a.personal_leave).label("days_lost"),
        )
        .join(Term, (Term.school_id == a.school_id) & (Term.id == a.term_id))
        .join(Student, (Student.school_id == a.school_id) & (Student.id == a.student_id))
        .where(a.school_id == caller.school_id, within(caller.scope("academic", "read")))
        .group_by(Term.name, a.starts_on, a.ends_on)
        .order_by(a.starts_on.desc(), a.ends_on.desc())
        .limit(100)
    )
    return (await session.execute(statement)).all()
