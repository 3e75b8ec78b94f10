"""The load preview of an edition over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, requires_duty
from nuanyang.kit.schemas import problems
from nuanyang.oversight.programme_load import service
from nuanyang.oversight.programme_load.schemas import LoadShown

router = APIRouter(tags=["programme"])
Seer = Annotated[Caller, Depends(requires_duty("see_programme_load"))]


@router.get(
    "/editions/{edition_id}/load",
    operation_id="editions_load",
    responses=problems(401, 403, 404),
)
async def read_load(edition_id: UUID, caller: Seer, session: DbSession) -> LoadShown:
    """What it would cost to keep: minutes a week of each person from today's enrolment, recognitions and posts, demand against capacity, and
    what would fall to nobody. A school does not approve what it cannot keep."""
    return await service.load_of(session, caller, edition_id)
