"""Proving the ledger from the records: each state, each place and each count; and putting right what is not so, naming it first."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_FAULTS = text("select obligation_id, occurrence_id, fault from ledger_faults(:school)")
_RECOUNT = text(
    "select clause, place, data_class, due_on, grace_until, kept, recounted from recount(:school) order by clause, due_on, place, data_class"
)
_SETTLE = text("select settle(:school, :obligation)")
_REPAIR = text("select repair_counts(:school)")
_SIZE = text("select count(*) from occurrences where school_id = :school")


@dataclass(frozen=True, slots=True)
class Fault:
    """An occurrence that its records contradict: `no_such_record`, `wrong_state`, or `place_not_taken` by a record that could have met it."""

    obligation_id: UUID
    occurrence_id: UUID
    fault: str


@dataclass(frozen=True, slots=True)
class Miscount:
    """A count that is not what the occurrences say: expected, met, late, backfilled, waived as kept and as recounted."""

    clause: str
    place: UUID
    data_class: str
    due_on: date
    grace_until: date
    kept: tuple[int, ...]
    recounted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found in one school."""

    occurrences: int
    faults: tuple[Fault, ...]
    miscounts: tuple[Miscount, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the ledger is what the records say."""
        return not self.faults and not self.miscounts


async def verify(session: AsyncSession, school_id: UUID) -> Verified:
    """Recount a school's ledger from its records; changes nothing."""
    named = {"school": school_id}
    faults = [Fault(*row) for row in await session.execute(_FAULTS, named)]
    rows = await session.execute(_RECOUNT, named)
    miscounts = [Miscount(a, b, c, d, e, tuple(kept), tuple(recounted)) for a, b, c, d, e, kept, recounted in rows]
    return Verified(await session.scalar(_SIZE, named) or 0, tuple(faults), tuple(miscounts))


async def repair(session: AsyncSession, school_id: UUID, found: Verified) -> Verified:
    """Settle anew whatever a record contradicts, then count what the occurrences say; answers what is left."""
    for obligation_id in dict.fromkeys(fault.obligation_id for fault in found.faults):
        await session.execute(_SETTLE, {"school": school_id, "obligation": obligation_id})
    await session.execute(_REPAIR, {"school": school_id})
    return await verify(session, school_id)
