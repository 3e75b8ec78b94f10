"""Retention: rules as data, holds, dry runs and what came of them; the only way in which rows of a student ever go."""

import sqlalchemy as sa
from alembic import op
from approving import four_eyes
from auditing import record
from retaining import PLAN, keep, let_go, of, spare
from sqlalchemy.dialects import postgresql
from tenancy import SCHOOL, protect, share

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

# name, action, years, least, most, what a school may choose, the ground
CLASSES = (
    ("basic", "keep", None, 10, 60, "{keep,deidentify}", "register"),
    ("contact", "erase", 1, 1, 5, "{erase}", "schooling"),
    ("identity", "erase", 1, 1, 5, "{erase}", "schooling"),
    ("academic", "erase", 1, 1, 10, "{erase}", "schooling"),
    ("economic", "erase", 5, 5, 15, "{erase}", "aid"),
    ("family", "erase", 1, 1, 5, "{erase}", "schooling"),
    ("protection", "erase", 1, 1, 20, "{erase}", "schooling"),
    ("health", "erase", 1, 1, 5, "{erase}", "schooling"),
    ("support_needs", "erase", 1, 1, 5, "{erase}", "schooling"),
    ("wellbeing", "erase", 1, 1, 5, "{erase}", "schooling"),
    ("clinical", "erase", 1, 1, 5, "{erase}", "schooling"),
    ("volunteering", "erase", 1, 1, 5, "{erase}", "schooling"),
    ("money", "keep", None, None, None, "{keep}", "accounts"),
    ("imports", "erase", 1, 1, 3, "{erase}", "lists"),
)

# -- whose, since when, how long -----------------------------------------------------------------------

HELD = f"""
create function is_held(student uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from legal_holds h where h.school_id = {SCHOOL} and h.lifted_at is null and (h.student_id is null or h.student_id = student))
$$
"""
# A pupil merged into another one leaves with that one. Compulsory schooling calls a drop-out back: the term begins at sixteen, and with no birthday never.
LEFT = f"""
create function left_on(student uuid) returns date language sql stable security definer set search_path = pg_catalog, public as $$
  select case when p.status = 'dropped_out' and d.day is not null then greatest(d.day, (p.birth_on + interval '16 years')::date) else d.day end
  from students s
  join students p on p.school_id = s.school_id and p.id = case when s.status = 'merged' then s.merged_into_id else s.id end
  cross join lateral (select coalesce(p.status_on, (
    select max(e.ends_on) from enrolments e where e.school_id = p.school_id and e.student_id = p.id
    having bool_and(e.ends_on is not null))) as day) d
  where s.school_id = {SCHOOL} and s.id = student and p.status in ('graduated', 'transferred_out', 'dropped_out', 'deceased')
    and (p.status <> 'dropped_out' or p.birth_on is not null)
$$
"""
DAY = f"""
create function school_day() returns date language sql stable security definer set search_path = pg_catalog, public as $$
  select (now() at time zone s.time_zone)::date from schools s where s.id = {SCHOOL}
$$
"""
TERMS = f"""
create function retention_terms() returns table (data_class text, action text, years integer, rule_id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select c.name, coalesce(r.action, c.action), case when r.id is null then c.years else r.years end, r.id
  from retention_classes c left join lateral (
    select r.* from retention_rules r where r.school_id = {SCHOOL} and r.data_class = c.name and r.approved_at is not null
    order by r.approved_at desc, r.id desc limit 1) r on true
$$
"""
BOUNDS = """
create function retention_bounds() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if not exists (select from retention_classes c where c.name = new.data_class and new.action = any(c.choices)
      and (new.action = 'keep') = (new.years is null) and (new.years is null or new.years between c.least and c.most)) then
    raise exception 'outside of what a school may choose' using errcode = 'check_violation', constraint = 'retention_bounds';
  end if;
  return new;
end $$
"""
# Who asks for a hold waits until the erasure at work has ended, and the next one sees it.
ONE_AT_A_TIME = f"""
create function one_erasure_at_a_time() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('retention ' || {SCHOOL}::text, 0));
  return new;
end $$
"""
REFUSE = """
create function refuse_held() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare
  whose text := (select student from retention_tables where name = tg_table_name);
  student uuid;
  is_draft boolean := false;
begin
  -- Parts of a plan still being written are struck out by whoever writes it; the record of changes keeps them.
  if tg_table_name in ('needs', 'goals', 'plan_measures') then
    select p.state = 'draft' into is_draft from support_plans p where p.school_id = old.school_id and p.id = (to_jsonb(old) ->> 'plan_id')::uuid;
  end if;
  execute format('select %s from (select ($1::public.%I).*) t', whose, tg_table_name) into student using old;
  -- Whoever deletes may be behind a wall that hides the hold: the owner looks as well.
  if not coalesce(is_draft, false) and (is_held(student) or exists (
      select from legal_holds h where h.school_id = old.school_id and h.lifted_at is null and (h.student_id is null or h.student_id = student))) then
    raise exception 'rows of this student are on legal hold' using errcode = 'check_violation', constraint = 'legal_hold';
  end if;
  return old;
end $$
"""

# -- erasing -------------------------------------------------------------------------------------------

# SQL that tells whether a row `t` must stay, because a row that needs it points to it.
NEEDED = """
create function retention_needed(which text) returns text language sql stable set search_path = pg_catalog, public as $$
  select coalesce(string_agg(format('exists (select from public.%I r where %s)', r.relname, k.pairs), ' or '), 'false')
  from pg_constraint c join pg_class r on r.oid = c.conrelid
  cross join lateral (
    select string_agg(format('r.%I = t.%I', mine.attname, theirs.attname), ' and ') as pairs, bool_and(mine.attnotnull) as is_needed
    from unnest(c.conkey, c.confkey) u (own, other)
    join pg_attribute mine on mine.attrelid = c.conrelid and mine.attnum = u.own
    join pg_attribute theirs on theirs.attrelid = c.confrelid and theirs.attnum = u.other) k
  where c.contype = 'f' and c.confrelid = ('public.' || quote_ident(which))::regclass and k.is_needed
$$
"""
# SQL that tells whether the words of a row `t` are emptied already, and the assignments that empty them.
BLANK = """
create function retention_blank(blanks jsonb, between_ text, equals text) returns text language sql immutable set search_path = pg_catalog, public as $$
  select string_agg(format('%I %s %s', b.key, equals, b.value), between_) from jsonb_each_text(blanks) b
$$
"""
ERASE = f"""
create function retention_erase(student uuid, classes text[], until date, told uuid) returns jsonb
language plpgsql set search_path = pg_catalog, public as $$
declare
  school uuid := {SCHOOL};
  only_emptied text[] := (select coalesce(array_agg(k.data_class), '{{}}') from retention_terms() k where k.action = 'deidentify');
  chosen jsonb := '{{}}';  -- table -> class -> ids
  counts jsonb := '{{}}';  -- class -> table -> how many
  gone uuid[] := '{{}}';
  t record; of_class record; link record;
  found jsonb; mine uuid[]; going uuid[]; deleted bigint; emptied bigint; needed text;
begin
  for t in select * from retention_tables where why is null order by position, name loop
    if t.goes_with is not null then
      execute format('select jsonb_object_agg(c.data_class, c.ids) from (select %s as data_class, jsonb_agg(distinct r.%I) as ids from public.%I r'
        ' where r.school_id = $1 and r.id in (select x::uuid from jsonb_each($2) e, jsonb_array_elements_text(e.value) x)) c'
        ' where c.data_class = any($3) and c.ids is not null', t.holds, split_part(t.goes_with, '.', 2), split_part(t.goes_with, '.', 1))
        into found using school, coalesce(chosen -> split_part(t.goes_with, '.', 1), '{{}}'), classes;
    elsif student is not null and t.student is not null then
      execute format('select jsonb_object_agg(c.data_class, c.ids) from (select (%s) as data_class, jsonb_agg(t.id) as ids from public.%I t'
        ' where t.school_id = $1 and (%s) = $2 and (%s) = any($3) group by 1) c', t.holds, t.name, t.student, t.holds)
        into found using school, student, classes;
    elsif student is null and t.dated is not null then
      execute format('select jsonb_object_agg(c.data_class, c.ids) from (select k.data_class, jsonb_agg(t.id) as ids from public.%I t'
        ' join retention_terms() k on k.data_class = (%s) where t.school_id = $1 and %s and k.data_class = any($2)'
        ' and ((%s) + make_interval(years => k.years))::date <= $3 group by 1) c',
        t.name, t.holds, coalesce('(' || t.student || ') is null', 'true'), t.dated) into found using school, classes, until;
    else
      found := null;
    end if;
    chosen := chosen || jsonb_build_object(t.name, coalesce(found, '{{}}'));
  end loop;
  for t in select * from retention_tables where why is null order by position, name loop
    needed := retention_needed(t.name);
    if t.goes_with is not null then
      needed := needed || format(' or exists (select from public.%I r where r.school_id = t.school_id and r.%I = t.id)',
        split_part(t.goes_with, '.', 1), split_part(t.goes_with, '.', 2));
    end if;
    for of_class in select e.key as data_class, array(select x::uuid from jsonb_array_elements_text(e.value) x) as ids from jsonb_each(chosen -> t.name) e loop
      execute format('select coalesce(array_agg(t.id), ''{{}}'') from public.%I t where t.school_id = $1 and t.id = any($2) and not (%s)', t.name, needed)
        into going using school, of_class.ids;
      if t.blanks is not null and of_class.data_class = any(only_emptied) then going := '{{}}'; end if;
      -- What stays and only mentions a row that goes, no longer does.
      for link in
        select r.relname, string_agg(format('r.%I = t.%I', mine.attname, theirs.attname), ' and ') as pairs,
          string_agg(format('%I = null', mine.attname), ', ') filter (where not mine.attnotnull) as cut
        from pg_constraint c join pg_class r on r.oid = c.conrelid cross join unnest(c.conkey, c.confkey) u (own, other)
        join pg_attribute mine on mine.attrelid = c.conrelid and mine.attnum = u.own
        join pg_attribute theirs on theirs.attrelid = c.confrelid and theirs.attnum = u.other
        where c.contype = 'f' and c.confrelid = ('public.' || quote_ident(t.name))::regclass and cardinality(going) > 0
        group by c.oid, r.relname having not bool_and(mine.attnotnull)
      loop
        execute format('update public.%I r set %s from public.%I t where t.school_id = $1 and t.id = any($2) and %s', link.relname, link.cut, t.name, link.pairs)
          using school, going;
      end loop;
      execute format('delete from public.%I t where t.school_id = $1 and t.id = any($2)', t.name) using school, going;
      -- A policy that hides a row from deletion refuses nothing: it is silent.
      get diagnostics deleted = row_count;
      if deleted <> cardinality(going) then
        raise exception 'rows of % are kept from being erased', t.name using errcode = 'insufficient_privilege', constraint = 'retention_erase';
      end if;
      emptied := 0;
      if t.blanks is not null then
        execute format('update public.%I t set %s where t.school_id = $1 and t.id = any($2) and t.id <> all($3) and not (%s)', t.name,
          retention_blank(t.blanks, ', ', '='), retention_blank(t.blanks, ' and ', 'is not distinct from')) using school, of_class.ids, going;
        get diagnostics emptied = row_count;
      end if;
      gone := gone || going;
      if cardinality(going) + emptied > 0 then
        counts := jsonb_set(counts, array[of_class.data_class], coalesce(counts -> of_class.data_class, '{{}}')
          || jsonb_build_object(t.name, jsonb_build_object('erased', cardinality(going), 'emptied', emptied)));
      end if;
    end loop;
  end loop;
  -- The record of changes keeps who, when and which fields; what was in them goes with the rows.
  update audit_entries e set before = null, after = null, content_salt = null, erased_by = told
  where e.school_id = school and (e.before is not null or e.after is not null) and (
    student is not null and e.student_id = student and (e.data_classes <@ classes or e.entity_id = any(gone))
    or e.student_id is null and e.entity_id = any(gone));
  return counts;
end $$
"""
# A dry run is the erasure itself, taken back: what it tells is what will happen.
TRY = """
create function retention_try(student uuid, classes text[], until date) returns jsonb
language plpgsql set search_path = pg_catalog, public as $$
begin
  raise exception using errcode = 'NY001', message = retention_erase(student, classes, until, gen_random_uuid())::text;
exception when sqlstate 'NY001' then
  return sqlerrm::jsonb;
end $$
"""
DUE = f"""
create function retention_due(until date) returns table (student_id uuid, left_on date, due_on date, data_classes text[], is_held boolean)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  school uuid := {SCHOOL};
  pending text := 'select null::uuid, null::text where false';
  t record;
begin
  for t in select * from retention_tables where why is null and student is not null loop
    pending := pending || format(' union select (%s), (%s) from public.%I t where t.school_id = $1 and (%s) in (select g.id from gone g) and (%s)',
      t.student, t.holds, t.name, t.student,
      case when t.blanks is null then 'not (' || retention_needed(t.name) || ')'
      else format('not (%s) or not (%s) and exists (select from retention_terms() k where k.data_class = (%s) and k.action = ''erase'')',
        retention_blank(t.blanks, ' and ', 'is not distinct from'), retention_needed(t.name), t.holds) end);
  end loop;
  return query execute format($q$
    with gone as materialized (
      select s.id, left_on(s.id) as day from students s
      where s.school_id = $1 and s.status in ('graduated', 'transferred_out', 'dropped_out', 'deceased', 'merged')),
    due as materialized (
      select g.id, g.day, k.data_class, (g.day + make_interval(years => k.years))::date as due_on
      from gone g cross join retention_terms() k where k.action <> 'keep' and (g.day + make_interval(years => k.years))::date <= $2),
    pending (id, data_class) as (%s)
    select g.id, g.day, g.first, array(select k.data_class from due k where k.id = g.id and k.due_on <= g.at order by 1), is_held(g.id)
    from (select d.id, d.day, greatest(d.due_on, school_day()) as at, min(d.due_on) as first
          from due d join pending p on p.id = d.id and p.data_class = d.data_class group by 1, 2, 3) g order by 3, 1 $q$, pending) using school, until;
end $$
"""
PREVIEW = f"""
create function retention_preview(run uuid, whose uuid, since date, due date, classes text[]) returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  school uuid := {SCHOOL};
  held boolean := is_held(whose);
  found jsonb;
begin
  perform pg_advisory_xact_lock(hashtextextended('retention ' || school::text, 0));
  if not exists (select from retention_runs r where r.school_id = school and r.id = run and r.shown_at is null) then
    raise exception 'this dry run is over' using errcode = 'check_violation', constraint = 'retention_run';
  end if;
  if exists (select from retention_items i where i.school_id = school and i.run_id = run and i.student_id is not distinct from whose and i.due_on = due) then
    return;
  end if;
  found := case when held then '{{}}' else retention_try(whose, classes, due) end;
  if whose is null then
    classes := array(select jsonb_object_keys(found) order by 1);
    if cardinality(classes) = 0 then return; end if;
  end if;
  insert into retention_items (school_id, id, run_id, student_id, left_on, due_on, data_classes, counts, state, first_shown_on)
  values (school, gen_random_uuid(), run, whose, since, due, classes, found, case when held then 'held' else 'shown' end, coalesce((
    select min(i.first_shown_on) from retention_items i join retention_runs r on r.school_id = i.school_id and r.id = i.run_id
    where i.school_id = school and i.student_id is not distinct from whose and i.data_classes = classes and i.counts = found and i.state = 'shown'
      and r.shown_at = (select max(n.shown_at) from retention_runs n where n.school_id = school)), school_day()));
end $$
"""
APPLY = f"""
create function retention_apply(item_id uuid) returns text
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  school uuid := {SCHOOL};
  item retention_items;
  told uuid := gen_random_uuid();
  actual jsonb;
  is_due boolean;
begin
  perform pg_advisory_xact_lock(hashtextextended('retention ' || school::text, 0));
  select * into item from retention_items i where i.school_id = school and i.id = item_id for update;
  if item.id is null or item.state <> 'shown' or item.due_on > school_day() then return coalesce(item.state, 'unknown'); end if;
  perform from students s where s.school_id = school and s.id = item.student_id for update;
  select bool_and(k.action <> 'keep' and (item.student_id is null or (left_on(item.student_id) + make_interval(years => k.years))::date <= school_day()))
    into is_due from retention_terms() k where k.data_class = any(item.data_classes);
  if is_held(item.student_id) then
    item.state := 'held';
  elsif not coalesce(is_due, false) or exists (
      select from retention_runs r join retention_runs n on n.school_id = r.school_id and n.shown_at > r.shown_at
      where r.school_id = school and r.id = item.run_id) or not exists (
      select from retention_runs r where r.school_id = school and r.id = item.run_id and r.shown_at is not null) then
    item.state := 'changed';
  else
    begin
      actual := retention_erase(item.student_id, item.data_classes, item.due_on, told);
      -- Rows that went with the last one that pointed to them depend on who else has gone meanwhile.
      if retention_own(actual) is distinct from retention_own(item.counts) then
        raise exception using errcode = 'NY001';
      end if;
      insert into audit_entries (school_id, id, action, entity, entity_id, student_id, data_classes, details)
      select school, told, 'delete', 'retention', item.id, item.student_id, array(select jsonb_object_keys(actual) order by 1),
        jsonb_build_object('run', item.run_id, 'rules', (select jsonb_object_agg(k.data_class, jsonb_build_object(
          'action', k.action, 'years', k.years, 'rule', k.rule_id)) from retention_terms() k where k.data_class = any(item.data_classes)), 'rows', actual);
      item.state := 'done';
    exception when sqlstate 'NY001' then
      item.state := 'changed';
    end;
  end if;
  update retention_items i set state = item.state, ended_at = clock_timestamp(), counts = case when item.state = 'done' then actual else i.counts end
  where i.school_id = school and i.id = item.id;
  return item.state;
end $$
"""
OWN = """
create function retention_own(counts jsonb) returns jsonb language sql stable set search_path = pg_catalog, public as $$
  select coalesce(jsonb_object_agg(c.key, c.rest), '{}') from (
    select c.key, (select coalesce(jsonb_object_agg(x.key, x.value), '{}') from jsonb_each(c.value) x
      where not exists (select from retention_tables t where t.name = x.key and t.goes_with is not null)) as rest
    from jsonb_each(counts) c) c
$$
"""
SALT = """
create function audit_content() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  new.content_salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
  new.content_digest := sha256(new.content_salt || convert_to(jsonb_build_array(new.before, new.after)::text, 'UTF8'));
  return new;
end $$
"""
FUNCTIONS = (DAY, HELD, LEFT, TERMS, BOUNDS, ONE_AT_A_TIME, REFUSE, NEEDED, BLANK, OWN, ERASE, TRY, DUE, PREVIEW, APPLY, SALT)
OPEN = (
    "school_day()",
    "is_held(uuid)",
    "left_on(uuid)",
    "retention_terms()",
    "retention_due(date)",
    "retention_preview(uuid, uuid, date, date, text[])",
    "retention_apply(uuid)",
)
CLOSED = ("retention_erase(uuid, text[], date, uuid)", "retention_try(uuid, text[], date)")

# -- what is kept how long -------------------------------------------------------------------------------


STUDENT = {"student": "t.student_id"}
OWN = {**STUDENT, "holds": "t.data_class"}
ACADEMIC, FAMILY, WELLBEING, BASIC = "'academic'", "'family'", "'wellbeing'", "'basic'"
NEED_CLASS = "(select n.data_class from needs n where n.school_id = t.school_id and n.id = t.need_id)"
GOAL_CLASS = (
    "(select n.data_class from goals g join needs n on n.school_id = g.school_id and n.id = g.need_id "
    "where g.school_id = t.school_id and g.id = t.goal_id)"
)
IMPORTED = "(select i.created_at::date from roster_imports i where i.school_id = t.school_id and i.id = t.import_id)"


def child_of(table: str, column: str, holds: str = "") -> dict[str, str]:
    """A row that belongs to another one, and is of its class where no other is said."""
    return {"student": of(table, column), "holds": holds or of(table, column, "data_class")}


# Each table before those it points to.
KEPT = {
    "consent_events": {**STUDENT, "holds": "'contact'"},
    "consent_scans": {**STUDENT, "holds": "'contact'"},
    "custody_orders": {**STUDENT, "holds": "'protection'"},
    "activation_codes": {"holds": "'contact'", "dated": "t.expires_at::date"},
    "data_requests": OWN,
    "counselling_session_versions": child_of("counselling_sessions", "session_id", "'clinical'"),
    "counselling_sessions": {**STUDENT, "holds": "'clinical'"},
    "counselling_cases": {**STUDENT, "holds": WELLBEING},
    "consent_exemptions": OWN,
    "break_glass_notices": child_of("break_glass_openings", "opening_id", WELLBEING),
    "break_glass_reviews": child_of("break_glass_openings", "opening_id", WELLBEING),
    "break_glass_openings": {**STUDENT, "holds": WELLBEING},
    "handovers": OWN,
    "intervention_versions": child_of("interventions", "intervention_id"),
    "interventions": OWN,
    "plan_measures": {"student": PLAN, "holds": GOAL_CLASS},
    "goals": {"student": PLAN, "holds": NEED_CLASS},
    "needs": {"student": PLAN, "holds": "t.data_class"},
    "plan_reviews": {"student": PLAN, "holds": FAMILY},
    # A plan with a need of a longer term stays for that one; what it says as a whole goes.
    "support_plans": {
        **STUDENT,
        "holds": FAMILY,
        "blanks": dict.fromkeys(("summary", "returned_reason", "template", "end_reason"), "null"),
    },
    "recognition_steps": child_of("recognitions", "recognition_id"),
    "recognitions": OWN,
    "proposals": OWN,
    "special_list_rows": {"student": of("evidence", "evidence_id"), "holds": "t.data_class", "dated": "t.created_at::date"},
    "evidence_changes": child_of("evidence", "evidence_id"),
    "evidence": OWN,
    "census_looks": {**STUDENT, "holds": FAMILY},
    "timeline_entries": OWN,
    "case_leads": {**STUDENT, "holds": FAMILY},
    "dossiers": OWN,
    "result_changes": child_of("results", "result_id", ACADEMIC),
    "results": {**STUDENT, "holds": ACADEMIC},
    "attendance_changes": child_of("attendance_summaries", "summary_id", ACADEMIC),
    "attendance_summaries": {**STUDENT, "holds": ACADEMIC},
    "student_identities": {"student": "t.id", "holds": "'identity'"},
    "student_contacts": {"student": "t.id", "holds": "'contact'"},
    "student_families": {"student": "t.id", "holds": FAMILY},
    "student_economies": {"student": "t.id", "holds": "'economic'"},
    "student_healths": {"student": "t.id", "holds": "'health'"},
    "student_guardians": {**STUDENT, "holds": "'contact'"},
    "guardian_identities": {"holds": "'contact'", "goes_with": "student_guardians.guardian_id"},
    "guardians": {"holds": "'contact'", "goes_with": "student_guardians.guardian_id"},
    "student_records": {"student": "t.id", "holds": BASIC},
    "external_ids": {"student": "case when t.kind = 'student' then t.entity_id end", "holds": BASIC},
    "whereabouts_checks": {**STUDENT, "holds": BASIC, "blanks": {"note": "null"}},
    "student_duplicates": {**STUDENT, "holds": BASIC, "blanks": {"reason": "null"}},
    "students": {
        "student": "t.id",
        "holds": BASIC,
        "blanks": {
            "name": "'（已去标识）'",
            **dict.fromkeys(("pinyin", "initials"), "''"),
            "birth_on": "date_trunc('year', birth_on)::date",
            **dict.fromkeys(("former_name", "student_number", "previous_school_id", "previous_student_id"), "null"),
        },
    },
    "roster_findings": {"holds": "'imports'", "dated": IMPORTED},
}
SPARED = {
    "periods in classes: with the student's name gone they name nobody": "enrolments",
    "the school's own words and catalogues": "consent_texts classes school_years terms level_schemes plan_templates school_settings rule_sets",
    "exams as such; each student's marks are in results": "exams exam_subjects exam_changes",
    "which rules ran when, in counts": "proposal_runs",
    "files brought in, as counts; their cells are in roster_findings": "roster_imports roster_mappings",
    "people who work at the school": "staff class_staff role_assignments service_accounts service_secrets",
    "which account is whose; accounts are closed by the administrator": "memberships",
    "ends by itself within days": "sessions sign_in_tickets",
    "ids, codes and counts": "jobs",
    "the record of who did what: its content goes with the rows it is about": "audit_entries",
    "the account of erasing itself: ids, classes and counts": "retention_rules retention_runs retention_items legal_holds",
}


# Bars for those who work with the service; erasing knows no drafts, and what is said about whoever asks for it goes, too.
BARS = (("drafts_only", "needs"), ("drafts_only", "goals"), ("drafts_only", "plan_measures"), ("not_about_me", "evidence"))


def upgrade() -> None:
    for policy, table in BARS:
        op.execute(f"alter policy {policy} on {table} to nuanyang_app")
    _record()
    _tables()
    for function in FUNCTIONS:
        op.execute(function)
    for name in (*OPEN, *CLOSED):
        op.execute(f"revoke all on function {name} from public")
    for name in OPEN:
        op.execute(f"grant execute on function {name} to nuanyang_app")
    op.execute("create trigger bounds before insert or update on retention_rules for each row execute function retention_bounds()")
    op.execute("create trigger one_at_a_time before insert on legal_holds for each row execute function one_erasure_at_a_time()")
    op.execute(
        "create trigger content before insert on audit_entries for each row when (new.before is not null or new.after is not null) "
        "execute function audit_content()"
    )
    four_eyes(op, "retention_rules", author="created_by", approvers="approved_by", content="data_class action years reason")
    record(op, "retention_rules", student="", data_class="basic")
    record(op, "legal_holds", student="student_id", data_class="protection")
    for table, declared in KEPT.items():
        keep(op, table, **declared)
    for why, tables in SPARED.items():
        spare(op, why, *tables.split())


def _record() -> None:
    # The seal is over a salted digest of the content: with content and salt gone it still holds, and tells nothing.
    for name in ("content_salt", "content_digest"):
        op.add_column("audit_entries", sa.Column(name, sa.LargeBinary(), nullable=True))
    op.add_column("audit_entries", sa.Column("erased_by", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_audit_entries_entity",
        "audit_entries",
        ["school_id", "entity_id"],
        postgresql_where=sa.text("student_id is null and entity_id is not null"),
    )
    op.execute(f"create policy erasing on audit_entries for update to nuanyang_owner using (school_id = {SCHOOL})")


def _tables() -> None:
    op.create_table(
        "retention_classes",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("choices", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_retention_classes")),
    )
    op.create_table(
        "retention_tables",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Numeric(), nullable=False),
        sa.Column("student", sa.Text(), nullable=True),
        sa.Column("holds", sa.Text(), nullable=True),
        sa.Column("dated", sa.Text(), nullable=True),
        sa.Column("goes_with", sa.Text(), nullable=True),
        sa.Column("blanks", postgresql.JSONB(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.CheckConstraint("(why is null) = (holds is not null)", name=op.f("ck_retention_tables_declared")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_retention_tables")),
    )
    op.create_table(
        "retention_rules",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("approved_content", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(approved_at is null) = (approved_by is null)", name=op.f("ck_retention_rules_approved")),
        sa.CheckConstraint("(withdrawn_at is null) = (withdrawn_by is null)", name=op.f("ck_retention_rules_withdrawn")),
        sa.CheckConstraint("approved_at is null or withdrawn_at is null", name=op.f("ck_retention_rules_one_end")),
        sa.ForeignKeyConstraint(["data_class"], ["retention_classes.name"], name=op.f("fk_retention_rules_data_class")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_retention_rules")),
    )
    # One proposal a class waits for an answer.
    op.create_index(
        "uq_retention_rules_open",
        "retention_rules",
        ["school_id", "data_class"],
        unique=True,
        postgresql_where=sa.text("approved_at is null and withdrawn_at is null"),
    )
    op.create_index("ix_retention_rules_approved", "retention_rules", ["school_id", "data_class", "approved_at"])
    op.create_table(
        "retention_runs",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("files_to_close", sa.Integer(), server_default="0", nullable=False),
        sa.Column("undated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rules", postgresql.JSONB(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_by", sa.Uuid(), nullable=True),
        sa.Column("files_closed", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_retention_runs")),
    )
    op.create_index("ix_retention_runs_shown", "retention_runs", ["school_id", "shown_at"])
    op.create_table(
        "retention_items",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("data_classes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("counts", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("first_shown_on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('shown', 'held', 'changed', 'done')", name=op.f("ck_retention_items_state")),
        sa.ForeignKeyConstraint(
            ["school_id", "run_id"], ["retention_runs.school_id", "retention_runs.id"], name=op.f("fk_retention_items_school_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_retention_items_student")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_retention_items")),
    )
    op.create_index("ix_retention_items_run", "retention_items", ["school_id", "run_id", "due_on", "id"])
    op.create_index("ix_retention_items_student", "retention_items", ["school_id", "student_id"])
    op.create_table(
        "legal_holds",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lift_reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(lifted_at is null) = (lift_reason is null)", name=op.f("ck_legal_holds_lifted")),
        sa.ForeignKeyConstraint(["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_legal_holds_student")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_legal_holds")),
    )
    op.create_index("ix_legal_holds_student", "legal_holds", ["school_id", "student_id"], postgresql_where=sa.text("lifted_at is null"))
    protect(op, "retention_rules", "retention_runs", "legal_holds", grants="select, insert")
    # What was agreed, shown and asked for stays as it is; only how it ended is added.
    op.execute("grant update (approved_at, approved_by, withdrawn_at, withdrawn_by) on retention_rules to nuanyang_app")
    op.execute("grant update (shown_at, applied_at, applied_by, files_closed) on retention_runs to nuanyang_app")
    op.execute("grant update (lifted_at, lifted_by, lift_reason) on legal_holds to nuanyang_app")
    # Only the dry run itself says what it has shown.
    protect(op, "retention_items", grants="select")
    share(op, "retention_classes", "retention_tables")
    for position, (name, action, years, least, most, choices, ground) in enumerate(CLASSES):
        values = ", ".join("null" if value is None else f"'{value}'" for value in (name, action, years, least, most, choices, ground))
        op.execute(
            f"insert into retention_classes (name, action, years, least, most, choices, ground, position) values ({values}, {position})"
        )


def downgrade() -> None:
    connection = op.get_bind()
    for (name,) in connection.execute(sa.text("select name from retention_tables")).all():
        let_go(op, name)
    op.execute("drop trigger content on audit_entries")
    for table in ("legal_holds", "retention_items", "retention_runs", "retention_rules", "retention_tables", "retention_classes"):
        op.drop_table(table)
    for function in reversed(FUNCTIONS):
        name = function.split("create function ", 1)[1].split("(", 1)[0]
        op.execute(f"drop function {name}")
    op.execute("drop policy erasing on audit_entries")
    for policy, table in BARS:
        op.execute(f"alter policy {policy} on {table} to public")
    op.drop_index("ix_audit_entries_entity", "audit_entries")
    for name in ("erased_by", "content_digest", "content_salt"):
        op.drop_column("audit_entries", name)
