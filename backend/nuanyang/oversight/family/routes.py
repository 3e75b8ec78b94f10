"""The family's own pages over HTTP."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, requires_person
from nuanyang.kit.clock import today
from nuanyang.kit.paper.portable import PDF
from nuanyang.kit.schemas import problems
from nuanyang.oversight.family.schemas import ChildExport, Children, ChildShown, MyPlan
from nuanyang.oversight.family.service import papers, showing

router = APIRouter(tags=["family"])
GuardianCaller = Annotated[Caller, Depends(requires_person("guardian"))]
StudentCaller = Annotated[Caller, Depends(requires_person("student"))]


def _attached(ending: str) -> dict[str, str]:
    # No name and no label in a file name: it stays behind on shared computers.
    return {"Content-Disposition": f'attachment; filename="child-{today().isoformat()}.{ending}"', "Cache-Control": "no-store"}


@router.get("/my/children", operation_id="children_list", responses=problems(401, 403, 422))
async def list_children(caller: GuardianCaller, session: DbSession) -> Children:
    """The children at this school whose guardian you are today."""
    return await showing.children(session, caller)


@router.get("/my/children/{student_id}", operation_id="children_read", responses=problems(401, 403, 404, 422))
async def read_child(student_id: UUID, caller: GuardianCaller, session: DbSession) -> ChildShown:
    """All that you may know of your child, in plain words."""
    return await showing.child(session, caller, student_id)


@router.get(
    "/my/children/{student_id}/export.json",
    operation_id="children_export_json",
    responses=problems(401, 403, 404, 422),
)
async def export_json(student_id: UUID, caller: GuardianCaller, session: DbSession, response: Response) -> ChildExport:
    """The same as a file for other programs, with a cover in plain words. That it was taken is recorded."""
    response.headers.update(_attached("json"))
    return await showing.export(session, caller, student_id, "json")


@router.get(
    "/my/children/{student_id}/export.pdf",
    operation_id="children_export_pdf",
    response_class=Response,
    responses={**problems(401, 403, 404, 422), 200: {"content": {PDF: {}}}},
)
async def export_pdf(student_id: UUID, caller: GuardianCaller, session: DbSession) -> Response:
    """The same as a PDF to read and to keep. That it was taken is recorded."""
    export = await showing.export(session, caller, student_id, "pdf")
    content = await asyncio.to_thread(papers.paper_of, export, caller.time_zone)
    return Response(content, media_type=PDF, headers=_attached("pdf"))


@router.get("/my/plan", operation_id="own_plan_read", responses=problems(401, 403, 422))
async def read_own_plan(caller: StudentCaller, session: DbSession) -> MyPlan:
    """What the school has agreed to do for you, in plain words."""
    return await showing.own_plan(session, caller)
