"""Queries of staff."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account, Membership
from nuanyang.school.classes.models import ClassStaff, SchoolClass
from nuanyang.school.schools.models import School
from nuanyang.school.staff.models import StaffMember


async def without_account(session: AsyncSession, school_id: UUID, limit: int) -> tuple[list[StaffMember], int]:
    """Active staff without an account, by name, and how many there are in all."""
    member = exists().where(
        Membership.school_id == StaffMember.school_id, Membership.person_id == StaffMember.id, Membership.person_kind == "staff"
    )
    wanted = select(StaffMember).where(StaffMember.school_id == school_id, StaffMember.status == "active", ~member)
    total = (await session.execute(select(func.count()).select_from(wanted.subquery()))).scalar_one()
    rows = await session.scalars(wanted.order_by(StaffMember.pinyin, StaffMember.id).limit(limit))
    return list(rows.all()), total


async def class_posts(
    session: AsyncSession, school_id: UUID, staff_ids: Sequence[UUID], day: date
) -> dict[UUID, list[tuple[ClassStaff, str]]]:
    """The class posts in force of these members of staff, with the names of the classes."""
    statement = (
        select(ClassStaff, SchoolClass.name)
        .join(SchoolClass, (SchoolClass.school_id == ClassStaff.school_id) & (SchoolClass.id == ClassStaff.class_id))
        .where(ClassStaff.school_id == school_id, ClassStaff.staff_id.in_(staff_ids))
        .where((ClassStaff.valid_to.is_(None)) | (ClassStaff.valid_to >= day))
        .order_by(SchoolClass.grade, SchoolClass.number)
    )
    found: dict[UUID, list[tuple[ClassStaff, str]]] = {}
    for post, name in (await session.execute(statement)).all():
        found.setdefault(post.staff_id, []).append((post, name))
    return found


async def usernames_taken(session: AsyncSession, wanted: Sequence[str]) -> set[str]:
    """Which of these sign-in names are in use, in any school."""
    return set((await session.scalars(select(Account.username).where(Account.username.in_(wanted)))).all())


async def code_of(session: AsyncSession, school_id: UUID) -> str:
    """The school's 学校标识码."""
    return (await session.execute(select(School.code).where(School.id == school_id))).scalar_one()
