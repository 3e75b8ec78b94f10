"""Support plans, their templates and snippets over HTTP."""

from typing import Annotated, Literal, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, IfMatch, etag, requires_cases, requires_duty
from nuanyang.casework.plans.errors import BatchRefused, PlanNotFound, TemplateNotFound
from nuanyang.casework.plans.models import SupportPlan
from nuanyang.casework.plans.repository import library, plans
from nuanyang.casework.plans.schemas import (
    Category,
    DeviationPage,
    Dimension,
    GroupDraftInput,
    PlanBatchAnswer,
    PlanBatchItem,
    PlanDiff,
    PlanEdit,
    PlanInput,
    PlanPage,
    PlanShown,
    PlansInput,
    PlanState,
    ReasonGiven,
    ReturnInput,
    ReviewInput,
    SnippetList,
    StudentPlans,
    SupportLevel,
    TemplateEdit,
    TemplateInput,
    TemplateList,
    TemplateShown,
)
from nuanyang.casework.plans.service import comparing, deciding, drafting, editing, listing, showing, templates
from nuanyang.kit.errors import FieldError, Problem
from nuanyang.kit.paging import Cursor, Limit, decode_cursor, encode_cursor
from nuanyang.kit.schemas import Day, problems
from nuanyang.school.students.service import visible_student

router = APIRouter(tags=["plans"])
Language = Literal["zh", "en"]
Sort = Literal["-created_at", "next_review_on", "submitted_at"]
Atomic = Annotated[bool, Query(description="All or nothing.")]


# Anybody who sees case records of at least one student.
CaseWorker = Annotated[Caller, Depends(requires_cases("cases"))]
Librarian = Annotated[Caller, Depends(requires_duty("keep_plan_library"))]


def filters_from(
    state: Annotated[list[PlanState] | None, Query(description="One or more states.")] = None,
    category: Category | None = None,
    support_level: SupportLevel | None = None,
    grade: Annotated[int | None, Query(ge=1, le=12)] = None,
    class_id: UUID | None = None,
    case_lead: Annotated[UUID | None, Query(description="The member of staff who leads the case.")] = None,
    review_by: Annotated[Day | None, Query(description="Next review on or before this day.")] = None,
    template: Annotated[str | None, Query(max_length=60)] = None,
    mine: Annotated[bool, Query(description="Only cases that the caller leads.")] = False,
    q: Annotated[str | None, Query(max_length=60, description="Name, pinyin or initials.")] = None,
) -> plans.Filters:
    """The filters of the lists of plans."""
    return plans.Filters(
        state=list(state) if state else None,
        category=category,
        support_level=support_level,
        grade=grade,
        class_id=class_id,
        case_lead=case_lead,
        review_by=review_by,
        template=template,
        mine=mine,
        q=q,
    )


Filters = Annotated[plans.Filters, Depends(filters_from)]


def _next(rows: list[plans.Row], limit: int, sort: str) -> str | None:
    if len(rows) <= limit:
        return None
    last = rows[limit - 1][0]
    value = {"-created_at": "", "next_review_on": last.next_review_on, "submitted_at": last.submitted_at}[sort]
    return encode_cursor(value, last.id)


@router.get("/support-plans", operation_id="plans_list", responses=problems(401, 403, 422))
async def list_plans(
    caller: CaseWorker,
    session: DbSession,
    filters: Filters,
    sort: Sort = "-created_at",
    limit: Limit = 50,
    cursor: Cursor = None,
    count: bool = False,
) -> PlanPage:
    """Plans of which the caller sees at least one need. Sorted by a date, plans without it are left out."""
    rows, total = await listing.page(session, caller, filters, sort=sort, after=decode_cursor(cursor, 2), limit=limit + 1, count=count)
    return PlanPage(items=await listing.rows_shown(session, caller, rows[:limit]), next_cursor=_next(rows, limit, sort), count=total)


@router.get("/support-plans/deviations", operation_id="plans_deviations", responses=problems(401, 403, 422))
async def list_deviations(
    caller: CaseWorker, session: DbSession, filters: Filters, sort: Sort = "submitted_at", limit: Limit = 50, cursor: Cursor = None
) -> DeviationPage:
    """Plans beside the templates they were made from: which parts were added, removed or changed. For approving many at once."""
    rows, _ = await listing.page(session, caller, filters, sort=sort, after=decode_cursor(cursor, 2), limit=limit + 1)
    return DeviationPage(items=await listing.deviations(session, caller, rows[:limit]), next_cursor=_next(rows, limit, sort))


@router.post("/support-plans", operation_id="plans_create", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def create_plan(body: PlanInput, caller: CaseWorker, session: DbSession, response: Response) -> PlanShown:
    """Draft a plan: from a template, or with one need for each recognition in force."""
    plan = await drafting.create_plan(session, caller, body)
    response.headers["Location"] = f"/api/v1/support-plans/{plan.id}"
    return await _answer(session, caller, plan, response)


@router.post("/support-plans/batch", operation_id="plans_create_many", responses=problems(401, 403, 404, 409, 422))
async def create_many(
    body: GroupDraftInput, caller: CaseWorker, session: DbSession, request: Request, atomic: Atomic = False
) -> PlanBatchAnswer:
    """Draft plans for a group from one template, up to 1,000; who cannot have one is told why. With `preview` nothing is written yet.

    Where a draft is being made already that does not answer the template's category, the template's parts are added to it.
    """
    made = await drafting.draft_group(session, caller, body)
    return _batch([_drafted(r, body.preview, _language(request)) for r in made], atomic)


def _language(request: Request) -> Language:
    return "en" if request.headers.get("accept-language", "").strip().lower().startswith("en") else "zh"


def _drafted(result: drafting.Drafted, is_preview: bool, language: Language) -> PlanBatchItem:
    student, plan = result.student, result.plan
    item = (
        _refused(result.student_id, result.problem, language)
        if result.problem or plan is None or result.content is None
        else PlanBatchItem(
            id=result.student_id,
            ok=True,
            plan_id=None if is_preview else plan.id,
            state=cast("PlanState", plan.state),
            support_level=cast("SupportLevel", result.content.support_level),
            is_addition=result.added_after is not None,
            left_out=result.left_out,
        )
    )
    return item.model_copy(update={"name": student.name if student else None, "class_name": result.class_name})


@router.post("/support-plans/submit", operation_id="plans_submit_many", responses=problems(401, 403, 409, 422))
async def submit_many(
    body: PlansInput, caller: CaseWorker, session: DbSession, request: Request, atomic: Atomic = False
) -> PlanBatchAnswer:
    """Submit many drafts; those that are not complete stay drafts."""
    return _batch(_items(await deciding.submit_many(session, caller, [i.id for i in body.items]), _language(request)), atomic)


@router.post("/support-plans/approve", operation_id="plans_approve_many", responses=problems(401, 403, 409, 422))
async def approve_many(
    body: PlansInput, caller: CaseWorker, session: DbSession, request: Request, atomic: Atomic = False
) -> PlanBatchAnswer:
    """Approve many submitted plans as the caller saw them; each has its own result. Four eyes."""
    return _batch(_items(await deciding.approve_many(session, caller, body.items), _language(request)), atomic)


def _refused(item_id: UUID, problem: Problem | None, language: Language) -> PlanBatchItem:
    problem = problem or PlanNotFound()
    return PlanBatchItem(id=item_id, ok=False, code=problem.code, message=getattr(problem, language))


def _items(results: list[deciding.Result], language: Language) -> list[PlanBatchItem]:
    return [
        _refused(i, r, language) if isinstance(r, Problem) else PlanBatchItem(id=i, ok=True, plan_id=r.id, state=cast("PlanState", r.state))
        for i, r in results
    ]


def _batch(items: list[PlanBatchItem], atomic: bool) -> PlanBatchAnswer:
    done = sum(i.ok for i in items)
    if atomic and done < len(items):
        errors = [FieldError(f"#/items/{n}", i.code or "", i.message or "", i.code or "") for n, i in enumerate(items) if not i.ok]
        raise BatchRefused(errors=errors)
    return PlanBatchAnswer(items=items, done=done, refused=len(items) - done)


@router.get("/support-plans/{plan_id}", operation_id="plans_read", responses=problems(401, 403, 404))
async def read_plan(plan_id: UUID, caller: CaseWorker, session: DbSession, response: Response) -> PlanShown:
    """One version of a plan: needs, goals, measures, reviews, what is missing, and what the caller may do with it."""
    shown = await showing.plan_shown(session, caller, plan_id)
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.patch("/support-plans/{plan_id}", operation_id="plans_update", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def update_plan(
    plan_id: UUID, body: PlanEdit, seen: IfMatch, caller: CaseWorker, session: DbSession, response: Response
) -> PlanShown:
    """Change a draft. `needs`, when given, is the whole of what the caller may write: what is missing in it is struck out, hidden parts stay."""
    return await _answer(session, caller, await editing.edit_plan(session, caller, plan_id, seen, body), response)


@router.get("/support-plans/{plan_id}/diff", operation_id="plans_diff", responses=problems(401, 403, 404, 422))
async def diff_plan(plan_id: UUID, caller: CaseWorker, session: DbSession, against: UUID | None = None) -> PlanDiff:
    """How this version differs from another of the same student; without `against` from the one before."""
    return await comparing.diff(session, caller, plan_id, against)


@router.post("/support-plans/{plan_id}/submit", operation_id="plans_submit", responses=problems(401, 403, 404, 409, 422))
async def submit_plan(plan_id: UUID, caller: CaseWorker, session: DbSession, response: Response) -> PlanShown:
    """Hand in a draft for approval; refused with the list of what is not complete."""
    return await _answer(session, caller, await deciding.submit(session, caller, plan_id), response)


@router.post("/support-plans/{plan_id}/approve", operation_id="plans_approve", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def approve_plan(plan_id: UUID, seen: IfMatch, caller: CaseWorker, session: DbSession, response: Response) -> PlanShown:
    """Put a submitted plan in force: by somebody who sees all of it and neither wrote nor submitted it."""
    return await _answer(session, caller, await deciding.approve(session, caller, plan_id, seen), response)


@router.post("/support-plans/{plan_id}/return", operation_id="plans_return", responses=problems(401, 403, 404, 409, 422))
async def return_plan(plan_id: UUID, body: ReturnInput, caller: CaseWorker, session: DbSession, response: Response) -> PlanShown:
    """Send a submitted plan back with the reason; who submitted it may also take it back."""
    return await _answer(session, caller, await deciding.return_plan(session, caller, plan_id, body.reason), response)


@router.post("/support-plans/{plan_id}/review", operation_id="plans_review", responses=problems(401, 403, 404, 409, 422))
async def review_plan(plan_id: UUID, body: ReviewInput, caller: CaseWorker, session: DbSession, response: Response) -> PlanShown:
    """Review the plan in force: exit, revise, keep or step up, with the reason. `next_plan_id` is the version that a revision opened."""
    plan, _ = await deciding.review(session, caller, plan_id, body)
    return await _answer(session, caller, plan, response)


@router.post("/support-plans/{plan_id}/close", operation_id="plans_close", responses=problems(401, 403, 404, 409, 422))
async def close_plan(plan_id: UUID, body: ReasonGiven, caller: CaseWorker, session: DbSession, response: Response) -> PlanShown:
    """End the plan in force, with the reason."""
    return await _answer(session, caller, await deciding.close(session, caller, plan_id, body.reason), response)


@router.post("/support-plans/{plan_id}/discard", operation_id="plans_discard", responses=problems(401, 403, 404, 409, 422))
async def discard_plan(plan_id: UUID, body: ReasonGiven, caller: CaseWorker, session: DbSession, response: Response) -> PlanShown:
    """Give up a draft, with the reason."""
    return await _answer(session, caller, await deciding.discard(session, caller, plan_id, body.reason), response)


async def _answer(session: AsyncSession, caller: Caller, plan: SupportPlan, response: Response) -> PlanShown:
    response.headers["ETag"] = etag(plan.version)
    return await showing.plan_shown(session, caller, plan.id)


@router.get("/students/{student_id}/support-plans", operation_id="students_plans", responses=problems(401, 403, 404))
async def student_plans(student_id: UUID, caller: CaseWorker, session: DbSession) -> StudentPlans:
    """All versions of a student's plan that the caller sees, the newest first."""
    await visible_student(session, caller, student_id)
    return StudentPlans(items=await listing.rows_shown(session, caller, await plans.of_student(session, caller, student_id)))


# -- library --------------------------------------------------------------------------------------


@router.get("/plan-templates", operation_id="plan_templates_list", responses=problems(401, 403, 422))
async def list_templates(
    caller: CaseWorker, session: DbSession, category: Category | None = None, support_level: SupportLevel | None = None
) -> TemplateList:
    """Templates in use: the school's own first, then the shipped ones."""
    found = await templates.all_templates(session, caller)
    return TemplateList(
        items=[showing.template_shown(t) for t in found if category in (None, t.category) and support_level in (None, t.support_level)]
    )


@router.post("/plan-templates", operation_id="plan_templates_create", status_code=201, responses=problems(401, 403, 422))
async def create_template(body: TemplateInput, caller: Librarian, session: DbSession, response: Response) -> TemplateShown:
    """Add a template to the school's library."""
    row = await templates.create_template(session, caller, body)
    response.headers["Location"], response.headers["ETag"] = f"/api/v1/plan-templates/{row.id}", etag(row.version)
    return showing.template_shown(library.of_row(row))


@router.get("/plan-templates/{template_id}", operation_id="plan_templates_read", responses=problems(401, 403, 404))
async def read_template(template_id: str, caller: CaseWorker, session: DbSession, response: Response) -> TemplateShown:
    """One template by its code or id."""
    found = await library.find(session, caller.school_id, template_id)
    if found is None:
        raise TemplateNotFound
    response.headers["ETag"] = etag(found.version)
    return showing.template_shown(found)


@router.patch("/plan-templates/{template_id}", operation_id="plan_templates_update", responses=problems(401, 403, 404, 412, 422, 428))
async def update_template(
    template_id: UUID, body: TemplateEdit, seen: IfMatch, caller: Librarian, session: DbSession, response: Response
) -> TemplateShown:
    """Change one of the school's templates; plans made from it stay as they are."""
    row = await templates.edit_template(session, caller, template_id, seen, body)
    response.headers["ETag"] = etag(row.version)
    return showing.template_shown(library.of_row(row))


@router.post(
    "/plan-templates/{template_id}/retire", operation_id="plan_templates_retire", status_code=204, responses=problems(401, 403, 404)
)
async def retire_template(template_id: UUID, caller: Librarian, session: DbSession) -> None:
    """Take one of the school's templates out of use."""
    await templates.retire_template(session, caller, template_id)


@router.get("/plan-snippets", operation_id="plan_snippets_list", responses=problems(401, 403, 422))
async def list_snippets(
    caller: CaseWorker,
    session: DbSession,
    category: Category | None = None,
    dimension: Dimension | None = None,
    q: Annotated[str | None, Query(max_length=60)] = None,
    limit: Limit = 50,
) -> SnippetList:
    """Goals of the library with their measures, by category, dimension and words."""
    return SnippetList(items=await templates.snippets(session, caller, category, dimension, q, limit))
