"""Queries of custody orders and of those they are about."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account
from nuanyang.school.guardians.models import CustodyOrder, Guardian, StudentGuardian
from nuanyang.school.guardians.rules import KEEPING

_RELATION = (
    (StudentGuardian.school_id == CustodyOrder.school_id)
    & (StudentGuardian.student_id == CustodyOrder.student_id)
    & (StudentGuardian.guardian_id == CustodyOrder.guardian_id)
)
_GUARDIAN = (Guardian.school_id == CustodyOrder.school_id) & (Guardian.id == CustodyOrder.guardian_id)


async def orders_of(session: AsyncSession, school_id: UUID, student_id: UUID) -> Sequence[Any]:
    """(order, guardian's name, relation, who recorded it) about a student, the newest first."""
    statement = (
        select(CustodyOrder, Guardian.name, StudentGuardian.relation, Account.display_name)
        .join(Guardian, _GUARDIAN)
        .join(StudentGuardian, _RELATION)
        .outerjoin(Account, Account.id == CustodyOrder.created_by)
        .where(CustodyOrder.school_id == school_id, CustodyOrder.student_id == student_id)
    )
    return (await session.execute(statement.order_by(CustodyOrder.id.desc()).limit(200))).all()


async def relations_of(session: AsyncSession, school_id: UUID, student_id: UUID) -> Sequence[Any]:
    """(relation, guardian's name) of a student's guardians, in their order."""
    statement = (
        select(StudentGuardian, Guardian.name)
        .join(Guardian, (Guardian.school_id == StudentGuardian.school_id) & (Guardian.id == StudentGuardian.guardian_id))
        .where(StudentGuardian.school_id == school_id, StudentGuardian.student_id == student_id)
    )
    return (await session.execute(statement.order_by(StudentGuardian.priority, StudentGuardian.id))).all()


async def locked_relation(session: AsyncSession, school_id: UUID, student_id: UUID, guardian_id: UUID) -> StudentGuardian | None:
    """The relation, locked until the commit: two orders about it are recorded one after the other."""
    statement = select(StudentGuardian).where(
        StudentGuardian.school_id == school_id, StudentGuardian.student_id == student_id, StudentGuardian.guardian_id == guardian_id
    )
    return (await session.scalars(statement.with_for_update())).one_or_none()


async def is_still_kept(session: AsyncSession, order: CustodyOrder, day: date) -> bool:
    """Whether another order, in force or to come, keeps this guardian from this child."""
    statement = select(CustodyOrder.id).where(
        CustodyOrder.school_id == order.school_id,
        CustodyOrder.student_id == order.student_id,
        CustodyOrder.guardian_id == order.guardian_id,
        CustodyOrder.id != order.id,
        CustodyOrder.lifted_at.is_(None),
        CustodyOrder.kinds.overlap(sorted(KEEPING)),
        or_(CustodyOrder.ends_on.is_(None), CustodyOrder.ends_on >= day),
    )
    return await session.scalar(statement.limit(1)) is not None
