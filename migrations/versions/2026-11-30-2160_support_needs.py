"""支持需求: functional sentences without diagnosis."""

import sqlalchemy as sa
from alembic import op
from auditing import forget, record
from retaining import keep, let_go
from tenancy import protect
from walls import wall

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "support_needs",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("char_length(sentence) between 2 and 60", name=op.f("ck_support_needs_sentence")),
        sa.CheckConstraint("(ended_at is null) = (ended_by is null)", name=op.f("ck_support_needs_ended")),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_support_needs_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_support_needs")),
    )
    op.create_index(
        "uq_support_needs_standing",
        "support_needs",
        ["school_id", "student_id", "sentence"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )
    protect(op, "support_needs")
    wall(op, "support_needs")
    record(op, "support_needs", student="student_id", data_class="support_needs")
    keep(op, "support_needs", student="t.student_id", holds="'support_needs'", before="students")


def downgrade() -> None:
    let_go(op, "support_needs")
    forget(op, "support_needs")
    op.drop_table("support_needs")
