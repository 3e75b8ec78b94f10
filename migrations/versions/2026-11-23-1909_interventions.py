"""Interventions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from tenancy import protect

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interventions",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("plan_measure_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("doer_staff_id", sa.Uuid(), nullable=True),
        sa.Column("doer_name", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("with_whom", sa.Text(), nullable=True),
        sa.Column("attendance", sa.Text(), nullable=False),
        sa.Column("went", sa.Text(), nullable=True),
        sa.Column("follow_up", sa.Text(), nullable=True),
        sa.Column("form", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("voided_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "attendance in ('present', 'late', 'left_early', 'excused', 'absent')", name=op.f("ck_interventions_attendance")
        ),
        sa.CheckConstraint("(voided_at is null) = (voided_reason is null)", name=op.f("ck_interventions_voided")),
        sa.CheckConstraint("minutes between 0 and 1440", name=op.f("ck_interventions_minutes")),
        sa.ForeignKeyConstraint(["school_id", "doer_staff_id"], ["staff.school_id", "staff.id"], name="fk_interventions_doer"),
        sa.ForeignKeyConstraint(
            ["school_id", "plan_measure_id"],
            ["plan_measures.school_id", "plan_measures.id"],
            name=op.f("fk_interventions_school_id_plan_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_interventions_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_interventions")),
    )
    op.create_index("ix_interventions_doer", "interventions", ["school_id", "doer_staff_id", "held_on"], unique=False)
    op.create_index("ix_interventions_list", "interventions", ["school_id", "held_on", "id"], unique=False)
    op.create_index(
        "ix_interventions_measure",
        "interventions",
        ["school_id", "plan_measure_id", "held_on"],
        unique=False,
        postgresql_where=sa.text("voided_at is null"),
    )
    op.create_index("ix_interventions_student", "interventions", ["school_id", "student_id", "held_on", "id"], unique=False)
    op.create_table(
        "intervention_versions",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intervention_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "intervention_id"],
            ["interventions.school_id", "interventions.id"],
            name=op.f("fk_intervention_versions_school_id_intervention_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_intervention_versions")),
        sa.UniqueConstraint(
            "school_id", "intervention_id", "number", name=op.f("uq_intervention_versions_school_id_intervention_id_number")
        ),
    )
    protect(op, "interventions")
    protect(op, "intervention_versions", grants="select, insert")


def downgrade() -> None:
    op.drop_table("intervention_versions")
    op.drop_table("interventions")
