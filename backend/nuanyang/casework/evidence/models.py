"""认定依据: what is known about a student's need, each with source and date. Its data class is that of its category."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to

SOURCES = ("results", "attendance", "self_report", "nomination", "home_visit", "special_list")
CATEGORIES = ("C1", "C2", "C3", "C4")


class Evidence(SchoolOwned, Edited, Written, Base):
    """One piece of evidence; withdrawn with a reason, never deleted."""

    __tablename__ = "evidence"
    __table_args__ = (
        to("students", "student_id"),
        to("school_years", "school_year_id"),
        CheckConstraint(f"source in {SOURCES}", name="source"),
        CheckConstraint(f"category in {CATEGORIES}", name="category"),
        CheckConstraint("(withdrawn_at is null) = (withdrawn_reason is null)", name="withdrawn"),
        Index("ix_evidence_student", "school_id", "student_id"),
        Index(
            "ix_evidence_current",
            "school_id",
            "school_year_id",
            "category",
            "kind",
            "student_id",
            postgresql_where=text("withdrawn_at is null"),
        ),
    )

    student_id: Mapped[UUID]
    school_year_id: Mapped[UUID]
    source: Mapped[str]
    category: Mapped[str]
    kind: Mapped[str]  # a code of the evidence catalogue: minimum_living_allowance, left_behind, weak_foundation, …
    data_class: Mapped[str]
    observed_on: Mapped[date]
    note: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    # A self-report about a member of staff never reaches that member of staff.
    about_staff_id: Mapped[UUID | None]
    reported_by_staff_id: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawn_reason: Mapped[str | None]
