"""One statement: how many units of each clause there are today, and on whom they would lie. Set-based, whatever the size of the school.

Units are counted by class and case lead before anybody is looked up, so that three thousand pupils and sixty clauses are some thousand rows.
A clause's first doer that the school has for a class carries it, all who hold that post there share it.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.programme.editions.rules.loading import Share, Work

_STATEMENT = text("""
with c as materialized (
  select clause, subject, reach, categories, levels, dimensions, doers from edition_clauses
  where school_id = :school and edition_id = :edition and per is not null and per <> 'clock' and (minutes > 0 or subject = 'pair')),
pupils as materialized (
  select s.id, s.class_id, s.grade, l.staff_id as lead from students s
  left join case_leads l on l.school_id = s.school_id and l.student_id = s.id and l.valid_to is null
  where s.school_id = :school and s.status = 'enrolled' and s.class_id is not null),
cases as materialized (
  select distinct r.student_id, r.category, r.support_level,
    case r.category when 'C1' then 'living' when 'C2' then 'academic' when 'C3' then 'psychological' else 'social' end as dimension
  from recognitions r
  where r.school_id = :school and r.state = 'recognised' and (cast(:staff as uuid) = any(r.withheld_from_staff_ids)) is not true),
supported as (
  select distinct c.clause, k.student_id from c join cases k on (c.categories = '{}' or k.category = any(c.categories))
    and (c.levels = '{}' or k.support_level = any(c.levels)) and (c.dimensions = '{}' or k.dimension = any(c.dimensions))
  where c.reach = 'supported' and c.subject in ('student', 'group', 'pair', 'class')),
counted as (
  select u.clause, p.class_id, p.lead, count(*) as n from supported u join pupils p on p.id = u.student_id group by 1, 2, 3
  union all
  select c.clause, p.class_id, p.lead, p.n from c
    join (select class_id, lead, count(*) as n from pupils group by 1, 2) p on c.reach = 'everyone' and c.subject in ('student', 'group', 'pair', 'class')),
items as materialized (
  select row_number() over () as item, i.* from (
    select c.clause, c.doers, x.class_id, x.lead, case c.subject when 'group' then x.n::float8 / :group_size else x.n end as units
      from counted x join c on c.clause = x.clause where c.subject in ('student', 'group', 'pair')
    union all
    select c.clause, c.doers, x.class_id, null, 1 from counted x join c on c.clause = x.clause where c.subject = 'class' group by 1, 2, 3
    union all
    select c.clause, c.doers, null, null, 1 from c where c.subject in ('school', 'department')) i),
posts as materialized (
  select distinct a.role, m.person_id as staff_id, k.id as class_id, a.scope_kind = 'school' as is_whole
  from role_assignments a
  join memberships m on m.school_id = a.school_id and m.account_id = a.account_id and m.person_kind = 'staff'
  left join classes k on k.school_id = a.school_id and ((a.scope_kind = 'class' and k.id = a.scope_id)
    or (a.scope_kind = 'grade' and k.grade = a.scope_grade and exists (select from pupils p where p.class_id = k.id)))
  where a.school_id = :school and a.valid_from <= :day and (a.valid_to is null or a.valid_to >= :day) and a.delegated_from is null
    and a.role <> 'case_lead' and (a.scope_kind = 'school' or k.id is not null)),
matches as (
  select i.item, d.place, p.staff_id from items i cross join lateral unnest(i.doers) with ordinality d (role, place)
    join posts p on p.role = d.role and (i.class_id is null or p.is_whole or p.class_id = i.class_id)
  union
  select i.item, d.place, i.lead from items i cross join lateral unnest(i.doers) with ordinality d (role, place)
    where d.role = 'case_lead' and i.lead is not null),
carried as (
  select m.item, m.staff_id, count(*) over (partition by m.item) as hands
  from matches m join (select item, min(place) as place from matches group by item) f using (item, place))
select i.clause, k.staff_id, t.name, sum(i.units / coalesce(k.hands, 1))::float8 as units
from items i left join carried k using (item) left join staff t on t.school_id = :school and t.id = k.staff_id
group by 1, 2, 3 order by 1, 3, 2
""")


async def work(session: AsyncSession, caller: Caller, edition_id: UUID, day: date, group_size: int) -> tuple[list[Share], list[Work]]:
    """Whose share of which clause, and what each clause comes to; what nobody carries is told apart. What is withheld from the caller is not counted."""
    values = {"school": caller.school_id, "staff": caller.staff_id, "edition": edition_id, "day": day, "group_size": group_size}
    shares: list[Share] = []
    all_units: dict[str, float] = {}
    uncovered: dict[str, float] = {}
    for clause, staff_id, name, units in await session.execute(_STATEMENT, values):
        all_units[clause] = all_units.get(clause, 0) + units
        if staff_id is None:
            uncovered[clause] = units
        else:
            shares.append(Share(clause, staff_id, name or "", units))
    return shares, [Work(clause, units, uncovered.get(clause, 0)) for clause, units in all_units.items()]
