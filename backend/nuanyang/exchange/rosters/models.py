"""Imports with their findings, saved mappings, the list 去向待核实, and pairs of possible duplicates."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base, Edited, SchoolOwned, Written, to

STATES = ("checking", "refused", "checked", "applying", "applied", "failed")


class RosterImport(SchoolOwned, Written, Base):
    """One file on its way in: a dry run, and perhaps an apply; its report stays."""

    __tablename__ = "roster_imports"
    __table_args__ = (
        CheckConstraint(f"state in {STATES}", name="state"),
        CheckConstraint("covers in ('school', 'rows')", name="covers"),
        # Whoever applies is known, and so is when.
        CheckConstraint("(state = 'applied') = (applied_at is not null)", name="applied"),
        Index("ix_roster_imports_newest", "school_id", "created_at"),
    )

    file_name: Mapped[str]
    file_size: Mapped[int]
    state: Mapped[str] = mapped_column(default="checking", server_default="checking")
    covers: Mapped[str] = mapped_column(default="school", server_default="school")  # the whole school, or only the rows in it
    year_starts: Mapped[int]
    mapping: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    may_create_schools: Mapped[bool] = mapped_column(default=False, server_default="false")
    is_district_wide: Mapped[bool] = mapped_column(default=False, server_default="false")
    compares_all: Mapped[bool] = mapped_column(default=False, server_default="false")  # even the very file that was applied last
    content_digest: Mapped[bytes | None]
    holds_until: Mapped[date | None]  # the first day on which something in the file ends
    form: Mapped[str | None]
    form_version: Mapped[str | None]
    mode: Mapped[str | None]
    source: Mapped[str | None]
    rows: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))  # data rows by file
    counts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))  # by kind: new, changed, unchanged, leaving …
    schools: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))  # the same by school
    finding_counts: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))  # severity, code, how many
    error_count: Mapped[int] = mapped_column(default=0, server_default="0")
    warning_count: Mapped[int] = mapped_column(default=0, server_default="0")
    needs_confirmation: Mapped[bool] = mapped_column(default=False, server_default="false")
    job_id: Mapped[UUID | None]
    checked_at: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
    applied_by: Mapped[UUID | None]


class RosterFinding(SchoolOwned, Base):
    """One finding of an import, as far as it may be shown."""

    __tablename__ = "roster_findings"
    __table_args__ = (
        to("roster_imports", "import_id"),
        UniqueConstraint("school_id", "import_id", "position"),
        CheckConstraint("severity in ('error', 'warning', 'note')", name="severity"),
    )

    import_id: Mapped[UUID]
    position: Mapped[int]
    severity: Mapped[str]
    code: Mapped[str]
    file: Mapped[str]
    line: Mapped[int | None]
    column_name: Mapped[str | None]
    value: Mapped[str | None]
    params: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))


class RosterMapping(SchoolOwned, Edited, Base):
    """Which column of a local sheet stands for which field, kept under a name."""

    __tablename__ = "roster_mappings"
    __table_args__ = (UniqueConstraint("school_id", "name"),)

    name: Mapped[str]
    mapping: Mapped[dict[str, Any]]


class WhereaboutsCheck(SchoolOwned, Base):
    """A pupil who is missing from a roster: somebody has to find out where to, and says so here (控辍保学)."""

    __tablename__ = "whereabouts_checks"
    __table_args__ = (
        to("students", "student_id"),
        CheckConstraint("outcome in ('enrolled', 'graduated', 'transferred_out', 'suspended', 'dropped_out', 'deceased')", name="outcome"),
        # A closed check says what was found, by whom and when.
        CheckConstraint("(outcome is null) = (resolved_at is null)", name="resolved"),
        # One open check a student.
        Index("uq_whereabouts_checks_open", "school_id", "student_id", unique=True, postgresql_where=text("outcome is null")),
        Index("ix_whereabouts_checks_opened", "school_id", "opened_on", "id"),
    )

    student_id: Mapped[UUID]
    import_id: Mapped[UUID | None]
    opened_on: Mapped[date]
    last_class_id: Mapped[UUID | None]
    is_compulsory_age: Mapped[bool]
    outcome: Mapped[str | None]
    note: Mapped[str | None]
    found_school_id: Mapped[UUID | None]  # the school of the district whose roster has the pupil now
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[UUID | None]


class StudentDuplicate(SchoolOwned, Base):
    """Two records that may be one pupil; merging moves what hangs on the second to the first and remembers it, so it can be undone."""

    __tablename__ = "student_duplicates"
    __table_args__ = (
        to("students", "student_id"),
        to("students", "other_id"),
        UniqueConstraint("school_id", "student_id", "other_id"),
        CheckConstraint("state in ('suggested', 'merged', 'dismissed', 'undone')", name="state"),
        CheckConstraint("student_id <> other_id", name="two"),
    )

    student_id: Mapped[UUID]
    other_id: Mapped[UUID]
    import_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(default="suggested", server_default="suggested")
    reason: Mapped[str]
    found_on: Mapped[date]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    moved: Mapped[dict[str, Any] | None]
