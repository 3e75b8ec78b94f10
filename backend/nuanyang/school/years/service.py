"""Which school year and term it is."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.kit.clock import today
from nuanyang.kit.errors import Conflict
from nuanyang.school.years.models import SchoolYear, Term


class NoSchoolYear(Conflict):
    """Nothing can be recognised or planned before the roster brought a school year."""

    code, zh, en = "no_school_year", "本校还没有学年和学期，请先导入名册。", "This school has no school year yet; import the roster first."


async def year_of(session: AsyncSession, school_id: UUID, day: date | None = None) -> SchoolYear:
    """The school year of a day (today); in a gap the one that began last."""
    statement = select(SchoolYear).where(SchoolYear.school_id == school_id, SchoolYear.starts_on <= (day or today()))
    year = (await session.scalars(statement.order_by(SchoolYear.starts_on.desc()).limit(1))).one_or_none()
    if year is None:
        raise NoSchoolYear
    return year


async def has_year(session: AsyncSession, school_id: UUID) -> bool:
    """Whether a school year has begun here at all."""
    statement = select(SchoolYear.id).where(SchoolYear.school_id == school_id, SchoolYear.starts_on <= today())
    return (await session.execute(statement.limit(1))).first() is not None


async def term_of(session: AsyncSession, school_id: UUID, day: date | None = None) -> Term:
    """The term of a day (today); in the holidays the one that began last."""
    statement = select(Term).where(Term.school_id == school_id, Term.withdrawn_on.is_(None), Term.starts_on <= (day or today()))
    term = (await session.scalars(statement.order_by(Term.starts_on.desc()).limit(1))).one_or_none()
    if term is None:
        raise NoSchoolYear
    return term
