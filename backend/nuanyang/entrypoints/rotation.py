"""Encrypting everything anew under the newest key, while the service runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table

from nuanyang.entrypoints.models import metadata
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.db import Database, opening

BATCH = 500  # values at once; a column of files says fewer: they are all in memory together
Tell = Callable[[str, int], None]  # table.column, values so far


@dataclass(frozen=True, slots=True)
class EncryptedColumn:
    """A column of ciphertexts, and the name that its values are bound to."""

    table: str
    column: str
    bound_to: str
    is_of_school: bool
    batch: int = BATCH


def encrypted_columns() -> list[EncryptedColumn]:
    """Every column whose model says `info={"encrypted": …}`."""
    return [
        EncryptedColumn(table.name, column.name, column.info["encrypted"], "school_id" in table.c, column.info.get("at_once", BATCH))
        for table in metadata.sorted_tables
        for column in table.c
        if "encrypted" in column.info and isinstance(table, Table)
    ]


async def encrypt_anew(database: Database, keyring: Keyring, tell: Tell = lambda *_: None) -> int:
    """Re-encrypt whatever another than the newest key encrypted; answers how many values. May be interrupted and run again."""
    newest, done = keyring.current, 0
    async with database.connection(opening(purpose="keys")) as connection:
        schools = [UUID(str(row[0])) for row in await connection.fetch("select id from schools order by id")]
    for one in encrypted_columns():
        changed = 0
        for school_id in schools if one.is_of_school else [None]:
            while batch := await _batch(database, keyring, one, school_id, newest):
                changed += batch
                tell(f"{one.table}.{one.column}", changed)
        done += changed
    return done


async def _batch(database: Database, keyring: Keyring, one: EncryptedColumn, school_id: UUID | None, newest: int) -> int:
    where = f"{one.column} is not null and get_byte({one.column}, 1) <> $1" + (" and school_id = $2" if school_id else "")
    arguments: list[Any] = [newest, *([school_id] if school_id else [])]
    async with database.connection(opening(school_id=school_id, purpose="keys")) as connection:
        # Rows that somebody is writing are left for the next round.
        rows = await connection.fetch(
            f"select id, {one.column} from {one.table} where {where} order by id limit {one.batch} for update skip locked",  # noqa: S608
            *arguments,
        )
        if not rows:
            return 0
        ids = [UUID(str(row[0])) for row in rows]
        fresh = [
            keyring.encrypt_bytes(keyring.decrypt_bytes(bytes(row[1]), one.bound_to, row_id), one.bound_to, row_id)
            for row, row_id in zip(rows, ids, strict=True)
        ]
        of_school = " and t.school_id = $3" if school_id else ""
        await connection.execute(
            f"update {one.table} t set {one.column} = v.fresh from unnest($1::uuid[], $2::bytea[]) v(id, fresh) where t.id = v.id{of_school}",  # noqa: S608
            *(ids, fresh, *([school_id] if school_id else [])),
        )
    return len(ids)


async def left_over(database: Database, keyring: Keyring) -> int:
    """How many values are still under an older key (a process that had not yet seen the new one wrote them, or somebody was at them)."""
    count = 0
    async with database.connection(opening(purpose="keys")) as connection:
        schools = [UUID(str(row[0])) for row in await connection.fetch("select id from schools")]
    for one in encrypted_columns():
        for school_id in schools if one.is_of_school else [None]:
            async with database.connection(opening(school_id=school_id, purpose="keys")) as connection:
                statement = f"select count(*) from {one.table} where {one.column} is not null and get_byte({one.column}, 1) <> $1"  # noqa: S608
                count += await connection.fetchval(statement, keyring.current)
    return count
