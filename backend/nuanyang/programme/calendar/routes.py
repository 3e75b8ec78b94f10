"""校历 over HTTP: everybody of the school reads it, the offices that keep it edit it."""

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from nuanyang.access.actors import Caller
from nuanyang.access.guards import CurrentCaller, DbSession, IfMatch, etag, expect_version, requires_duty
from nuanyang.kit.clock import today
from nuanyang.kit.schemas import problems
from nuanyang.programme.calendar import service
from nuanyang.programme.calendar.errors import SpanTooLong
from nuanyang.programme.calendar.models import CalendarDay, CalendarPeriod
from nuanyang.programme.calendar.rules import SchoolCalendar, facts_of
from nuanyang.programme.calendar.schemas import (
    CalendarDayChange,
    CalendarDayInput,
    CalendarDayShown,
    CalendarPeriodInput,
    CalendarPeriodShown,
    CalendarShown,
    CalendarTerm,
    SchoolDate,
    SchoolDay,
)

router = APIRouter(tags=["calendar"])
Keeper = Annotated[Caller, Depends(requires_duty("keep_calendar"))]
LONGEST = 400


@router.get("/calendar", operation_id="calendar_read", responses=problems(401, 403, 422))
async def read_calendar(
    caller: CurrentCaller,
    session: DbSession,
    from_on: Annotated[SchoolDate | None, Query(description="The first day; without it the school year of today.")] = None,
    to_on: Annotated[SchoolDate | None, Query(description="The last day, at most 400 days later.")] = None,
) -> CalendarShown:
    """Every day of a span with what it is and why, the terms, exam weeks and phases, and what nobody has announced yet."""
    begin, end = _span(from_on, to_on)
    kept = await service.calendar_of(session, caller.school_id, begin, end)
    calendar = kept.calendar
    is_staff = caller.person_kind == "staff"
    return CalendarShown(
        starts_on=begin,
        ends_on=end,
        today=today(str(calendar.zone)),
        may_edit=caller.has_duty("keep_calendar"),
        unknown_years=[year for year in calendar.unknown_years if begin.year <= year <= end.year],
        terms_known_until=calendar.terms_known_until,
        terms=_terms(calendar, begin, end),
        periods=[_period(row) for row in kept.periods],
        changes=[_day(row, is_staff=is_staff) for row in kept.days],
        days=[SchoolDay.model_validate(facts_of(calendar, begin + timedelta(days=n))) for n in range((end - begin).days + 1)],
    )


@router.post("/calendar/days", operation_id="calendar_days_create", status_code=201, responses=problems(401, 403, 409, 422))
async def create_day(body: CalendarDayInput, caller: Keeper, session: DbSession, response: Response) -> CalendarDayShown:
    """Say of one day that lessons are given, or that they are not: a storm, a sports day, a make-up Saturday of the school's own."""
    row = await service.add(session, caller, CalendarDay, **body.model_dump())
    response.headers["ETag"] = etag(row.version)
    return _day(row)


@router.patch(
    "/calendar/days/{calendar_day_id}", operation_id="calendar_days_update", responses=problems(401, 403, 404, 409, 412, 422, 428)
)
async def update_day(
    calendar_day_id: UUID, body: CalendarDayChange, seen: IfMatch, caller: Keeper, session: DbSession, response: Response
) -> CalendarDayShown:
    """Change what was said of a day."""
    row = await service.locked(session, caller, CalendarDay, calendar_day_id)
    expect_version(seen, row.version)
    await service.change(session, row, **body.model_dump())
    response.headers["ETag"] = etag(row.version)
    return _day(row)


@router.post("/calendar/days/{calendar_day_id}/withdraw", operation_id="calendar_days_withdraw", responses=problems(401, 403, 404, 422))
async def withdraw_day(calendar_day_id: UUID, caller: Keeper, session: DbSession) -> CalendarDayShown:
    """Take it back: the day is again what it would be by itself."""
    row = await service.locked(session, caller, CalendarDay, calendar_day_id)
    await service.withdraw(session, row)
    return _day(row)


@router.post("/calendar/days/{calendar_day_id}/restore", operation_id="calendar_days_restore", responses=problems(401, 403, 404, 409, 422))
async def restore_day(calendar_day_id: UUID, caller: Keeper, session: DbSession) -> CalendarDayShown:
    """Undo the taking back."""
    row = await service.locked(session, caller, CalendarDay, calendar_day_id)
    await service.restore(session, row)
    return _day(row)


@router.post("/calendar/periods", operation_id="calendar_periods_create", status_code=201, responses=problems(401, 403, 409, 422))
async def create_period(body: CalendarPeriodInput, caller: Keeper, session: DbSession, response: Response) -> CalendarPeriodShown:
    """Enter an exam week, a phase of the programme, or days off within a term."""
    row = await service.add(session, caller, CalendarPeriod, **body.model_dump())
    response.headers["ETag"] = etag(row.version)
    return _period(row)


@router.patch(
    "/calendar/periods/{calendar_period_id}", operation_id="calendar_periods_update", responses=problems(401, 403, 404, 409, 412, 422, 428)
)
async def update_period(
    calendar_period_id: UUID, body: CalendarPeriodInput, seen: IfMatch, caller: Keeper, session: DbSession, response: Response
) -> CalendarPeriodShown:
    """Change a period."""
    row = await service.locked(session, caller, CalendarPeriod, calendar_period_id)
    expect_version(seen, row.version)
    await service.change(session, row, **body.model_dump())
    response.headers["ETag"] = etag(row.version)
    return _period(row)


@router.post(
    "/calendar/periods/{calendar_period_id}/withdraw", operation_id="calendar_periods_withdraw", responses=problems(401, 403, 404, 422)
)
async def withdraw_period(calendar_period_id: UUID, caller: Keeper, session: DbSession) -> CalendarPeriodShown:
    """Take a period back."""
    row = await service.locked(session, caller, CalendarPeriod, calendar_period_id)
    await service.withdraw(session, row)
    return _period(row)


@router.post(
    "/calendar/periods/{calendar_period_id}/restore", operation_id="calendar_periods_restore", responses=problems(401, 403, 404, 422)
)
async def restore_period(calendar_period_id: UUID, caller: Keeper, session: DbSession) -> CalendarPeriodShown:
    """Undo the taking back."""
    row = await service.locked(session, caller, CalendarPeriod, calendar_period_id)
    await service.restore(session, row)
    return _period(row)


def _span(from_on: date | None, to_on: date | None) -> tuple[date, date]:
    """A school year is the usual span: September to August."""
    day = today()
    september = date(day.year if day.month >= 9 else day.year - 1, 9, 1)
    begin = from_on or (min(september, to_on) if to_on else september)
    end = to_on or date(begin.year + 1 if begin.month >= 9 else begin.year, 8, 31)
    if not 0 <= (end - begin).days < LONGEST:
        raise SpanTooLong
    return begin, end


def _terms(calendar: SchoolCalendar, begin: date, end: date) -> list[CalendarTerm]:
    touching = [term for term in calendar.terms if term.starts_on <= end and term.ends_on >= begin]
    return [
        CalendarTerm(
            key=term.key,
            name=term.name,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
            school_days=calendar.school_days_between(max(term.starts_on, calendar.first), min(term.ends_on, calendar.last)),
        )
        for term in touching
    ]


def _day(row: CalendarDay, *, is_staff: bool = True) -> CalendarDayShown:
    facts = {name: getattr(row, name) for name in ("id", "version", "day", "kind", "name")}
    return CalendarDayShown.model_validate(
        facts | {"reason": row.reason if is_staff else None, "is_withdrawn": row.withdrawn_at is not None}
    )


def _period(row: CalendarPeriod) -> CalendarPeriodShown:
    facts = {name: getattr(row, name) for name in ("id", "version", "kind", "name", "starts_on", "ends_on")}
    return CalendarPeriodShown.model_validate(facts | {"is_withdrawn": row.withdrawn_at is not None})
