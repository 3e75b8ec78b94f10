"""Consents: texts, events and scans that are only added; the state as the database sees it; the gate that other tables hang on it."""

import sqlalchemy as sa
from alembic import op
from auditing import forget, record
from tenancy import SCHOOL, protect

revision = "00451"
down_revision = "0045"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PURPOSES = "purpose in ('file', 'screening', 'counselling', 'pairing', 'community')"
ZONE = "Asia/Shanghai"
# table, student, class, secret columns
RECORDED = (
    ("consent_texts", "", "basic", ""),
    ("consent_scans", "student_id", "contact", "content"),
    ("consent_events", "student_id", "contact", ""),
    ("consent_exemptions", "student_id", "column:data_class", ""),
)
# What is recorded with consent only; the catalogue of kinds of measures says the same.
GATED = (
    ("community", "'S2.2.community_referral'"),
    ("pairing", "'S3.3.volunteer_tutoring', 'S3.3.volunteer_companionship'"),
)
TABLES = ("consent_texts", "consent_scans", "consent_events", "consent_exemptions")

# Who speaks for a child on a day: guardians whose relation has not ended and whom no order keeps away.
STANDS = f"""
create function consent_stands(student uuid, guardian uuid, on_day date) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (
      select from public.student_guardians g
      where g.school_id = {SCHOOL} and g.student_id = student and g.guardian_id = guardian and g.is_guardian and g.ended_on is null)
    and not public.custody_keeps(student, guardian, on_day)
$$
"""
DECIDES = f"""
create function consent_decides_alone(student uuid, on_day date) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce((select s.birth_on + interval '14 years' <= on_day from public.students s where s.school_id = {SCHOOL} and s.id = student), false)
$$
"""
# The one place that says how a consent stands. The pupil's own word goes before the guardians', a no before a yes, and old texts no longer count.
# What a guardian said while the child was younger holds until the pupil says otherwise. Whoever no longer stands for the child, or is kept from
# it, has no word, neither yes nor no.
STATE = f"""
create function consent_state(student uuid, of_purpose text, on_day date) returns text
language sql stable security definer set search_path = pg_catalog, public as $$
  with last as (
    select distinct on (e.guardian_id) e.guardian_id, e.action, e.text_number
    from public.consent_events e
    where e.school_id = {SCHOOL} and e.student_id = student and e.purpose = of_purpose
    order by e.guardian_id, e.happened_on desc, e.recorded_at desc, e.id desc),
  counted as (
    select l.action, l.text_number from last l
    where case when exists (select from last o where o.guardian_id is null) then l.guardian_id is null
               else public.consent_stands(student, l.guardian_id, on_day) end),
  least_text as (
    select coalesce(max(t.number), 1) as number from public.consent_texts t
    where t.school_id = {SCHOOL} and t.purpose = of_purpose and t.asks_again)
  select case
    when exists (select from counted c where c.action = 'withdrawn') then 'withdrawn'
    when not exists (select from counted) then 'missing'
    when (select max(c.text_number) from counted c) >= (select l.number from least_text l) then 'given'
    else 'outdated' end
$$
"""
KEY = """
create function consent_key(school uuid, student uuid, of_purpose text) returns bigint language sql immutable set search_path = pg_catalog as $$
  select hashtextextended('consent ' || school || student || of_purpose, 0)
$$
"""
# Nobody speaks who does not stand for the child, nor clicks in a guardian's name; and no word falls between a gate's look and its commit.
SPOKEN = f"""
create function consent_spoken() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  day date := (clock_timestamp() at time zone '{ZONE}')::date;
begin
  perform pg_advisory_xact_lock(consent_key(new.school_id, new.student_id, new.purpose));
  if new.guardian_id is null then
    if not consent_decides_alone(new.student_id, day) then
      raise exception 'a guardian decides for whoever is under fourteen' using errcode = 'check_violation', constraint = 'consent_too_young';
    end if;
  elsif not consent_stands(new.student_id, new.guardian_id, day) then
    raise exception 'this guardian does not speak for the child' using errcode = 'check_violation', constraint = 'consent_no_voice';
  elsif new.action = 'given' and consent_decides_alone(new.student_id, new.happened_on) then
    raise exception 'from fourteen on the pupil decides' using errcode = 'check_violation', constraint = 'consent_own_age';
  end if;
  if new.how = 'portal' and not exists (
    select from memberships m where m.school_id = new.school_id and m.person_kind = 'guardian' and m.person_id = new.guardian_id
      and m.account_id = new.recorded_by and m.account_id = nullif(current_setting('app.account_id', true), '')::uuid) then
    raise exception 'nobody says it in the portal but the guardian' using errcode = 'check_violation', constraint = 'consent_not_own';
  end if;
  return new;
end $$
"""
# Hung on a table by its migration: for each row execute function consent_gate('student_id', 'screening'[, 'exemption_id']).
GATE = f"""
create function consent_gate() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  said jsonb := to_jsonb(new);
  student uuid := (said ->> tg_argv[0])::uuid;
  exemption uuid := case when tg_nargs > 2 then (said ->> tg_argv[2])::uuid end;
begin
  perform pg_advisory_xact_lock_shared(consent_key(new.school_id, student, tg_argv[1]));
  -- A crisis and a mandatory report never wait; each time with its own reason, written in the very transaction.
  if exemption is not null and exists (
    select from consent_exemptions x where x.school_id = new.school_id and x.id = exemption and x.student_id = student
      and x.purpose = tg_argv[1] and x.recorded_at = now()) then
    return new;
  end if;
  if consent_state(student, tg_argv[1], (clock_timestamp() at time zone '{ZONE}')::date) <> 'given' then
    raise exception 'no consent for %', tg_argv[1] using errcode = 'check_violation', constraint = 'consent_gate';
  end if;
  return new;
end $$
"""
DEFINED = (
    ("consent_stands(uuid, uuid, date)", STANDS),
    ("consent_decides_alone(uuid, date)", DECIDES),
    ("consent_state(uuid, text, date)", STATE),
)


def upgrade() -> None:
    _tables()
    protect(op, *TABLES, grants="select")
    # When something was recorded is the database's own word.
    for table, columns in (
        ("consent_texts", "school_id, id, purpose, number, body, asks_again, reason, created_by"),
        ("consent_scans", "school_id, id, student_id, media_type, content, created_by"),
        (
            "consent_events",
            "school_id, id, student_id, purpose, text_number, guardian_id, action, how, scan_id, happened_on, informed_on, recorded_by",
        ),
        ("consent_exemptions", "school_id, id, student_id, purpose, ground, data_class, reason, recorded_by"),
    ):
        op.execute(f"grant insert ({columns}) on {table} to nuanyang_app")
    for function in (STANDS, DECIDES, STATE, KEY, SPOKEN, GATE):
        op.execute(function)
    for signature, _ in DEFINED:
        op.execute(f"revoke all on function {signature} from public")
        op.execute(f"grant execute on function {signature} to nuanyang_app")
    op.execute("create trigger spoken before insert on consent_events for each row execute function consent_spoken()")
    for purpose, kinds in GATED:
        op.execute(
            f"create trigger consent_{purpose} before insert on interventions for each row when (new.kind in ({kinds})) "
            f"execute function consent_gate('student_id', '{purpose}')"
        )
    for table, student, data_class, secret in RECORDED:
        record(op, table, student=student, data_class=data_class, secret=secret, events="insert")

    # A file about what a child confides is opened with consent only, or in an emergency that says so.
    op.add_column("counselling_cases", sa.Column("exemption_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_counselling_cases_school_id_exemption_id"),
        *("counselling_cases", "consent_exemptions", ["school_id", "exemption_id"], ["school_id", "id"]),
    )
    op.execute(
        "create trigger consent_counselling before insert on counselling_cases for each row "
        "execute function consent_gate('student_id', 'counselling', 'exemption_id')"
    )


def _tables() -> None:
    op.create_table(
        "consent_texts",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("asks_again", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(PURPOSES, name=op.f("ck_consent_texts_purpose")),
        sa.CheckConstraint("number > 0", name=op.f("ck_consent_texts_number")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_consent_texts")),
        sa.UniqueConstraint("school_id", "purpose", "number", name=op.f("uq_consent_texts_school_id_purpose_number")),
    )
    op.create_table(
        "consent_scans",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("media_type in ('application/pdf', 'image/jpeg', 'image/png')", name=op.f("ck_consent_scans_media_type")),
        sa.CheckConstraint("octet_length(content) <= 5242880", name=op.f("ck_consent_scans_size")),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_consent_scans_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_consent_scans")),
        sa.UniqueConstraint("school_id", "id", "student_id", name=op.f("uq_consent_scans_school_id_id_student_id")),
    )
    op.create_table(
        "consent_events",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("text_number", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("informed_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", INSTANT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("action in ('given', 'withdrawn')", name=op.f("ck_consent_events_action")),
        sa.CheckConstraint("how in ('portal', 'paper', 'in_person')", name=op.f("ck_consent_events_how")),
        sa.CheckConstraint("how <> 'paper' or action <> 'given' or scan_id is not null", name=op.f("ck_consent_events_scan")),
        sa.CheckConstraint("how <> 'portal' or guardian_id is not null", name=op.f("ck_consent_events_portal")),
        sa.CheckConstraint(
            "guardian_id is not null or action <> 'given' or informed_on is not null", name=op.f("ck_consent_events_informed")
        ),
        sa.CheckConstraint(f"happened_on <= (recorded_at at time zone '{ZONE}')::date", name=op.f("ck_consent_events_happened")),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_consent_events_school_id_student_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "purpose", "text_number"],
            ["consent_texts.school_id", "consent_texts.purpose", "consent_texts.number"],
            name="fk_consent_events_text",
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id", "guardian_id"],
            ["student_guardians.school_id", "student_guardians.student_id", "student_guardians.guardian_id"],
            name="fk_consent_events_relation",
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "scan_id", "student_id"],
            ["consent_scans.school_id", "consent_scans.id", "consent_scans.student_id"],
            name="fk_consent_events_scan",
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_consent_events")),
    )
    op.create_index("ix_consent_events_student", "consent_events", ["school_id", "student_id", "purpose"])
    op.create_table(
        "consent_exemptions",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(PURPOSES, name=op.f("ck_consent_exemptions_purpose")),
        sa.CheckConstraint("ground in ('crisis', 'mandatory_report')", name=op.f("ck_consent_exemptions_ground")),
        sa.CheckConstraint(
            "data_class = case ground when 'crisis' then 'wellbeing' else 'protection' end", name=op.f("ck_consent_exemptions_data_class")
        ),
        sa.CheckConstraint("char_length(reason) >= 4", name=op.f("ck_consent_exemptions_reason")),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_consent_exemptions_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_consent_exemptions")),
    )
    op.create_index("ix_consent_exemptions_student", "consent_exemptions", ["school_id", "student_id"])


def downgrade() -> None:
    op.execute("drop trigger consent_counselling on counselling_cases")
    op.drop_column("counselling_cases", "exemption_id")
    for purpose, _ in GATED:
        op.execute(f"drop trigger consent_{purpose} on interventions")
    for table in TABLES:
        forget(op, table, events="insert")
    for table in reversed(TABLES):  # texts and scans after the events that point at them
        op.drop_table(table)
    for signature in ("consent_gate()", "consent_spoken()", "consent_key(uuid, uuid, text)", *(name for name, _ in reversed(DEFINED))):
        op.execute(f"drop function {signature}")
