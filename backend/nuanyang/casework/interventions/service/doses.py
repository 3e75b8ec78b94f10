"""Planned against delivered dose of each measure of a plan, set-based.

Planned: `times` for each unit of `per` between the measure's first day and today (or its last day). Only days inside a term count, pro rata for
broken weeks, months and terms; a measure that lies wholly in the holidays (暑期托管) counts calendar days instead. A school day is five
sevenths of a day of term. Delivered: sessions that are not void and that the student attended, also late or in part; a missed one is counted
apart and is no dose.
"""

# `p` is the plan: a relation with (id, ends_on, school_year_id), one row or none; $1 is the school.
DOSES = """
select pm.id, pm.goal_id, pm.position, pm.kind, pm.title, pm.times, pm.per, pm.minutes, pm.starts_on, coalesce(pm.ends_on, p.ends_on) as ends_on,
  pm.doer_staff_id, coalesce(doer.name, pm.doer_note) as doer, n.id as need_id, n.dimension, n.data_class, n.recognition_id,
  round(pm.times * span.units_so_far, 1) as planned_so_far, round(pm.times * span.units_total, 1) as planned_total,
  done.delivered, done.missed, done.minutes_delivered, done.last_on
from {plan} p
join school_years y on y.school_id = $1 and y.id = p.school_year_id
join plan_measures pm on pm.school_id = $1 and pm.plan_id = p.id
join goals g on g.school_id = $1 and g.id = pm.goal_id
join needs n on n.school_id = $1 and n.id = g.need_id
left join staff doer on doer.school_id = $1 and doer.id = pm.doer_staff_id
cross join (select (now() at time zone h.time_zone)::date as day from schools h where h.id = $1) o
cross join lateral (select pm.starts_on as a, least(o.day, coalesce(pm.ends_on, p.ends_on, y.ends_on)) as b,
  coalesce(pm.ends_on, p.ends_on, y.ends_on) as c) d
cross join lateral (
  select coalesce(sum(greatest(least(t.ends_on, d.b) - greatest(t.starts_on, d.a) + 1, 0)), 0) as days_b,
    coalesce(sum(greatest(least(t.ends_on, d.c) - greatest(t.starts_on, d.a) + 1, 0)), 0) as days_c,
    coalesce(sum(greatest(least(t.ends_on, d.b) - greatest(t.starts_on, d.a) + 1, 0)::numeric / (t.ends_on - t.starts_on + 1)), 0) as terms_b,
    coalesce(sum(greatest(least(t.ends_on, d.c) - greatest(t.starts_on, d.a) + 1, 0)::numeric / (t.ends_on - t.starts_on + 1)), 0) as terms_c
  from terms t where t.school_id = $1 and t.withdrawn_on is null and t.starts_on <= d.c and t.ends_on >= d.a) w
cross join lateral (select
  case when w.days_c > 0 then w.days_b else greatest(d.b - d.a + 1, 0) end as b,
  case when w.days_c > 0 then w.days_c else greatest(d.c - d.a + 1, 0) end as c) e
cross join lateral (select
  case pm.per when 'once' then (d.a <= o.day)::int when 'day' then e.b * 5 / 7.0 when 'week' then e.b / 7.0
    when 'month' then e.b / 30.4375 else w.terms_b end as units_so_far,
  case pm.per when 'once' then 1 when 'day' then e.c * 5 / 7.0 when 'week' then e.c / 7.0
    when 'month' then e.c / 30.4375 else w.terms_c end as units_total) span
cross join lateral (
  select count(*) filter (where i.attendance in ('present', 'late', 'left_early')) as delivered,
    count(*) filter (where i.attendance in ('excused', 'absent')) as missed,
    coalesce(sum(i.minutes) filter (where i.attendance in ('present', 'late', 'left_early')), 0) as minutes_delivered, max(i.held_on) as last_on
  from interventions i where i.school_id = $1 and i.plan_measure_id = pm.id and i.voided_at is null) done
"""


def doses(plan: str) -> str:
    """The rows of `DOSES` for the plan that the SQL relation `plan` names (a table expression or a CTE)."""
    return DOSES.replace("{plan}", plan)


# The student's classes and the caller's scope decide in the same statement as the doses.
_COLUMNS = (
    "m.id, p.id as plan_id, m.kind, m.title, m.dimension, m.data_class, m.times, m.per, m.minutes, m.starts_on, m.ends_on, m.doer, "
    "m.planned_so_far, m.planned_total, m.delivered, m.missed, m.minutes_delivered, m.last_on"
)
DOSES_OF_PLAN = f"""with p as materialized (select id, ends_on, school_year_id, student_id from support_plans where school_id = $1 and id = $2)
select json_build_object('items', (select coalesce(json_agg(x), '[]') from (select {_COLUMNS} from ({doses("p")}) m, p
where (m.data_class = any($3) or m.doer_staff_id = $4) and (m.recognition_id = any((select withheld_recognitions($4))::uuid[])) is not true
order by m.dimension, m.position, m.id) x))::text"""  # noqa: S608 - our own words and $n only
