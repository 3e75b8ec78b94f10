"""Data requests over HTTP: the guardian's own, and the school's queue."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, IfMatch, etag, requires_duty, requires_person
from nuanyang.casework.data_requests import repository
from nuanyang.casework.data_requests.rules import State
from nuanyang.casework.data_requests.schemas import (
    DataRequestInput,
    OwnRequest,
    OwnRequests,
    RequestAnswerInput,
    RequestPage,
    RequestReturnInput,
    RequestShown,
    RequestTerm,
)
from nuanyang.casework.data_requests.service import answering, asking, showing
from nuanyang.kit.paging import BadCursor, Cursor, Limit, decode_cursor, encode_cursor
from nuanyang.kit.schemas import problems

router = APIRouter(tags=["data-requests"])
GuardianCaller = Annotated[Caller, Depends(requires_person("guardian"))]
Reader = Annotated[Caller, Depends(requires_duty("answer_requests"))]
Desk = Annotated[Caller, Depends(requires_duty("work_on_requests"))]
TermSetter = Annotated[Caller, Depends(requires_duty("set_request_term"))]
Approver = Annotated[Caller, Depends(requires_duty("approve_erasure"))]


def is_english(request: Request) -> bool:
    """The language of the words."""
    return request.headers.get("accept-language", "").strip().lower().startswith("en")


English = Annotated[bool, Depends(is_english)]


@router.get("/my/data-requests", operation_id="own_data_requests_list", responses=problems(401, 403, 422))
async def list_own(caller: GuardianCaller, session: DbSession, english: English) -> OwnRequests:
    """What you asked about your children's data, and what became of it."""
    return await asking.own(session, caller, is_english=english)


@router.post(
    "/my/data-requests", operation_id="own_data_requests_create", status_code=201, responses=problems(401, 403, 404, 409, 422, 429)
)
async def create_own(body: DataRequestInput, caller: GuardianCaller, session: DbSession, english: English) -> OwnRequest:
    """Ask to correct, to erase or to get a copy of your child's data. The school answers within its term, and says why where it refuses."""
    return await asking.ask(session, caller, body, is_english=english)


@router.post(
    "/my/data-requests/{data_request_id}/withdraw",
    operation_id="own_data_requests_withdraw",
    responses=problems(401, 403, 404, 409, 422),
)
async def withdraw_own(data_request_id: UUID, caller: GuardianCaller, session: DbSession, english: English) -> OwnRequest:
    """Take a request back while nobody has answered it."""
    return await asking.withdraw(session, caller, data_request_id, is_english=english)


@router.get("/data-requests", operation_id="data_requests_list", responses=problems(401, 403, 422))
async def list_requests(
    caller: Reader,
    session: DbSession,
    state: Annotated[list[State] | None, Query(max_length=7, description="Only in these states.")] = None,
    waiting: Annotated[bool, Query(description="Only what waits for you.")] = False,
    overdue: Annotated[bool, Query(description="Only what is over its term.")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> RequestPage:
    """The requests at your desk, the earliest term first; every one for the principal."""
    rows = await showing.queue(
        session, caller, states=state or (), is_waiting=waiting, is_overdue_only=overdue, after=_mark(cursor), limit=limit
    )
    last = rows[limit - 1] if len(rows) > limit else None
    return RequestPage(
        items=rows[:limit],
        next_cursor=encode_cursor(last.due_on, last.id) if last else None,
        term_days=await repository.term_days(session, caller.school_id),
        may_set_term=caller.has_duty("set_request_term"),
    )


@router.put("/data-requests/term", operation_id="data_requests_term", responses=problems(401, 403, 422))
async def set_term(body: RequestTerm, caller: TermSetter, session: DbSession) -> RequestTerm:
    """Set within how many days this school answers; requests made before keep their term."""
    await repository.set_term_days(session, caller.school_id, body.days)
    return body


@router.get("/data-requests/{data_request_id}", operation_id="data_requests_read", responses=problems(401, 403, 404, 422))
async def read_request(data_request_id: UUID, caller: Reader, session: DbSession, english: English, response: Response) -> RequestShown:
    """One request with what the record says now and which answers are possible."""
    return await _shown(session, caller, data_request_id, response, english=english)


@router.post("/data-requests/{data_request_id}/take", operation_id="data_requests_take", responses=problems(401, 403, 404, 409, 422))
async def take_request(data_request_id: UUID, caller: Desk, session: DbSession, english: English, response: Response) -> RequestShown:
    """Say that you work on it; the family sees that somebody does."""
    await answering.take(session, caller, data_request_id)
    return await _shown(session, caller, data_request_id, response, english=english)


@router.post(
    "/data-requests/{data_request_id}/answer",
    operation_id="data_requests_answer",
    responses=problems(401, 403, 404, 409, 412, 422, 428),
)
async def answer_request(
    data_request_id: UUID,
    body: RequestAnswerInput,
    caller: Desk,
    session: DbSession,
    version: IfMatch,
    english: English,
    response: Response,
) -> RequestShown:
    """Answer it. An accepted correction is written into the record; an erasure waits for another person's approval first."""
    await answering.answer(session, caller, data_request_id, version, body)
    return await _shown(session, caller, data_request_id, response, english=english)


@router.post(
    "/data-requests/{data_request_id}/approve",
    operation_id="data_requests_approve",
    responses=problems(401, 403, 404, 409, 412, 422, 428),
)
async def approve_request(
    data_request_id: UUID, caller: Approver, session: DbSession, version: IfMatch, english: English, response: Response
) -> RequestShown:
    """Approve the answer to an erasure that somebody else prepared; what can be erased is erased with it."""
    await answering.approve(session, caller, data_request_id, version)
    return await _shown(session, caller, data_request_id, response, english=english)


@router.post(
    "/data-requests/{data_request_id}/return",
    operation_id="data_requests_return",
    responses=problems(401, 403, 404, 409, 412, 422, 428),
)
async def return_request(
    data_request_id: UUID,
    body: RequestReturnInput,
    caller: Approver,
    session: DbSession,
    version: IfMatch,
    english: English,
    response: Response,
) -> RequestShown:
    """Give the answer to an erasure back to the desk, with the reason; the family does not read it."""
    await answering.give_back(session, caller, data_request_id, version, body.reason)
    return await _shown(session, caller, data_request_id, response, english=english)


async def _shown(session: DbSession, caller: Caller, request_id: UUID, response: Response, *, english: bool) -> RequestShown:
    shown = await showing.one(session, caller, request_id, is_english=english)
    response.headers["ETag"] = etag(shown.version)
    return shown


def _mark(cursor: str | None) -> tuple[date, UUID] | None:
    key = decode_cursor(cursor, 2)
    if key is None:
        return None
    try:
        return date.fromisoformat(str(key[0])), UUID(str(key[1]))
    except ValueError as reason:
        raise BadCursor from reason
