"""一生一档: opened once a student is recognised, led by one person, one timeline of everything."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to


class Dossier(SchoolOwned, Edited, Written, Base):
    """The file of one student; at most one open."""

    __tablename__ = "dossiers"
    __table_args__ = (
        to("students", "student_id"),
        CheckConstraint("(closed_on is null) = (close_reason is null)", name="closed"),
        UniqueConstraint("school_id", "number"),
        Index("ix_dossiers_student", "school_id", "student_id"),
        Index("uq_dossiers_open", "school_id", "student_id", unique=True, postgresql_where=text("closed_on is null")),
    )

    student_id: Mapped[UUID]
    number: Mapped[str]  # 档案编号, printed on the cover
    data_class: Mapped[str]  # of the recognition that opened it: the mere fact of a file must not leak
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    close_reason: Mapped[str | None]


class CaseLead(SchoolOwned, Written, Base):
    """帮扶责任人, dated; one at a time."""

    __tablename__ = "case_leads"
    __table_args__ = (
        to("students", "student_id"),
        to("staff", "staff_id"),
        CheckConstraint("valid_to is null or valid_to >= valid_from", name="period"),
        Index("uq_case_leads_current", "school_id", "student_id", unique=True, postgresql_where=text("valid_to is null")),
        Index("ix_case_leads_staff", "school_id", "staff_id", postgresql_where=text("valid_to is null")),
    )

    student_id: Mapped[UUID]
    staff_id: Mapped[UUID]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    handover_note: Mapped[str | None]


class TimelineEntry(SchoolOwned, Base):
    """One event in a student's life here, written by the slice in which it happened, in the same transaction. Carries its data class."""

    __tablename__ = "timeline_entries"
    __table_args__ = (to("students", "student_id"), Index("ix_timeline_entries_student", "school_id", "student_id", "happened_at", "id"))

    student_id: Mapped[UUID]
    happened_at: Mapped[datetime]
    kind: Mapped[str]  # evidence_added, recognition_step, plan_approved, intervention_recorded, …
    data_class: Mapped[str]
    # What the sentence needs (never free text of the case): {"category": "C2", "outcome": "agree"}
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    subject_kind: Mapped[str | None]
    subject_id: Mapped[UUID | None]
    account_id: Mapped[UUID | None]
