"""The school's own words on gaps: what it looks for, and what it has put off."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from nuanyang.casework.gaps.rules import KINDS
from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to


class GapSetting(SchoolOwned, Edited, Written, Base):
    """A definition that the school changed; the others are as shipped."""

    __tablename__ = "gap_settings"
    __table_args__ = (
        UniqueConstraint("school_id", "kind"),
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        CheckConstraint("days between 0 and 730 and percent between 1 and 100", name="numbers"),
    )

    kind: Mapped[str]
    is_on: Mapped[bool]
    days: Mapped[int | None]
    percent: Mapped[int | None]


class GapWaiver(SchoolOwned, Written, Base):
    """暂缓: somebody said until when a gap need not be closed, and why. It lapses by itself."""

    __tablename__ = "gap_waivers"
    __table_args__ = (
        to("students", "student_id"),
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        CheckConstraint("length(reason) >= 4", name="reason"),
        CheckConstraint("(withdrawn_at is null) = (withdrawn_by is null)", name="withdrawn"),
        Index("ix_gap_waivers_student", "school_id", "student_id", "kind", postgresql_where=text("withdrawn_at is null")),
    )

    kind: Mapped[str]
    student_id: Mapped[UUID]
    subject_id: Mapped[UUID]  # the recognition, file, need, goal, plan or measure
    data_class: Mapped[str]
    reason: Mapped[str]
    until_on: Mapped[date]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
