"""Watching long work: once, as a stream, and asking it to stop."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import CurrentCaller, DbSession, database
from nuanyang.access.jobs.policy import may_see
from nuanyang.access.jobs.schemas import JobList, JobOut
from nuanyang.kit.db import Database
from nuanyang.kit.errors import NotFound
from nuanyang.kit.jobs import Job, find_job, list_jobs, request_cancel
from nuanyang.kit.schemas import problems

router = APIRouter(prefix="/jobs", tags=["jobs"])

SECONDS_BETWEEN_LOOKS = 0.4
SECONDS_BETWEEN_SIGNS_OF_LIFE = 15.0
LONGEST_STREAM_SECONDS = 600.0  # an access token's life; the client comes back with a fresh one


class JobNotFound(NotFound):
    """No such job, or not one the caller sees."""

    code, zh, en = "job_not_found", "没有找到该任务，或您无权查看。", "No such job, or not visible to you."


def _language(request: Request) -> str:
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "zh"


async def _visible(session: AsyncSession, caller: Caller, job_id: UUID) -> Job:
    job = await find_job(session, job_id)
    if job is None or not may_see(caller, job):
        raise JobNotFound
    return job


@router.get("", operation_id="jobs_list", responses=problems(401, 403, 422))
async def list_own(request: Request, caller: CurrentCaller, session: DbSession, limit: Annotated[int, Query(ge=1, le=50)] = 20) -> JobList:
    """List the caller's own newest jobs in this school."""
    jobs = await list_jobs(session, account_id=caller.account_id, school_id=caller.school_id, limit=limit)
    return JobList(items=[JobOut.of(job, _language(request)) for job in jobs])


@router.get("/{job_id}", operation_id="jobs_read", responses=problems(401, 403, 404))
async def read(request: Request, job_id: UUID, caller: CurrentCaller, session: DbSession) -> JobOut:
    """Tell how far a job is; when it has ended, its report."""
    return JobOut.of(await _visible(session, caller, job_id), _language(request))


@router.post("/{job_id}/cancel", operation_id="jobs_cancel", responses=problems(401, 403, 404))
async def cancel(request: Request, job_id: UUID, caller: CurrentCaller, session: DbSession) -> JobOut:
    """Ask a job to stop; what it did so far is undone. A job that has ended stays as it is."""
    await _visible(session, caller, job_id)
    job = await request_cancel(session, job_id)
    if job is None:
        raise JobNotFound
    return JobOut.of(job, _language(request))


@router.get(
    "/{job_id}/events",
    operation_id="jobs_events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}, **problems(401, 403, 404)},
)
async def events(request: Request, job_id: UUID, caller: CurrentCaller) -> StreamingResponse:
    """Stream a job's changes as server-sent events, each a whole job, until it ends. Read it by fetch with Authorization."""
    db = database(request)
    async with db.session(caller.context) as session:
        first = JobOut.of(await _visible(session, caller, job_id), _language(request))
    # The session is closed before the stream begins: a watcher holds no connection.
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_changes(db, caller, first, _language(request)), media_type="text/event-stream", headers=headers)


async def _changes(db: Database, caller: Caller, told: JobOut, language: str) -> AsyncIterator[str]:
    yield _event(told)
    loop = asyncio.get_running_loop()
    began = quiet_since = loop.time()
    while told.finished_at is None and loop.time() - began < LONGEST_STREAM_SECONDS:
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        async with db.session(caller.context) as session:
            job = await find_job(session, told.id)
        if job is None:
            return
        fresh = JobOut.of(job, language)
        if fresh != told:
            yield _event(fresh)
            told, quiet_since = fresh, loop.time()
        elif loop.time() - quiet_since > SECONDS_BETWEEN_SIGNS_OF_LIFE:
            yield ": still here\n\n"
            quiet_since = loop.time()


def _event(job: JobOut) -> str:
    return f"data: {job.model_dump_json()}\n\n"
