"""Custody orders: what keeps a guardian from a child, and the one question that every guardian's path asks the database."""

import sqlalchemy as sa
from alembic import op
from auditing import forget, record
from sqlalchemy.dialects import postgresql
from tenancy import SCHOOL, protect

revision = "0045"
down_revision = "0043"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
# Asked in a guardian's own session, who may read no order: it runs as the owner and tells yes or no.
KEEPS = f"""
create function custody_keeps(student uuid, guardian uuid, on_day date) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (
    select from public.custody_orders o
    where o.school_id = {SCHOOL} and o.student_id = student and o.guardian_id = guardian and o.lifted_at is null
      and o.kinds && array['no_information', 'no_contact'] and o.starts_on <= on_day and (o.ends_on is null or o.ends_on >= on_day))
$$
"""


def upgrade() -> None:
    op.create_table(
        "custody_orders",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("guardian_id", sa.Uuid(), nullable=False),
        sa.Column("kinds", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("lifted_at", INSTANT, nullable=True),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "cardinality(kinds) > 0 and kinds <@ array['no_information', 'no_contact', 'no_pick_up']", name=op.f("ck_custody_orders_kinds")
        ),
        sa.CheckConstraint("source in ('court', 'school')", name=op.f("ck_custody_orders_source")),
        sa.CheckConstraint("ends_on is null or ends_on >= starts_on", name=op.f("ck_custody_orders_period")),
        sa.CheckConstraint(
            "(lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lifted_reason is null)",
            name=op.f("ck_custody_orders_lifted"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id", "guardian_id"],
            ["student_guardians.school_id", "student_guardians.student_id", "student_guardians.guardian_id"],
            name="fk_custody_orders_relation",
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_custody_orders")),
    )
    op.create_index("ix_custody_orders_student", "custody_orders", ["school_id", "student_id", "guardian_id"])
    protect(op, "custody_orders", grants="select, insert, update (lifted_at, lifted_by, lifted_reason, version, updated_at)")
    # Only `custody_keeps` works as the owner; nothing of the service connects as the owner.
    op.execute("create policy keeping on custody_orders for select to nuanyang_owner using (true)")
    op.execute(KEEPS)
    op.execute("revoke all on function custody_keeps(uuid, uuid, date) from public")
    op.execute("grant execute on function custody_keeps(uuid, uuid, date) to nuanyang_app")
    record(op, "custody_orders", student="student_id", data_class="protection")


def downgrade() -> None:
    forget(op, "custody_orders")
    op.execute("drop function custody_keeps(uuid, uuid, date)")
    op.drop_table("custody_orders")
