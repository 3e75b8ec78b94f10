"""Reading and writing the ledger, set-based."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Date, SmallInteger, Text, Uuid, bindparam, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.programme.cadence.models import FOR_EVER, CadenceHorizon, LedgerObligation, LedgerOccurrence, Waiver
from nuanyang.programme.cadence.rules import Occurrence, Slot


@dataclass(frozen=True, slots=True)
class Whose:
    """What every occurrence of an obligation takes from it."""

    id: UUID
    clause: str
    student_id: UUID | None
    class_id: UUID | None
    data_class: str
    is_withheld: bool


async def horizon(session: AsyncSession, school_id: UUID) -> CadenceHorizon | None:
    """How far the school is worked out, locked: of two workers one waits for the other."""
    await session.execute(text("select pg_advisory_xact_lock(hashtextextended('ledger ' || :school, 0))"), {"school": str(school_id)})
    return await session.get(CadenceHorizon, school_id, populate_existing=True)


async def obligations(session: AsyncSession, school_id: UUID, students: Collection[UUID] | None) -> Sequence[LedgerObligation]:
    """The obligations of a school, or of some students of it, in the order in which records lock them."""
    statement = select(LedgerObligation).where(LedgerObligation.school_id == school_id)
    if students is not None:
        statement = statement.where(LedgerObligation.student_id == func.any(bindparam("students", list(students), ARRAY(Uuid))))
    return (await session.scalars(statement.order_by(LedgerObligation.student_id, LedgerObligation.id))).all()


async def stored(session: AsyncSession, school_id: UUID, ids: Collection[UUID], since: date) -> list[tuple[LedgerOccurrence, bool]]:
    """The occurrences of these obligations that are due on a day or later, and whether each is settled: met in part or whole, or ever waived."""
    is_settled = or_(
        func.cardinality(LedgerOccurrence.record_ids) > 0,
        LedgerOccurrence.waived,
        select(Waiver.id).where(Waiver.school_id == school_id, Waiver.occurrence_id == LedgerOccurrence.id).exists(),
    )
    statement = select(LedgerOccurrence, is_settled).where(
        LedgerOccurrence.school_id == school_id,
        LedgerOccurrence.obligation_id == func.any(bindparam("ids", list(ids), ARRAY(Uuid))),
        LedgerOccurrence.due_on >= since,
    )
    return [(row, settled) for row, settled in await session.execute(statement)]


def as_occurrence(row: LedgerOccurrence, key: str) -> Occurrence:
    """A stored occurrence as the engine knows it."""
    grace = None if row.grace_until == FOR_EVER else row.grace_until
    return Occurrence(key, row.ordinal, Slot(row.period, None, 0, row.opens_on, row.due_on, grace))


async def add_obligations(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """New ones."""
    for part in _portions(rows, 1000):
        await session.execute(insert(LedgerObligation), part)


async def change_obligations(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Change the given columns of each; every row names its school and id."""
    for row in rows:
        values = {name: value for name, value in row.items() if name not in ("school_id", "id")}
        await session.execute(
            update(LedgerObligation)
            .where(LedgerObligation.school_id == row["school_id"], LedgerObligation.id == row["id"])
            .values(values)
            .execution_options(synchronize_session=False)
        )


_ADD = text("""
insert into occurrences (school_id, id, obligation_id, clause, student_id, class_id, data_class, is_withheld, period, ordinal, opens_on, due_on, grace_until)
select :school, n.id, w.id, w.clause, w.student_id, w.class_id, w.data_class, w.is_withheld, n.period, n.ordinal, n.opens_on, n.due_on, n.grace_until
from unnest(:ids, :whose, :periods, :ordinals, :opens, :dues, :graces) as n (id, whose, period, ordinal, opens_on, due_on, grace_until)
join (select * from unnest(:w_ids, :w_clauses, :w_students, :w_classes, :w_data, :w_withheld)
  as w (id, clause, student_id, class_id, data_class, is_withheld)) w on w.id = n.whose
on conflict (school_id, id) do nothing
""").bindparams(
    *(bindparam(name, type_=ARRAY(Uuid)) for name in ("ids", "whose", "w_ids", "w_students", "w_classes")),
    *(bindparam(name, type_=ARRAY(Text)) for name in ("periods", "w_clauses", "w_data")),
    *(bindparam(name, type_=ARRAY(Date)) for name in ("opens", "dues", "graces")),
    bindparam("ordinals", type_=ARRAY(SmallInteger)),
    bindparam("w_withheld", type_=ARRAY(Boolean)),
)


async def add_occurrences(session: AsyncSession, school_id: UUID, those: Sequence[tuple[Occurrence, Whose]]) -> None:
    """Write what is expected; what is there already stays as it is."""
    for part in _portions(those, 20_000):
        whose = {one.id: one for _, one in part}
        slots = [one.slot for one, _ in part]
        await session.execute(
            _ADD,
            {
                "school": school_id,
                "ids": [one.id for one, _ in part],
                "whose": [one.id for _, one in part],
                "periods": [slot.period for slot in slots],
                "ordinals": [one.ordinal for one, _ in part],
                "opens": [slot.opens_on for slot in slots],
                "dues": [slot.due_on for slot in slots],
                "graces": [slot.grace_until or FOR_EVER for slot in slots],
                "w_ids": list(whose),
                "w_clauses": [one.clause for one in whose.values()],
                "w_students": [one.student_id for one in whose.values()],
                "w_classes": [one.class_id for one in whose.values()],
                "w_data": [one.data_class for one in whose.values()],
                "w_withheld": [one.is_withheld for one in whose.values()],
            },
        )


_MOVE = text("""
update occurrences x set opens_on = n.opens_on, due_on = n.due_on, grace_until = n.grace_until
from unnest(:ids, :opens, :dues, :graces) as n (id, opens_on, due_on, grace_until) where x.school_id = :school and x.id = n.id
""").bindparams(bindparam("ids", type_=ARRAY(Uuid)), *(bindparam(name, type_=ARRAY(Date)) for name in ("opens", "dues", "graces")))


async def move_occurrences(session: AsyncSession, school_id: UUID, those: Sequence[tuple[UUID, Occurrence]]) -> None:
    """Write the new days of what a change has moved."""
    slots = [one.slot for _, one in those]
    days = {"opens": [s.opens_on for s in slots], "dues": [s.due_on for s in slots], "graces": [s.grace_until or FOR_EVER for s in slots]}
    await session.execute(_MOVE, {"school": school_id, "ids": [row_id for row_id, _ in those], **days})


_WITHDRAW = text("select withdraw_occurrences(:school, :ids)").bindparams(bindparam("ids", type_=ARRAY(Uuid)))


async def withdraw_occurrences(session: AsyncSession, school_id: UUID, ids: Sequence[UUID]) -> None:
    """Take away what is not expected any more and nobody has done or waived."""
    await session.execute(_WITHDRAW, {"school": school_id, "ids": list(ids)})


_FOLLOW = text("""
update occurrences x set class_id = w.class_id, data_class = w.data_class, is_withheld = w.is_withheld
from unnest(:ids, :classes, :data, :withheld) as w (id, class_id, data_class, is_withheld)
where x.school_id = :school and x.obligation_id = w.id and (x.due_on >= :since or x.is_withheld <> w.is_withheld)
  and (x.class_id, x.data_class, x.is_withheld) is distinct from (w.class_id, w.data_class, w.is_withheld)
""").bindparams(
    *(bindparam(name, type_=ARRAY(Uuid)) for name in ("ids", "classes")),
    bindparam("data", type_=ARRAY(Text)),
    bindparam("withheld", type_=ARRAY(Boolean)),
)


async def follow(session: AsyncSession, school_id: UUID, those: Sequence[Whose], since: date) -> None:
    """Let what is still to come follow a child into another class; what has come to be withheld, or is no more, is so in the past as well."""
    await session.execute(
        _FOLLOW,
        {
            "school": school_id,
            "since": since,
            "ids": [one.id for one in those],
            "classes": [one.class_id for one in those],
            "data": [one.data_class for one in those],
            "withheld": [one.is_withheld for one in those],
        },
    )


async def settle(session: AsyncSession, school_id: UUID, ids: Sequence[UUID]) -> None:
    """Let the records that are there take their places with these obligations."""
    statement = text("select settle(:school, x.id) from unnest(:ids) with ordinality x (id, n) order by x.n")
    await session.execute(statement.bindparams(bindparam("ids", type_=ARRAY(Uuid))), {"school": school_id, "ids": list(ids)})


async def keep_horizon(session: AsyncSession, school_id: UUID, worked_on: date, until: date, calendar: str) -> None:
    """Remember how far the school is worked out."""
    values = {"worked_on": worked_on, "until": until, "calendar": calendar}
    statement = insert(CadenceHorizon).values(school_id=school_id, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["school_id"], set_=values))


def _portions(those: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    return (those[at : at + size] for at in range(0, len(those), size))
