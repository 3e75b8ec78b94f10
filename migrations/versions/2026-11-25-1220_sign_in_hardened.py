"""Sign-in hardened: second factors, devices, brakes, families of refresh tokens, service accounts, a record of what happened to accounts."""

import sqlalchemy as sa
from alembic import op
from tenancy import ACCOUNT, protect, share

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
SCOPES = "array['students:read', 'contacts:read', 'academic:read', 'academic:write', 'roster:write']"


def upgrade() -> None:
    op.add_column("schools", sa.Column("second_factor", sa.Text(), server_default="required", nullable=False))
    op.create_check_constraint(op.f("ck_schools_second_factor"), "schools", "second_factor in ('required', 'off')")
    _sessions()
    _brakes()
    _second_factors()
    _service_accounts()


def _sessions() -> None:
    # Who is signed in signs in anew: nobody has shown a second factor.
    op.execute("update sessions set ended_at = now() where ended_at is null")
    op.drop_column("sessions", "spent_hashes")
    for name in ("strength", "address", "user_agent"):
        op.add_column("sessions", sa.Column(name, sa.Text(), server_default="full" if name == "strength" else "", nullable=False))
        op.alter_column("sessions", name, server_default=None)
    op.add_column("sessions", sa.Column("last_used_at", INSTANT, server_default=sa.func.now(), nullable=False))
    op.add_column("sessions", sa.Column("idle_seconds", sa.Integer(), server_default="1800", nullable=False))
    for name in ("last_used_at", "idle_seconds"):
        op.alter_column("sessions", name, server_default=None)
    op.add_column("sessions", sa.Column("end_reason", sa.Text(), nullable=True))
    op.create_check_constraint(op.f("ck_sessions_strength"), "sessions", "strength in ('full', 'enrolling')")
    op.create_table(
        "spent_refresh_tokens",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("spent_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_spent_refresh_tokens_session_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_spent_refresh_tokens")),
    )
    op.create_index("ix_spent_refresh_tokens_session", "spent_refresh_tokens", ["session_id"])
    op.create_table(
        "devices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("first_seen_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
        sa.Column("trusted_until", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_devices_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("account_id", "token_hash", name=op.f("uq_devices_account_id_token_hash")),
    )
    op.create_table(
        "security_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("details", sa.dialects.postgresql.JSONB(), nullable=False),
        sa.Column("happened_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_security_events_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_events")),
    )
    op.create_index("ix_security_events_account", "security_events", ["account_id", "happened_at"])
    share(op, "spent_refresh_tokens", grants="select, insert, delete")
    share(op, "devices", grants="select, insert, update, delete")
    share(op, "security_events", grants="select, insert")


def _brakes() -> None:
    op.drop_table("sign_in_attempts")
    op.create_table(
        "sign_in_brakes",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", INSTANT, nullable=False),
        sa.Column("blocked_until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_sign_in_brakes")),
    )
    op.create_table(
        "sign_in_tickets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_hash", sa.LargeBinary(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sign_in_tickets_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_tickets")),
        sa.UniqueConstraint("ticket_hash", name=op.f("uq_sign_in_tickets_ticket_hash")),
    )
    op.create_index("ix_sign_in_tickets_expires_at", "sign_in_tickets", ["expires_at"])
    share(op, "sign_in_brakes", grants="select, insert, update, delete")
    share(op, "sign_in_tickets", grants="select, insert, delete")


def _second_factors() -> None:
    op.create_table(
        "second_factors",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("secret_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("last_counter", sa.Integer(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("kind in ('totp', 'printed')", name=op.f("ck_second_factors_kind")),
        sa.CheckConstraint("(kind = 'totp') = (secret_cipher is not null)", name=op.f("ck_second_factors_secret")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_second_factors_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factors")),
    )
    for name, confirmed in (("living", "is not null"), ("waiting", "is null")):
        where = sa.text(f"confirmed_at {confirmed} and ended_at is null")
        op.create_index(f"uq_second_factors_{name}", "second_factors", ["account_id"], unique=True, postgresql_where=where)
    op.create_table(
        "one_time_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("factor_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["factor_id"], ["second_factors.id"], name=op.f("fk_one_time_codes_factor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_codes")),
        sa.UniqueConstraint("factor_id", "number", name=op.f("uq_one_time_codes_factor_id_number")),
    )
    share(op, "second_factors", grants="select, insert, update")
    share(op, "one_time_codes", grants="select, insert, update, delete")


def _service_accounts() -> None:
    op.create_table(
        "service_accounts",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("addresses", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.Column("last_address", sa.Text(), nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(f"cardinality(scopes) > 0 and scopes <@ {SCOPES}", name=op.f("ck_service_accounts_scopes")),
        sa.ForeignKeyConstraint(["id"], ["accounts.id"], name=op.f("fk_service_accounts_id")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_service_accounts")),
    )
    op.create_table(
        "service_secrets",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_account_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("slot in (1, 2)", name=op.f("ck_service_secrets_slot")),
        sa.ForeignKeyConstraint(
            ["school_id", "service_account_id"],
            ["service_accounts.school_id", "service_accounts.id"],
            name=op.f("fk_service_secrets_school_id_service_account_id"),
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_service_secrets")),
    )
    op.create_index(
        "uq_service_secrets_living",
        "service_secrets",
        ["school_id", "service_account_id", "slot"],
        unique=True,
        postgresql_where=sa.text("revoked_at is null"),
    )
    protect(op, "service_accounts", "service_secrets")
    # A program that signs in finds its own school, as a person does.
    op.execute(f"create policy own on service_accounts for select using (id = {ACCOUNT})")


def downgrade() -> None:
    for table in ("service_secrets", "service_accounts", "one_time_codes", "second_factors", "sign_in_tickets", "sign_in_brakes"):
        op.drop_table(table)
    for table in ("security_events", "devices", "spent_refresh_tokens"):
        op.drop_table(table)
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("failed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    op.create_index("ix_sign_in_attempts_username_address", "sign_in_attempts", ["username", "address", "failed_at"], unique=False)
    share(op, "sign_in_attempts", grants="select, insert, delete")
    op.drop_constraint(op.f("ck_sessions_strength"), "sessions", type_="check")
    for name in ("end_reason", "idle_seconds", "last_used_at", "user_agent", "address", "strength"):
        op.drop_column("sessions", name)
    # The spent tokens of living sessions are not told to the old form: whoever is signed in signs in once more.
    op.execute("update sessions set ended_at = now() where ended_at is null")
    op.add_column("sessions", sa.Column("spent_hashes", sa.ARRAY(sa.LargeBinary()), server_default=sa.text("'{}'"), nullable=False))
    op.drop_constraint(op.f("ck_schools_second_factor"), "schools", type_="check")
    op.drop_column("schools", "second_factor")
