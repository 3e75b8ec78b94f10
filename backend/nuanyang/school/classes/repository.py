"""Queries of classes."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.years.models import SchoolYear


async def classes_of_grades(session: AsyncSession, school_id: UUID, grades: Iterable[int], day: date) -> dict[int, frozenset[UUID]]:
    """The classes of these grades in the school year of `day`; in the holidays between two years, those of the year that ended last."""
    year = (
        select(SchoolYear.id)
        .where(SchoolYear.school_id == school_id, SchoolYear.starts_on <= day)
        .order_by(SchoolYear.starts_on.desc())
        .limit(1)
    )
    statement = select(SchoolClass.grade, SchoolClass.id).where(
        SchoolClass.school_id == school_id, SchoolClass.school_year_id == year.scalar_subquery(), SchoolClass.grade.in_(list(grades))
    )
    found: dict[int, set[UUID]] = {}
    for grade, class_id in await session.execute(statement):
        found.setdefault(grade, set()).add(class_id)
    return {grade: frozenset(ids) for grade, ids in found.items()}
