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
from sqlalchemy.util import await_only

from nuanyang.kit.db.context import NO_CONTEXT, Context
from nuanyang.kit.errors import Unavailable

WAIT_SECONDS = 10.0
# The driver plans a statement anew at every call when it is longer than this; a dossier's is.
LONGEST_PREPARED = 32 * 1024


class Database:
    """Connections as the application's role. `read_size` serves hot reads, `write_size` the sessions."""

    def __init__(self, url: str, *, read_size: int = 10, write_size: int = 8) -> None:
        self.url, self.read_size = url, read_size
        self._turn = asyncio.Semaphore(read_size)
        # SQLAlchemy's pool lets waiters starve; the semaphore in front keeps them in order.
        self._write_turn = asyncio.Semaphore(write_size)
        self._is_started = False
        # The driver's own pool wraps every connection anew; the last used comes first, for its prepared statements are warm.
        self._idle: list[asyncpg.Connection[Any]] = []
        self.engine: AsyncEngine = create_async_engine(
            make_url(url).set(drivername="postgresql+asyncpg"),
            pool_size=write_size,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
            pool_pre_ping=True,
        )

    async def start(self) -> None:
        """Open the first connection for hot reads: a wrong address or password shows at once."""
        self._idle.append(await asyncpg.connect(self.url, command_timeout=30, max_cacheable_statement_size=LONGEST_PREPARED))
        self._is_started = True

    async def stop(self) -> None:
        """Close both pools."""
        self._is_started = False
        while self._idle:
            await self._idle.pop().close()
        await self.engine.dispose()

    async def read(self, context: Context, statement: str, *arguments: object) -> str | None:
        """Run one hot read in the caller's transaction and return its single value, JSON text as PostgreSQL built it.

        Raises `Unavailable` when no connection came free in time.
        """
        connection = await self._take()
        try:
            await connection.execute(context.reading)
            answer = await connection.fetchval(statement, *arguments)
            await connection.execute("COMMIT")
        except BaseException:  # cancellation too: never hand back a connection with someone's rights on it
            connection.terminate()
            raise
        finally:
            self._give_back(connection)
        return answer  # type: ignore[no-any-return]

    @asynccontextmanager
    async def connection(self, context: Context) -> AsyncIterator[Any]:
        """A driver connection inside the caller's transaction, for several statements and for COPY; committed when the block ends."""
        connection = await self._take()
        try:
            await connection.execute(context.begin)
            yield connection
            await connection.execute("COMMIT")
        except BaseException:
            connection.terminate()
            raise
        finally:
            self._give_back(connection)

    async def _take(self) -> "asyncpg.Connection[Any]":
        if not self._is_started:
            raise RuntimeError("the database is not started")
        if self._turn.locked():
            try:
                await asyncio.wait_for(self._turn.acquire(), WAIT_SECONDS)
            except TimeoutError as reason:
                raise Unavailable(headers={"Retry-After": "2"}) from reason
        else:
            await self._turn.acquire()
        try:
            while self._idle:
                connection = self._idle.pop()
                if not connection.is_closed():
                    return connection
            return await asyncpg.connect(self.url, command_timeout=30, max_cacheable_statement_size=LONGEST_PREPARED)
        except BaseException:
            self._turn.release()
            raise

    def _give_back(self, connection: "asyncpg.Connection[Any]") -> None:
        if not connection.is_closed():
            if self._is_started:
                self._idle.append(connection)
            else:
                connection.terminate()
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


async def read_within(session: AsyncSession, statement: str, *arguments: object) -> str | None:
    """Run a hot read on the connection that a session holds: with a second one beside it, a full pool would wait for itself."""
    connection = await session.connection()
    return (await connection.exec_driver_sql(statement, arguments)).scalar_one_or_none()


def carry(session: AsyncSession, context: Context) -> None:
    """Let every further transaction of this session begin with the context's settings."""

    session.info["context"] = context
    first, _, others = context.settings.partition("; ")

    def set_context(_: Session, transaction: SessionTransaction, connection: Connection) -> None:
        if transaction.nested:  # a savepoint goes on with what its transaction knows
            return
        connection.exec_driver_sql(first)  # with it the driver begins the transaction
        # The others in one message: prepared one by one, each would be a round trip of its own.
        await_only(connection.connection.driver_connection.execute(others))  # type: ignore[union-attr]

    event.listen(session.sync_session, "after_begin", set_context)
