"""Alembic's environment: runs as the owner role, with the metadata of every slice."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from alembic import context
from sqlalchemy import Connection, make_url
from sqlalchemy.ext.asyncio import create_async_engine

sys.path.insert(0, str(Path(__file__).parent))  # so that versions can import tenancy

from nuanyang.entrypoints.models import metadata

OWNER = "nuanyang_owner"


def include_object(_: Any, name: str | None, type_: str, reflected: bool, compare_to: Any) -> bool:
    """Tables that libraries bring (the job queue's) have no model of ours, nor have the columns that only walls read."""
    if type_ == "column" and (name or "").startswith("wall_"):
        return False
    return not (type_ == "table" and reflected and compare_to is None and (name or "").startswith("pgqueuer"))


def run(connection: Connection) -> None:
    """Migrate on this connection; waits at most five seconds for a lock, rather than blocking everybody behind it."""
    connection.exec_driver_sql("set lock_timeout = '5s'")
    connection.exec_driver_sql(f"set role {OWNER}")
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=include_object,
        compare_server_default=False,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    """Connect with the URL of the configuration or of NUANYANG_MIGRATION_URL."""
    url = context.config.get_main_option("sqlalchemy.url") or os.environ["NUANYANG_MIGRATION_URL"]
    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"))
    try:
        async with engine.connect() as connection:
            await connection.run_sync(run)
    finally:
        await engine.dispose()


existing = context.config.attributes.get("connection")
if existing is not None:
    run(existing)
else:
    asyncio.run(main())
