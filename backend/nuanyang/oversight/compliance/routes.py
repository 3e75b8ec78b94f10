"""落实情况 over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from nuanyang.access.actors import Caller
from nuanyang.access.downloads import ShownAnew
from nuanyang.access.guards import DbSession, requires_duty
from nuanyang.kit.schemas import problems
from nuanyang.oversight.compliance import service, sheet
from nuanyang.oversight.compliance.schemas import (
    ComplianceQuery,
    ComplianceShown,
    OccurrenceList,
    OccurrenceShown,
    OccurrencesQuery,
    WaiverInput,
)

router = APIRouter(tags=["compliance"])
Seer = Annotated[Caller, Depends(requires_duty("see_compliance"))]
Waiver = Annotated[Caller, Depends(requires_duty("waive_occurrences"))]


@router.get("/compliance", operation_id="compliance_read", responses=problems(401, 403, 404, 422))
async def read_compliance(query: Annotated[ComplianceQuery, Query()], caller: Seer, session: DbSession) -> ComplianceShown:
    """Every clause with what was expected and how it went, by week: of a term or a programme year, over the school, a grade or a class. What has
    no records yet is said to have none, never to be kept."""
    return await service.shown(session, caller, query)


@router.get("/compliance/{clause}/occurrences", operation_id="compliance_occurrences", responses=problems(401, 403, 404, 422))
async def list_occurrences(clause: str, query: Annotated[OccurrencesQuery, Query()], caller: Seer, session: DbSession) -> OccurrenceList:
    """The single occurrences behind a clause's numbers and the very records that met them, as far as the caller may see their students."""
    return await service.listed(session, caller, clause, query)


@router.get(
    "/compliance/{clause}/occurrences.csv",
    operation_id="compliance_occurrences_csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}, **problems(401, 403, 404, 422)},
)
async def save_occurrences(
    request: Request, clause: str, query: Annotated[OccurrencesQuery, Query()], caller: Seer, _: ShownAnew, session: DbSession
) -> Response:
    """The occurrences of the same question as CSV, at most 5,000."""
    language = "en" if request.headers.get("accept-language", "").strip().lower().startswith("en") else "zh"
    body = sheet.as_csv(await service.listed_for_file(session, caller, clause, query), language)
    headers = {"Content-Disposition": "attachment; filename=occurrences.csv"}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/occurrences/{occurrence_id}/waive", operation_id="occurrences_waive", responses=problems(401, 403, 404, 409, 422))
async def waive(occurrence_id: UUID, body: WaiverInput, caller: Waiver, session: DbSession) -> OccurrenceShown:
    """免办: say that it need not be done, and why. What a record has met cannot be waived."""
    return await service.waive(session, caller, occurrence_id, body.reason)


@router.post("/occurrences/{occurrence_id}/unwaive", operation_id="occurrences_unwaive", responses=problems(401, 403, 404, 409))
async def unwaive(occurrence_id: UUID, caller: Waiver, session: DbSession) -> OccurrenceShown:
    """Take a waiver back: it is owed again as it was."""
    return await service.unwaive(session, caller, occurrence_id)
