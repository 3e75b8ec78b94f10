"""消息 over HTTP: the list, reading, and the number of unread ones live."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, StaffCaller, database
from nuanyang.access.inbox import service
from nuanyang.access.inbox.schemas import NoticeList, NoticeShown, Unread
from nuanyang.kit.db import Database
from nuanyang.kit.paging import Cursor, Limit
from nuanyang.kit.schemas import problems

router = APIRouter(prefix="/inbox", tags=["inbox"])
SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_BETWEEN_SIGNS_OF_LIFE = 20.0
LONGEST_STREAM_SECONDS = 600.0  # an access token's life; the client comes back with a fresh one


@router.get("", operation_id="inbox_list", responses=problems(401, 403, 422))
async def list_notices(
    caller: StaffCaller, session: DbSession, unread: Annotated[bool, Query()] = False, cursor: Cursor = None, limit: Limit = 50
) -> NoticeList:
    """One's own notices, the newest first. They name clauses, classes and numbers, never a student."""
    return await service.listed(session, caller, unread=unread, cursor=cursor, limit=limit)


@router.post("/read-all", operation_id="inbox_read_all", responses=problems(401, 403))
async def read_all(caller: StaffCaller, session: DbSession) -> Unread:
    """Mark all as read."""
    await service.read_all(session, caller)
    return Unread(unread=await service.count_unread(session, caller))


@router.post("/{notice_id}/read", operation_id="inbox_read", responses=problems(401, 403, 404, 422))
async def read(notice_id: UUID, caller: StaffCaller, session: DbSession) -> NoticeShown:
    """Mark one as read."""
    return await service.mark(session, caller, notice_id, is_read=True)


@router.post("/{notice_id}/unread", operation_id="inbox_unread", responses=problems(401, 403, 404, 422))
async def unread(notice_id: UUID, caller: StaffCaller, session: DbSession) -> NoticeShown:
    """Mark one as unread again."""
    return await service.mark(session, caller, notice_id, is_read=False)


@router.get(
    "/events",
    operation_id="inbox_events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}, **problems(401, 403)},
)
async def events(request: Request, caller: StaffCaller) -> StreamingResponse:
    """Stream the number of unread notices as server-sent events: now, and whenever it changes. Read it by fetch with Authorization."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_changes(database(request), caller), media_type="text/event-stream", headers=headers)


async def _changes(db: Database, caller: Caller) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    began = quiet_since = loop.time()
    told: int | None = None
    while loop.time() - began < LONGEST_STREAM_SECONDS:
        # A session for the look only: a watcher holds no connection.
        async with db.session(caller.context) as session:
            fresh = await service.count_unread(session, caller)
        if fresh != told:
            yield f"data: {Unread(unread=fresh).model_dump_json()}\n\n"
            told, quiet_since = fresh, loop.time()
        elif loop.time() - quiet_since > SECONDS_BETWEEN_SIGNS_OF_LIFE:
            yield ": still here\n\n"
            quiet_since = loop.time()
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
