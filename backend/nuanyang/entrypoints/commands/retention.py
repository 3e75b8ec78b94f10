"""`nuanyang retention run`: what falls due is shown, and what was shown before is erased.

Exit codes: 0 done · 1 could not run · 4 with --dry-run: something is due already.
"""

import asyncio
import json
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import select

from nuanyang.casework.retention.models import RetentionRun
from nuanyang.casework.retention.schemas import Run
from nuanyang.casework.retention.service import reporting, running
from nuanyang.entrypoints.database import application_url
from nuanyang.entrypoints.server import database_server
from nuanyang.kit.db import Database, opening
from nuanyang.kit.settings import get_settings
from nuanyang.school.schools.models import School
from nuanyang.school.schools.service import school_by_code

SOMETHING_DUE = 4

app = typer.Typer(no_args_is_help=True, help="Erase what a school no longer needs to know.")


@app.callback()
def _retention() -> None:
    """Erase what a school no longer needs to know."""


@app.command(epilog=__doc__)
def run(
    code: Annotated[str | None, typer.Option(help="学校标识码 of one school; else all.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what falls due; erase nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a school.")] = False,
) -> None:
    """Do what every night does: what the last dry run has shown for long enough, then the next dry run."""
    with database_server(get_settings()) as settings:
        told = asyncio.run(run_all(application_url(settings), code, dry_run=dry_run))
    for school, runs in told:
        if as_json:
            typer.echo(json.dumps({"school": school, "runs": [one.model_dump(mode="json") for one in runs]}, ensure_ascii=False))
        else:
            for one in runs:
                typer.echo(f"{school}: {_sentence(one)}")
    raise typer.Exit(SOMETHING_DUE if dry_run and any(one.students_due for _, runs in told for one in runs) else 0)


async def run_all(url: str, code: str | None, *, dry_run: bool) -> list[tuple[str, list[Run]]]:
    """Each school's runs: the one that was applied, then the new one."""
    database = Database(url, read_size=1, write_size=2)
    try:
        async with database.session() as session:
            schools = (
                list(await session.scalars(select(School).order_by(School.code)))
                if code is None
                else [found]
                if (found := await school_by_code(session, code))
                else []
            )
        if not schools and code:
            raise typer.BadParameter("no such school", param_hint="--code")
        return [(school.name, await _run_one(database, school.id, dry_run=dry_run)) for school in schools]
    finally:
        await database.stop()


async def _run_one(database: Database, school_id: UUID, *, dry_run: bool) -> list[Run]:
    clerk, context = running.Clerk(school_id, None), opening(school_id=school_id, purpose="command")
    last = await running.last_shown(database, clerk)
    applied: list[UUID] = []
    if last is not None and not dry_run:
        await running.apply(database, clerk, last, at_night=True)
        applied = [last]
    shown = await running.show(database, clerk)
    async with database.session(context) as session:
        rows = [await session.get_one(RetentionRun, (school_id, run_id)) for run_id in (*applied, shown)]
        return await reporting.told(session, school_id, rows)


def _sentence(run: Run) -> str:
    if run.state == "applied":
        erased, emptied = sum(c.erased for c in run.done), sum(c.emptied for c in run.done)
        return (
            f"已处理 {run.students_done} 名学生：删除 {erased} 行，清除内容 {emptied} 行；"
            f"结案 {run.files_closed or 0} 份；法律保全 {run.students_held} 名，情况有变 {run.students_changed} 名"
        )
    classes = "、".join(f"{c.data_class} {c.erased + c.emptied}" for c in run.classes) or "无"
    return f"至 {run.until} 到期 {run.students} 名学生（已到期 {run.students_due}，法律保全 {run.students_held}）：{classes}"
