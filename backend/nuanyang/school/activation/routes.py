"""Activation slips over HTTP, and the one public door they open."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from nuanyang.access.accounts.devices import Visit
from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, database, public, requires_duty
from nuanyang.access.idempotency import SHOWN_ONCE
from nuanyang.access.own_pages import not_from_another_site
from nuanyang.kit.schemas import problems
from nuanyang.school.activation import service
from nuanyang.school.activation.schemas import Activated, ActivationInput, ClassAccess, Slips, SlipsInput

router = APIRouter(tags=["activation"])
Printer = Annotated[Caller, Depends(requires_duty("print_activation"))]


@router.get(
    "/activation-codes",
    operation_id="activation_codes_list",
    responses=problems(401, 403, 404, 422),
)
async def list_access(caller: Printer, session: DbSession, class_id: UUID) -> ClassAccess:
    """Which guardians of a class can sign in, and who holds a code; no code is ever shown again."""
    return await service.of_class(session, caller, class_id)


@router.post("/activation-codes", operation_id="activation_codes_print", responses=problems(401, 403, 404, 409, 422))
async def print_slips(body: SlipsInput, caller: Printer, session: DbSession, request: Request, response: Response) -> Slips:
    """Slips for the guardians of a class who have no account, good for fourteen days. The codes are in this answer only; older ones are void."""
    response.headers[SHOWN_ONCE] = "true"
    address = request.app.state.settings.public_url or str(request.base_url)
    return await service.print_slips(session, caller, body, address)


@router.post(
    "/activation",
    operation_id="activation_open",
    status_code=201,
    dependencies=[public, Depends(not_from_another_site)],
    responses=problems(403, 409, 422, 429),
)
async def activate(body: ActivationInput, request: Request) -> Activated:
    """Open one's own account as a guardian: the code from the slip, a child's name and birthday, and a password of one's choice."""
    address = request.client.host if request.client else "-"
    return await service.activate(database(request), body, Visit(address, request.headers.get("user-agent", "")[:200], None))
