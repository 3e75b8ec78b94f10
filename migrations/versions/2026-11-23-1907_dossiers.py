"""Dossiers, case leads, timeline."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from tenancy import protect

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossiers",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("close_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(closed_on is null) = (close_reason is null)", name=op.f("ck_dossiers_closed")),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_dossiers_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_dossiers")),
        sa.UniqueConstraint("school_id", "number", name=op.f("uq_dossiers_school_id_number")),
    )
    op.create_index("ix_dossiers_student", "dossiers", ["school_id", "student_id"], unique=False)
    op.create_index("uq_dossiers_open", "dossiers", ["school_id", "student_id"], unique=True, postgresql_where=sa.text("closed_on is null"))
    op.create_table(
        "case_leads",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("handover_note", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("valid_to is null or valid_to >= valid_from", name=op.f("ck_case_leads_period")),
        sa.ForeignKeyConstraint(["school_id", "staff_id"], ["staff.school_id", "staff.id"], name=op.f("fk_case_leads_school_id_staff_id")),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_case_leads_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_case_leads")),
    )
    op.create_index(
        "ix_case_leads_staff", "case_leads", ["school_id", "staff_id"], unique=False, postgresql_where=sa.text("valid_to is null")
    )
    op.create_index(
        "uq_case_leads_current", "case_leads", ["school_id", "student_id"], unique=True, postgresql_where=sa.text("valid_to is null")
    )
    op.create_table(
        "timeline_entries",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_timeline_entries_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_timeline_entries")),
    )
    op.create_index("ix_timeline_entries_student", "timeline_entries", ["school_id", "student_id", "happened_at", "id"], unique=False)
    protect(op, "dossiers", "case_leads")
    protect(op, "timeline_entries", grants="select, insert")


def downgrade() -> None:
    op.drop_table("timeline_entries")
    op.drop_table("case_leads")
    op.drop_table("dossiers")
