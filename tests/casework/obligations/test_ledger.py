"""The ledger: worked out from clauses and cases, filled by records, never by a ticked box, and proved from the records."""

from datetime import date, timedelta

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from nuanyang.access.walls import context_of
from nuanyang.kit.db import opening
from nuanyang.programme.cadence.models import LedgerOccurrence
from nuanyang.programme.cadence.verifying import repair
from tests.factories.cases import planned, recognised
from tests.factories.ledger import at, did, in_force, occurrences, sound, took_back, worked_out
from tests.factories.world import World

FEEDBACK, TUTORING, OBSERVATION = "S1.2.daily_feedback", "A1.3.small_group_tutoring", "A2.2.class_observation"


def monday(world: World) -> date:
    """A Monday of November with a whole week of lessons."""
    day = date(world.year.starts_on.year, 11, 9)
    return day - timedelta(days=day.weekday())


async def test_a_clause_is_owed_to_whom_it_is_for_and_filled_by_records_alone(world: World):
    day = monday(world)
    with at(day):
        student, other = await world.student("甲"), await world.student("乙")
        await recognised(world, student, "C2")
        await recognised(world, other, "C4")
        await in_force(world, day, only=("A1.3", "S1.2"))
        await worked_out(world)
        tutoring = await occurrences(world, "A1.3")
        assert {one.student_id for one in tutoring} == {student.id}  # C2 alone
        assert [one.due_on for one in tutoring][:2] == [day + timedelta(days=6)] * 2  # 2 a week, the weekend included
        assert {one.student_id for one in await occurrences(world, "S1.2")} == {student.id, other.id}

        await did(world, student, TUTORING)
        await did(world, student, FEEDBACK)
        await did(world, student, OBSERVATION)  # meets nothing here
        assert [one.state for one in (await occurrences(world, "A1.3"))[:2]] == ["met", None]
        assert (await occurrences(world, "S1.2", student))[0].state == "met"
        assert (await occurrences(world, "S1.2", other))[0].state is None
    assert (await sound(world)).is_sound


async def test_late_backfilled_and_taken_back(world: World):
    day = monday(world)
    with at(day):
        student = await world.student()
        await recognised(world, student, "C2")
        await in_force(world, day, only=("S1.2",))
        await worked_out(world)
    with at(day + timedelta(days=1)):
        today_, yesterday = await did(world, student, FEEDBACK), await did(world, student, FEEDBACK)
        first, second = (await occurrences(world, "S1.2"))[:2]
        assert (first.state, second.state) == ("late", "met")  # in time first, then late
    with at(day + timedelta(days=6)):
        await did(world, student, FEEDBACK, held_on=day + timedelta(days=2))
        third = (await occurrences(world, "S1.2"))[2]
        assert (third.state, third.held_on, third.entered_on) == ("backfilled", day + timedelta(days=2), day + timedelta(days=6))
        await took_back(world, today_.id)
        first, second = (await occurrences(world, "S1.2"))[:2]
        assert (first.record_ids, first.state, second.state) == ([yesterday.id], "late", None)  # each keeps its place
    assert (await sound(world)).is_sound


async def test_one_record_takes_one_place(world: World):
    day = monday(world)
    with at(day):
        student = await world.student()
        await recognised(world, student, "C2")
        await in_force(world, day, only=("A1.3", "A2.2"), A2_2={"evidence": [OBSERVATION, TUTORING]})
        await worked_out(world)
        record = await did(world, student, TUTORING)
    held = [one for clause in ("A1.3", "A2.2") for one in await occurrences(world, clause) if record.id in one.record_ids]
    assert [one.clause for one in held] == ["A1.3", "A2.2"]  # one of each clause, of each only one


async def test_absent_students_were_not_tutored(world: World):
    day = monday(world)
    with at(day):
        student = await world.student()
        await recognised(world, student, "C2")
        await in_force(world, day, only=("A1.3",))
        await worked_out(world)
        await did(world, student, TUTORING, attendance="absent")
    assert [one.state for one in await occurrences(world, "A1.3")] == [None] * len(await occurrences(world, "A1.3"))


async def test_working_out_again_changes_nothing(world: World):
    day = monday(world)
    with at(day):
        student = await world.student()
        await recognised(world, student, "C2")
        await planned(world, student, TUTORING)
        await in_force(world, day)
        first = await worked_out(world)
        before = {(one.id, one.due_on) for clause in ("A1.3", "S1.2", "I2.2") for one in await occurrences(world, clause)}
        again = await worked_out(world)
    assert first and first.added > 0
    assert again is None
    assert {(one.id, one.due_on) for clause in ("A1.3", "S1.2", "I2.2") for one in await occurrences(world, clause)} == before


async def test_a_day_later_only_what_opens_is_new(world: World):
    day = monday(world)
    with at(day):
        student = await world.student()
        await recognised(world, student, "C2")
        await in_force(world, day, only=("S1.2", "A1.3"))
        await worked_out(world)
    with at(day + timedelta(days=1)):
        done = await worked_out(world)
    assert done and (done.begun, done.changed, done.moved, done.withdrawn) == (0, 0, 0, 0)
    assert done.added == 1  # the school day two weeks ahead


async def test_who_is_no_longer_supported_owes_nothing_more_and_keeps_the_past(world: World):
    day = monday(world)
    with at(day):
        student = await world.student()
        case = await recognised(world, student, "C2")
        await in_force(world, day, only=("S1.2",))
        await worked_out(world)
        await did(world, student, FEEDBACK)
    with at(day + timedelta(days=2)):
        async with world.session() as session:
            await session.execute(
                text("update recognitions set state = 'exited', valid_to = :day where id = :id"),
                {"id": case.id, "day": day + timedelta(days=1)},
            )
        await worked_out(world)
    assert [one.due_on for one in await occurrences(world, "S1.2")] == [day, day + timedelta(days=1)]
    assert (await sound(world)).is_sound


async def test_a_clause_that_changes_in_mid_term_leaves_the_past_as_it_was(world: World):
    day = monday(world)
    with at(day):
        student = await world.student()
        await recognised(world, student, "C2")
        first = await in_force(world, day, only=("A1.3",))
        await worked_out(world)
        await did(world, student, TUTORING)
    later = day + timedelta(days=7)
    with at(later):
        async with world.session() as session:
            await session.execute(
                text("update editions set state = 'superseded', in_force_until = :day where id = :id"), {"id": first.id, "day": later}
            )
        await in_force(world, later, only=("A1.3",), A1_3={"times": 3})
        await worked_out(world)
    by_week = {}
    for one in await occurrences(world, "A1.3"):
        by_week.setdefault(one.period, []).append(one.state)
    weeks = list(by_week.values())
    assert weeks[0] == ["met", None] and all(len(week) == 3 for week in weeks[1:]) and len(weeks) >= 3
    assert (await sound(world)).is_sound


async def test_a_day_off_moves_what_is_to_come(world: World):
    from nuanyang.programme.calendar.models import CalendarDay

    day = monday(world)
    with at(day):
        student = await world.student()
        await recognised(world, student, "C2")
        await in_force(world, day, only=("S1.2",))
        await worked_out(world)
        off = day + timedelta(days=3)
        await world.add(CalendarDay(school_id=world.school_id, day=off, kind="day_off", name="运动会", reason="运动会停课一天"))
        done = await worked_out(world)
    assert done and done.withdrawn == 1
    assert off not in {one.due_on for one in await occurrences(world, "S1.2")}
    assert (await sound(world)).is_sound


async def test_a_plans_measure_is_owed_and_met_by_its_records(world: World):
    day = monday(world)
    with at(day):
        student = await world.student()
        await recognised(world, student, "C2")
        measure = await planned(world, student, TUTORING, starts_on=day)
        await in_force(world, day, only=("A1.3",))
        await worked_out(world)
        await did(world, student, TUTORING, plan_measure_id=measure.id)
        plan = await occurrences(world, "plan.academic")
    assert plan[0].state == "met" and plan[1].state is None and plan[0].data_class == "academic"
    assert (await occurrences(world, "A1.3"))[0].state == "met"  # the same honest record


async def test_a_session_is_one_record_to_the_school_and_one_to_each_child(world: World):
    from uuid import uuid4

    day = monday(world)
    with at(day):
        room = await world.school_class()
        students = [await world.student(f"学生{n}", room) for n in range(3)]
        for student in students:
            await recognised(world, student, "C4")
        await in_force(world, day, only=("S1.1", "L3.1"), S1_1={"times": 2})
        await worked_out(world)
        session_id = uuid4()
        for student in students:
            await did(world, student, "S1.1.family_education", session_id=session_id)
            await did(world, student, "L3.1.skills_class", session_id=session_id)
    assert [one.state for one in (await occurrences(world, "S1.1"))[:2]] == ["met", None]
    skills = await occurrences(world, "L3.1")
    assert [(one.class_id, one.state) for one in skills] == [(room.id, "met")]


async def test_no_request_writes_the_ledger(world: World):
    day = monday(world)
    with at(day):
        student = await world.student()
        await recognised(world, student, "C2")
        await in_force(world, day, only=("S1.2",))
        await worked_out(world)
    principal = await world.caller(await world.account("principal"))
    context = context_of(principal.account_id, world.school_id, principal.reach, person_id=principal.staff_id)
    for statement in (
        "update occurrences set state = 'met', record_ids = array[gen_random_uuid()], held_on = current_date",
        "update obligations set is_running = false",
    ):
        with pytest.raises(DBAPIError, match="row-level security"):
            async with world.database.session(context) as session:
                await session.execute(text(statement))
    for statement in ("delete from occurrences", "delete from clause_counts", "update clause_counts set met = expected"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with world.database.session(opening(school_id=world.school_id, purpose="job")) as session:
                await session.execute(text(statement))


async def test_what_is_done_names_its_record(world: World):
    day = monday(world)
    with at(day):
        student = await world.student()
        await recognised(world, student, "C2")
        await in_force(world, day, only=("S1.2",))
        await worked_out(world)
    with pytest.raises(DBAPIError, match="ck_occurrences_recorded"):
        async with world.session() as session:
            await session.execute(text("update occurrences set state = 'met'"))


async def test_verify_finds_and_repairs_what_was_tampered_with(world: World, admin_url: str):
    day = monday(world)
    with at(day):
        student = await world.student()
        await recognised(world, student, "C2")
        await in_force(world, day, only=("S1.2", "A1.3"))
        await worked_out(world)
        await did(world, student, FEEDBACK)
        await did(world, student, TUTORING)
        await worked_out(world)
    assert (await sound(world)).is_sound
    lied, lost = (await occurrences(world, "S1.2"))[1], (await occurrences(world, "A1.3"))[0]
    async with world.session() as session:
        row = await session.get_one(LedgerOccurrence, (world.school_id, lied.id))
        row.state, row.record_ids, row.held_on, row.entered_on = "met", [student.id], day, day
        row = await session.get_one(LedgerOccurrence, (world.school_id, lost.id))
        row.state, row.record_ids, row.held_on, row.entered_on, row.minutes = None, [], None, None, 0
    admin = await asyncpg.connect(admin_url, database=world.database.url.partition("?")[0].rpartition("/")[2])
    await admin.execute("update clause_counts set met = met + 5 where school_id = $1 and clause = 'S1.2'", world.school_id)
    await admin.close()
    found = await sound(world)
    assert {(fault.fault, fault.occurrence_id) for fault in found.faults} == {
        ("no_such_record", lied.id),
        ("place_not_taken", lost.id),
    }
    assert found.miscounts
    async with world.session() as session:
        left = await repair(session, world.school_id, found)
    assert left.is_sound
    assert (await occurrences(world, "S1.2"))[1].state is None and (await occurrences(world, "A1.3"))[0].state == "met"


async def test_what_was_recorded_while_nobody_worked_it_out_takes_its_places(world: World):
    day = monday(world)
    with at(day):
        student = await world.student()
        await recognised(world, student, "C2")
        await in_force(world, day, only=("A1.3",))
        await worked_out(world)
    later = day + timedelta(days=28)
    with at(later):
        await did(world, student, TUTORING)
        await worked_out(world)
        assert [one.state for one in await occurrences(world, "A1.3") if one.opens_on <= later <= one.due_on] == ["met", None]
    assert (await sound(world)).is_sound
