"""Every refresh token that was rotated away is remembered: whichever of them comes back, the session ends."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Tokens of the old form name no session: whoever is signed in signs in once more.
    op.execute("update sessions set ended_at = now() where ended_at is null")
    op.drop_constraint("uq_sessions_previous_hash", "sessions")
    op.drop_column("sessions", "previous_hash")
    op.add_column("sessions", sa.Column("spent_hashes", postgresql.ARRAY(sa.LargeBinary()), server_default=sa.text("'{}'"), nullable=False))


def downgrade() -> None:
    op.drop_column("sessions", "spent_hashes")
    op.add_column("sessions", sa.Column("previous_hash", sa.LargeBinary(), nullable=True))
    op.create_unique_constraint("uq_sessions_previous_hash", "sessions", ["previous_hash"])
