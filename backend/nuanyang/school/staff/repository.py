"""Queries of staff."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account, Membership, RoleAssignment
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


def named(q: str | None) -> ColumnElement[bool]:
    """Whoever's name holds these characters, or whose pinyin or initials begin so."""
    needle = (q or "").strip().lower()
    if not needle:
        return true()
    return or_(
        StaffMember.name.contains(needle, autoescape=True),
        StaffMember.pinyin.startswith(needle, autoescape=True),
        StaffMember.initials.startswith(needle, autoescape=True),
    )


async def page(session: AsyncSession, school_id: UUID, q: str | None, *, after: tuple[str, UUID] | None, limit: int) -> list[StaffMember]:
    """Active staff by name."""
    statement = select(StaffMember).where(StaffMember.school_id == school_id, StaffMember.status == "active", named(q))
    if after is not None:
        statement = statement.where(tuple_(StaffMember.pinyin, StaffMember.id) > tuple_(*after))
    return list((await session.scalars(statement.order_by(StaffMember.pinyin, StaffMember.id).limit(limit))).all())


async def offices(session: AsyncSession, school_id: UUID, staff_ids: Sequence[UUID], day: date) -> dict[UUID, list[tuple[str, int | None]]]:
    """The roles over the school or a grade that these members of staff hold today, by their accounts."""
    member = and_(Membership.account_id == RoleAssignment.account_id, Membership.school_id == RoleAssignment.school_id)
    statement = (
        select(Membership.person_id, RoleAssignment.role, RoleAssignment.scope_grade)
        .join(RoleAssignment, member)
        .where(Membership.school_id == school_id, Membership.person_kind == "staff", Membership.person_id.in_(staff_ids))
        .where(RoleAssignment.scope_kind.in_(("school", "grade")), RoleAssignment.valid_from <= day)
        .where(RoleAssignment.valid_to.is_(None) | (RoleAssignment.valid_to >= day))
        .order_by(RoleAssignment.role, RoleAssignment.scope_grade)
    )
    found: dict[UUID, list[tuple[str, int | None]]] = {}
    for staff_id, role, grade in (await session.execute(statement)).all():
        if staff_id is not None:
            found.setdefault(staff_id, []).append((role, grade))
    return found


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
