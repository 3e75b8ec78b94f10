"""The school calendar, read as a value and edited day by day. What was entered is taken back, never deleted, and may be restored."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Kept:
    """The calendar of a span, and the school's own entries in force that touch the span."""

    calendar: SchoolCalendar
    days: Sequence[CalendarDay]
    periods: Sequence[CalendarPeriod]


async def calendar_of(session: AsyncSession, school_id: UUID, begin: date, end: date) -> Kept:
    """The calendar from the January of the year before a span to the December of the year after it, so that what reaches in is known whole."""
    first, last = date(begin.year - 1, 1, 1), date(end.year + 1, 12, 31)
    school = await session.get_one(School, school_id)
    terms = await repository.terms(session, school_id)
    days = await repository.days(session, school_id, first, last)
    periods = await repository.periods(session, school_id, first, last)
    calendar = SchoolCalendar.of(
        first,
        last,
        [TermSpan(f"{year.name}.{term.number}", term.name, term.starts_on, term.ends_on) for term, year in terms],
        [Override(row.day, cast("DayKind", row.kind), row.name) for row in days],
        [PeriodSpan(str(row.id), cast("PeriodKind", row.kind), row.name, row.starts_on, row.ends_on) for row in periods],
        school.time_zone,
    )
    return Kept(
        calendar,
        [row for row in days if begin <= row.day <= end],
        [row for row in periods if row.starts_on <= end and row.ends_on >= begin],
    )


async def add(session: AsyncSession, caller: Caller, entry: type[_Entry], **values: object) -> _Entry:
    """Say of a day that lessons are given or not; or enter an exam week, a phase or days off."""
    row = entry(school_id=caller.school_id, id=new_id(), created_by=caller.account_id, created_at=now(), **values)
    session.add(row)
    await _flush(session)
    return row


async def locked(session: AsyncSession, caller: Caller, entry: type[_Entry], entry_id: UUID) -> _Entry:
    """One entry, locked for its change."""
    row = await session.get(entry, (caller.school_id, entry_id), with_for_update=True)
    if row is None:
        raise CalendarEntryNotFound
    return row


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


async def _flush(session: AsyncSession) -> None:
    try:
        await session.flush()
    except IntegrityError as refusal:
        if constraint_of(refusal) != "uq_calendar_days_day":
            raise
        raise DayTaken from refusal
