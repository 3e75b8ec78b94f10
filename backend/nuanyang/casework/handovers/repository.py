"""Queries of hand-overs."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from nuanyang.access.accounts.models import Account
from nuanyang.access.actors import Caller
from nuanyang.casework.handovers.models import Handover
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.students.models import Student

MOST = 200


async def of_caller(session: AsyncSession, caller: Caller, *, writing: bool, day: date, student_id: UUID | None = None) -> Sequence[Any]:
    """What the caller has to write, or what has been written for them and is theirs from this day on; not yet acknowledged."""
    giver, taker = aliased(Account), aliased(Account)
    mine = (
        (Handover.from_account_id == caller.account_id, Handover.written_at.is_(None))
        if writing
        else (Handover.to_account_id == caller.account_id, Handover.written_at.is_not(None), Handover.effective_on <= day)
    )
    statement = (
        select(Handover, Student, SchoolClass.name.label("class_name"), giver.display_name, taker.display_name)
        .join(Student, and_(Student.school_id == Handover.school_id, Student.id == Handover.student_id))
        .outerjoin(SchoolClass, and_(SchoolClass.school_id == Student.school_id, SchoolClass.id == Student.class_id))
        .join(giver, giver.id == Handover.from_account_id)
        .join(taker, taker.id == Handover.to_account_id)
        .where(Handover.school_id == caller.school_id, Handover.acknowledged_at.is_(None), *mine)
        .order_by(Handover.effective_on.desc(), Student.pinyin, Handover.id)
    )
    if student_id is not None:
        statement = statement.where(Handover.student_id == student_id)
    return (await session.execute(statement.limit(MOST))).all()


async def count(session: AsyncSession, caller: Caller, *, writing: bool, day: date) -> int:
    """How many wait."""
    mine = (
        (Handover.from_account_id == caller.account_id, Handover.written_at.is_(None))
        if writing
        else (Handover.to_account_id == caller.account_id, Handover.written_at.is_not(None), Handover.effective_on <= day)
    )
    statement = select(func.count()).select_from(Handover)
    found = statement.where(Handover.school_id == caller.school_id, Handover.acknowledged_at.is_(None), *mine)
    return int(await session.scalar(found) or 0)


async def one(session: AsyncSession, school_id: UUID, handover_id: UUID) -> Handover | None:
    """One hand-over, locked: it is acknowledged or changed, not both."""
    statement = select(Handover).where(Handover.school_id == school_id, Handover.id == handover_id)
    return (await session.scalars(statement.with_for_update())).one_or_none()
