"""Attendance as schools sum it up: days and times by kind and period. Data class `academic`."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, SchoolOwned, to


class AttendanceSummary(SchoolOwned, Base):
    """旷课, 病假, 事假 in days (lessons where the school counts lessons), 迟到 in times, for one student and period."""

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
