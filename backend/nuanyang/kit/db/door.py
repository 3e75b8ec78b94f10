"""Two pools, one rule: whoever gets a connection gets a transaction that knows its caller, and returns it clean."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import Session, SessionTransaction

from nuanyang.kit.db.context import NO_CONTEXT, Context
from nuanyang.kit.errors import Unavailable

WAIT_SECONDS = 10.0


class Database:
    """Connections as the application's role. `read_size` serves hot reads, `write_size` the sessions."""

    def __init__(self, url: str, *, read_size: int = 10, write_size: int = 8) -> None:
        self.url, self.read_size = url, read_size
        self._turn = asyncio.Semaphore(read_size)
        # SQLAlchemy's pool lets waiters starve; the semaphore in front keeps them in order.
        self._write_turn = asyncio.Semaphore(write_size)
        self._pool: asyncpg.Pool[Any] | None = None
        self.engine: AsyncEngine = create_async_engine(
            make_url(url).set(drivername="postgresql+asyncpg"),
            pool_size=write_size,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
            pool_pre_ping=True,
        )

    async def start(self) -> None:
        """Open the pool for hot reads; its own reset is off, since every use ends its transaction."""

        async def no_reset(_: object) -> None: ...

        self._pool = await asyncpg.create_pool(self.url, min_size=1, max_size=self.read_size, reset=no_reset, command_timeout=30)

    async def stop(self) -> None:
        """Close both pools."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None
        await self.engine.dispose()

    async def read(self, context: Context, statement: str, *arguments: object) -> str | None:
        """Run one hot read in the caller's transaction and return its single value, JSON text as PostgreSQL built it.

        Raises `Unavailable` when no connection came free in time.
        """
        async with self.connection(context) as connection:
            return await connection.fetchval(statement, *arguments)  # type: ignore[no-any-return]

    @asynccontextmanager
    async def connection(self, context: Context) -> AsyncIterator[Any]:
        """A driver connection inside the caller's transaction, for `read` and for COPY; committed when the block ends."""
        if self._pool is None:
            raise RuntimeError("the database is not started")
        try:
            await asyncio.wait_for(self._turn.acquire(), WAIT_SECONDS)
        except TimeoutError as reason:
            raise Unavailable(headers={"Retry-After": "2"}) from reason
        try:
            async with self._pool.acquire() as connection:
                try:
                    await connection.execute(context.begin)
                    yield connection
                    await connection.execute("COMMIT")
                except BaseException:  # cancellation too: never hand back a connection with someone's rights on it
                    connection.terminate()
                    raise
        finally:
            self._turn.release()

    @asynccontextmanager
    async def session(self, context: Context = NO_CONTEXT) -> AsyncIterator[AsyncSession]:
        """A session whose every transaction opens with the caller's context; committed at the end, rolled back on any exception."""
        try:
            await asyncio.wait_for(self._write_turn.acquire(), WAIT_SECONDS)
        except TimeoutError as reason:
            raise Unavailable(headers={"Retry-After": "2"}) from reason
        try:
            async with AsyncSession(self.engine, expire_on_commit=False, autoflush=False) as session:
                carry(session, context)
                yield session
                await session.commit()
        finally:
            self._write_turn.release()


def carry(session: AsyncSession, context: Context) -> None:
    """Make every transaction of this session begin with the context's settings."""

    def set_context(_: Session, __: SessionTransaction, connection: Connection) -> None:
        for setting in context.settings.split("; "):
            connection.exec_driver_sql(setting)

    event.listen(session.sync_session, "after_begin", set_context)
