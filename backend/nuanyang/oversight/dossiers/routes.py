"""The file of a student and its time line over HTTP; the file and a plan on paper."""

import asyncio
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from nuanyang.access.downloads import ShownAnew
from nuanyang.access.guards import CurrentCaller, DbSession, context_of, database, json_bytes, session_of
from nuanyang.access.permissions import DataClass
from nuanyang.casework.interventions.schemas import PlanDoses
from nuanyang.casework.interventions.service.doses import DOSES_OF_PLAN
from nuanyang.casework.plans.service.showing import plan_shown
from nuanyang.kit.clock import today
from nuanyang.kit.db.door import read_within
from nuanyang.kit.errors import FieldError
from nuanyang.kit.hot import HotRoute
from nuanyang.kit.ids import NIL
from nuanyang.kit.paging import BadCursor, Cursor, Limit, decode_cursor
from nuanyang.kit.paper import MEDIA_TYPE
from nuanyang.kit.schemas import problems
from nuanyang.oversight.dossiers.repository.reading import read_file, read_timeline
from nuanyang.oversight.dossiers.schemas import DossierFile, TimelinePage
from nuanyang.oversight.dossiers.service.printing import Printing, dossier_paper, plan_paper
from nuanyang.programme.editions.service import kinds_of
from nuanyang.school.schools.models import School
from nuanyang.school.students.service import StudentNotFound

router = APIRouter(tags=["dossiers"])
hot = APIRouter(tags=["dossiers"], route_class=HotRoute)


@hot.get("/students/{student_id}/dossier", operation_id="dossiers_read", response_model=DossierFile, responses=problems(401, 404, 422))
async def read_dossier(student_id: UUID, caller: CurrentCaller, request: Request) -> Response:
    """Everything about one student that the caller may see, grouped by data class; what is not for the caller is named in `hidden`."""
    body = await read_file(database(request), caller, context_of(request), student_id)
    if body is None:
        raise StudentNotFound
    return json_bytes(body)


@router.get(
    "/students/{student_id}/dossier.docx",
    operation_id="dossiers_print",
    response_class=Response,
    responses={**problems(401, 403, 404, 422), 200: {"content": {MEDIA_TYPE: {}}}},
)
async def print_dossier(student_id: UUID, caller: CurrentCaller, _: ShownAnew, request: Request) -> Response:
    """The same file as a Word document: cover, contents, sections, a line for signatures. What is not for the caller is not in it."""
    body = await read_file(database(request), caller, context_of(request), student_id, "dossiers_print")
    if body is None:
        raise StudentNotFound
    async with session_of(request) as session:  # given back before the paper is set
        school = await session.get(School, caller.school_id)
        kinds = await kinds_of(session, caller.school_id)
    content = await asyncio.to_thread(
        dossier_paper,
        DossierFile.model_validate_json(body),
        Printing(school.name if school else "", caller.display_name, today(caller.time_zone), caller.time_zone, kinds),
    )
    # No name and no label in a file name: it stays behind on shared computers.
    return Response(content, media_type=MEDIA_TYPE, headers={"Content-Disposition": 'attachment; filename="dossier.docx"'})


@router.get(
    "/support-plans/{plan_id}/plan.docx",
    operation_id="plans_print",
    response_class=Response,
    responses={**problems(401, 403, 404, 422), 200: {"content": {MEDIA_TYPE: {}}}},
)
async def print_plan(plan_id: UUID, caller: CurrentCaller, _: ShownAnew, session: DbSession) -> Response:
    """One version of a plan as a Word document: cover, contents, needs with goals and measures, planned against delivered, reviews, signatures."""
    plan = await plan_shown(session, caller, plan_id)
    school = await session.get(School, caller.school_id)
    doses: dict[UUID, tuple[float, int]] = {}
    if plan.approved_at is not None:
        classes = sorted(caller.cases(plan.student.class_id, plan.student.id))
        body = await read_within(session, DOSES_OF_PLAN, caller.school_id, plan_id, classes, caller.staff_id or NIL)
        doses = {d.id: (d.planned_so_far, d.delivered) for d in PlanDoses.model_validate_json(body or '{"items": []}').items}
    printing = Printing(school.name if school else "", caller.display_name, today(caller.time_zone), caller.time_zone)
    content = await asyncio.to_thread(plan_paper, plan, printing, doses)
    return Response(content, media_type=MEDIA_TYPE, headers={"Content-Disposition": 'attachment; filename="plan.docx"'})


def _mark(cursor: str | None) -> tuple[datetime, UUID] | None:
    key = decode_cursor(cursor, 2)
    if key is None:
        return None
    try:
        mark = (datetime.fromisoformat(str(key[0])), UUID(str(key[1])))
    except ValueError as reason:
        raise BadCursor(errors=[FieldError("#/query/cursor", "bad_cursor", "翻页标记无效。", "This cursor is not valid.")]) from reason
    return mark


@router.get(
    "/students/{student_id}/timeline",
    operation_id="students_timeline",
    response_model=TimelinePage,
    responses=problems(401, 404, 422),
)
async def read_timeline_page(
    student_id: UUID,
    caller: CurrentCaller,
    request: Request,
    limit: Limit = 50,
    cursor: Cursor = None,
    kind: Annotated[list[str] | None, Query(max_length=20)] = None,
    data_class: Annotated[list[DataClass] | None, Query(max_length=13)] = None,
) -> Response:
    """What happened, newest first; entries of data classes that are not for the caller are not there."""
    body = await read_timeline(
        database(request),
        caller,
        context_of(request),
        student_id,
        limit=limit,
        after=_mark(cursor),
        kinds=kind,
        data_classes=[*data_class] if data_class else None,
    )
    if body is None:
        raise StudentNotFound
    return json_bytes(body)
