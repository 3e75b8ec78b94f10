"""A guardian keeps the own telephone and address up to date."""

import asyncpg
import httpx
import pytest

from nuanyang.school.students.models import Student
from tests.factories.students import guardian
from tests.factories.world import World

OWN = "/api/v1/my/contact"


@pytest.fixture
async def child(world: World) -> Student:
    return await world.student("王小明", await world.school_class(7, 1))


@pytest.fixture
async def father(world: World, child: Student) -> httpx.AsyncClient:
    return await world.family(await guardian(world, child, "王建国", "13812345678"))


async def test_a_change_is_seen_by_the_school_at_once_and_recorded(
    world: World, child: Student, father: httpx.AsyncClient, database_urls: tuple[str, str]
) -> None:
    seen = await father.get(OWN)
    assert seen.json() == {"version": 1, "name": "王建国", "phone": "13812345678", "address": None}
    changed = await father.patch(OWN, json={"phone": "13900002222", "address": "青山路2号"}, headers={"If-Match": seen.headers["etag"]})
    assert (changed.status_code, changed.json()["phone"], changed.headers["etag"]) == (200, "13900002222", '"2"')
    teacher = await world.client("registrar")
    assert "13900002222" in (await teacher.get(f"/api/v1/students/{child.id}")).text
    admin = await asyncpg.connect(database_urls[1])
    entry = await admin.fetchrow(
        "select * from audit_entries where school_id = $1 and entity = 'guardians' and action = 'change'", world.school_id
    )
    await admin.close()
    assert entry["account_id"] == father.account.id and entry["fields"] == ["address", "phone"]  # type: ignore[attr-defined]


async def test_a_version_is_asked_for_and_must_be_the_last(father: httpx.AsyncClient) -> None:
    assert (await father.patch(OWN, json={"address": "青山路2号"})).status_code == 428
    assert (await father.patch(OWN, json={"address": "青山路2号"}, headers={"If-Match": '"7"'})).status_code == 412


@pytest.mark.parametrize("body", [{"phone": None}, {"phone": "打不通"}, {"name": "改名"}, {"address": ""}])
async def test_the_telephone_is_never_emptied_and_nothing_else_is_changed(father: httpx.AsyncClient, body: dict[str, object]) -> None:
    assert (await father.patch(OWN, json=body, headers={"If-Match": '"1"'})).status_code == 422


async def test_it_is_the_own_contact_and_nobody_elses(world: World, child: Student, father: httpx.AsyncClient) -> None:
    mother = await world.family(await guardian(world, child, "李梅", "13700000000"))
    await father.patch(OWN, json={"phone": "13900002222"}, headers={"If-Match": '"1"'})
    assert (await mother.get(OWN)).json()["phone"] == "13700000000"
    for client in (await world.client("principal"), await world.client(account=await world.student_account(child))):
        assert (await client.get(OWN)).status_code == 403
        assert (await client.patch(OWN, json={"phone": "13900002222"}, headers={"If-Match": '"1"'})).status_code == 403
