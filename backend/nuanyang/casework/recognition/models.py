"""认定: rules propose, people decide: class, grade, school; four eyes; reasons kept, also for no."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, Computed, ForeignKeyConstraint, Index, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to

STATES = ("class_review", "grade_review", "school_review", "recognised", "declined", "exited")
STEPS = ("class", "grade", "school", "term_check", "exit")


class RuleSet(SchoolOwned, Edited, Written, Base):
    """One version of the school's rules: the thresholds are data, the rules are code of a named version."""

    __tablename__ = "rule_sets"
    __table_args__ = (
        UniqueConstraint("school_id", "number"),
        CheckConstraint("state in ('draft', 'adopted', 'retired')", name="state"),
        # One set in force at a time.
        Index("uq_rule_sets_adopted", "school_id", unique=True, postgresql_where=text("state = 'adopted'")),
    )

    number: Mapped[int]
    state: Mapped[str] = mapped_column(default="draft")
    rules_version: Mapped[str]
    thresholds: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reason: Mapped[str | None]
    adopted_at: Mapped[datetime | None]
    adopted_by: Mapped[UUID | None]
    approved_content: Mapped[bytes | None]  # kept by the database: the SHA-256 of what was adopted (migrations/approving.py)


class ProposalRun(SchoolOwned, Written, Base):
    """One run of the rules over the school: how many looked at, how many proposed."""

    __tablename__ = "proposal_runs"
    __table_args__ = (to("rule_sets", "rule_set_id"), to("school_years", "school_year_id"))

    rule_set_id: Mapped[UUID]
    school_year_id: Mapped[UUID]
    students_seen: Mapped[int]
    proposed: Mapped[int]
    finished_at: Mapped[datetime | None]


class Proposal(SchoolOwned, Base):
    """系统建议: never a decision. Holds the facts and thresholds it was made from, so it can be explained later."""

    __tablename__ = "proposals"
    __table_args__ = (
        to("proposal_runs", "run_id"),
        to("students", "student_id"),
        CheckConstraint("category in ('C1', 'C2', 'C3', 'C4')", name="category"),
        CheckConstraint("support_level in ('key', 'general')", name="support_level"),
        CheckConstraint("state in ('open', 'taken_up', 'set_aside', 'superseded')", name="state"),
        # A no is somebody's, and has its reason.
        CheckConstraint("state <> 'set_aside' or (set_aside_reason is not null and set_aside_by is not null)", name="set_aside"),
        # One open proposal a student and class of data: a new run replaces it.
        Index("uq_proposals_open", "school_id", "student_id", "data_class", unique=True, postgresql_where=text("state = 'open'")),
        Index("ix_proposals_state", "school_id", "state", "category"),
    )

    run_id: Mapped[UUID]
    student_id: Mapped[UUID]
    category: Mapped[str]
    data_class: Mapped[str]  # of the evidence the rules rest on: bullying is a C4 of protection, a family's quarrel one of family
    support_level: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    explanation: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    # Evidence about members of staff never reaches them, nor does what follows from it.
    withheld_from_staff_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list, server_default=text("'{}'"))
    set_aside_reason: Mapped[str | None]
    set_aside_by: Mapped[UUID | None]
    set_aside_at: Mapped[datetime | None]


class Recognition(SchoolOwned, Edited, Written, Base):
    """One student in one category for one school year."""

    __tablename__ = "recognitions"
    __table_args__ = (
        to("students", "student_id"),
        to("school_years", "school_year_id"),
        to("proposals", "proposal_id"),
        CheckConstraint("category in ('C1', 'C2', 'C3', 'C4')", name="category"),
        CheckConstraint("support_level in ('key', 'general')", name="support_level"),
        CheckConstraint(f"state in {STATES}", name="state"),
        # A manual exception needs its reason.
        CheckConstraint("not is_exception or length(reason) >= 4", name="exception_reason"),
        # One running case a student, class of data and year; a declined or exited one may be opened anew. A refused twin would tell of the
        # first one: so what is withheld from somebody, and what is of a narrower class, stands in nobody's way but its own.
        Index(
            "uq_recognitions_running",
            "school_id",
            "student_id",
            "data_class",
            "school_year_id",
            unique=True,
            postgresql_where=text("state not in ('declined', 'exited') and withheld_from_staff_ids = '{}'"),
        ),
        Index(
            "uq_recognitions_withheld",
            "school_id",
            "student_id",
            "data_class",
            "school_year_id",
            unique=True,
            postgresql_where=text("state not in ('declined', 'exited') and withheld_from_staff_ids <> '{}'"),
        ),
        # Class, then grade, then school, and never the same person twice: what the code asks, the database asks again.
        CheckConstraint("state <> 'class_review' or (class_by is null and grade_by is null and school_by is null)", name="at_class"),
        CheckConstraint(
            "not at_school_only or (state not in ('class_review', 'grade_review') and class_by is null)", name="at_school_only"
        ),
        CheckConstraint("not at_school_only or data_class in ('protection', 'wellbeing')", name="school_alone"),
        CheckConstraint("state <> 'grade_review' or class_by is not null", name="class_first"),
        CheckConstraint(
            "state not in ('school_review', 'recognised', 'exited') or at_school_only or grade_by is not null", name="grade_second"
        ),
        CheckConstraint("state not in ('recognised', 'exited') or school_by is not null", name="school_last"),
        CheckConstraint("grade_by is null or class_by is not null", name="no_step_left_out"),
        CheckConstraint("grade_by <> class_by and school_by <> class_by and school_by <> grade_by", name="each_another"),
        CheckConstraint("grade_by <> entered_by and school_by <> entered_by", name="not_own"),
        Index("ix_recognitions_state", "school_id", "state", "category", "student_id"),
        Index("ix_recognitions_student", "school_id", "student_id"),
        Index("ix_recognitions_withheld", "school_id", postgresql_where=text("withheld_from_staff_ids <> '{}'")),
        # What a step points to when it says who entered the case (four eyes, below).
        UniqueConstraint("school_id", "id", "entered_by"),
    )

    student_id: Mapped[UUID]
    school_year_id: Mapped[UUID]
    category: Mapped[str]
    support_level: Mapped[str]
    data_class: Mapped[str]
    entered_by: Mapped[UUID]
    state: Mapped[str] = mapped_column(default="class_review")
    proposal_id: Mapped[UUID | None]
    is_exception: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    # A matter that is not for the class (protection, wellbeing) begins and ends at the school.
    at_school_only: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # Who agreed at each step of the present round.
    class_by: Mapped[UUID | None]
    grade_by: Mapped[UUID | None]
    school_by: Mapped[UUID | None]
    withheld_from_staff_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list, server_default=text("'{}'"))
    _first_withheld: Mapped[UUID | None] = mapped_column("withheld_from_staff_id", Computed("withheld_from_staff_ids[1]", persisted=True))
    recognised_on: Mapped[date | None]
    valid_to: Mapped[date | None]  # end of the school year, or the day of exit
    approved_content: Mapped[bytes | None]  # kept by the database: the SHA-256 of what they agreed to (migrations/approving.py)

    @hybrid_property
    def withheld_from_staff_id(self) -> UUID | None:
        """The first of them: in nearly every case there is one."""
        return self.withheld_from_staff_ids[0] if self.withheld_from_staff_ids else None

    @withheld_from_staff_id.inplace.setter
    def _withhold_from(self, staff_id: UUID | None) -> None:
        self.withheld_from_staff_ids = [staff_id] if staff_id else []

    @withheld_from_staff_id.inplace.expression
    @classmethod
    def _withheld_column(cls) -> ColumnElement[UUID | None]:
        return cls._first_withheld.expression


class RecognitionStep(SchoolOwned, Base):
    """One decision by one person. Append-only.

    Four eyes, by the database: the same person never decides two review steps of a round (partial unique index), and whoever entered the
    case never decides the grade or the school step (CHECK, with `entered_by` tied to the case by a foreign key).
    """

    __tablename__ = "recognition_steps"
    __table_args__ = (
        ForeignKeyConstraint(
            ["school_id", "recognition_id", "entered_by"],
            ["recognitions.school_id", "recognitions.id", "recognitions.entered_by"],
            name="fk_recognition_steps_recognition",
        ),
        CheckConstraint("step not in ('grade', 'school') or decided_by <> entered_by", name="not_own"),
        CheckConstraint(f"step in {STEPS}", name="step"),
        CheckConstraint("outcome in ('agree', 'decline', 'return', 'continue', 'exit')", name="outcome"),
        CheckConstraint("length(reason) >= 4", name="reason"),
        Index(
            "uq_recognition_steps_four_eyes",
            "school_id",
            "recognition_id",
            "decided_by",
            "round",
            unique=True,
            postgresql_where=text("step in ('class', 'grade', 'school') and outcome <> 'return'"),
        ),
        # One check a term.
        Index(
            "uq_recognition_steps_term_check",
            "school_id",
            "recognition_id",
            "term_id",
            unique=True,
            postgresql_where=text("step = 'term_check'"),
        ),
        Index("ix_recognition_steps_recognition", "school_id", "recognition_id"),
    )

    recognition_id: Mapped[UUID]
    entered_by: Mapped[UUID]
    step: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str]
    support_level: Mapped[str | None]
    round: Mapped[int] = mapped_column(default=1)  # counts up when a case is returned
    term_id: Mapped[UUID | None]  # for a term check
    decided_at: Mapped[datetime]
    decided_by: Mapped[UUID]
