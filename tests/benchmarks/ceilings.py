"""The ceilings: bare ASGI that does nothing but one statement, JSON by PostgreSQL, bytes out. It runs the product's own statements.

secured: as the application's role, BEGIN; SET LOCAL …, the statement, COMMIT, with row-level security. raw: as superuser, no transaction.
Requests are /<statement>/<number of the arguments>: no sign-in, no rights, no routing, no validation.
"""

from __future__ import annotations

import asyncio
import os
import pickle
from pathlib import Path
from typing import Any

import asyncpg

from nuanyang.kit.db.door import LONGEST_PREPARED


class Ceiling:
    """One process's ceiling; the statements come in a file, since they carry typed arguments."""

    def __init__(self) -> None:
        self.is_secured = os.environ["CEILING"] == "secured"
        task = pickle.loads(Path(os.environ["CEILING_TASK"]).read_bytes())
        self.statements: dict[str, list[tuple[str, str, list[object]]]] = task["statements"]
        self.url, self.size = task["urls"][os.environ["CEILING"]], task["connections"]
        self.turn = asyncio.Semaphore(self.size)
        self.pool: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        _, name, number = scope["path"].split("/")
        begin, statement, arguments = self.statements[name][int(number)]
        async with self.turn, self.pool.acquire() as connection:
            if self.is_secured:
                await connection.execute(begin)
                text = await connection.fetchval(statement, *arguments)
                await connection.execute("COMMIT")
            else:
                text = await connection.fetchval(statement, *arguments)
        body = text.encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _lifespan(self, receive: Any, send: Any) -> None:
        async def no_reset(_: object) -> None: ...

        await receive()
        self.pool = await asyncpg.create_pool(
            self.url, min_size=self.size, max_size=self.size, reset=no_reset, max_cacheable_statement_size=LONGEST_PREPARED
        )
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.pool.close()
        await send({"type": "lifespan.shutdown.complete"})


def make() -> Ceiling:
    """The factory uvicorn calls."""
    return Ceiling()
