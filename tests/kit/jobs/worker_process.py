"""A worker in a process of its own, for tests that kill it. Arguments: the database's URL."""

import asyncio
import signal
import sys
from datetime import timedelta

from sqlalchemy import text

from nuanyang.kit.db import Database
from nuanyang.kit.jobs import Run, task
from nuanyang.kit.jobs.worker import Worker


@task("tests.leave_effect")
async def leave_effect(run: Run) -> None:
    await asyncio.sleep(0.01)
    async with run.effect() as session:
        await session.execute(text("insert into effects (job_id) values (:job_id)"), {"job_id": run.job_id})
    await asyncio.sleep(0.01)


async def main(url: str) -> None:
    database = Database(url)
    await database.start()
    worker = Worker(url, database, concurrency=8, heartbeat_timeout=timedelta(seconds=2))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, lambda: asyncio.ensure_future(worker.stop()))
    await worker.work()
    await database.stop()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
