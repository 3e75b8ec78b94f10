"""A guardian's own contact over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, IfMatch, etag, requires_person
from nuanyang.kit.schemas import problems
from nuanyang.school.own_contacts import service
from nuanyang.school.own_contacts.schemas import OwnContact, OwnContactPatch

router = APIRouter(tags=["family"])
GuardianCaller = Annotated[Caller, Depends(requires_person("guardian"))]


@router.get("/my/contact", operation_id="own_contact_read", responses=problems(401, 403, 404, 422))
async def read_own_contact(caller: GuardianCaller, session: DbSession, response: Response) -> OwnContact:
    """The signed-in guardian's own telephone and address."""
    guardian = await service.own_row(session, caller)
    response.headers["ETag"] = etag(guardian.version)
    return OwnContact.model_validate(guardian)


@router.patch("/my/contact", operation_id="own_contact_change", responses=problems(401, 403, 404, 412, 422, 428))
async def change_own_contact(
    body: OwnContactPatch, caller: GuardianCaller, session: DbSession, version: IfMatch, response: Response
) -> OwnContact:
    """Change the own telephone or address (JSON Merge Patch); everybody at the school who may see it sees the new one at once."""
    guardian = await service.change_own(session, caller, version, body)
    response.headers["ETag"] = etag(guardian.version)
    return OwnContact.model_validate(guardian)
