"""Asking for work, watching it, and asking it to stop."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.kit.jobs.models import FINAL, Job, JobState

ENTRYPOINT = "job"
_CODE = re.compile(r"[A-Za-z0-9_.:@-]{1,64}")


class ArgumentIsNotAnId(ValueError):
    """A job's argument would carry content; put it into the slice's own table and pass its id."""


async def enqueue(
    session: AsyncSession,
    kind: str,
    *,
    account_id: UUID | None,
    school_id: UUID | None = None,
    arguments: Mapping[str, UUID | int | str | bool | None] | None = None,
) -> Job:
    """Queue work in the session's own transaction: it exists if and only if that commits."""
    job = Job(kind=kind, account_id=account_id, school_id=school_id, arguments=_plain(arguments or {}), created_at=datetime.now(UTC))
    session.add(job)
    await session.flush()
    connection = await (await session.connection()).get_raw_connection()
    queue = Queries(AsyncpgDriver(connection.driver_connection))  # type: ignore[arg-type]
    await queue.enqueue(ENTRYPOINT, str(job.id).encode(), dedupe_key=str(job.id))
    return job


def _plain(arguments: Mapping[str, UUID | int | str | bool | None]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name, value in arguments.items():
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise ArgumentIsNotAnId(name)
        plain[name] = str(value) if isinstance(value, UUID) else value
    return plain


async def find_job(session: AsyncSession, job_id: UUID) -> Job | None:
    """Return a job as it stands now. Who may see it is the caller's question."""
    return await session.get(Job, job_id, populate_existing=True)


async def list_jobs(session: AsyncSession, *, account_id: UUID, school_id: UUID | None, limit: int = 20) -> Sequence[Job]:
    """Return an account's newest jobs in a school."""
    mine = select(Job).where(Job.account_id == account_id, Job.school_id.is_not_distinct_from(school_id))
    return (await session.scalars(mine.order_by(Job.created_at.desc(), Job.id.desc()).limit(limit))).all()


async def request_cancel(session: AsyncSession, job_id: UUID) -> Job | None:
    """Ask a job to stop: one that waits never starts, a running one undoes its work at its next report of progress."""
    now = func.now()
    waiting = update(Job).where(Job.id == job_id, Job.state == JobState.QUEUED)
    await session.execute(waiting.values(state=JobState.CANCELLED, cancel_requested_at=now, finished_at=now))
    running = update(Job).where(Job.id == job_id, Job.state.not_in(FINAL), Job.cancel_requested_at.is_(None))
    await session.execute(running.values(cancel_requested_at=now))
    return await find_job(session, job_id)
