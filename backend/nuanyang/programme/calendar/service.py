"""The school calendar, read as a value and edited day by day. What was entered is taken back, never deleted, and may be restored."""

from datetime import date
from typing import TypeVar, cast
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.kit.clock import now
from nuanyang.kit.db.refusals import constraint_of
from nuanyang.kit.ids import new_id
from nuanyang.programme.calendar import repository
from nuanyang.programme.calendar.errors import CalendarEntryNotFound, DayTaken, EntryWithdrawn
from nuanyang.programme.calendar.models import CalendarDay, CalendarPeriod
from nuanyang.programme.calendar.rules import DayKind, Override, PeriodKind, PeriodSpan, SchoolCalendar, TermSpan
from nuanyang.school.schools.models import School

_Entry = TypeVar("_Entry", CalendarDay, CalendarPeriod)


async def calendar_of(session: AsyncSession, school_id: UUID, day: date) -> SchoolCalendar:
    """The calendar around a day: from the January of the year before to the December of the year after."""
    first, last = date(day.year - 1, 1, 1), date(day.year + 1, 12, 31)
    school = await session.get_one(School, school_id)
    terms = await repository.terms(session, school_id)
    days = await repository.days(session, school_id, first, last)
    periods = await repository.periods(session, school_id, first, last)
    return SchoolCalendar.of(
        first,
        last,
        [TermSpan(f"{year.name}.{term.number}", term.name, term.starts_on, term.ends_on) for term, year in terms],
        [Override(row.day, cast("DayKind", row.kind), row.name) for row in days],
        [PeriodSpan(str(row.id), cast("PeriodKind", row.kind), row.name, row.starts_on, row.ends_on) for row in periods],
        school.time_zone,
    )


async def add_day(session: AsyncSession, caller: Caller, day: date, kind: str, name: str, reason: str) -> CalendarDay:
    """Say of a day that lessons are given, or that they are not."""
    row = CalendarDay(
        school_id=caller.school_id,
        id=new_id(),
        day=day,
        kind=kind,
        name=name,
        reason=reason,
        created_by=caller.account_id,
        created_at=now(),
    )
    session.add(row)
    await _flush(session)
    return row


async def add_period(session: AsyncSession, caller: Caller, kind: str, name: str, starts_on: date, ends_on: date) -> CalendarPeriod:
    """Enter an exam week, a phase or days off."""
    row = CalendarPeriod(
        school_id=caller.school_id,
        id=new_id(),
        kind=kind,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=caller.account_id,
        created_at=now(),
    )
    session.add(row)
    await _flush(session)
    return row


async def the_day(session: AsyncSession, caller: Caller, entry_id: UUID) -> CalendarDay:
    """One of the school's own days, locked for its change."""
    return _there(await session.get(CalendarDay, (caller.school_id, entry_id), with_for_update=True))


async def the_period(session: AsyncSession, caller: Caller, entry_id: UUID) -> CalendarPeriod:
    """One period, locked for its change."""
    return _there(await session.get(CalendarPeriod, (caller.school_id, entry_id), with_for_update=True))


async def change(session: AsyncSession, row: CalendarDay | CalendarPeriod, **values: object) -> None:
    """Edit an entry that was not taken back."""
    if row.withdrawn_at is not None:
        raise EntryWithdrawn
    for name, value in values.items():
        setattr(row, name, value)
    await _flush(session)


async def withdraw(session: AsyncSession, row: CalendarDay | CalendarPeriod) -> None:
    """Take an entry back; twice is once."""
    row.withdrawn_at = row.withdrawn_at or now()
    await _flush(session)


async def restore(session: AsyncSession, row: CalendarDay | CalendarPeriod) -> None:
    """Put it back, unless the day is taken by another word meanwhile."""
    row.withdrawn_at = None
    await _flush(session)


def _there(row: _Entry | None) -> _Entry:
    if row is None:
        raise CalendarEntryNotFound
    return row


async def _flush(session: AsyncSession) -> None:
    try:
        await session.flush()
    except IntegrityError as refusal:
        if constraint_of(refusal) != "uq_calendar_days_day":
            raise
        raise DayTaken from refusal
