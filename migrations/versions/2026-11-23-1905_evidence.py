"""Evidence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from tenancy import protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("school_year_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("about_staff_id", sa.Uuid(), nullable=True),
        sa.Column("reported_by_staff_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("category in ('C1', 'C2', 'C3', 'C4')", name=op.f("ck_evidence_category")),
        sa.CheckConstraint(
            "source in ('results', 'attendance', 'self_report', 'nomination', 'home_visit', 'special_list')",
            name=op.f("ck_evidence_source"),
        ),
        sa.CheckConstraint("(withdrawn_at is null) = (withdrawn_reason is null)", name=op.f("ck_evidence_withdrawn")),
        sa.ForeignKeyConstraint(
            ["school_id", "school_year_id"],
            ["school_years.school_id", "school_years.id"],
            name=op.f("fk_evidence_school_id_school_year_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_evidence_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_evidence")),
    )
    op.create_index(
        "ix_evidence_current",
        "evidence",
        ["school_id", "school_year_id", "category", "kind", "student_id"],
        unique=False,
        postgresql_where=sa.text("withdrawn_at is null"),
    )
    op.create_index("ix_evidence_student", "evidence", ["school_id", "student_id"], unique=False)
    protect(op, "evidence")


def downgrade() -> None:
    op.drop_table("evidence")
