"""Queries of support needs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account
from nuanyang.school.students.models import Student
from nuanyang.school.support_needs.models import SupportNeed

MOST_SHOWN = 100


async def needs_of(session: AsyncSession, school_id: UUID, student_id: UUID) -> Sequence[Any]:
    """(need, who recorded it) of a student, the newest first."""
    statement = (
        select(SupportNeed, Account.display_name)
        .outerjoin(Account, Account.id == SupportNeed.created_by)
        .where(SupportNeed.school_id == school_id, SupportNeed.student_id == student_id)
    )
    return (await session.execute(statement.order_by(SupportNeed.id.desc()).limit(MOST_SHOWN))).all()


async def standing(session: AsyncSession, school_id: UUID, student_id: UUID) -> int:
    """How many were not ended. The student is locked first, so that two who enter at once count each other."""
    await session.execute(
        select(Student.id).where(Student.school_id == school_id, Student.id == student_id).with_for_update(key_share=True)
    )
    statement = select(func.count()).where(
        SupportNeed.school_id == school_id, SupportNeed.student_id == student_id, SupportNeed.ended_at.is_(None)
    )
    return await session.scalar(statement) or 0


async def need(session: AsyncSession, school_id: UUID, need_id: UUID) -> SupportNeed | None:
    """One need, locked until the commit."""
    statement = select(SupportNeed).where(SupportNeed.school_id == school_id, SupportNeed.id == need_id)
    return (await session.scalars(statement.with_for_update())).one_or_none()
