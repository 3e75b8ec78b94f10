"""How many proposals and cases a caller's list would show: the same query as the list, so a number and its list never differ."""

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.recognition.models import Proposal, Recognition
from nuanyang.casework.recognition.repository import cases
from nuanyang.school.years.service import term_of, year_of


async def count_due(session: AsyncSession, caller: Caller) -> int:
    """Cases whose next step is the caller's."""
    return await _count(session, caller, Recognition, cases.Filters(is_due=True))


async def count_checks_due(session: AsyncSession, caller: Caller) -> int:
    """Recognised cases without this term's check that the caller may check."""
    term = await term_of(session, caller.school_id)
    return await _count(session, caller, Recognition, cases.Filters(check_due_since=(term.id, term.starts_on)))


async def count_renewals_due(session: AsyncSession, caller: Caller) -> int:
    """Cases that lapsed with the last school year and that the caller may open anew."""
    year = await year_of(session, caller.school_id)
    return await _count(session, caller, Recognition, cases.Filters(renewal_due_in=year.id))


async def count_open_proposals(session: AsyncSession, caller: Caller) -> int:
    """Open proposals that the caller may take up or set aside."""
    return await _count(session, caller, Proposal, cases.Filters(state="open", is_due=True))


async def _count(session: AsyncSession, caller: Caller, model: type[Proposal] | type[Recognition], filters: cases.Filters) -> int:
    _, total = await cases.page(session, caller, model, filters, after=None, limit=1, count=True)
    return total or 0
