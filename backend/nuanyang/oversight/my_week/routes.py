"""我的一周 over HTTP."""

from fastapi import APIRouter

from nuanyang.access.guards import DbSession, StaffCaller
from nuanyang.kit.schemas import problems
from nuanyang.oversight.my_week import service
from nuanyang.oversight.my_week.schemas import MyWeek

router = APIRouter(tags=["compliance"])


@router.get("/my-week", operation_id="my_week_read", responses=problems(401, 403))
async def read_my_week(caller: StaffCaller, session: DbSession) -> MyWeek:
    """What the caller owes this week, each with the clause or plan it comes from and what closes it; and what their department has open."""
    return await service.week_of(session, caller)
