"""The school calendar: what the school says of single days, its exam weeks, phases and days off."""

import sqlalchemy as sa
from alembic import op
from auditing import forget, record
from retaining import let_go, spare
from tenancy import protect
from walls import school

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLES = ("calendar_days", "calendar_periods")


def upgrade() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_kept(),
        sa.CheckConstraint("kind in ('school_day', 'day_off')", name=op.f("ck_calendar_days_kind")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_calendar_days")),
    )
    op.create_index(
        "uq_calendar_days_day", "calendar_days", ["school_id", "day"], unique=True, postgresql_where=sa.text("withdrawn_at is null")
    )
    op.create_table(
        "calendar_periods",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        *_kept(),
        sa.CheckConstraint("kind in ('exam_week', 'phase', 'holiday')", name=op.f("ck_calendar_periods_kind")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_calendar_periods_period")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_calendar_periods")),
    )
    op.create_index(
        "ix_calendar_periods_days", "calendar_periods", ["school_id", "starts_on", "id"], postgresql_where=sa.text("withdrawn_at is null")
    )
    protect(op, *TABLES)
    for table in TABLES:
        school(op, table)
        record(op, table, student="", data_class="basic")
    spare(op, "the days of the school: about no student", *TABLES)


def _kept() -> list[sa.Column[object]]:
    return [
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
    ]


def downgrade() -> None:
    for table in TABLES:
        let_go(op, table)
        forget(op, table)
        op.drop_table(table)
