"""Counts by clause and week, and the single occurrences behind them with the records that met them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.oversight.compliance.rules import Cell

_COLUMNS = "clause, place, data_class, due_on, grace_until, expected, met, late, backfilled, waived"
_WHERE = "school_id = :school and place = any(:places) and due_on between :begin and :end"
_COUNTS = text(f"""
select c.clause, c.due_on - (extract(isodow from c.due_on)::int - 1) as week,
  case when c.grace_until < :today then 2 when c.due_on < :today then 1 else 0 end as over,
  sum(c.expected)::int, sum(c.met)::int, sum(c.late)::int, sum(c.backfilled)::int, sum(c.waived)::int
from (select {_COLUMNS} from clause_counts where {_WHERE} union all select {_COLUMNS} from clause_deltas where {_WHERE}) c
where c.place = :school or (c.place, c.data_class) in (select * from unnest(:held_places, :held_classes))
group by 1, 2, 3 order by 1, 2, 3
""").bindparams(  # noqa: S608 - our own words
    bindparam("places", type_=ARRAY(Uuid)), bindparam("held_places", type_=ARRAY(Uuid)), bindparam("held_classes", type_=ARRAY(Text))
)


async def counts(
    session: AsyncSession, school_id: UUID, begin: date, end: date, today: date, held: Sequence[tuple[UUID, str]] | None
) -> list[Cell]:
    """What fell due in a span, by clause, week and how far its time is over: of the school, or of some classes' classes of data."""
    values: dict[str, Any] = {
        "school": school_id,
        "begin": begin,
        "end": end,
        "today": today,
        "places": [school_id] if held is None else sorted({place for place, _ in held}),
        "held_places": [place for place, _ in held or ()],
        "held_classes": [data_class for _, data_class in held or ()],
    }
    return [Cell(*row) for row in await session.execute(_COUNTS, values)]


@dataclass(frozen=True, slots=True)
class Row:
    """One occurrence as the list reads it."""

    id: UUID
    clause: str
    obligation_id: UUID
    data_class: str
    state: str
    opens_on: date
    due_on: date
    grace_until: date
    held_on: date | None
    entered_on: date | None
    minutes: int
    student_id: UUID | None
    student_name: str | None
    class_id: UUID | None
    class_name: str | None
    record_ids: list[UUID]
    waived_by: str | None
    waived_reason: str | None
    waived_at: datetime | None


_STATE = """coalesce(x.state, case when x.waived then 'waived' when x.due_on >= :today then 'due' when x.grace_until >= :today then 'in_grace'
  else 'missed' end)"""
_SELECT = f"""
select x.id, x.clause, x.obligation_id, x.data_class, {_STATE} as state, x.opens_on, x.due_on, x.grace_until, x.held_on, x.entered_on, x.minutes,
  x.student_id, s.name as student_name, x.class_id, c.name as class_name, x.record_ids, a.display_name as waived_by, w.reason as waived_reason,
  w.created_at as waived_at
from occurrences x
join obligations o on o.school_id = x.school_id and o.id = x.obligation_id
left join students s on s.school_id = x.school_id and s.id = x.student_id
left join classes c on c.school_id = x.school_id and c.id = x.class_id
left join waivers w on w.school_id = x.school_id and w.occurrence_id = x.id and w.withdrawn_at is null
left join accounts a on a.id = w.created_by
where x.school_id = :school and (x.student_id is null or s.id is not null) and not coalesce(:staff = any(o.withheld_from_staff_ids), false)
"""  # noqa: S608 - our own words
_PAGE = text(f"""{_SELECT} and x.clause = :clause and x.due_on between :begin and :end and (not :some_classes or x.class_id = any(:classes))
  and (cast(:after_day as date) is null or (x.due_on, x.id) < (cast(:after_day as date), cast(:after_id as uuid))) and (not :some_states or {_STATE} = any(:states))
order by x.due_on desc, x.id desc limit :limit""").bindparams(
    bindparam("classes", type_=ARRAY(Uuid)), bindparam("states", type_=ARRAY(Text)), bindparam("staff", type_=Uuid)
)
_ONE = text(f"{_SELECT} and x.id = :id").bindparams(bindparam("staff", type_=Uuid))


async def page(
    session: AsyncSession,
    school_id: UUID,
    staff_id: UUID | None,
    clause: str,
    begin: date,
    end: date,
    today: date,
    *,
    classes: Sequence[UUID] | None,
    states: Sequence[str],
    after: tuple[date, UUID] | None,
    limit: int,
) -> list[Row]:
    """A page of occurrences that the caller may see, the latest first; one more than `limit` where there is another page."""
    values = {
        "school": school_id,
        "staff": staff_id,
        "clause": clause,
        "begin": begin,
        "end": end,
        "today": today,
        "some_classes": classes is not None,
        "classes": list(classes or ()),
        "some_states": bool(states),
        "states": list(states),
        "after_day": after[0] if after else None,
        "after_id": after[1] if after else None,
        "limit": limit + 1,
    }
    return [Row(**row) for row in (await session.execute(_PAGE, values)).mappings()]


async def one(session: AsyncSession, school_id: UUID, staff_id: UUID | None, occurrence_id: UUID, today: date) -> Row | None:
    """One occurrence; None where there is none for the caller."""
    row = (
        (await session.execute(_ONE, {"school": school_id, "staff": staff_id, "id": occurrence_id, "today": today}))
        .mappings()
        .one_or_none()
    )
    return Row(**row) if row else None


_RECORDS = text("""
select 'intervention' as kind, i.id, i.id as met, i.held_on, i.entered_on, coalesce(t.name, i.doer_name) as doer from interventions i
  left join staff t on t.school_id = i.school_id and t.id = i.doer_staff_id where i.school_id = :school and i.id = any(:ids) and i.session_id is distinct from i.id
union all
select 'session', i.session_id, i.session_id, min(i.held_on), min(i.entered_on), min(coalesce(t.name, i.doer_name)) from interventions i
  left join staff t on t.school_id = i.school_id and t.id = i.doer_staff_id where i.school_id = :school and i.session_id = any(:ids) group by i.session_id
union all
select 'dossier', d.id, d.id, d.opened_on, d.opened_on, null from dossiers d where d.school_id = :school and d.id = any(:ids)
union all
select 'census_look', c.id, c.id, c.looked_on, c.looked_on, a.display_name from census_looks c left join accounts a on a.id = c.looked_by
  where c.school_id = :school and c.id = any(:ids)
union all
select 'plan_review', r.id, r.id, r.reviewed_on, (r.created_at at time zone h.time_zone)::date, a.display_name from plan_reviews r
  join schools h on h.id = r.school_id left join accounts a on a.id = r.created_by where r.school_id = :school and r.id = any(:ids)
union all
select 'support_plan', p.id, p.id, (p.approved_at at time zone h.time_zone)::date, (p.approved_at at time zone h.time_zone)::date, a.display_name
  from support_plans p join schools h on h.id = p.school_id left join accounts a on a.id = p.approved_by where p.school_id = :school and p.id = any(:ids)
union all
select 'counselling_session', c.id, c.id, c.held_on, (c.created_at at time zone h.time_zone)::date, a.display_name from counselling_sessions c
  join schools h on h.id = c.school_id left join accounts a on a.id = c.created_by where c.school_id = :school and c.id = any(:ids)
union all
select 'edition', e.id, e.id, (e.approved_at at time zone h.time_zone)::date, (e.approved_at at time zone h.time_zone)::date, a.display_name
  from editions e join schools h on h.id = e.school_id left join accounts a on a.id = e.approved_by where e.school_id = :school and e.id = any(:ids)
union all
select 'recognition', r.id, r.id, r.recognised_on, r.recognised_on, null from recognitions r where r.school_id = :school and r.id = any(:ids)
order by 4, 2
""").bindparams(bindparam("ids", type_=ARRAY(Uuid)))


async def records(session: AsyncSession, school_id: UUID, ids: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """The records that met something, by the id that the ledger keeps; those that the caller may not see are not among them."""
    wanted = sorted(set(ids))
    found: dict[UUID, list[dict[str, Any]]] = {}
    if wanted:
        for row in (await session.execute(_RECORDS, {"school": school_id, "ids": wanted})).mappings():
            found.setdefault(row["met"], []).append({name: row[name] for name in ("kind", "id", "held_on", "entered_on", "doer")})
    return found


_CLASSES = text("""
select c.id from classes c join school_years y on y.school_id = c.school_id and y.id = c.school_year_id
where c.school_id = :school and c.grade = :grade and y.starts_on <= :end and y.ends_on >= :begin order by c.number, c.id
""")
_CLASS = text("select 1 from classes c where c.school_id = :school and c.id = :id")


async def classes_of_grade(session: AsyncSession, school_id: UUID, grade: int, begin: date, end: date) -> list[UUID]:
    """The classes of a grade in the school years of a span."""
    return list((await session.scalars(_CLASSES, {"school": school_id, "grade": grade, "begin": begin, "end": end})).all())


async def is_class(session: AsyncSession, school_id: UUID, class_id: UUID) -> bool:
    """Whether the school has this class."""
    return await session.scalar(_CLASS, {"school": school_id, "id": class_id}) is not None


_UNTIL = text("""
select coalesce(
  (select min(t.starts_on) - 1 from terms t where t.school_id = :school and t.withdrawn_on is null and t.starts_on > :begin),
  (select max(y.ends_on) from school_years y where y.school_id = :school and :begin between y.starts_on and y.ends_on))
""")


async def until_next_term(session: AsyncSession, school_id: UUID, begin: date, end: date) -> date:
    """The last day before the next term, or of the school year: what falls due in the holidays belongs to the term before them."""
    found: date | None = await session.scalar(_UNTIL, {"school": school_id, "begin": begin})
    return max(end, found or end)
