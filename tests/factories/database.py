"""A migrated template database, and a clone of it for each test worker."""

import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from nuanyang.entrypoints.database import APP, DECLARED, login_url, prepare
from nuanyang.kit.db import Database
from nuanyang.kit.settings import PROJECT, Settings

PASSWORD = "only-for-tests"
CLONING = 7_301_955


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of this worker: a `var` of its own, fixed role passwords (several runs may share one server)."""
    return Settings(
        var=tmp_path_factory.mktemp("var"),
        owner_password=PASSWORD,
        app_password=PASSWORD,
        sealer_password=PASSWORD,
        backup_password=PASSWORD,
        database_name=_template_name(),
    )


def _template_name() -> str:
    digest = hashlib.sha256()
    for file in (*sorted((PROJECT / "migrations").rglob("*.py")), DECLARED):
        digest.update(file.read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


@pytest.fixture(scope="session")
def admin_url() -> Iterator[str]:
    """The server: TEST_DATABASE_URL (an administration URL), else the embedded one, started once for all workers."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    from nuanyang.kit.embedded_postgres import EmbeddedPostgres

    with EmbeddedPostgres(Path(PROJECT / "var" / "test-postgres"), connections=300, durable=False) as server:
        yield server.url()


@pytest_asyncio.fixture(scope="session")
async def database_urls(settings: Settings, admin_url: str) -> AsyncIterator[tuple[str, str]]:
    """(application URL, administration URL) of this worker's own clone, dropped at the end."""
    async with cloned(settings, admin_url) as urls:
        yield urls


@asynccontextmanager
async def cloned(settings: Settings, admin_url: str) -> AsyncIterator[tuple[str, str]]:
    """A fresh clone of the template for who needs a whole database: (application URL, administration URL)."""
    admin = await asyncpg.connect(admin_url)
    name = f"test_{uuid4().hex[:12]}"
    await admin.execute("select pg_advisory_lock($1)", CLONING)
    try:
        await prepare(settings, admin_url, say=lambda _: None)
        await admin.execute(f"create database {name} template {settings.database_name}")
        await admin.execute(f"grant connect, temporary on database {name} to {APP}")
    finally:
        await admin.execute("select pg_advisory_unlock($1)", CLONING)
    try:
        yield login_url(admin_url, database=name, user=APP, password=PASSWORD), login_url(admin_url, database=name)
    finally:
        await admin.execute(f"drop database {name} with (force)")
        await admin.close()


@pytest_asyncio.fixture(scope="session")
async def database(database_urls: tuple[str, str]) -> AsyncIterator[Database]:
    """The application's door to this worker's database."""
    door = Database(database_urls[0], read_size=4, write_size=4)
    await door.start()
    yield door
    await door.stop()
