"""Attendance as schools sum it up: days and times by kind and period. Data class `academic`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, SchoolOwned, to


class AttendanceSummary(SchoolOwned, Base):
    """旷课, 病假, 事假 in days (a sheet's lessons are reckoned in days), 迟到 in times, for one student and period."""

    __tablename__ = "attendance_summaries"
    __table_args__ = (
        to("students", "student_id"),
        to("terms", "term_id"),
        UniqueConstraint("school_id", "student_id", "starts_on", "ends_on"),
        CheckConstraint("ends_on >= starts_on", name="period"),
        CheckConstraint("truancy >= 0 and sick_leave >= 0 and personal_leave >= 0 and late >= 0", name="counts"),
        Index("ix_attendance_summaries_term", "school_id", "term_id"),
    )

    student_id: Mapped[UUID]
    term_id: Mapped[UUID]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    school_days: Mapped[int | None]
    truancy: Mapped[Decimal] = mapped_column(default=0)
    sick_leave: Mapped[Decimal] = mapped_column(default=0)
    personal_leave: Mapped[Decimal] = mapped_column(default=0)
    late: Mapped[int] = mapped_column(default=0)
    entered_at: Mapped[datetime]


class AttendanceChange(SchoolOwned, Base):
    """What a period said of a student before it was corrected, and why it was. Append-only."""

    __tablename__ = "attendance_changes"
    __table_args__ = (
        to("attendance_summaries", "summary_id"),
        CheckConstraint("length(reason) >= 4", name="reason"),
        Index("ix_attendance_changes_summary", "school_id", "summary_id"),
    )

    summary_id: Mapped[UUID]
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)  # the old values of what changed
    reason: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID | None]
