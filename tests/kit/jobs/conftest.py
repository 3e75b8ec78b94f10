"""Jobs' tests empty whole tables: each module gets a database of its own."""

import secrets
from collections.abc import AsyncIterator

import asyncpg
import pytest

from nuanyang.entrypoints.database import login_url, prepare
from nuanyang.kit.db import Database
from nuanyang.kit.settings import Settings
from tests.factories.database import PASSWORD


@pytest.fixture(scope="module")
async def database_url(admin_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    name = f"jobs_{secrets.token_hex(4)}"
    passwords = dict.fromkeys(("owner_password", "app_password", "sealer_password", "backup_password"), PASSWORD)
    settings = Settings(var=tmp_path_factory.mktemp("var"), database_name=name, **passwords)
    yield await prepare(settings, admin_url, lambda _: None)
    admin = await asyncpg.connect(login_url(admin_url, database="postgres"))
    await admin.execute(f"drop database {name} with (force)")
    await admin.close()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    await database.start()
    yield database
    await database.stop()


@pytest.fixture
async def effects(admin_url: str, database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """An empty table in which the tests' tasks leave their effects."""
    name = database_url.rpartition("/")[2]
    admin = await asyncpg.connect(login_url(admin_url, database=name))
    await admin.execute("create table if not exists effects (job_id uuid, made_at timestamptz default now())")
    await admin.execute("truncate effects, processed, jobs, pgqueuer; grant select, insert on effects to nuanyang_app")
    yield admin
    await admin.close()
