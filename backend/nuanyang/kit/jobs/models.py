"""Jobs as people see them, and the fence that lets each effect happen once.

Both tables are outside row-level security, because the worker looks a job up before it knows the school: they hold ids, codes, counts.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from nuanyang.kit.db.models import Base
from nuanyang.kit.ids import new_id


class JobState(StrEnum):
    """Where a job stands; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


FINAL = (JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED)


class Job(Base):
    """One piece of long work, with its progress and its kept report."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')", name="state"),
        CheckConstraint("done >= 0 and (total is null or total >= 0)", name="progress"),
        # A final state and its instant come together.
        CheckConstraint("(finished_at is not null) = (state in ('succeeded', 'failed', 'cancelled'))", name="finished"),
        Index("ix_jobs_account_id_created_at", "account_id", "created_at"),
        Index("ix_jobs_school_id_created_at", "school_id", "created_at"),
        # The worker's sweep for lost jobs reads the few unfinished ones only.
        Index("ix_jobs_unfinished", "created_at", postgresql_where=text("finished_at is null")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    school_id: Mapped[UUID | None]
    account_id: Mapped[UUID | None]
    arguments: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    state: Mapped[str] = mapped_column(default=JobState.QUEUED, server_default="queued")
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    phase: Mapped[str | None]
    done: Mapped[int] = mapped_column(default=0, server_default="0")
    total: Mapped[int | None]
    phase_started_at: Mapped[datetime | None]
    progress_at: Mapped[datetime | None]
    report: Mapped[dict[str, Any] | None]
    error_code: Mapped[str | None]
    error_zh: Mapped[str | None]
    error_en: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    cancel_requested_at: Mapped[datetime | None]

    @property
    def is_final(self) -> bool:
        """Will nothing change any more?"""
        return self.finished_at is not None

    @property
    def rate(self) -> float | None:
        """Items a second in the present phase."""
        if not self.phase_started_at or not self.progress_at or not self.done:
            return None
        seconds = (self.progress_at - self.phase_started_at).total_seconds()
        return round(self.done / seconds, 1) if seconds > 0 else None

    @property
    def seconds_left(self) -> float | None:
        """Expected seconds until this phase ends."""
        rate = self.rate
        if rate is None or self.total is None or self.is_final:
            return None
        return round(max(0, self.total - self.done) / rate, 1)


class Processed(Base):
    """A job's effect (or one step of it) has happened: written in the effect's own transaction."""

    __tablename__ = "processed"

    job_id: Mapped[UUID] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True, default="", server_default="")
    report: Mapped[dict[str, Any] | None]
    processed_at: Mapped[datetime] = mapped_column(server_default=func.now())
