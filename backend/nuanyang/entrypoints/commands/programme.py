"""`nuanyang programme verify` and `work-out`: prove the ledger from the records, and bring it up to today.

Exit codes: 0 sound or repaired · 1 could not run · 5 faults were found (and with --repair: are left).
"""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.casework.obligations.service import keep_up
from nuanyang.entrypoints.database import application_url
from nuanyang.entrypoints.server import database_server
from nuanyang.kit.clock import today
from nuanyang.kit.db import Database, opening
from nuanyang.kit.settings import get_settings
from nuanyang.programme.cadence.service import Worked
from nuanyang.programme.cadence.verifying import Verified, repair, verify
from nuanyang.school.schools.models import School
from nuanyang.school.schools.service import school_by_code

FAULTY = 5
Code = Annotated[str | None, typer.Option(help="学校标识码 of one school; else all.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a school.")]

app = typer.Typer(no_args_is_help=True, help="The programme's ledger: what is expected and how it went.")


@app.command("verify", epilog=__doc__)
def verify_command(
    code: Code = None,
    mend: Annotated[bool, typer.Option("--repair", help="Put right what is found, naming it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Recount every occurrence and every count from the records."""
    with database_server(get_settings()) as settings:
        told = asyncio.run(verify_all(application_url(settings), code, mend=mend))
    for school, found, left in told:
        if as_json:
            report = {"school": school, "occurrences": found.occurrences, "found": asdict(found), "left": asdict(left)}
            typer.echo(json.dumps(report, ensure_ascii=False, default=str))
            continue
        typer.echo(f"{school}: {found.occurrences} 项应办，{len(found.faults)} 项与记录不符，{len(found.miscounts)} 个计数不符")
        for fault in found.faults:
            typer.echo(f"  {fault.fault} 事项 {fault.occurrence_id}")
        for miscount in found.miscounts:
            typer.echo(f"  计数 {miscount.clause} {miscount.due_on} {miscount.place}: {list(miscount.kept)} → {list(miscount.recounted)}")
        if mend and not found.is_sound:
            typer.echo("  已修正" if left.is_sound else f"  仍有 {len(left.faults)} 项与记录不符")
    raise typer.Exit(0 if all((left if mend else found).is_sound for _, found, left in told) else FAULTY)


@app.command("work-out")
def work_out_command(code: Code = None, as_json: AsJson = False) -> None:
    """Work out what is owed today, as the worker does by itself."""
    with database_server(get_settings()) as settings:
        told = asyncio.run(work_out_all(application_url(settings), code))
    for school, done in told:
        worked = done or Worked()
        if as_json:
            typer.echo(json.dumps({"school": school, **asdict(worked)}, ensure_ascii=False))
        else:
            typer.echo(f"{school}: 新增应办 {worked.added} 项，调整 {worked.moved} 项，撤销 {worked.withdrawn} 项")


async def verify_all(url: str, code: str | None, *, mend: bool) -> list[tuple[str, Verified, Verified]]:
    """What each school's ledger says against its records: as found, and as left."""
    told = []
    async with _schools(url, code) as (database, schools):
        for school in schools:
            async with _session(database, school) as session:
                found = await verify(session, school.id)
                left = await repair(session, school.id, found) if mend and not found.is_sound else found
                told.append((school.name, found, left))
    return told


async def work_out_all(url: str, code: str | None) -> list[tuple[str, Worked | None]]:
    """Bring each school up to its own today."""
    told = []
    async with _schools(url, code) as (database, schools):
        for school in schools:
            async with _session(database, school) as session:
                told.append((school.name, await keep_up(session, school.id, today(school.time_zone))))
    return told


@asynccontextmanager
async def _schools(url: str, code: str | None) -> AsyncIterator[tuple[Database, Sequence[School]]]:
    database = Database(url, read_size=1, write_size=2)
    try:
        async with database.session() as session:
            if code is None:
                found: Sequence[School] = (await session.scalars(select(School).order_by(School.code))).all()
            else:
                one = await school_by_code(session, code)
                found = [one] if one else []
        if not found and code:
            raise typer.BadParameter("no such school", param_hint="--code")
        yield database, found
    finally:
        await database.stop()


@asynccontextmanager
async def _session(database: Database, school: School) -> AsyncIterator[AsyncSession]:
    async with database.session(opening(school_id=school.id, purpose="command")) as session:
        yield session
