"""Roster imports, their findings and mappings, the list of unverified whereabouts, and possible duplicates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from tenancy import protect

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roster_imports",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), server_default="checking", nullable=False),
        sa.Column("covers", sa.Text(), server_default="school", nullable=False),
        sa.Column("year_starts", sa.Integer(), nullable=False),
        sa.Column("mapping", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("may_create_schools", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("is_district_wide", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("form_version", sa.Text(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("schools", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("finding_counts", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("error_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("warning_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("needs_confirmation", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(state = 'applied') = (applied_at is not null)", name=op.f("ck_roster_imports_applied")),
        sa.CheckConstraint("covers in ('school', 'rows')", name=op.f("ck_roster_imports_covers")),
        sa.CheckConstraint(
            "state in ('checking', 'refused', 'checked', 'applying', 'applied', 'failed')", name=op.f("ck_roster_imports_state")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_roster_imports")),
    )
    op.create_index("ix_roster_imports_newest", "roster_imports", ["school_id", "created_at"], unique=False)
    op.create_table(
        "roster_findings",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("column_name", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint("severity in ('error', 'warning', 'note')", name=op.f("ck_roster_findings_severity")),
        sa.ForeignKeyConstraint(
            ["school_id", "import_id"],
            ["roster_imports.school_id", "roster_imports.id"],
            name=op.f("fk_roster_findings_school_id_import_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_roster_findings")),
        sa.UniqueConstraint("school_id", "import_id", "position", name=op.f("uq_roster_findings_school_id_import_id_position")),
    )
    op.create_table(
        "roster_mappings",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mapping", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_roster_mappings")),
        sa.UniqueConstraint("school_id", "name", name=op.f("uq_roster_mappings_school_id_name")),
    )
    op.create_table(
        "whereabouts_checks",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_class_id", sa.Uuid(), nullable=True),
        sa.Column("is_compulsory_age", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "outcome in ('enrolled', 'graduated', 'transferred_out', 'suspended', 'dropped_out', 'deceased')",
            name=op.f("ck_whereabouts_checks_outcome"),
        ),
        sa.CheckConstraint("(outcome is null) = (resolved_at is null)", name=op.f("ck_whereabouts_checks_resolved")),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_whereabouts_checks_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_whereabouts_checks")),
    )
    op.create_index("ix_whereabouts_checks_opened", "whereabouts_checks", ["school_id", "opened_on", "id"], unique=False)
    op.create_index(
        "uq_whereabouts_checks_open",
        "whereabouts_checks",
        ["school_id", "student_id"],
        unique=True,
        postgresql_where=sa.text("outcome is null"),
    )
    op.create_table(
        "student_duplicates",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), server_default="suggested", nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("moved", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint("state in ('suggested', 'merged', 'dismissed', 'undone')", name=op.f("ck_student_duplicates_state")),
        sa.CheckConstraint("student_id <> other_id", name=op.f("ck_student_duplicates_two")),
        sa.ForeignKeyConstraint(
            ["school_id", "other_id"], ["students.school_id", "students.id"], name=op.f("fk_student_duplicates_school_id_other_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_student_duplicates_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_student_duplicates")),
        sa.UniqueConstraint("school_id", "student_id", "other_id", name=op.f("uq_student_duplicates_school_id_student_id_other_id")),
    )
    protect(op, "roster_imports", "whereabouts_checks", "student_duplicates")
    # What a dry run found is replaced by its next run; a mapping is nobody's record.
    protect(op, "roster_findings", "roster_mappings", grants="select, insert, update, delete")


def downgrade() -> None:
    op.drop_table("student_duplicates")
    op.drop_table("whereabouts_checks")
    op.drop_table("roster_mappings")
    op.drop_table("roster_findings")
    op.drop_table("roster_imports")
