"""Accounts, memberships, roles, sessions."""

import sqlalchemy as sa
from alembic import op
from tenancy import ACCOUNT, protect, share

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_district_admin", sa.Boolean(), nullable=False),
        sa.Column("initial_password_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("username = lower(username)", name=op.f("ck_accounts_username_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("username", name=op.f("uq_accounts_username")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column("refresh_hash", sa.LargeBinary(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=True),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sessions_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("previous_hash", name=op.f("uq_sessions_previous_hash")),
        sa.UniqueConstraint("refresh_hash", name=op.f("uq_sessions_refresh_hash")),
    )
    op.create_index("ix_sessions_account", "sessions", ["account_id"], unique=False)
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    op.create_index("ix_sign_in_attempts_username_address", "sign_in_attempts", ["username", "address", "failed_at"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("person_kind", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("person_kind in ('staff', 'guardian', 'student')", name=op.f("ck_memberships_person_kind")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_memberships_account_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("school_id", "account_id", name=op.f("uq_memberships_school_id_account_id")),
    )
    op.create_index("ix_memberships_account", "memberships", ["account_id"], unique=False)
    op.create_table(
        "role_assignments",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope_kind", sa.Text(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=True),
        sa.Column("scope_grade", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(scope_kind = 'school' and scope_id is null and scope_grade is null) or (scope_kind = 'grade' and scope_id is null and scope_grade is not null) or (scope_kind in ('class', 'student') and scope_id is not null and scope_grade is null)",
            name=op.f("ck_role_assignments_scope"),
        ),
        sa.CheckConstraint("scope_kind in ('school', 'grade', 'class', 'student')", name=op.f("ck_role_assignments_scope_kind")),
        sa.CheckConstraint("valid_to is null or valid_to >= valid_from", name=op.f("ck_role_assignments_period")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_role_assignments_account_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_role_assignments")),
    )
    op.create_index("ix_role_assignments_account", "role_assignments", ["school_id", "account_id"], unique=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "route", "key", name=op.f("pk_idempotency_keys")),
    )
    protect(op, "memberships", "role_assignments")
    # Whoever signs in must find their own schools before one is chosen.
    for table in ("memberships", "role_assignments"):
        op.execute(f"create policy own on {table} for select using (account_id = {ACCOUNT})")
    share(op, "accounts", grants="select, insert, update")
    share(op, "sessions", grants="select, insert, update")
    share(op, "sign_in_attempts", grants="select, insert, delete")
    share(op, "idempotency_keys", grants="select, insert, update, delete")


def downgrade() -> None:
    op.drop_table("idempotency_keys")
    op.drop_table("role_assignments")
    op.drop_table("memberships")
    op.drop_table("sign_in_attempts")
    op.drop_table("sessions")
    op.drop_table("accounts")
