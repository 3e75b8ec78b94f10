"""The ledger: what is owed (obligations), what is expected when and how it went (occurrences), and the counts of it that pages read.

The database keeps it: records fill places by triggers, and only the ledger's own work writes what is expected (migration 0055).
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Identity,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, SchoolOwned, Written, to

FOR_EVER = date.max  # PostgreSQL's 'infinity': may be done late without end


class LedgerObligation(SchoolOwned, Base):
    """One thing owed by its key: a clause or a measure of a plan, to a student, a class or the school."""

    __tablename__ = "obligations"
    __table_args__ = (
        to("students", "student_id"),
        to("classes", "class_id"),
        to("staff", "doer_staff_id", name="fk_obligations_doer"),
        CheckConstraint("source in ('clause', 'plan')", name="source"),
        CheckConstraint(
            "(subject = 'class') = (class_id is not null and subject <> 'student') and (subject <> 'school' or (student_id is null and class_id is null))"
            " and subject in ('student', 'class', 'school')",
            name="subject",
        ),
        UniqueConstraint("school_id", "key"),
        Index("ix_obligations_student", "school_id", "student_id"),
    )

    key: Mapped[str]
    clause: Mapped[str]  # A1.3; of a plan's measure: plan.academic
    source: Mapped[str]
    subject: Mapped[str]
    student_id: Mapped[UUID | None]
    class_id: Mapped[UUID | None]  # of a student: the class today
    data_class: Mapped[str]  # of the case from which it is owed
    doer_role: Mapped[str | None]
    doer_staff_id: Mapped[UUID | None]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text))
    measure_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list, server_default=text("'{}'"))
    minutes: Mapped[int | None]
    stretches: Mapped[list[Any]] = mapped_column(JSONB)
    withheld_from_staff_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list, server_default=text("'{}'"))
    is_running: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class LedgerOccurrence(SchoolOwned, Base):
    """One thing expected; the id is made from obligation, period and ordinal. `state` only by a record; due, in grace and missed follow from the day."""

    __tablename__ = "occurrences"
    __table_args__ = (
        to("obligations", "obligation_id"),
        CheckConstraint("state in ('met', 'late', 'backfilled')", name="state"),
        CheckConstraint("opens_on <= due_on and due_on <= grace_until", name="days"),
        # Never by a ticked box: what counts as done names the record that did it.
        CheckConstraint("(state is null or (cardinality(record_ids) > 0 and held_on is not null))", name="recorded"),
        Index("ix_occurrences_obligation", "school_id", "obligation_id", "due_on"),
        Index("ix_occurrences_clause", "school_id", "clause", "due_on", "id"),
        Index("ix_occurrences_open", "school_id", "due_on", "id", postgresql_where=text("state is null and not waived")),
    )

    obligation_id: Mapped[UUID]
    clause: Mapped[str]
    student_id: Mapped[UUID | None]
    class_id: Mapped[UUID | None]  # the class when it fell due
    data_class: Mapped[str]
    is_withheld: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    period: Mapped[str]
    ordinal: Mapped[int] = mapped_column(SmallInteger)
    opens_on: Mapped[date]
    due_on: Mapped[date]
    grace_until: Mapped[date]
    state: Mapped[str | None]
    waived: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # Of a record for a student its id, of a session for a class or the school the session's.
    record_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list, server_default=text("'{}'"))
    minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    held_on: Mapped[date | None]
    entered_on: Mapped[date | None]


class Waiver(SchoolOwned, Written, Base):
    """免办: somebody said that it need not be done, and why; it may be taken back."""

    __tablename__ = "waivers"
    __table_args__ = (
        to("occurrences", "occurrence_id"),
        CheckConstraint("length(reason) >= 4", name="reason"),
        CheckConstraint("(withdrawn_at is null) = (withdrawn_by is null)", name="withdrawn"),
        Index("uq_waivers_in_force", "school_id", "occurrence_id", unique=True, postgresql_where=text("withdrawn_at is null")),
    )

    occurrence_id: Mapped[UUID]
    student_id: Mapped[UUID | None]
    data_class: Mapped[str]
    reason: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]


class _Cell:
    """How many occurrences of a clause fall due on one day in one place, and how they went. `place`: a class, or the school itself."""

    school_id: Mapped[UUID]
    clause: Mapped[str]
    place: Mapped[UUID]
    data_class: Mapped[str]  # empty for the whole school
    due_on: Mapped[date]
    grace_until: Mapped[date]
    is_erased: Mapped[bool]  # of students whose files were erased since
    expected: Mapped[int]
    met: Mapped[int]
    late: Mapped[int]
    backfilled: Mapped[int]
    waived: Mapped[int]


class ClauseCount(_Cell, Base):
    """The counts as far as they were folded."""

    __tablename__ = "clause_counts"
    __table_args__ = (PrimaryKeyConstraint("school_id", "place", "due_on", "clause", "data_class", "grace_until", "is_erased"),)


class ClauseDelta(_Cell, Base):
    """A difference that waits to be folded: writers only add rows, so that nobody waits for a count."""

    __tablename__ = "clause_deltas"
    __table_args__ = (PrimaryKeyConstraint("school_id", "number"),)

    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True))


class CadenceHorizon(Base):
    """How far a school's ledger is worked out: on which day, until which day, with which calendar."""

    __tablename__ = "cadence_horizons"

    school_id: Mapped[UUID] = mapped_column(primary_key=True)
    worked_on: Mapped[date]
    until: Mapped[date]
    calendar: Mapped[str]


class ObligationMark(Base):
    """Something changed that decides what is owed: for one student, or for the school."""

    __tablename__ = "obligation_marks"
    __table_args__ = (PrimaryKeyConstraint("school_id", "number"),)

    school_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    student_id: Mapped[UUID | None]
