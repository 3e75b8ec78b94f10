"""The worker: takes jobs from the queue, runs their tasks, and outlives restarts of the database."""

import asyncio
import contextlib
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import structlog
from pgqueuer import PgQueuer
from pgqueuer.db import AsyncpgPoolDriver
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Job as QueuedJob
from pgqueuer.queries import Queries
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from nuanyang.kit.db import Database
from nuanyang.kit.errors import Problem, Unavailable
from nuanyang.kit.jobs.queue import ENTRYPOINT
from nuanyang.kit.jobs.registry import UnknownTask, handler_of
from nuanyang.kit.jobs.run import AlreadyDone, JobCancelled, Run

log = structlog.get_logger("nuanyang.jobs")

HEARTBEAT_TIMEOUT = timedelta(seconds=30)
ATTEMPTS = 5
SECONDS_BETWEEN_SWEEPS = 30.0
SECONDS_TO_FINISH = 5.0  # a stopping worker lets its jobs end this long, then hands them back

CLAIM = text("""
update jobs set
    state = case when cancel_requested_at is not null then 'cancelled' when attempts >= :attempts then 'failed' else 'running' end,
    finished_at = case when cancel_requested_at is not null or attempts >= :attempts then clock_timestamp() end,
    error_code = case when cancel_requested_at is null and attempts >= :attempts then 'gave_up' end,
    attempts = attempts + 1, started_at = coalesce(started_at, clock_timestamp()),
    done = 0, total = null, phase = null, phase_started_at = null
where id = :job_id and state in ('queued', 'running')
returning kind, school_id, account_id, arguments, state
""")
FINISH = text("""
update jobs set state = :state, finished_at = clock_timestamp(), error_code = :code, error_zh = :zh, error_en = :en,
    done = case when :state = 'succeeded' then coalesce(total, done) else done end,
    report = coalesce((select jsonb_object_agg(key, value) from processed, jsonb_each(processed.report) where job_id = :job_id), report)
where id = :job_id and state = 'running'
""")
HAND_BACK = text("update jobs set state = 'queued', attempts = greatest(attempts - 1, 0) where id = :job_id and state = 'running'")
LOST = """
select id from jobs where finished_at is null and created_at < now() - interval '10 seconds'
and not exists (select from pgqueuer where dedupe_key = jobs.id::text and status in ('queued', 'picked'))
"""
IS_DONE = text("select exists (select from processed where job_id = :job_id and step = '')")

INTERNAL = ("internal_error", Problem.zh, Problem.en)


class Worker:
    """Runs queued jobs until asked to stop."""

    def __init__(self, url: str, database: Database, *, concurrency: int = 2, heartbeat_timeout: timedelta = HEARTBEAT_TIMEOUT) -> None:
        self.url, self.database = url, database
        self.concurrency, self.heartbeat_timeout = max(2, concurrency), heartbeat_timeout
        self.stopping = asyncio.Event()
        self._queue: PgQueuer | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def work(self) -> None:
        """Take jobs until `stop`; after a failure of the database, come back as soon as it does."""
        pause = 0.2
        while not self.stopping.is_set():
            try:
                await self._listen()
                pause = 0.2
            except Exception as failure:  # noqa: BLE001 - whatever breaks the queue's loop, the worker comes back
                log.warning("queue_lost", reason=str(failure), again_in_seconds=pause)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.stopping.wait(), pause)
                pause = min(pause * 2, 5.0)

    async def stop(self) -> None:
        """Take no more jobs; let the running ones end for a moment, then hand them back to the queue."""
        self.stopping.set()
        if self._queue:
            self._queue.shutdown.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=SECONDS_TO_FINISH)
        for running in self._tasks:
            running.cancel()

    async def _listen(self) -> None:
        # Its own pool: a LISTEN needs a connection for itself, and heartbeats must not wait behind the work.
        async with asyncpg.create_pool(self.url, min_size=2, max_size=4, command_timeout=15) as pool:
            self._queue = PgQueuer.from_asyncpg_pool(pool)
            self._queue.entrypoint(ENTRYPOINT, accepts_context=False)(self._take)
            sweep = asyncio.create_task(self._sweep(pool))
            try:
                if not self.stopping.is_set():
                    await self._queue.qm.run(
                        dequeue_timeout=timedelta(seconds=5),
                        batch_size=1,
                        max_concurrent_tasks=self.concurrency,
                        heartbeat_timeout=self.heartbeat_timeout,
                        shutdown_on_listener_failure=True,
                    )
            finally:
                sweep.cancel()

    async def _sweep(self, pool: Any) -> None:
        # A queue row may be gone while its job is not (the database went away between the two): such jobs are queued again.
        while True:
            for row in await pool.fetch(LOST):
                log.warning("job_queued_again", job_id=str(row["id"]))
                await Queries(AsyncpgPoolDriver(pool)).enqueue(
                    ENTRYPOINT, str(row["id"]).encode(), dedupe_key=str(row["id"]), on_conflict="skip"
                )
            await asyncio.sleep(SECONDS_BETWEEN_SWEEPS)

    async def _take(self, queued: QueuedJob) -> None:
        job_id = UUID((queued.payload or b"").decode())
        running = asyncio.create_task(self._perform(job_id))
        self._tasks.add(running)
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            if not running.done():
                running.cancel()
                await asyncio.wait({running})
            await self._hand_back(job_id)
            raise RetryRequested(delay=timedelta(0), reason="the worker stopped") from None
        except RetryRequested:
            raise
        except Exception as failure:
            if not _is_transient(failure):
                log.exception("job_bookkeeping_failed", job_id=str(job_id))
            raise RetryRequested(delay=timedelta(seconds=2), reason="the database was away") from failure
        finally:
            self._tasks.discard(running)

    async def _hand_back(self, job_id: UUID) -> None:
        async with self.database.session() as session:
            await session.execute(HAND_BACK, {"job_id": job_id})

    async def _perform(self, job_id: UUID) -> None:
        run = await self._claim(job_id)
        if run is None:
            return
        try:
            await handler_of(run.kind)(run)
        except AlreadyDone:
            await self._finish(job_id, "succeeded")
        except JobCancelled:
            # The wish may come when the effect is already committed; then it came too late.
            await self._finish(job_id, "succeeded" if await self._is_done(job_id) else "cancelled")
        except Exception as failure:  # noqa: BLE001 - whatever a task raises ends this job, never the worker
            await self._fail(run, failure)
        else:
            await self._finish(job_id, "succeeded")

    async def _claim(self, job_id: UUID) -> Run | None:
        async with self.database.session() as session:
            row = (await session.execute(CLAIM, {"job_id": job_id, "attempts": ATTEMPTS})).one_or_none()
        if row is None or row.state != "running":
            return None
        return Run(job_id, row.kind, row.school_id, row.account_id, row.arguments, self.database)

    async def _is_done(self, job_id: UUID) -> bool:
        async with self.database.session() as session:
            return bool(await session.scalar(IS_DONE, {"job_id": job_id}))

    async def _fail(self, run: Run, failure: Exception) -> None:
        if _is_transient(failure):
            log.warning("job_interrupted", job_id=str(run.job_id), kind=run.kind, reason=str(failure))
            raise RetryRequested(delay=timedelta(seconds=2), reason="the database was away") from failure
        if isinstance(failure, Problem):
            told = (failure.code, failure.detail_zh, failure.detail_en)
        elif isinstance(failure, UnknownTask):
            told = ("unknown_task", "此版本不支持该任务。", "This release does not know the task.")
        else:
            log.error("job_failed", job_id=str(run.job_id), kind=run.kind, exc_info=failure)
            told = INTERNAL
        await self._finish(run.job_id, "failed", told)

    async def _finish(self, job_id: UUID, state: str, told: tuple[str | None, str | None, str | None] = (None, None, None)) -> None:
        code, zh, en = told
        values: dict[str, Any] = {"job_id": job_id, "state": state, "code": code, "zh": zh, "en": en}
        async with self.database.session() as session:
            await session.execute(FINISH, values)


def _is_transient(failure: Exception) -> bool:
    """Is the database away, so that trying again will help?"""
    if isinstance(failure, DBAPIError):
        return failure.connection_invalidated or _is_transient_driver_error(failure.orig)
    return isinstance(failure, Unavailable) or _is_transient_driver_error(failure)


def _is_transient_driver_error(failure: BaseException | None) -> bool:
    original = getattr(failure, "__cause__", None) or failure
    kinds = (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.CannotConnectNowError, asyncpg.AdminShutdownError)
    return isinstance(original, (*kinds, asyncpg.CrashShutdownError, asyncpg.DeadlockDetectedError, asyncpg.SerializationError))
