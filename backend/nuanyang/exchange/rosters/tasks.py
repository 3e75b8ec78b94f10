"""Checking and applying a roster, as jobs."""

from nuanyang.exchange.rosters.service import imports
from nuanyang.kit.crypto import load_keyring
from nuanyang.kit.jobs import Run, task
from nuanyang.kit.settings import get_settings


@task("rosters.check")
async def check_roster(run: Run) -> None:
    """Dry run: read, match, count, tell; nothing of the school is written."""
    await _import(run, is_applying=False)


@task("rosters.apply")
async def apply_roster(run: Run) -> None:
    """Bring a checked roster in: all of it, or nothing."""
    await _import(run, is_applying=True)


async def _import(run: Run, *, is_applying: bool) -> None:
    settings = get_settings()
    keyring = load_keyring(settings.keys_folder / "columns.keys")
    import_id = run.id_of("import_id")

    async def report(done: int, total: int, phase: str) -> None:
        await run.progress(done, total, phase=phase)

    try:
        async with run.driver_effect() as connection:
            counts = await imports.run_import(
                connection, keyring, settings.files_folder, import_id, run.account_id, is_applying=is_applying, report=report
            )
            await run.keep(connection, counts)
    except Exception:
        await _give_up(run, is_applying=is_applying)
        raise
    if is_applying:
        imports.forget_file(settings.files_folder, import_id)


async def _give_up(run: Run, *, is_applying: bool) -> None:
    """Everything is rolled back: a failed check is over, a failed apply may be tried again."""
    async with run.database.session(run.context()) as session:
        await imports.give_up(session, run.id_of("import_id"), is_applying=is_applying)
