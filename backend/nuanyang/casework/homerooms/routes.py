"""Changes of homeroom teachers over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, requires_duty
from nuanyang.casework.homerooms import service
from nuanyang.casework.homerooms.schemas import HomeroomTeacherInput, HomeroomTeacherShown
from nuanyang.kit.schemas import problems

router = APIRouter(tags=["handovers"])


@router.post(
    "/classes/{class_id}/homeroom-teacher", operation_id="classes_change_homeroom_teacher", responses=problems(401, 403, 404, 409, 422)
)
async def change_homeroom_teacher(
    class_id: UUID,
    body: HomeroomTeacherInput,
    caller: Annotated[Caller, Depends(requires_duty("change_homeroom_teacher"))],
    session: DbSession,
) -> HomeroomTeacherShown:
    """Give a class to another homeroom teacher from a day on; the former's right ends the day before, and they are asked for hand-over notes."""
    return await service.change_homeroom_teacher(session, caller, class_id, body)
