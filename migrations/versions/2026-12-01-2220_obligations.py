"""The ledger: what is owed to whom (obligations), what is expected when and how it went (occurrences), and the counts that every page reads.

Writers keep it: whoever records something fills its place in the same statement, and every change of an occurrence leaves a difference that the worker
folds into the counts. Nobody ticks anything off: only records meet occurrences.
"""

import sqlalchemy as sa
from alembic import op
from auditing import forget, record
from retaining import keep, let_go, spare
from sqlalchemy.dialects import postgresql
from tenancy import protect
from walls import school, wall

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
LEDGER = ("obligations", "occurrences")
COUNTS = ("clause_counts", "clause_deltas", "cadence_horizons", "obligation_marks")
CELL = "school_id, clause, place, data_class, due_on, grace_until, is_erased"
NUMBERS = ("expected", "met", "late", "backfilled", "waived")
SUMS = ", ".join(f"sum({n})::int as {n}" for n in NUMBERS)
SCHOOL = "nullif(current_setting('app.school_id', true), '')::uuid"
DEFINER = "security definer set search_path = pg_catalog, public"

# Every honest record that may meet something, whatever table it lies in. A session of several students is one record to a school and to a class.
DELIVERIES = """
create view deliveries as
select i.school_id, i.kind, i.student_id, i.id as record_id, coalesce(i.session_id, i.id) as session_id, i.plan_measure_id, i.held_on, i.entered_on,
  i.created_at as entered_at, i.minutes
from interventions i where i.voided_at is null and i.attendance in ('present', 'late', 'left_early')
union all
select c.school_id, 'census_look', c.student_id, c.id, c.id, null, c.looked_on, c.looked_on, c.looked_on::timestamptz, 0 from census_looks c
union all
select d.school_id, 'dossier', d.student_id, d.id, d.id, null, d.opened_on, d.opened_on, d.opened_on::timestamptz, 0 from dossiers d
union all
select r.school_id, 'plan_review', r.wall_student, r.id, r.id, null, r.reviewed_on, (r.created_at at time zone s.time_zone)::date, r.created_at, 0
from plan_reviews r join schools s on s.id = r.school_id
union all
select p.school_id, 'support_plan', p.student_id, p.id, p.id, null, (p.approved_at at time zone s.time_zone)::date,
  (p.approved_at at time zone s.time_zone)::date, p.approved_at, 0
from support_plans p join schools s on s.id = p.school_id where p.approved_at is not null
union all
select c.school_id, 'counselling_session', c.student_id, c.id, c.id, null, c.held_on, (c.created_at at time zone s.time_zone)::date, c.created_at, c.minutes
from counselling_sessions c join schools s on s.id = c.school_id
union all
select r.school_id, 'recognition', r.student_id, r.id, r.id, null, r.recognised_on, r.recognised_on, r.recognised_on::timestamptz, 0
from recognitions r where r.recognised_on is not null
union all
select e.school_id, 'edition', null, e.id, e.id, null, (e.approved_at at time zone s.time_zone)::date, (e.approved_at at time zone s.time_zone)::date,
  e.approved_at, 0
from editions e join schools s on s.id = e.school_id where e.approved_at is not null
"""
# A record is for an obligation by its kind and by whom it was for; one that was entered for a measure of a plan is for no other measure.
IS_FOR = """{kind} = any(o.kinds) and (
    o.subject = 'student' and o.student_id = {student} and (o.source = 'clause' or {measure} is null or {measure} = any(o.measure_ids))
    or o.subject = 'class' and exists (select from public.enrolments e where e.school_id = o.school_id and e.student_id = {student}
      and e.class_id = o.class_id and e.starts_on <= {held} and (e.ends_on is null or e.ends_on >= {held}))
    or o.subject = 'school')"""
DELIVERED = f"""
create function delivered(of public.obligations) returns table (record uuid, held_on date, entered_on date, entered_at timestamptz, minutes int)
language sql stable {DEFINER} as $$
  select case when (of).subject = 'student' then d.record_id else d.session_id end, min(d.held_on), min(d.entered_on), min(d.entered_at), max(d.minutes)
  from public.deliveries d cross join (select (of).*) o
  where d.school_id = o.school_id and (o.student_id is null or d.student_id = o.student_id)
    and {IS_FOR.format(kind="d.kind", student="d.student_id", measure="d.plan_measure_id", held="d.held_on")}
  group by 1
$$
"""
# Where it is in time and soonest due, else where it is late and soonest due, else nowhere; each record takes one place, for good.
TAKE_PLACE = f"""
create function take_place(of public.obligations, record uuid, held date, entered date, took int) returns boolean language plpgsql {DEFINER} as $$
declare
  spot public.occurrences;
  needs int := coalesce((of).minutes, 0);
begin
  if needs > 0 and took = 0 or exists (select from public.occurrences x
      where x.school_id = (of).school_id and x.obligation_id = (of).id and record = any(x.record_ids)) then
    return false;
  end if;
  select x.* into spot from public.occurrences x
  where x.school_id = (of).school_id and x.obligation_id = (of).id and x.state is null and x.opens_on <= held and x.grace_until >= held
  order by held > x.due_on, x.due_on, x.opens_on, x.period, x.ordinal limit 1;
  if not found then return false; end if;
  update public.occurrences x set record_ids = x.record_ids || record, minutes = x.minutes + took, held_on = greatest(x.held_on, held),
    entered_on = greatest(x.entered_on, entered),
    state = went(x.due_on, x.grace_until, greatest(x.held_on, held), greatest(x.entered_on, entered), x.minutes + took, needs)
  where x.school_id = spot.school_id and x.id = spot.id;
  return true;
end $$
"""
# 按时, 迟办 (held after the due day) or 补录 (held in time and entered when its time was over); nothing while minutes are missing.
WENT = """
create function went(due date, grace date, held date, entered date, took int, needs int) returns text language sql immutable
set search_path = pg_catalog, public as $$
  select case when held is null or took < needs then null when held > due then 'late' when entered > grace then 'backfilled' else 'met' end
$$
"""
# What no longer holds gives its place back; what has no place yet tries to take one, in the order in which it was entered.
SETTLE = f"""
create function settle(the_school uuid, obligation uuid) returns void language plpgsql {DEFINER} as $$
declare
  o public.obligations;
  one record;
begin
  select * into o from public.obligations where school_id = the_school and id = obligation for no key update;
  if not found then return; end if;
  for one in
    select x.id, x.due_on, x.grace_until, x.record_ids, x.state, now_.ids, now_.took, now_.held, now_.entered
    from public.occurrences x cross join lateral (
      select coalesce(array_agg(d.record order by array_position(x.record_ids, d.record)), '{{}}') as ids, coalesce(sum(d.minutes), 0)::int as took,
        max(d.held_on) as held, max(d.entered_on) as entered
      from public.delivered(o) d where d.record = any(x.record_ids) and d.held_on between x.opens_on and x.grace_until) now_
    where x.school_id = the_school and x.obligation_id = obligation and x.record_ids <> '{{}}'
  loop
    update public.occurrences x set record_ids = one.ids, minutes = one.took, held_on = one.held, entered_on = one.entered,
      state = went(one.due_on, one.grace_until, one.held, one.entered, one.took, coalesce(o.minutes, 0))
    where x.school_id = the_school and x.id = one.id and (x.record_ids, x.minutes, x.held_on, x.entered_on, x.state) is distinct from
      (one.ids, one.took, one.held, one.entered, went(one.due_on, one.grace_until, one.held, one.entered, one.took, coalesce(o.minutes, 0)));
  end loop;
  for one in
    select d.* from public.delivered(o) d
    where not exists (select from public.occurrences x where x.school_id = the_school and x.obligation_id = obligation and d.record = any(x.record_ids))
    order by d.entered_at, d.held_on, d.record
  loop
    perform take_place(o, one.record, one.held_on, one.entered_on, one.minutes);
  end loop;
end $$
"""
# The hot path: what was just recorded takes its places. The obligation is locked first, so that of two records at once one waits for the other.
RECORDED = f"""
create function interventions_take_places() returns trigger language plpgsql {DEFINER} as $$
declare
  one record;
  locked public.obligations;
begin
  for one in
    select o.id as obligation, n.school_id, case when o.subject = 'student' then n.id else coalesce(n.session_id, n.id) end as record, n.held_on, n.entered_on,
      n.minutes
    from new_rows n join public.obligations o on o.school_id = n.school_id and (o.student_id = n.student_id or o.student_id is null)
    where n.voided_at is null and n.attendance in ('present', 'late', 'left_early')
      and {IS_FOR.format(kind="n.kind", student="n.student_id", measure="n.plan_measure_id", held="n.held_on")}
    order by o.student_id, o.id, n.created_at, n.held_on, n.id
  loop
    select * into locked from public.obligations x where x.school_id = one.school_id and x.id = one.obligation for no key update;
    perform take_place(locked, one.record, one.held_on, one.entered_on, one.minutes);
  end loop;
  return null;
end $$
"""
# A record that was corrected or taken back: every obligation that it met or may meet is settled anew.
CORRECTED = f"""
create function interventions_settle() returns trigger language plpgsql {DEFINER} as $$
declare one record;
begin
  for one in
    select distinct o.school_id, o.id, o.student_id from (
      select a.school_id, a.student_id, a.kind from old_rows a join new_rows b on b.school_id = a.school_id and b.id = a.id
        where (a.voided_at, a.held_on, a.kind, a.minutes, a.attendance, a.student_id, a.plan_measure_id, a.session_id) is distinct from
          (b.voided_at, b.held_on, b.kind, b.minutes, b.attendance, b.student_id, b.plan_measure_id, b.session_id)
      union
      select b.school_id, b.student_id, b.kind from old_rows a join new_rows b on b.school_id = a.school_id and b.id = a.id
        where (a.voided_at, a.held_on, a.kind, a.minutes, a.attendance, a.student_id, a.plan_measure_id, a.session_id) is distinct from
          (b.voided_at, b.held_on, b.kind, b.minutes, b.attendance, b.student_id, b.plan_measure_id, b.session_id)) r
    join public.obligations o on o.school_id = r.school_id and r.kind = any(o.kinds) and (o.student_id = r.student_id or o.student_id is null)
    order by o.student_id, o.id
  loop
    perform settle(one.school_id, one.id);
  end loop;
  return null;
end $$
"""
# The other records: a row at a time, for they are few.
SETTLES = f"""
create function record_settles() returns trigger language plpgsql {DEFINER} as $$
declare
  row_ jsonb := to_jsonb(new);
  student uuid := (row_ ->> nullif(tg_argv[1], ''))::uuid;
  one record;
begin
  for one in
    select o.school_id, o.id from public.obligations o
    where o.school_id = (row_ ->> 'school_id')::uuid and tg_argv[0] = any(o.kinds) and (o.student_id = student or o.student_id is null)
    order by o.student_id, o.id
  loop
    perform settle(one.school_id, one.id);
  end loop;
  return null;
end $$
"""
# table, kind of record, the column with the student, after which changes
OTHERS = (
    ("census_looks", "census_look", "student_id", "insert or update of looked_on, student_id"),
    ("dossiers", "dossier", "student_id", "insert or update of opened_on, student_id"),
    ("plan_reviews", "plan_review", "wall_student", "insert or update of reviewed_on, wall_student"),
    ("support_plans", "support_plan", "student_id", "insert or update of approved_at, student_id"),
    ("counselling_sessions", "counselling_session", "student_id", "insert or update of held_on, minutes, student_id"),
    ("recognitions", "recognition", "student_id", "insert or update of recognised_on, student_id"),
    ("editions", "edition", "", "insert or update of approved_at"),
)


def counted(event: str, rows: str, *, erases: bool = False) -> str:
    """The difference that a change of occurrences makes, by whole school (without a class of data) and by class.

    What must not be seen in a class, because somebody there is complained of, is counted in the school alone.
    """
    erased = ""
    if erases:  # an erased row stays counted, apart: the school's book of past years does not change with the retention of files
        erased = " union all select o.*, 1, true from old_rows o where coalesce(current_setting('app.withdrawing', true), '') <> 'on'"
    return f"""
create function occurrences_count_{event}() returns trigger language plpgsql {DEFINER} as $$
begin
  insert into public.clause_deltas ({CELL}, {", ".join(NUMBERS)})
  select * from (
    select x.school_id, x.clause, p.place, case when p.place = x.school_id then '' else x.data_class end as data_class, x.due_on, x.grace_until, x.erased,
      sum(x.sign)::int as expected, sum(x.sign) filter (where x.state = 'met') as met, sum(x.sign) filter (where x.state = 'late') as late,
      sum(x.sign) filter (where x.state = 'backfilled') as backfilled, sum(x.sign) filter (where x.state is null and x.waived) as waived
    from ({rows}{erased}) x cross join lateral (values (x.school_id), (case when not x.is_withheld then x.class_id end)) p (place)
    where p.place is not null group by 1, 2, 3, 4, 5, 6, 7) d
  cross join lateral (select coalesce(d.met, 0), coalesce(d.late, 0), coalesce(d.backfilled, 0), coalesce(d.waived, 0)) n (m, l, b, w)
  where (d.expected, n.m, n.l, n.b, n.w) <> (0, 0, 0, 0, 0);
  return null;
end $$
""".replace(
        "select * from (\n    select x",
        "select d.school_id, d.clause, d.place, d.data_class, d.due_on, d.grace_until, d.erased, d.expected, n.m, n.l, n.b, n.w from (\n    select x",
    )


FRESH, STALE = "select n.*, 1 as sign, false as erased from new_rows n", "select o.*, -1 as sign, false as erased from old_rows o"
COUNTED = {
    "insert": (FRESH, "new table as new_rows"),
    "update": (f"{FRESH} union all {STALE}", "old table as old_rows new table as new_rows"),
    "delete": (STALE, "old table as old_rows"),
}
FOLD = f"""
create function fold_counts(the_school uuid) returns int language plpgsql {DEFINER} as $$
declare folded int;
begin
  perform pg_advisory_xact_lock(hashtextextended('clause counts ' || the_school::text, 0));
  with gone as (delete from public.clause_deltas where school_id = the_school returning *),
  summed as (select {CELL}, {SUMS} from gone group by {CELL}),
  kept as (
    insert into public.clause_counts as c ({CELL}, {", ".join(NUMBERS)})
    select * from summed on conflict ({CELL}) do update set {", ".join(f"{n} = c.{n} + excluded.{n}" for n in NUMBERS)} returning 1)
  select count(*) into folded from kept;
  delete from public.clause_counts c where c.school_id = the_school and c.expected = 0 and c.met = 0 and c.late = 0 and c.backfilled = 0 and c.waived = 0;
  return folded;
end $$
"""
# The counts as the rows themselves say: what is kept must be the same, cell by cell.
RECOUNT = f"""
create function recount(the_school uuid) returns table (clause text, place uuid, data_class text, due_on date, grace_until date, kept int[], recounted int[])
language sql stable {DEFINER} as $$
  with kept as (
    select c.clause, c.place, c.data_class, c.due_on, c.grace_until, {SUMS} from (
      select {CELL}, {", ".join(NUMBERS)} from public.clause_counts where school_id = the_school and not is_erased
      union all select {CELL}, {", ".join(NUMBERS)} from public.clause_deltas where school_id = the_school and not is_erased) c
    group by 1, 2, 3, 4, 5),
  rows_ as (
    select x.clause, p.place, case when p.place = x.school_id then '' else x.data_class end as data_class, x.due_on, x.grace_until, count(*)::int as expected,
      count(*) filter (where x.state = 'met')::int as met, count(*) filter (where x.state = 'late')::int as late,
      count(*) filter (where x.state = 'backfilled')::int as backfilled, count(*) filter (where x.state is null and x.waived)::int as waived
    from public.occurrences x cross join lateral (values (x.school_id), (case when not x.is_withheld then x.class_id end)) p (place)
    where x.school_id = the_school and p.place is not null group by 1, 2, 3, 4, 5)
  select clause, place, data_class, due_on, grace_until,
    array[coalesce(k.expected, 0), coalesce(k.met, 0), coalesce(k.late, 0), coalesce(k.backfilled, 0), coalesce(k.waived, 0)],
    array[coalesce(r.expected, 0), coalesce(r.met, 0), coalesce(r.late, 0), coalesce(r.backfilled, 0), coalesce(r.waived, 0)]
  from kept k full join rows_ r using (clause, place, data_class, due_on, grace_until)
  where (coalesce(k.expected, 0), coalesce(k.met, 0), coalesce(k.late, 0), coalesce(k.backfilled, 0), coalesce(k.waived, 0))
    <> (coalesce(r.expected, 0), coalesce(r.met, 0), coalesce(r.late, 0), coalesce(r.backfilled, 0), coalesce(r.waived, 0))
$$
"""
# Differences that put the counts right; each was reported before.
REPAIR = f"""
create function repair_counts(the_school uuid) returns int language plpgsql {DEFINER} as $$
declare repaired int;
begin
  insert into public.clause_deltas ({CELL}, {", ".join(NUMBERS)})
  select the_school, r.clause, r.place, r.data_class, r.due_on, r.grace_until, false, {", ".join(f"r.recounted[{n}] - r.kept[{n}]" for n in range(1, 6))}
  from public.recount(the_school) r;
  get diagnostics repaired = row_count;
  perform public.fold_counts(the_school);
  return repaired;
end $$
"""
# The ledger against the records: a state that its records do not give, a record that is none, and one without a place that could have had one.
FAULTS = f"""
create function ledger_faults(the_school uuid) returns table (obligation_id uuid, occurrence_id uuid, fault text) language plpgsql {DEFINER} as $$
declare o public.obligations;
begin
  for o in select * from public.obligations where school_id = the_school and subject <> 'student' or school_id = the_school and student_id is not null loop
    return query
      select o.id, x.id, case when d.n < cardinality(x.record_ids) then 'no_such_record' else 'wrong_state' end
      from public.occurrences x cross join lateral (
        select count(*) as n, coalesce(sum(d.minutes), 0)::int as took, max(d.held_on) as held, max(d.entered_on) as entered
        from public.delivered(o) d where d.record = any(x.record_ids) and d.held_on between x.opens_on and x.grace_until) d
      where x.school_id = the_school and x.obligation_id = o.id and (x.record_ids <> '{{}}' or x.state is not null) and (d.n < cardinality(x.record_ids)
        or x.state is distinct from went(x.due_on, x.grace_until, d.held, d.entered, d.took, coalesce(o.minutes, 0)));
    return query
      select distinct on (d.record) o.id, x.id, 'place_not_taken'
      from public.delivered(o) d join public.occurrences x on x.school_id = the_school and x.obligation_id = o.id and x.state is null
        and d.held_on between x.opens_on and x.grace_until
      where (o.minutes is null or d.minutes > 0) and not exists (
        select from public.occurrences y where y.school_id = the_school and y.obligation_id = o.id and d.record = any(y.record_ids))
      order by d.record, d.held_on > x.due_on, x.due_on, x.opens_on, x.period, x.ordinal;
  end loop;
end $$
"""
WITHDRAW = f"""
create function withdraw_occurrences(the_school uuid, those uuid[]) returns int language plpgsql {DEFINER} as $$
declare gone int;
begin
  set local app.withdrawing = 'on';
  -- What a record has met or somebody has waived is never withdrawn.
  delete from public.occurrences x where x.school_id = the_school and x.id = any(those) and x.record_ids = '{{}}' and not x.waived
    and not exists (select from public.waivers w where w.school_id = x.school_id and w.occurrence_id = x.id);
  get diagnostics gone = row_count;
  set local app.withdrawing = '';
  return gone;
end $$
"""
WAIVED = f"""
create function waivers_hold() returns trigger language plpgsql {DEFINER} as $$
declare spot public.occurrences;
begin
  select * into spot from public.occurrences x where x.school_id = new.school_id and x.id = new.occurrence_id for no key update;
  if tg_op = 'INSERT' and spot.state is not null then
    raise exception 'what was done cannot be waived' using errcode = 'check_violation', constraint = 'waivers_open';
  end if;
  update public.occurrences x set waived = exists (
    select from public.waivers w where w.school_id = x.school_id and w.occurrence_id = x.id and w.withdrawn_at is null)
  where x.school_id = new.school_id and x.id = new.occurrence_id;
  return null;
end $$
"""
# What changed since the ledger was worked out; more than a handful of students at once is the school.
MARK = f"""
create function mark_ledger() returns trigger language plpgsql {DEFINER} as $$
declare many bigint;
begin
  if tg_argv[0] = '' then
    insert into public.obligation_marks (school_id, student_id) select distinct (to_jsonb(n) ->> 'school_id')::uuid, null::uuid from new_rows n;
    return null;
  end if;
  select count(distinct to_jsonb(n) ->> tg_argv[0]) into many from new_rows n;
  insert into public.obligation_marks (school_id, student_id)
  select distinct (to_jsonb(n) ->> 'school_id')::uuid, case when many <= 20 then (to_jsonb(n) ->> tg_argv[0])::uuid end from new_rows n;
  return null;
end $$
"""
MARKED = {
    "recognitions": "student_id",
    "support_plans": "student_id",
    "students": "id",
    "enrolments": "student_id",
    **dict.fromkeys(("classes", "terms", "school_years", "calendar_days", "calendar_periods", "editions", "role_assignments"), ""),
}
LISTED = f"""
create function schools_with_marks() returns table (school_id uuid) language sql stable {DEFINER} as $$
  select distinct m.school_id from public.obligation_marks m
$$
"""
TO_FOLD = f"""
create function schools_to_fold() returns table (school_id uuid) language sql stable {DEFINER} as $$
  select distinct d.school_id from public.clause_deltas d
$$
"""
BEHIND = f"""
create function schools_behind(instant timestamptz) returns table (school_id uuid) language sql stable {DEFINER} as $$
  select s.id from public.schools s left join public.cadence_horizons h on h.school_id = s.id
  where h.worked_on is null or h.worked_on < (instant at time zone s.time_zone)::date
$$
"""
TAKE_MARKS = f"""
create function take_marks(the_school uuid) returns table (student_id uuid) language sql {DEFINER} as $$
  delete from public.obligation_marks m where m.school_id = the_school returning m.student_id
$$
"""
FUNCTIONS = {
    "went(date, date, date, date, int, int)": WENT,
    "delivered(obligations)": DELIVERED,
    "take_place(obligations, uuid, date, date, int)": TAKE_PLACE,
    "settle(uuid, uuid)": SETTLE,
    "interventions_take_places()": RECORDED,
    "interventions_settle()": CORRECTED,
    "record_settles()": SETTLES,
    **{f"occurrences_count_{event}()": counted(event, rows, erases=event == "delete") for event, (rows, _) in COUNTED.items()},
    "fold_counts(uuid)": FOLD,
    "recount(uuid)": RECOUNT,
    "repair_counts(uuid)": REPAIR,
    "ledger_faults(uuid)": FAULTS,
    "withdraw_occurrences(uuid, uuid[])": WITHDRAW,
    "waivers_hold()": WAIVED,
    "mark_ledger()": MARK,
    "schools_with_marks()": LISTED,
    "schools_to_fold()": TO_FOLD,
    "schools_behind(timestamptz)": BEHIND,
    "take_marks(uuid)": TAKE_MARKS,
}
# What the service may call; the rest only the database itself does.
CALLED = (
    "settle(uuid, uuid)",
    "fold_counts(uuid)",
    "recount(uuid)",
    "repair_counts(uuid)",
    "ledger_faults(uuid)",
    "withdraw_occurrences(uuid, uuid[])",
    "schools_with_marks()",
    "schools_to_fold()",
    "schools_behind(timestamptz)",
    "take_marks(uuid)",
)
BY_THE_LEDGER = "current_setting('app.purpose', true) in ('job', 'command', 'demo', 'import')"


def upgrade() -> None:
    _obligations()
    _occurrences()
    _waivers()
    _counts()
    protect(op, *LEDGER)
    protect(op, "waivers")
    protect(op, *COUNTS, grants="select")
    op.execute("grant insert, update on cadence_horizons to nuanyang_app")
    wall(op, *LEDGER, "waivers")
    for table in COUNTS:
        school(op, table)
    # The worker asks which schools have something to do before it knows any school: ids of schools, no content.
    for table in ("clause_deltas", "obligation_marks", "cadence_horizons"):
        op.execute(f"create policy listing on {table} for select to nuanyang_owner using ({SCHOOL} is null and {BY_THE_LEDGER})")
    # Whoever changes a fact leaves a mark, also where no school was named (an administrator's own hand).
    op.execute("create policy marking on obligation_marks for insert to nuanyang_owner with check (true)")
    op.execute(DELIVERIES)
    for statement in FUNCTIONS.values():
        op.execute(statement)
    for name in FUNCTIONS:
        op.execute(f"revoke execute on function {name} from public")
    for name in CALLED:
        op.execute(f"grant execute on function {name} to nuanyang_app")
    _triggers()
    record(op, "waivers", student="student_id", data_class="column:data_class")
    keep(op, "obligations", student="t.student_id", holds="t.data_class", before="students")
    keep(op, "occurrences", student="t.student_id", holds="t.data_class", before="obligations")
    keep(op, "waivers", student="t.student_id", holds="t.data_class", before="occurrences")
    spare(op, "numbers of a school and its classes, without anybody's name", "clause_counts", "clause_deltas", "cadence_horizons")
    spare(op, "gone within seconds: whose obligations are to be worked out anew", "obligation_marks")


def downgrade() -> None:
    for table in ("obligation_marks", *COUNTS[:3], "waivers", "occurrences", "obligations"):
        let_go(op, table)
    for table in MARKED:
        for event in ("insert", "update"):
            op.execute(f"drop trigger mark_{event} on {table}")
    for table, _, _, _ in OTHERS:
        op.execute(f"drop trigger meets on {table}")
    op.execute("drop trigger meets_insert on interventions")
    op.execute("drop trigger meets_update on interventions")
    forget(op, "waivers")
    op.drop_table("waivers")
    for event in COUNTED:
        op.execute(f"drop trigger count_{event} on occurrences")
    for name in reversed(FUNCTIONS):
        op.execute(f"drop function {name}")
    op.execute("drop view deliveries")
    for table in (*COUNTS, "occurrences", "obligations"):
        op.drop_table(table)


def _triggers() -> None:
    op.execute(
        "create trigger meets_insert after insert on interventions referencing new table as new_rows "
        "for each statement execute function interventions_take_places()"
    )
    op.execute(
        "create trigger meets_update after update on interventions referencing old table as old_rows new table as new_rows "
        "for each statement execute function interventions_settle()"
    )
    for table, kind, student, events in OTHERS:
        op.execute(f"create trigger meets after {events} on {table} for each row execute function record_settles('{kind}', '{student}')")
    for event, (_, tables) in COUNTED.items():
        op.execute(
            f"create trigger count_{event} after {event} on occurrences referencing {tables} for each statement execute function occurrences_count_{event}()"
        )
    op.execute("create trigger hold after insert or update on waivers for each row execute function waivers_hold()")
    for table, student in MARKED.items():
        for event in ("insert", "update"):
            op.execute(
                f"create trigger mark_{event} after {event} on {table} referencing new table as new_rows "
                f"for each statement execute function mark_ledger('{student}')"
            )


def _obligations() -> None:
    op.create_table(
        "obligations",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("doer_role", sa.Text(), nullable=True),
        sa.Column("doer_staff_id", sa.Uuid(), nullable=True),
        sa.Column("kinds", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("measure_ids", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("stretches", postgresql.JSONB(), nullable=False),
        sa.Column("withheld_from_staff_ids", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("is_running", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint("source in ('clause', 'plan')", name=op.f("ck_obligations_source")),
        sa.CheckConstraint(
            "(subject = 'class') = (class_id is not null and subject <> 'student') and (subject <> 'school' or (student_id is null and class_id is null))"
            " and subject in ('student', 'class', 'school')",
            name=op.f("ck_obligations_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_obligations_school_id_student_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"], ["classes.school_id", "classes.id"], name=op.f("fk_obligations_school_id_class_id")
        ),
        sa.ForeignKeyConstraint(["school_id", "doer_staff_id"], ["staff.school_id", "staff.id"], name="fk_obligations_doer"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_obligations")),
        sa.UniqueConstraint("school_id", "key", name=op.f("uq_obligations_school_id_key")),
    )
    op.create_index("ix_obligations_student", "obligations", ["school_id", "student_id"])


def _occurrences() -> None:
    op.create_table(
        "occurrences",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("is_withheld", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("grace_until", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("waived", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("record_ids", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state in ('met', 'late', 'backfilled')", name=op.f("ck_occurrences_state")),
        sa.CheckConstraint("opens_on <= due_on and due_on <= grace_until", name=op.f("ck_occurrences_days")),
        # Never by a ticked box: what counts as done names the record that did it.
        sa.CheckConstraint(
            "(state is null or (cardinality(record_ids) > 0 and held_on is not null))", name=op.f("ck_occurrences_recorded")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "obligation_id"], ["obligations.school_id", "obligations.id"], name=op.f("fk_occurrences_school_id_obligation_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_occurrences")),
    )
    op.create_index("ix_occurrences_obligation", "occurrences", ["school_id", "obligation_id", "due_on"])
    op.create_index("ix_occurrences_clause", "occurrences", ["school_id", "clause", "due_on", "id"])
    op.create_index(
        "ix_occurrences_open", "occurrences", ["school_id", "due_on", "id"], postgresql_where=sa.text("state is null and not waived")
    )


def _waivers() -> None:
    op.create_table(
        "waivers",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("occurrence_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("length(reason) >= 4", name=op.f("ck_waivers_reason")),
        sa.CheckConstraint("(withdrawn_at is null) = (withdrawn_by is null)", name=op.f("ck_waivers_withdrawn")),
        sa.ForeignKeyConstraint(
            ["school_id", "occurrence_id"], ["occurrences.school_id", "occurrences.id"], name=op.f("fk_waivers_school_id_occurrence_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_waivers")),
    )
    op.create_index(
        "uq_waivers_in_force", "waivers", ["school_id", "occurrence_id"], unique=True, postgresql_where=sa.text("withdrawn_at is null")
    )


def _counts() -> None:
    cell = lambda: [  # noqa: E731 - columns belong to one table each
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("place", sa.Uuid(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("grace_until", sa.Date(), nullable=False),
        sa.Column("is_erased", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
    ]
    op.create_table(
        "clause_counts",
        *cell(),
        sa.PrimaryKeyConstraint(
            "school_id", "place", "due_on", "clause", "data_class", "grace_until", "is_erased", name=op.f("pk_clause_counts")
        ),
    )
    op.create_table(
        "clause_deltas",
        *cell(),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.PrimaryKeyConstraint("school_id", "number", name=op.f("pk_clause_deltas")),
    )
    op.create_table(
        "cadence_horizons",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_cadence_horizons")),
    )
    op.create_table(
        "obligation_marks",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("school_id", "number", name=op.f("pk_obligation_marks")),
    )
