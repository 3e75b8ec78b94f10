"""Plans with their students, in the caller's reach."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.walls import beyond
from nuanyang.casework.dossiers.models import CaseLead
from nuanyang.casework.plans import policy
from nuanyang.casework.plans.models import Need, PlanReview, SupportPlan
from nuanyang.casework.recognition.models import Recognition
from nuanyang.kit.clock import today
from nuanyang.kit.paging import BadCursor
from nuanyang.school.classes.models import ClassStaff, SchoolClass
from nuanyang.school.staff.models import StaffMember
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import within

SORTS = {"-created_at": SupportPlan.id, "next_review_on": SupportPlan.next_review_on, "submitted_at": SupportPlan.submitted_at}
Row = tuple[SupportPlan, Student, str | None, UUID | None, str | None]


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of the list; None: not asked for."""

    state: list[str] | None = None
    category: str | None = None
    support_level: str | None = None
    grade: int | None = None
    class_id: UUID | None = None
    case_lead: UUID | None = None
    review_by: date | None = None
    template: str | None = None
    template_category: str | None = None  # of `template`: whoever may not know the category does not find a plan by its template
    mine: bool = False
    q: str | None = None


def _base(caller: Caller) -> Select[Any]:
    lead = and_(CaseLead.school_id == SupportPlan.school_id, CaseLead.student_id == SupportPlan.student_id, CaseLead.valid_to.is_(None))
    statement: Any = (
        select(SupportPlan, Student, SchoolClass.name, CaseLead.staff_id, StaffMember.name)
        .join(Student, and_(Student.school_id == SupportPlan.school_id, Student.id == SupportPlan.student_id))
        .outerjoin(SchoolClass, and_(SchoolClass.school_id == Student.school_id, SchoolClass.id == Student.class_id))
        .outerjoin(CaseLead, lead)
        .outerjoin(StaffMember, and_(StaffMember.school_id == CaseLead.school_id, StaffMember.id == CaseLead.staff_id))
        .where(SupportPlan.school_id == caller.school_id, policy.visible_plan(caller))
    )
    return cast("Select[Any]", statement)


async def page(
    session: AsyncSession, caller: Caller, filters: Filters, *, sort: str, after: Sequence[object] | None, limit: int, count: bool = False
) -> tuple[list[Row], int | None]:
    """One page in the order asked, and the count if asked for. Plans without the date sorted by are left out."""
    statement = _filtered(_base(caller), caller, filters)
    column: Any = SORTS[sort]
    if sort != "-created_at":
        statement = statement.where(column.is_not(None))
    total = None
    if count:
        total = (await session.execute(select(func.count()).select_from(statement.order_by(None).subquery()))).scalar_one()
    if after is not None:
        statement = statement.where(_beyond(sort, after))
    order = (SupportPlan.id.desc(),) if sort == "-created_at" else (column, SupportPlan.id)
    rows = (await session.execute(statement.order_by(*order).limit(limit))).all()
    return [(r[0], r[1], r[2], r[3], r[4]) for r in rows], total


def _beyond(sort: str, after: Sequence[object]) -> ColumnElement[bool]:
    try:
        return _after(sort, str(after[0]), UUID(str(after[1])))
    except ValueError as reason:
        raise BadCursor from reason


def _after(sort: str, value: str, last: UUID) -> ColumnElement[bool]:
    if sort == "-created_at":
        return SupportPlan.id < last
    column: Any = SORTS[sort]
    key: object = date.fromisoformat(value) if sort == "next_review_on" else datetime.fromisoformat(value)
    return or_(column > key, and_(column == key, SupportPlan.id > last))


def _filtered(statement: Select[Any], caller: Caller, f: Filters) -> Select[Any]:
    if f.state:
        statement = statement.where(SupportPlan.state.in_(f.state))
    if f.support_level:
        statement = statement.where(SupportPlan.support_level == f.support_level)
    if f.grade is not None:
        statement = statement.where(Student.grade == f.grade)
    if f.class_id:
        statement = statement.where(Student.class_id == f.class_id)
    if f.case_lead:
        statement = statement.where(CaseLead.staff_id == f.case_lead)
    if f.review_by:
        statement = statement.where(SupportPlan.next_review_on <= f.review_by)
    if f.template:
        known = policy.visible_category(caller, f.template_category) if f.template_category else false()
        statement = statement.where(SupportPlan.template == f.template, known)
    if f.mine:
        statement = statement.where(SupportPlan.student_id.in_(sorted(caller.led_student_ids)))
    return _by_words(statement, caller, f)


def _by_words(statement: Select[Any], caller: Caller, f: Filters) -> Select[Any]:
    if f.category:
        of_plan = and_(Need.school_id == SupportPlan.school_id, Need.plan_id == SupportPlan.id, Need.category == f.category)
        statement = statement.where(
            policy.visible_category(caller, f.category),
            exists(select(Need.id).where(of_plan, policy.visible_need(caller)).correlate(SupportPlan, Student)),
        )
    if f.q:
        needle = f.q.lower()
        statement = statement.where(
            or_(
                Student.name.contains(needle, autoescape=True),
                Student.pinyin.startswith(needle, autoescape=True),
                Student.initials.startswith(needle, autoescape=True),
            )
        )
    return statement


async def one(session: AsyncSession, caller: Caller, plan_id: UUID, *, lock: bool = False) -> Row | None:
    """One plan in the caller's reach."""
    statement = _base(caller).where(SupportPlan.id == plan_id)
    if lock:
        statement = statement.with_for_update(of=SupportPlan)
    row = (await session.execute(statement)).one_or_none()
    return None if row is None else (row[0], row[1], row[2], row[3], row[4])


async def many(session: AsyncSession, caller: Caller, plan_ids: Iterable[UUID], *, lock: bool = False) -> dict[UUID, Row]:
    """Plans in the caller's reach by id; locked in the order of their ids, so that two batches never wait for each other in a circle."""
    statement = _base(caller).where(SupportPlan.id.in_(list(plan_ids))).order_by(SupportPlan.id)
    if lock:
        statement = statement.with_for_update(of=SupportPlan)
    return {r[0].id: (r[0], r[1], r[2], r[3], r[4]) for r in (await session.execute(statement)).all()}


async def of_student(session: AsyncSession, caller: Caller, student_id: UUID) -> list[Row]:
    """All versions of a student's plan, the newest first."""
    statement = _base(caller).where(SupportPlan.student_id == student_id).order_by(SupportPlan.number.desc())
    return [(r[0], r[1], r[2], r[3], r[4]) for r in (await session.execute(statement)).all()]


async def running(
    session: AsyncSession, school_id: UUID, student_ids: Iterable[UUID], *, lock: bool = False
) -> dict[UUID, dict[str, SupportPlan]]:
    """Of each student the plan in force ("approved") and the one in the making ("making"), whoever may see them."""
    statement = select(SupportPlan).where(
        SupportPlan.school_id == school_id,
        SupportPlan.student_id.in_(list(student_ids)),
        SupportPlan.state.in_(("draft", "submitted", "approved")),
    )
    if lock:
        statement = statement.order_by(SupportPlan.id).with_for_update()
    found: dict[UUID, dict[str, SupportPlan]] = {}
    for plan in (await session.scalars(statement)).all():
        found.setdefault(plan.student_id, {})["approved" if plan.state == "approved" else "making"] = plan
    return found


async def class_names(session: AsyncSession, school_id: UUID, class_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of classes."""
    statement = select(SchoolClass.id, SchoolClass.name).where(SchoolClass.school_id == school_id, SchoolClass.id.in_(list(class_ids)))
    return dict((await session.execute(statement)).all())


async def last_numbers(session: AsyncSession, school_id: UUID, student_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The number of each student's last version."""
    statement = (
        select(SupportPlan.student_id, func.max(SupportPlan.number))
        .where(SupportPlan.school_id == school_id, SupportPlan.student_id.in_(list(student_ids)))
        .group_by(SupportPlan.student_id)
    )
    return dict((await session.execute(statement)).all())


async def recognised(session: AsyncSession, school_id: UUID, student_ids: Iterable[UUID]) -> dict[UUID, list[Recognition]]:
    """The recognitions in force of each student."""
    statement = select(Recognition).where(
        Recognition.school_id == school_id, Recognition.student_id.in_(list(student_ids)), Recognition.state == "recognised"
    )
    found: dict[UUID, list[Recognition]] = {}
    async with beyond(session, "plan"):  # whether a plan answers all of them is asked of the whole, and told of what is seen
        rows = (await session.scalars(statement.order_by(Recognition.category))).all()
    for row in rows:
        found.setdefault(row.student_id, []).append(row)
    return found


async def doers(session: AsyncSession, school_id: UUID, students: Iterable[Student]) -> dict[UUID, dict[str, UUID]]:
    """Who stands behind the roles that a template names: 班主任 by class, 帮扶责任人 by student."""
    rows = list(students)
    homeroom = select(ClassStaff.class_id, ClassStaff.staff_id).where(
        ClassStaff.school_id == school_id,
        ClassStaff.role == "homeroom_teacher",
        ClassStaff.valid_to.is_(None),
        ClassStaff.class_id.in_({s.class_id for s in rows if s.class_id}),
    )
    lead = select(CaseLead.student_id, CaseLead.staff_id).where(
        CaseLead.school_id == school_id, CaseLead.valid_to.is_(None), CaseLead.student_id.in_([s.id for s in rows])
    )
    by_class, by_student = dict((await session.execute(homeroom)).all()), dict((await session.execute(lead)).all())
    found: dict[UUID, dict[str, UUID]] = {}
    for s in rows:
        teacher = by_class.get(s.class_id) if s.class_id else None
        responsible = by_student.get(s.id) or teacher
        found[s.id] = {k: v for k, v in (("班主任", teacher), ("帮扶责任人", responsible)) if v is not None}
    return found


async def group(
    session: AsyncSession,
    caller: Caller,
    category: str,
    data_class: str,
    level: str | None,
    grade: int | None,
    class_id: UUID | None,
    limit: int,
) -> list[UUID]:
    """The students recognised in a category, in the caller's reach."""
    on = and_(Recognition.school_id == Student.school_id, Recognition.student_id == Student.id)
    statement = (
        select(Student.id)
        .join(Recognition, on)
        .where(Student.school_id == caller.school_id, Recognition.category == category, Recognition.state == "recognised")
        .where(within(caller.scope(data_class, "cases")), Student.status == "enrolled")
    )
    for column, value in ((Recognition.support_level, level), (Student.grade, grade), (Student.class_id, class_id)):
        if value is not None:
            statement = statement.where(column == value)
    if caller.staff_id is not None:
        statement = statement.where(not_(Recognition.withheld_from_staff_ids.any_() == caller.staff_id))
    return list((await session.scalars(statement.order_by(Student.pinyin, Student.id).limit(limit))).all())


async def students(session: AsyncSession, caller: Caller, student_ids: Iterable[UUID]) -> dict[UUID, Student]:
    """Students whose `basic` the caller may see, by id."""
    statement = select(Student).where(
        Student.school_id == caller.school_id, Student.id.in_(list(student_ids)), within(caller.scope("basic", "read"))
    )
    return {s.id: s for s in (await session.scalars(statement)).all()}


async def reviews(session: AsyncSession, school_id: UUID, plan_id: UUID) -> list[PlanReview]:
    """The reviews of a plan in order."""
    statement = select(PlanReview).where(PlanReview.school_id == school_id, PlanReview.plan_id == plan_id).order_by(PlanReview.id)
    return list((await session.scalars(statement)).all())


async def following(session: AsyncSession, school_id: UUID, plan_id: UUID) -> UUID | None:
    """The version opened after this one."""
    statement = select(SupportPlan.id).where(
        SupportPlan.school_id == school_id, SupportPlan.previous_plan_id == plan_id, SupportPlan.state != "discarded"
    )
    return (await session.scalars(statement.order_by(SupportPlan.number.desc()).limit(1))).one_or_none()


async def staff_names(session: AsyncSession, school_id: UUID, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of members of staff."""
    wanted = {i for i in ids if i is not None}
    rows = await session.execute(
        select(StaffMember.id, StaffMember.name).where(StaffMember.school_id == school_id, StaffMember.id.in_(wanted))
    )
    return dict(rows.all())


async def account_names(session: AsyncSession, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Display names of accounts."""
    rows = await session.execute(
        text("select id, display_name from accounts where id = any(:ids)"), {"ids": [i for i in ids if i is not None]}
    )
    return {r.id: r.display_name for r in rows}


def is_review_due(plan: SupportPlan) -> bool:
    """Whether a plan in force should be looked at again by now."""
    return plan.state == "approved" and plan.next_review_on is not None and plan.next_review_on <= today()
