"""Clinical files over HTTP: the case, its sessions, and opening one by break-glass."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, IfMatch, etag, requires, requires_duty
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.schemas import problems
from nuanyang.measures.psychological.cases import service as cases
from nuanyang.measures.psychological.counselling import service
from nuanyang.measures.psychological.counselling.schemas import (
    CounsellingCaseInput,
    CounsellingCaseShown,
    CounsellingCloseInput,
    CounsellingFile,
    CounsellingSessionChange,
    CounsellingSessionInput,
    CounsellingSessionShown,
    CounsellorInput,
    OnCaseShown,
    PeopleOnCase,
    SessionVersions,
)
from nuanyang.school.consents.service import Urgent
from nuanyang.school.students.service import visible_student

router = APIRouter(tags=["counselling"])
Knower = Annotated[Caller, Depends(requires("read", "wellbeing"))]
Writer = Annotated[Caller, Depends(requires("write", "clinical"))]
Namer = Annotated[Caller, Depends(requires_duty("open_counselling"))]


def keyring(request: Request) -> Keyring:
    """The keys of the encrypted columns."""
    return request.app.state.keyring  # type: ignore[no-any-return]


Keys = Annotated[Keyring, Depends(keyring)]


@router.get(
    "/students/{student_id}/counselling",
    operation_id="counselling_read",
    responses=problems(401, 403, 404),
)
async def read_file(student_id: UUID, caller: Knower, session: DbSession, keys: Keys, response: Response) -> CounsellingFile:
    """A student's clinical file as far as it is open to you: the case, and its sessions by your case, crisis duty or broken glass."""
    response.headers["Cache-Control"] = "no-store"
    return await service.read_file(session, caller, keys, student_id)


@router.post(
    "/students/{student_id}/counselling/case",
    operation_id="counselling_open_case",
    status_code=201,
    responses=problems(401, 403, 404, 409, 422),
)
async def open_case(
    student_id: UUID, body: CounsellingCaseInput, caller: Namer, request: Request, session: DbSession
) -> CounsellingCaseShown:
    """Open a counselling case; whom a colleague counselled before is given to you by those who name counsellors.

    Waits for consent to counselling (`consent_missing`), unless `urgent` says why it cannot.
    """
    student = await visible_student(session, caller, student_id)
    urgent = Urgent(body.urgent.ground, body.urgent.reason) if body.urgent else None
    case = await cases.open_case(session, caller, student, body.counsellor_id, urgent=urgent)
    _let_in(request, caller, body.counsellor_id)
    return CounsellingCaseShown.model_validate(case)


@router.post(
    "/students/{student_id}/counselling/counsellor", operation_id="counselling_hand_over", responses=problems(401, 403, 404, 409, 422)
)
async def hand_over(student_id: UUID, body: CounsellorInput, caller: Namer, request: Request, session: DbSession) -> PeopleOnCase:
    """Give the case to another counsellor from a day on; the present one's right ends the day before."""
    student = await visible_student(session, caller, student_id)
    former = await cases.hand_over(session, caller, student, body.counsellor_id, body.from_on)
    _let_in(request, caller, body.counsellor_id, former.account_id)
    people = await cases.people_on(session, caller.school_id, student.id)
    return PeopleOnCase(items=[OnCaseShown.model_validate(one) for one in people])


@router.post("/students/{student_id}/counselling/close", operation_id="counselling_close", responses=problems(401, 403, 404, 409, 422))
async def close_case(
    student_id: UUID, body: CounsellingCloseInput, caller: Namer, request: Request, session: DbSession
) -> CounsellingCaseShown:
    """Close the case; its sessions stay and open by break-glass only."""
    student = await visible_student(session, caller, student_id)
    case = await cases.close_case(session, caller, student, body.outcome)
    _let_in(request, caller)
    return CounsellingCaseShown.model_validate(case)


def _let_in(request: Request, caller: Caller, *others: UUID | None) -> None:
    """In this process the new rights hold at the next request, not only within ten seconds."""
    for account_id in {caller.account_id, *others} - {None}:
        request.app.state.callers.forget(account_id)


@router.post(
    "/students/{student_id}/counselling/sessions",
    operation_id="counselling_add_session",
    status_code=201,
    responses=problems(401, 403, 404, 409, 422),
)
async def add_session(
    student_id: UUID, body: CounsellingSessionInput, caller: Writer, session: DbSession, keys: Keys, response: Response
) -> CounsellingSessionShown:
    """Write down a session of an own case."""
    shown = await service.add_session(session, caller, keys, student_id, body)
    response.headers["ETag"], response.headers["Cache-Control"] = etag(shown.version), "no-store"
    return shown


@router.patch(
    "/counselling-sessions/{counselling_session_id}",
    operation_id="counselling_correct_session",
    responses=problems(401, 403, 404, 412, 422, 428),
)
async def correct_session(
    counselling_session_id: UUID,
    body: CounsellingSessionChange,
    caller: Writer,
    session: DbSession,
    keys: Keys,
    version: IfMatch,
    response: Response,
) -> CounsellingSessionShown:
    """Correct a session of an own case; what it said before is kept with the reason."""
    shown = await service.correct_session(session, caller, keys, counselling_session_id, version, body)
    response.headers["ETag"], response.headers["Cache-Control"] = etag(shown.version), "no-store"
    return shown


@router.get(
    "/counselling-sessions/{counselling_session_id}/versions",
    operation_id="counselling_session_versions",
    responses=problems(401, 403, 404),
)
async def list_versions(
    counselling_session_id: UUID, caller: Knower, session: DbSession, keys: Keys, response: Response
) -> SessionVersions:
    """What a session said before its corrections."""
    response.headers["Cache-Control"] = "no-store"
    return SessionVersions(items=await service.versions(session, caller, keys, counselling_session_id))
