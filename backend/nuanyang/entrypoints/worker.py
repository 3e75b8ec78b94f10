"""The worker process: every slice's tasks, run from the queue, the seals of the record, the ledger, and each school's night of retention."""

import asyncio
import contextlib
import signal
from pathlib import Path

from pydantic import SecretStr

import nuanyang
from nuanyang.entrypoints import logs
from nuanyang.entrypoints.database import application_url, check_role
from nuanyang.entrypoints.owing import keep_owing
from nuanyang.entrypoints.processes import receive_database_url
from nuanyang.entrypoints.retaining import keep_retaining
from nuanyang.entrypoints.sealing import keep_sealing
from nuanyang.kit.db import Database
from nuanyang.kit.jobs.registry import load_tasks
from nuanyang.kit.jobs.worker import Worker
from nuanyang.kit.settings import Settings


async def work(settings: Settings) -> None:
    """Run jobs until SIGTERM or SIGINT."""
    url = application_url(settings)
    await check_role(url)
    database = Database(url, read_size=4, write_size=4 + 2 * settings.job_concurrency)
    await database.start()
    worker = Worker(url, database, concurrency=settings.job_concurrency)
    stopping: set[asyncio.Task[None]] = set()

    def stop() -> None:
        stopping.add(asyncio.ensure_future(worker.stop()))

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    beside = [asyncio.ensure_future(one) for one in (keep_sealing(settings), keep_retaining(database), keep_owing(database))]
    try:
        await worker.work()
    finally:
        for one in beside:
            one.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await one
        await asyncio.gather(*stopping)
        await database.stop()


def run(settings: Settings) -> None:
    """Be the worker process."""
    logs.configure(settings)
    load_tasks(Path(nuanyang.__file__).parent, "nuanyang")
    if url := receive_database_url():
        settings = settings.model_copy(update={"app_database_url": SecretStr(url)})
    asyncio.run(work(settings))
