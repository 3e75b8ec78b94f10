"""我的一周 over HTTP."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from nuanyang.access.calendar_feeds import service as feeds
from nuanyang.access.calendar_feeds.rules import calendar
from nuanyang.access.calendar_feeds.schemas import FeedMade, FeedState
from nuanyang.access.guards import DbSession, StaffCaller, database, public
from nuanyang.access.idempotency import SHOWN_ONCE
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import NotFound
from nuanyang.kit.schemas import problems
from nuanyang.oversight.my_week import service
from nuanyang.oversight.my_week.schemas import MyWeek

router = APIRouter(tags=["compliance"])


@router.get("/my-week", operation_id="my_week_read", responses=problems(401, 403))
async def read_my_week(caller: StaffCaller, session: DbSession) -> MyWeek:
    """What the caller owes this week, each with the clause or plan it comes from and what closes it; and what their department has open."""
    return await service.week_of(session, caller)


@router.get("/calendar-feed", operation_id="calendar_feed_read", responses=problems(401, 403))
async def read_feed(caller: StaffCaller, session: DbSession) -> FeedState:
    """Whether one's own calendar feed is on."""
    return await feeds.state(session, caller)


@router.post("/calendar-feed", operation_id="calendar_feed_create", status_code=201, responses=problems(401, 403))
async def make_feed(caller: StaffCaller, session: DbSession, request: Request, response: Response) -> FeedMade:
    """A private address for one's own calendar program, in this answer only; the one before is good no more. It tells numbers, never names."""
    token = await feeds.make(session, caller)
    response.headers[SHOWN_ONCE] = "true"
    base = (request.app.state.settings.public_url or str(request.base_url)).rstrip("/")
    state = await feeds.state(session, caller)
    return FeedMade(is_on=True, since=state.since, address=f"{base}/api/v1/calendar-feeds/{token}.ics")


@router.post("/calendar-feed/end", operation_id="calendar_feed_end", responses=problems(401, 403))
async def end_feed(caller: StaffCaller, session: DbSession) -> FeedState:
    """The address is good no more."""
    await feeds.end(session, caller)
    return await feeds.state(session, caller)


@router.get(
    "/calendar-feeds/{token}.ics",
    operation_id="calendar_feeds_show",
    dependencies=[public],
    response_class=Response,
    responses={200: {"content": {"text/calendar": {}}}, **problems(404, 422)},
)
async def show_feed(request: Request, token: Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{43}$")]) -> Response:
    """How much falls due on which day for whom this address is: all-day entries with a number and a link, no name of anybody."""
    found = await feeds.find(database(request), token)
    caller = await request.app.state.callers.of_account(found.account_id, found.school_id) if found else None
    if found is None or caller is None or caller.person_kind != "staff":
        raise NotFound
    day = today(caller.time_zone)
    async with database(request).session(caller.context) as session:
        days = await service.duties_due(session, caller, day - timedelta(days=31), day + timedelta(days=31))
    base = request.app.state.settings.public_url or str(request.base_url)
    body = calendar(str(found.id), days, base.rstrip("/") + "/", now())
    return Response(body, media_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, max-age=1800"})
