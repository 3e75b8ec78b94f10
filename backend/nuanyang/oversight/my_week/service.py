"""My week: in the making."""

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.oversight.my_week.schemas import MyWeek


async def week_of(session: AsyncSession, caller: Caller) -> MyWeek:
    raise NotImplementedError
