"""Activation slips: codes as digests, one living code and one account a guardian."""

import sqlalchemy as sa
from alembic import op
from auditing import forget, record
from tenancy import protect

revision = "00452"
down_revision = "00451"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
# Asked by nobody in particular, before a school is known: it names the school of a code that is good now, and nothing else.
SCHOOL_OF = """
create function activation_school(digest bytea) returns uuid
language sql stable security definer set search_path = pg_catalog, public as $$
  select c.school_id from public.activation_codes c
  where c.code_hash = digest and c.used_at is null and c.voided_at is null and c.expires_at > now()
$$
"""


def upgrade() -> None:
    op.create_table(
        "activation_codes",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("guardian_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("voided_at", INSTANT, nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("used_at is null or voided_at is null", name=op.f("ck_activation_codes_one_end")),
        sa.CheckConstraint("(used_at is null) = (account_id is null)", name=op.f("ck_activation_codes_used")),
        sa.ForeignKeyConstraint(
            ["school_id", "guardian_id"], ["guardians.school_id", "guardians.id"], name=op.f("fk_activation_codes_school_id_guardian_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"], ["classes.school_id", "classes.id"], name=op.f("fk_activation_codes_school_id_class_id")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_activation_codes_account_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_activation_codes")),
    )
    op.create_index(
        "uq_activation_codes_living",
        "activation_codes",
        ["school_id", "guardian_id"],
        unique=True,
        postgresql_where=sa.text("used_at is null and voided_at is null"),
    )
    op.create_index("ix_activation_codes_hash", "activation_codes", ["code_hash"])
    # Spent or void it stays: what else a code says never changes.
    protect(op, "activation_codes", grants="select, insert, update (used_at, voided_at, account_id)")
    op.execute("create policy finding on activation_codes for select to nuanyang_owner using (true)")
    op.execute(SCHOOL_OF)
    op.execute("revoke all on function activation_school(bytea) from public")
    op.execute("grant execute on function activation_school(bytea) to nuanyang_app")
    record(op, "activation_codes", student="", data_class="contact", secret="code_hash")  # noqa: S106 - the name of a column
    op.create_index(
        "uq_memberships_guardian",
        "memberships",
        ["school_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("person_kind = 'guardian'"),
    )


def downgrade() -> None:
    op.drop_index("uq_memberships_guardian", "memberships")
    forget(op, "activation_codes")
    op.execute("drop function activation_school(bytea)")
    op.drop_table("activation_codes")
