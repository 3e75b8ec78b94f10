"""The whole application on a database of its own behind a real socket, for those who talk HTTP to it from outside."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from fastapi import FastAPI

from nuanyang.entrypoints.http import create_app
from nuanyang.kit.db import Database
from nuanyang.kit.settings import Settings
from tests.factories.database import cloned


@dataclass
class Served:
    """A running application: its address, and a way to have things done on its loop."""

    app: FastAPI
    database: Database
    address: str
    loop: asyncio.AbstractEventLoop

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine where the application's connections live."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)


@contextmanager
def served(settings: Settings, admin_url: str) -> Iterator[Served]:
    """Serve a fresh clone of the template from a thread; the database is dropped at the end."""
    loop, running, made = asyncio.new_event_loop(), threading.Event(), []

    async def serve() -> None:
        async with _application(settings, admin_url) as (app, database):
            app.state.longest_stream = 0.05  # whoever walks all operations waits for each
            # Named as TCP: else asyncio leaves Nagle's delay on, 40 ms an answer.
            listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
            listener.bind(("127.0.0.1", 0))
            # The application's lifespan is ours: the thread's loop opened its connections before the server began.
            server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=2))
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            made.extend((Served(app, database, address, loop), server))
            running.set()
            await server.serve(sockets=[listener])

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    if not running.wait(120):
        raise TimeoutError("the application did not start")
    one, server = made
    try:
        yield one
    finally:
        server.should_exit = True
        thread.join(60)
        loop.close()


@asynccontextmanager
async def _application(settings: Settings, admin_url: str) -> AsyncIterator[tuple[FastAPI, Database]]:
    async with cloned(settings, admin_url) as (url, _):
        database = Database(url, read_size=4, write_size=8)
        await database.start()
        app = create_app(settings, database)
        async with app.router.lifespan_context(app):
            yield app, database
        await database.stop()
