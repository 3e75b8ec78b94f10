"""Drafts: one or a thousand, from a template or from nothing; set-based, each student with an own result.

A student has one plan. Where a draft is being made already, parts for a recognition that nothing answers yet are added to it, so that
several who each see their own part write one plan, and a student recognised twice is served by two group drafts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.permissions import CATEGORY_CLASS
from nuanyang.casework.plans import policy
from nuanyang.casework.plans.errors import NobodyRecognised, PlanInForce, PlanInMaking, TemplateNotFound
from nuanyang.casework.plans.models import SupportPlan
from nuanyang.casework.plans.repository import contents as writing
from nuanyang.casework.plans.repository import library, plans
from nuanyang.casework.plans.rules import PlanContent, Setting, Template, bare_draft, class_of_need, draft, fresh, gaps
from nuanyang.casework.plans.schemas import GroupDraftInput, PlanInput
from nuanyang.casework.plans.service.editing import written
from nuanyang.casework.plans.service.noting import note_plan
from nuanyang.casework.recognition.models import Recognition
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import Forbidden, Problem, invalid
from nuanyang.kit.ids import new_id
from nuanyang.programme.clauses import Kinds
from nuanyang.programme.editions.service import kinds_of
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import StudentNotFound, visible_student
from nuanyang.school.years.service import year_of

# Where a need begins when nothing but the category is known, best first: C3 may be of the body or of the mind.
DIMENSIONS = {"C1": ("living",), "C2": ("academic",), "C3": ("psychological", "living"), "C4": ("social",)}
STATEMENTS = {"C1": "家庭经济方面需要支持。", "C2": "学业方面需要支持。", "C3": "身心方面需要支持。", "C4": "情感陪伴方面需要支持。"}


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for a number of students."""

    template: Template | None = None
    support_level: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    reviewer_staff_id: UUID | None = None
    submit: bool = False
    is_preview: bool = False


@dataclass(slots=True)
class Drafted:
    """What came of one student."""

    student_id: UUID
    problem: Problem | None = None
    student: Student | None = None
    class_name: str | None = None
    plan: SupportPlan | None = None
    content: PlanContent | None = None
    left_out: int = 0
    is_secret: bool = False
    added_after: int | None = None  # parts in the draft that there was already; None for a new plan


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the drafts are made of, read in a handful of statements however many the students."""

    students: dict[UUID, Student]
    class_names: dict[UUID, str]
    running: dict[UUID, dict[str, SupportPlan]]
    contents: dict[UUID, writing.Contents]
    numbers: dict[UUID, int]
    recognised: dict[UUID, list[Recognition]]
    doers: dict[UUID, dict[str, UUID]]
    kinds: Kinds


async def create_plan(session: AsyncSession, caller: Caller, body: PlanInput) -> SupportPlan:
    """A draft for one student."""
    student = await visible_student(session, caller, body.student_id)
    template = await template_of(session, caller, body.template) if body.template else None
    order = Order(template, body.support_level, body.starts_on, body.ends_on, body.reviewer_staff_id)
    (made,) = await draft_many(session, caller, [student.id], order)
    if made.problem is not None:
        raise made.problem
    assert made.plan is not None  # noqa: S101 - either a problem or a plan
    return made.plan


async def template_of(session: AsyncSession, caller: Caller, key: str) -> Template:
    """A template in use."""
    found = await library.find(session, caller.school_id, key)
    if found is None:
        raise TemplateNotFound
    return found


async def draft_group(session: AsyncSession, caller: Caller, body: GroupDraftInput) -> list[Drafted]:
    """Drafts for a group from one template."""
    if (body.student_ids is None) == (body.filter is None):
        raise invalid("#/student_ids", "either_or", "请给出学生名单或筛选条件之一。", "Give either student_ids or filter.")
    template = await template_of(session, caller, body.template)
    ids = body.student_ids
    if ids is None and body.filter is not None:
        f, data_class = body.filter, CATEGORY_CLASS[template.category]
        ids = await plans.group(session, caller, template.category, data_class, f.support_level, f.grade, f.class_id, 1000)
    order = Order(template, body.support_level, body.starts_on, body.ends_on, body.reviewer_staff_id, body.submit, body.preview)
    made = await draft_many(session, caller, list(dict.fromkeys(ids or [])), order)
    # Who gets a draft, and who does not because nothing is recognised, tells of the template's category.
    category = template.category
    told = [r.student for r in made if r.student is not None and policy.sees_category(caller, r.student, category)]
    await showed(session, caller, ((student.id, CATEGORY_CLASS[category]) for student in told))
    return made


async def draft_many(session: AsyncSession, caller: Caller, student_ids: Sequence[UUID], order: Order) -> list[Drafted]:
    """Make the drafts in a handful of statements; whoever cannot have one is told why and stops nobody else."""
    year = await year_of(session, caller.school_id)
    starts_on = order.starts_on or today()
    order = replace(order, starts_on=starts_on, ends_on=order.ends_on or max(year.ends_on, starts_on))
    await _check_order(session, caller, order)
    ground = await _ground(session, caller, student_ids, lock=not order.is_preview)
    results = [_considered(caller, student_id, ground, order) for student_id in student_ids]
    if not order.is_preview:
        await _write(session, caller, [r for r in results if r.plan is not None], year.id)
    return results


async def _write(session: AsyncSession, caller: Caller, made: list[Drafted], year_id: UUID) -> None:
    contents: dict[UUID, PlanContent] = {}
    for r in made:
        if r.plan is None or r.content is None:
            continue
        contents[r.plan.id] = r.content
        if r.added_after is None:
            r.plan.school_year_id = year_id
            session.add(r.plan)
        else:
            written(r.plan, caller)
            r.plan.support_level = "key" if "key" in (r.plan.support_level, r.content.support_level) else "general"
    try:
        await session.flush()
    except IntegrityError as twin:  # the partial unique index: another request was quicker
        raise PlanInMaking from twin
    await writing.write(session, caller.school_id, contents, {r.plan.id: r.added_after or 0 for r in made if r.plan})
    for r in made:
        if r.plan and r.content and r.added_after is None and not r.is_secret:
            note_plan(session, caller, r.plan, "plan_drafted", [n.data_class for n in r.content.needs])


async def _check_order(session: AsyncSession, caller: Caller, order: Order) -> None:
    if order.starts_on and order.ends_on and order.ends_on < order.starts_on:
        raise invalid("#/ends_on", "ends_before_start", "结束日期不能早于开始日期。", "The plan ends before it starts.")
    if order.reviewer_staff_id and not await plans.staff_names(session, caller.school_id, [order.reviewer_staff_id]):
        raise invalid("#/reviewer_staff_id", "unknown_staff", "没有这位教职工。", "No such member of staff.")


async def _ground(session: AsyncSession, caller: Caller, student_ids: Sequence[UUID], *, lock: bool) -> _Ground:
    found, school_id = await plans.students(session, caller, student_ids), caller.school_id
    running = await plans.running(session, school_id, found, lock=lock)
    drafts = [p["making"].id for p in running.values() if "making" in p and p["making"].state == "draft"]
    return _Ground(
        students=found,
        class_names=await plans.class_names(session, school_id, {s.class_id for s in found.values() if s.class_id}),
        running=running,
        contents=await writing.load(session, caller, drafts),
        numbers=await plans.last_numbers(session, school_id, found),
        recognised=await plans.recognised(session, school_id, found),
        doers=await plans.doers(session, school_id, found.values()),
        kinds=await kinds_of(session, school_id),
    )


def _considered(caller: Caller, student_id: UUID, ground: _Ground, order: Order) -> Drafted:
    student = ground.students.get(student_id)
    if student is None:
        return Drafted(student_id, StudentNotFound())
    result = Drafted(student_id, student=student, class_name=ground.class_names.get(student.class_id) if student.class_id else None)
    seen = {
        r.category: r
        for r in ground.recognised.get(student_id, [])
        if policy.sees_class(caller, student, r.data_class) and policy.may_hear_of(caller, r)
    }
    result.problem = _refusal(caller, student, ground.running.get(student_id, {}), set(seen), order)
    if result.problem is None:
        _fill(result, caller, student, seen, ground, order)
    return result


def _refusal(caller: Caller, student: Student, running: dict[str, SupportPlan], seen: set[str], order: Order) -> Problem | None:
    if not policy.writable(caller, student):
        return Forbidden()
    if not seen or (order.template and order.template.category not in seen):
        return NobodyRecognised()
    if "making" in running:
        return None if running["making"].state == "draft" else PlanInMaking()
    return PlanInForce() if "approved" in running else None


def _fill(result: Drafted, caller: Caller, student: Student, seen: dict[str, Recognition], ground: _Ground, order: Order) -> None:
    writable = set(policy.writable(caller, student))
    content = _content(order.template, _setting(order, seen, ground.doers.get(student.id, {})), writable, ground.kinds)
    kept = tuple(n for n in content.needs if n.data_class in writable)
    result.left_out = len(content.needs) - len(kept)
    if not kept:
        result.problem = Forbidden()
        return
    making = ground.running.get(student.id, {}).get("making")
    if making is not None:
        _add(result, making, ground.contents[making.id], replace(content, needs=kept))
    else:
        result.content = replace(content, needs=kept)
        result.plan = _row(caller, student, result.content, order, ground.numbers.get(student.id, 0) + 1)
        # Only what the caller knows of: whether a draft stays one must not tell of a recognition that is not for them.
        if order.submit and not gaps(result.content, [(r.category, r.data_class) for r in seen.values()], ground.kinds):
            result.plan.state, result.plan.submitted_at, result.plan.submitted_by = "submitted", now(), caller.account_id
    answered = {n.category for n in kept}
    result.is_secret = any(r.withheld_from_staff_ids for r in ground.recognised.get(student.id, []) if r.category in answered)


def _add(result: Drafted, making: SupportPlan, contents: writing.Contents, content: PlanContent) -> None:
    """Parts for a draft that there is already: what it answers stays as it was written."""
    answered = {n.category for n in contents.needs}
    new = tuple(fresh(n) for n in content.needs if n.category not in answered)
    if not new:
        result.problem = PlanInMaking()
        return
    result.plan, result.content, result.added_after = making, replace(content, needs=new), len(contents.needs)


def _setting(order: Order, seen: dict[str, Recognition], doers: dict[str, UUID]) -> Setting:
    levels = [r.support_level for r in seen.values() if order.template is None or r.category == order.template.category]
    return Setting(
        support_level=order.support_level or ("key" if "key" in levels else "general"),
        starts_on=order.starts_on or today(),
        ends_on=order.ends_on or today(),
        recognitions={c: r.id for c, r in seen.items()},
        doers=doers,
        reviewer_staff_id=order.reviewer_staff_id or doers.get("帮扶责任人"),
    )


def _content(template: Template | None, setting: Setting, writable: set[str], kinds: Kinds) -> PlanContent:
    if template is not None:
        return draft(template, setting, kinds)
    dimensions = {c: next((d for d in DIMENSIONS[c] if class_of_need(d, c) in writable), None) for c in setting.recognitions}
    return bare_draft(setting, {c: d for c, d in dimensions.items() if d}, STATEMENTS)


def _row(caller: Caller, student: Student, content: PlanContent, order: Order, number: int) -> SupportPlan:
    return SupportPlan(
        school_id=caller.school_id,
        id=new_id(),
        student_id=student.id,
        number=number,
        state="draft",
        support_level=content.support_level,
        starts_on=content.starts_on,
        ends_on=content.ends_on,
        next_review_on=content.next_review_on,
        reviewer_staff_id=content.reviewer_staff_id,
        template=order.template.id if order.template else None,
        created_by=caller.account_id,
        edited_by=caller.account_id,
        writers=[caller.account_id],
    )
