"""Queries of the school calendar."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.programme.calendar.models import CalendarDay, CalendarPeriod
from nuanyang.school.years.models import SchoolYear, Term


async def terms(session: AsyncSession, school_id: UUID) -> Sequence[tuple[Term, SchoolYear]]:
    """The school's terms with their years, as far as the sender still has them."""
    statement = select(Term, SchoolYear).join(SchoolYear, (SchoolYear.school_id == Term.school_id) & (SchoolYear.id == Term.school_year_id))
    rows = await session.execute(statement.where(Term.school_id == school_id, Term.withdrawn_on.is_(None)).order_by(Term.starts_on))
    return [(row[0], row[1]) for row in rows]


async def days(session: AsyncSession, school_id: UUID, first: date, last: date) -> Sequence[CalendarDay]:
    """The school's own days in force between two days."""
    mine = select(CalendarDay).where(CalendarDay.school_id == school_id, CalendarDay.withdrawn_at.is_(None))
    return (await session.scalars(mine.where(CalendarDay.day.between(first, last)).order_by(CalendarDay.day))).all()


async def periods(session: AsyncSession, school_id: UUID, first: date, last: date) -> Sequence[CalendarPeriod]:
    """The periods in force that touch these days."""
    mine = select(CalendarPeriod).where(CalendarPeriod.school_id == school_id, CalendarPeriod.withdrawn_at.is_(None))
    touching = mine.where(CalendarPeriod.starts_on <= last, CalendarPeriod.ends_on >= first)
    return (await session.scalars(touching.order_by(CalendarPeriod.starts_on, CalendarPeriod.id))).all()
