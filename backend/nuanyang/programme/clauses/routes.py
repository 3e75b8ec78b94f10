"""The shipped programme over HTTP; what a school has made of it are its editions."""

from fastapi import APIRouter, Depends, Response

from nuanyang.access.guards import requires_staff
from nuanyang.kit.schemas import problems
from nuanyang.programme.clauses.schemas import CadenceShown, ClauseList, ClauseShown
from nuanyang.programme.clauses.template import OWNERS, Clause, clauses

router = APIRouter(tags=["programme"])
GUARDS = [Depends(requires_staff)]
KEPT = "private, max-age=3600"


@router.get("/clauses", operation_id="clauses_list", dependencies=GUARDS, responses=problems(401, 403, 422))
async def list_clauses(response: Response, part: str | None = None) -> ClauseList:
    """The clauses of the programme, G1.1 to M4.3, in its order; `part` is the first letter."""
    response.headers["Cache-Control"] = KEPT
    return ClauseList(items=[_shown(c) for c in clauses() if part in (None, c.part)])


def _shown(c: Clause) -> ClauseShown:
    zh, en = OWNERS[c.owner]
    return ClauseShown(
        id=c.id,
        part=c.part,
        zh=c.zh,
        en=c.en,
        dimension=c.dimension,
        owner=c.owner,
        owner_zh=zh,
        owner_en=en,
        doers=list(c.doers),
        cadence=CadenceShown.model_validate(c.cadence) if c.cadence else None,
    )
