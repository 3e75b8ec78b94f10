"""Counselling cases and sessions, break-glass that tells by itself, deputies by date and hand-over notes."""

import sqlalchemy as sa
from alembic import op
from auditing import forget, record
from tenancy import ACCOUNT, SCHOOL, protect

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

NOT_OWN = "created_by is null or created_by <> account_id or (role in ('case_lead', 'case_counsellor') and delegated_from is null)"
NOT_OWN_BEFORE = "role = 'case_lead' or created_by is null or created_by <> account_id"

# A deputy holds what the assignment says and no more, within its dates, and never through a second hand.
DELEGATION = """
create function delegation_within() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare
  lent role_assignments;
begin
  -- Ending one early is never refused.
  if tg_op = 'UPDATE' and new.valid_to <= old.valid_to
    and (new.account_id, new.role, new.scope_kind, new.scope_id, new.scope_grade, new.delegated_from)
      is not distinct from (old.account_id, old.role, old.scope_kind, old.scope_id, old.scope_grade, old.delegated_from) then
    return new;
  end if;
  select * into lent from role_assignments a where a.school_id = new.school_id and a.id = new.delegated_from for share;
  if lent.account_id = new.account_id then
    raise exception 'nobody is their own deputy' using errcode = 'check_violation', constraint = 'delegation_other';
  end if;
  if lent.delegated_from is not null then
    raise exception 'a deputy has no deputy' using errcode = 'check_violation', constraint = 'delegation_first_hand';
  end if;
  if new.valid_from < lent.valid_from or (lent.valid_to is not null and new.valid_to > lent.valid_to) then
    raise exception 'a delegation does not outlast what is delegated' using errcode = 'check_violation', constraint = 'delegation_dates';
  end if;
  if (new.scope_kind, new.scope_id, new.scope_grade) is distinct from (lent.scope_kind, lent.scope_id, lent.scope_grade)
    or new.role <> (case lent.role when 'principal' then 'acting_principal' else lent.role end) or lent.role in ('admin', 'crisis_duty') then
    raise exception 'a delegation gives what its giver holds and nothing else' using errcode = 'check_violation', constraint = 'delegation_same';
  end if;
  if new.role = 'case_counsellor' and not exists (
    select from role_assignments c where c.school_id = new.school_id and c.account_id = new.account_id and c.role = 'counsellor'
      and c.delegated_from is null and c.valid_from <= new.valid_from and (c.valid_to is null or c.valid_to >= new.valid_to)) then
    raise exception 'a clinical file is lent to a counsellor only' using errcode = 'check_violation', constraint = 'delegation_counsellor';
  end if;
  if new.role = 'acting_principal' and not exists (
    select from role_assignments v where v.school_id = new.school_id and v.account_id = new.account_id and v.role = 'vice_principal'
      and v.delegated_from is null and v.valid_from <= new.valid_from and (v.valid_to is null or v.valid_to >= new.valid_to)) then
    raise exception 'the vice principal stands in for the principal' using errcode = 'check_violation', constraint = 'delegation_vice';
  end if;
  return new;
end $$
"""
# When somebody's own right ends, what they lent ends with it.
LAPSE = """
create function delegation_lapses() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if new.valid_to is not null then
    update role_assignments d set valid_to = new.valid_to, valid_from = least(d.valid_from, new.valid_to)
    where d.school_id = new.school_id and d.delegated_from = new.id and d.valid_to > new.valid_to;
  end if;
  return null;
end $$
"""
# Who opened, when and until when are the database's own words; so is the list of who is told, in the same transaction.
OPENING = f"""
create function break_glass_opening() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'INSERT' then
    new.account_id := {ACCOUNT};
    new.opened_at := clock_timestamp();
    new.expires_at := new.opened_at + interval '60 minutes';
    new.ended_at := null;
    -- Of two at the same instant the second waits, and then sees the first.
    perform pg_advisory_xact_lock(hashtextextended(new.student_id::text || new.account_id::text, 0));
    if exists (select from break_glass_openings o where o.school_id = new.school_id and o.student_id = new.student_id
        and o.account_id = new.account_id and o.ended_at is null and o.expires_at > clock_timestamp()) then
      raise exception 'it is open already' using errcode = 'unique_violation', constraint = 'break_glass_open';
    end if;
    return new;
  end if;
  if (new.school_id, new.id, new.student_id, new.account_id, new.opened_as, new.reason, new.opened_at, new.expires_at)
    is distinct from (old.school_id, old.id, old.student_id, old.account_id, old.opened_as, old.reason, old.opened_at, old.expires_at)
    or old.ended_at is not null or new.account_id is distinct from {ACCOUNT} then
    raise exception 'an opening is only ended, by who opened it, and once' using errcode = 'check_violation', constraint = 'break_glass_fixed';
  end if;
  new.ended_at := clock_timestamp();
  return new;
end $$
"""
TELLING = """
create function break_glass_telling() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  day date;
begin
  select (now() at time zone s.time_zone)::date into day from schools s where s.id = new.school_id;
  insert into break_glass_notices (school_id, id, opening_id, account_id, told_as)
    select new.school_id, gen_random_uuid(), new.id, t.account_id, t.role
    from (
      select distinct on (r.account_id) r.account_id, r.role from role_assignments r
      where r.school_id = new.school_id and r.account_id <> new.account_id and r.valid_from <= day and (r.valid_to is null or r.valid_to >= day)
        and (r.role in ('principal', 'moral_education') or (r.role = 'case_counsellor' and r.scope_id = new.student_id))
      order by r.account_id, r.role) t;
  if not found then
    raise exception 'nobody would hear of it' using errcode = 'check_violation', constraint = 'break_glass_told';
  end if;
  return null;
end $$
"""
NOTICE = f"""
create function break_glass_notice() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if old.seen_at is not null or new.account_id is distinct from {ACCOUNT} then
    raise exception 'a notice is seen once, by who was told' using errcode = 'check_violation', constraint = 'break_glass_notice';
  end if;
  new.seen_at := clock_timestamp();
  return new;
end $$
"""
REVIEW = f"""
create function break_glass_review() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare
  opening break_glass_openings;
begin
  select * into opening from break_glass_openings o where o.school_id = new.school_id and o.id = new.opening_id;
  new.reviewed_by := {ACCOUNT};
  new.reviewed_at := clock_timestamp();
  if opening.account_id = new.reviewed_by then
    raise exception 'nobody reviews what they opened' using errcode = 'check_violation', constraint = 'break_glass_other';
  end if;
  if opening.ended_at is null and opening.expires_at > clock_timestamp() then
    raise exception 'it is still open' using errcode = 'check_violation', constraint = 'break_glass_over';
  end if;
  return new;
end $$
"""
# For who reviews: what was read under one opening. The function looks itself whether the asker may know.
READ_UNDER = f"""
create function read_under_break_glass(opening uuid) returns table (at timestamptz, operation text, fields text[])
language sql stable security definer set search_path = pg_catalog, public as $$
  select e.at, e.operation, e.fields from public.break_glass_openings o
  join public.audit_entries e on e.school_id = o.school_id and e.student_id = o.student_id and e.account_id = o.account_id
    and e.action = 'read' and e.at >= o.opened_at and e.details ->> 'break_glass' = o.id::text
  where o.school_id = {SCHOOL} and o.id = opening and (o.account_id = {ACCOUNT} or exists (
    select from public.break_glass_notices n where n.school_id = o.school_id and n.opening_id = o.id and n.account_id = {ACCOUNT})
    or exists (select from public.role_assignments r where r.school_id = o.school_id and r.account_id = {ACCOUNT} and r.role = 'vice_principal'
      and r.valid_from <= current_date and (r.valid_to is null or r.valid_to >= current_date)))
  order by e.at, e.id limit 200
$$
"""
_OLD_COLUMNS = """id uuid, at timestamptz, account_id uuid, action text, operation text, entity text, entity_id uuid, data_classes text[], fields text[],
  before jsonb, after jsonb, ground text[], origin text"""
_SELECTED = "e.id, e.at, e.account_id, e.action, e.operation, e.entity, e.entity_id, e.data_classes, e.fields, e.before, e.after, e.ground, e.origin"
_OLD_READER = """r.role = 'principal' or r.role = 'counsellor' and exists (
          select from public.memberships m join public.case_leads c on c.school_id = m.school_id and c.staff_id = m.person_id
          where m.school_id = e.school_id and m.account_id = r.account_id and c.student_id = student and c.valid_to is null)"""


def reading(columns: str, selected: str, reader: str) -> str:
    """`audit_of_student`: who has seen and changed what of a student, for those whom it concerns."""
    return f"""
create function audit_of_student(student uuid, before_at timestamptz, before_id uuid, at_most integer)
returns table ({columns})
language sql stable security definer set search_path = pg_catalog, public as $$
  select {selected}
  from public.audit_entries e
  where e.school_id = {SCHOOL} and (e.student_id = student or e.student_ids @> array[student]) and (before_at is null or (e.at, e.id) < (before_at, before_id))
    and exists (
      select from public.role_assignments r
      where r.school_id = e.school_id and r.account_id = {ACCOUNT} and r.valid_from <= current_date and (r.valid_to is null or r.valid_to >= current_date)
        and ({reader}))
  order by e.at desc, e.id desc limit at_most
$$
"""


AUDIT_OF_STUDENT = "audit_of_student(uuid, timestamptz, uuid, integer)"
RECORDED = (
    ("counselling_cases", "student_id", "wellbeing", ""),
    ("counselling_sessions", "student_id", "clinical", "note_cipher"),
    ("break_glass_openings", "student_id", "wellbeing", ""),
    ("handovers", "student_id", "column:data_class", "note_cipher"),
)


def upgrade() -> None:
    _dated_rights()
    _counselling()
    _break_glass()
    _handovers()
    for table, student, data_class, secret in RECORDED:
        record(op, table, student=student, data_class=data_class, secret=secret, events="insert update")
    op.execute(f"drop function {AUDIT_OF_STUDENT}")
    mine = f"{_OLD_READER} or r.role = 'case_counsellor' and r.scope_id = student"
    op.execute(reading(f"{_OLD_COLUMNS}, details jsonb", f"{_SELECTED}, e.details", mine))
    _for_the_application(AUDIT_OF_STUDENT)


def _for_the_application(function: str) -> None:
    op.execute(f"revoke all on function {function} from public")
    op.execute(f"grant execute on function {function} to nuanyang_app")


def _dated_rights() -> None:
    op.add_column("sessions", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("role_assignments", sa.Column("delegated_from", sa.Uuid(), nullable=True))
    op.add_column("role_assignments", sa.Column("reason", sa.Text(), nullable=True))
    op.create_foreign_key(
        op.f("fk_role_assignments_delegated_from"),
        *("role_assignments", "role_assignments", ["school_id", "delegated_from"], ["school_id", "id"]),
    )
    op.drop_constraint(op.f("ck_role_assignments_not_own"), "role_assignments")
    for name, condition in (
        ("not_own", NOT_OWN),
        ("delegation_ends", "delegated_from is null or valid_to is not null"),
        ("acting", "role <> 'acting_principal' or delegated_from is not null"),
        ("duty_ends", "role <> 'crisis_duty' or valid_to <= valid_from + 31"),
        ("duty_has_end", "role <> 'crisis_duty' or valid_to is not null"),
    ):
        op.create_check_constraint(op.f(f"ck_role_assignments_{name}"), "role_assignments", condition)
    op.create_index(
        "uq_role_assignments_case_counsellor",
        "role_assignments",
        ["school_id", "scope_id"],
        unique=True,
        postgresql_where=sa.text("role = 'case_counsellor' and valid_to is null"),
    )
    op.create_index(
        "ix_role_assignments_delegated",
        "role_assignments",
        ["school_id", "delegated_from"],
        postgresql_where=sa.text("delegated_from is not null"),
    )
    op.create_index(
        "ix_role_assignments_case", "role_assignments", ["school_id", "scope_id"], postgresql_where=sa.text("scope_kind = 'student'")
    )
    op.execute(DELEGATION)
    op.execute(LAPSE)
    op.execute(
        "create trigger delegation_within before insert or update on role_assignments for each row when (new.delegated_from is not null)"
        " execute function delegation_within()"
    )
    op.execute(
        "create trigger delegation_lapses after update of valid_to on role_assignments for each row when (new.delegated_from is null)"
        " execute function delegation_lapses()"
    )


def _owned(*columns: sa.Column, table: str) -> list[sa.Column | sa.Constraint]:
    keys = [sa.Column("school_id", sa.Uuid(), nullable=False), sa.Column("id", sa.Uuid(), nullable=False)]
    return [*keys, *columns, sa.PrimaryKeyConstraint("school_id", "id", name=op.f(f"pk_{table}"))]


def _edited() -> list[sa.Column]:
    return [
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    ]


def _written() -> list[sa.Column]:
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
    ]


def _to(table: str, column: str, source: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["school_id", column], [f"{table}.school_id", f"{table}.id"], name=op.f(f"fk_{source}_school_id_{column}")
    )


def _counselling() -> None:
    op.create_table(
        "counselling_cases",
        *_owned(
            sa.Column("student_id", sa.Uuid(), nullable=False),
            sa.Column("opened_on", sa.Date(), nullable=False),
            sa.Column("closed_on", sa.Date(), nullable=True),
            sa.Column("outcome", sa.Text(), nullable=True),
            *_edited(),
            *_written(),
            table="counselling_cases",
        ),
        _to("students", "student_id", "counselling_cases"),
        sa.CheckConstraint("(closed_on is null) = (outcome is null)", name=op.f("ck_counselling_cases_closed")),
        sa.CheckConstraint("outcome in ('finished', 'referred', 'left', 'other')", name=op.f("ck_counselling_cases_outcome")),
        # What a session's key points at: no session of one child can hang on another's case.
        sa.UniqueConstraint("school_id", "id", "student_id", name=op.f("uq_counselling_cases_school_id_id_student_id")),
    )
    op.create_index(
        "uq_counselling_cases_open",
        "counselling_cases",
        ["school_id", "student_id"],
        unique=True,
        postgresql_where=sa.text("closed_on is null"),
    )
    op.create_table(
        "counselling_sessions",
        *_owned(
            sa.Column("case_id", sa.Uuid(), nullable=False),
            sa.Column("student_id", sa.Uuid(), nullable=False),
            sa.Column("held_on", sa.Date(), nullable=False),
            sa.Column("minutes", sa.Integer(), nullable=False),
            sa.Column("place", sa.Text(), nullable=False),
            sa.Column("note_cipher", sa.LargeBinary(), nullable=False),
            *_edited(),
            *_written(),
            table="counselling_sessions",
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "case_id", "student_id"],
            ["counselling_cases.school_id", "counselling_cases.id", "counselling_cases.student_id"],
            name=op.f("fk_counselling_sessions_case"),
        ),
        sa.CheckConstraint("minutes between 5 and 300", name=op.f("ck_counselling_sessions_minutes")),
        sa.CheckConstraint("place in ('room', 'office', 'home', 'phone', 'other')", name=op.f("ck_counselling_sessions_place")),
    )
    op.create_index("ix_counselling_sessions_student", "counselling_sessions", ["school_id", "student_id", "held_on", "id"])
    op.create_table(
        "counselling_session_versions",
        *_owned(
            sa.Column("session_id", sa.Uuid(), nullable=False),
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("before_cipher", sa.LargeBinary(), nullable=False),
            sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("changed_by", sa.Uuid(), nullable=False),
            table="counselling_session_versions",
        ),
        _to("counselling_sessions", "session_id", "counselling_session_versions"),
        sa.UniqueConstraint("school_id", "session_id", "number", name=op.f("uq_counselling_session_versions_school_id_session_id_number")),
    )
    protect(op, "counselling_cases", "counselling_sessions")
    # What was there before a correction stays; only a change of keys writes it anew.
    protect(op, "counselling_session_versions", grants="select, insert, update (before_cipher)")


def _break_glass() -> None:
    op.create_table(
        "break_glass_openings",
        *_owned(
            sa.Column("student_id", sa.Uuid(), nullable=False),
            sa.Column("account_id", sa.Uuid(), nullable=False),
            sa.Column("opened_as", sa.Text(), nullable=False),
            sa.Column("reason", sa.Text(), nullable=False),
            sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
            sa.Column("expires_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
            sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
            table="break_glass_openings",
        ),
        _to("students", "student_id", "break_glass_openings"),
        sa.CheckConstraint("char_length(btrim(reason)) >= 10", name=op.f("ck_break_glass_openings_reason")),
        sa.CheckConstraint("expires_at <= opened_at + interval '60 minutes'", name=op.f("ck_break_glass_openings_hour")),
        sa.CheckConstraint(
            "opened_as in ('principal', 'vice_principal', 'moral_education', 'counsellor')", name=op.f("ck_break_glass_openings_opened_as")
        ),
    )
    op.create_index("ix_break_glass_openings_list", "break_glass_openings", ["school_id", "opened_at", "id"])
    op.create_index("ix_break_glass_openings_student", "break_glass_openings", ["school_id", "student_id", "account_id", "opened_at"])
    op.create_table(
        "break_glass_notices",
        *_owned(
            sa.Column("opening_id", sa.Uuid(), nullable=False),
            sa.Column("account_id", sa.Uuid(), nullable=False),
            sa.Column("told_as", sa.Text(), nullable=False),
            sa.Column("told_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
            sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
            table="break_glass_notices",
        ),
        _to("break_glass_openings", "opening_id", "break_glass_notices"),
        sa.UniqueConstraint("school_id", "opening_id", "account_id", name=op.f("uq_break_glass_notices_school_id_opening_id_account_id")),
    )
    op.create_index("ix_break_glass_notices_account", "break_glass_notices", ["school_id", "account_id", "told_at"])
    op.create_table(
        "break_glass_reviews",
        *_owned(
            sa.Column("opening_id", sa.Uuid(), nullable=False),
            sa.Column("reviewed_by", sa.Uuid(), nullable=False),
            sa.Column("reviewed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
            sa.Column("outcome", sa.Text(), nullable=False),
            sa.Column("note", sa.Text(), nullable=False),
            table="break_glass_reviews",
        ),
        _to("break_glass_openings", "opening_id", "break_glass_reviews"),
        sa.UniqueConstraint("school_id", "opening_id", name=op.f("uq_break_glass_reviews_school_id_opening_id")),
        sa.CheckConstraint("outcome in ('justified', 'unjustified')", name=op.f("ck_break_glass_reviews_outcome")),
        sa.CheckConstraint("char_length(btrim(note)) >= 4", name=op.f("ck_break_glass_reviews_note")),
    )
    protect(
        *(op, "break_glass_openings"),
        grants="select, insert (school_id, id, student_id, opened_as, reason), update (ended_at)",
    )
    protect(op, "break_glass_notices", grants="select, update (seen_at)")
    protect(op, "break_glass_reviews", grants="select, insert (school_id, id, opening_id, outcome, note)")
    for function in (OPENING, TELLING, NOTICE, REVIEW, READ_UNDER):
        op.execute(function)
    _for_the_application("read_under_break_glass(uuid)")
    op.execute("create trigger opening before insert or update on break_glass_openings for each row execute function break_glass_opening()")
    op.execute("create trigger telling after insert on break_glass_openings for each row execute function break_glass_telling()")
    op.execute("create trigger seen before update on break_glass_notices for each row execute function break_glass_notice()")
    op.execute("create trigger review before insert on break_glass_reviews for each row execute function break_glass_review()")


def _handovers() -> None:
    op.create_table(
        "handovers",
        *_owned(
            sa.Column("student_id", sa.Uuid(), nullable=False),
            sa.Column("post", sa.Text(), nullable=False),
            sa.Column("data_class", sa.Text(), nullable=False),
            sa.Column("from_account_id", sa.Uuid(), nullable=False),
            sa.Column("to_account_id", sa.Uuid(), nullable=False),
            sa.Column("effective_on", sa.Date(), nullable=False),
            sa.Column("note_cipher", sa.LargeBinary(), nullable=True),
            sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
            sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
            *_written(),
            table="handovers",
        ),
        _to("students", "student_id", "handovers"),
        sa.CheckConstraint("post in ('homeroom_teacher', 'case_lead', 'case_counsellor')", name=op.f("ck_handovers_post")),
        sa.CheckConstraint("from_account_id <> to_account_id", name=op.f("ck_handovers_two_persons")),
        sa.CheckConstraint("(note_cipher is null) = (written_at is null)", name=op.f("ck_handovers_written")),
        sa.CheckConstraint("acknowledged_at is null or written_at is not null", name=op.f("ck_handovers_acknowledged")),
    )
    op.create_index("ix_handovers_student", "handovers", ["school_id", "student_id"])
    op.create_index("ix_handovers_from", "handovers", ["school_id", "from_account_id"])
    op.create_index("ix_handovers_to", "handovers", ["school_id", "to_account_id"])
    protect(op, "handovers", grants="select, insert, update (note_cipher, written_at, acknowledged_at)")


def downgrade() -> None:
    op.execute(f"drop function {AUDIT_OF_STUDENT}")
    op.execute(reading(_OLD_COLUMNS, _SELECTED, _OLD_READER))
    _for_the_application(AUDIT_OF_STUDENT)
    for table, *_ in RECORDED:
        forget(op, table, events="insert update")
    op.execute("drop function read_under_break_glass(uuid)")
    for table in ("handovers", "break_glass_reviews", "break_glass_notices", "break_glass_openings"):
        op.drop_table(table)
    for function in ("break_glass_review", "break_glass_notice", "break_glass_telling", "break_glass_opening"):
        op.execute(f"drop function {function}()")
    for table in ("counselling_session_versions", "counselling_sessions", "counselling_cases"):
        op.drop_table(table)
    for name in ("within", "lapses"):
        op.execute(f"drop trigger delegation_{name} on role_assignments")
        op.execute(f"drop function delegation_{name}()")
    for index in ("uq_role_assignments_case_counsellor", "ix_role_assignments_delegated", "ix_role_assignments_case"):
        op.drop_index(index, "role_assignments")
    _back_to_before()


def _back_to_before() -> None:
    # What the older program does not know is nobody's right there.
    op.execute("alter table role_assignments no force row level security")
    op.execute("alter table role_assignments disable trigger user")
    op.execute("delete from role_assignments where delegated_from is not null or role in ('case_counsellor', 'crisis_duty')")
    op.execute("alter table role_assignments enable trigger user")
    op.execute("alter table role_assignments force row level security")
    for name in ("not_own", "delegation_ends", "acting", "duty_ends", "duty_has_end"):
        op.drop_constraint(op.f(f"ck_role_assignments_{name}"), "role_assignments")
    op.create_check_constraint(op.f("ck_role_assignments_not_own"), "role_assignments", NOT_OWN_BEFORE)
    op.drop_constraint(op.f("fk_role_assignments_delegated_from"), "role_assignments")
    op.drop_column("role_assignments", "reason")
    op.drop_column("role_assignments", "delegated_from")
    op.drop_column("sessions", "confirmed_at")
