"""Bringing files into the schools of the tests, as the worker's task does."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from nuanyang.exchange.rosters import tasks
from nuanyang.exchange.rosters.models import RosterFinding, RosterImport
from nuanyang.exchange.rosters.service import imports
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.db import NO_CONTEXT, opening
from nuanyang.kit.ids import new_id
from nuanyang.kit.jobs import Run, find_job
from nuanyang.kit.settings import Settings
from tests.factories.world import World


@dataclass
class Importer:
    """Imports files into one school and looks at what became of it."""

    world: World
    keyring: Keyring
    folder: Path

    async def bring(self, path: Path, *, apply: bool = True, name: str | None = None, **more: Any) -> RosterImport:
        """Check a file; apply it when it has no errors."""
        import_id = new_id()
        (self.folder / "rosters").mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, self.folder / "rosters" / str(import_id))
        else:
            shutil.copy(path, self.folder / "rosters" / str(import_id))
        label = name or (path.name if path.suffix in {".zip", ".xlsx", ".csv"} else path.name + ".zip")
        async with self.session() as session:
            await imports.begin_import(
                session, import_id=import_id, school_id=self.world.school_id, account_id=None, file_name=label, file_size=1, **more
            )
        checked = await self.run(import_id, is_applying=False)
        if not apply or checked.state != "checked":
            return checked
        return await self.run(import_id, is_applying=True)

    async def run(self, import_id: UUID, *, is_applying: bool) -> RosterImport:
        async def report(done: int, total: int, phase: str) -> None: ...

        async with self.world.database.connection(opening(school_id=self.world.school_id, purpose="job")) as connection:
            await imports.run_import(connection, self.keyring, self.folder, import_id, None, is_applying=is_applying, report=report)
        async with self.session() as session:
            return await session.get(RosterImport, (self.world.school_id, import_id))

    def session(self) -> Any:
        return self.world.database.session(opening(school_id=self.world.school_id, purpose="job"))

    async def rows(self, statement: str, **values: Any) -> list[Any]:
        async with self.session() as session:
            return list((await session.execute(text(statement), values)).all())

    async def value(self, statement: str, **values: Any) -> Any:
        return (await self.rows(statement, **values))[0][0]

    async def findings(self, row: RosterImport) -> list[RosterFinding]:
        from sqlalchemy import select

        async with self.session() as session:
            return list(
                await session.scalars(select(RosterFinding).where(RosterFinding.import_id == row.id).order_by(RosterFinding.position))
            )


@pytest.fixture
def importer(world: World, app: Any, settings: Settings) -> Importer:
    """An importer into the test's own school."""
    return Importer(world, app.state.keyring, settings.files_folder)


@pytest.fixture
async def registrar(world: World) -> Any:
    """Who brings rosters in."""
    return await world.client("registrar")


async def upload(client: Any, content: bytes, name: str = "名册.zip", **form: str) -> Any:
    """Send a file as the page does."""
    return await client.post("/api/v1/roster-imports", files={"file": (name, content, "application/zip")}, data=form)


@pytest.fixture
def work(world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Do the job of an import, as the worker would."""
    monkeypatch.setattr(tasks, "get_settings", lambda: settings)

    async def done(answer: Any) -> None:
        async with world.database.session(NO_CONTEXT) as session:
            job = await find_job(session, UUID(answer.headers["location"].rsplit("/", 1)[1]))
            assert job is not None
            await session.execute(text("update jobs set state = 'running' where id = :id"), {"id": job.id})
        run = Run(job.id, job.kind, job.school_id, job.account_id, job.arguments, world.database)
        await {"rosters.check": tasks.check_roster, "rosters.apply": tasks.apply_roster}[job.kind](run)

    return done
