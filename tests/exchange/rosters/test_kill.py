"""A worker that is killed in the middle of an apply loses nothing, doubles nothing, and the job ends in the next one."""

import asyncio
import os
import secrets
import sys

import asyncpg
import pytest
from sqlalchemy import text

from nuanyang.demo.scale import write_scale_package
from nuanyang.entrypoints.database import login_url, prepare
from nuanyang.exchange.rosters.models import RosterImport
from nuanyang.exchange.rosters.service import imports
from nuanyang.kit.clock import now
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import new_id
from nuanyang.kit.jobs import enqueue
from nuanyang.kit.settings import Settings
from nuanyang.school.schools.models import School
from tests.factories.database import PASSWORD

pytestmark = [pytest.mark.commits, pytest.mark.slow]
PUPILS = 800


@pytest.fixture
async def place(admin_url, tmp_path):
    """A database and a `var` of their own: (settings, application URL, administration connection)."""
    name = f"kill_{secrets.token_hex(4)}"
    passwords = dict.fromkeys(("owner_password", "app_password", "sealer_password", "backup_password"), PASSWORD)
    settings = Settings(var=tmp_path, database_name=name, **passwords)
    url = await prepare(settings, admin_url, lambda _: None)
    admin = await asyncpg.connect(login_url(admin_url, database=name))
    yield settings, url, admin
    await admin.close()
    admin = await asyncpg.connect(login_url(admin_url, database="postgres"))
    await admin.execute(f"drop database {name} with (force)")
    await admin.close()


async def _worker(settings: Settings, url: str) -> asyncio.subprocess.Process:
    environment = {**os.environ, "NUANYANG_VAR": str(settings.var), "NUANYANG_APP_DATABASE_URL": url, "DATABASE_URL": ""}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "nuanyang.entrypoints.cli", "worker", env=environment, stderr=asyncio.subprocess.DEVNULL
    )


async def _killed_at(admin: asyncpg.Connection, settings: Settings, url: str, table: str) -> None:
    """Kill a worker while its apply waits to write `table`: a lock holds it there, so no clock decides where it dies."""
    async with admin.transaction():
        await admin.execute(f"lock table {table} in share mode")
        worker = await _worker(settings, url)
        async with asyncio.timeout(120):
            while not await admin.fetchval("select exists (select from pg_locks where not granted and relation = $1::regclass)", table):
                await asyncio.sleep(0.05)
        worker.kill()
        await worker.wait()


async def test_killed_in_the_middle_of_an_apply(place, tmp_path):
    settings, url, admin = place
    database = Database(url)
    await database.start()
    path, _ = write_scale_package(tmp_path, PUPILS, 1)
    school_id, import_id = new_id(), new_id()
    context = opening(school_id=school_id, purpose="job")
    async with database.session(context) as session:
        session.add(School(id=school_id, name="规模学校", code="2198000001", first_grade=1, last_grade=9, created_at=now()))
    with path.open("rb") as stream:
        imports.keep_file(settings.files_folder, import_id, stream)
    async with database.session(context) as session:
        row, _ = await imports.begin_import(
            session, import_id=import_id, school_id=school_id, account_id=None, file_name="roster.zip", file_size=1
        )
        row.state = "applying"
        await session.execute(text("delete from pgqueuer"))
        job = await enqueue(session, "rosters.apply", school_id=school_id, account_id=None, arguments={"import_id": str(import_id)})
    for table in ("students", "external_ids"):  # an early write of the apply, and a late one
        await _killed_at(admin, settings, url, table)
        async with database.session(context) as session:
            assert await session.scalar(text("select count(*) from students")) == 0
    survivor = await _worker(settings, url)
    try:
        async with asyncio.timeout(240):
            while await admin.fetchval("select finished_at is null from jobs where id = $1", job.id):
                await asyncio.sleep(0.2)
    finally:
        survivor.terminate()
        await survivor.wait()
    ended = await admin.fetchrow("select state, error_code, error_en, attempts from jobs where id = $1", job.id)
    assert ended["state"] == "succeeded", dict(ended)
    async with database.session(context) as session:
        assert (await session.get(RosterImport, (school_id, import_id))).state == "applied"
        assert await session.scalar(text("select count(*) from students")) == PUPILS
        assert await session.scalar(text("select count(distinct entity_id) from external_ids where kind = 'student'")) == PUPILS
    await database.stop()
