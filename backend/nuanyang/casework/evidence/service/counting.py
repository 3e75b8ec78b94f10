"""How much waits in evidence: the same query as its list, so a number and its list never differ."""

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.evidence import policy, repository


async def count_list_rows(session: AsyncSession, caller: Caller) -> int:
    """Rows of special lists that wait for a decision whom they mean."""
    return await repository.count_open_rows(session, caller) if policy.keeps_lists_of(caller) else 0
