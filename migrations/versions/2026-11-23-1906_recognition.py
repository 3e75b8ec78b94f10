"""Rules, proposals, recognitions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from tenancy import protect

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_sets",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("thresholds", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopted_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("state in ('draft', 'adopted', 'retired')", name=op.f("ck_rule_sets_state")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_rule_sets")),
        sa.UniqueConstraint("school_id", "number", name=op.f("uq_rule_sets_school_id_number")),
    )
    op.create_index("uq_rule_sets_adopted", "rule_sets", ["school_id"], unique=True, postgresql_where=sa.text("state = 'adopted'"))
    op.create_table(
        "proposal_runs",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule_set_id", sa.Uuid(), nullable=False),
        sa.Column("school_year_id", sa.Uuid(), nullable=False),
        sa.Column("students_seen", sa.Integer(), nullable=False),
        sa.Column("proposed", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "rule_set_id"], ["rule_sets.school_id", "rule_sets.id"], name=op.f("fk_proposal_runs_school_id_rule_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "school_year_id"],
            ["school_years.school_id", "school_years.id"],
            name=op.f("fk_proposal_runs_school_id_school_year_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_proposal_runs")),
    )
    op.create_table(
        "proposals",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("support_level", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("explanation", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withheld_from_staff_id", sa.Uuid(), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=True),
        sa.Column("set_aside_by", sa.Uuid(), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("category in ('C1', 'C2', 'C3', 'C4')", name=op.f("ck_proposals_category")),
        sa.CheckConstraint(
            "state <> 'set_aside' or (set_aside_reason is not null and set_aside_by is not null)", name=op.f("ck_proposals_set_aside")
        ),
        sa.CheckConstraint("state in ('open', 'taken_up', 'set_aside', 'superseded')", name=op.f("ck_proposals_state")),
        sa.CheckConstraint("support_level in ('key', 'general')", name=op.f("ck_proposals_support_level")),
        sa.ForeignKeyConstraint(
            ["school_id", "run_id"], ["proposal_runs.school_id", "proposal_runs.id"], name=op.f("fk_proposals_school_id_run_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_proposals_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_proposals")),
    )
    op.create_index("ix_proposals_state", "proposals", ["school_id", "state", "category"], unique=False)
    op.create_index(
        "uq_proposals_open", "proposals", ["school_id", "student_id", "category"], unique=True, postgresql_where=sa.text("state = 'open'")
    )
    op.create_table(
        "recognitions",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("school_year_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("support_level", sa.Text(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("is_exception", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("withheld_from_staff_id", sa.Uuid(), nullable=True),
        sa.Column("recognised_on", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("category in ('C1', 'C2', 'C3', 'C4')", name=op.f("ck_recognitions_category")),
        sa.CheckConstraint(
            "state in ('class_review', 'grade_review', 'school_review', 'recognised', 'declined', 'exited')",
            name=op.f("ck_recognitions_state"),
        ),
        sa.CheckConstraint("support_level in ('key', 'general')", name=op.f("ck_recognitions_support_level")),
        sa.CheckConstraint("not is_exception or length(reason) >= 4", name=op.f("ck_recognitions_exception_reason")),
        sa.ForeignKeyConstraint(
            ["school_id", "proposal_id"], ["proposals.school_id", "proposals.id"], name=op.f("fk_recognitions_school_id_proposal_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "school_year_id"],
            ["school_years.school_id", "school_years.id"],
            name=op.f("fk_recognitions_school_id_school_year_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_recognitions_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_recognitions")),
        sa.UniqueConstraint("school_id", "id", "entered_by", name=op.f("uq_recognitions_school_id_id_entered_by")),
    )
    op.create_index("ix_recognitions_state", "recognitions", ["school_id", "state", "category", "student_id"], unique=False)
    op.create_index("ix_recognitions_student", "recognitions", ["school_id", "student_id"], unique=False)
    op.create_index(
        "uq_recognitions_running",
        "recognitions",
        ["school_id", "student_id", "category", "school_year_id"],
        unique=True,
        postgresql_where=sa.text("state not in ('declined', 'exited')"),
    )
    op.create_table(
        "recognition_steps",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recognition_id", sa.Uuid(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("support_level", sa.Text(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("outcome in ('agree', 'decline', 'return', 'continue', 'exit')", name=op.f("ck_recognition_steps_outcome")),
        sa.CheckConstraint("step in ('class', 'grade', 'school', 'term_check', 'exit')", name=op.f("ck_recognition_steps_step")),
        sa.CheckConstraint("step not in ('grade', 'school') or decided_by <> entered_by", name=op.f("ck_recognition_steps_not_own")),
        sa.CheckConstraint("length(reason) >= 4", name=op.f("ck_recognition_steps_reason")),
        sa.ForeignKeyConstraint(
            ["school_id", "recognition_id", "entered_by"],
            ["recognitions.school_id", "recognitions.id", "recognitions.entered_by"],
            name="fk_recognition_steps_recognition",
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_recognition_steps")),
    )
    op.create_index("ix_recognition_steps_recognition", "recognition_steps", ["school_id", "recognition_id"], unique=False)
    op.create_index(
        "uq_recognition_steps_four_eyes",
        "recognition_steps",
        ["school_id", "recognition_id", "decided_by", "round"],
        unique=True,
        postgresql_where=sa.text("step in ('class', 'grade', 'school') and outcome <> 'return'"),
    )
    protect(op, "rule_sets", "proposal_runs", "proposals", "recognitions")
    protect(op, "recognition_steps", grants="select, insert")


def downgrade() -> None:
    op.drop_table("recognition_steps")
    op.drop_table("recognitions")
    op.drop_table("proposals")
    op.drop_table("proposal_runs")
    op.drop_table("rule_sets")
