"""Editions of the programme: a school's own clauses for a year, approved by another person, one in force at a time."""

import sqlalchemy as sa
from alembic import op
from approving import four_eyes, two_eyes
from auditing import forget, record
from retaining import let_go, spare
from sqlalchemy.dialects import postgresql
from tenancy import protect
from walls import school

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TEXTS = postgresql.ARRAY(sa.Text())
# Approval covers the clauses as well: they are those of the draft that was submitted, because nothing of them changes from then on.
DRAFTS_ONLY = """
create function edition_clauses_drafts_only() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare
  state text;
begin
  -- Whoever submits it meanwhile waits, or is waited for.
  for state in
    select e.state from public.editions e
    where e.school_id = (coalesce(to_jsonb(new), to_jsonb(old)) ->> 'school_id')::uuid
      and e.id in ((to_jsonb(old) ->> 'edition_id')::uuid, (to_jsonb(new) ->> 'edition_id')::uuid)
    for share
  loop
    if state <> 'draft' then
      raise exception 'only a draft is changed' using errcode = 'check_violation', constraint = 'edition_drafts_only';
    end if;
  end loop;
  return coalesce(new, old);
end $$
"""
# An edition is submitted, returned, approved, followed or given up; nothing else ever happens to it, whoever asks.
MOVES = """
create function edition_moves() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if (tg_op = 'INSERT' and new.state <> 'draft') or (tg_op = 'UPDATE' and new.state <> old.state and (old.state, new.state) not in (
      ('draft', 'submitted'), ('submitted', 'draft'), ('submitted', 'in_force'), ('in_force', 'superseded'), ('draft', 'closed'))) then
    raise exception 'an edition does not go that way' using errcode = 'check_violation', constraint = 'edition_moves';
  end if;
  return new;
end $$
"""


def upgrade() -> None:
    _editions()
    _clauses()
    protect(op, "editions")
    # A measure of the school's own may be struck out of a draft again; the trigger keeps everything else.
    protect(op, "edition_clauses", grants="select, insert, update, delete")
    for table in ("editions", "edition_clauses"):
        school(op, table)
    op.execute(DRAFTS_ONLY)
    op.execute(MOVES)
    op.execute(
        "create trigger drafts_only before insert or update or delete on edition_clauses for each row "
        "execute function edition_clauses_drafts_only()"
    )
    op.execute("create trigger moves before insert or update on editions for each row execute function edition_moves()")
    four_eyes(
        op,
        "editions",
        author="created_by submitted_by",
        approvers="approved_by",
        content="name starts_on ends_on template background guiding phases capacities writers in_force_from",
    )
    record(op, "editions", student="", data_class="basic")
    record(op, "edition_clauses", student="", data_class="basic")
    spare(op, "the school's own programme, without anybody's name", "editions", "edition_clauses")


def downgrade() -> None:
    for table in ("edition_clauses", "editions"):
        let_go(op, table)
        forget(op, table)
    two_eyes(op, "editions")
    op.drop_table("edition_clauses")
    op.drop_table("editions")
    op.execute("drop function edition_clauses_drafts_only()")
    op.execute("drop function edition_moves()")


def _editions() -> None:
    op.create_table(
        "editions",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("background", sa.Text(), server_default="", nullable=False),
        sa.Column("guiding", sa.Text(), server_default="", nullable=False),
        sa.Column("phases", postgresql.JSONB(), nullable=False),
        sa.Column("capacities", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.Column("writers", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'::uuid[]"), nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("returned_reason", sa.Text(), nullable=True),
        sa.Column("approved_at", INSTANT, nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_until", sa.Date(), nullable=True),
        sa.Column("approved_content", sa.LargeBinary(), nullable=True),
        *_written(),
        sa.CheckConstraint("state in ('draft', 'submitted', 'in_force', 'superseded', 'closed')", name=op.f("ck_editions_state")),
        sa.CheckConstraint("template in ('january', 'september')", name=op.f("ck_editions_template")),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_editions_period")),
        sa.CheckConstraint("(state in ('in_force', 'superseded')) = (approved_at is not null)", name=op.f("ck_editions_approved")),
        sa.CheckConstraint(
            "(approved_at is null) = (approved_by is null) and (approved_at is null) = (in_force_from is null)",
            name=op.f("ck_editions_approval_whole"),
        ),
        sa.CheckConstraint("state <> 'submitted' or submitted_by is not null", name=op.f("ck_editions_submitted")),
        sa.CheckConstraint("(state = 'superseded') = (in_force_until is not null)", name=op.f("ck_editions_superseded")),
        sa.CheckConstraint("in_force_until is null or in_force_until > in_force_from", name=op.f("ck_editions_force")),
        sa.CheckConstraint("approved_by is null or not approved_by = any(writers)", name=op.f("ck_editions_not_a_writer")),
        sa.ForeignKeyConstraint(["school_id", "previous_id"], ["editions.school_id", "editions.id"], name="fk_editions_previous"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_editions")),
        postgresql.ExcludeConstraint(
            ("school_id", "="),
            (sa.text("daterange(in_force_from, in_force_until)"), "&&"),
            where=sa.text("approved_at is not null"),
            name="ex_editions_in_force",
        ),
    )
    op.create_index("ix_editions_list", "editions", ["school_id", "starts_on", "id"])


def _clauses() -> None:
    op.create_table(
        "edition_clauses",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("part", "zh", "en")),
        sa.Column("dimension", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=False),
        _list("doers"),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reach", sa.Text(), server_default="supported", nullable=False),
        *(_list(name) for name in ("categories", "levels", "dimensions")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("cadence_zh", "cadence_en")),
        _flag("is_default"),
        sa.Column("per", sa.Text(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("runs_on", sa.Text(), nullable=True),
        sa.Column("months", postgresql.ARRAY(sa.Integer()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("grace_days", sa.Integer(), server_default="0", nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("target_number", sa.Numeric(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("target_unit", "target_comparison")),
        *(_list(name) for name in ("phases", "evidence")),
        *(_flag(name) for name in ("is_standing", "is_own")),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("fields", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        *_written(),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_edition_clauses_{name}")) for name, rule in CLAUSE_RULES.items()),
        sa.ForeignKeyConstraint(
            ["school_id", "edition_id"], ["editions.school_id", "editions.id"], name=op.f("fk_edition_clauses_school_id_edition_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_edition_clauses")),
        sa.UniqueConstraint("school_id", "edition_id", "clause", name=op.f("uq_edition_clauses_school_id_edition_id_clause")),
    )


def _written() -> list[sa.Column]:
    return [
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
    ]


def _list(name: str) -> sa.Column:
    return sa.Column(name, TEXTS, server_default=sa.text("'{}'"), nullable=False)


def _flag(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False)


DIMENSIONS = "('academic', 'psychological', 'living', 'social')"
OWNERS = "('principal', 'academic_affairs', 'moral_education', 'general_affairs', 'youth_league')"
DOERS = (
    "array['principal', 'academic_affairs', 'moral_education', 'general_affairs', 'youth_league', 'aid_officer', 'counsellor', 'grade_head', "
    "'homeroom_teacher', 'subject_teacher', 'tutor', 'case_lead', 'special_educator', 'school_nurse', 'care_assistant', 'volunteer', "
    "'community_partner', 'evaluator']"
)
CLAUSE_RULES = {
    "part": "part in ('G', 'C', 'A', 'P', 'L', 'S', 'I', 'M')",
    "dimension": f"dimension in {DIMENSIONS}",
    "owner": f"owner in {OWNERS}",
    "doers": f"doers <@ {DOERS}",
    "subject": "subject in ('student', 'group', 'pair', 'class', 'school', 'department')",
    "reach": "reach in ('supported', 'everyone')",
    "categories": "categories <@ array['C1', 'C2', 'C3', 'C4']",
    "levels": "levels <@ array['key', 'general']",
    "dimensions": "dimensions <@ array['academic', 'psychological', 'living', 'social']",
    "per": "per in ('day', 'week', 'month', 'term', 'quarter', 'year', 'phase', 'once', 'clock')",
    "runs_on": "runs_on in ('teaching_weeks', 'whole_year', 'calendar_days', 'school_days', 'holidays')",
    "cadence": "(per is null) = (times is null) and (per is null) = (runs_on is null) and times > 0",
    "clock": "(coalesce(per, '') = 'clock') = (hours is not null) and hours > 0",
    "months": "months <@ array[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]",
    "numbers": "grace_days between 0 and 60 and minutes between 0 and 1440",
    "target_unit": "target_unit in ('percent', 'levels', 'rubric', 'participations')",
    "target_comparison": "target_comparison in ('at_least', 'below', 'rises')",
    "target": "(target_unit is null) = (target_comparison is null)",
    "target_number": "(coalesce(target_comparison, 'rises') = 'rises') = (target_number is null)",
    "own": "is_own = (fields is not null) and is_own = (form is not null)"
    " and (not is_own or (dimension is not null and part in ('A', 'P', 'L', 'S') and per is not null))",
}
