"""What a roster file said in short, so that the same file sent again is recognised."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("roster_imports", sa.Column("compares_all", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("roster_imports", sa.Column("content_digest", sa.LargeBinary(), nullable=True))
    op.add_column("roster_imports", sa.Column("holds_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("roster_imports", "holds_until")
    op.drop_column("roster_imports", "content_digest")
    op.drop_column("roster_imports", "compares_all")
