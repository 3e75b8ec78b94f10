"""What an edition would cost to keep."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.kit.clock import today
from nuanyang.oversight.programme_load import repository
from nuanyang.oversight.programme_load.schemas import BalanceShown, LoadPart, LoadShown, PersonLoadShown
from nuanyang.programme.editions.models import EditionClause
from nuanyang.programme.editions.rules.loading import TOO_MUCH, Asked, balances, loads, uncovered
from nuanyang.programme.editions.schemas import CapacitiesShown
from nuanyang.programme.editions.service.drafting import clauses_in, seen


async def load_of(session: AsyncSession, caller: Caller, edition_id: UUID) -> LoadShown:
    """Minutes a week of each person, what is short, and what falls to nobody."""
    edition = await seen(session, caller, edition_id)
    capacities = CapacitiesShown.model_validate(edition.capacities)
    asked = {row.clause: _asked(row) for row in await clauses_in(session, edition) if row.per is not None}
    shares, works = await repository.work(session, caller, edition.id, today(caller.time_zone), capacities.group_size)
    people = loads(shares, asked, edition.starts_on.month)
    return LoadShown(
        too_much=TOO_MUCH,
        people=[
            PersonLoadShown(
                staff_id=one.staff_id,
                name=one.name,
                minutes=one.minutes,
                month=one.month,
                is_too_much=one.is_too_much,
                parts=[LoadPart(clause=clause, minutes=minutes) for clause, minutes in one.parts],
            )
            for one in people
        ],
        overloaded=sum(one.is_too_much for one in people),
        balances=[BalanceShown.model_validate(b) for b in balances(works, asked, capacities.model_dump(), edition.starts_on.month)],
        uncovered=[LoadPart(clause=clause, minutes=minutes) for clause, minutes in uncovered(works, asked)],
    )


def _asked(row: EditionClause) -> Asked:
    return Asked(
        row.clause,
        row.subject,
        row.per or "once",
        row.times or 0,
        row.runs_on or "whole_year",
        row.months,
        len(row.phases),
        row.minutes,
        row.doers[0] if row.doers else None,
    )
