"""Break-glass over HTTP."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.guards import DbSession, requires_duty
from nuanyang.kit.paging import BadCursor, Cursor, Limit, decode_cursor, encode_cursor
from nuanyang.kit.schemas import problems
from nuanyang.measures.psychological.break_glass import service
from nuanyang.measures.psychological.break_glass.schemas import Opening, OpeningInput, OpeningPage, OpeningReads, OpeningReviewInput, State
from nuanyang.school.students.service import visible_student

router = APIRouter(tags=["break-glass"])
# Who may open, review or be told; which of these, the office decides.
Concerned = Annotated[Caller, Depends(requires_duty("break_glass"))]


@router.post(
    "/students/{student_id}/break-glass", operation_id="break_glass_open", status_code=201, responses=problems(401, 403, 404, 409, 422)
)
async def open_glass(student_id: UUID, body: OpeningInput, caller: Concerned, session: DbSession) -> Opening:
    """Open one student's clinical file for 60 minutes, with a reason; counsellor, moral education and principal are told at once.

    Asks to have signed in, or confirmed who one is, within five minutes (`step_up_required`).
    """
    student = await visible_student(session, caller, student_id)
    opening_id = await service.open_glass(session, caller, student, body.reason)
    return await _shown(session, caller, opening_id)


@router.get("/break-glass", operation_id="break_glass_list", responses=problems(401, 403, 422))
async def list_openings(
    caller: Concerned,
    session: DbSession,
    state: Annotated[State | None, Query(description="`to_review` holds the overdue ones, too.")] = None,
    unseen: Annotated[bool, Query(description="Only of which you were told and have not seen it.")] = False,
    mine: Annotated[bool, Query(description="Only those whose review is yours.")] = False,
    student_id: Annotated[UUID | None, Query(description="Only of this student.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> OpeningPage:
    """Openings that concern you, the newest first: all for who oversees, the own ones and those they were told of for counsellors."""
    after, chosen = _after(cursor), {"state": state, "unseen": unseen, "mine": mine, "student_id": student_id}
    rows = await service.page(session, caller, after=after, limit=limit, **chosen)
    items = await service.listed(session, caller, rows[:limit])
    await showed(session, caller, ((item.student_id, "wellbeing") for item in items))
    following = encode_cursor(items[-1].opened_at.isoformat(), items[-1].id) if len(rows) > limit else None
    return OpeningPage(items=items, next_cursor=following)


@router.post("/break-glass/{opening_id}/end", operation_id="break_glass_end", responses=problems(401, 403, 404, 409))
async def end(opening_id: UUID, caller: Concerned, session: DbSession) -> Opening:
    """End the own opening early."""
    await service.end(session, caller, opening_id)
    return await _shown(session, caller, opening_id)


@router.post("/break-glass/{opening_id}/seen", operation_id="break_glass_seen", responses=problems(401, 403, 404, 409))
async def mark_seen(opening_id: UUID, caller: Concerned, session: DbSession) -> Opening:
    """Say that you have seen that a file was opened."""
    await service.mark_seen(session, caller, opening_id)
    return await _shown(session, caller, opening_id)


@router.post("/break-glass/{opening_id}/review", operation_id="break_glass_review", responses=problems(401, 403, 404, 409, 422))
async def review(opening_id: UUID, body: OpeningReviewInput, caller: Concerned, session: DbSession) -> Opening:
    """Review somebody else's opening once it is over."""
    await service.review(session, caller, opening_id, body.outcome, body.note)
    return await _shown(session, caller, opening_id)


@router.get("/break-glass/{opening_id}/reads", operation_id="break_glass_reads", responses=problems(401, 403, 404))
async def list_reads(opening_id: UUID, caller: Concerned, session: DbSession) -> OpeningReads:
    """Every reading under one opening, from the record."""
    return OpeningReads(items=await service.reads(session, caller, opening_id))


async def _shown(session: DbSession, caller: Caller, opening_id: UUID) -> Opening:
    opening = await service.shown(session, caller, opening_id)
    await showed(session, caller, [(opening.student_id, "wellbeing")])
    return opening


def _after(cursor: str | None) -> tuple[datetime, UUID] | None:
    key = decode_cursor(cursor, 2)
    if key is None:
        return None
    try:
        return datetime.fromisoformat(str(key[0])), UUID(str(key[1]))
    except ValueError as reason:
        raise BadCursor from reason
