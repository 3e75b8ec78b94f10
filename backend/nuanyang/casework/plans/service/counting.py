"""How many plans a caller's list would show: the same query as the list, so a number and its list never differ."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.plans.repository import plans


async def count_plans(session: AsyncSession, caller: Caller, *, state: list[str], review_by: date | None = None, mine: bool = False) -> int:
    """Plans in these states, with the next review by a day, or of the cases the caller leads."""
    filters = plans.Filters(state=state, review_by=review_by, mine=mine)
    _, total = await plans.page(session, caller, filters, sort="-created_at", after=None, limit=1, count=True)
    return total or 0
