"""The course of a plan: submit, approve by another person, return, review, close, discard; one or many."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.plans import policy
from nuanyang.casework.plans.errors import (
    NotADraft,
    NotInForce,
    NotSubmitted,
    NotYoursToDecide,
    PlanIncomplete,
    PlanInMaking,
    PlanNotFound,
)
from nuanyang.casework.plans.models import PlanReview, SupportPlan
from nuanyang.casework.plans.repository import plans
from nuanyang.casework.plans.repository.contents import Contents, content_of, load, write
from nuanyang.casework.plans.rules import next_review_on, next_version, state_after
from nuanyang.casework.plans.schemas import PlanVersion, ReviewInput
from nuanyang.casework.plans.service.judging import errors_of, gaps_for, may_approve, may_review, may_submit, unmet
from nuanyang.casework.plans.service.noting import note_plan
from nuanyang.casework.recognition.models import Recognition
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import Forbidden, PreconditionFailed, Problem, invalid
from nuanyang.kit.ids import new_id
from nuanyang.school.students.models import Student
from nuanyang.school.years.service import year_of

Result = tuple[UUID, SupportPlan | Problem]


async def _locked(session: AsyncSession, caller: Caller, plan_id: UUID) -> tuple[SupportPlan, Student, Contents]:
    row = await plans.one(session, caller, plan_id, lock=True)
    if row is None:
        raise PlanNotFound
    return row[0], row[1], (await load(session, caller, [plan_id]))[plan_id]


async def submit(session: AsyncSession, caller: Caller, plan_id: UUID) -> SupportPlan:
    """Hand a complete draft in for approval."""
    ((_, result),) = await submit_many(session, caller, [plan_id])
    if isinstance(result, Problem):
        raise result
    return result


async def submit_many(session: AsyncSession, caller: Caller, plan_ids: Sequence[UUID]) -> list[Result]:
    """Submit what is complete; the others say what is missing."""
    rows = await plans.many(session, caller, plan_ids, lock=True)
    contents = await load(session, caller, rows)
    recognised = await plans.recognised(session, caller.school_id, {r[1].id for r in rows.values()})
    results: list[Result] = []
    for plan_id in dict.fromkeys(plan_ids):
        row = rows.get(plan_id)
        problem = (
            PlanNotFound() if row is None else _not_submittable(caller, row[1], row[0], contents[plan_id], recognised.get(row[1].id, []))
        )
        if row is None or problem is not None:
            results.append((plan_id, problem or PlanNotFound()))
            continue
        plan = row[0]
        plan.state, plan.submitted_at, plan.submitted_by, plan.returned_reason = "submitted", now(), caller.account_id, None
        _note(session, caller, plan, contents[plan_id], "plan_submitted")
        results.append((plan_id, plan))
    await session.flush()
    return results


def _not_submittable(
    caller: Caller, student: Student, plan: SupportPlan, contents: Contents, recognitions: list[Recognition]
) -> Problem | None:
    if contents.needs and not may_submit(caller, student, contents):
        return Forbidden()
    if state_after(plan.state, "submit") is None:
        return NotADraft()
    missing = gaps_for(caller, student, plan, contents, recognitions)
    return PlanIncomplete(errors=errors_of(missing)) if missing else None


async def approve(session: AsyncSession, caller: Caller, plan_id: UUID, seen: int) -> SupportPlan:
    """Put a submitted plan in force; the version before is superseded."""
    ((_, result),) = await approve_many(session, caller, [PlanVersion(id=plan_id, version=seen)])
    if isinstance(result, Problem):
        raise result
    return result


async def approve_many(session: AsyncSession, caller: Caller, items: Sequence[PlanVersion]) -> list[Result]:
    """Approve what may be approved; each has its own result."""
    wanted = {i.id: i.version for i in items}
    rows = await plans.many(session, caller, wanted, lock=True)
    contents = await load(session, caller, rows)
    recognised = await plans.recognised(session, caller.school_id, {r[1].id for r in rows.values()})
    results: list[Result] = []
    approved: list[SupportPlan] = []
    for plan_id, seen in wanted.items():
        row = rows.get(plan_id)
        problem = (
            PlanNotFound()
            if row is None
            else _not_approvable(caller, row[1], row[0], contents[plan_id], recognised.get(row[1].id, []), seen)
        )
        if row is None or problem is not None:
            results.append((plan_id, problem or PlanNotFound()))
        else:
            approved.append(row[0])
            results.append((plan_id, row[0]))
    await _supersede(session, caller, approved)
    for plan in approved:
        plan.state, plan.approved_at, plan.approved_by = "approved", now(), caller.account_id
        _note(session, caller, plan, contents[plan.id], "plan_approved")
    await session.flush()
    return results


def _not_approvable(
    caller: Caller, student: Student, plan: SupportPlan, contents: Contents, recognitions: list[Recognition], seen: int
) -> Problem | None:
    if problem := may_approve(caller, student, plan, contents):
        return problem
    if seen != plan.version:
        return PreconditionFailed(extra={"current_version": plan.version})
    if state_after(plan.state, "approve") is None:
        return NotSubmitted()
    return unmet(caller, student, plan, contents, recognitions)


async def _supersede(session: AsyncSession, caller: Caller, approved: list[SupportPlan]) -> None:
    if not approved:
        return
    before = update(SupportPlan).where(
        SupportPlan.school_id == caller.school_id,
        SupportPlan.student_id.in_([p.student_id for p in approved]),
        SupportPlan.state == "approved",
    )
    await session.execute(
        before.values(state="superseded", version=SupportPlan.version + 1), execution_options={"synchronize_session": False}
    )


async def return_plan(session: AsyncSession, caller: Caller, plan_id: UUID, reason: str) -> SupportPlan:
    """Back to who wrote it, with the reason; whoever submitted it may also take it back."""
    plan, student, contents = await _locked(session, caller, plan_id)
    if plan.submitted_by != caller.account_id and not policy.may_approve_class(caller, student, contents.classes()):
        raise Forbidden
    if state_after(plan.state, "return") is None:
        raise NotSubmitted
    plan.state, plan.returned_reason, plan.submitted_at, plan.submitted_by = "draft", reason, None, None
    _note(session, caller, plan, contents, "plan_returned")
    await session.flush()
    return plan


async def close(session: AsyncSession, caller: Caller, plan_id: UUID, reason: str) -> SupportPlan:
    """End the plan in force without a successor."""
    plan, student, contents = await _locked(session, caller, plan_id)
    if not may_review(caller, student, contents):
        raise Forbidden
    if not contents.is_whole(caller, student):
        raise NotYoursToDecide
    if state_after(plan.state, "close") is None:
        raise NotInForce
    plan.state, plan.ended_at, plan.end_reason = "closed", now(), reason
    _note(session, caller, plan, contents, "plan_closed")
    await session.flush()
    return plan


async def discard(session: AsyncSession, caller: Caller, plan_id: UUID, reason: str) -> SupportPlan:
    """Give a draft up; it stays, with the reason."""
    plan, student, contents = await _locked(session, caller, plan_id)
    if contents.needs and not may_submit(caller, student, contents):
        raise Forbidden
    if not contents.is_whole(caller, student):
        raise NotYoursToDecide
    if state_after(plan.state, "discard") is None:
        raise NotADraft
    plan.state, plan.ended_at, plan.end_reason = "discarded", now(), reason
    _note(session, caller, plan, contents, "plan_discarded")
    await session.flush()
    return plan


async def review(session: AsyncSession, caller: Caller, plan_id: UUID, body: ReviewInput) -> tuple[SupportPlan, SupportPlan | None]:
    """Look at the plan in force: keep it, revise it or step up (both open the next version), or let the student leave it."""
    plan, student, contents = await _locked(session, caller, plan_id)
    if not may_review(caller, student, contents):
        raise Forbidden
    if plan.state != "approved":
        raise NotInForce
    if body.outcome == "exit" and not contents.is_whole(caller, student):
        raise NotYoursToDecide
    day = body.reviewed_on or today()
    _judge(caller, student, contents, body)
    after = await _follow_up(session, caller, plan, contents, body, day)
    session.add(
        PlanReview(
            school_id=caller.school_id,
            created_at=now(),
            id=new_id(),
            plan_id=plan.id,
            outcome=body.outcome,
            reason=body.reason,
            reviewed_on=day,
            next_review_on=plan.next_review_on if body.outcome != "exit" else None,
            created_by=caller.account_id,
        )
    )
    plan.updated_at = now()
    _note(session, caller, plan, contents, "plan_reviewed", outcome=body.outcome)
    await session.flush()
    return plan, after


def _judge(caller: Caller, student: Student, contents: Contents, body: ReviewInput) -> None:
    goals = {g.id: g for n in contents.visible(caller, student) for g in contents.goals.get(n.id, [])}
    for i, judged in enumerate(body.goals):
        goal = goals.get(judged.goal_id)
        if goal is None:
            raise invalid(f"#/goals/{i}/goal_id", "unknown_part", "计划中没有这个目标。", "The plan has no such goal.")
        goal.achieved, goal.achieved_note = judged.achieved, judged.note


async def _follow_up(
    session: AsyncSession, caller: Caller, plan: SupportPlan, contents: Contents, body: ReviewInput, day: date
) -> SupportPlan | None:
    if body.outcome == "exit":
        plan.state, plan.ended_at, plan.end_reason = "closed", now(), body.reason
        return None
    plan.next_review_on = body.next_review_on or next_review_on(plan.support_level, day, plan.ends_on)
    return None if body.outcome == "keep" else await _open_next(session, caller, plan, contents, body)


async def _open_next(session: AsyncSession, caller: Caller, plan: SupportPlan, contents: Contents, body: ReviewInput) -> SupportPlan:
    if "making" in (await plans.running(session, caller.school_id, [plan.student_id])).get(plan.student_id, {}):
        raise PlanInMaking
    year = await year_of(session, caller.school_id)
    starts_on = max(body.reviewed_on or today(), plan.starts_on)
    ends_on = plan.ends_on if plan.ends_on and plan.ends_on > starts_on else max(year.ends_on, starts_on)
    level = "key" if body.outcome == "step_up" else plan.support_level
    review_on = body.next_review_on or next_review_on(level, starts_on, ends_on)
    content = next_version(
        content_of(plan, contents),
        level=level,
        starts_on=starts_on,
        ends_on=ends_on,
        review_on=min(review_on, ends_on),
        kinds=contents.kinds,
    )
    numbers = await plans.last_numbers(session, caller.school_id, [plan.student_id])
    after = SupportPlan(
        school_id=caller.school_id,
        id=new_id(),
        student_id=plan.student_id,
        school_year_id=year.id,
        number=numbers[plan.student_id] + 1,
        state="draft",
        support_level=level,
        starts_on=content.starts_on,
        ends_on=content.ends_on,
        next_review_on=content.next_review_on,
        reviewer_staff_id=content.reviewer_staff_id,
        summary=content.summary,
        previous_plan_id=plan.id,
        template=plan.template,
        created_by=caller.account_id,
    )
    session.add(after)
    await session.flush()
    await write(session, caller.school_id, {after.id: content})
    return after


def _note(session: AsyncSession, caller: Caller, plan: SupportPlan, contents: Contents, kind: str, outcome: str | None = None) -> None:
    if not contents.is_secret:
        note_plan(session, caller, plan, kind, contents.classes(), outcome)
