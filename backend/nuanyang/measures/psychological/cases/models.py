"""The case. Who is on it is a dated role assignment (`case_counsellor`) like every other right; a deputy's is one lent from it."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to


class CounsellingCase(SchoolOwned, Edited, Written, Base):
    """A student is counselled from a day on; at most one case is open. That it exists is of class `wellbeing`, what is in it `clinical`."""

    __tablename__ = "counselling_cases"
    __table_args__ = (
        to("students", "student_id"),
        to("consent_exemptions", "exemption_id"),
        CheckConstraint("(closed_on is null) = (outcome is null)", name="closed"),
        CheckConstraint("outcome in ('finished', 'referred', 'left', 'other')", name="outcome"),
        # What a session's key points at: no session of one child can hang on another's case.
        UniqueConstraint("school_id", "id", "student_id"),
        Index("uq_counselling_cases_open", "school_id", "student_id", unique=True, postgresql_where=text("closed_on is null")),
    )

    student_id: Mapped[UUID]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    outcome: Mapped[str | None]
    exemption_id: Mapped[UUID | None]  # opened in an emergency, without consent: why
