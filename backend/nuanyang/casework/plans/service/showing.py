"""What a caller is shown of plans: the parts of their classes, the others counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.plans import policy
from nuanyang.casework.plans.errors import PlanNotFound
from nuanyang.casework.plans.models import Goal, Need, PlanMeasure, PlanReview, SupportPlan
from nuanyang.casework.plans.repository import library, plans
from nuanyang.casework.plans.repository.contents import Contents, content_of, load
from nuanyang.casework.plans.rules import OWN_FIELDS, Change, Setting, Template, compare, draft, family_summary
from nuanyang.casework.plans.schemas import (
    Category,
    ChangeShown,
    Deviation,
    Dimension,
    FieldChangeShown,
    GapShown,
    GoalShown,
    MeasureShown,
    NeedShown,
    Person,
    PlanDiff,
    PlanRights,
    PlanRow,
    PlanShown,
    PlanStudent,
    PlanVersionRef,
    ReviewShown,
    TemplateShown,
)
from nuanyang.casework.plans.service.deciding import gaps_for, may_approve, may_review, may_submit, sees_all
from nuanyang.school.students.models import Student
from nuanyang.school.years.models import SchoolYear

PLAN_FIELDS = ("support_level",)


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
    whole = sees_all(caller, student, contents)
    template = await library.find(session, caller.school_id, plan.template, also_retired=True) if plan.template else None
    year = (
        await session.execute(select(SchoolYear.name).where(SchoolYear.school_id == caller.school_id, SchoolYear.id == plan.school_year_id))
    ).scalar_one()
    in_making = plan.state in ("draft", "submitted")
    missing = gaps_for(caller, student, plan, contents, recognised) if in_making else []
    return PlanShown(
        id=plan.id,
        version=plan.version,
        student=_student(student, row[2]),
        number=plan.number,
        state=plan.state,  # type: ignore[arg-type]
        support_level=plan.support_level,  # type: ignore[arg-type]
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        next_review_on=plan.next_review_on,
        reviewer=names.member(plan.reviewer_staff_id),
        case_lead=Person(id=row[3], name=row[4] or "") if row[3] else None,
        school_year=year,
        summary=plan.summary,
        summary_suggestion=family_summary(content_of(plan, contents, visible)),
        template=plan.template,
        template_name=template.name if template else None,
        previous_plan_id=plan.previous_plan_id,
        next_plan_id=await plans.following(session, caller.school_id, plan.id),
        created_at=plan.created_at,
        created_by=names.account(plan.created_by),
        edited_by=names.account(plan.edited_by),
        submitted_at=plan.submitted_at,
        submitted_by=names.account(plan.submitted_by),
        returned_reason=plan.returned_reason if whole else None,
        approved_at=plan.approved_at,
        approved_by=names.account(plan.approved_by),
        ended_at=plan.ended_at,
        end_reason=plan.end_reason if whole else None,
        needs=[_need(n, contents, names, policy.may_write(caller, student, n.data_class)) for n in visible],
        reviews=[_review(r, names, whole) for r in reviews],
        gaps=[GapShown.model_validate(g) for g in missing],
        hidden=[c for c in policy.CASE_CLASSES if not policy.sees_class(caller, student, c)],
        hidden_needs=contents.hidden_count(caller, student),
        writable=policy.writable(caller, student),
        rights=_rights(caller, student, plan, contents),
    )


def _rights(caller: Caller, student: Student, plan: SupportPlan, contents: Contents) -> PlanRights:
    writes = bool(policy.writable(caller, student)) and (not contents.needs or may_submit(caller, student, contents))
    approves = plan.state == "submitted" and may_approve(caller, student, plan, contents) is None
    returns = plan.state == "submitted" and (
        plan.submitted_by == caller.account_id or policy.may_approve_class(caller, student, contents.classes())
    )
    whole = sees_all(caller, student, contents)
    reviews = plan.state == "approved" and may_review(caller, student, contents)
    return PlanRights(
        edit=plan.state == "draft" and bool(policy.writable(caller, student)),
        submit=plan.state == "draft" and writes,
        approve=approves,
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


def _student(student: Student, class_name: str | None) -> PlanStudent:
    return PlanStudent(
        id=student.id,
        name=student.name,
        class_id=student.class_id,
        class_name=class_name,
        grade=student.grade,
        sex=student.sex,
        student_number=student.student_number,
    )


def _need(row: Need, contents: Contents, names: _Names, may_edit: bool) -> NeedShown:
    return NeedShown(
        id=row.id,
        lineage=row.lineage,
        dimension=row.dimension,  # type: ignore[arg-type]
        category=row.category,  # type: ignore[arg-type]
        data_class=row.data_class,
        recognition_id=row.recognition_id,
        statement=row.statement,
        may_edit=may_edit,
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


async def rows_shown(session: AsyncSession, caller: Caller, rows: Sequence[plans.Row]) -> list[PlanRow]:
    """Rows of a list: categories, goals and measures count only what the caller sees."""
    contents = await load(session, caller, [r[0].id for r in rows])
    names = await _template_names(session, caller, {r[0].template for r in rows if r[0].template})
    return [_row(caller, r, contents[r[0].id], names) for r in rows]


async def _template_names(session: AsyncSession, caller: Caller, keys: Iterable[str]) -> dict[str, str]:
    found = {k: await library.find(session, caller.school_id, k, also_retired=True) for k in keys}
    return {k: t.name for k, t in found.items() if t is not None}


def _row(caller: Caller, row: plans.Row, contents: Contents, templates: dict[str, str]) -> PlanRow:
    plan, student, class_name, lead_id, lead_name = row
    visible = contents.visible(caller, student)
    goals = [g for n in visible for g in contents.goals.get(n.id, [])]
    return PlanRow(
        id=plan.id,
        version=plan.version,
        student=_student(student, class_name),
        number=plan.number,
        state=plan.state,  # type: ignore[arg-type]
        support_level=plan.support_level,  # type: ignore[arg-type]
        categories=cast("list[Category]", sorted({n.category for n in visible if n.category})),
        dimensions=cast("list[Dimension]", list(dict.fromkeys(n.dimension for n in visible))),
        goals=len(goals),
        measures=sum(len(contents.measures.get(g.id, [])) for g in goals),
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        next_review_on=plan.next_review_on,
        is_review_due=plans.is_review_due(plan),
        case_lead=Person(id=lead_id, name=lead_name or "") if lead_id else None,
        template_name=templates.get(plan.template) if plan.template else None,
        submitted_at=plan.submitted_at,
        approved_at=plan.approved_at,
        created_at=plan.created_at,
        may_approve=plan.state == "submitted" and may_approve(caller, student, plan, contents) is None,
        hidden_needs=contents.hidden_count(caller, student),
    )


async def diff(session: AsyncSession, caller: Caller, plan_id: UUID, against: UUID | None) -> PlanDiff:
    """How a version differs from another one of the same student (by default the one before), in the parts the caller sees."""
    after = await plans.one(session, caller, plan_id)
    other = against or (after[0].previous_plan_id if after else None)
    before = await plans.one(session, caller, other) if other else None
    if after is None or before is None or before[1].id != after[1].id:
        raise PlanNotFound
    contents = await load(session, caller, [before[0].id, after[0].id])
    student = after[1]
    was, now = (content_of(p[0], contents[p[0].id], contents[p[0].id].visible(caller, student)) for p in (before, after))
    staff = await plans.staff_names(
        session,
        caller.school_id,
        [m.doer_staff_id for c in contents.values() for ms in c.measures.values() for m in ms]
        + [before[0].reviewer_staff_id, after[0].reviewer_staff_id],
    )
    return PlanDiff(
        before=_ref(before[0]),
        after=_ref(after[0]),
        changes=changes_shown(compare(was, now), staff),
        hidden_needs=sum(contents[p[0].id].hidden_count(caller, student) for p in (before, after)),
    )


def _ref(plan: SupportPlan) -> PlanVersionRef:
    return PlanVersionRef(id=plan.id, number=plan.number, state=plan.state, starts_on=plan.starts_on)  # type: ignore[arg-type]


def changes_shown(changes: Iterable[Change], staff: dict[UUID, str]) -> list[ChangeShown]:
    """Changes with people by name."""
    names = {str(i): n for i, n in staff.items()}

    def named(value: str | None) -> str | None:
        return names.get(value, value) if value else None

    return [
        ChangeShown(
            part=c.part,
            kind=c.kind,
            dimension=c.dimension,  # type: ignore[arg-type]
            label=c.label,
            fields=[
                FieldChangeShown(name=f.name, before=named(f.before), after=named(f.after))
                if f.name.endswith("_staff_id")
                else FieldChangeShown(name=f.name, before=f.before, after=f.after)
                for f in c.fields
            ],
        )
        for c in changes
    ]


async def deviations(session: AsyncSession, caller: Caller, rows: Sequence[plans.Row]) -> list[Deviation]:
    """Each plan beside the template that it was made from; dates and doers are the student's own and do not count."""
    contents = await load(session, caller, [r[0].id for r in rows])
    templates = {
        k: await library.find(session, caller.school_id, k, also_retired=True) for k in {r[0].template for r in rows if r[0].template}
    }
    shown = await rows_shown(session, caller, rows)
    found = []
    for row, brief in zip(rows, shown, strict=True):
        plan, student = row[0], row[1]
        template = templates.get(plan.template) if plan.template else None
        changes: list[Change] = []
        if template is not None:
            c = contents[plan.id]
            changes = _against_template(template, plan, c, c.visible(caller, student), caller, student)
        found.append(Deviation(plan=brief, changes=changes_shown(changes, {})))
    return found


def _against_template(
    template: Template, plan: SupportPlan, contents: Contents, visible: list[Need], caller: Caller, student: Student
) -> list[Change]:
    setting = Setting(plan.support_level, plan.starts_on, plan.ends_on or date.max, {}, {})
    made = draft(template, setting)
    # Parts of the template in a class that the caller does not see are no deviation: they may be there, hidden.
    seen = tuple(n for n in made.needs if policy.sees_class(caller, student, n.data_class))
    beside = replace(made, needs=seen)
    return compare(beside, content_of(plan, contents, visible), plan_fields=PLAN_FIELDS, ignored=OWN_FIELDS)


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
