"""Records of support over HTTP: one, a group session, the list, corrections, and doses."""

import asyncio
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.downloads import ShownAnew
from nuanyang.access.guards import DbSession, IfMatch, etag, expect_version, json_bytes, requires
from nuanyang.access.permissions import DataClass
from nuanyang.casework.interventions import repository
from nuanyang.casework.interventions.errors import BatchRefused, InterventionNotFound
from nuanyang.casework.interventions.models import Intervention
from nuanyang.casework.interventions.repository import Filters, Shown
from nuanyang.casework.interventions.rules import is_backfilled
from nuanyang.casework.interventions.schemas import (
    InterventionBatchAnswer,
    InterventionBatchInput,
    InterventionBatchItem,
    InterventionChange,
    InterventionInput,
    InterventionPage,
    InterventionRow,
    InterventionShown,
    InterventionStudent,
    InterventionVersionShown,
    PlanDoses,
    SessionCandidate,
    SessionCandidates,
    VoidInput,
)
from nuanyang.casework.interventions.service import correcting, printing, recording
from nuanyang.casework.interventions.service.doses import DOSES_OF_PLAN
from nuanyang.casework.interventions.service.recording import Checked
from nuanyang.casework.plans.models import SupportPlan
from nuanyang.kit.db.door import read_within
from nuanyang.kit.errors import FieldError, NotFound
from nuanyang.kit.ids import NIL, new_id
from nuanyang.kit.paging import BadCursor, Cursor, Limit, decode_cursor, encode_cursor
from nuanyang.kit.paper import MEDIA_TYPE
from nuanyang.kit.schemas import Day, ProblemField, problems
from nuanyang.programme.clauses import Kinds
from nuanyang.programme.editions.service import kinds_of
from nuanyang.school.schools.models import School
from nuanyang.school.students.service import StudentNotFound, visible_student

router = APIRouter(tags=["interventions"])
WORD: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {}}}}


# Anybody who sees a student; what they may record, the policy decides student by student.
Recorder = Annotated[Caller, Depends(requires("read", "basic"))]


def _row(caller: Caller, found: Shown, kinds: Kinds) -> InterventionRow:
    row, student, class_name, doer = found
    plain = {name: getattr(row, name) for name in InterventionRow.model_fields if hasattr(row, name)}
    return InterventionRow(
        **plain,
        student=InterventionStudent(id=student.id, name=student.name, class_name=class_name),
        doer=doer,
        is_backfilled=is_backfilled(row.held_on, row.entered_on),
        may_correct=row.voided_at is None and correcting.may_correct(caller, row, student, kinds),
    )


async def _measure_shown(session: AsyncSession, caller: Caller, row: Intervention) -> str | None:
    """What the plan calls the measure that the record serves; that record and need are shown is recorded."""
    title, need_class = await repository.measure_title(session, caller, row.plan_measure_id) or (None, row.data_class)
    await showed(session, caller, ((row.student_id, c) for c in (row.data_class, need_class)))
    return title


async def _shown(session: AsyncSession, caller: Caller, intervention_id: UUID) -> InterventionShown:
    found = await repository.one(session, caller, intervention_id)
    if found is None:
        raise InterventionNotFound
    title = await _measure_shown(session, caller, found[0])
    versions = await repository.versions(session, caller.school_id, intervention_id)
    names = await repository.names_before(session, caller, [v for v, _ in versions])
    return InterventionShown(
        **_row(caller, found, await kinds_of(session, caller.school_id)).model_dump(),
        measure_title=title,
        entered_by=await repository.account_name(session, found[0].created_by),
        versions=[
            InterventionVersionShown(
                number=v.number,
                before=v.before,
                names={field: names[str(value)] for field, value in v.before.items() if str(value) in names},
                reason=v.reason,
                changed_at=v.changed_at,
                changed_by=name,
            )
            for v, name in versions
        ],
    )


@router.post("/interventions", operation_id="interventions_create", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def create_intervention(body: InterventionInput, caller: Recorder, session: DbSession, response: Response) -> InterventionShown:
    """Record what was done for one student. Recorded on a later day than it was held, it shows as 补录."""
    row = await recording.record(session, caller, body)
    response.headers["Location"] = f"/api/v1/interventions/{row.id}"
    response.headers["ETag"] = etag(row.version)
    return await _shown(session, caller, row.id)


def _item(caller_language: Literal["zh", "en"], checked: Checked) -> InterventionBatchItem:
    refusal, row = checked.refusal, checked.row
    return InterventionBatchItem(
        index=checked.index,
        student_id=checked.body.student_id,
        ok=row is not None,
        id=row.id if row else None,
        plan_measure_id=row.plan_measure_id if row else None,
        code=refusal.code if refusal else "invalid" if checked.errors else None,
        errors=[ProblemField(pointer=e.pointer, code=e.code, message=getattr(e, caller_language)) for e in checked.errors],
    )


@router.post("/interventions/batch", operation_id="interventions_create_many", responses=problems(401, 403, 409, 422))
async def create_interventions(
    body: InterventionBatchInput,
    caller: Recorder,
    session: DbSession,
    request: Request,
    atomic: Annotated[bool, Query(description="All or nothing.")] = False,
) -> InterventionBatchAnswer:
    """Record a group session: a row a student, each with its own result, all with one `session_id`."""
    session_id = new_id()
    checked = await recording.check(session, caller, body.items, link_to_plans=body.link_to_plans, session_id=session_id)
    wrong = [c for c in checked if c.row is None]
    if atomic and wrong:
        raise BatchRefused(errors=[error for c in wrong for error in _pointed(c)])
    await recording.write(session, caller, checked)
    language: Literal["zh", "en"] = "en" if request.headers.get("accept-language", "").strip().lower().startswith("en") else "zh"
    return InterventionBatchAnswer(
        session_id=session_id, created=len(checked) - len(wrong), refused=len(wrong), items=[_item(language, c) for c in checked]
    )


def _pointed(checked: Checked) -> list[FieldError]:
    at = f"#/items/{checked.index}"
    if checked.refusal is not None:
        return [FieldError(f"{at}/student_id", checked.refusal.code, checked.refusal.zh, checked.refusal.en)]
    return [FieldError(e.pointer.replace("#", at, 1), e.code, e.zh, e.en) for e in checked.errors]


def filters_from(
    student_id: UUID | None = None,
    kind: Annotated[list[str] | None, Query(max_length=40)] = None,
    data_class: Annotated[list[DataClass] | None, Query(max_length=13)] = None,
    class_id: UUID | None = None,
    grade: Annotated[int | None, Query(ge=1, le=12)] = None,
    doer_staff_id: UUID | None = None,
    plan_measure_id: UUID | None = None,
    session_id: UUID | None = None,
    held_from: Day | None = None,
    held_to: Day | None = None,
    is_backfilled: Annotated[bool | None, Query(description="补录 only, or without them.")] = None,
    is_void: Annotated[bool, Query(description="The void ones instead of those that count.")] = False,
    q: Annotated[str | None, Query(max_length=60, description="Name, pinyin or initials of the student.")] = None,
) -> Filters:
    """The filters of the list."""
    return Filters(
        student_id=student_id,
        kind=kind,
        data_class=data_class,
        class_id=class_id,
        grade=grade,
        doer_staff_id=doer_staff_id,
        plan_measure_id=plan_measure_id,
        session_id=session_id,
        held_from=held_from,
        held_to=held_to,
        is_backfilled=is_backfilled,
        is_void=is_void,
        q=q,
    )


def _mark(cursor: str | None) -> tuple[date, UUID] | None:
    key = decode_cursor(cursor, 2)
    try:
        return (date.fromisoformat(str(key[0])), UUID(str(key[1]))) if key else None
    except ValueError as reason:
        raise BadCursor(errors=[FieldError("#/query/cursor", "bad_cursor", "翻页标记无效。", "This cursor is not valid.")]) from reason


@router.get("/interventions", operation_id="interventions_list", responses=problems(401, 403, 422))
async def list_interventions(
    caller: Recorder,
    session: DbSession,
    response: Response,
    request: Request,
    filters: Annotated[Filters, Depends(filters_from)],
    limit: Limit = 50,
    cursor: Cursor = None,
    count: Annotated[bool, Query(description="Count all that match, too.")] = False,
) -> InterventionPage:
    """Records that the caller may see, newest first: those of the classes of data they hold, and their own."""
    rows = await repository.page(session, caller, filters, after=_mark(cursor), limit=limit + 1)
    kinds = await kinds_of(session, caller.school_id)
    shown = [_row(caller, found, kinds) for found in rows[:limit]]
    await showed(session, caller, ((row.student.id, row.data_class) for row in shown))
    following = encode_cursor(shown[-1].held_on, shown[-1].id) if len(rows) > limit else None
    if following:
        response.headers["Link"] = (
            f'<{request.url.include_query_params(cursor=following).path}?{request.url.include_query_params(cursor=following).query}>; rel="next"'
        )
    return InterventionPage(items=shown, next_cursor=following, count=await repository.count(session, caller, filters) if count else None)


@router.get("/interventions/candidates", operation_id="interventions_candidates", responses=problems(401, 403, 422))
async def list_candidates(
    caller: Recorder,
    session: DbSession,
    kind: Annotated[str, Query(max_length=80)],
    class_id: UUID | None = None,
    mine: Annotated[bool, Query(description="Only those whom the plan gives to the caller.")] = False,
) -> SessionCandidates:
    """Who belongs into a group session of this kind: students whose plan has such a measure that the caller may know of."""
    rows = await repository.candidates(session, caller, kind, class_id=class_id, mine=mine)
    await showed(session, caller, ((s.id, c) for s, _, _, classes in rows for c in classes))
    return SessionCandidates(
        items=[
            SessionCandidate(
                student_id=s.id,
                name=s.name,
                class_id=s.class_id,
                class_name=name,
                plan_measure_id=measures[0].id if len(measures) == 1 else None,
                minutes=measures[0].minutes,
                is_mine=any(m.doer_staff_id == caller.staff_id for m in measures),
            )
            for s, name, measures, _ in rows
        ]
    )


@router.get("/interventions/{intervention_id}", operation_id="interventions_read", responses=problems(401, 403, 404))
async def read_intervention(intervention_id: UUID, caller: Recorder, session: DbSession, response: Response) -> InterventionShown:
    """One record with its corrections."""
    shown = await _shown(session, caller, intervention_id)
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.patch(
    "/interventions/{intervention_id}", operation_id="interventions_correct", responses=problems(401, 403, 404, 409, 412, 422, 428)
)
async def correct_intervention(
    intervention_id: UUID, body: InterventionChange, caller: Recorder, session: DbSession, seen: IfMatch, response: Response
) -> InterventionShown:
    """Correct a record (JSON Merge Patch), with the reason; the old values are kept."""
    row = await correcting.correctable(session, caller, intervention_id)
    expect_version(seen, row.version)
    await correcting.correct(session, caller, row, body)
    response.headers["ETag"] = etag(row.version)
    return await _shown(session, caller, intervention_id)


@router.post("/interventions/{intervention_id}/void", operation_id="interventions_void", responses=problems(401, 403, 404, 409, 422))
async def void_intervention(intervention_id: UUID, body: VoidInput, caller: Recorder, session: DbSession) -> InterventionShown:
    """Say that a record does not count, with the reason; it stays readable and counts in no dose."""
    await correcting.void(session, caller, await correcting.correctable(session, caller, intervention_id), body.reason)
    return await _shown(session, caller, intervention_id)


@router.get(
    "/interventions/{intervention_id}/form.docx",
    operation_id="interventions_print",
    response_class=Response,
    responses={**problems(401, 403, 404), **WORD},
)
async def print_intervention(intervention_id: UUID, caller: Recorder, _: ShownAnew, session: DbSession) -> Response:
    """The paper form of a record, filled in: 家访记录表, 谈心谈话记录表 …"""
    found = await repository.one(session, caller, intervention_id)
    kind = (await kinds_of(session, caller.school_id)).find(found[0].kind) if found else None
    if found is None or kind is None:
        raise InterventionNotFound
    row, student, class_name, doer = found
    sheet = printing.Sheet(
        school=await _school(session, caller),
        student=student.name,
        class_name=class_name or "",
        doer=doer or "",
        measure=await _measure_shown(session, caller, row),
        entered_by=await repository.account_name(session, row.created_by),
    )
    return _word(await asyncio.to_thread(printing.record_paper, kind, row, sheet))


@router.get(
    "/measure-kinds/{kind}/form.docx",
    operation_id="measure_kinds_print",
    response_class=Response,
    responses={**problems(401, 403, 404), **WORD},
)
async def print_blank(kind: str, caller: Recorder, session: DbSession) -> Response:
    """The empty paper form of a kind, to be filled in by hand."""
    found = (await kinds_of(session, caller.school_id)).find(kind)
    if found is None:
        raise NotFound
    return _word(await asyncio.to_thread(printing.blank_paper, found, school=await _school(session, caller)))


async def _school(session: AsyncSession, caller: Caller) -> str:
    school = await session.get(School, caller.school_id)
    return school.name if school else ""


def _word(content: bytes) -> Response:
    return Response(content, media_type=MEDIA_TYPE, headers={"Content-Disposition": 'attachment; filename="record.docx"'})


@router.get(
    "/support-plans/{plan_id}/doses", operation_id="support_plans_doses", response_model=PlanDoses, responses=problems(401, 403, 404)
)
async def read_doses(plan_id: UUID, caller: Recorder, session: DbSession) -> Response:
    """Planned against delivered dose of each measure of a plan, as far as the caller sees its needs or does the measure."""
    plan = await session.get(SupportPlan, (caller.school_id, plan_id))
    if plan is None:
        raise NotFound
    try:
        student = await visible_student(session, caller, plan.student_id)
    except StudentNotFound as hidden:  # a plan that is not for the caller is not told from one that is not there
        raise NotFound from hidden
    classes = sorted(caller.cases(student.class_id, student.id))
    body = await read_within(session, DOSES_OF_PLAN, caller.school_id, plan_id, classes, caller.staff_id or NIL)
    shown = PlanDoses.model_validate_json(body or '{"items": []}')
    await showed(session, caller, ((student.id, dose.data_class) for dose in shown.items))
    return json_bytes(body)
