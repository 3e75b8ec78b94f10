"""Queries of students' accounts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Membership
from nuanyang.access.walls import beyond
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.students.models import Student

_HERE = ("enrolled", "suspended")


def _has_account() -> ColumnElement[bool]:
    return exists().where(
        Membership.school_id == Student.school_id, Membership.person_id == Student.id, Membership.person_kind == "student"
    )


async def class_named(session: AsyncSession, school_id: UUID, class_id: UUID) -> str | None:
    """The name of a class of this school."""
    return await session.scalar(select(SchoolClass.name).where(SchoolClass.school_id == school_id, SchoolClass.id == class_id))


async def without_account(session: AsyncSession, school_id: UUID, class_id: UUID, limit: int) -> tuple[list[Student], int]:
    """Students of the class without an account, in the order of its list, and how many there are in all."""
    wanted = select(Student).where(Student.school_id == school_id, Student.class_id == class_id, Student.status.in_(_HERE), ~_has_account())
    async with beyond(session, "accounts"):  # an administrator sees no student, and opens their accounts
        total = (await session.execute(select(func.count()).select_from(wanted.subquery()))).scalar_one()
        rows = await session.scalars(wanted.order_by(Student.student_number.nulls_last(), Student.pinyin, Student.id).limit(limit))
        return list(rows.all()), total


async def by_class(session: AsyncSession, school_id: UUID, school_year_id: UUID) -> Sequence[Any]:
    """This year's classes with their students and how many of them have an account."""
    statement = (
        select(
            SchoolClass.id.label("class_id"),
            SchoolClass.name.label("class_name"),
            SchoolClass.grade,
            func.count().label("students"),
            func.count().filter(_has_account()).label("with_account"),
        )
        .join(Student, (Student.school_id == SchoolClass.school_id) & (Student.class_id == SchoolClass.id))
        .where(SchoolClass.school_id == school_id, SchoolClass.school_year_id == school_year_id, Student.status.in_(_HERE))
        .group_by(SchoolClass.id, SchoolClass.name, SchoolClass.grade, SchoolClass.number)
        .order_by(SchoolClass.grade, SchoolClass.number, SchoolClass.name)
    )
    async with beyond(session, "accounts"):
        return (await session.execute(statement)).all()
