"""Checking and applying a roster, as jobs."""

from collections.abc import Mapping
from typing import Any

from nuanyang.exchange.rosters.errors import ImportRefused, RemovalsNotConfirmed
from nuanyang.exchange.rosters.service import imports
from nuanyang.kit.crypto import load_keyring
from nuanyang.kit.jobs import AlreadyDone, Run, task
from nuanyang.kit.settings import get_settings


@task("rosters.check")
async def check_roster(run: Run) -> None:
    """Dry run: read, match, count, tell; nothing of the school is written."""
    try:
        async with run.driver_effect() as connection:
            await run.keep(connection, await _import(run, connection, is_applying=False))
    except Exception:
        await _give_up(run, is_applying=False)
        raise


@task("rosters.apply")
async def apply_roster(run: Run) -> None:
    """Bring a checked roster in: all of it, or nothing."""
    try:
        async with run.driver_effect() as connection:
            counts = await _import(run, connection, is_applying=True)
            _refuse_unconfirmed(run, counts)
            await run.keep(connection, counts)
    except (ImportRefused, RemovalsNotConfirmed):
        # The school has changed since the check: another dry run shows what is in the way now.
        await _give_up(run, is_applying=True)
        async with run.database.connection(run.context()) as connection:
            await _import(run, connection, is_applying=False)
        raise
    except AlreadyDone:
        _forget(run)
        raise
    except Exception:
        await _give_up(run, is_applying=True)
        raise
    _forget(run)


def _refuse_unconfirmed(run: Run, counts: Mapping[str, Any]) -> None:
    if counts["needs_confirmation"] and not run.arguments.get("confirm_removals"):
        raise RemovalsNotConfirmed


def _forget(run: Run) -> None:
    imports.forget_file(get_settings().files_folder, run.id_of("import_id"))


async def _import(run: Run, connection: Any, *, is_applying: bool) -> dict[str, Any]:
    settings = get_settings()
    keyring = load_keyring(settings.keys_folder / "columns.keys")

    async def report(done: int, total: int, phase: str) -> None:
        await run.progress(done, total, phase=phase)

    who = run.id_of("import_id"), run.account_id
    return await imports.run_import(connection, keyring, settings.files_folder, *who, is_applying=is_applying, report=report)


async def _give_up(run: Run, *, is_applying: bool) -> None:
    """Everything is rolled back: a failed check is over, a failed apply may be tried again."""
    async with run.database.session(run.context()) as session:
        await imports.give_up(session, run.id_of("import_id"), is_applying=is_applying)
