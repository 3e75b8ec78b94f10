"""Exams, their subjects with full marks, and each student's result. Data class `academic`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to

RESULT_STATUSES = ("present", "absent", "deferred", "exempt", "violation", "blank")


class LevelScheme(SchoolOwned, Base):
    """Levels as data: `[{"level": "A", "from_share": 0.85}, …]` from best to worst; `passing` is the worst level that passes."""

    __tablename__ = "level_schemes"
    __table_args__ = (UniqueConstraint("school_id", "name"),)

    name: Mapped[str]
    levels: Mapped[list[Any]] = mapped_column(JSONB)
    passing: Mapped[str | None]


class Exam(SchoolOwned, Edited, Written, Base):
    """期中, 期末, 月考 or 单元 of one grade in one term."""

    __tablename__ = "exams"
    __table_args__ = (
        to("terms", "term_id"),
        CheckConstraint("kind in ('midterm', 'final', 'monthly', 'unit', 'level_test')", name="kind"),
        UniqueConstraint("school_id", "term_id", "grade", "name"),
        Index("ix_exams_held", "school_id", "held_on"),
    )

    term_id: Mapped[UUID]
    grade: Mapped[int]
    kind: Mapped[str]
    name: Mapped[str]
    held_on: Mapped[date]


class ExamChange(SchoolOwned, Base):
    """What an exam was before it was changed, and why. Append-only."""

    __tablename__ = "exam_changes"
    __table_args__ = (to("exams", "exam_id"), Index("ix_exam_changes_exam", "school_id", "exam_id"))

    exam_id: Mapped[UUID]
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)  # the old values of what changed: name, kind, held_on, subjects
    reason: Mapped[str | None]  # asked for as soon as there are results
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID | None]


class ExamSubject(SchoolOwned, Base):
    """One subject of an exam: full marks differ by subject; without paper exams only levels are given."""

    __tablename__ = "exam_subjects"
    __table_args__ = (
        to("exams", "exam_id"),
        to("level_schemes", "level_scheme_id"),
        UniqueConstraint("school_id", "exam_id", "subject"),
        CheckConstraint("full_marks is null or full_marks > 0", name="full_marks"),
    )

    exam_id: Mapped[UUID]
    subject: Mapped[str]
    full_marks: Mapped[Decimal | None]
    level_scheme_id: Mapped[UUID | None]


class Result(SchoolOwned, Base):
    """One student in one subject of one exam. 缺考, 缓考, 免考, 违纪 and blank are kept as such and are never 0."""

    __tablename__ = "results"
    __table_args__ = (
        to("exams", "exam_id"),
        to("exam_subjects", "exam_subject_id"),
        to("students", "student_id"),
        CheckConstraint(f"status in {RESULT_STATUSES}", name="status"),
        # A score or level stands only beside somebody who sat the exam.
        CheckConstraint("status = 'present' or (score is null and result_level is null)", name="never_zero"),
        CheckConstraint("score is null or score >= 0", name="score"),
        CheckConstraint("band between 1 and 5", name="band"),
        UniqueConstraint("school_id", "exam_subject_id", "student_id"),
        Index("ix_results_student", "school_id", "student_id"),
        Index("ix_results_exam", "school_id", "exam_id"),
    )

    exam_id: Mapped[UUID]
    exam_subject_id: Mapped[UUID]
    student_id: Mapped[UUID]
    class_id: Mapped[UUID | None]  # the class on the day of the exam
    status: Mapped[str]
    score: Mapped[Decimal | None]
    result_level: Mapped[str | None]
    # Fifth of the class, 1 the highest: the band is kept, an ordinal rank never is.
    band: Mapped[int | None]
    entered_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class ResultChange(SchoolOwned, Base):
    """What a result said before it was corrected, and why it was. Append-only."""

    __tablename__ = "result_changes"
    __table_args__ = (
        to("results", "result_id"),
        CheckConstraint("length(reason) >= 4", name="reason"),
        Index("ix_result_changes_result", "school_id", "result_id"),
    )

    result_id: Mapped[UUID]
    status: Mapped[str]
    score: Mapped[Decimal | None]
    result_level: Mapped[str | None]
    reason: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID | None]
