"""What a caller is shown of one plan: the parts of their classes, and nothing that tells of others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.permissions import CATEGORY_CLASS
from nuanyang.casework.plans import policy
from nuanyang.casework.plans.errors import PlanNotFound
from nuanyang.casework.plans.models import Goal, Need, PlanMeasure, PlanReview, SupportPlan
from nuanyang.casework.plans.repository import library, plans
from nuanyang.casework.plans.repository.contents import Contents, content_of, load
from nuanyang.casework.plans.rules import Template, family_summary
from nuanyang.casework.plans.schemas import (
    GapShown,
    GoalShown,
    MeasureShown,
    NeedShown,
    Person,
    PlanRights,
    PlanShown,
    PlanStudent,
    ReviewShown,
    TemplateShown,
)
from nuanyang.casework.plans.service.judging import approves, gaps_for, may_review, may_submit
from nuanyang.casework.recognition.models import Recognition
from nuanyang.school.students.models import Student
from nuanyang.school.years.models import SchoolYear


@dataclass(frozen=True, slots=True)
class _Names:
    staff: dict[UUID, str]
    accounts: dict[UUID, str]

    def member(self, staff_id: UUID | None) -> Person | None:
        return Person(id=staff_id, name=self.staff.get(staff_id, "")) if staff_id else None

    def account(self, account_id: UUID | None) -> Person | None:
        return Person(id=account_id, name=self.accounts.get(account_id, "")) if account_id else None


async def plan_shown(session: AsyncSession, caller: Caller, plan_id: UUID) -> PlanShown:
    """One plan as this caller sees it."""
    row = await plans.one(session, caller, plan_id)
    if row is None:
        raise PlanNotFound
    plan, student = row[0], row[1]
    contents = (await load(session, caller, [plan.id]))[plan.id]
    recognised = (await plans.recognised(session, caller.school_id, [student.id])).get(student.id, [])
    reviews = await plans.reviews(session, caller.school_id, plan.id)
    names = await _names(session, caller, plan, contents, reviews)
    visible = contents.visible(caller, student)
    whole = contents.is_whole(caller, student)
    template = (await templates_of(session, caller, [plan])).get(plan.template or "")
    is_template_known = template is not None and policy.sees_category(caller, student, template.category)
    year = (
        await session.execute(select(SchoolYear.name).where(SchoolYear.school_id == caller.school_id, SchoolYear.id == plan.school_year_id))
    ).scalar_one()
    in_making = plan.state in ("draft", "submitted")
    missing = gaps_for(caller, student, plan, contents, recognised) if in_making else []
    told = policy.classes_told(caller, student, visible) | {g.data_class for g in missing if g.data_class}
    told |= {CATEGORY_CLASS[template.category]} if template and is_template_known else set()
    await showed(session, caller, ((student.id, c) for c in told))
    return PlanShown(
        id=plan.id,
        version=plan.version,
        student=student_shown(student, row[2]),
        number=plan.number,
        state=plan.state,  # type: ignore[arg-type]
        support_level=plan.support_level,  # type: ignore[arg-type]
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        next_review_on=plan.next_review_on,
        reviewer=names.member(plan.reviewer_staff_id),
        case_lead=Person(id=row[3], name=row[4] or "") if row[3] else None,
        school_year=year,
        summary=plan.summary if whole else None,
        summary_suggestion=family_summary(content_of(plan, contents, visible)),
        template=plan.template if is_template_known else None,
        template_name=template.name if template and is_template_known else None,
        previous_plan_id=plan.previous_plan_id,
        next_plan_id=await plans.following(session, caller.school_id, plan.id),
        created_at=plan.created_at,
        created_by=names.account(plan.created_by) if whole else None,
        edited_by=names.account(plan.edited_by) if whole else None,
        submitted_at=plan.submitted_at,
        submitted_by=names.account(plan.submitted_by),
        returned_reason=plan.returned_reason if whole else None,
        approved_at=plan.approved_at,
        approved_by=names.account(plan.approved_by),
        ended_at=plan.ended_at,
        end_reason=plan.end_reason if whole else None,
        needs=[_need(n, contents, names, caller, student) for n in visible],
        reviews=[_review(r, names, whole) for r in reviews],
        gaps=[GapShown.model_validate(g) for g in missing],
        hidden=hidden_classes(caller, student),
        writable=policy.writable(caller, student),
        rights=_rights(caller, student, plan, contents, recognised),
    )


def hidden_classes(caller: Caller, student: Student) -> list[str]:
    """The classes of case records that are not for the caller, whether the student has such records or not."""
    return [c for c in policy.CASE_CLASSES if not policy.sees_class(caller, student, c)]


def _rights(caller: Caller, student: Student, plan: SupportPlan, contents: Contents, recognised: list[Recognition]) -> PlanRights:
    writes = bool(policy.writable(caller, student)) and (not contents.needs or may_submit(caller, student, contents))
    returns = plan.state == "submitted" and (
        plan.submitted_by == caller.account_id or policy.may_approve_class(caller, student, contents.classes())
    )
    whole = contents.is_whole(caller, student)
    reviews = plan.state == "approved" and may_review(caller, student, contents)
    return PlanRights(
        edit=plan.state == "draft" and bool(policy.writable(caller, student)),
        submit=plan.state == "draft" and writes,
        approve=plan.state == "submitted" and approves(caller, student, plan, contents, recognised),
        send_back=returns,
        review=reviews,
        close=reviews and whole,
        discard=plan.state == "draft" and writes and whole,
    )


async def _names(session: AsyncSession, caller: Caller, plan: SupportPlan, contents: Contents, reviews: Iterable[PlanReview]) -> _Names:
    doers = [m.doer_staff_id for measures in contents.measures.values() for m in measures]
    accounts = [plan.created_by, plan.edited_by, plan.submitted_by, plan.approved_by, *(r.created_by for r in reviews)]
    return _Names(
        await plans.staff_names(session, caller.school_id, [plan.reviewer_staff_id, *doers]), await plans.account_names(session, accounts)
    )


def student_shown(student: Student, class_name: str | None) -> PlanStudent:
    """Whom a plan is for."""
    return PlanStudent(
        id=student.id,
        name=student.name,
        class_id=student.class_id,
        class_name=class_name,
        grade=student.grade,
        sex=student.sex,
        student_number=student.student_number,
    )


def _need(row: Need, contents: Contents, names: _Names, caller: Caller, student: Student) -> NeedShown:
    is_known = policy.sees_category(caller, student, row.category)
    return NeedShown(
        id=row.id,
        lineage=row.lineage,
        dimension=row.dimension,  # type: ignore[arg-type]
        category=row.category if is_known else None,  # type: ignore[arg-type]
        data_class=row.data_class,
        recognition_id=row.recognition_id if is_known else None,
        statement=row.statement,
        may_edit=policy.may_write(caller, student, row.data_class),
        goals=[_goal(g, contents.measures.get(g.id, []), names) for g in contents.goals.get(row.id, [])],
    )


def _goal(row: Goal, measures: Sequence[PlanMeasure], names: _Names) -> GoalShown:
    return GoalShown(
        id=row.id,
        lineage=row.lineage,
        statement=row.statement,
        indicator=row.indicator,
        baseline=row.baseline,
        target=row.target,
        due_on=row.due_on,
        achieved=row.achieved,  # type: ignore[arg-type]
        achieved_note=row.achieved_note,
        measures=[_measure(m, names) for m in measures],
    )


def _measure(row: PlanMeasure, names: _Names) -> MeasureShown:
    return MeasureShown(
        id=row.id,
        lineage=row.lineage,
        kind=row.kind,
        title=row.title,
        times=float(row.times),
        per=row.per,  # type: ignore[arg-type]
        minutes=row.minutes,
        doer_staff_id=row.doer_staff_id,
        doer_name=names.staff.get(row.doer_staff_id) if row.doer_staff_id else None,
        doer_note=row.doer_note,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def _review(row: PlanReview, names: _Names, whole: bool) -> ReviewShown:
    by = names.account(row.created_by)
    return ReviewShown(
        id=row.id,
        outcome=row.outcome,  # type: ignore[arg-type]
        reason=row.reason if whole else None,
        reviewed_on=row.reviewed_on,
        next_review_on=row.next_review_on,
        by=by.name if by else None,
    )


async def templates_of(session: AsyncSession, caller: Caller, rows: Iterable[SupportPlan]) -> dict[str, Template]:
    """The templates that these plans were made from, by key; also retired ones."""
    keys = {p.template for p in rows if p.template}
    found = {k: await library.find(session, caller.school_id, k, also_retired=True) for k in keys}
    return {k: t for k, t in found.items() if t is not None}


def template_shown(template: Template) -> TemplateShown:
    """A template of the library."""
    return TemplateShown(
        id=template.id,
        version=template.version,
        name=template.name,
        en=template.en,
        category=template.category,  # type: ignore[arg-type]
        support_level=template.support_level,  # type: ignore[arg-type]
        description=template.description,
        is_shipped=template.is_shipped,
        needs=list(template.needs),
    )
