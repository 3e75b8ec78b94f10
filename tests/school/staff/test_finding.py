"""Colleagues found by name, pinyin and initials: for case leads, reviewers and who carries a measure out."""

from typing import Any

from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from nuanyang.school.classes.models import ClassStaff
from nuanyang.school.staff.models import StaffMember
from tests.factories.world import World


async def member(world: World, name: str, pinyin: str, initials: str, **more: Any) -> StaffMember:
    return await world.add(StaffMember(school_id=world.school_id, id=new_id(), name=name, pinyin=pinyin, initials=initials, **more))


async def names(client: Any, **asked: Any) -> list[str]:
    answer = await client.get("/api/v1/staff", params=asked)
    assert answer.status_code == 200, answer.text
    return [row["name"] for row in answer.json()["items"]]


async def test_colleagues_are_found_by_characters_pinyin_and_initials(world: World) -> None:
    await member(world, "单雪梅", "shanxuemei", "sxm")
    await member(world, "沈学明", "shenxueming", "sxm")
    await member(world, "单离职", "shanlizhi", "slz", status="left")
    await member(await world.elsewhere(), "单外校", "shanwaixiao", "swx")
    client = await world.client(("homeroom_teacher", await world.school_class()))
    assert await names(client, q="雪梅") == ["单雪梅"]
    assert await names(client, q="SXM") == ["单雪梅", "沈学明"]
    assert await names(client, q="shenx") == ["沈学明"]
    assert await names(client, q="单") == ["单雪梅"]  # nobody who left, nobody of another school
    assert await names(client, q="%") == []


async def test_namesakes_are_told_apart_by_their_posts(world: World) -> None:
    school_class = await world.school_class(7, 3)
    first, second = await world.staff("周静"), await world.staff("周静")
    post = ClassStaff(school_id=world.school_id, class_id=school_class.id, staff_id=first.id, role="homeroom_teacher", valid_from=today())
    await world.add(post)
    await world.account("counsellor", ("grade_head", 7), staff=second)
    rows = (await (await world.client("principal")).get("/api/v1/staff", params={"q": "周静"})).json()["items"]
    assert {row["id"]: row["posts"] for row in rows} == {
        str(first.id): [{"role": "homeroom_teacher", "grade": None, "class_name": "7年级(3)班"}],
        str(second.id): [
            {"role": "counsellor", "grade": None, "class_name": None},
            {"role": "grade_head", "grade": 7, "class_name": None},
        ],
    }


async def test_the_list_pages_by_name(world: World) -> None:
    client = await world.client("moral_education")
    for n in range(5):
        await member(world, f"教师{n}", f"zz{n // 2}", "zz")
    seen: list[str] = []
    cursor = None
    while True:
        page = (await client.get("/api/v1/staff", params={"q": "zz", "limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        seen += [row["name"] for row in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert sorted(seen) == [f"教师{n}" for n in range(5)]
    assert (await client.get("/api/v1/staff", params={"cursor": "eyJ4Ig"})).status_code == 422
    assert (await client.get("/api/v1/staff", params={"name": "x"})).status_code == 422


async def test_only_who_works_with_students_finds_colleagues(world: World) -> None:
    assert (await world.anonymous().get("/api/v1/staff")).status_code == 401
    assert (await (await world.client("youth_league")).get("/api/v1/staff")).status_code == 403
    assert (await (await world.client(("subject_teacher", await world.school_class()))).get("/api/v1/staff")).status_code == 200
