"""The parts of the file as SQL: one sub-select a data class over the student `s`, and the case records over the visible classes.

$1 the school, $2 the student, $3 the member of staff who reads (what is withheld from that person is not there at all; never null, so that
nothing is held back that is withheld from nobody).
`{cases}` and `{results}` are arrays of data classes: whose case records are shown, and of whose recognitions the bare result is shown.
"""

from nuanyang.school.support_needs.standing import IN_FORCE

BASIC = """(select row_to_json(x) from (select s.name, s.former_name, s.sex, s.birth_on, s.student_number, s.grade, s.status, s.status_on, s.entered_on,
(select h.name from schools h where h.id = s.previous_school_id) as previous_school,
(select row_to_json(c) from (select c.id, c.name, c.cohort_year, (
  select t.name from class_staff cs join staff t on t.school_id = $1 and t.id = cs.staff_id
  where cs.school_id = $1 and cs.class_id = c.id and cs.role = 'homeroom_teacher' and cs.valid_to is null limit 1) as homeroom_teacher
  from classes c where c.school_id = $1 and c.id = s.class_id) c) as class,
(select row_to_json(r) from (select r.ethnicity, r.nationality, r.native_place, r.household_kind, r.boarding
  from student_records r where r.school_id = $1 and r.id = s.id) r) as record,
(select coalesce(json_agg(e), '[]') from (
  select c.name as class_name, c.grade, e.starts_on, e.ends_on, e.start_reason, e.end_reason from enrolments e
  join classes c on c.school_id = $1 and c.id = e.class_id where e.school_id = $1 and e.student_id = s.id
  order by e.starts_on desc limit 20) e) as enrolments) x)"""

# The row may be missing; the class object is whole all the same.
IDENTITY = """(select row_to_json(x) from (select i.identity_kind, i.identity_tail, i.registration_kind, i.registration_tail,
(select coalesce(json_agg(g), '[]') from (select n.id, n.identity_kind, n.identity_tail from student_guardians sg
  join guardian_identities n on n.school_id = $1 and n.id = sg.guardian_id
  where sg.school_id = $1 and sg.student_id = s.id and sg.ended_on is null order by sg.priority, n.id limit 10) g) as guardians
from (select) o left join student_identities i on i.school_id = $1 and i.id = s.id) x)"""

CONTACT = """(select row_to_json(x) from (select k.phone, k.address, k.household_address, k.commute_km, k.commute_by,
(select coalesce(json_agg(g), '[]') from (
  select g.id, g.name, sg.relation, sg.relation_note, sg.is_guardian, sg.may_contact, case when sg.may_contact then g.phone end as phone,
    g.employer, g.occupation from student_guardians sg join guardians g on g.school_id = $1 and g.id = sg.guardian_id
  where sg.school_id = $1 and sg.student_id = s.id and sg.ended_on is null order by sg.priority, g.name limit 10) g) as guardians
from (select) o left join student_contacts k on k.school_id = $1 and k.id = s.id) x)"""

FAMILY = """(select row_to_json(x) from (select f.left_behind, f.single_parent, f.raised_by_grandparents, f.migrant_child, f.only_child, f.orphan,
f.source, f.recorded_on from (select) o left join student_families f on f.school_id = $1 and f.id = s.id) x)"""

ECONOMIC = """(select row_to_json(x) from (select e.needs_aid, e.receives_subsidy, e.martyr_family,
coalesce(string_to_array(e.special_groups, ','), '{}') as special_groups, e.source, e.recorded_on
from (select) o left join student_economies e on e.school_id = $1 and e.id = s.id) x)"""

HEALTH = """(select row_to_json(x) from (select h.health_status, h.disability, h.inclusive_placement, h.source, h.recorded_on
from (select) o left join student_healths h on h.school_id = $1 and h.id = s.id) x)"""

ACADEMIC = """json_build_object('exams', (select coalesce(json_agg(x order by x.held_on, x.id), '[]') from (
  select e.id, e.name, e.kind, e.grade, e.held_on, json_agg(json_build_object('subject', es.subject, 'full_marks', es.full_marks,
    'status', r.status, 'score', r.score, 'result_level', r.result_level, 'band', r.band) order by es.subject) as subjects
  from results r join exam_subjects es on es.school_id = $1 and es.id = r.exam_subject_id join exams e on e.school_id = $1 and e.id = r.exam_id
  where r.school_id = $1 and r.student_id = s.id group by e.id, e.name, e.kind, e.grade, e.held_on order by e.held_on desc, e.id limit 12) x),
'attendance', (select coalesce(json_agg(x), '[]') from (
  select a.starts_on, a.ends_on, a.school_days, a.truancy, a.sick_leave, a.personal_leave, a.late from attendance_summaries a
  where a.school_id = $1 and a.student_id = s.id order by a.starts_on desc limit 8) x))"""

PROFILE = {
    "basic": BASIC,
    "identity": IDENTITY,
    "contact": CONTACT,
    "family": FAMILY,
    "economic": ECONOMIC,
    "health": HEALTH,
    "support_needs": IN_FORCE,
    "academic": ACADEMIC,
}

RECOGNITIONS = """(select coalesce(json_agg(x), '[]') from (
  select r.id, r.category, r.support_level, r.state, r.data_class, r.recognised_on, r.valid_to, y.name as school_year, r.is_exception,
    case when r.data_class = any({cases}) then r.reason end as reason, not r.data_class = any({cases}) as is_result_only
  from recognitions r join school_years y on y.school_id = $1 and y.id = r.school_year_id
  where r.school_id = $1 and r.student_id = s.id and r.data_class = any({results})
    and $3 <> all(r.withheld_from_staff_ids) order by y.starts_on desc, r.category, r.id limit 40) x)"""

EVIDENCE = """(select coalesce(json_agg(x), '[]') from (
  select e.id, e.source, e.category, e.kind, e.data_class, e.observed_on, e.note, e.facts, t.name as reported_by
  from evidence e left join staff t on t.school_id = $1 and t.id = e.reported_by_staff_id
  where e.school_id = $1 and e.student_id = s.id and e.withdrawn_at is null and e.data_class = any({cases})
    and e.about_staff_id is distinct from $3 order by e.observed_on desc, e.id desc limit 50) x)"""

# What the former lead wrote for the next one is read by that one alone: it may speak of anything.
# Whoever sees no case record of this student does not learn that there is a file; nor do they by what is withheld from them alone.
_KNOWS = """(exists (
  select from recognitions r where r.school_id = $1 and r.student_id = s.id and r.state = 'recognised' and r.data_class = any({cases})
    and $3 <> all(r.withheld_from_staff_ids)) or (d.data_class = any({cases})
  and s.id <> all((select withheld_students($3))::uuid[])))"""
FILE = """(select row_to_json(x) from (select d.id, d.number, d.opened_on, d.closed_on, d.close_reason,
(select coalesce(json_agg(x), '[]') from (
  select l.staff_id, t.name, l.valid_from, l.valid_to, case when l.staff_id = $3 then l.handover_note end as handover_note
  from case_leads l join staff t on t.school_id = $1 and t.id = l.staff_id
  where l.school_id = $1 and l.student_id = s.id order by l.valid_to desc nulls first, l.valid_from desc limit 10) x) as case_leads
from dossiers d where d.school_id = $1 and d.student_id = s.id and {knows} order by d.opened_on desc, d.id desc limit 1) x)""".replace(
    "{knows}", _KNOWS
)

INTERVENTIONS = """(select coalesce(json_agg(x), '[]') from (
  select i.id, i.kind, i.data_class, i.held_on, i.minutes, i.attendance, coalesce(t.name, i.doer_name) as doer, i.with_whom, i.place, i.went,
    i.follow_up, i.plan_measure_id, i.session_id, i.entered_on, i.version
  from interventions i left join staff t on t.school_id = $1 and t.id = i.doer_staff_id
  where i.school_id = $1 and i.student_id = s.id and i.voided_at is null and (i.data_class = any({cases}) or i.doer_staff_id = $3)
    and ($3 = any(i.withheld_from_staff_ids)) is not true
  order by i.held_on desc, i.id desc limit 50) x)"""

# What is withheld from the reader is withheld on the time line, too; row-level security may have taken the row away already.
TIMELINE = """(select json_build_object('items', coalesce(json_agg(x.item order by x.happened_at desc, x.id desc) filter (where x.n <= {limit}), '[]'),
'next_cursor', case when count(*) > {limit} then (array_agg(x.mark order by x.n))[{limit}] end) from (
  select e.id, e.happened_at, row_number() over (order by e.happened_at desc, e.id desc) as n,
    rtrim(translate(encode(convert_to(json_build_array(e.happened_at, e.id)::text, 'UTF8'), 'base64'), E'+/\\n', '-_'), '=') as mark,
    (select row_to_json(o) from (select e.id, e.happened_at, e.kind, e.data_class, e.details, e.subject_kind, e.subject_id,
      a.display_name as by) o) as item
  from timeline_entries e left join accounts a on a.id = e.account_id
  where e.school_id = $1 and e.student_id = s.id and e.data_class = any({timeline}) {more}
    and (e.subject_kind is distinct from 'evidence' or coalesce((
      select w.about_staff_id is distinct from $3 from evidence w where w.school_id = $1 and w.id = e.subject_id), false))
    and (e.subject_kind is distinct from 'recognition' or (e.subject_id = any((select withheld_recognitions($3))::uuid[])) is not true)
    and (e.subject_kind is null or e.subject_kind not in ('dossier', 'case_lead') or s.id <> all((select withheld_students($3))::uuid[]) or exists (
      select from recognitions r where r.school_id = $1 and r.student_id = s.id and r.state = 'recognised' and r.data_class = any({cases})
        and $3 <> all(r.withheld_from_staff_ids)))
  order by e.happened_at desc, e.id desc limit {limit} + 1) x)"""

PLAN_IN_FORCE = """plan as materialized (select p.id, p.number, p.state, p.version, p.support_level, p.starts_on, p.ends_on, p.next_review_on,
  p.approved_at, p.school_year_id, (select t.name from staff t where t.school_id = $1 and t.id = p.reviewer_staff_id) as reviewer
  from s join support_plans p on p.school_id = $1 and p.student_id = s.id and p.state = 'approved'),
need as materialized (select n.id, n.position, n.dimension, case when n.category = any({categories}) then n.category end as category, n.data_class,
  n.statement from plan join needs n on n.school_id = $1 and n.plan_id = plan.id
  where n.data_class = any({cases}) and (n.recognition_id = any((select withheld_recognitions($3))::uuid[])) is not true),
goal as materialized (select g.id, g.need_id, g.position, g.statement, g.indicator, g.baseline, g.target, g.due_on, g.achieved, g.achieved_note, n.dimension
  from need n join goals g on g.school_id = $1 and g.need_id = n.id),
measure as materialized (select m.* from ({doses}) m join need on need.id = m.need_id)"""

PLAN = """(select row_to_json(x) from (select p.id, p.number, p.state, p.version, p.support_level, p.starts_on, p.ends_on, p.next_review_on,
p.approved_at, p.reviewer,
(select json_agg(x) from (select n.id, n.dimension, n.category, n.data_class, n.statement from need n order by n.position, n.id) x) as needs,
(select coalesce(json_agg(x), '[]') from (select g.id, g.need_id, g.statement, g.indicator, g.baseline, g.target, g.due_on, g.achieved,
  g.achieved_note from goal g order by g.position, g.id) x) as goals,
(select coalesce(json_agg(x), '[]') from (select m.id, m.goal_id, m.kind, m.title, m.times, m.per, m.minutes, m.starts_on, m.ends_on, m.doer,
  m.data_class, m.planned_so_far, m.planned_total, m.delivered, m.missed, m.minutes_delivered, m.last_on from measure m
  order by m.position, m.id) x) as measures
from plan p where exists (select from need)) x)"""

# A version without a single visible need is not shown: the mere fact of a plan would leak.
PLAN_VERSIONS = """(select coalesce(json_agg(x), '[]') from (
  select p.id, p.number, p.state, p.support_level, p.starts_on, p.approved_at, p.submitted_at from support_plans p
  where p.school_id = $1 and p.student_id = s.id and exists (select from needs n where n.school_id = $1 and n.plan_id = p.id
    and n.data_class = any({cases}) and (n.recognition_id = any((select withheld_recognitions($3))::uuid[])) is not true) order by p.number desc limit 20) x)"""

RADAR = """(select json_agg(json_build_object('dimension', d.dimension, 'is_hidden', d.is_hidden, 'delivered_share', round(m.share, 3),
'goals_share', round(g.share, 3), 'value', case when not d.is_hidden then round(100 * coalesce((m.share + g.share) / 2, m.share, g.share)) end)
order by d.ordinal) from (values {dimensions}) d (ordinal, dimension, is_hidden)
cross join lateral (select sum(least(measure.delivered, measure.planned_so_far)) / nullif(sum(measure.planned_so_far), 0) as share
  from measure where measure.dimension = d.dimension and not d.is_hidden) m
cross join lateral (select avg(case goal.achieved when 'yes' then 1 when 'partly' then 0.5 else 0 end) as share
  from goal where goal.dimension = d.dimension and goal.achieved is not null and not d.is_hidden) g)"""
