"""A worker that is killed in the middle loses no job and doubles no effect."""

import asyncio
import sys
from pathlib import Path

import asyncpg
import pytest

from nuanyang.kit.ids import new_id
from nuanyang.kit.jobs import enqueue

pytestmark = [pytest.mark.commits, pytest.mark.slow]
JOBS = 150


async def test_killed_workers_lose_nothing_and_double_nothing(database, database_url, effects):
    async with database.session() as session:
        for _ in range(JOBS):
            await enqueue(session, "tests.leave_effect", account_id=new_id(), school_id=new_id())
    for killed in range(3):
        await _kill_in_the_middle(database_url, effects, after=30 * (killed + 1))
    survivor = await _start(database_url)
    try:
        async with asyncio.timeout(60):
            while await effects.fetchval("select count(*) from jobs where finished_at is null"):
                await asyncio.sleep(0.2)
    finally:
        survivor.terminate()
        await survivor.wait()
    assert await effects.fetchval("select count(*) from jobs where state = 'succeeded'") == JOBS
    assert await effects.fetchval("select count(distinct job_id) from effects") == JOBS
    assert await effects.fetchval("select count(*) from effects") == JOBS


async def _start(url: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(sys.executable, str(Path(__file__).with_name("worker_process.py")), url)


async def _kill_in_the_middle(url: str, effects: asyncpg.Connection, after: int) -> None:
    worker = await _start(url)
    async with asyncio.timeout(30):
        while await effects.fetchval("select count(*) from effects") < after:
            await asyncio.sleep(0.01)
    worker.kill()
    await worker.wait()
    assert await effects.fetchval("select count(*) from jobs where state = 'running'") > 0
