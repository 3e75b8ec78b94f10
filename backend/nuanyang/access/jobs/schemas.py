"""Jobs as the API tells them."""

from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from nuanyang.kit.jobs import Job
from nuanyang.kit.schemas import Output

State = Literal["queued", "running", "succeeded", "failed", "cancelled"]


class JobFailure(Output):
    """Why a job failed."""

    code: str
    message: str


class JobOut(Output):
    """A piece of long work: how far, how fast (items a second), how long still (seconds), and its kept report of counts."""

    id: UUID
    kind: str
    state: State
    phase: str | None
    done: int
    total: int | None
    rate: float | None
    seconds_left: float | None
    report: dict[str, Any] | None
    error: JobFailure | None
    is_stopping: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, job: Job, language: str) -> Self:
        """Tell a job in the caller's language."""
        names = (
            "id",
            "kind",
            "state",
            "phase",
            "done",
            "total",
            "rate",
            "seconds_left",
            "report",
            "created_at",
            "started_at",
            "finished_at",
        )
        error = None
        if job.error_code:
            error = JobFailure(code=job.error_code, message=(job.error_en if language == "en" else job.error_zh) or job.error_code)
        values = {name: getattr(job, name) for name in names}
        return cls(**values, error=error, is_stopping=job.cancel_requested_at is not None and not job.is_final)


class JobList(Output):
    """The newest jobs of the caller."""

    items: list[JobOut]
