"""All gaps in one statement, behind the walls of whoever asks; that there was contact, a file or a plan is asked past the walls and only as yes or no."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.gaps.rules import DOSE_DAYS, Definition

_FOUND = """
with r as materialized (
  select r.id, r.student_id, r.category, r.data_class, r.recognised_on, s.name, s.pinyin, s.class_id, s.grade
  from recognitions r join students s on s.school_id = r.school_id and s.id = r.student_id
  where r.school_id = :school and r.state = 'recognised' and s.status = 'enrolled' and (r.valid_to is null or r.valid_to >= cast(:day as date))
    and not coalesce(:staff = any(r.withheld_from_staff_ids), false)
    and (cast(:grade as int) is null or s.grade = :grade) and (cast(:class_id as uuid) is null or s.class_id = :class_id)
    and (not :mine or s.id = any(:led))),
who as materialized (
  select distinct on (r.student_id) r.*, c.* from r cross join lateral case_state(r.student_id) c
  order by r.student_id, array_position(array['academic', 'family', 'economic', 'health', 'wellbeing', 'protection'], r.data_class), r.recognised_on),
seen as (select w.student_id, max(i.held_on) as on_ from who w join interventions i on i.school_id = :school and i.student_id = w.student_id
  and i.voided_at is null and i.attendance in ('present', 'late', 'left_early') group by 1),
plans as materialized (
  select p.id, p.student_id, p.next_review_on, p.number from support_plans p join who w on w.student_id = p.student_id
  where p.school_id = :school and p.state = 'approved'),
needs_ as materialized (
  select n.id, n.plan_id, n.data_class, n.statement, p.student_id, p.number from needs n join plans p on p.id = n.plan_id
  where n.school_id = :school and (n.recognition_id = any((select withheld_recognitions(:staff))::uuid[])) is not true),
found as (
  select 'no_contact' as kind, w.student_id as subject_id, w.student_id, w.data_class, greatest(w.recognised_on, coalesce(s.on_, w.recognised_on)) as since,
    null as detail, null::uuid as plan_id, null::uuid as measure_id, null as measure_kind
  from who w left join seen s on s.student_id = w.student_id
  where greatest(w.recognised_on, coalesce(w.contact_on, w.recognised_on)) < cast(:day as date) - cast(:no_contact as int)
  union all
  select 'no_guardian_contact', w.student_id, w.student_id, w.data_class, w.recognised_on, null, null, null, null
  from who w where greatest(w.recognised_on, coalesce(w.guardian_on, w.recognised_on)) < cast(:day as date) - cast(:no_guardian_contact as int)
  union all
  select 'no_file', w.student_id, w.student_id, w.data_class, w.recognised_on, null, null, null, null
  from who w where w.opened_on is null and w.recognised_on < cast(:day as date) - cast(:no_file as int)
  union all
  select 'no_lead', w.student_id, w.student_id, w.data_class, w.opened_on, null, null, null, null
  from who w where w.opened_on < cast(:day as date) - cast(:no_lead as int) and not w.has_lead
  union all
  select 'no_plan', w.student_id, w.student_id, w.data_class, w.opened_on, null, null, null, null
  from who w where w.opened_on < cast(:day as date) - cast(:no_plan as int) and not w.has_plan
  union all
  select 'need_without_goal', n.id, n.student_id, n.data_class, w.recognised_on, n.statement, n.plan_id, null, null
  from needs_ n join who w on w.student_id = n.student_id
  where not exists (select from goals g where g.school_id = :school and g.need_id = n.id)
  union all
  select 'goal_stalled', g.id, n.student_id, n.data_class, g.due_on, g.statement, n.plan_id, null, null
  from needs_ n join goals g on g.school_id = :school and g.need_id = n.id
  where g.achieved = 'no' and exists (
    select from goals b join support_plans q on q.school_id = b.school_id and q.id = b.plan_id
    where b.school_id = :school and b.lineage = g.lineage and q.student_id = n.student_id and q.number = n.number - 1 and b.achieved = 'no')
  union all
  select 'review_overdue', p.id, p.student_id, n.data_class, p.next_review_on, null, p.id, null, null
  from plans p cross join lateral (
    select n.data_class from needs_ n where n.plan_id = p.id
    order by array_position(array['academic', 'family', 'economic', 'health', 'wellbeing', 'protection'], n.data_class) limit 1) n
  where p.next_review_on < cast(:day as date) - cast(:review_overdue as int)
  union all
  select 'dose_low', o.id, o.student_id, o.data_class, z.since, x.done || '/' || x.planned, null,
    o.measure_ids[cardinality(o.measure_ids)], o.kinds[1]
  from obligations o join who w on w.student_id = o.student_id
  cross join (select cast(:day as date) - cast(:dose_days as int) as since) z
  cross join lateral (
    select count(*) filter (where x.state is not null) as done, count(*) filter (where not x.waived or x.state is not null) as planned
    from occurrences x
    where x.school_id = :school and x.obligation_id = o.id and x.due_on >= z.since and x.grace_until < cast(:day as date)) x
  where o.school_id = :school and o.source = 'plan' and o.is_running and not coalesce(:staff = any(o.withheld_from_staff_ids), false)
    and x.planned > 1 and x.done * 100 < x.planned * cast(:dose_low as int)
  union all
  select 'evidence_stale', r.id, r.student_id, r.data_class, coalesce(max(e.observed_on), r.recognised_on), null, null, null, null
  from r left join evidence e on e.school_id = :school and e.student_id = r.student_id and e.category = r.category and e.withdrawn_at is null
  where coalesce(evidence_on(r.student_id, r.category), r.recognised_on) < cast(:day as date) - cast(:evidence_stale as int)
  group by r.id, r.student_id, r.data_class, r.recognised_on),
owned as (
  select f.*, v.until_on, v.reason, v.created_by, v.created_at as put_off_at,
    case f.data_class when 'academic' then 'academic_affairs' else 'moral_education' end as owner
  from found f left join lateral (
    select v.until_on, v.reason, v.created_by, v.created_at from gap_waivers v
    where v.school_id = :school and v.student_id = f.student_id and v.kind = f.kind and v.subject_id = f.subject_id and v.withdrawn_at is null
      and v.until_on >= cast(:day as date) order by v.until_on desc limit 1) v on true
  where f.kind = any(:kinds))
"""
_WHERE = "where (cast(:owner as text) is null or o.owner = :owner) and (:waived or o.until_on is null)"
_COUNTS = text(f"{_FOUND} select o.kind, count(*) from owned o {_WHERE} group by 1")  # noqa: S608 - our own words
_PAGE = text(f"""{_FOUND}
select o.kind, o.subject_id, o.student_id, w.name as student_name, w.class_id, c.name as class_name, t.name as lead, o.data_class, o.since, o.detail,
  o.plan_id, o.measure_id as plan_measure_id, o.measure_kind, o.until_on as put_off_until, a.display_name as put_off_by, o.reason as put_off_reason,
  o.put_off_at
from owned o join who w on w.student_id = o.student_id
left join classes c on c.school_id = :school and c.id = w.class_id
left join case_leads l on l.school_id = :school and l.student_id = o.student_id and l.valid_to is null
left join staff t on t.school_id = :school and t.id = l.staff_id
left join accounts a on a.id = o.created_by
{_WHERE} and (cast(:after_day as date) is null or (o.since, o.subject_id) > (cast(:after_day as date), cast(:after_id as uuid)))
  and (cast(:subject as uuid) is null or o.subject_id = :subject)
order by o.since, o.subject_id limit :limit""")  # noqa: S608 - our own words
_TYPES = (bindparam("staff", type_=Uuid), bindparam("class_id", type_=Uuid), bindparam("led", type_=ARRAY(Uuid)))


def _values(
    caller: Caller, day: date, definitions: Mapping[str, Definition], kinds: list[str], filters: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "school": caller.school_id,
        "staff": caller.staff_id,
        "day": day,
        "led": sorted(caller.led_student_ids),
        "kinds": kinds,
        "dose_days": DOSE_DAYS,
        **{kind: one.percent if one.percent is not None else one.days or 0 for kind, one in definitions.items() if kind not in _PLAIN},
        **filters,
    }


_PLAIN = {"need_without_goal", "goal_stalled"}  # so they are, or not: after no number of days


async def counts(session: AsyncSession, caller: Caller, day: date, definitions: Mapping[str, Definition], **filters: Any) -> dict[str, int]:
    """How many of each kind that the school looks for."""
    kinds = [kind for kind, one in definitions.items() if one.is_on]
    rows = await session.execute(_COUNTS.bindparams(*_TYPES), _values(caller, day, definitions, kinds, filters))
    return {kind: count for kind, count in rows}  # noqa: C416 - a result is no dict


async def page(
    session: AsyncSession,
    caller: Caller,
    day: date,
    definitions: Mapping[str, Definition],
    kind: str,
    *,
    after: tuple[date, UUID] | None = None,
    subject: UUID | None = None,
    limit: int,
    **filters: Any,
) -> list[dict[str, Any]]:
    """A page of one kind, one more than `limit` where there is another page; or the one about `subject`."""
    more = {"after_day": after[0] if after else None, "after_id": after[1] if after else None, "subject": subject, "limit": limit + 1}
    values = _values(caller, day, definitions, [kind], filters | more)
    rows = await session.execute(_PAGE.bindparams(*_TYPES, bindparam("subject", type_=Uuid)), values)
    return [dict(row) for row in rows.mappings()]
