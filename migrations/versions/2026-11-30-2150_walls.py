"""Walls within a school: what is about students is seen by class of data and by scope, in the database as well."""

import sqlalchemy as sa
from alembic import op
from tenancy import SCHOOL, all_schools
from walls import school, unwall, wall

revision = "0050"
down_revision = "0047"
branch_labels = None
depends_on = None

TABLES = (
    *("students", "student_records", "enrolments", "whereabouts_checks", "student_duplicates", "census_looks"),
    *("student_contacts", "student_guardians", "guardians", "student_identities", "guardian_identities"),
    *("student_families", "student_economies", "student_healths"),
    *("results", "result_changes", "attendance_summaries", "attendance_changes"),
    *("evidence", "evidence_changes", "special_list_rows", "proposals", "recognitions", "recognition_steps"),
    *("dossiers", "case_leads", "timeline_entries"),
    *("support_plans", "plan_reviews", "needs", "goals", "plan_measures"),
    *("interventions", "intervention_versions"),
    *("custody_orders", "consent_events", "consent_scans", "consent_exemptions", "data_requests", "legal_holds"),
    *("counselling_cases", "counselling_sessions", "counselling_session_versions"),
    *("break_glass_openings", "break_glass_notices", "break_glass_reviews", "handovers"),
)
# What else a school has.
OTHERS = (
    *("school_settings", "school_years", "terms", "classes", "staff", "class_staff", "exams", "exam_subjects", "exam_changes"),
    *("level_schemes", "plan_templates", "rule_sets", "proposal_runs", "roster_mappings", "roster_imports", "roster_findings"),
    *("memberships", "role_assignments", "service_accounts", "service_secrets", "external_ids"),
)
# table, the row above it and the column that leads there, what is taken over from it
BELOW = (
    ("needs", "support_plans", "plan_id", "student_id", ""),
    ("goals", "needs", "need_id", "wall_student", "data_class"),
    ("plan_measures", "goals", "goal_id", "wall_student", "wall_class"),
    ("plan_reviews", "support_plans", "plan_id", "student_id", ""),
    ("recognition_steps", "recognitions", "recognition_id", "student_id", "data_class"),
    ("result_changes", "results", "result_id", "student_id", ""),
    ("attendance_changes", "attendance_summaries", "summary_id", "student_id", ""),
)
# The students of somebody's scopes, once a transaction; the caller's own rights say which, whatever the walls show of them.
OPEN = f"""
create function open_walls(scopes integer) returns void language plpgsql security definer
set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
declare
  school uuid := {SCHOOL};
  classes uuid[];
  found text[] := '{{}}';
  one text;
begin
  for n in 1 .. scopes loop
    classes := nullif(current_setting('app.scope_' || n || '_classes', true), '');
    one := (
      array(select s.id from public.students s where s.school_id = school and s.class_id = any(classes))
      || nullif(current_setting('app.scope_' || n || '_students', true), '')::uuid[])::text;
    found := found || one;
    perform set_config('app.scope_' || n, one, true);
  end loop;
  foreach one in array coalesce(nullif(current_setting('app.opened', true), ''), '{{}}')::text[] loop
    perform set_config('app.' || split_part(one, ':', 1), found[split_part(one, ':', 2)::int], true);
  end loop;
end $$
"""
# A class or a student that is corrected is so in what hangs below; by an update of nothing, which fills it in anew.
PASSED_ON = """
create function pass_wall_on() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  execute format('update public.%I t set wall_student = null where t.school_id = $1 and t.%I = $2', tg_argv[0], tg_argv[1])
    using new.school_id, new.id;
  return null;
end $$
"""


def filling(table: str, above: str, by: str, student: str, data_class: str) -> str:
    """What a row below needs of the row above it, so that a policy looks nothing up; whoever writes may not see what is above."""
    taken, into = f"a.{student}", "new.wall_student"
    if data_class:
        taken, into = f"{taken}, a.{data_class}", f"{into}, new.wall_class"
    return f"""
create function fill_wall_{table}() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  select {taken} into {into} from public.{above} a where a.school_id = new.school_id and a.id = new.{by};
  return new;
end $$
"""


# Whoever is complained of is never told: what is kept from somebody is subtracted, whether they would see its row or not.
WITHHELD = f"""
create function withheld_recognitions(staff uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(r.id), '{{}}') from public.recognitions r
  where r.school_id = {SCHOOL} and r.withheld_from_staff_ids <> '{{}}' and staff = any(r.withheld_from_staff_ids)
$$
"""
WITHHELD_STUDENTS = WITHHELD.replace("withheld_recognitions", "withheld_students").replace(
    "array_agg(r.id)", "array_agg(distinct r.student_id)"
)
EMPTY = f"""
create function plan_is_empty(plan uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public as $$
  select not exists (select from public.needs n where n.school_id = {SCHOOL} and n.plan_id = plan)
$$
"""
FUNCTIONS = {
    "plan_is_empty(uuid)": EMPTY,
    "open_walls(integer)": OPEN,
    "withheld_recognitions(uuid)": WITHHELD,
    "withheld_students(uuid)": WITHHELD_STUDENTS,
    "pass_wall_on()": PASSED_ON,
}
# What is filled in is nobody's change and stands in no entry of the record.
_UNRECORDED = ("initials,school_id}", "initials,school_id,wall_student,wall_class}")
UNRECORDED = """
do $do$ begin
  execute replace(pg_get_functiondef('public.record_change()'::regprocedure), '{}', '{}');
end $do$
"""
DEFINERS = ("record_student(text, jsonb)", "recognition_deciders()")


def upgrade() -> None:
    for name, function in FUNCTIONS.items():
        op.execute(function)
        op.execute(f"revoke all on function {name} from public")
    for name in ("open_walls(integer)", "plan_is_empty(uuid)", "withheld_recognitions(uuid)", "withheld_students(uuid)"):
        op.execute(f"grant execute on function {name} to nuanyang_app")
    op.execute(UNRECORDED.format(*_UNRECORDED))
    # The record names the student, and four eyes count the steps, whoever is behind which wall.
    for name in DEFINERS:
        op.execute(f"alter function {name} security definer")
    op.execute("create index ix_recognitions_withheld on recognitions (school_id) where withheld_from_staff_ids <> '{}'")
    for table, above, by, student, data_class in BELOW:
        _below(table, above, by, student, data_class)
    wall(op, *TABLES)
    for table in OTHERS:
        school(op, table)


def _below(table: str, above: str, by: str, student: str, data_class: str) -> None:
    columns = "wall_student, wall_class" if data_class else "wall_student"
    op.add_column(table, sa.Column("wall_student", sa.Uuid(), nullable=True))
    if data_class:
        op.add_column(table, sa.Column("wall_class", sa.Text(), nullable=True))
    op.execute(filling(table, above, by, student, data_class))
    op.execute(f"revoke all on function fill_wall_{table}() from public")
    op.execute(
        f"create trigger fill_wall before insert or update of {by}, {columns} on {table} for each row execute function fill_wall_{table}()"
    )
    with all_schools(op, table, above):
        op.execute(f"alter table {table} disable trigger user")
        taken = f"wall_student = a.{student}" + (f", wall_class = a.{data_class}" if data_class else "")
        op.execute(f"update {table} t set {taken} from {above} a where a.school_id = t.school_id and a.id = t.{by}")
        op.execute(f"alter table {table} enable trigger user")
    told = [column for column in (student, data_class) if column]
    changed = " or ".join(f"old.{column} is distinct from new.{column}" for column in told)
    op.execute(
        f"create trigger pass_wall_on_{table} after update of {', '.join(told)} on {above} for each row "
        f"when ({changed}) execute function pass_wall_on('{table}', '{by}')"
    )


def downgrade() -> None:
    for table in (*TABLES, *OTHERS):
        school(op, table, SCHOOL)
    unwall(op, *TABLES)
    for table, above, _, _, data_class in reversed(BELOW):
        op.execute(f"drop trigger fill_wall on {table}")
        op.execute(f"drop function fill_wall_{table}()")
        op.execute(f"drop trigger pass_wall_on_{table} on {above}")
        if data_class:
            op.drop_column(table, "wall_class")
        op.drop_column(table, "wall_student")
    op.execute("drop index ix_recognitions_withheld")
    op.execute(UNRECORDED.format(*reversed(_UNRECORDED)))
    for name in DEFINERS:
        op.execute(f"alter function {name} security invoker")
    for name in FUNCTIONS:
        op.execute(f"drop function {name}")
