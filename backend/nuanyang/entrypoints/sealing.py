"""Sealing the record of who did and saw what, every few seconds, beside the worker; as a role that can do nothing else."""

import asyncio

import structlog

from nuanyang.access.audit import service as audit
from nuanyang.entrypoints.database import DatabaseNotUsable, sealer_url
from nuanyang.kit.clock import today
from nuanyang.kit.db import Database
from nuanyang.kit.settings import Settings

log = structlog.get_logger("nuanyang.audit")
RETRY_SECONDS = 30.0


async def keep_sealing(settings: Settings) -> None:
    """Seal until cancelled; note the head of the chain in the second place once a day, and verify everything once a day."""
    try:
        database = Database(sealer_url(settings), read_size=2, write_size=1)
    except DatabaseNotUsable as fact:
        log.error("audit_not_sealed", fact=str(fact))  # noqa: TRY400 - the fact says it all
        return
    key, verified_on = audit.load_key(settings.keys_folder), None
    try:
        await database.start()
        while True:
            try:
                seal = await audit.seal_once(database, key)
                if seal is not None and audit.keep_head(settings.heads_folder, seal):
                    log.info("audit_head_kept", seal=seal.number)
                asked = await audit.asked_checks(database)
                if asked or (seal is not None and verified_on != today()):
                    verified_on = today()
                    found = await audit.verify(database, key, audit.kept_heads(settings.heads_folder))
                    await audit.keep_check(database, found, asked)
                    if not found.is_sound:
                        log.error("audit_not_sound", findings=len(found.findings), unsealed=len(found.unsealed_for_long))
                await asyncio.sleep(settings.audit_seconds)
            except Exception as reason:
                log.exception("audit_sealing_failed", kind=type(reason).__name__)
                await asyncio.sleep(RETRY_SECONDS)
    finally:
        await database.stop()
