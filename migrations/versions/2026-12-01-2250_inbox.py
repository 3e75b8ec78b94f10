"""Notices: what the programme tells people inside the app, each thing once; one's own only."""

import sqlalchemy as sa
from alembic import op
from retaining import let_go, spare
from sqlalchemy.dialects import postgresql
from tenancy import protect
from walls import school

from nuanyang.kit.db.context import TRUSTED

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PROGRAM = f"current_setting('app.purpose', true) in ({', '.join(repr(one) for one in sorted(TRUSTED))})"


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("params", postgresql.JSONB(), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.CheckConstraint("kind in ('due', 'overdue', 'missed', 'week_of_class', 'week_of_school')", name=op.f("ck_notices_kind")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_notices_account_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_notices")),
        sa.UniqueConstraint("school_id", "account_id", "subject", name=op.f("uq_notices_school_id_account_id_subject")),
    )
    op.create_index("ix_notices_list", "notices", ["school_id", "account_id", "told_at", "id"])
    op.create_index(
        "ix_notices_unread", "notices", ["school_id", "account_id"], postgresql_where=sa.text("read_at is null and settled_at is null")
    )
    protect(op, "notices")
    school(op, "notices")
    # One's own, whatever one's rights: what somebody owes is no other's inbox.
    op.execute(
        f"create policy own on notices as restrictive to nuanyang_app using ({PROGRAM} or account_id::text = current_setting('app.account_id', true))"
    )
    spare(op, "numbers of clauses and classes, told to members of staff", "notices")


def downgrade() -> None:
    let_go(op, "notices")
    op.drop_table("notices")
