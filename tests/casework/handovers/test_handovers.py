"""接班 and 交接记录: the class is somebody else's from a day on, and what the former knows reaches the next one and nobody else."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest
import time_machine
from sqlalchemy import select

from nuanyang.access.accounts.models import Membership
from nuanyang.casework.handovers.models import Handover
from nuanyang.kit.clock import today
from tests.factories.cases import opened, recognised
from tests.factories.counselling import counselled
from tests.factories.world import World

NOTE = {"runs": "每周二数学小组辅导", "agreed": "和奶奶约好周五通电话", "avoid": "不要当众提起父亲"}


def on(days: int) -> date:
    return today() + timedelta(days=days)


def noon(days: int) -> str:
    return f"{on(days).isoformat()}T04:00:00Z"


async def staff_of(world: World, account: Any) -> str:
    async with world.session() as session:
        return str(await session.scalar(select(Membership.person_id).where(Membership.account_id == account.id)))


async def changed(world: World, days: int = 5) -> tuple[Any, httpx.AsyncClient, Any, httpx.AsyncClient]:
    """A class of which one student is supported, with a change of homeroom teacher in so many days: class, former, student, successor."""
    room = await world.school_class()
    student = await world.student("王小明", room)
    await world.student("旁人", room)
    await recognised(world, student, "C2")
    await opened(world, student, "academic")
    former, successor, admin = await world.client(("homeroom_teacher", room)), await world.client(), await world.client("admin")
    body = {"staff_id": await staff_of(world, successor.account), "from_on": on(days).isoformat()}  # type: ignore[attr-defined]
    answer = await admin.post(f"/api/v1/classes/{room.id}/homeroom-teacher", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["former"] == former.account.display_name  # type: ignore[attr-defined]
    return room, former, student, successor


@pytest.mark.parametrize(
    ("days", "former_holds", "successor_holds"), [(3, True, False), (4, True, False), (5, False, True), (6, False, True)]
)
async def test_the_class_changes_hands_on_the_day(world: World, days: int, former_holds: bool, successor_holds: bool) -> None:
    room, former, _, successor = await changed(world)
    with time_machine.travel(noon(days), tick=False):
        for client, holds in ((former, former_holds), (successor, successor_holds)):
            assert (await world.caller(client.account)).may("write", "contact", room.id) == holds  # type: ignore[attr-defined]


async def to_write(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    return (await client.get("/api/v1/handovers")).json()["to_write"]  # type: ignore[no-any-return]


async def to_read(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    return (await client.get("/api/v1/handovers")).json()["to_read"]  # type: ignore[no-any-return]


async def test_the_former_writes_and_the_next_one_reads_from_their_first_day_on(world: World) -> None:
    _, former, student, successor = await changed(world, days=0)
    (asked,) = await to_write(former)
    assert (asked["student_name"], asked["note"], asked["post"]) == ("王小明", None, "homeroom_teacher")
    assert await to_read(successor) == []
    assert (await former.post(f"/api/v1/handovers/{asked['id']}/note", json=NOTE)).status_code == 204
    world.app.state.callers.forget(successor.account.id)  # type: ignore[attr-defined]
    (note,) = (await successor.get("/api/v1/handovers", params={"student_id": str(student.id)})).json()["to_read"]
    assert note["note"] == NOTE
    tasks = {task["key"]: task["count"] for task in (await successor.get("/api/v1/home")).json()["tasks"]}
    assert tasks["handovers_to_read"] == 1
    # Nobody else, not even who wrote it, reads it any more.
    for client in (former, await world.client("principal")):
        answer = (await client.get("/api/v1/handovers")).json()
        assert NOTE["avoid"] not in str(answer)
    assert (await successor.post(f"/api/v1/handovers/{asked['id']}/acknowledge", json={})).status_code == 204
    assert await to_read(successor) == []
    again = await former.post(f"/api/v1/handovers/{asked['id']}/note", json=NOTE)
    assert (again.status_code, again.json()["code"]) == (409, "handover_acknowledged")


async def test_a_note_is_not_the_next_ones_before_their_first_day(world: World) -> None:
    _, former, _, successor = await changed(world, days=5)
    (asked,) = await to_write(former)
    await former.post(f"/api/v1/handovers/{asked['id']}/note", json=NOTE)
    assert await to_read(successor) == []
    early = await successor.post(f"/api/v1/handovers/{asked['id']}/acknowledge", json={})
    assert early.status_code == 404


async def test_a_note_is_kept_encrypted(world: World) -> None:
    _, former, student, _ = await changed(world)
    (asked,) = await to_write(former)
    await former.post(f"/api/v1/handovers/{asked['id']}/note", json=NOTE)
    async with world.session() as session:
        row = await session.scalar(select(Handover).where(Handover.student_id == student.id))
    assert row is not None and row.note_cipher is not None
    assert NOTE["avoid"].encode() not in row.note_cipher


async def test_only_the_former_writes_and_only_the_next_one_acknowledges(world: World) -> None:
    _, former, _, successor = await changed(world, days=0)
    (asked,) = await to_write(former)
    url = f"/api/v1/handovers/{asked['id']}"
    early = await successor.post(f"{url}/acknowledge", json={})
    assert (early.status_code, early.json()["code"]) == (409, "handover_not_written")
    for client in (successor, await world.client("principal")):
        assert (await client.post(f"{url}/note", json=NOTE)).status_code == 404
    assert (await former.post(f"{url}/acknowledge", json={})).status_code == 404


async def test_who_may_not_know_of_a_case_is_not_asked_about_it(world: World) -> None:
    room = await world.school_class()
    for data_class in ("economic", "health", "wellbeing", "protection"):
        student = await world.student(data_class, room)
        await opened(world, student, data_class)
    former, successor, admin = await world.client(("homeroom_teacher", room)), await world.account(), await world.client("admin")
    body = {"staff_id": await staff_of(world, successor), "from_on": on(1).isoformat()}
    assert (await admin.post(f"/api/v1/classes/{room.id}/homeroom-teacher", json=body)).status_code == 200
    assert await to_write(former) == []


async def test_nobody_gives_themself_a_class_and_none_without_a_teacher_is_handed_over(world: World) -> None:
    room, empty = await world.school_class(), await world.school_class()
    former, admin = await world.account(("homeroom_teacher", room)), await world.client("admin")
    for account in (former, admin.account):  # type: ignore[attr-defined]
        body = {"staff_id": await staff_of(world, account), "from_on": on(1).isoformat()}
        answer = await admin.post(f"/api/v1/classes/{room.id}/homeroom-teacher", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "no_successor")
    body = {"staff_id": await staff_of(world, former), "from_on": on(1).isoformat()}
    assert (await admin.post(f"/api/v1/classes/{empty.id}/homeroom-teacher", json=body)).json()["code"] == "no_homeroom_teacher"
    past = body | {"from_on": on(-1).isoformat()}
    assert (await admin.post(f"/api/v1/classes/{room.id}/homeroom-teacher", json=past)).status_code == 422
    assert (await (await world.client("principal")).post(f"/api/v1/classes/{room.id}/homeroom-teacher", json=body)).status_code == 403


async def test_a_change_of_the_case_lead_asks_the_former_for_a_note(world: World) -> None:
    student = await world.student("王小明")
    await recognised(world, student, "C1")
    await opened(world, student, "economic")
    first, second = await world.client(), await world.client()
    office = await world.client("principal")
    for client in (first, second):
        body = {"staff_id": await staff_of(world, client.account)}  # type: ignore[attr-defined]
        assert (await office.post(f"/api/v1/students/{student.id}/case-lead", json=body)).status_code == 201
        world.app.state.callers.forget(client.account.id)  # type: ignore[attr-defined]
    (asked,) = await to_write(first)
    assert (asked["post"], asked["to_name"]) == ("case_lead", second.account.display_name)  # type: ignore[attr-defined]
    await first.post(f"/api/v1/handovers/{asked['id']}/note", json=NOTE)
    assert [one["note"] for one in await to_read(second)] == [NOTE]


async def test_a_change_of_counsellor_hands_over_what_is_clinical(world: World) -> None:
    case, next_one, office = await counselled(world), await world.client("counsellor"), await world.client("moral_education")
    body = {"counsellor_id": str(next_one.account.id), "from_on": today().isoformat()}  # type: ignore[attr-defined]
    assert (await office.post(f"{case.url}/counselling/counsellor", json=body)).status_code == 200
    (asked,) = await to_write(case.counsellor)
    await case.counsellor.post(f"/api/v1/handovers/{asked['id']}/note", json=NOTE)
    assert [(one["post"], one["note"]) for one in await to_read(next_one)] == [("case_counsellor", NOTE)]
