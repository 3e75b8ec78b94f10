"""核对证件号: who holds a paper learns whether its last four are those on file, and nothing else; asked on record, and not by trying."""

from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest
import time_machine

from nuanyang.kit.clock import now
from nuanyang.school.students.models import Student
from tests.factories.students import numbers
from tests.factories.world import World

NUMBER = "11010120130506001X"


@pytest.fixture
async def pupil(world: World) -> Student:
    student = await world.student("单雨桐", await world.school_class(7, 1))
    await numbers(world, student, NUMBER, "G110101201305060019")
    return student


async def asked(client: httpx.AsyncClient, student: Student, last_four: str) -> httpx.Response:
    return await client.post(f"/api/v1/students/{student.id}/confirm-identity", json={"last_four": last_four})


async def of_class(world: World, student: Student) -> httpx.AsyncClient:
    return await world.client(("grade_head", student.grade))


async def test_yes_or_no_is_all_that_is_told(world: World, pupil: Student) -> None:
    head = await of_class(world, pupil)
    for last_four, matches in (("001X", True), ("001x", True), ("0011", False), ("1010", False)):
        answer = await asked(head, pupil, last_four)
        assert (answer.status_code, answer.json()) == (200, {"matches": matches})
        assert answer.headers["cache-control"] == "no-store" and NUMBER not in answer.text
    for wrong in ("01X", "0001X", "0 1X", "００１X"):
        assert (await asked(head, pupil, wrong)).status_code == 422
    page = (await head.get(f"/api/v1/students/{pupil.id}")).json()
    assert "identity" not in page and "identity" in page["hidden"]


async def test_only_for_the_own_class_and_grade(world: World, pupil: Student) -> None:
    bare = await world.student("乙", await world.school_class(8, 1))
    head = await world.client(("grade_head", 8))
    assert (await asked(head, pupil, "001X")).status_code == 404
    without = await asked(head, bare, "001X")
    assert (without.status_code, without.json()["code"]) == (404, "number_not_kept")
    for role in ("principal", "registrar", "counsellor", "school_nurse", "admin"):
        assert (await asked(await world.client(role), pupil, "001X")).status_code == 403, role
    assert (await asked(world.anonymous(), pupil, "001X")).status_code == 401


async def test_each_question_is_on_record_with_its_outcome_and_without_the_number(
    world: World, pupil: Student, database_urls: tuple[str, str]
) -> None:
    head = await of_class(world, pupil)
    await asked(head, pupil, "0011")
    await asked(head, pupil, "001X")
    admin = await asyncpg.connect(database_urls[1])
    entries: list[Any] = await admin.fetch(
        "select * from audit_entries where school_id = $1 and action = 'read' order by at, id", world.school_id
    )
    await admin.close()
    assert [(e["operation"], e["student_id"], e["data_classes"]) for e in entries] == [
        ("students_confirm_identity", pupil.id, ["identity"])
    ] * 2
    assert ['"matches": false' in str(e) or '"matches":false' in str(e) for e in entries] == [True, False]
    assert not any("001X" in str(e) or "0011" in str(e) for e in entries)


async def test_guessing_is_slowed_down_at_each_student(world: World, pupil: Student) -> None:
    head = await of_class(world, pupil)
    with time_machine.travel(now(), tick=False) as clock:
        assert [(await asked(head, pupil, f"00{n}1")).status_code for n in range(2, 6)] == [200, 200, 200, 429]
        held = await asked(head, pupil, "001X")
        assert (held.status_code, held.headers["retry-after"]) == (429, "60")
        clock.shift(timedelta(seconds=61))
        assert (await asked(head, pupil, "0061")).json() == {"matches": False}
        clock.shift(timedelta(seconds=61))
        assert (await asked(head, pupil, "001X")).status_code == 429  # twice as long each time
        clock.shift(timedelta(seconds=61))
        assert (await asked(head, pupil, "001X")).json() == {"matches": True}
        assert (await asked(head, pupil, "001X")).json() == {"matches": True}


async def test_a_whole_class_is_confirmed_and_not_guessed(world: World, pupil: Student) -> None:
    head, room = await of_class(world, pupil), await world.school_class(7, 2)
    for _ in range(25):
        assert (await asked(head, pupil, "001X")).json() == {"matches": True}
    codes = []
    for number in range(22):
        mate = await world.student(f"学生{number}", room)
        await numbers(world, mate, f"1101012013050601{number:02}", f"G1101012013050601{number:02}")
        codes.append((await asked(head, mate, "9999")).status_code)
    assert codes == [200] * 20 + [429] * 2
