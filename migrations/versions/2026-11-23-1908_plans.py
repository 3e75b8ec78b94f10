"""Support plans."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from tenancy import protect

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "support_plans",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("school_year_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("support_level", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("reviewer_staff_id", sa.Uuid(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("previous_plan_id", sa.Uuid(), nullable=True),
        sa.Column("template", sa.Text(), nullable=True),
        sa.Column("edited_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("returned_reason", sa.Text(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state in ('approved', 'superseded', 'closed')) = (approved_at is not null)", name=op.f("ck_support_plans_approved")
        ),
        sa.CheckConstraint(
            "state in ('draft', 'submitted', 'approved', 'superseded', 'closed', 'discarded')", name=op.f("ck_support_plans_state")
        ),
        sa.CheckConstraint("support_level in ('key', 'general')", name=op.f("ck_support_plans_support_level")),
        sa.CheckConstraint(
            "approved_by is null or (submitted_by is not null and approved_by <> submitted_by)", name=op.f("ck_support_plans_four_eyes")
        ),
        sa.CheckConstraint("approved_by is null or edited_by is null or approved_by <> edited_by", name=op.f("ck_support_plans_not_own")),
        sa.CheckConstraint("(state in ('closed', 'discarded')) = (ended_at is not null)", name=op.f("ck_support_plans_ended")),
        sa.CheckConstraint("ends_on is null or ends_on >= starts_on", name=op.f("ck_support_plans_period")),
        sa.ForeignKeyConstraint(
            ["school_id", "previous_plan_id"], ["support_plans.school_id", "support_plans.id"], name="fk_support_plans_previous"
        ),
        sa.ForeignKeyConstraint(["school_id", "reviewer_staff_id"], ["staff.school_id", "staff.id"], name="fk_support_plans_reviewer"),
        sa.ForeignKeyConstraint(
            ["school_id", "school_year_id"],
            ["school_years.school_id", "school_years.id"],
            name=op.f("fk_support_plans_school_id_school_year_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "student_id"], ["students.school_id", "students.id"], name=op.f("fk_support_plans_school_id_student_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_support_plans")),
        sa.UniqueConstraint("school_id", "student_id", "number", name=op.f("uq_support_plans_school_id_student_id_number")),
    )
    op.create_index("ix_support_plans_state", "support_plans", ["school_id", "state", "student_id"], unique=False)
    op.create_index(
        "ix_support_plans_review",
        "support_plans",
        ["school_id", "next_review_on", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'approved'"),
    )
    op.create_index(
        "uq_support_plans_in_force",
        "support_plans",
        ["school_id", "student_id"],
        unique=True,
        postgresql_where=sa.text("state = 'approved'"),
    )
    op.create_index(
        "uq_support_plans_in_making",
        "support_plans",
        ["school_id", "student_id"],
        unique=True,
        postgresql_where=sa.text("state in ('draft', 'submitted')"),
    )
    op.create_table(
        "needs",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lineage", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("recognition_id", sa.Uuid(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.CheckConstraint("dimension in ('academic', 'psychological', 'living', 'social')", name=op.f("ck_needs_dimension")),
        sa.ForeignKeyConstraint(
            ["school_id", "plan_id"], ["support_plans.school_id", "support_plans.id"], name=op.f("fk_needs_school_id_plan_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "recognition_id"], ["recognitions.school_id", "recognitions.id"], name=op.f("fk_needs_school_id_recognition_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_needs")),
        sa.UniqueConstraint("school_id", "plan_id", "lineage", name=op.f("uq_needs_school_id_plan_id_lineage")),
    )
    op.create_table(
        "goals",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lineage", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("achieved", sa.Text(), nullable=True),
        sa.Column("achieved_note", sa.Text(), nullable=True),
        sa.CheckConstraint("achieved in ('yes', 'partly', 'no')", name=op.f("ck_goals_achieved")),
        sa.ForeignKeyConstraint(["school_id", "need_id"], ["needs.school_id", "needs.id"], name=op.f("fk_goals_school_id_need_id")),
        sa.ForeignKeyConstraint(
            ["school_id", "plan_id"], ["support_plans.school_id", "support_plans.id"], name=op.f("fk_goals_school_id_plan_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_goals")),
        sa.UniqueConstraint("school_id", "plan_id", "lineage", name=op.f("uq_goals_school_id_plan_id_lineage")),
    )
    op.create_index("ix_goals_need", "goals", ["school_id", "need_id"], unique=False)
    op.create_table(
        "plan_measures",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lineage", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("times", sa.Numeric(), nullable=False),
        sa.Column("per", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("doer_staff_id", sa.Uuid(), nullable=True),
        sa.Column("doer_note", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("per in ('day', 'week', 'month', 'term', 'once')", name=op.f("ck_plan_measures_per")),
        sa.CheckConstraint("ends_on is null or ends_on >= starts_on", name=op.f("ck_plan_measures_period")),
        sa.CheckConstraint("times > 0 and minutes >= 0", name=op.f("ck_plan_measures_dose")),
        sa.ForeignKeyConstraint(["school_id", "doer_staff_id"], ["staff.school_id", "staff.id"], name="fk_plan_measures_doer"),
        sa.ForeignKeyConstraint(["school_id", "goal_id"], ["goals.school_id", "goals.id"], name=op.f("fk_plan_measures_school_id_goal_id")),
        sa.ForeignKeyConstraint(
            ["school_id", "plan_id"], ["support_plans.school_id", "support_plans.id"], name=op.f("fk_plan_measures_school_id_plan_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_plan_measures")),
        sa.UniqueConstraint("school_id", "plan_id", "lineage", name=op.f("uq_plan_measures_school_id_plan_id_lineage")),
    )
    op.create_index("ix_plan_measures_goal", "plan_measures", ["school_id", "goal_id"], unique=False)
    op.create_table(
        "plan_reviews",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("outcome in ('exit', 'revise', 'keep', 'step_up')", name=op.f("ck_plan_reviews_outcome")),
        sa.CheckConstraint("length(reason) >= 4", name=op.f("ck_plan_reviews_reason")),
        sa.ForeignKeyConstraint(
            ["school_id", "plan_id"], ["support_plans.school_id", "support_plans.id"], name=op.f("fk_plan_reviews_school_id_plan_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_plan_reviews")),
    )
    op.create_index("ix_plan_reviews_plan", "plan_reviews", ["school_id", "plan_id"], unique=False)
    op.create_table(
        "plan_templates",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("support_level", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("category in ('C1', 'C2', 'C3', 'C4')", name=op.f("ck_plan_templates_category")),
        sa.CheckConstraint("support_level in ('key', 'general')", name=op.f("ck_plan_templates_support_level")),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_plan_templates")),
    )
    op.create_index("ix_plan_templates_category", "plan_templates", ["school_id", "category"], unique=False)
    protect(op, "support_plans", "plan_templates")
    # Contents of a draft may be struck out before anybody else has it; from submission on no part of a version can be deleted.
    protect(op, "needs", "goals", "plan_measures", grants="select, insert, update, delete")
    for table in ("needs", "goals", "plan_measures"):
        op.execute(
            f"create policy drafts_only on {table} as restrictive for delete using (exists ("
            f"select from support_plans p where p.school_id = {table}.school_id and p.id = {table}.plan_id and p.state = 'draft'))"
        )
    protect(op, "plan_reviews", grants="select, insert")


def downgrade() -> None:
    op.drop_table("plan_templates")
    op.drop_table("plan_reviews")
    op.drop_table("plan_measures")
    op.drop_table("goals")
    op.drop_table("needs")
    op.drop_table("support_plans")
