"""The kinds of measures of a school: the shipped ones, and those of its own editions."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.kit.clock import today
from nuanyang.programme.clauses import SHIPPED, Kinds, MeasureKind, own_kinds
from nuanyang.programme.editions import repository
from nuanyang.programme.editions.models import EditionClause
from nuanyang.programme.editions.rules.content import FIELDS, IDENTITY
from nuanyang.programme.editions.rules.kinds import kind_of, own_code


async def kinds_of(session: AsyncSession, school_id: UUID) -> Kinds:
    """All kinds that the school's plans and records may name, asked once a session. A form is what the latest edition made of it."""
    known: dict[UUID, Kinds] = session.info.setdefault("kinds", {})
    if school_id in known:
        return known[school_id]
    found: dict[str, MeasureKind] = {}
    offered: set[str] = set()
    for row, is_on in await repository.own_measures(session, school_id, today()):
        code = own_code(row.clause)
        if code not in offered:  # one that is only to come does not change the form that is filled in today
            found[code] = kind_of(values_of(row))
        if is_on:
            offered.add(code)
    kinds = known[school_id] = own_kinds(found.values(), offered) if found else SHIPPED
    return kinds


def values_of(row: EditionClause) -> dict[str, object]:
    """A clause as plain values."""
    return {name: getattr(row, name) for name in (*IDENTITY, *FIELDS)}
