"""An index for the guardian that a list names beside each student."""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "create index ix_student_guardians_first on student_guardians (school_id, student_id, priority, id)"
        " include (guardian_id, relation) where may_contact and ended_on is null"
    )


def downgrade() -> None:
    op.execute("drop index ix_student_guardians_first")
