"""My week: what I owe with why and what closes it, and how my department's clauses stand."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.kit.clock import today
from nuanyang.oversight.compliance.rules import PLAN_LINES
from nuanyang.oversight.compliance.service import counts_of_school, may_waive
from nuanyang.oversight.my_week import repository
from nuanyang.oversight.my_week.repository import Row
from nuanyang.oversight.my_week.schemas import Behind, Duty, MyWeek
from nuanyang.programme.clauses.catalogue import Kinds
from nuanyang.programme.clauses.template import OWNERS, CadencePer, Owner, records
from nuanyang.programme.editions.models import EditionClause
from nuanyang.programme.editions.service import clauses_in_force, kinds_of

MOST = 200


async def week_of(session: AsyncSession, caller: Caller) -> MyWeek:
    """Monday to Sunday of this week."""
    now_on = today(caller.time_zone)
    begin = now_on - timedelta(days=now_on.weekday())
    end = begin + timedelta(days=6)
    clauses = {row.clause: row for row in (await clauses_in_force(session, caller.school_id, now_on))[1]}
    rows = await repository.owed(session, caller, now_on, MOST)
    owed, done = await repository.counts(session, caller, now_on, begin, end)
    await showed(session, caller, ((row.student_id, row.data_class) for row in rows if row.student_id))
    kinds = await kinds_of(session, caller.school_id)
    return MyWeek(
        as_of=now_on,
        begin=begin,
        end=end,
        owe=[_duty(caller, row, clauses.get(row.clause), kinds) for row in rows],
        owed=owed,
        done=done,
        department=await _department(session, caller, list(clauses.values()), begin, end, now_on),
    )


async def duties_due(session: AsyncSession, caller: Caller, begin: date, end: date) -> dict[date, int]:
    """How many of somebody's duties fall due on which day, as far ahead as the ledger is worked out: for calendars."""
    return await repository.days(session, caller, begin, end)


def _duty(caller: Caller, row: Row, clause: EditionClause | None, kinds: Kinds) -> Duty:
    closes = _closing(row.kinds[0], kinds)
    is_plan = row.source == "plan"
    words = PLAN_LINES.get(row.clause)
    return Duty(
        id=row.id,
        clause=row.clause,
        zh=closes[0] if is_plan else clause.zh if clause else row.clause,
        en=closes[1] if is_plan else clause.en if clause else row.clause,
        cadence_zh=clause.cadence_zh if clause else None,
        cadence_en=clause.cadence_en if clause else None,
        per=cast("CadencePer | None", clause.per if clause else None),
        is_plan=is_plan,
        state="due" if row.state == "due" else "in_grace",
        opens_on=row.opens_on,
        due_on=row.due_on,
        grace_until=None if row.grace_until == date.max else row.grace_until,
        student_id=row.student_id,
        student_name=row.student_name,
        class_id=row.class_id,
        class_name=row.class_name,
        plan_measure_id=row.plan_measure_id,
        kinds=row.kinds,
        closes_zh=closes[0],
        closes_en=closes[1],
        minutes=row.minutes,
        ordinal=row.ordinal,
        may_waive=may_waive(caller, row.clause, words[2] if words else clause.owner if clause else None),
    )


def _closing(kind: str, kinds: Kinds) -> tuple[str, str]:
    """What the record is called that closes it."""
    found = kinds.find(kind)
    return (found.zh, found.en) if found else records().get(kind, (kind, kind))


async def _department(
    session: AsyncSession, caller: Caller, clauses: Sequence[EditionClause], begin: date, end: date, now_on: date
) -> list[Behind]:
    """The clauses that a department answers for, with what is open or missed this week; to the principal those of the leading group as well."""
    mine = {owner for owner in OWNERS if caller.has_duty(f"answer_for_{owner}")}
    if not mine:
        return []
    cells = await counts_of_school(session, caller.school_id, begin, end, now_on)
    return [
        Behind(
            clause=row.clause,
            zh=row.zh,
            en=row.en,
            owner=cast("Owner", row.owner),
            due=sum(cell.open for cell in cells[row.clause] if cell.over == 0),
            in_grace=sum(cell.open for cell in cells[row.clause] if cell.over == 1),
            missed=sum(cell.missed for cell in cells[row.clause]),
            done=sum(cell.done for cell in cells[row.clause]),
        )
        for row in clauses
        if row.owner in mine and cells[row.clause]
    ]
