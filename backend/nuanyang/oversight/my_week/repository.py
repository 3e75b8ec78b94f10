"""What somebody owes: open occurrences whose doer they are, by their posts, their cases and the plans that name them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller


@dataclass(frozen=True, slots=True)
class Row:
    """One open occurrence that is somebody's to do."""

    id: UUID
    clause: str
    source: str
    state: str
    opens_on: date
    due_on: date
    grace_until: date
    student_id: UUID | None
    student_name: str | None
    class_id: UUID | None
    class_name: str | None
    data_class: str
    kinds: list[str]
    plan_measure_id: UUID | None
    minutes: int
    ordinal: int


_FROM = """
from occurrences x join obligations o on o.school_id = x.school_id and o.id = x.obligation_id
left join students s on s.school_id = x.school_id and s.id = x.student_id
left join classes c on c.school_id = x.school_id and c.id = x.class_id
where x.school_id = :school and (x.student_id is null or s.id is not null) and not coalesce(:staff = any(o.withheld_from_staff_ids), false)
  and (o.doer_staff_id = :staff or o.doer_role = any(:roles) or (o.doer_role = 'case_lead' and x.student_id = any(:led))
    or (o.doer_role, x.class_id) in (select * from unnest(:class_roles, :class_ids)))
"""
_OPEN = "and x.state is null and not x.waived and x.opens_on <= :today and x.grace_until >= :today"
_TYPES = (
    bindparam("staff", type_=Uuid),
    bindparam("led", type_=ARRAY(Uuid)),
    bindparam("class_ids", type_=ARRAY(Uuid)),
    bindparam("roles", type_=ARRAY(Text)),
    bindparam("class_roles", type_=ARRAY(Text)),
)
_OWED = text(f"""
select x.id, x.clause, o.source, case when x.due_on >= :today then 'due' else 'in_grace' end as state, x.opens_on, x.due_on, x.grace_until, x.student_id,
  s.name as student_name, x.class_id, c.name as class_name, x.data_class, o.kinds, o.measure_ids[cardinality(o.measure_ids)] as plan_measure_id, x.minutes,
  x.ordinal
{_FROM} {_OPEN} order by x.due_on, x.clause, c.grade, c.number, s.pinyin, x.ordinal, x.id limit :limit
""").bindparams(*_TYPES)
_COUNTS = text(f"""
select count(*) filter (where x.state is null) as owed, count(*) filter (where x.state is not null) as done
{_FROM} and ((true {_OPEN}) or (x.state is not null and x.held_on between :begin and :end and x.due_on >= :begin))
""").bindparams(*_TYPES)
_DAYS = text(
    f"select x.due_on, count(*) {_FROM} and x.state is null and not x.waived and x.due_on between :begin and :end group by 1 order by 1"
).bindparams(*_TYPES)


async def owed(session: AsyncSession, caller: Caller, today: date, limit: int) -> list[Row]:
    """What is open now, the soonest due first."""
    rows = await session.execute(_OWED, _whose(caller) | {"today": today, "limit": limit})
    return [Row(**row) for row in rows.mappings()]


async def counts(session: AsyncSession, caller: Caller, today: date, begin: date, end: date) -> tuple[int, int]:
    """How much is open, and how much was done in the week."""
    row = (await session.execute(_COUNTS, _whose(caller) | {"today": today, "begin": begin, "end": end})).one()
    return row.owed, row.done


async def days(session: AsyncSession, caller: Caller, begin: date, end: date) -> dict[date, int]:
    """How much of what is theirs falls due on which day."""
    rows = await session.execute(_DAYS, _whose(caller) | {"begin": begin, "end": end})
    return {day: count for day, count in rows}  # noqa: C416 - a result is no dict


def _whose(caller: Caller) -> dict[str, Any]:
    whole = [held.role for held in caller.roles if held.scope.whole]
    classes: Sequence[tuple[str, UUID]] = [(held.role, class_id) for held in caller.roles for class_id in held.scope.class_ids]
    return {
        "school": caller.school_id,
        "staff": caller.staff_id,
        "roles": whole,
        "led": sorted(caller.led_student_ids),
        "class_roles": [role for role, _ in classes],
        "class_ids": [class_id for _, class_id in classes],
    }
