"""Which district the schools of a district's package belong to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from nuanyang.exchange.rosters.applying.work import fresh_id

_MAKE = "insert into districts (id, code, name) values ($1::uuid, $2, $3) on conflict (code) do nothing"
_JOIN = """
update schools set district_id = coalesce((select district_id from schools where id = $2), (select id from districts where code = $3))
where id = $1::uuid and district_id is null"""


async def join_district(connection: Any, school: str, said: tuple[str, str] | None, asking: UUID) -> None:
    """A school without a district joins that of the school on whose behalf the package comes in, else the one the package names."""
    if said is not None and await connection.fetchval("select district_id is null from schools where id = $1", asking):
        await connection.execute(_MAKE, fresh_id(), *said)
    await connection.execute(_JOIN, school, asking, said[0] if said else None)
