"""The facts from which it is worked out what is owed: set-based, of a school or of some of its students."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.casework.obligations.rules import Case, Planned, Posts, Pupil

_PUPILS = text("""
select s.id, s.class_id, coalesce((select min(e.starts_on) from enrolments e where e.school_id = s.school_id and e.student_id = s.id), s.entered_on, :day) as since,
  exists (select from case_leads l where l.school_id = s.school_id and l.student_id = s.id and l.valid_to is null) as has_lead
from students s where s.school_id = :school and s.status = 'enrolled' and s.class_id is not null and (not :some or s.id = any(:students))
order by s.id
""").bindparams(bindparam("students", type_=ARRAY(Uuid)))

_CASES = text("""
select r.student_id, r.category, r.support_level, r.data_class, r.recognised_on, r.valid_to, r.withheld_from_staff_ids
from recognitions r where r.school_id = :school and r.state = 'recognised' and r.recognised_on <= :day and (r.valid_to is null or r.valid_to >= :day)
  and (not :some or r.student_id = any(:students))
order by r.student_id, r.recognised_on, r.id
""").bindparams(bindparam("students", type_=ARRAY(Uuid)))

_PLANNED = text("""
select p.student_id, m.lineage, m.kind, n.dimension, n.data_class, m.times, m.per, m.starts_on, coalesce(m.ends_on, p.ends_on, y.ends_on) as until,
  m.doer_staff_id, coalesce(r.withheld_from_staff_ids, '{}') as withheld,
  array(select o.id from plan_measures o join support_plans q on q.school_id = o.school_id and q.id = o.plan_id
    where o.school_id = p.school_id and q.student_id = p.student_id and o.lineage = m.lineage and q.approved_at is not null order by o.id) as ids,
  exists (select from terms t where t.school_id = p.school_id and t.withdrawn_on is null and t.starts_on <= coalesce(m.ends_on, p.ends_on, y.ends_on)
    and t.ends_on >= m.starts_on) as is_in_term
from support_plans p join school_years y on y.school_id = p.school_id and y.id = p.school_year_id
join plan_measures m on m.school_id = p.school_id and m.plan_id = p.id
join goals g on g.school_id = m.school_id and g.id = m.goal_id
join needs n on n.school_id = g.school_id and n.id = g.need_id
left join recognitions r on r.school_id = n.school_id and r.id = n.recognition_id
where p.school_id = :school and p.state = 'approved' and (not :some or p.student_id = any(:students))
  and coalesce(m.ends_on, p.ends_on, y.ends_on) >= :day
order by p.student_id, m.lineage
""").bindparams(bindparam("students", type_=ARRAY(Uuid)))

_CLASSES = text("""
select c.id from classes c join school_years y on y.school_id = c.school_id and y.id = c.school_year_id
where c.school_id = :school and c.closed_on is null and :day between y.starts_on and y.ends_on
  and exists (select from students s where s.school_id = c.school_id and s.class_id = c.id and s.status = 'enrolled') order by c.id
""")

_POSTS = text("""
select a.role, a.scope_kind, a.scope_id, k.id as class_id
from role_assignments a left join classes k on k.school_id = a.school_id and a.scope_kind = 'grade' and k.grade = a.scope_grade and k.closed_on is null
where a.school_id = :school and a.valid_from <= :day and (a.valid_to is null or a.valid_to >= :day) and a.delegated_from is null
""")


_BEGUN = text("""
select exists (select from editions e where e.school_id = :school and e.approved_at is not null)
  or exists (select from support_plans p where p.school_id = :school and p.approved_at is not null)
""")


async def has_begun(session: AsyncSession, school_id: UUID) -> bool:
    """Whether anything was ever approved that somebody could owe."""
    return bool(await session.scalar(_BEGUN, {"school": school_id}))


async def pupils(session: AsyncSession, school_id: UUID, day: date, students: Collection[UUID] | None) -> dict[UUID, Pupil]:
    """Who is at the school."""
    rows = await session.execute(_PUPILS, _of(school_id, day, students))
    return {row.id: Pupil(row.id, row.class_id, row.since, row.has_lead) for row in rows}


async def cases(session: AsyncSession, school_id: UUID, day: date, students: Collection[UUID] | None) -> list[Case]:
    """Who is recognised on the day."""
    rows = await session.execute(_CASES, _of(school_id, day, students))
    return [Case(a, b, c, d, since, until, tuple(withheld)) for a, b, c, d, since, until, withheld in rows]


async def planned(session: AsyncSession, school_id: UUID, day: date, students: Collection[UUID] | None) -> list[Planned]:
    """What the approved plans ask for."""
    return [
        Planned(
            row.student_id,
            row.lineage,
            tuple(row.ids),
            row.kind,
            row.dimension,
            row.data_class,
            row.times,
            row.per,
            row.starts_on,
            row.until,
            row.doer_staff_id,
            tuple(row.withheld),
            row.is_in_term,
        )
        for row in await session.execute(_PLANNED, _of(school_id, day, students))
    ]


async def classes(session: AsyncSession, school_id: UUID, day: date) -> list[UUID]:
    """The classes of the school year in which somebody is."""
    return list((await session.scalars(_CLASSES, {"school": school_id, "day": day})).all())


async def posts(session: AsyncSession, school_id: UUID, day: date) -> Posts:
    """Who holds which post, over the school or over classes."""
    whole: set[str] = set()
    by_class: dict[str, set[UUID]] = {}
    for row in await session.execute(_POSTS, {"school": school_id, "day": day}):
        if row.scope_kind == "school":
            whole.add(row.role)
        elif row.scope_kind in ("class", "grade"):
            class_id = row.scope_id if row.scope_kind == "class" else row.class_id
            if class_id is not None:
                by_class.setdefault(row.role, set()).add(class_id)
    return Posts(frozenset(whole), {role: frozenset(those) for role, those in by_class.items()})


def _of(school_id: UUID, day: date, students: Collection[UUID] | None) -> dict[str, object]:
    return {"school": school_id, "day": day, "some": students is not None, "students": list(students or ())}
