"""Staff over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, requires, requires_duty
from nuanyang.access.idempotency import SHOWN_ONCE
from nuanyang.kit.errors import FieldError
from nuanyang.kit.paging import BadCursor, Cursor, Limit, decode_cursor, encode_cursor
from nuanyang.kit.schemas import problems
from nuanyang.school.staff import service
from nuanyang.school.staff.schemas import OpenAccountsInput, OpenedAccounts, StaffPage, StaffShown

router = APIRouter()


# Anybody who works with students here: they name colleagues in plans, records and cases.
Colleague = Annotated[Caller, Depends(requires("read", "basic", person="staff"))]


def _mark(cursor: str | None) -> tuple[str, UUID] | None:
    key = decode_cursor(cursor, 2)
    try:
        return (str(key[0]), UUID(str(key[1]))) if key else None
    except ValueError as reason:
        raise BadCursor(errors=[FieldError("#/query/cursor", "bad_cursor", "翻页标记无效。", "This cursor is not valid.")]) from reason


@router.get("/staff", tags=["staff"], operation_id="staff_list", responses=problems(401, 403, 422))
async def list_staff(
    caller: Colleague,
    session: DbSession,
    q: Annotated[str | None, Query(max_length=60, description="Name, pinyin or initials.")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> StaffPage:
    """Members of staff who work here, by name, with their posts: to say who leads a case, reviews a plan or carries a measure out."""
    rows = await service.find_staff(session, caller, q, after=_mark(cursor), limit=limit + 1)
    last = rows[limit - 1][0] if len(rows) > limit else None
    return StaffPage(
        items=[StaffShown(id=person.id, name=person.name, posts=posts) for person, posts in rows[:limit]],
        next_cursor=encode_cursor(last.pinyin, last.id) if last else None,
    )


@router.post("/accounts/from-roster", tags=["access"], operation_id="accounts_open_from_roster", responses=problems(401, 403, 409, 422))
async def open_accounts(
    body: OpenAccountsInput, caller: Annotated[Caller, Depends(requires_duty("keep_accounts"))], session: DbSession, response: Response
) -> OpenedAccounts:
    """Open accounts for members of staff from the roster who have none; the one-time passwords are in this answer only."""
    response.headers[SHOWN_ONCE] = "true"
    return await service.open_accounts(session, caller, body.limit)
