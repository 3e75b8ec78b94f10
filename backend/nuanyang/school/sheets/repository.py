"""The students a sheet may speak of."""

from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.walls import beyond
from nuanyang.school.sheets.rules import Candidate

# The class is that of the day; who has no enrolment on record for it counts with the present class, the grade set back by years.
_CANDIDATES = text(
    """
    select s.id, s.name, s.student_number, s.birth_on, coalesce(c.id, n.id) as class_id, coalesce(c.name, n.name) as class_name,
           coalesce(c.grade, s.grade - :years_back) as grade, coalesce(c.number, n.number) as class_number,
           coalesce(c.cohort_year, n.cohort_year) as cohort_year, s.class_id as current_class_id, i.identity_index, i.registration_index, s.pinyin
    from students s
    left join lateral (
      select k.* from enrolments e join classes k on k.school_id = e.school_id and k.id = e.class_id
      where e.school_id = s.school_id and e.student_id = s.id and e.starts_on <= :day and (e.ends_on is null or e.ends_on >= :day)
      order by e.starts_on desc limit 1
    ) c on true
    left join classes n on n.school_id = s.school_id and n.id = s.class_id
    left join student_identities i on i.school_id = s.school_id and i.id = s.id
    where s.school_id = :school and s.status <> 'merged'
      and (cast(:grade as int) is null or coalesce(c.grade, s.grade - :years_back) = :grade)"""
)


async def candidates(
    session: AsyncSession, school_id: UUID, day: date, *, grade: int | None = None, years_back: int = 0
) -> list[Candidate]:
    """Everybody of the school (of one grade) on a day."""
    # Whoever brings a sheet is told which of its rows are not theirs; whom they are about is found first.
    async with beyond(session, "lists"):
        rows = await session.execute(_CANDIDATES, {"school": school_id, "day": day, "grade": grade, "years_back": years_back})
    return [Candidate(*row) for row in rows]
