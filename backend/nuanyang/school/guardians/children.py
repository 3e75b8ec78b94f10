"""Whose guardian somebody is today: the one place that every guardian's path asks.

A child is there for each of its legal guardians whose relation has not ended, and whom no custody order in force keeps from it. Whoever is kept
away learns nothing, not even that there is an order: the child is simply not there.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from nuanyang.access.accounts.rules import GUARDIAN
from nuanyang.access.actors import Caller
from nuanyang.kit.clock import today
from nuanyang.school.guardians.models import StudentGuardian
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import StudentNotFound


def is_guarded_by(guardian_id: ColumnElement[UUID] | InstrumentedAttribute[UUID] | UUID) -> ColumnElement[bool]:
    """The predicate over `students`: today this guardian stands for the child, and nothing keeps them from it."""
    relation = aliased(StudentGuardian)
    # The database looks for orders itself: whoever asks as a guardian may read none of them.
    return and_(
        exists().where(
            relation.school_id == Student.school_id,
            relation.student_id == Student.id,
            relation.guardian_id == guardian_id,
            relation.is_guardian,
            relation.ended_on.is_(None),
        ),
        ~func.custody_keeps(Student.id, guardian_id, today()),
        Student.status != "merged",
    )


async def wards_of(session: AsyncSession, school_id: UUID, guardian_id: UUID) -> frozenset[UUID]:
    """The ids of the students this guardian stands for today: what opens the walls for them. Asked before there are any."""
    statement = select(Student.id).where(Student.school_id == school_id, is_guarded_by(guardian_id))
    return frozenset((await session.scalars(statement)).all())


async def children_of(session: AsyncSession, caller: Caller) -> Sequence[Student]:
    """The students a signed-in guardian stands for today, the highest grade first; nobody's for any other kind of person.

    Children who left the school stay theirs: what is kept about them can be asked for.
    """
    if caller.person_kind != GUARDIAN or caller.person_id is None:
        return []
    statement = select(Student).where(Student.school_id == caller.school_id, is_guarded_by(caller.person_id))
    return (await session.scalars(statement.order_by(Student.grade.desc().nulls_last(), Student.pinyin, Student.id))).all()


async def child_of(session: AsyncSession, caller: Caller, student_id: UUID) -> Student:
    """One of them; `StudentNotFound` (404) otherwise, whatever the reason."""
    found = next((child for child in await children_of(session, caller) if child.id == student_id), None)
    if found is None:
        raise StudentNotFound
    return found
