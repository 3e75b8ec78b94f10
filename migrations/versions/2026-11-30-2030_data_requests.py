"""What families ask about their child's data; and the one question that keeps from families what protects a child."""

import sqlalchemy as sa
from alembic import op
from approving import four_eyes, two_eyes
from auditing import forget, record
from sqlalchemy.dialects import postgresql
from tenancy import SCHOOL, protect

revision = "0046"
down_revision = "00452"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TEXTS = postgresql.ARRAY(sa.Text())
NONE = sa.text("'{}'::text[]")
LOOKED_AT = ("recognitions", "evidence", "support_plans", "needs", "interventions")
# Asked in a family's own session, which need read nothing of it: it runs as the owner and tells yes or no, so that less is told.
PROTECTED = f"""
create function is_protected(student uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from public.recognitions r where r.school_id = {SCHOOL} and r.student_id = student
      and (r.data_class = 'protection' or cardinality(r.withheld_from_staff_ids) > 0))
    or exists (select from public.evidence e where e.school_id = {SCHOOL} and e.student_id = student and e.data_class = 'protection')
    or exists (select from public.interventions i where i.school_id = {SCHOOL} and i.student_id = student
      and (i.data_class = 'protection' or cardinality(i.withheld_from_staff_ids) > 0))
    or exists (select from public.needs n join public.support_plans p on p.school_id = n.school_id and p.id = n.plan_id
      where n.school_id = {SCHOOL} and p.student_id = student and n.data_class = 'protection')
    or exists (select from public.custody_orders o where o.school_id = {SCHOOL} and o.student_id = student)
$$
"""


def upgrade() -> None:
    for table in LOOKED_AT:
        op.execute(f"create policy asked on {table} for select to nuanyang_owner using (true)")
    op.execute(PROTECTED)
    op.execute("revoke all on function is_protected(uuid) from public")
    op.execute("grant execute on function is_protected(uuid) to nuanyang_app")
    op.create_table(
        "data_requests",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("guardian_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("parts", TEXTS, server_default=NONE, nullable=False),
        sa.Column("wanted", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("prepared_by", sa.Uuid(), nullable=True),
        sa.Column("prepared_at", INSTANT, nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_content", sa.LargeBinary(), nullable=True),
        sa.Column("returned_reason", sa.Text(), nullable=True),
        sa.Column("erased", TEXTS, server_default=NONE, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("kind in ('correct', 'erase', 'copy')", name=op.f("ck_data_requests_kind")),
        sa.CheckConstraint("desk in ('registrar', 'moral_education')", name=op.f("ck_data_requests_desk")),
        sa.CheckConstraint(
            "state in ('open', 'in_hand', 'awaiting_approval', 'fulfilled', 'partly', 'refused', 'withdrawn')",
            name=op.f("ck_data_requests_state"),
        ),
        sa.CheckConstraint("(kind = 'correct') = (field is not null)", name=op.f("ck_data_requests_field")),
        sa.CheckConstraint("(kind = 'erase') = (cardinality(parts) > 0)", name=op.f("ck_data_requests_parts")),
        sa.CheckConstraint(
            "(state in ('fulfilled', 'partly', 'refused')) = (decided_at is not null) and (decided_at is null or outcome = state)",
            name=op.f("ck_data_requests_decided"),
        ),
        sa.CheckConstraint(
            "outcome is null or outcome = 'fulfilled' or (ground is not null and length(reason) >= 4)", name=op.f("ck_data_requests_reason")
        ),
        sa.CheckConstraint(
            "kind <> 'erase' or decided_at is null or (prepared_by is not null and approved_by is not null)",
            name=op.f("ck_data_requests_erasure"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_data_requests_school_id_student_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "guardian_id"], ["guardians.school_id", "guardians.id"], name=op.f("fk_data_requests_school_id_guardian_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_data_requests")),
    )
    op.create_index("ix_data_requests_student", "data_requests", ["school_id", "student_id", "id"])
    op.create_index("ix_data_requests_queue", "data_requests", ["school_id", "due_on", "id"])
    protect(op, "data_requests")
    record(op, "data_requests", student="student_id", data_class="column:data_class")
    four_eyes(
        op,
        "data_requests",
        author="prepared_by",
        approvers="approved_by",
        content="student_id guardian_id kind parts outcome ground reason",
    )


def downgrade() -> None:
    two_eyes(op, "data_requests")
    forget(op, "data_requests")
    op.drop_table("data_requests")
    op.execute("drop function is_protected(uuid)")
    for table in LOOKED_AT:
        op.execute(f"drop policy asked on {table}")
