"""A class of one school year. The class keeps its cohort and changes its label: 2023级3班 is 七(3)班 this year."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from nuanyang.kit.db.models import Base, SchoolOwned, to


class SchoolClass(SchoolOwned, Base):
    """行政班 in one school year."""

    __tablename__ = "classes"
    __table_args__ = (
        to("school_years", "school_year_id"),
        CheckConstraint("grade between 1 and 12", name="grade"),
        UniqueConstraint("school_id", "school_year_id", "name"),
        Index("ix_classes_year", "school_id", "school_year_id", "grade", "number"),
    )

    school_year_id: Mapped[UUID]
    grade: Mapped[int]
    number: Mapped[int]  # 班号 within the grade, for sorting
    name: Mapped[str]  # 七(3)班
    cohort_year: Mapped[int | None]  # 2023级
    closed_on: Mapped[date | None]  # dissolved or merged in mid-year


class ClassStaff(SchoolOwned, Base):
    """Who teaches or leads a class, dated."""

    __tablename__ = "class_staff"
    __table_args__ = (
        to("classes", "class_id"),
        to("staff", "staff_id"),
        CheckConstraint("role in ('homeroom_teacher', 'subject_teacher')", name="role"),
        CheckConstraint("valid_to is null or valid_to >= valid_from", name="period"),
        # One homeroom teacher at a time.
        Index(
            "uq_class_staff_homeroom",
            "school_id",
            "class_id",
            unique=True,
            postgresql_where=text("role = 'homeroom_teacher' and valid_to is null"),
        ),
        Index("ix_class_staff_staff", "school_id", "staff_id"),
        Index("ix_class_staff_class", "school_id", "class_id"),
    )

    class_id: Mapped[UUID]
    staff_id: Mapped[UUID]
    role: Mapped[str]
    subject: Mapped[str | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[str | None]  # the roster that brought it and may end it; none when a person entered it
