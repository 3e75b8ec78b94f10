"""A school with a programme in force, days that pass, and records that people make of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import time_machine
from sqlalchemy import select

from nuanyang.casework.interventions.models import Intervention
from nuanyang.casework.obligations.reminding import remind
from nuanyang.casework.obligations.service import keep_up
from nuanyang.kit.clock import now, today
from nuanyang.kit.ids import new_id
from nuanyang.programme.cadence.models import LedgerOccurrence
from nuanyang.programme.cadence.service import Worked
from nuanyang.programme.cadence.verifying import Verified, verify
from nuanyang.programme.clauses import clauses, measure_kind, templates
from nuanyang.programme.editions.models import Edition, EditionClause
from nuanyang.programme.editions.rules.content import from_template
from nuanyang.school.students.models import Student
from tests.factories.world import World


@contextmanager
def at(day: date, hour: int = 4) -> Iterator[None]:
    """It is noon at the school on this day."""
    with time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), tick=False):
        yield


async def in_force(world: World, since: date | None = None, only: tuple[str, ...] = (), **changes: dict[str, Any]) -> Edition:
    """An edition made of the September template, in force from a day on: all its clauses, or only some, changed where told (`A1_3={"times": 3}`)."""
    since = since or world.year.starts_on
    template = templates()["september"]
    phases = [{"id": p.id, "zh": p.zh, "en": p.en, "months": list(p.months)} for p in template.phases]
    edition = Edition(
        school_id=world.school_id,
        id=new_id(),
        name="帮扶方案",
        starts_on=world.year.starts_on,
        ends_on=world.year.ends_on,
        template="september",
        phases=phases,
        created_by=uuid4(),
    )
    rows = [
        EditionClause(
            school_id=world.school_id,
            id=new_id(),
            edition_id=edition.id,
            **(from_template(clause, template, n) | changes.get(clause.id.replace(".", "_"), {})),
        )
        for n, clause in enumerate(clauses(), 1)
        if not only or clause.id in only
    ]
    await world.add(edition, *rows)
    async with world.session() as session:
        row = await session.get_one(Edition, (world.school_id, edition.id))
        row.state, row.submitted_at, row.submitted_by = "submitted", now(), row.created_by
        await session.flush()
        row.state, row.approved_at, row.approved_by, row.in_force_from = "in_force", now(), uuid4(), since
        await session.flush()
    return edition


async def worked_out(world: World, day: date | None = None) -> Worked | None:
    """What the worker does: the ledger brought up to the day, the counts folded."""
    from nuanyang.entrypoints.owing import _FOLD

    async with world.session() as session:
        done = await keep_up(session, world.school_id, day or today())
        if done is not None:
            await remind(session, world.school_id, day or today(), now())
    async with world.session() as session:
        await session.execute(_FOLD, {"school": world.school_id})
    return done


async def did(world: World, student: Student, kind: str, held_on: date | None = None, minutes: int = 40, **more: Any) -> Intervention:
    """A record entered today of what was held on a day."""
    return await world.add(
        Intervention(
            school_id=world.school_id,
            id=new_id(),
            student_id=student.id,
            kind=kind,
            data_class=measure_kind(kind).data_class,
            held_on=held_on or today(),
            minutes=minutes,
            entered_on=today(),
            created_at=now(),
            doer_name="王老师",
            **more,
        )
    )


async def took_back(world: World, record_id: UUID) -> None:
    """The record is void."""
    async with world.session() as session:
        row = await session.get_one(Intervention, (world.school_id, record_id))
        row.voided_at, row.voided_by, row.voided_reason = now(), uuid4(), "录错了"


async def occurrences(world: World, clause: str, student: Student | None = None) -> list[LedgerOccurrence]:
    """What the ledger holds of a clause, by the day it falls due."""
    statement = select(LedgerOccurrence).where(LedgerOccurrence.school_id == world.school_id, LedgerOccurrence.clause == clause)
    if student is not None:
        statement = statement.where(LedgerOccurrence.student_id == student.id)
    async with world.session() as session:
        return list((await session.scalars(statement.order_by(LedgerOccurrence.due_on, LedgerOccurrence.ordinal))).all())


async def sound(world: World) -> Verified:
    """The ledger as the records prove it."""
    async with world.session() as session:
        return await verify(session, world.school_id)


def weekdays(begin: date, end: date) -> list[date]:
    """Mondays to Fridays."""
    return [day for n in range((end - begin).days + 1) if (day := begin + timedelta(days=n)).weekday() < 5]
