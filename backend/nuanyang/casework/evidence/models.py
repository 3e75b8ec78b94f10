"""认定依据: what is known about a student's need, each with source and date. Its data class is that of its category."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
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
        # An answer has its time, its author and its words, or there is none.
        CheckConstraint(
            "(answered_at is null) = (answered_note is null) and (answered_at is null) = (answered_by is null)", name="answered"
        ),
        # Whoever keeps protection hears of a complaint, and no class besides.
        CheckConstraint("about_staff_id is null or data_class = 'protection'", name="about_staff"),
        Index("ix_evidence_student", "school_id", "student_id"),
        Index(
            "ix_evidence_unanswered",
            "school_id",
            "id",
            postgresql_where=text(
                "source = 'self_report' and reported_by_staff_id is null and answered_at is null and withdrawn_at is null"
            ),
        ),
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
    # Only what a student told by themselves is answered.
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None]
    answered_note: Mapped[str | None]


class EvidenceChange(SchoolOwned, Base):
    """What a piece said before it was corrected, and why it was. Append-only."""

    __tablename__ = "evidence_changes"
    __table_args__ = (
        to("evidence", "evidence_id"),
        CheckConstraint("length(reason) >= 4", name="reason"),
        Index("ix_evidence_changes_evidence", "school_id", "evidence_id"),
    )

    evidence_id: Mapped[UUID]
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)  # the old values of what changed: observed_on, note, facts
    reason: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID | None]


class SpecialListRow(SchoolOwned, Edited, Written, Base):
    """A row of an office's list that may mean one of our students but is not certain: somebody decides. Rows that mean nobody here are not kept."""

    __tablename__ = "special_list_rows"
    __table_args__ = (
        to("school_years", "school_year_id"),
        to("evidence", "evidence_id"),
        CheckConstraint("state in ('open', 'matched', 'set_aside')", name="state"),
        CheckConstraint("(state = 'matched') = (evidence_id is not null)", name="matched"),
        Index("ix_special_list_rows_open", "school_id", "state", "data_class"),
    )

    school_year_id: Mapped[UUID]
    kind: Mapped[str]
    data_class: Mapped[str]
    list_name: Mapped[str]
    name: Mapped[str]
    class_label: Mapped[str | None]
    birth_on: Mapped[date | None]
    observed_on: Mapped[date]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    reason: Mapped[str]  # code: several_students, name_differs, not_in_class, …
    near_ids: Mapped[list[Any]] = mapped_column(JSONB, default=list)
    state: Mapped[str] = mapped_column(default="open", server_default="open")
    evidence_id: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    decided_reason: Mapped[str | None]


class CensusLook(SchoolOwned, Base):
    """摸排 (I1.1): this student has been looked at in this school year, whatever was found; everybody is, so it tells nothing of a need."""

    __tablename__ = "census_looks"
    __table_args__ = (
        to("students", "student_id"),
        to("school_years", "school_year_id"),
        CheckConstraint("way in ('self_report', 'nomination', 'home_visit')", name="way"),
        # The first look counts; further ones are evidence.
        UniqueConstraint("school_id", "school_year_id", "student_id"),
    )

    student_id: Mapped[UUID]
    school_year_id: Mapped[UUID]
    way: Mapped[str]
    looked_on: Mapped[date]
    looked_by: Mapped[UUID | None]
