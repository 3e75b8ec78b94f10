"""Queries of records; every one carries the school and who may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from nuanyang.access.accounts.models import Account
from nuanyang.access.actors import Caller
from nuanyang.casework.interventions.models import Intervention, InterventionVersion
from nuanyang.casework.interventions.policy import visible
from nuanyang.casework.plans.models import PlanMeasure, SupportPlan
from nuanyang.kit.clock import today
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.staff.models import StaffMember
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import within

MOST_CANDIDATES = 200
Shown = tuple[Intervention, Student, str | None, str | None]  # record, student, class name, doer's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The filters of the list, all optional."""

    student_id: UUID | None = None
    kind: Sequence[str] | None = None
    data_class: Sequence[str] | None = None
    class_id: UUID | None = None
    grade: int | None = None
    doer_staff_id: UUID | None = None
    plan_measure_id: UUID | None = None
    session_id: UUID | None = None
    held_from: date | None = None
    held_to: date | None = None
    is_backfilled: bool | None = None
    is_void: bool = False
    q: str | None = None


def _visible(caller: Caller) -> Select[Intervention, Student, str, str]:
    doer = aliased(StaffMember)
    return (
        select(Intervention, Student, SchoolClass.name, func.coalesce(doer.name, Intervention.doer_name))
        .join(Student, and_(Student.school_id == Intervention.school_id, Student.id == Intervention.student_id))
        .outerjoin(SchoolClass, and_(SchoolClass.school_id == Student.school_id, SchoolClass.id == Student.class_id))
        .outerjoin(doer, and_(doer.school_id == Intervention.school_id, doer.id == Intervention.doer_staff_id))
        .where(Intervention.school_id == caller.school_id, Student.school_id == caller.school_id, visible(caller))
    )


def _conditions(filters: Filters) -> Iterable[ColumnElement[bool]]:
    exact = {
        Intervention.student_id: filters.student_id,
        Intervention.doer_staff_id: filters.doer_staff_id,
        Intervention.plan_measure_id: filters.plan_measure_id,
        Intervention.session_id: filters.session_id,
        Student.class_id: filters.class_id,
        Student.grade: filters.grade,
    }
    yield from (column == value for column, value in exact.items() if value is not None)
    if filters.kind:
        yield Intervention.kind.in_(filters.kind)
    if filters.data_class:
        yield Intervention.data_class.in_(filters.data_class)
    if filters.held_from:
        yield Intervention.held_on >= filters.held_from
    if filters.held_to:
        yield Intervention.held_on <= filters.held_to
    if filters.is_backfilled is not None:
        late = Intervention.entered_on > Intervention.held_on
        yield late if filters.is_backfilled else ~late
    yield Intervention.voided_at.is_not(None) if filters.is_void else Intervention.voided_at.is_(None)
    if filters.q:
        needle = filters.q.strip().lower()
        yield or_(
            Student.name.contains(needle, autoescape=True),
            Student.pinyin.startswith(needle, autoescape=True),
            Student.initials.startswith(needle, autoescape=True),
        )


async def page(session: AsyncSession, caller: Caller, filters: Filters, *, after: tuple[date, UUID] | None, limit: int) -> list[Shown]:
    """Records newest first."""
    statement = _visible(caller).where(*_conditions(filters))
    if after:
        statement = statement.where((Intervention.held_on < after[0]) | ((Intervention.held_on == after[0]) & (Intervention.id < after[1])))
    rows = await session.execute(statement.order_by(Intervention.held_on.desc(), Intervention.id.desc()).limit(limit))
    return [(a, b, c, d) for a, b, c, d in rows]


async def count(session: AsyncSession, caller: Caller, filters: Filters) -> int:
    """How many records the same filters find."""
    statement = _visible(caller).where(*_conditions(filters)).with_only_columns(func.count(), maintain_column_froms=True)
    return int((await session.execute(statement)).scalar_one())


async def one(session: AsyncSession, caller: Caller, intervention_id: UUID) -> Shown | None:
    """One record, if the caller may see it."""
    row = (await session.execute(_visible(caller).where(Intervention.id == intervention_id))).one_or_none()
    return None if row is None else (row[0], row[1], row[2], row[3])


async def versions(session: AsyncSession, school_id: UUID, intervention_id: UUID) -> list[tuple[InterventionVersion, str | None]]:
    """The corrections of a record, newest first, with who made each."""
    statement = (
        select(InterventionVersion, Account.display_name)
        .outerjoin(Account, Account.id == InterventionVersion.changed_by)
        .where(InterventionVersion.school_id == school_id, InterventionVersion.intervention_id == intervention_id)
        .order_by(InterventionVersion.number.desc())
    )
    return [(version, name) for version, name in await session.execute(statement)]


async def account_name(session: AsyncSession, account_id: UUID | None) -> str | None:
    """Who entered a record."""
    account = await session.get(Account, account_id) if account_id else None
    return account.display_name if account else None


async def measure_title(session: AsyncSession, school_id: UUID, measure_id: UUID | None) -> str | None:
    """What the plan calls the measure that a record serves."""
    measure = await session.get(PlanMeasure, (school_id, measure_id)) if measure_id else None
    return measure.title if measure else None


async def students(session: AsyncSession, caller: Caller, ids: Iterable[UUID]) -> dict[UUID, Student]:
    """The visible ones among these students."""
    basic = caller.scope("basic")
    if not basic:
        return {}
    statement = select(Student).where(Student.school_id == caller.school_id, Student.id.in_(set(ids)), within(basic))
    return {s.id: s for s in (await session.scalars(statement)).all()}


async def measures(session: AsyncSession, school_id: UUID, ids: Iterable[UUID]) -> dict[UUID, tuple[PlanMeasure, SupportPlan]]:
    """These measures of plans that were approved."""
    statement = (
        select(PlanMeasure, SupportPlan)
        .join(SupportPlan, and_(SupportPlan.school_id == PlanMeasure.school_id, SupportPlan.id == PlanMeasure.plan_id))
        .where(PlanMeasure.school_id == school_id, PlanMeasure.id.in_(set(ids)), SupportPlan.approved_at.is_not(None))
    )
    return {measure.id: (measure, plan) for measure, plan in await session.execute(statement)}


async def measures_in_force(
    session: AsyncSession, school_id: UUID, student_ids: Iterable[UUID], kinds: Iterable[str]
) -> list[tuple[PlanMeasure, SupportPlan]]:
    """The measures of these kinds in the students' plans in force."""
    statement = (
        select(PlanMeasure, SupportPlan)
        .join(SupportPlan, and_(SupportPlan.school_id == PlanMeasure.school_id, SupportPlan.id == PlanMeasure.plan_id))
        .where(SupportPlan.school_id == school_id, SupportPlan.student_id.in_(set(student_ids)), SupportPlan.state == "approved")
        .where(PlanMeasure.kind.in_(set(kinds)))
    )
    return [(measure, plan) for measure, plan in await session.execute(statement)]


async def staff_ids(session: AsyncSession, school_id: UUID, ids: Iterable[UUID]) -> set[UUID]:
    """Those of these ids that are members of staff here."""
    return set(
        (await session.scalars(select(StaffMember.id).where(StaffMember.school_id == school_id, StaffMember.id.in_(set(ids))))).all()
    )


async def candidates(
    session: AsyncSession, caller: Caller, kind: str, *, class_id: UUID | None, allowed: ColumnElement[bool]
) -> list[tuple[Student, str | None, PlanMeasure]]:
    """Students whose plan in force has a measure of this kind that is not over."""
    statement = (
        select(Student, SchoolClass.name, PlanMeasure)
        .join(SupportPlan, and_(SupportPlan.school_id == Student.school_id, SupportPlan.student_id == Student.id))
        .join(PlanMeasure, and_(PlanMeasure.school_id == SupportPlan.school_id, PlanMeasure.plan_id == SupportPlan.id))
        .outerjoin(SchoolClass, and_(SchoolClass.school_id == Student.school_id, SchoolClass.id == Student.class_id))
        .where(Student.school_id == caller.school_id, SupportPlan.state == "approved", PlanMeasure.kind == kind, allowed)
        .where(PlanMeasure.ends_on.is_(None) | (PlanMeasure.ends_on >= today(caller.time_zone)))
    )
    if class_id:
        statement = statement.where(Student.class_id == class_id)
    rows = await session.execute(
        statement.order_by(SchoolClass.grade, SchoolClass.number, Student.pinyin, Student.id).limit(MOST_CANDIDATES)
    )
    return [(student, name, measure) for student, name, measure in rows]
