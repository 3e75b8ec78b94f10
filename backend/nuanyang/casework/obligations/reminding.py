"""Who is told what of what is owed: due soon → the person, overdue → the department, overdue twice → the leading group.

Each is told once, in one line a clause and day. What is missed by the day or week is told as one number a class, once a week. Deputies hold the
posts of those for whom they stand in, so they are told, too.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.inbox.service import Told, tell

SOON = timedelta(days=3)  # before the day on which something is due that has longer than a week
# What is owed by the day or week is reminded on its own day, and escalates as a number a week.
_SHORT = "coalesce(o.stretches -> -1 -> 'cadence' ->> 'per', 'day') in ('day', 'week')"
_HOLDERS = """
holders as materialized (
  select a.account_id, a.role, a.scope_kind, a.scope_id, a.scope_grade, m.person_id as staff_id
  from role_assignments a join memberships m on m.school_id = a.school_id and m.account_id = a.account_id and m.person_kind = 'staff'
  where a.school_id = :school and a.valid_from <= :day and (a.valid_to is null or a.valid_to >= :day))
"""
_OPEN = f"""
open_ as materialized (
  select x.id, x.clause, x.due_on, x.grace_until, x.student_id, x.class_id, c.grade, o.doer_role, o.doer_staff_id, o.withheld_from_staff_ids,
    {_SHORT} as is_short
  from occurrences x join obligations o on o.school_id = x.school_id and o.id = x.obligation_id
  left join classes c on c.school_id = x.school_id and c.id = x.class_id
  where x.school_id = :school and x.state is null and not x.waived and x.due_on <= :soon and x.due_on >= :since and x.opens_on <= :day)
"""  # noqa: S608 - our own words
_OWNERS = """
owners as materialized (
  select e.clause, e.owner from edition_clauses e join editions d on d.school_id = e.school_id and d.id = e.edition_id
  where d.school_id = :school and d.in_force_from <= :day and (d.in_force_until is null or d.in_force_until > :day)
  union all values ('plan.academic', 'academic_affairs'), ('plan.psychological', 'moral_education'), ('plan.living', 'moral_education'),
    ('plan.social', 'moral_education'))
"""
_DUE = text(f"""
with {_HOLDERS}, {_OPEN},
whose as (
  select x.id, x.clause, x.due_on, h.account_id from open_ x join holders h
    on h.role = x.doer_role and (h.scope_kind = 'school' or (h.scope_kind = 'class' and h.scope_id = x.class_id)
      or (h.scope_kind = 'grade' and h.scope_grade = x.grade) or (h.scope_kind = 'student' and h.scope_id = x.student_id))
  where x.due_on >= :day and (not x.is_short or x.due_on = :day) and not coalesce(h.staff_id = any(x.withheld_from_staff_ids), false)
  union
  select x.id, x.clause, x.due_on, m.account_id from open_ x
    left join case_leads l on x.doer_role = 'case_lead' and l.school_id = :school and l.student_id = x.student_id and l.valid_to is null
    join memberships m on m.school_id = :school and m.person_kind = 'staff' and m.person_id = coalesce(x.doer_staff_id, l.staff_id)
  where x.due_on >= :day and (not x.is_short or x.due_on = :day) and not coalesce(m.person_id = any(x.withheld_from_staff_ids), false))
select account_id, clause, due_on, count(*) from whose group by 1, 2, 3 order by 1, 3, 2
""")  # noqa: S608 - our own words
_OVERDUE = text(f"""
with {_HOLDERS}, {_OPEN}, {_OWNERS}
select h.account_id, x.clause, x.due_on, count(distinct x.id) from open_ x join owners w on w.clause = x.clause
join holders h on h.role = w.owner and h.scope_kind = 'school'
where not x.is_short and x.due_on < :day and not coalesce(h.staff_id = any(x.withheld_from_staff_ids), false)
group by 1, 2, 3 order by 1, 3, 2
""")  # noqa: S608 - our own words
_MISSED = text(f"""
with {_HOLDERS}, {_OPEN}
select h.account_id, x.clause, x.grace_until, count(distinct x.id) from open_ x
join holders h on h.role in ('principal', 'vice_principal') and h.scope_kind = 'school'
where not x.is_short and x.grace_until < :day and not coalesce(h.staff_id = any(x.withheld_from_staff_ids), false)
group by 1, 2, 3 order by 1, 3, 2
""")  # noqa: S608 - our own words
_WEEK = text(f"""
with {_HOLDERS}, {_OPEN}, {_OWNERS}
select h.account_id, x.class_id, c.name, count(distinct x.id) from open_ x join owners w on w.clause = x.clause
join holders h on h.role = w.owner and h.scope_kind = 'school' join classes c on c.school_id = :school and c.id = x.class_id
where x.is_short and x.due_on between :monday and :sunday and x.grace_until < :day and not coalesce(h.staff_id = any(x.withheld_from_staff_ids), false)
group by 1, 2, 3 order by 1, 3
""")  # noqa: S608 - our own words
_WEEK_OF_SCHOOL = text(f"""
with {_HOLDERS}, {_OPEN}
select h.account_id, count(distinct x.id) from open_ x join holders h on h.role in ('principal', 'vice_principal') and h.scope_kind = 'school'
where x.is_short and x.due_on between :monday and :sunday and x.grace_until < :day and not coalesce(h.staff_id = any(x.withheld_from_staff_ids), false)
group by 1 order by 1
""")  # noqa: S608 - our own words
_BACK = timedelta(days=60)  # what is older stands on the page of compliance


async def remind(session: AsyncSession, school_id: UUID, day: date, at: datetime) -> int:
    """Tell everybody what holds today; answers how many notices are new. Run again, it tells nothing twice."""
    # The week that is over with its grace: that of last week's Monday from Wednesday on, the one before until then.
    monday = day - timedelta(days=day.weekday() + (7 if day.weekday() >= 2 else 14))
    values: Mapping[str, Any] = {
        "school": school_id,
        "day": day,
        "soon": day + SOON,
        "since": day - _BACK,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
    }
    own = ("school", "day", "soon", "since")

    async def rows(statement: Any, *names: str) -> Any:
        return (await session.execute(statement, {name: values[name] for name in (*own, *names)})).all()

    new = 0
    for kind, statement in (("due", _DUE), ("overdue", _OVERDUE), ("missed", _MISSED)):
        found = [Told(account, kind, on, count, clause) for account, clause, on, count in await rows(statement)]
        new += await tell(session, school_id, kind, found, at)
    by_class = [
        Told(account, "week_of_class", monday, count, None, class_id, name)
        for account, class_id, name, count in await rows(_WEEK, "monday", "sunday")
    ]
    new += await tell(session, school_id, "week_of_class", by_class, at)
    whole = [Told(account, "week_of_school", monday, count) for account, count in await rows(_WEEK_OF_SCHOOL, "monday", "sunday")]
    return new + await tell(session, school_id, "week_of_school", whole, at)
