"""`nuanyang audit …`: proving that nobody touched the record of who did and saw what.

Exit codes of `verify`: 0 sound · 1 could not run · 3 something was changed, removed, inserted or cut off; each is named.
"""

import asyncio
import json
from dataclasses import asdict
from typing import Annotated

import typer

from nuanyang.access.audit import service as audit
from nuanyang.access.audit.rules import Head, read_head
from nuanyang.entrypoints.database import sealer_url
from nuanyang.entrypoints.server import database_server
from nuanyang.kit.db import Database
from nuanyang.kit.settings import Settings, get_settings

NOT_SOUND = 3
WORDS = {
    "changed": "条目被改动",
    "removed": "条目被删除",
    "inserted": "条目是事后插入的",
    "seal_changed": "封印被改动",
    "seal_missing": "封印缺失",
    "cut_off": "末尾被截断（与异地保存的封印不符）",
    "unsealed": "条目长时间未封印",
}

app = typer.Typer(no_args_is_help=True, help="Prove the record of who did and saw what.")


@app.callback()
def _audit() -> None:
    """Prove the record of who did and saw what."""


@app.command(epilog=__doc__)
def verify(
    head: Annotated[list[str] | None, typer.Option(help="A head kept elsewhere, `number:mac`; may be given several times.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Recompute every hash and compare the chain with the heads kept in the second place."""
    given = [_head(text) for text in head or []]
    with database_server(get_settings()) as settings:
        found = asyncio.run(_verify(settings, given))
    told = [asdict(f) | {"entry_id": str(f.entry_id) if f.entry_id else None} for f in found.findings]
    told += [{"problem": "unsealed", "seal": 0, "entry_id": str(entry)} for entry in found.unsealed_for_long]
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "sound": found.is_sound,
                    "entries": found.entries,
                    "erased": found.erased,
                    "seals": found.seals,
                    "head": str(found.head),
                    "findings": told,
                }
            )
        )
    else:
        for finding in told:
            typer.echo(f"{WORDS[str(finding['problem'])]}: 封印 {finding['seal']} {finding['entry_id'] or ''}")
        typer.echo(f"{found.entries} 条记录，{found.seals} 个封印：" + ("完好。" if found.is_sound else f"{len(told)} 处问题。"))
        if found.erased:
            typer.echo(f"其中 {found.erased} 条的内容已按保存期限删除，条目仍在。")
        if found.head is not None:
            typer.echo(f"最新封印 {found.head}")
    raise typer.Exit(0 if found.is_sound else NOT_SOUND)


@app.command()
def seal() -> None:
    """Seal now what waits for a seal (the worker does it every few seconds)."""
    with database_server(get_settings()) as settings:
        made = asyncio.run(_seal(settings))
    typer.echo(f"封印 {made}" if made else "没有待封印的记录")


def _head(text: str) -> Head:
    try:
        return read_head(text)
    except ValueError as reason:
        raise typer.BadParameter("a head is `number:mac`") from reason


async def _verify(settings: Settings, given: list[Head]) -> audit.Verified:
    database = Database(sealer_url(settings), read_size=2, write_size=1)
    await database.start()
    try:
        kept = audit.kept_heads(settings.heads_folder)
        return await audit.verify(database, audit.load_key(settings.keys_folder), [*kept, *given])
    finally:
        await database.stop()


async def _seal(settings: Settings) -> Head | None:
    database = Database(sealer_url(settings), read_size=2, write_size=1)
    await database.start()
    try:
        made = await audit.seal_once(database, audit.load_key(settings.keys_folder))
        if made is not None:
            audit.keep_head(settings.heads_folder, made)
        return Head(made.number, made.mac) if made else None
    finally:
        await database.stop()
