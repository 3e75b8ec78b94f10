"""Self-reports: what a student told by themselves wants an answer, said in a few words."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("evidence", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("evidence", sa.Column("answered_by", sa.Uuid(), nullable=True))
    op.add_column("evidence", sa.Column("answered_note", sa.Text(), nullable=True))
    # An answer has its time, its author and its words, or there is none.
    op.create_check_constraint(
        op.f("ck_evidence_answered"),
        "evidence",
        "(answered_at is null) = (answered_note is null) and (answered_at is null) = (answered_by is null)",
    )
    op.create_index(
        "ix_evidence_unanswered",
        "evidence",
        ["school_id", "id"],
        postgresql_where=sa.text(
            "source = 'self_report' and reported_by_staff_id is null and answered_at is null and withdrawn_at is null"
        ),
    )


def downgrade() -> None:
    op.drop_index("ix_evidence_unanswered", "evidence")
    op.drop_constraint(op.f("ck_evidence_answered"), "evidence")
    for column in ("answered_note", "answered_by", "answered_at"):
        op.drop_column("evidence", column)
