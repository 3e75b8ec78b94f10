"""Rules of keeping, dry runs with what came of them, legal holds. The first two tables are the same for all schools and come with migrations."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, SchoolOwned, Written, to


class RetentionClass(Base):
    """One class of data: what happens to it by default, and within which bounds a school may choose."""

    __tablename__ = "retention_classes"
    __table_args__ = ({"info": {"is_reference": True}},)

    name: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str]
    years: Mapped[int | None]  # after leaving; of lists without a student, after they came
    least: Mapped[int | None]
    most: Mapped[int | None]
    choices: Mapped[list[str]] = mapped_column(ARRAY(Text))
    ground: Mapped[str]
    position: Mapped[int]


class RetentionTable(Base):
    """One school-owned table: whose its rows are and of which class, as SQL over the row `t`; or why it is spared (migrations/retaining.py)."""

    __tablename__ = "retention_tables"
    __table_args__ = (CheckConstraint("(why is null) = (holds is not null)", name="declared"), {"info": {"is_reference": True}})

    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[Decimal]
    student: Mapped[str | None]
    holds: Mapped[str | None]
    dated: Mapped[str | None]
    goes_with: Mapped[str | None]
    blanks: Mapped[dict[str, Any] | None]
    why: Mapped[str | None]


class RetentionRule(SchoolOwned, Written, Base):
    """A school's own term for a class of data; in force once another person has approved it, until the next one is."""

    __tablename__ = "retention_rules"
    __table_args__ = (
        ForeignKeyConstraint(["data_class"], ["retention_classes.name"], name="fk_retention_rules_data_class"),
        CheckConstraint("(approved_at is null) = (approved_by is null)", name="approved"),
        CheckConstraint("(withdrawn_at is null) = (withdrawn_by is null)", name="withdrawn"),
        CheckConstraint("approved_at is null or withdrawn_at is null", name="one_end"),
        # One proposal a class waits for an answer.
        Index(
            "uq_retention_rules_open",
            *("school_id", "data_class"),
            unique=True,
            postgresql_where=text("approved_at is null and withdrawn_at is null"),
        ),
        Index("ix_retention_rules_approved", "school_id", "data_class", "approved_at"),
    )

    data_class: Mapped[str]
    action: Mapped[str]  # keep, erase, deidentify
    years: Mapped[int | None]
    reason: Mapped[str]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    approved_content: Mapped[bytes | None]  # kept by the trigger `four_eyes`


class RetentionRun(SchoolOwned, Written, Base):
    """One dry run, and once it was applied its account."""

    __tablename__ = "retention_runs"
    __table_args__ = (Index("ix_retention_runs_shown", "school_id", "shown_at"),)

    until: Mapped[date]  # what falls due by this day was looked at
    files_to_close: Mapped[int] = mapped_column(server_default="0")
    undated: Mapped[int] = mapped_column(server_default="0")  # students gone without a day on record: never due
    rules: Mapped[dict[str, Any]]  # class -> action and years, as they were
    shown_at: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
    applied_by: Mapped[UUID | None]
    files_closed: Mapped[int | None]


class RetentionItem(SchoolOwned, Base):
    """What of one student falls due on one day (of nobody: lists without a student), and what became of it. Written by the database alone."""

    __tablename__ = "retention_items"
    __table_args__ = (
        to("retention_runs", "run_id"),
        to("students", "student_id", name="fk_retention_items_student"),
        CheckConstraint("state in ('shown', 'held', 'changed', 'done')", name="state"),
        Index("ix_retention_items_run", "school_id", "run_id", "due_on", "id"),
        Index("ix_retention_items_student", "school_id", "student_id"),
    )

    run_id: Mapped[UUID]
    student_id: Mapped[UUID | None]
    left_on: Mapped[date | None]
    due_on: Mapped[date]
    data_classes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    counts: Mapped[dict[str, Any]]  # class -> table -> erased, emptied
    state: Mapped[str]
    first_shown_on: Mapped[date]
    ended_at: Mapped[datetime | None]


class LegalHold(SchoolOwned, Written, Base):
    """法律保全: as long as it stands nothing of this student (of none named: of anybody) is erased."""

    __tablename__ = "legal_holds"
    __table_args__ = (
        to("students", "student_id", name="fk_legal_holds_student"),
        CheckConstraint("(lifted_at is null) = (lift_reason is null)", name="lifted"),
        Index("ix_legal_holds_student", "school_id", "student_id", postgresql_where=text("lifted_at is null")),
    )

    student_id: Mapped[UUID | None]
    reason: Mapped[str]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[UUID | None]
    lift_reason: Mapped[str | None]
