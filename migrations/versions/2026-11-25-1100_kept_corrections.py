"""What a correction replaces is kept with its reason: evidence, exams, results, attendance."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from tenancy import all_schools, protect

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# Rows from before reasons were asked for.
UNKNOWN = "更正原因未登记"


def upgrade() -> None:
    for table, subject, reason_is_asked in (
        ("evidence_changes", "evidence", True),
        ("exam_changes", "exams", False),
        ("attendance_changes", "attendance_summaries", True),
    ):
        column = {"evidence": "evidence_id", "exams": "exam_id", "attendance_summaries": "summary_id"}[subject]
        checks = [sa.CheckConstraint("length(reason) >= 4", name=op.f(f"ck_{table}_reason"))] if reason_is_asked else []
        op.create_table(
            table,
            sa.Column("school_id", sa.Uuid(), nullable=False),
            sa.Column("id", sa.Uuid(), nullable=False),
            sa.Column(column, sa.Uuid(), nullable=False),
            sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
            sa.Column("reason", sa.Text(), nullable=not reason_is_asked),
            sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("changed_by", sa.Uuid(), nullable=True),
            *checks,
            sa.ForeignKeyConstraint(
                ["school_id", column], [f"{subject}.school_id", f"{subject}.id"], name=op.f(f"fk_{table}_school_id_{column}")
            ),
            sa.PrimaryKeyConstraint("school_id", "id", name=op.f(f"pk_{table}")),
        )
        op.create_index(f"ix_{table}_{column.removesuffix('_id')}", table, ["school_id", column], unique=False)
    protect(op, "evidence_changes", "attendance_changes", grants="select, insert")
    # An exam without results can be taken back, and what is noted of it with it.
    protect(op, "exam_changes", grants="select, insert, delete")
    op.add_column("results", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("result_changes", sa.Column("reason", sa.Text(), nullable=True))
    with all_schools(op, "result_changes", "evidence"):
        op.execute(f"update result_changes set reason = '{UNKNOWN}'")
        op.execute("update evidence set data_class = 'protection' where about_staff_id is not null")
    op.alter_column("result_changes", "reason", nullable=False)
    op.create_check_constraint(op.f("ck_result_changes_reason"), "result_changes", "length(reason) >= 4")
    op.create_check_constraint(op.f("ck_evidence_about_staff"), "evidence", "about_staff_id is null or data_class = 'protection'")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_evidence_about_staff"), "evidence")
    op.drop_column("result_changes", "reason")
    op.drop_column("results", "version")
    op.drop_table("attendance_changes")
    op.drop_table("exam_changes")
    op.drop_table("evidence_changes")
