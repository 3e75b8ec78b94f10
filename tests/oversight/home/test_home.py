"""The home page: each number is that of the list it leads to."""

import httpx

from tests.casework.recognition.test_recognition import decide, open_case, room, run, tell
from tests.factories.world import World

LISTS = {
    "recognitions_due": "/api/v1/recognitions",
    "checks_due": "/api/v1/recognitions",
    "proposals_open": "/api/v1/proposals",
} | dict.fromkeys(("plans_to_approve", "plans_to_finish", "reviews_due"), "/api/v1/support-plans")


async def tasks(client: httpx.AsyncClient) -> dict[str, int]:
    answer = await client.get("/api/v1/home")
    assert answer.status_code == 200, answer.text
    found = {}
    for task in answer.json()["tasks"]:
        listed = await client.get(LISTS[task["key"]], params=task["search"] | {"count": "true"})
        assert listed.json()["count"] == task["count"], task
        found[task["key"]] = task["count"]
    return found


async def test_what_waits_is_counted_for_whom_it_waits(world: World) -> None:
    school_class, students = await room(world, 4)
    teacher, head = await world.client(("homeroom_teacher", school_class)), await world.client(("grade_head", 7))
    for student in students[:3]:
        await tell(world, student, "family_conflict", "C4", "family")
    await run(world)
    assert await tasks(teacher) == {"proposals_open": 3}
    case = await open_case(world, teacher, students[3], "C4")
    assert (await tasks(teacher))["recognitions_due"] == 1
    await decide(teacher, case)
    assert "recognitions_due" not in await tasks(teacher)
    assert (await tasks(head))["recognitions_due"] == 1


async def test_nobody_else_sees_tasks(world: World) -> None:
    assert (await (await world.client("registrar")).get("/api/v1/home")).json() == {"tasks": [], "led": []}
    assert (await world.anonymous().get("/api/v1/home")).status_code == 401


async def test_a_case_lead_sees_the_cases_they_lead(world: World) -> None:
    _, (student, *_) = await room(world, 2)
    lead = await world.client(("case_lead", student))
    (led,) = (await lead.get("/api/v1/home")).json()["led"]
    assert led["student_id"] == str(student.id)
    assert led["plan_state"] is None
