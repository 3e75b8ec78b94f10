"""What a worker does with jobs, on a real database that really commits."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from nuanyang.kit.db import NO_CONTEXT, Database
from nuanyang.kit.errors import Conflict
from nuanyang.kit.ids import new_id
from nuanyang.kit.jobs import ArgumentIsNotAnId, Job, Run, enqueue, find_job, list_jobs, request_cancel, task
from nuanyang.kit.jobs.worker import Worker

pytestmark = pytest.mark.commits
SCHOOL, ACCOUNT = new_id(), new_id()
INSERT = text("insert into effects (job_id) values (:job_id)")


class ClassAlreadyFull(Conflict):
    code, zh, en = "class_already_full", "班级已满。", "The class is full."


@task("tests.count")
async def count(run: Run) -> None:
    total = int(run.arguments["total"])
    async with run.effect() as session:
        for done in range(1, total + 1):
            await run.progress(done, total, phase="counting")
            await asyncio.sleep(float(run.arguments.get("pause_ms", 0)) / 1000)
        await session.execute(INSERT, {"job_id": run.job_id})
        await run.keep(session, {"counted": total})


@task("tests.copy")
async def copy(run: Run) -> None:
    async with run.driver_effect() as connection:
        await connection.copy_records_to_table("effects", records=[(run.job_id,)] * 3, columns=["job_id"])
        await run.keep(connection, {"copied": 3})


@task("tests.refuse")
async def refuse(run: Run) -> None:
    async with run.effect() as session:
        await session.execute(INSERT, {"job_id": run.job_id})
        raise ClassAlreadyFull


@task("tests.break")
async def break_down(run: Run) -> None:
    raise ZeroDivisionError("a secret that no caller may read")


@task("tests.twice")
async def twice(run: Run) -> None:
    """As after a crash between the effect and the queue's mark: the second call must change nothing."""
    for _ in range(2):
        async with run.effect() as session:
            await session.execute(INSERT, {"job_id": run.job_id})


@asynccontextmanager
async def working(database: Database) -> AsyncIterator[Worker]:
    worker = Worker(database.url, database)
    running = asyncio.create_task(worker.work())
    try:
        yield worker
    finally:
        await worker.stop()
        await asyncio.wait_for(running, 10)


async def ask(database: Database, kind: str, **arguments: Any) -> UUID:
    async with database.session() as session:
        job = await enqueue(session, kind, school_id=SCHOOL, account_id=ACCOUNT, arguments=arguments)
    return job.id


async def look(database: Database, job_id: UUID) -> Job:
    async with database.session(NO_CONTEXT) as session:
        job = await find_job(session, job_id)
    assert job
    return job


async def wait_until(database: Database, job_id: UUID, reached: Callable[[Job], bool], seconds: float = 15) -> Job:
    async with asyncio.timeout(seconds):
        while not reached(job := await look(database, job_id)):
            await asyncio.sleep(0.02)
    return job


async def test_a_job_counts_its_progress_and_keeps_its_report(database, effects):
    job_id = await ask(database, "tests.count", total=3)
    async with working(database):
        job = await wait_until(database, job_id, lambda job: job.is_final)
    assert (job.state, job.done, job.total, job.phase, job.attempts) == ("succeeded", 3, 3, "counting", 1)
    assert job.report == {"counted": 3}
    assert job.seconds_left is None
    assert await effects.fetchval("select count(*) from effects") == 1


async def test_a_watcher_sees_rate_and_time_left_before_the_effect_commits(database, effects):
    job_id = await ask(database, "tests.count", total=20, pause_ms=100)
    async with working(database):
        job = await wait_until(database, job_id, lambda job: job.done >= 8)
        assert await effects.fetchval("select count(*) from effects") == 0
        assert job.rate
        assert 5 < job.rate < 12
        assert job.seconds_left
        await wait_until(database, job_id, lambda job: job.is_final)


async def test_a_driver_transaction_is_fenced_too(database, effects):
    job_id = await ask(database, "tests.copy")
    async with working(database):
        job = await wait_until(database, job_id, lambda job: job.is_final)
    assert (job.state, job.report) == ("succeeded", {"copied": 3})
    assert await effects.fetchval("select count(*) from effects") == 3


async def test_a_job_exists_only_if_the_transaction_commits(database, effects):
    with pytest.raises(ZeroDivisionError):
        async with database.session() as session:
            await enqueue(session, "tests.count", account_id=ACCOUNT, arguments={"total": 1})
            raise ZeroDivisionError
    assert await effects.fetchval("select (select count(*) from jobs) + (select count(*) from pgqueuer)") == 0


async def test_a_problem_is_told_in_both_languages_and_undoes_the_effect(database, effects):
    job_id = await ask(database, "tests.refuse")
    async with working(database):
        job = await wait_until(database, job_id, lambda job: job.is_final)
    assert (job.state, job.error_code, job.error_zh, job.error_en) == ("failed", "class_already_full", "班级已满。", "The class is full.")
    assert await effects.fetchval("select count(*) from effects") == 0


async def test_an_unforeseen_error_fails_the_job_without_its_words(database, effects):
    job_id = await ask(database, "tests.break")
    async with working(database):
        job = await wait_until(database, job_id, lambda job: job.is_final)
    assert (job.state, job.error_code) == ("failed", "internal_error")
    assert "secret" not in f"{job.error_zh}{job.error_en}{job.report}"


async def test_an_unknown_kind_fails_instead_of_waiting_for_ever(database, effects):
    job_id = await ask(database, "tests.nobody_does_this")
    async with working(database):
        job = await wait_until(database, job_id, lambda job: job.is_final)
    assert (job.state, job.error_code) == ("failed", "unknown_task")


async def test_a_second_run_of_an_effect_changes_nothing(database, effects):
    job_id = await ask(database, "tests.twice")
    async with working(database):
        job = await wait_until(database, job_id, lambda job: job.is_final)
    assert job.state == "succeeded"
    assert await effects.fetchval("select count(*) from effects") == 1


async def test_a_running_job_stops_at_its_next_progress_and_leaves_nothing(database, effects):
    job_id = await ask(database, "tests.count", total=1000, pause_ms=20)
    async with working(database):
        await wait_until(database, job_id, lambda job: job.done > 0)
        async with database.session() as session:
            await request_cancel(session, job_id)
        job = await wait_until(database, job_id, lambda job: job.is_final, 3)
    assert job.state == "cancelled"
    assert await effects.fetchval("select (select count(*) from effects) + (select count(*) from processed)") == 0


async def test_a_waiting_job_is_cancelled_at_once_and_never_starts(database, effects):
    job_id = await ask(database, "tests.count", total=1)
    async with database.session() as session:
        cancelled = await request_cancel(session, job_id)
    assert cancelled
    assert cancelled.state == "cancelled"
    async with working(database):
        await asyncio.sleep(0.5)
    assert (await look(database, job_id)).attempts == 0


async def test_a_finished_job_cannot_be_cancelled(database, effects):
    job_id = await ask(database, "tests.count", total=1)
    async with working(database):
        await wait_until(database, job_id, lambda job: job.is_final)
    async with database.session() as session:
        job = await request_cancel(session, job_id)
    assert job
    assert (job.state, job.cancel_requested_at) == ("succeeded", None)


async def test_a_stopping_worker_hands_its_job_back_at_once(database, effects, monkeypatch):
    monkeypatch.setattr("nuanyang.kit.jobs.worker.SECONDS_TO_FINISH", 0.1)
    job_id = await ask(database, "tests.count", total=100, pause_ms=20)
    async with working(database):
        await wait_until(database, job_id, lambda job: job.done > 0)
    job = await look(database, job_id)
    assert (job.state, job.attempts) == ("queued", 0)
    async with working(database):
        job = await wait_until(database, job_id, lambda job: job.is_final)
    assert job.state == "succeeded"
    assert await effects.fetchval("select count(*) from effects") == 1


async def test_a_job_whose_queue_row_vanished_is_queued_again(database, effects):
    job_id = await ask(database, "tests.count", total=1)
    await effects.execute("truncate pgqueuer; update jobs set created_at = now() - interval '1 minute'")
    async with working(database):
        job = await wait_until(database, job_id, lambda job: job.is_final)
    assert job.state == "succeeded"


async def test_a_job_that_kills_its_worker_is_given_up_in_the_end(database, effects):
    job_id = await ask(database, "tests.count", total=1)
    await effects.execute("update jobs set attempts = 5, state = 'running'")
    async with working(database):
        job = await wait_until(database, job_id, lambda job: job.is_final)
    assert (job.state, job.error_code) == ("failed", "gave_up")


async def test_the_worker_outlives_the_loss_of_every_connection(database, effects):
    async with working(database):
        first = await ask(database, "tests.count", total=1)
        await wait_until(database, first, lambda job: job.is_final)
        await effects.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        )
        await asyncio.sleep(0.3)
        second = await ask(database, "tests.count", total=1)
        job = await wait_until(database, second, lambda job: job.is_final, 25)
    assert job.state == "succeeded"


async def test_arguments_carry_ids_and_codes_only(database, effects):
    async with database.session() as session:
        with pytest.raises(ArgumentIsNotAnId, match="name"):
            await enqueue(session, "tests.count", account_id=ACCOUNT, arguments={"name": "王小明"})


async def test_an_account_lists_its_own_jobs_in_its_school_newest_first(database, effects):
    mine = [await ask(database, "tests.count", total=1) for _ in range(3)]
    async with database.session() as session:
        await enqueue(session, "tests.count", account_id=new_id(), school_id=SCHOOL, arguments={"total": 1})
        await enqueue(session, "tests.count", account_id=ACCOUNT, school_id=new_id(), arguments={"total": 1})
        listed = await list_jobs(session, account_id=ACCOUNT, school_id=SCHOOL, limit=2)
    assert [job.id for job in listed] == [mine[2], mine[1]]
