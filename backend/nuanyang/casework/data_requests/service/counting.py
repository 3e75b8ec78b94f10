"""What waits, for the home page."""

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.data_requests import repository


async def count_waiting(session: AsyncSession, caller: Caller) -> int:
    """The number of the list filtered by `waiting`."""
    return await repository.count_waiting(session, caller) if caller.has_duty("answer_requests") else 0
