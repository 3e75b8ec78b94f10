"""Working out what is owed: once a day for a school, and at once for whom something changed."""

import hashlib
from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.casework.obligations import repository
from nuanyang.casework.obligations.rules import Facts, Year, owed, phases_of, spans_of
from nuanyang.programme.cadence.models import CadenceHorizon
from nuanyang.programme.cadence.service import AHEAD, Span, Worked, horizon, owe, remember
from nuanyang.programme.calendar.rules import SchoolCalendar
from nuanyang.programme.calendar.service import calendar_of
from nuanyang.programme.editions.models import Edition
from nuanyang.programme.editions.service import clauses_in_force

_DAY = timedelta(days=1)
_TAKE_MARKS = text("select student_id from take_marks(:school)")


async def keep_up(session: AsyncSession, school_id: UUID, day: date) -> Worked | None:
    """Bring a school's ledger up to the day: all of it where something of the school changed or a day has passed, else for the students that changed.

    Called again, it changes nothing. None where there was nothing to do: a school's ledger begins with its first programme or plan in force.
    """
    known = await horizon(session, school_id)
    marks = set((await session.scalars(_TAKE_MARKS, {"school": school_id})).all())
    if known is None and not await repository.has_begun(session, school_id):
        return None
    if known is None or None in marks or known.worked_on < day:
        return await work_out(session, school_id, day, known)
    return await work_out(session, school_id, day, known, marks) if marks else None


async def work_out(
    session: AsyncSession, school_id: UUID, day: date, known: CadenceHorizon | None, students: Collection[UUID] | None = None
) -> Worked:
    """Let the ledger say what is owed on this day, two weeks ahead."""
    edition, clauses = await clauses_in_force(session, school_id, day)
    year = _year(edition)
    until = max(day + AHEAD, known.until if known else day)
    first = min(year.begin, day) if year else day
    calendar, mark = await _calendar(session, school_id, first, until, year)
    facts = Facts(
        year=year,
        clauses=clauses,
        pupils=await repository.pupils(session, school_id, day, students),
        cases=await repository.cases(session, school_id, day, students),
        planned=await repository.planned(session, school_id, day, students),
        classes=await repository.classes(session, school_id, day) if students is None else [],
        posts=await repository.posts(session, school_id, day),
    )
    wanted = owed(facts)
    if students is not None:
        wanted = {key: one for key, one in wanted.items() if one.student_id is not None}
    is_new = known is not None and known.calendar != mark
    span = Span(day, until, known.worked_on if known else None, known.until if known else None, is_new)
    done = await owe(session, school_id, wanted, calendar, span, students)
    if students is not None and known is not None:
        return done  # the others have their day to come
    await remember(session, school_id, span, mark)
    return done


def _year(edition: Edition | None) -> Year | None:
    if edition is None or edition.in_force_from is None:
        return None
    end = edition.ends_on if edition.in_force_until is None else min(edition.in_force_until - _DAY, edition.ends_on)
    return Year(
        edition.id, edition.starts_on, max(edition.in_force_from, edition.starts_on), end, phases_of(edition.phases, edition.starts_on)
    )


async def _calendar(session: AsyncSession, school_id: UUID, first: date, until: date, year: Year | None) -> tuple[SchoolCalendar, str]:
    """The school's calendar with the phases of the edition, and what tells it from any other."""
    kept = await calendar_of(session, school_id, first, until)
    own = kept.calendar
    calendar = SchoolCalendar.of(
        own.first, own.last, own.terms, own.overrides.values(), [*own.periods, *spans_of(year, own.periods)], str(own.zone)
    )
    told = [
        *(repr(term) for term in calendar.terms),
        *(repr(period) for period in calendar.periods),
        *(f"{day} {override.kind}" for day, override in sorted(calendar.overrides.items())),
        *(f"{day}" for day in sorted({*calendar.holidays, *calendar.made_up}) if day >= first),
        str(calendar.zone),
    ]
    return calendar, hashlib.sha256("\n".join(told).encode()).hexdigest()
