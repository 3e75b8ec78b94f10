"""`nuanyang keys …`: the keys of an installation."""

import asyncio
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from nuanyang.access.tokens import keys as signing_keys
from nuanyang.entrypoints.database import application_url
from nuanyang.entrypoints.rotation import encrypt_anew, left_over
from nuanyang.entrypoints.server import database_server
from nuanyang.kit.crypto import LOOK_SECONDS, add_key, load_keyring
from nuanyang.kit.db import Database
from nuanyang.kit.settings import Settings, get_settings

app = typer.Typer(no_args_is_help=True, help="The keys of this installation.")


@app.callback()
def _keys() -> None:
    """The keys of this installation."""


@app.command()
def rotate(
    resume: Annotated[bool, typer.Option("--resume", help="Make no new key: go on with an interrupted rotation.")] = False,
) -> None:
    """Make a new key for encrypted columns and encrypt everything anew under it, while the service runs.

    Old keys stay in the file: backups made before are read with them.
    """
    with database_server(get_settings()) as settings:
        path = settings.keys_folder / "columns.keys"
        load_keyring(path)  # made here on a first start
        if not resume:
            typer.echo(f"key {add_key(path)} encrypts from now on")
        left = asyncio.run(_rotate(settings))
    if left:
        typer.echo(f"{left} values are still under an older key: run `nuanyang keys rotate --resume` again")
        raise typer.Exit(1)


async def _rotate(settings: Settings) -> int:
    keyring = load_keyring(settings.keys_folder / "columns.keys")
    # Every running process has seen the new key by then, so nothing is written under the old one afterwards.
    await asyncio.sleep(LOOK_SECONDS * 1.5)
    database = Database(application_url(settings), read_size=2, write_size=1)
    await database.start()

    def tell(column: str, count: int) -> None:
        if sys.stderr.isatty():
            typer.echo(f"\r{column}: {count}", nl=False, err=True)

    try:
        done = await encrypt_anew(database, keyring, tell)
        typer.echo(f"{done} values encrypted anew")
        return await left_over(database, keyring)
    finally:
        await database.stop()


@app.command()
def rotate_signing(
    at_once: Annotated[bool, typer.Option("--now", help="The new key signs at once instead of in ten minutes.")] = False,
    revoke: Annotated[
        bool, typer.Option("--revoke", help="A key has leaked: remove every older key, which ends all access tokens.")
    ] = False,
) -> None:
    """Publish a new key for access tokens while the service runs; tokens of the old key stay valid until they expire."""
    fresh, gone = signing_keys.rotate(get_settings().keys_folder / "signing", at_once=at_once, revoke=revoke)
    typer.echo(f"{fresh.kid} signs from {datetime.fromtimestamp(fresh.starts_at, UTC):%Y-%m-%d %H:%M:%S} UTC")
    if gone:
        typer.echo(f"removed: {', '.join(key.kid for key in gone)}")
