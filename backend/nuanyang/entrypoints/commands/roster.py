"""`nuanyang roster …`: bringing rosters in from a script, through the same check and apply as the web app.

Exit codes: 0 done (or, with --dry-run, nothing to complain about) · 1 could not run · 2 wrong usage, or not a .zip, .xlsx or .csv file ·
3 the file has errors, nothing was changed · 4 more than 10 % of the pupils are missing from the file, nothing was changed (see
--confirm-removals) · 5 no such school (the first one is made with `nuanyang school create`).
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from nuanyang.entrypoints.database import application_url
from nuanyang.entrypoints.server import database_server
from nuanyang.exchange.rosters.errors import BadUpload, RemovalsNotConfirmed
from nuanyang.exchange.rosters.models import RosterFinding, RosterImport
from nuanyang.exchange.rosters.reports import reason_of
from nuanyang.exchange.rosters.service import imports
from nuanyang.kit.crypto import load_keyring
from nuanyang.kit.db import NO_CONTEXT, Database, opening
from nuanyang.kit.settings import Settings, get_settings

BAD_USAGE, HAS_ERRORS, NOT_CONFIRMED, NO_SCHOOL = 2, 3, 4, 5
PHASES = {"reading": "读取", "checking": "检查", "matching": "比对", "applying": "写入"}
SHOWN = 30

app = typer.Typer(no_args_is_help=True, help="Bring rosters in: OneRoster packages and 学籍 sheets.")


@app.callback()
def _roster() -> None:
    """Bring rosters in: OneRoster packages and 学籍 sheets."""


@app.command("import", epilog=__doc__)
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A .zip, .xlsx or .csv file.")],
    school: Annotated[str | None, typer.Option(help="学校标识码 of the school; with several schools in one package, any of them.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check: nothing is written.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, and no progress.")] = False,
    confirm_removals: Annotated[bool, typer.Option("--confirm-removals", help="The many missing pupils are meant.")] = False,
    district: Annotated[bool, typer.Option("--district", help="The package holds several schools.")] = False,
    create_schools: Annotated[bool, typer.Option("--create-schools", help="With --district: make schools that do not exist.")] = False,
    only_rows: Annotated[
        bool, typer.Option("--only-rows", help="The file is not the whole school: nobody missing from it has left.")
    ] = False,
    compare_all: Annotated[
        bool, typer.Option("--compare-all", help="Compare every row, even of the very file that was applied last.")
    ] = False,
    year: Annotated[int | None, typer.Option(help="Of a sheet: the year in which its school year began.")] = None,
) -> None:
    """Check a roster and apply it, all or nothing."""
    if create_schools and not district:
        raise typer.BadParameter("only with --district", param_hint="--create-schools")
    options: dict[str, Any] = {
        "is_dry_run": dry_run,
        "confirm_removals": confirm_removals,
        "is_district_wide": district,
        "may_create_schools": district and create_schools,
        "covers": "rows" if only_rows else "school",
        "year_starts": year,
        "compares_all": compare_all,
    }
    with database_server(get_settings()) as settings:
        code, answer = asyncio.run(_import(settings, file, school, show=not as_json and sys.stderr.isatty(), options=options))
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False, default=str))
    else:
        _print(answer)
    raise typer.Exit(code)


async def _import(settings: Settings, file: Path, school: str | None, *, show: bool, options: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    database = Database(application_url(settings), read_size=2, write_size=2)
    await database.start()
    try:
        school_id = await _school(database, school)
        if school_id is None:
            return NO_SCHOOL, {"state": "failed", "error": "no_such_school"}
        keyring = load_keyring(settings.keys_folder / "columns.keys")
        with _progress(show) as bar:
            try:
                row = await imports.import_now(
                    database, keyring, settings.files_folder, file, school_id=school_id, report=_reporter(bar), **options
                )
                code, error = HAS_ERRORS if row.state == "refused" else 0, None
            except RemovalsNotConfirmed:
                row = await _newest(database, school_id)
                code, error = NOT_CONFIRMED, "removals_not_confirmed"
            except BadUpload:
                return BAD_USAGE, {"state": "failed", "error": "bad_upload"}
        async with database.session(opening(school_id=school_id, purpose="command")) as session:
            found = await imports.all_findings(session, school_id, row.id)
        return code, _answer(row, found) | ({"error": error} if error else {})
    finally:
        await database.stop()


async def _newest(database: Database, school_id: UUID) -> RosterImport:
    """The import that was just checked, to say who is missing."""
    async with database.session(opening(school_id=school_id, purpose="command")) as session:
        return (await imports.newest_imports(session, school_id, 1, None))[0]


async def _school(database: Database, code: str | None) -> UUID | None:
    """The named school, or the only one there is."""
    async with database.session(NO_CONTEXT) as session:
        return await imports.find_school(session, code)


def _progress(show: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), disable=not show, transient=True)


def _reporter(bar: Progress) -> imports.Report:
    lines: dict[str, Any] = {}

    async def report(done: int, total: int, phase: str) -> None:
        if phase not in lines:
            lines[phase] = bar.add_task(PHASES.get(phase, phase), total=total)
        bar.update(lines[phase], completed=done, total=total)

    return report


def _answer(row: RosterImport, found: list[RosterFinding]) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "state": row.state,
        "form": row.form,
        "version": row.form_version,
        "mode": row.mode,
        "rows": row.rows,
        "counts": row.counts,
        "schools": row.schools,
        "errors": row.error_count,
        "warnings": row.warning_count,
        "needs_confirmation": row.needs_confirmation,
        "findings": [
            {
                "severity": f.severity,
                "code": f.code,
                "file": f.file,
                "line": f.line,
                "column": f.column_name,
                "value": f.value,
                "reason": reason_of(f, "zh"),
            }
            for f in found
        ],
    }


_WORDS = {
    "no_such_school": "没有这所学校，请用 --school 指定学校标识码；第一所学校用 nuanyang school create 建立。",
    "bad_upload": BadUpload.zh,
    "removals_not_confirmed": RemovalsNotConfirmed.zh,
    "applied": "已导入。",
    "checked": "检查通过，未写入。",
    "refused": "文件有错误，没有导入任何内容。",
}


def _print(answer: dict[str, Any]) -> None:
    console = Console(soft_wrap=True)
    findings, schools = answer.get("findings", []), answer.get("schools", [])
    for finding in findings[:SHOWN]:
        place = " ".join(str(part) for part in (finding["file"], finding["line"] and f"第 {finding['line']} 行", finding["column"]) if part)
        console.print(f"{finding['severity']}  {place}  {finding['value'] or ''}  {finding['reason']}", markup=False, highlight=False)
    if len(findings) > SHOWN:
        console.print(f"… 共 {len(findings)} 条，完整清单请用 --json。")
    if answer.get("counts"):
        _print_counts(console, answer["counts"])
    for school in schools if len(schools) > 1 else ():
        said = "  ".join(f"{what} {count}" for what, count in school["counts"].get("student", {}).items())
        console.print(f"{school['name']}  {said}", markup=False, highlight=False)
    for school in schools:
        if school["asks"] and answer.get("error"):
            console.print(f"{school['name']}：{school['present']} 名在读学生中有 {school['missing']} 名不在文件里。", markup=False)
    key = answer.get("error") or answer["state"]
    console.print(_WORDS.get(key, key))


def _print_counts(console: Console, counts: dict[str, dict[str, int]]) -> None:
    heads = sorted({what for of_kind in counts.values() for what in of_kind})
    table = Table("", *heads)
    for kind, of_kind in counts.items():
        table.add_row(kind, *(str(of_kind.get(what, "")) for what in heads))
    console.print(table)
