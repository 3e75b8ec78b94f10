"""待补环节 over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, IfMatch, etag, requires_duty
from nuanyang.casework.gaps.rules import Kind
from nuanyang.kit.schemas import problems
from nuanyang.oversight.gaps import service
from nuanyang.oversight.gaps.schemas import (
    DefinitionInput,
    GapListQuery,
    GapsQuery,
    PutOffInput,
    SupportGap,
    SupportGapKind,
    SupportGapKindList,
    SupportGapList,
)

router = APIRouter(tags=["compliance"])
Seer = Annotated[Caller, Depends(requires_duty("see_gaps"))]
Definer = Annotated[Caller, Depends(requires_duty("define_gaps"))]


@router.get("/gaps", operation_id="gaps_read", responses=problems(401, 403, 422))
async def read_gaps(query: Annotated[GapsQuery, Query()], caller: Seer, session: DbSession) -> SupportGapKindList:
    """Each kind of gap that the school looks for, and how many there are among the students whose cases the caller may hear of."""
    return await service.kinds(session, caller, query)


@router.get("/gaps/{kind}", operation_id="gaps_list", responses=problems(401, 403, 422))
async def list_gaps(kind: Kind, query: Annotated[GapListQuery, Query()], caller: Seer, session: DbSession) -> SupportGapList:
    """The gaps of one kind, the longest standing first, each with what closes it."""
    return await service.listed(session, caller, kind, query)


@router.put("/gaps/{kind}", operation_id="gaps_define", responses=problems(401, 403, 412, 422, 428))
async def define_gaps(
    kind: Kind, body: DefinitionInput, seen: IfMatch, caller: Definer, session: DbSession, response: Response
) -> SupportGapKind:
    """Say whether the school looks for this kind, and after how many days or under which percent."""
    shown = await service.redefine(session, caller, kind, seen, body)
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.post("/gaps/{kind}/{gap_id}/put-off", operation_id="gaps_put_off", responses=problems(401, 403, 404, 409, 422))
async def put_off(kind: Kind, gap_id: UUID, body: PutOffInput, caller: Seer, session: DbSession) -> SupportGap:
    """暂缓: it need not be closed until a day, and why; it comes back by itself."""
    return await service.put(session, caller, kind, gap_id, body)


@router.post("/gaps/{kind}/{gap_id}/take-up", operation_id="gaps_take_up", responses=problems(401, 403, 404, 409, 422))
async def take_up(kind: Kind, gap_id: UUID, caller: Seer, session: DbSession) -> SupportGap:
    """Take it back."""
    return await service.take_back(session, caller, kind, gap_id)
