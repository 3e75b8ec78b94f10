"""What a task gets in its hand: its arguments, progress, and the transaction in which its effect happens once."""

import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.kit.db import Context, Database, opening

SECONDS_BETWEEN_REPORTS = 0.25

FENCE = "insert into processed (job_id, step) values ({job}, {step}) on conflict do nothing returning true"
KEEP = "update processed set report = cast({report} as jsonb) where job_id = {job} and step = {step}"
PROGRESS = text("""
update jobs set
    phase_started_at = case when phase is distinct from cast(:phase as text) or phase_started_at is null
                            then clock_timestamp() else phase_started_at end,
    phase = :phase, done = :done, total = :total, progress_at = clock_timestamp()
where id = :job_id and state = 'running'
returning cancel_requested_at is not null
""")


class JobCancelled(Exception):
    """Somebody asked this job to stop; what it did so far is rolled back."""


class AlreadyDone(Exception):
    """The effect happened in an earlier run of the same job."""


@dataclass(slots=True)
class Run:
    """One attempt at a job."""

    job_id: UUID
    kind: str
    school_id: UUID | None
    account_id: UUID | None
    arguments: Mapping[str, Any]
    database: Database
    _reported: tuple[str | None, float] = field(default=(None, 0.0))

    def context(self, school_id: UUID | None = None) -> Context:
        """Return the context of the job's account in one school, its own unless another is named."""
        return opening(account_id=self.account_id, school_id=school_id or self.school_id, purpose="job")

    def id_of(self, name: str) -> UUID:
        """Return an argument as the id it is."""
        return UUID(self.arguments[name])

    @asynccontextmanager
    async def effect(self, context: Context | None = None, *, step: str = "") -> AsyncIterator[AsyncSession]:
        """Open the transaction of the effect; a second run of the same step leaves the task here, as done.

        Work that loops over schools gives each its own `step`.
        """
        async with self.database.session(context or self.context()) as session:
            statement = text(FENCE.format(job=":job_id", step=":step"))
            if not await session.scalar(statement, {"job_id": self.job_id, "step": step}):
                raise AlreadyDone(step)
            yield session

    @asynccontextmanager
    async def driver_effect(self, context: Context | None = None, *, step: str = "") -> AsyncIterator[Any]:
        """As `effect`, on the driver's own connection: for COPY."""
        async with self.database.connection(context or self.context()) as connection:
            if not await connection.fetchval(FENCE.format(job="$1", step="$2"), self.job_id, step):
                raise AlreadyDone(step)
            yield connection

    async def keep(self, transaction: Any, report: Mapping[str, Any], *, step: str = "") -> None:
        """Keep the report (counts and codes, no content) with the effect, in the effect's transaction."""
        body = json.dumps(report, ensure_ascii=False)
        if isinstance(transaction, AsyncSession):
            statement = text(KEEP.format(report=":report", job=":job_id", step=":step"))
            await transaction.execute(statement, {"report": body, "job_id": self.job_id, "step": step})
        else:
            await transaction.execute(KEEP.format(report="$1", job="$2", step="$3"), body, self.job_id, step)

    async def progress(self, done: int, total: int | None = None, *, phase: str = "working") -> None:
        """Tell how far the work is, at most four times a second; raises `JobCancelled` when somebody asked to stop.

        It is written beside the effect's transaction, so that watchers see it at once.
        """
        now = time.monotonic()
        last_phase, last = self._reported
        if phase == last_phase and now - last < SECONDS_BETWEEN_REPORTS and done != total:
            return
        self._reported = (phase, now)
        async with self.database.session() as session:
            values = {"phase": phase, "done": done, "total": total, "job_id": self.job_id}
            is_cancelled = await session.scalar(PROGRESS, values)
        if is_cancelled:
            raise JobCancelled
