"""Private addresses of calendars: digests, one living one an account and school."""

import sqlalchemy as sa
from alembic import op
from auditing import forget, record
from retaining import let_go, spare
from tenancy import protect
from walls import school

from nuanyang.kit.db.context import TRUSTED

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PROGRAM = f"current_setting('app.purpose', true) in ({', '.join(repr(one) for one in sorted(TRUSTED))})"
# Asked by a calendar, before a school is known: it names whose address this is, and nothing else.
FEED_OF = """
create function feed_of(digest bytea) returns table (school_id uuid, account_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select f.school_id, f.account_id, f.id from public.calendar_feeds f where f.token_hash = digest and f.revoked_at is null
$$
"""


def upgrade() -> None:
    op.create_table(
        "calendar_feeds",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_calendar_feeds_account_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_calendar_feeds")),
    )
    op.create_index(
        "uq_calendar_feeds_living",
        "calendar_feeds",
        ["school_id", "account_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at is null"),
    )
    op.create_index("ix_calendar_feeds_hash", "calendar_feeds", ["token_hash"], postgresql_where=sa.text("revoked_at is null"))
    # Spent it stays: what else an address says never changes.
    protect(op, "calendar_feeds", grants="select, insert, update (revoked_at)")
    school(op, "calendar_feeds")
    op.execute(
        f"create policy own on calendar_feeds as restrictive to nuanyang_app using ({PROGRAM} or account_id::text = current_setting('app.account_id', true))"
    )
    op.execute("create policy finding on calendar_feeds for select to nuanyang_owner using (true)")
    op.execute(FEED_OF)
    op.execute("revoke all on function feed_of(bytea) from public")
    op.execute("grant execute on function feed_of(bytea) to nuanyang_app")
    record(op, "calendar_feeds", student="", data_class="basic", secret="token_hash")  # noqa: S106 - the name of a column
    spare(op, "digests of addresses of members of staff", "calendar_feeds")


def downgrade() -> None:
    op.execute("drop function feed_of(bytea)")
    let_go(op, "calendar_feeds")
    forget(op, "calendar_feeds")
    op.drop_table("calendar_feeds")
