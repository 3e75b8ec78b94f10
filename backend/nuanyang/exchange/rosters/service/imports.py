"""Imports of rosters: taking a file in, checking it, applying it, and what remains to be decided by people."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.exchange.rosters import repository
from nuanyang.exchange.rosters.applying.run import Outcome, RosterRun
from nuanyang.exchange.rosters.errors import (
    BadUpload,
    FileGone,
    ImportHasErrors,
    ImportNotFound,
    ImportNotReady,
    ImportRefused,
    RemovalsNotConfirmed,
)
from nuanyang.exchange.rosters.models import RosterFinding, RosterImport
from nuanyang.exchange.rosters.reading.findings import clip
from nuanyang.kit.clock import now, today
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import new_id
from nuanyang.kit.jobs import Job, enqueue

SUFFIXES = (".zip", ".xlsx", ".csv")
KEPT_DAYS = 7
FOLDER = "rosters"
Report = Callable[[int, int, str], Awaitable[None]]


async def no_report(_done: int, _total: int, _phase: str) -> None:
    """Nobody watches."""


def default_year(day: date) -> int:
    """The calendar year in which the school year of a day began; from July on people speak of the coming one."""
    return day.year if day.month >= 7 else day.year - 1


def keep_file(folder: Path, import_id: UUID, stream: IO[bytes]) -> int:
    """Copy an upload into the private folder, and drop what is older than a week; answers its size."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in place.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_DAYS * 86_400:
            old.unlink(missing_ok=True)
    path = place / str(import_id)
    with path.open("xb") as target:
        path.chmod(0o600)
        shutil.copyfileobj(stream, target, 1 << 20)
    return path.stat().st_size


def forget_file(folder: Path, import_id: UUID) -> None:
    """What is applied need not be kept: it is full of identity numbers."""
    (folder / FOLDER / str(import_id)).unlink(missing_ok=True)


def _row(
    import_id: UUID,
    school_id: UUID,
    file_name: str,
    file_size: int,
    *,
    account_id: UUID | None = None,
    covers: str = "school",
    year_starts: int | None = None,
    mapping: Mapping[str, str] | None = None,
    is_district_wide: bool = False,
    may_create_schools: bool = False,
    compares_all: bool = False,
) -> RosterImport:
    if not file_name.lower().endswith(SUFFIXES):
        raise BadUpload
    return RosterImport(
        school_id=school_id,
        id=import_id,
        file_name=clip(file_name, 200),
        file_size=file_size,
        covers=covers,
        year_starts=year_starts or default_year(today()),
        mapping=dict(mapping or {}),
        is_district_wide=is_district_wide,
        may_create_schools=may_create_schools,
        compares_all=compares_all,
        created_by=account_id,
        state="checking",
    )


async def begin_import(
    session: AsyncSession,
    *,
    import_id: UUID,
    school_id: UUID,
    account_id: UUID | None,
    file_name: str,
    file_size: int,
    **options: Any,
) -> tuple[RosterImport, Job]:
    """Record an uploaded file and ask for its dry run; the options are those of `_row`."""
    row = _row(import_id, school_id, file_name, file_size, account_id=account_id, **options)
    session.add(row)
    await session.flush()
    job = await enqueue(session, "rosters.check", school_id=school_id, account_id=account_id, arguments={"import_id": str(import_id)})
    row.job_id = job.id
    await session.flush()
    return row, job


async def import_now(
    database: Database,
    keyring: Keyring,
    folder: Path,
    path: Path,
    *,
    school_id: UUID,
    is_dry_run: bool = False,
    confirm_removals: bool = False,
    report: Report = no_report,
    **options: Any,
) -> RosterImport:
    """Bring a file in here and now, without the queue: for scripts and the demo. Raises `RemovalsNotConfirmed`.

    The file is read once; when that ends badly, all of it is taken back and a dry run says why. Answers the import as it stands:
    `refused` with findings, `checked` after a dry run, `applied`.
    """
    context, import_id = opening(school_id=school_id, purpose="import"), new_id()
    with path.open("rb") as stream:
        size = await asyncio.to_thread(keep_file, folder, import_id, stream)
    async with database.session(context) as session:
        session.add(_row(import_id, school_id, path.name, size, **options))

    async def run(*, is_applying: bool) -> None:
        async with database.connection(context) as connection:
            found = await run_import(connection, keyring, folder, import_id, None, is_applying=is_applying, report=report)
            if is_applying and found["needs_confirmation"] and not confirm_removals:
                raise RemovalsNotConfirmed

    trouble: Exception | None = None
    try:
        if not is_dry_run:
            try:
                await run(is_applying=True)
            except Exception as error:  # noqa: BLE001 - whatever it is, a dry run finds the words for it, or it is raised below
                trouble = error
        if is_dry_run or trouble is not None:
            await run(is_applying=False)
    finally:
        forget_file(folder, import_id)
    async with database.session(context) as session:
        row = await find_import(session, school_id, import_id)
    if trouble is not None and row.state != "refused":
        raise trouble
    return row


async def begin_apply(
    session: AsyncSession, caller: Caller, import_id: UUID, folder: Path, *, confirm_removals: bool
) -> tuple[RosterImport, Job]:
    """Ask for a checked import to be applied."""
    await repository.end_lost(session, caller.school_id)
    row = await session.get(RosterImport, (caller.school_id, import_id), with_for_update=True)
    if row is None:
        raise ImportNotFound
    if row.state == "refused":
        raise ImportHasErrors
    if row.state != "checked":
        raise ImportNotReady
    if row.needs_confirmation and not confirm_removals:
        raise RemovalsNotConfirmed
    if not (folder / FOLDER / str(import_id)).is_file():
        raise FileGone
    wanted: dict[str, str | bool] = {"import_id": str(import_id), "confirm_removals": confirm_removals}
    job = await enqueue(session, "rosters.apply", school_id=caller.school_id, account_id=caller.account_id, arguments=wanted)
    row.state, row.job_id, row.applied_by = "applying", job.id, caller.account_id
    await session.flush()
    return row, job


async def find_import(session: AsyncSession, school_id: UUID, import_id: UUID) -> RosterImport:
    """One import of the school."""
    await repository.end_lost(session, school_id)
    row = await session.get(RosterImport, (school_id, import_id))
    if row is None:
        raise ImportNotFound
    return row


async def newest_imports(session: AsyncSession, school_id: UUID, limit: int, before: tuple[str, str] | None) -> list[RosterImport]:
    """Imports, the newest first."""
    await repository.end_lost(session, school_id)
    return await repository.newest_imports(session, school_id, limit, before)


async def give_up(session: AsyncSession, import_id: UUID, *, is_applying: bool) -> None:
    """Put an import whose job ended badly into a state from which one can go on."""
    state = "checked" if is_applying else "failed"
    await session.execute(
        update(RosterImport).where(RosterImport.id == import_id, RosterImport.state.in_(("checking", "applying"))).values(state=state)
    )


async def run_import(
    connection: Any,
    keyring: Keyring,
    folder: Path,
    import_id: UUID,
    account_id: UUID | None,
    *,
    is_applying: bool,
    report: Report,
) -> dict[str, Any]:
    """Read one import's file on a connection inside a transaction; writes what was found, and what it means when applying."""
    order = await repository.order_of(connection, import_id, folder / FOLDER / str(import_id), keyring, is_applying=is_applying)
    outcome = await RosterRun(connection, keyring, order, report).run()
    if is_applying and outcome.findings.errors:
        raise ImportRefused
    await repository.keep_outcome(connection, import_id, outcome, account_id, at=now(), is_applying=is_applying)
    return report_of(outcome)


def report_of(outcome: Outcome) -> dict[str, Any]:
    """What the job keeps: counts and codes only."""
    return {
        "errors": outcome.findings.errors,
        "counts": outcome.counts,
        "needs_confirmation": outcome.needs_confirmation,
        "rows_written": outcome.rows_written,
    }


async def find_school(session: AsyncSession, code: str | None) -> UUID | None:
    """The school with this 学校标识码; without one, the only school there is."""
    return await repository.school_by_code(session, code) if code else await repository.only_school(session)


async def all_findings(session: AsyncSession, school_id: UUID, import_id: UUID) -> list[RosterFinding]:
    """Every kept finding of an import."""
    return await repository.findings_page(session, school_id, import_id, after=-1, limit=20_000, severity=None, code=None)
