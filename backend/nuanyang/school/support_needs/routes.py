"""Support needs over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, IfMatch, etag, requires
from nuanyang.kit.schemas import problems
from nuanyang.school.support_needs import service
from nuanyang.school.support_needs.schemas import SupportNeedInput, SupportNeedPatch, SupportNeeds, SupportNeedShown

router = APIRouter(tags=["support needs"])
Reader = Annotated[Caller, Depends(requires("read", "support_needs"))]
Writer = Annotated[Caller, Depends(requires("write", "support_needs"))]


@router.get(
    "/students/{student_id}/support-needs",
    operation_id="support_needs_list",
    responses=problems(401, 403, 404, 422),
)
async def list_needs(student_id: UUID, caller: Reader, session: DbSession) -> SupportNeeds:
    """What this student needs of those who teach and look after them, in force and past."""
    return await service.needs_of(session, caller, student_id)


@router.post(
    "/students/{student_id}/support-needs",
    operation_id="support_needs_record",
    status_code=201,
    responses=problems(401, 403, 404, 409, 422),
)
async def record_need(student_id: UUID, body: SupportNeedInput, caller: Writer, session: DbSession, response: Response) -> SupportNeedShown:
    """Enter a need: what teachers do, without illness or diagnosis."""
    shown = await service.record(session, caller, student_id, body)
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.patch(
    "/support-needs/{support_need_id}", operation_id="support_needs_correct", responses=problems(401, 403, 404, 409, 412, 422, 428)
)
async def correct_need(
    support_need_id: UUID, body: SupportNeedPatch, version: IfMatch, caller: Writer, session: DbSession, response: Response
) -> SupportNeedShown:
    """Correct the sentence or the last day (JSON Merge Patch)."""
    shown = await service.correct(session, caller, support_need_id, version, body)
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.post(
    "/support-needs/{support_need_id}/end", operation_id="support_needs_end", responses=problems(401, 403, 404, 409, 412, 422, 428)
)
async def end_need(support_need_id: UUID, version: IfMatch, caller: Writer, session: DbSession, response: Response) -> SupportNeedShown:
    """End a need that is no longer one."""
    shown = await service.end(session, caller, support_need_id, version)
    response.headers["ETag"] = etag(shown.version)
    return shown
