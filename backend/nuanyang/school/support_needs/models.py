"""Support needs. Data class `support_needs`: what teachers and care staff are told instead of a diagnosis."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to


class SupportNeed(SchoolOwned, Edited, Written, Base):
    """One sentence that says what to do: 前排就座. It stands until somebody ends it, or until the last day it was entered for."""

    __tablename__ = "support_needs"
    __table_args__: Any = (
        to("students", "student_id"),
        CheckConstraint("char_length(sentence) between 2 and 60", name="sentence"),
        CheckConstraint("(ended_at is null) = (ended_by is null)", name="ended"),
        Index("uq_support_needs_standing", "school_id", "student_id", "sentence", unique=True, postgresql_where=text("ended_at is null")),
    )

    student_id: Mapped[UUID]
    sentence: Mapped[str]
    until_on: Mapped[date | None]  # inclusive; open where nobody said
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None]
