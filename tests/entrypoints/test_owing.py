"""The loop beside the worker, and the command that proves the ledger."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from nuanyang.entrypoints import owing
from nuanyang.entrypoints.commands.programme import verify_all, work_out_all
from nuanyang.kit.clock import now, today
from tests.factories.cases import recognised
from tests.factories.ledger import did, in_force, occurrences, sound, worked_out
from tests.factories.world import World

DAILY = {"S1_2": {"runs_on": "calendar_days"}}


async def supported(world: World) -> None:
    await recognised(world, await world.student(), "C4")
    await in_force(world, today(), only=("S1.2",), **DAILY)


async def counted(world: World) -> int:
    async with world.session() as session:
        statement = "select coalesce(sum(expected), 0) from clause_counts where school_id = :id and place = :id"
        return int(await session.scalar(text(statement), {"id": world.school_id}))


async def test_a_look_brings_every_school_up_to_date_and_folds_the_counts(world: World):
    other = await world.elsewhere()
    for one in (world, other):
        await supported(one)
    waiting: dict = {}
    await owing.look(world.database, now(), waiting)
    for one in (world, other):
        assert await counted(one) == len(await occurrences(one, "S1.2")) == 15
    async with world.session() as session:
        assert await session.scalar(text("select count(*) from clause_deltas where school_id = :id"), {"id": world.school_id}) == 0
    before = [one.id for one in await occurrences(world, "S1.2")]
    await owing.look(world.database, now(), waiting)
    assert [one.id for one in await occurrences(world, "S1.2")] == before
    for client in other.clients:
        await client.aclose()


async def test_a_school_without_a_programme_is_asked_again_when_it_has_one(world: World):
    waiting: dict = {}
    student = await world.student()
    await owing.look(world.database, now(), waiting)
    assert world.school_id in waiting
    await recognised(world, student, "C4")
    await in_force(world, today(), only=("S1.2",), **DAILY)
    await owing.look(world.database, now(), waiting)
    assert len(await occurrences(world, "S1.2")) == 15


async def test_a_school_that_fails_stops_no_other(world: World, monkeypatch):
    other = await world.elsewhere()
    for one in (world, other):
        await supported(one)
    real = owing.keep_up

    async def failing(session, school_id, day):
        if school_id == world.school_id:
            raise RuntimeError("broken")
        return await real(session, school_id, day)

    monkeypatch.setattr(owing, "keep_up", failing)
    await owing.look(world.database, now(), {})
    assert await occurrences(world, "S1.2") == [] and len(await occurrences(other, "S1.2")) == 15
    monkeypatch.undo()
    await owing.look(world.database, now(), {})  # its marks are still there
    assert len(await occurrences(world, "S1.2")) == 15


async def test_the_day_begins_when_it_begins_at_the_school(world: World):
    await supported(world)
    day = today()
    await owing.look(world.database, datetime(day.year, day.month, day.day, 1, tzinfo=UTC), {})
    async with world.session() as session:
        statement = text("select worked_on from cadence_horizons where school_id = :id")
        assert await session.scalar(statement, {"id": world.school_id}) == day
        # Past four in the afternoon by the world's clock it is tomorrow in Shanghai.
    await owing.look(world.database, datetime(day.year, day.month, day.day, 16, 30, tzinfo=UTC), {})
    async with world.session() as session:
        assert (await session.scalar(statement, {"id": world.school_id}) - day).days == 1


@pytest.fixture
async def code(world: World) -> str:
    async with world.session() as session:
        return str(await session.scalar(text("select code from schools where id = :id"), {"id": world.school_id}))


async def test_the_command_names_and_mends_a_fault(world: World, database_urls: tuple[str, str], code: str):
    await supported(world)
    ((_, done),) = await work_out_all(database_urls[0], code)
    assert done is not None and done.added == 15
    student = (await occurrences(world, "S1.2"))[0]
    ((_, found, _),) = await verify_all(database_urls[0], code, mend=False)
    assert found.is_sound and found.occurrences == 15
    async with world.session() as session:
        await session.execute(
            text("update occurrences set state = 'met', record_ids = array[id], held_on = due_on, entered_on = due_on where id = :id"),
            {"id": student.id},
        )
    ((_, found, left),) = await verify_all(database_urls[0], code, mend=False)
    assert [fault.occurrence_id for fault in found.faults] == [student.id] and left is found
    ((_, found, left),) = await verify_all(database_urls[0], code, mend=True)
    assert not found.is_sound and left.is_sound and (await sound(world)).is_sound


async def test_a_record_is_counted_at_once(world: World):
    await supported(world)
    await worked_out(world)
    student = (await occurrences(world, "S1.2"))[0].student_id
    from nuanyang.school.students.models import Student

    async with world.session() as session:
        row = await session.get_one(Student, (world.school_id, student))
    await did(world, row, "S1.2.daily_feedback")
    client = await world.client("principal")
    lines = {line["clause"]: line for line in (await client.get("/api/v1/compliance")).json()["clauses"]}
    assert lines["S1.2"]["tally"]["met"] == 1
