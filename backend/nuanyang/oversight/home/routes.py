"""The home page over HTTP."""

from fastapi import APIRouter

from nuanyang.access.audit.service import showed
from nuanyang.access.guards import CurrentCaller, DbSession
from nuanyang.kit.schemas import problems
from nuanyang.oversight.home import repository, service
from nuanyang.oversight.home.schemas import Home

router = APIRouter(tags=["home"])


@router.get("/home", operation_id="home_read", responses=problems(401, 403))
async def read_home(caller: CurrentCaller, session: DbSession) -> Home:
    """What waits for me, and the cases I lead."""
    led = await repository.led_cases(session, caller.school_id, caller.led_student_ids)
    await showed(session, caller, ((case.student_id, file_class) for case, file_class in led if file_class))
    return Home(tasks=await service.tasks_of(session, caller), led=[case for case, _ in led])
