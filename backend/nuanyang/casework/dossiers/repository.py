"""Queries of files and case leads."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Membership, RoleAssignment
from nuanyang.access.walls import beyond
from nuanyang.casework.dossiers.models import CaseLead, Dossier
from nuanyang.casework.dossiers.rules import CASE_LEAD_LIMIT, CASE_LEAD_LIMIT_KEY
from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from nuanyang.school.schools.models import SchoolSettings
from nuanyang.school.staff.models import StaffMember
from nuanyang.school.staff.service import named

_LOCK = "select pg_advisory_xact_lock(hashtextextended('dossier number', 0) # hashtextextended(cast(:school as text), 0))"


async def lock_numbers(session: AsyncSession, school_id: UUID) -> None:
    """One opens a file at a time in this school, until the transaction ends: numbers have neither gaps nor twins."""
    await session.execute(text(_LOCK), {"school": str(school_id)})


async def files_of_year(session: AsyncSession, school_id: UUID, year: int) -> int:
    """How many files were opened under this year's numbers; a range, because LIKE finds no index under row-level security."""
    statement = select(func.count()).where(Dossier.school_id == school_id, Dossier.number >= f"{year}-", Dossier.number < f"{year}.")
    async with beyond(session, "counting"):
        return int((await session.execute(statement)).scalar_one())


async def open_file(session: AsyncSession, school_id: UUID, student_id: UUID) -> Dossier | None:
    """The open file of a student."""
    statement = select(Dossier).where(Dossier.school_id == school_id, Dossier.student_id == student_id, Dossier.closed_on.is_(None))
    return (await session.scalars(statement)).one_or_none()


async def recognised_classes(session: AsyncSession, school_id: UUID, student_id: UUID) -> set[str]:
    """The data classes of the recognitions in force; their table belongs to a slice above, so it is read as plain SQL."""
    statement = text(
        "select distinct data_class from recognitions where school_id = :school and student_id = :student and state = 'recognised'"
    )
    async with beyond(session, "counting"):
        return set((await session.scalars(statement, {"school": school_id, "student": student_id})).all())


async def current_lead(session: AsyncSession, school_id: UUID, student_id: UUID) -> CaseLead | None:
    """Who leads the case, locked: two who assign at once come one after the other."""
    statement = (
        select(CaseLead)
        .where(CaseLead.school_id == school_id, CaseLead.student_id == student_id, CaseLead.valid_to.is_(None))
        .with_for_update()
    )
    return (await session.scalars(statement)).one_or_none()


async def lead_roles(session: AsyncSession, school_id: UUID, student_id: UUID) -> Sequence[RoleAssignment]:
    """The living role assignments by which accounts lead this case."""
    statement = select(RoleAssignment).where(
        RoleAssignment.school_id == school_id,
        RoleAssignment.role == "case_lead",
        RoleAssignment.scope_id == student_id,
        RoleAssignment.valid_to.is_(None) | (RoleAssignment.valid_to >= today()),
    )
    return (await session.scalars(statement)).all()


async def accounts_of(session: AsyncSession, school_id: UUID, staff_id: UUID) -> Sequence[UUID]:
    """The accounts of a member of staff."""
    statement = select(Membership.account_id).where(
        Membership.school_id == school_id, Membership.person_kind == "staff", Membership.person_id == staff_id
    )
    return (await session.scalars(statement)).all()


async def cases_led(session: AsyncSession, school_id: UUID, staff_id: UUID) -> int:
    """How many cases this member of staff leads now."""
    statement = select(func.count()).where(CaseLead.school_id == school_id, CaseLead.staff_id == staff_id, CaseLead.valid_to.is_(None))
    async with beyond(session, "counting"):
        return int((await session.execute(statement)).scalar_one())


async def case_lead_limit(session: AsyncSession, school_id: UUID) -> int:
    """The school's own limit, or the programme's five."""
    statement = select(SchoolSettings.value).where(SchoolSettings.school_id == school_id, SchoolSettings.key == CASE_LEAD_LIMIT_KEY)
    value = (await session.execute(statement)).scalar_one_or_none()
    return value if isinstance(value, int) and value > 0 else CASE_LEAD_LIMIT


async def set_case_lead_limit(session: AsyncSession, school_id: UUID, limit: int) -> None:
    """Keep the school's own limit."""
    values = {"school_id": school_id, "id": new_id(), "key": CASE_LEAD_LIMIT_KEY, "value": limit}
    statement = insert(SchoolSettings).values(values)
    await session.execute(statement.on_conflict_do_update(index_elements=["school_id", "key"], set_={"value": statement.excluded.value}))


async def active_staff(session: AsyncSession, school_id: UUID, staff_id: UUID) -> StaffMember | None:
    """A member of staff who works here."""
    statement = select(StaffMember).where(StaffMember.school_id == school_id, StaffMember.id == staff_id, StaffMember.status == "active")
    return (await session.scalars(statement)).one_or_none()


async def staff_member(session: AsyncSession, school_id: UUID, staff_id: UUID) -> StaffMember | None:
    """A member of staff, also one who left."""
    return await session.get(StaffMember, (school_id, staff_id))


async def loads(
    session: AsyncSession,
    school_id: UUID,
    *,
    q: str | None,
    staff_ids: Sequence[UUID] | None,
    leading_only: bool,
    after: Sequence[object] | None,
    limit: int,
) -> list[tuple[StaffMember, int]]:
    """Staff by name with the number of cases each leads."""
    led = (
        select(func.count())
        .where(CaseLead.school_id == school_id, CaseLead.staff_id == StaffMember.id, CaseLead.valid_to.is_(None))
        .scalar_subquery()
    )
    statement = select(StaffMember, led).where(StaffMember.school_id == school_id, StaffMember.status == "active", named(q))
    if staff_ids is not None:
        statement = statement.where(StaffMember.id.in_(staff_ids))
    if leading_only:
        statement = statement.where(led > 0)
    if after:
        statement = statement.where(
            (StaffMember.pinyin > str(after[0])) | ((StaffMember.pinyin == str(after[0])) & (StaffMember.id > UUID(str(after[1]))))
        )
    async with beyond(session, "counting"):  # how much one person carries, in whichever classes
        rows = (await session.execute(statement.order_by(StaffMember.pinyin, StaffMember.id).limit(limit))).all()
    return [(member, count) for member, count in rows]
