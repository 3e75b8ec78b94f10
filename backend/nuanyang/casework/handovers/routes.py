"""Hand-overs over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from nuanyang.access.guards import DbSession, StaffCaller
from nuanyang.casework.handovers import service
from nuanyang.casework.handovers.schemas import HandoverNoteInput, Handovers
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.schemas import problems

router = APIRouter(tags=["handovers"])


def keyring(request: Request) -> Keyring:
    """The keys of the encrypted columns."""
    return request.app.state.keyring  # type: ignore[no-any-return]


Keys = Annotated[Keyring, Depends(keyring)]


@router.get("/handovers", operation_id="handovers_list", responses=problems(401, 403, 422))
async def list_handovers(
    caller: StaffCaller,
    session: DbSession,
    keys: Keys,
    response: Response,
    student_id: Annotated[UUID | None, Query(description="Only of this student.")] = None,
) -> Handovers:
    """The hand-over notes I have to write, and those written for me that I have not acknowledged."""
    response.headers["Cache-Control"] = "no-store"
    return await service.own(session, caller, keys, student_id)


@router.post("/handovers/{handover_id}/note", operation_id="handovers_write", status_code=204, responses=problems(401, 403, 404, 409, 422))
async def write(handover_id: UUID, body: HandoverNoteInput, caller: StaffCaller, session: DbSession, keys: Keys) -> None:
    """Write the note for the next one: what runs, what is agreed, what to avoid."""
    await service.write(session, caller, keys, handover_id, body)


@router.post(
    "/handovers/{handover_id}/acknowledge", operation_id="handovers_acknowledge", status_code=204, responses=problems(401, 403, 404, 409)
)
async def acknowledge(handover_id: UUID, caller: StaffCaller, session: DbSession) -> None:
    """Say that one has read the note."""
    await service.acknowledge(session, caller, handover_id)
