"""Staff over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, requires_role
from nuanyang.access.idempotency import SHOWN_ONCE
from nuanyang.kit.schemas import problems
from nuanyang.school.staff import service
from nuanyang.school.staff.schemas import OpenAccountsInput, OpenedAccounts

router = APIRouter(tags=["access"])


@router.post("/accounts/from-roster", operation_id="accounts_open_from_roster", responses=problems(401, 403, 409, 422))
async def open_accounts(
    body: OpenAccountsInput, caller: Annotated[Caller, Depends(requires_role("admin"))], session: DbSession, response: Response
) -> OpenedAccounts:
    """Open accounts for members of staff from the roster who have none; the one-time passwords are in this answer only."""
    response.headers[SHOWN_ONCE] = "true"
    return await service.open_accounts(session, caller, body.limit)
