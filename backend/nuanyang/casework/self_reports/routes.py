"""The student's own page over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, requires_person
from nuanyang.casework.self_reports import service
from nuanyang.casework.self_reports.schemas import SelfReportAnswer, SelfReportForm, SelfReportInput, SelfReports, StaffChoices
from nuanyang.kit.schemas import problems

router = APIRouter(tags=["self-reports"])
Speaker = Annotated[Caller, Depends(requires_person("student"))]


def is_english(request: Request) -> bool:
    """The language of the words."""
    return request.headers.get("accept-language", "").strip().lower().startswith("en")


English = Annotated[bool, Depends(is_english)]


@router.get("/self-reports/form", operation_id="self_reports_form", responses=problems(401, 403, 409))
async def show_form(caller: Speaker, session: DbSession, english: English) -> SelfReportForm:
    """What a student may speak about, in plain words, and who will read it."""
    return await service.form(session, caller, is_english=english)


@router.get(
    "/self-reports/staff",
    operation_id="self_reports_staff",
    responses=problems(401, 403, 409, 422),
)
async def find_staff(caller: Speaker, session: DbSession, q: Annotated[str, Query(min_length=1, max_length=40)]) -> StaffChoices:
    """Members of staff whose name begins so, for saying whom a report is about."""
    return StaffChoices(items=await service.staff_named(session, caller, q))


@router.get("/self-reports", operation_id="self_reports_list", responses=problems(401, 403, 409))
async def list_self_reports(caller: Speaker, session: DbSession, english: English) -> SelfReports:
    """The student's own reports of this school year."""
    return await service.own(session, caller, is_english=english)


@router.post("/self-reports", operation_id="self_reports_create", status_code=201, responses=problems(401, 403, 409, 422, 429))
async def create_self_report(
    body: SelfReportInput, caller: Speaker, session: DbSession, english: English, response: Response
) -> SelfReportAnswer:
    """Tell the school something. It never reaches the member of staff it is about."""
    response.headers["Cache-Control"] = "no-store"
    return SelfReportAnswer(report=await service.tell(session, caller, body, is_english=english))
