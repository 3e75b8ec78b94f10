"""Queries of activation codes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Membership
from nuanyang.school.activation.models import ActivationCode
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.guardians.children import is_guarded_by
from nuanyang.school.guardians.models import Guardian, StudentGuardian
from nuanyang.school.schools.models import School
from nuanyang.school.students.models import Student

_HERE = ("enrolled", "suspended")
_LIVING = (ActivationCode.used_at.is_(None), ActivationCode.voided_at.is_(None))


def _has_account() -> ColumnElement[bool]:
    return exists().where(
        Membership.school_id == Guardian.school_id, Membership.person_id == Guardian.id, Membership.person_kind == "guardian"
    )


async def class_named(session: AsyncSession, school_id: UUID, class_id: UUID) -> str | None:
    """The name of a class."""
    return await session.scalar(select(SchoolClass.name).where(SchoolClass.school_id == school_id, SchoolClass.id == class_id))


async def school(session: AsyncSession, school_id: UUID) -> School:
    """The school of the slips."""
    return await session.get_one(School, school_id)


async def relations(session: AsyncSession, school_id: UUID, class_id: UUID) -> Sequence[Any]:
    """(student, guardian, relation, has account) of a class: each guardian who stands for a child of it today, in the list's order."""
    statement = (
        select(Student, Guardian, StudentGuardian.relation, _has_account())
        .join(StudentGuardian, (StudentGuardian.school_id == Student.school_id) & (StudentGuardian.student_id == Student.id))
        .join(Guardian, (Guardian.school_id == StudentGuardian.school_id) & (Guardian.id == StudentGuardian.guardian_id))
        .where(Student.school_id == school_id, Student.class_id == class_id, Student.status.in_(_HERE), is_guarded_by(Guardian.id))
    )
    order = (Student.student_number.nulls_last(), Student.pinyin, Student.id, StudentGuardian.priority, StudentGuardian.id)
    return (await session.execute(statement.order_by(*order))).all()


async def pupils(session: AsyncSession, school_id: UUID, class_id: UUID) -> Sequence[Student]:
    """The students of a class in the order of its list."""
    statement = select(Student).where(Student.school_id == school_id, Student.class_id == class_id, Student.status.in_(_HERE))
    return (await session.scalars(statement.order_by(Student.student_number.nulls_last(), Student.pinyin, Student.id))).all()


async def lock(session: AsyncSession, school_id: UUID, guardian_ids: Sequence[UUID]) -> None:
    """Two prints at once come one after the other."""
    wanted = select(Guardian.id).where(Guardian.school_id == school_id, Guardian.id.in_(guardian_ids))
    await session.execute(wanted.order_by(Guardian.id).with_for_update())


async def void(session: AsyncSession, school_id: UUID, guardian_ids: Sequence[UUID], instant: datetime) -> None:
    """What was printed before is no longer good."""
    mine = (ActivationCode.school_id == school_id, ActivationCode.guardian_id.in_(guardian_ids), *_LIVING)
    await session.execute(update(ActivationCode).where(*mine).values(voided_at=instant))


async def lapses(session: AsyncSession, school_id: UUID, class_id: UUID, instant: datetime) -> dict[UUID, datetime]:
    """Until when the guardians of a class hold a code that is still good."""
    statement = (
        select(ActivationCode.guardian_id, ActivationCode.expires_at)
        .join(
            StudentGuardian,
            (StudentGuardian.school_id == ActivationCode.school_id) & (StudentGuardian.guardian_id == ActivationCode.guardian_id),
        )
        .join(Student, (Student.school_id == StudentGuardian.school_id) & (Student.id == StudentGuardian.student_id))
        .where(ActivationCode.school_id == school_id, Student.class_id == class_id, ActivationCode.expires_at > instant, *_LIVING)
    )
    return dict((await session.execute(statement)).all())


async def school_of(session: AsyncSession, code_hash: bytes) -> UUID | None:
    """In which school a code is good: asked before anybody is signed in, so the database answers with nothing else."""
    return await session.scalar(select(func.activation_school(code_hash)))


async def living(session: AsyncSession, school_id: UUID, code_hash: bytes, instant: datetime) -> ActivationCode | None:
    """The code, while it is good."""
    statement = select(ActivationCode).where(
        ActivationCode.school_id == school_id, ActivationCode.code_hash == code_hash, ActivationCode.expires_at > instant, *_LIVING
    )
    return (await session.scalars(statement)).one_or_none()


async def spend(session: AsyncSession, code: ActivationCode, account_id: UUID, instant: datetime) -> bool:
    """Use the code up; False when its twin was quicker, or it was voided or lapsed meanwhile."""
    mine = (ActivationCode.school_id == code.school_id, ActivationCode.id == code.id, ActivationCode.expires_at > instant, *_LIVING)
    spent = update(ActivationCode).where(*mine).values(used_at=instant, account_id=account_id).returning(ActivationCode.id)
    return (await session.execute(spent)).one_or_none() is not None


async def children(session: AsyncSession, school_id: UUID, guardian_id: UUID) -> Sequence[Student]:
    """Whom the guardian stands for today."""
    statement = select(Student).where(Student.school_id == school_id, is_guarded_by(guardian_id), Student.status.in_(_HERE))
    return (await session.scalars(statement.order_by(Student.pinyin, Student.id))).all()


async def has_account(session: AsyncSession, school_id: UUID, guardian_id: UUID) -> bool:
    """Whether this guardian can sign in already."""
    statement = select(_has_account()).where(Guardian.school_id == school_id, Guardian.id == guardian_id)
    return bool(await session.scalar(statement))
