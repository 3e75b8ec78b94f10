"""The record of who changed and who saw what: append-only, sealed into a chain; every change is recorded by the database itself."""

import sqlalchemy as sa
from alembic import op
from auditing import forget, record
from sqlalchemy.dialects import postgresql
from tenancy import ACCOUNT, SCHOOL

revision = "0030"
down_revision = "0018"
branch_labels = None
depends_on = None

# More rows than this inserted by one statement are one entry with the students' ids: a sheet of results, a class's attendance.
MANY = 100

STUDENT_OF = """
create function record_student(how text, changed jsonb) returns uuid language sql stable set search_path = pg_catalog, public as $$
  select case how
    when '' then null
    when 'plan' then (select p.student_id from public.support_plans p where p.school_id = (changed ->> 'school_id')::uuid and p.id = (changed ->> 'plan_id')::uuid)
    when 'recognition' then
      (select r.student_id from public.recognitions r where r.school_id = (changed ->> 'school_id')::uuid and r.id = (changed ->> 'recognition_id')::uuid)
    when 'intervention' then
      (select i.student_id from public.interventions i where i.school_id = (changed ->> 'school_id')::uuid and i.id = (changed ->> 'intervention_id')::uuid)
    else (changed ->> how)::uuid
  end
$$
"""

# What people never typed and nobody needs to see twice.
_NOISE = "'{version,updated_at,pinyin,initials,school_id}'"

CHANGE = f"""
create function record_change() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare
  how text := tg_argv[0];
  class_of text := tg_argv[1];
  secret text[] := string_to_array(tg_argv[2], ' ');
  is_import boolean := coalesce(current_setting('app.purpose', true), '') = 'import';
  many bigint;
begin
  if tg_op = 'INSERT' then
    -- Of a roster's new pupil one entry tells; what comes along with him is his.
    if is_import and tg_table_name <> 'students' then return null; end if;
    select count(*) into many from new_rows;
    if many > {MANY} and not is_import then
      insert into public.audit_entries (school_id, action, entity, student_ids, data_classes, fields, details)
        select (to_jsonb(n) ->> 'school_id')::uuid, 'create', tg_table_name, array_agg(distinct public.record_student(how, to_jsonb(n))) filter (where how <> ''),
          array_agg(distinct case when class_of like 'column:%' then to_jsonb(n) ->> substr(class_of, 8) else class_of end), '{{}}',
          jsonb_build_object('rows', count(*))
        from new_rows n group by 1;
    else
      insert into public.audit_entries (school_id, action, entity, entity_id, student_id, data_classes, fields, after)
        select (r.row ->> 'school_id')::uuid, 'create', tg_table_name, (r.row ->> 'id')::uuid, public.record_student(how, r.row),
          array[case when class_of like 'column:%' then r.row ->> substr(class_of, 8) else class_of end],
          case when is_import then '{{}}'::text[] else d.fields end, case when is_import then null else d.after end
        from (select to_jsonb(n) as row from new_rows n) r,
          lateral (select array_agg(v.key order by v.key) as fields,
              jsonb_object_agg(v.key, case when v.key = any(secret) then '"•"'::jsonb else v.value end) as after
            from jsonb_each(r.row) v where v.value <> 'null' and v.key <> all ({_NOISE}) and v.key <> 'id') d;
    end if;
  elsif tg_op = 'UPDATE' then
    insert into public.audit_entries (school_id, action, entity, entity_id, student_id, data_classes, fields, before, after)
      select (r.new ->> 'school_id')::uuid, 'change', tg_table_name, (r.new ->> 'id')::uuid, public.record_student(how, r.new),
        array[case when class_of like 'column:%' then r.new ->> substr(class_of, 8) else class_of end], d.fields, d.before, d.after
      from (select to_jsonb(o) as old, to_jsonb(n) as new from old_rows o join new_rows n on n.school_id = o.school_id and n.id = o.id
            where n is distinct from o) r,
        lateral (select array_agg(b.key order by b.key) as fields,
            jsonb_object_agg(b.key, case when b.key = any(secret) then '"•"'::jsonb else b.value end) as before,
            jsonb_object_agg(b.key, case when b.key = any(secret) then '"•"'::jsonb else a.value end) as after
          from jsonb_each(r.old) b join jsonb_each(r.new) a on a.key = b.key
          where a.value is distinct from b.value and b.key <> all ({_NOISE})) d
      -- The same values under another key are no change; the fields of such a row are ciphers only.
      where d.fields is not null and not (coalesce(current_setting('app.purpose', true), '') = 'keys' and d.fields <@ secret);
  else
    insert into public.audit_entries (school_id, action, entity, entity_id, student_id, data_classes, fields, before)
      select (r.row ->> 'school_id')::uuid, 'delete', tg_table_name, (r.row ->> 'id')::uuid, public.record_student(how, r.row),
        array[case when class_of like 'column:%' then r.row ->> substr(class_of, 8) else class_of end], d.fields, d.before
      from (select to_jsonb(o) as row from old_rows o) r,
        lateral (select array_agg(v.key order by v.key) as fields,
            jsonb_object_agg(v.key, case when v.key = any(secret) then '"•"'::jsonb else v.value end) as before
          from jsonb_each(r.row) v where v.value <> 'null' and v.key <> all ({_NOISE}) and v.key <> 'id') d;
  end if;
  return null;
end $$
"""

# table, student, class, secret columns
RECORDED = (
    ("students", "id", "basic", ""),
    ("student_identities", "id", "identity", "identity_cipher identity_index registration_cipher registration_index"),
    ("guardian_identities", "", "identity", "identity_cipher identity_index"),
    ("student_contacts", "id", "contact", ""),
    ("student_families", "id", "family", ""),
    ("student_economies", "id", "economic", ""),
    ("student_healths", "id", "health", ""),
    ("student_records", "id", "basic", ""),
    ("student_guardians", "student_id", "contact", ""),
    ("guardians", "", "contact", ""),
    ("enrolments", "student_id", "basic", ""),
    ("results", "student_id", "academic", ""),
    ("attendance_summaries", "student_id", "academic", ""),
    ("evidence", "student_id", "column:data_class", ""),
    ("special_list_rows", "", "column:data_class", ""),
    ("recognitions", "student_id", "column:data_class", ""),
    ("recognition_steps", "recognition", "family", ""),
    ("dossiers", "student_id", "column:data_class", ""),
    ("case_leads", "student_id", "family", ""),
    ("support_plans", "student_id", "family", ""),
    ("needs", "plan", "column:data_class", ""),
    ("goals", "plan", "family", ""),
    ("plan_measures", "plan", "family", ""),
    ("plan_reviews", "plan", "family", ""),
    ("interventions", "student_id", "column:data_class", ""),
    ("whereabouts_checks", "student_id", "basic", ""),
    ("student_duplicates", "student_id", "basic", ""),
    ("rule_sets", "", "academic", ""),
    ("role_assignments", "", "basic", ""),
    ("memberships", "", "basic", ""),
)

# Whoever asks must be the principal, or a counsellor or case lead of this very student: the function looks, whatever the caller says.
READING = f"""
create function audit_of_student(student uuid, before_at timestamptz, before_id uuid, at_most integer)
returns table (id uuid, at timestamptz, account_id uuid, action text, operation text, entity text, entity_id uuid, data_classes text[], fields text[],
  before jsonb, after jsonb, ground text[], origin text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select e.id, e.at, e.account_id, e.action, e.operation, e.entity, e.entity_id, e.data_classes, e.fields, e.before, e.after, e.ground, e.origin
  from public.audit_entries e
  where e.school_id = {SCHOOL} and (e.student_id = student or e.student_ids @> array[student]) and (before_at is null or (e.at, e.id) < (before_at, before_id))
    and exists (
      select from public.role_assignments r
      where r.school_id = e.school_id and r.account_id = {ACCOUNT} and r.valid_from <= current_date and (r.valid_to is null or r.valid_to >= current_date)
        and (r.role = 'principal' or r.role = 'counsellor' and exists (
          select from public.memberships m join public.case_leads c on c.school_id = m.school_id and c.staff_id = m.person_id
          where m.school_id = e.school_id and m.account_id = r.account_id and c.student_id = student and c.valid_to is null)))
  order by e.at desc, e.id desc limit at_most
$$
"""
READING_SCHOOL = f"""
create function audit_of_school(since timestamptz, until timestamptz, by_account uuid, of_action text, before_at timestamptz, before_id uuid, at_most integer)
returns table (id uuid, at timestamptz, account_id uuid, action text, operation text, entity text, entity_id uuid, student_id uuid, student_ids uuid[],
  data_classes text[], fields text[], before jsonb, after jsonb, ground text[], origin text, details jsonb)
language sql stable security definer set search_path = pg_catalog, public as $$
  select e.id, e.at, e.account_id, e.action, e.operation, e.entity, e.entity_id, e.student_id, e.student_ids, e.data_classes, e.fields, e.before, e.after,
    e.ground, e.origin, e.details
  from public.audit_entries e
  where e.school_id = {SCHOOL} and (since is null or e.at >= since) and (until is null or e.at < until) and (by_account is null or e.account_id = by_account)
    and (of_action is null or e.action = of_action) and (before_at is null or (e.at, e.id) < (before_at, before_id))
    and exists (select from public.role_assignments r where r.school_id = e.school_id and r.account_id = {ACCOUNT} and r.role = 'principal'
      and r.valid_from <= current_date and (r.valid_to is null or r.valid_to >= current_date))
  order by e.at desc, e.id desc limit at_most
$$
"""


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column(
            "account_id", sa.Uuid(), server_default=sa.text("nullif(current_setting('app.account_id', true), '')::uuid"), nullable=True
        ),
        sa.Column("purpose", sa.Text(), server_default=sa.text("nullif(current_setting('app.purpose', true), '')"), nullable=True),
        sa.Column("origin", sa.Text(), server_default=sa.text("nullif(current_setting('app.origin', true), '')"), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=True),
        sa.Column("entity", sa.Text(), nullable=True),
        sa.Column("entity_id", sa.Uuid(), nullable=True),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("student_ids", postgresql.ARRAY(sa.Uuid()), nullable=True),
        sa.Column("data_classes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("fields", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.Column("after", postgresql.JSONB(), nullable=True),
        sa.Column("ground", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("details", postgresql.JSONB(), nullable=True),
        sa.Column("seal", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("action in ('read', 'create', 'change', 'delete')", name=op.f("ck_audit_entries_action")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_audit_entries")),
    )
    op.create_index("ix_audit_entries_at", "audit_entries", ["school_id", "at", "id"])
    op.create_index(
        "ix_audit_entries_student",
        "audit_entries",
        ["school_id", "student_id", "at", "id"],
        postgresql_where=sa.text("student_id is not null"),
    )
    op.create_index(
        "ix_audit_entries_students",
        "audit_entries",
        ["school_id", "student_ids"],
        postgresql_using="gin",
        postgresql_where=sa.text("student_ids is not null"),
    )
    op.create_index("ix_audit_entries_unsealed", "audit_entries", ["at"], postgresql_where=sa.text("seal is null"))
    op.create_index("ix_audit_entries_seal", "audit_entries", ["seal"])
    op.create_table(
        "audit_seals",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        # For each entry its id (16 bytes) and its hash (32): so that the one that was touched can be named.
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_seals")),
    )
    op.create_table(
        "audit_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entries", sa.BigInteger(), nullable=True),
        sa.Column("seals", sa.BigInteger(), nullable=True),
        sa.Column("head", sa.Text(), nullable=True),
        sa.Column("findings", postgresql.JSONB(), nullable=True),
        sa.CheckConstraint("(checked_at is null) = (findings is null)", name=op.f("ck_audit_checks_checked")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_checks")),
    )
    op.create_index("ix_audit_checks_newest", "audit_checks", ["requested_at", "id"])
    op.execute("alter table audit_entries enable row level security")
    op.execute("alter table audit_entries force row level security")
    op.execute(f"create policy school on audit_entries for insert with check (school_id = {SCHOOL})")
    # The two functions below run as the owner; nothing of the service connects as the owner.
    op.execute("create policy reading on audit_entries for select to nuanyang_owner using (true)")
    op.execute("create policy sealing on audit_entries for select to nuanyang_sealer using (true)")
    # A sealed entry can never be sealed anew.
    op.execute("create policy seal on audit_entries for update to nuanyang_sealer using (seal is null) with check (seal is not null)")
    told = "school_id, action, operation, entity, entity_id, student_id, student_ids, data_classes, fields, before, after, ground, details"
    # Who, when and from where are the database's own words: not even the application can write others.
    op.execute(f"grant insert ({told}) on audit_entries to nuanyang_app")
    op.execute("grant select, update (seal) on audit_entries to nuanyang_sealer")
    op.execute("grant select, insert on audit_seals to nuanyang_sealer")
    # People ask for a verification; what it found only the sealer can write.
    op.execute("grant select, insert (id, requested_by) on audit_checks to nuanyang_app")
    op.execute("grant select, insert, update on audit_checks to nuanyang_sealer")
    op.execute("grant select on alembic_version to nuanyang_sealer")
    for function in (STUDENT_OF, CHANGE, READING, READING_SCHOOL):
        op.execute(function)
    for name in (
        "audit_of_student(uuid, timestamptz, uuid, integer)",
        "audit_of_school(timestamptz, timestamptz, uuid, text, timestamptz, uuid, integer)",
    ):
        op.execute(f"revoke all on function {name} from public")
        op.execute(f"grant execute on function {name} to nuanyang_app")
    for table, student, data_class, secret in RECORDED:
        record(op, table, student=student, data_class=data_class, secret=secret)


def downgrade() -> None:
    for table, *_ in RECORDED:
        forget(op, table)
    op.execute("drop function audit_of_school(timestamptz, timestamptz, uuid, text, timestamptz, uuid, integer)")
    op.execute("drop function audit_of_student(uuid, timestamptz, uuid, integer)")
    op.execute("drop function record_change()")
    op.execute("drop function record_student(text, jsonb)")
    op.drop_table("audit_checks")
    op.drop_table("audit_seals")
    op.drop_table("audit_entries")
