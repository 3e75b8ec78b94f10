"""Gaps: what a school looks for, and what it has put off; and what is known of a case as yes or no, whoever asks."""

import sqlalchemy as sa
from alembic import op
from auditing import forget, record
from retaining import keep, let_go, spare
from tenancy import SCHOOL, protect
from walls import school, wall

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = (
    "('no_contact', 'no_guardian_contact', 'no_file', 'no_lead', 'no_plan', 'need_without_goal', 'goal_stalled', 'review_overdue', 'dose_low', "
    "'evidence_stale')"
)
# Contact by anyone counts, also what the asker does not see: no day of it leaves this function but by being recent enough.
STATE = f"""
create function case_state(student uuid)
returns table (contact_on date, guardian_on date, opened_on date, has_lead boolean, has_plan boolean)
language sql stable security definer set search_path = pg_catalog, public as $$
  select
    greatest((select max(i.held_on) from interventions i where i.school_id = {SCHOOL} and i.student_id = student and i.voided_at is null
      and i.attendance in ('present', 'late', 'left_early')),
      (select max(c.held_on) from counselling_sessions c where c.school_id = {SCHOOL} and c.student_id = student)),
    (select max(i.held_on) from interventions i where i.school_id = {SCHOOL} and i.student_id = student and i.voided_at is null
      and i.attendance in ('present', 'late', 'left_early') and (i.kind like 'S1.%' or i.kind in ('L1.1.home_visit', 'P2.2.family_workshop'))),
    (select d.opened_on from dossiers d where d.school_id = {SCHOOL} and d.student_id = student and d.closed_on is null),
    exists (select from case_leads l where l.school_id = {SCHOOL} and l.student_id = student and l.valid_to is null),
    exists (select from support_plans p where p.school_id = {SCHOOL} and p.student_id = student and p.state = 'approved')
$$
"""
# Evidence that the asker does not see keeps a case fresh, too; its day stays here.
EVIDENCE = f"""
create function evidence_on(student uuid, of text) returns date
language sql stable security definer set search_path = pg_catalog, public as $$
  select max(e.observed_on) from evidence e where e.school_id = {SCHOOL} and e.student_id = student and e.category = of and e.withdrawn_at is null
$$
"""
FUNCTIONS = {"case_state(uuid)": STATE, "evidence_on(uuid, text)": EVIDENCE}


def upgrade() -> None:
    op.create_table(
        "gap_settings",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(f"kind in {KINDS}", name=op.f("ck_gap_settings_kind")),
        sa.CheckConstraint("days between 0 and 730 and percent between 1 and 100", name=op.f("ck_gap_settings_numbers")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_gap_settings")),
        sa.UniqueConstraint("school_id", "kind", name=op.f("uq_gap_settings_school_id_kind")),
    )
    op.create_table(
        "gap_waivers",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(f"kind in {KINDS}", name=op.f("ck_gap_waivers_kind")),
        sa.CheckConstraint("length(reason) >= 4", name=op.f("ck_gap_waivers_reason")),
        sa.CheckConstraint("(withdrawn_at is null) = (withdrawn_by is null)", name=op.f("ck_gap_waivers_withdrawn")),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_gap_waivers_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_gap_waivers")),
    )
    op.create_index(
        "ix_gap_waivers_student", "gap_waivers", ["school_id", "student_id", "kind"], postgresql_where=sa.text("withdrawn_at is null")
    )
    protect(op, "gap_settings", "gap_waivers")
    school(op, "gap_settings")
    wall(op, "gap_waivers")
    record(op, "gap_settings", student="", data_class="basic")
    record(op, "gap_waivers", student="student_id", data_class="column:data_class")
    spare(op, "what the school looks for, about no student", "gap_settings")
    keep(op, "gap_waivers", student="t.student_id", holds="t.data_class", before="students")
    for name, statement in FUNCTIONS.items():
        op.execute(statement)
        op.execute(f"revoke execute on function {name} from public")
        op.execute(f"grant execute on function {name} to nuanyang_app")


def downgrade() -> None:
    for name in FUNCTIONS:
        op.execute(f"drop function {name}")
    for table in ("gap_waivers", "gap_settings"):
        let_go(op, table)
        forget(op, table)
        op.drop_table(table)
