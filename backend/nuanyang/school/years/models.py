"""The school year (1 September – 31 August) and its terms."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from nuanyang.kit.db.models import Base, SchoolOwned, to


class SchoolYear(SchoolOwned, Base):
    """学年, named by the years it spans: 2026-2027."""

    __tablename__ = "school_years"
    __table_args__ = (UniqueConstraint("school_id", "name"), CheckConstraint("ends_on > starts_on", name="period"))

    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # inclusive


class Term(SchoolOwned, Base):
    """学期: 1 is the autumn term, 2 the spring term."""

    __tablename__ = "terms"
    __table_args__ = (
        to("school_years", "school_year_id"),
        UniqueConstraint("school_id", "school_year_id", "number"),
        CheckConstraint("ends_on > starts_on", name="period"),
    )

    school_year_id: Mapped[UUID]
    number: Mapped[int]
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # inclusive
    withdrawn_on: Mapped[date | None]  # the sender no longer has it; kept, because results and attendance point to it
