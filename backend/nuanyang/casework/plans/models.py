"""一生一策: needs, measurable goals, measures with dose; versions kept; approved by another person."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to
from nuanyang.kit.ids import new_id

DIMENSIONS = ("academic", "psychological", "living", "social")
PLAN_STATES = ("draft", "submitted", "approved", "superseded", "closed", "discarded")


class SupportPlan(SchoolOwned, Edited, Written, Base):
    """One version of a student's plan. Approving a version supersedes the one before."""

    __tablename__ = "support_plans"
    __table_args__ = (
        to("students", "student_id"),
        to("school_years", "school_year_id"),
        to("support_plans", "previous_plan_id", name="fk_support_plans_previous"),
        to("staff", "reviewer_staff_id", name="fk_support_plans_reviewer"),
        CheckConstraint(f"state in {PLAN_STATES}", name="state"),
        CheckConstraint("support_level in ('key', 'general')", name="support_level"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="period"),
        # Four eyes: whoever submitted a plan does not approve it.
        CheckConstraint("approved_by is null or (submitted_by is not null and approved_by <> submitted_by)", name="four_eyes"),
        # Nor does whoever wrote it last, should another have submitted it.
        CheckConstraint("approved_by is null or edited_by is null or approved_by <> edited_by", name="not_own"),
        # Nor anybody else who wrote a part of it.
        CheckConstraint("approved_by is null or not approved_by = any(writers)", name="not_a_writer"),
        CheckConstraint("(state in ('approved', 'superseded', 'closed')) = (approved_at is not null)", name="approved"),
        CheckConstraint("(state in ('closed', 'discarded')) = (ended_at is not null)", name="ended"),
        UniqueConstraint("school_id", "student_id", "number"),
        # One plan in force, one in the making.
        Index("uq_support_plans_in_force", "school_id", "student_id", unique=True, postgresql_where=text("state = 'approved'")),
        Index(
            "uq_support_plans_in_making", "school_id", "student_id", unique=True, postgresql_where=text("state in ('draft', 'submitted')")
        ),
        Index("ix_support_plans_state", "school_id", "state", "student_id"),
        Index("ix_support_plans_review", "school_id", "next_review_on", "id", postgresql_where=text("state = 'approved'")),
    )

    student_id: Mapped[UUID]
    school_year_id: Mapped[UUID]
    number: Mapped[int]  # version of the student's plan: 1, 2, 3 …
    state: Mapped[str] = mapped_column(default="draft")
    support_level: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    next_review_on: Mapped[date | None]
    reviewer_staff_id: Mapped[UUID | None]
    summary: Mapped[str | None]  # in plain words for the family, without labels
    previous_plan_id: Mapped[UUID | None]
    template: Mapped[str | None]  # code of a shipped template, or the id of one of the school's
    edited_by: Mapped[UUID | None]  # who wrote the contents last; None for a copy of the version before
    writers: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list, server_default=text("'{}'::uuid[]"))  # everyone who wrote a part
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[UUID | None]
    returned_reason: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]


class Need(SchoolOwned, Base):
    """What the student needs in one dimension, tied to the recognition it answers."""

    __tablename__ = "needs"
    __table_args__ = (
        to("support_plans", "plan_id"),
        to("recognitions", "recognition_id"),
        CheckConstraint(f"dimension in {DIMENSIONS}", name="dimension"),
        UniqueConstraint("school_id", "plan_id", "lineage"),
    )

    plan_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(default=0)
    # What stays the same from version to version, and from a template to the plans made from it: they are compared by it.
    lineage: Mapped[str] = mapped_column(default=lambda: str(new_id()))
    dimension: Mapped[str]
    category: Mapped[str | None]
    data_class: Mapped[str]
    recognition_id: Mapped[UUID | None]
    statement: Mapped[str]


class Goal(SchoolOwned, Base):
    """A measurable goal: from the baseline to the target by the due date."""

    __tablename__ = "goals"
    __table_args__ = (
        to("needs", "need_id"),
        to("support_plans", "plan_id"),
        CheckConstraint("achieved in ('yes', 'partly', 'no')", name="achieved"),
        UniqueConstraint("school_id", "plan_id", "lineage"),
        Index("ix_goals_need", "school_id", "need_id"),
    )

    plan_id: Mapped[UUID]
    need_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(default=0)
    lineage: Mapped[str] = mapped_column(default=lambda: str(new_id()))
    statement: Mapped[str]
    indicator: Mapped[str]
    baseline: Mapped[str]
    target: Mapped[str]
    due_on: Mapped[date]
    achieved: Mapped[str | None]  # yes, partly, no; set at a review
    achieved_note: Mapped[str | None]


class PlanMeasure(SchoolOwned, Base):
    """A measure with its dose: `times` per `per`, `minutes` each, by whom, from when to when."""

    __tablename__ = "plan_measures"
    __table_args__ = (
        to("goals", "goal_id"),
        to("support_plans", "plan_id"),
        to("staff", "doer_staff_id", name="fk_plan_measures_doer"),
        CheckConstraint("per in ('day', 'week', 'month', 'term', 'once')", name="per"),
        CheckConstraint("times > 0 and minutes >= 0", name="dose"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="period"),
        UniqueConstraint("school_id", "plan_id", "lineage"),
        Index("ix_plan_measures_goal", "school_id", "goal_id"),
    )

    plan_id: Mapped[UUID]
    goal_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(default=0)
    lineage: Mapped[str] = mapped_column(default=lambda: str(new_id()))
    kind: Mapped[str]  # a measure kind of programme/clauses: A1.3.small_group_tutoring
    title: Mapped[str]
    times: Mapped[Decimal]
    per: Mapped[str]
    minutes: Mapped[int]
    doer_staff_id: Mapped[UUID | None]
    doer_note: Mapped[str | None]  # "学生志愿者", "社区医生"
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class PlanReview(SchoolOwned, Written, Base):
    """评估: exit, revise, keep or step up, with the reason."""

    __tablename__ = "plan_reviews"
    __table_args__ = (
        to("support_plans", "plan_id"),
        CheckConstraint("outcome in ('exit', 'revise', 'keep', 'step_up')", name="outcome"),
        CheckConstraint("length(reason) >= 4", name="reason"),
        Index("ix_plan_reviews_plan", "school_id", "plan_id"),
    )

    plan_id: Mapped[UUID]
    outcome: Mapped[str]
    reason: Mapped[str]
    reviewed_on: Mapped[date]
    next_review_on: Mapped[date | None]


class PlanTemplate(SchoolOwned, Edited, Written, Base):
    """A template of the school's library; the shipped ones are data of the program and copied when changed."""

    __tablename__ = "plan_templates"
    __table_args__ = (
        CheckConstraint("category in ('C1', 'C2', 'C3', 'C4')", name="category"),
        CheckConstraint("support_level in ('key', 'general')", name="support_level"),
        Index("ix_plan_templates_category", "school_id", "category"),
    )

    name: Mapped[str]
    category: Mapped[str]
    support_level: Mapped[str]
    description: Mapped[str | None]
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)  # needs → goals → measures, dates as offsets in days
    retired_at: Mapped[datetime | None]
