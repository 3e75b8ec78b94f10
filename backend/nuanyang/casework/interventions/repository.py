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
from nuanyang.access.walls import beyond
from nuanyang.casework.interventions.models import Intervention, InterventionVersion
from nuanyang.casework.interventions.policy import visible, visible_measure
from nuanyang.casework.plans.models import Goal, Need, PlanMeasure, SupportPlan
from nuanyang.casework.recognition.models import Recognition
from nuanyang.kit.clock import today
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.staff.models import StaffMember
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import within

MOST_CANDIDATES = 200
Shown = tuple[Intervention, Student, str | None, str | None]  # record, student, class name, doer's name


@dataclass(frozen=True, slots=True)
class Planned:
    """A measure of a plan, whose it is, of which class its need is, and from whom it is withheld."""

    measure: PlanMeasure
    student_id: UUID
    need_class: str
    withheld_from_staff_ids: list[UUID]


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


async def names_before(session: AsyncSession, caller: Caller, versions: Iterable[InterventionVersion]) -> dict[str, str]:
    """The names behind the ids in what was there before: members of staff, and measures that the caller may know of."""
    before = [v.before for v in versions]
    staff = {UUID(b["doer_staff_id"]) for b in before if b.get("doer_staff_id")}
    measures = {UUID(b["plan_measure_id"]) for b in before if b.get("plan_measure_id")}
    found: dict[str, str] = {}
    if staff:
        people = select(StaffMember.id, StaffMember.name).where(StaffMember.school_id == caller.school_id, StaffMember.id.in_(staff))
        found |= {str(i): name for i, name in await session.execute(people)}
    if measures:
        found |= {str(row[0].id): row[0].title for row in await session.execute(_measures(caller).where(PlanMeasure.id.in_(measures)))}
    return found


async def account_name(session: AsyncSession, account_id: UUID | None) -> str | None:
    """Who entered a record."""
    account = await session.get(Account, account_id) if account_id else None
    return account.display_name if account else None


async def measure_title(session: AsyncSession, caller: Caller, measure_id: UUID | None) -> tuple[str, str] | None:
    """What the plan calls the measure that a record serves, and its need's class; nothing where the measure is not for the caller."""
    if measure_id is None:
        return None
    async with beyond(session, "measures"):
        found = (await session.execute(_measures(caller).where(PlanMeasure.id == measure_id))).one_or_none()
    return (found[0].title, found[2]) if found else None


async def students(session: AsyncSession, caller: Caller, ids: Iterable[UUID]) -> dict[UUID, Student]:
    """The visible ones among these students."""
    basic = caller.scope("basic")
    if not basic:
        return {}
    statement = select(Student).where(Student.school_id == caller.school_id, Student.id.in_(set(ids)), within(basic))
    return {s.id: s for s in (await session.scalars(statement)).all()}


def _measures(caller: Caller) -> Select[PlanMeasure, SupportPlan, str, list[UUID] | None, Student]:
    """The measures that the caller may know of, each with its plan, the class of its need, from whom it is withheld, and the student.

    Asked past the walls: whom the plan names as a doer knows of the measure, and not of the need behind it.
    """
    return (
        select(PlanMeasure, SupportPlan, Need.data_class, Recognition.withheld_from_staff_ids, Student)
        .join(SupportPlan, and_(SupportPlan.school_id == PlanMeasure.school_id, SupportPlan.id == PlanMeasure.plan_id))
        .join(Goal, and_(Goal.school_id == PlanMeasure.school_id, Goal.id == PlanMeasure.goal_id))
        .join(Need, and_(Need.school_id == Goal.school_id, Need.id == Goal.need_id))
        .join(Student, and_(Student.school_id == SupportPlan.school_id, Student.id == SupportPlan.student_id))
        .outerjoin(Recognition, and_(Recognition.school_id == Need.school_id, Recognition.id == Need.recognition_id))
        .where(PlanMeasure.school_id == caller.school_id, visible_measure(caller))
    )


async def measures(session: AsyncSession, caller: Caller, ids: Iterable[UUID]) -> dict[UUID, Planned]:
    """These measures, of plans that were approved."""
    statement = _measures(caller).where(PlanMeasure.id.in_(set(ids)), SupportPlan.approved_at.is_not(None))
    async with beyond(session, "measures"):
        rows = (await session.execute(statement)).all()
    return {row[0].id: Planned(row[0], row[1].student_id, row[2], row[3] or []) for row in rows}


async def measures_in_force(session: AsyncSession, caller: Caller, student_ids: Iterable[UUID], kinds: Iterable[str]) -> list[Planned]:
    """The measures of these kinds in the students' plans in force."""
    statement = _measures(caller).where(
        SupportPlan.student_id.in_(set(student_ids)), SupportPlan.state == "approved", PlanMeasure.kind.in_(set(kinds))
    )
    async with beyond(session, "measures"):
        rows = (await session.execute(statement)).all()
    return [Planned(row[0], row[1].student_id, row[2], row[3] or []) for row in rows]


async def staff_ids(session: AsyncSession, school_id: UUID, ids: Iterable[UUID]) -> set[UUID]:
    """Those of these ids that are members of staff here."""
    return set(
        (await session.scalars(select(StaffMember.id).where(StaffMember.school_id == school_id, StaffMember.id.in_(set(ids))))).all()
    )


async def candidates(
    session: AsyncSession, caller: Caller, kind: str, *, class_id: UUID | None, mine: bool
) -> list[tuple[Student, str | None, list[PlanMeasure], set[str]]]:
    """Students whose plan in force has a measure of this kind that is not over, by class and name, each with these measures and their classes."""
    statement = (
        _measures(caller)
        .add_columns(SchoolClass.name)
        .outerjoin(SchoolClass, and_(SchoolClass.school_id == Student.school_id, SchoolClass.id == Student.class_id))
        .where(SupportPlan.state == "approved", PlanMeasure.kind == kind)
        .where(PlanMeasure.ends_on.is_(None) | (PlanMeasure.ends_on >= today(caller.time_zone)))
    )
    if class_id:
        statement = statement.where(Student.class_id == class_id)
    if mine:
        statement = statement.where(PlanMeasure.doer_staff_id == caller.staff_id)
    ordered = statement.order_by(SchoolClass.grade, SchoolClass.number, Student.pinyin, Student.id, PlanMeasure.id)
    found: dict[UUID, tuple[Student, str | None, list[PlanMeasure], set[str]]] = {}
    async with beyond(session, "measures"):
        rows = (await session.execute(ordered.limit(MOST_CANDIDATES))).all()
    for row in rows:
        one = found.setdefault(row[4].id, (row[4], row[5], [], set()))
        one[2].append(row[0])
        one[3].add(row[2])
    return list(found.values())
