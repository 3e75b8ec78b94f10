"""What the school itself says of its days, and its exam weeks, phases and days off within a term."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written


class CalendarDay(SchoolOwned, Edited, Written, Base):
    """A day on which lessons are given or not, whatever the State Council and the weekday say."""

    __tablename__ = "calendar_days"
    __table_args__ = (
        CheckConstraint("kind in ('school_day', 'day_off')", name="kind"),
        # Two words on one day would be none.
        Index("uq_calendar_days_day", "school_id", "day", unique=True, postgresql_where="withdrawn_at is null"),
    )

    day: Mapped[date]
    kind: Mapped[str]
    name: Mapped[str]
    reason: Mapped[str]
    withdrawn_at: Mapped[datetime | None]


class CalendarPeriod(SchoolOwned, Edited, Written, Base):
    """An exam week, a phase of the programme, or days off within a term."""

    __tablename__ = "calendar_periods"
    __table_args__ = (
        CheckConstraint("kind in ('exam_week', 'phase', 'holiday')", name="kind"),
        CheckConstraint("ends_on >= starts_on", name="period"),
        Index("ix_calendar_periods_days", "school_id", "starts_on", "id", postgresql_where="withdrawn_at is null"),
    )

    kind: Mapped[str]
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # inclusive
    withdrawn_at: Mapped[datetime | None]
