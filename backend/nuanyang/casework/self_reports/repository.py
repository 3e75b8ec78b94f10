"""Queries of self-reports: the student's own rows, and the names of those who work at the school."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.dossiers.models import CaseLead
from nuanyang.casework.evidence.models import Evidence
from nuanyang.school.classes.models import ClassStaff
from nuanyang.school.staff.models import StaffMember


def _own(caller: Caller) -> tuple[Any, ...]:
    # What teachers wrote down after a talk is a self-report too, and is theirs; here is only what came through the own account.
    return (
        Evidence.school_id == caller.school_id,
        Evidence.student_id == caller.person_id,
        Evidence.created_by == caller.account_id,
        Evidence.source == "self_report",
    )


async def own(session: AsyncSession, caller: Caller, school_year_id: UUID) -> Sequence[Evidence]:
    """What the student told this school year, newest first."""
    statement = select(Evidence).where(*_own(caller), Evidence.school_year_id == school_year_id)
    return (await session.scalars(statement.order_by(Evidence.id.desc()).limit(50))).all()


async def sent_since(session: AsyncSession, caller: Caller, since: datetime) -> int:
    """How many reports came since then."""
    return int(await session.scalar(select(func.count()).select_from(Evidence).where(*_own(caller), Evidence.created_at >= since)) or 0)


async def teachers_of(session: AsyncSession, caller: Caller, class_id: UUID | None, day: date) -> Sequence[Any]:
    """(id, name, role, subject) of the class's teachers of today, the homeroom teacher first; one line a post."""
    statement = (
        select(StaffMember.id, StaffMember.name, ClassStaff.role, ClassStaff.subject)
        .join(ClassStaff, (ClassStaff.school_id == StaffMember.school_id) & (ClassStaff.staff_id == StaffMember.id))
        .where(StaffMember.school_id == caller.school_id, ClassStaff.class_id == class_id, ClassStaff.valid_from <= day)
        .where(or_(ClassStaff.valid_to.is_(None), ClassStaff.valid_to >= day))
        .order_by(ClassStaff.role, StaffMember.pinyin, StaffMember.id)
    )
    return (await session.execute(statement)).all()


async def staff_named(session: AsyncSession, caller: Caller, beginning: str) -> Sequence[StaffMember]:
    """A few active members of staff whose name or pinyin begins so."""
    pattern = beginning.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    statement = select(StaffMember).where(
        StaffMember.school_id == caller.school_id,
        StaffMember.status == "active",
        or_(StaffMember.name.like(pattern), StaffMember.pinyin.like(pattern.lower())),
    )
    return (await session.scalars(statement.order_by(StaffMember.pinyin, StaffMember.id).limit(10))).all()


async def lead_name(session: AsyncSession, caller: Caller) -> str | None:
    """Who leads this student's case, by name."""
    statement = (
        select(StaffMember.name)
        .join(CaseLead, (CaseLead.school_id == StaffMember.school_id) & (CaseLead.staff_id == StaffMember.id))
        .where(CaseLead.school_id == caller.school_id, CaseLead.student_id == caller.person_id, CaseLead.valid_to.is_(None))
    )
    return await session.scalar(statement)
