"""家长激活码: slips for a class, and the account a guardian opens with one."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from nuanyang.access.accounts.models import Account, Membership
from nuanyang.kit.clock import now
from nuanyang.kit.crypto import secret_hash
from nuanyang.kit.ids import new_id
from nuanyang.school.activation.models import ActivationCode
from nuanyang.school.activation.rules import is_child, masked, plain_code, shown_code
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.guardians.models import Guardian, StudentGuardian
from nuanyang.school.students.models import Student
from tests.factories.students import guardian, kept_away
from tests.factories.world import World

CODES, DOOR = "/api/v1/activation-codes", "/api/v1/activation"
PASSWORD = "纸鸢飞过青石板与河湾"  # nobody's name, nobody's number
BORN = date(2013, 5, 6)


def opening(slip: dict[str, Any], child: Student, **more: Any) -> dict[str, Any]:
    return {"code": slip["code"], "child_name": child.name, "child_birth_on": str(child.birth_on), "password": PASSWORD} | more


async def slips(world: World, room: SchoolClass, **more: Any) -> list[dict[str, Any]]:
    client = more.pop("client", None) or await world.client("moral_education")
    made = await client.post(CODES, json={"class_id": str(room.id)} | more)
    assert made.status_code == 200, made.text
    return list(made.json()["items"])


async def family(world: World, name: str = "王小明") -> tuple[SchoolClass, Student, Guardian]:
    room = await world.school_class()
    child = await world.student(name, room)
    return room, child, await guardian(world, child, "王建国")


async def also(world: World, parent: Guardian, child: Student) -> None:
    await world.add(
        StudentGuardian(
            school_id=world.school_id, id=new_id(), student_id=child.id, guardian_id=parent.id, relation="father", is_guardian=True
        )
    )


@pytest.mark.parametrize(("name", "shown"), [("王小明", "王*明"), ("王明", "王*"), ("欧阳娜娜", "欧**娜"), ("王", "王*")])
def test_a_slip_does_not_tell_the_name_that_is_asked_for(name: str, shown: str) -> None:
    assert masked(name) == shown


@pytest.mark.parametrize("typed", ["abcd-efgh-jkmn", "ABCD EFGH JKMN", "ａｂｃｄ—ｅｆｇｈ—ｊｋｍｎ", " abcdefgh jkmn"])
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert plain_code(typed) == "abcdefghjkmn" and shown_code("abcdefghjkmn") == "abcd-efgh-jkmn"


@pytest.mark.parametrize(
    ("name", "birth", "known", "same"),
    [
        ("王小明", BORN, BORN, True),
        ("王 小明", BORN, BORN, True),
        ("王小明", BORN + timedelta(days=1), BORN, False),
        ("王小名", BORN, BORN, False),
        ("王小明", BORN, None, True),
        ("王小名", BORN, None, False),
    ],
)
def test_name_and_birthday_are_asked_beside_the_code(name: str, birth: date, known: date | None, same: bool) -> None:
    assert is_child(name, birth, "王小明", known) is same


async def test_a_guardian_opens_their_account_and_signs_in(world: World) -> None:
    room, child, parent = await family(world)
    await guardian(world, child, "接送的阿姨", is_guardian=False)
    (slip,) = await slips(world, room)
    assert (slip["student_name"], slip["guardian_name"]) == ("王*明", "王*国") and slip["qr"].startswith("data:image/svg+xml")
    assert slip["address"].endswith("/activate") and slip["code"] not in slip["address"]
    stranger = world.anonymous()
    made = await stranger.post(DOOR, json=opening(slip, child))
    assert made.status_code == 201, made.text
    assert (made.json()["display_name"], made.json()["children"]) == ("王建国", ["王小明"])
    assert made.json()["username"].startswith("wangjianguo")
    signed = await stranger.post("/api/v1/auth/token", data={"username": made.json()["username"], "password": PASSWORD})
    assert signed.status_code == 200 and signed.json()["must_change_password"] is False
    bearer = {"Authorization": f"Bearer {signed.json()['access_token']}"}
    me = (await stranger.get("/api/v1/me", headers=bearer)).json()
    assert (me["person"]["kind"], me["person"]["id"], me["roles"]) == ("guardian", str(parent.id), [])
    # One use, and then no slip is printed any more.
    assert (await stranger.post(DOOR, json=opening(slip, child))).json()["code"] == "activation_refused"
    teacher = await world.client(("homeroom_teacher", room))
    assert await slips(world, room, client=teacher) == []
    listed = (await teacher.get(CODES, params={"class_id": str(room.id)})).json()["items"][0]["guardians"]
    assert [(one["name"], one["state"]) for one in listed] == [("王建国", "active")]


async def test_the_list_shows_who_holds_a_code_and_never_the_code(world: World) -> None:
    room, _, _ = await family(world)
    teacher = await world.client(("homeroom_teacher", room))
    before = (await teacher.get(CODES, params={"class_id": str(room.id)})).json()
    assert before["items"][0]["guardians"][0]["state"] == "none"
    (slip,) = await slips(world, room, client=teacher)
    after = await teacher.get(CODES, params={"class_id": str(room.id)})
    assert after.json()["items"][0]["guardians"][0]["state"] == "code" and slip["code"] not in after.text
    async with world.session() as session:
        kept = (
            (await session.execute(text("select code_hash from activation_codes where school_id = :s"), {"s": world.school_id}))
            .scalars()
            .all()
        )
    assert kept == [secret_hash(plain_code(slip["code"]))]


async def test_a_new_print_voids_the_older_one(world: World) -> None:
    room, child, _ = await family(world)
    (first,), (second,) = await slips(world, room), await slips(world, room)
    stranger = world.anonymous()
    assert (await stranger.post(DOOR, json=opening(first, child))).status_code == 409
    assert (await stranger.post(DOOR, json=opening(second, child))).status_code == 201


async def test_a_code_lapses_after_fourteen_days(world: World) -> None:
    room, child, parent = await family(world)
    await slips(world, room)
    async with world.session() as session:
        row = (
            await session.execute(text("select expires_at, created_at from activation_codes where guardian_id = :g"), {"g": parent.id})
        ).one()
    assert timedelta(days=13, hours=23) < row.expires_at - row.created_at <= timedelta(days=14, seconds=5)
    async with world.session() as session:
        await session.execute(text("update activation_codes set voided_at = now() where guardian_id = :g"), {"g": parent.id})
    lapsed = ActivationCode(
        school_id=world.school_id,
        id=new_id(),
        guardian_id=parent.id,
        class_id=room.id,
        code_hash=secret_hash("lapsedlapsed"),
        expires_at=row.created_at - timedelta(seconds=1),
    )
    await world.add(lapsed)
    assert (await world.anonymous().post(DOOR, json=opening({"code": "laps-edla-psed"}, child))).json()["code"] == "activation_refused"


async def test_every_refusal_reads_the_same(world: World) -> None:
    room, child, _ = await family(world)
    (slip,) = await slips(world, room)
    stranger, told = world.anonymous(), set()
    for body in (
        opening(slip, child, code="aaaa-bbbb-cccc"),
        opening(slip, child, code="码"),
        opening(slip, child, child_name="王小红"),
        opening(slip, child, child_birth_on="2013-05-07"),
    ):
        answer = await stranger.post(DOOR, json=body)
        told.add((answer.status_code, answer.json()["code"], answer.json()["detail"]))
    assert len(told) == 1 and next(iter(told))[0] == 409


async def test_guessing_what_the_family_knows_is_slowed_down(world: World) -> None:
    room, child, _ = await family(world)
    (slip,) = await slips(world, room)
    answers = [await world.anonymous().post(DOOR, json=opening(slip, child, child_birth_on=f"2013-01-0{n}")) for n in range(1, 8)]
    assert [a.status_code for a in answers[:5]] == [409] * 5 and answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    # From whatever address, also with the right answer.
    assert (await world.anonymous().post(DOOR, json=opening(slip, child))).status_code == 429


@pytest.mark.parametrize("password", ["1234567", "password1", "王建国的家888", "20130506abc", "wangxiaoming1"])
async def test_a_password_that_others_would_try_is_refused_and_the_code_stays_good(world: World, password: str) -> None:
    room, child, _ = await family(world)
    (slip,) = await slips(world, room)
    stranger = world.anonymous()
    for _ in range(5):  # choosing badly is no guessing
        refused = await stranger.post(DOOR, json=opening(slip, child, password=password))
    assert (refused.status_code, refused.json()["code"], refused.json()["errors"][0]["pointer"]) == (422, "weak_password", "#/password")
    assert (await stranger.post(DOOR, json=opening(slip, child))).status_code == 201


async def test_several_at_once_open_one_account(world: World) -> None:
    room, child, parent = await family(world)
    (slip,) = await slips(world, room)
    answers = await asyncio.gather(*(world.anonymous().post(DOOR, json=opening(slip, child)) for _ in range(8)))
    assert sorted(a.status_code for a in answers).count(201) == 1 and all(a.status_code in (201, 409, 429) for a in answers)
    async with world.session() as session:
        count = await session.scalar(text("select count(*) from memberships where person_id = :g"), {"g": parent.id})
    assert count == 1


async def test_a_guardian_of_two_classes_has_one_account_and_one_code(world: World) -> None:
    room, child, parent = await family(world)
    other_room = await world.school_class(8)
    sister = await world.student("王小雨", other_room)
    await also(world, parent, sister)
    (first,), (second,) = await slips(world, room), await slips(world, other_room)
    stranger = world.anonymous()
    assert (await stranger.post(DOOR, json=opening(first, child))).status_code == 409  # the newer slip is the good one
    made = await stranger.post(DOOR, json=opening(second, child))  # whichever child is named
    assert made.status_code == 201 and sorted(made.json()["children"]) == ["王小明", "王小雨"]
    assert await slips(world, room) == [] and await slips(world, other_room) == []
    account_id = new_id()
    with pytest.raises(IntegrityError, match="uq_memberships_guardian"):
        await world.add(
            Account(id=account_id, username=f"second.{account_id.hex}", display_name="王建国", password_hash=None, created_at=now()),
            Membership(school_id=world.school_id, account_id=account_id, person_kind="guardian", person_id=parent.id),
        )


async def test_an_order_takes_the_slip_and_the_door_away(world: World) -> None:
    room, child, father = await family(world)
    (slip,) = await slips(world, room)
    await kept_away(world, child, father, "no_information")
    stranger = world.anonymous()
    assert (await stranger.post(DOOR, json=opening(slip, child))).json()["code"] == "activation_refused"
    assert await slips(world, room) == []
    # With another child there is an account, and this one is not in it.
    room_of_other = await world.school_class(8)
    other = await world.student("王小雨", room_of_other)
    await also(world, father, other)
    (slip,) = await slips(world, room_of_other)
    assert (await stranger.post(DOOR, json=opening(slip, child))).status_code == 409
    made = await stranger.post(DOOR, json=opening(slip, other))
    assert made.status_code == 201 and made.json()["children"] == ["王小雨"]


async def test_who_may_print(world: World) -> None:
    room, child, _ = await family(world)
    body = {"class_id": str(room.id)}
    assert (await world.anonymous().post(CODES, json=body)).status_code == 401
    for role in ("registrar", "counsellor", "admin", "principal"):
        assert (await (await world.client(role)).post(CODES, json=body)).status_code == 403
    assert (await (await world.client(("homeroom_teacher", await world.school_class(8)))).post(CODES, json=body)).status_code == 404
    assert (await (await (await world.elsewhere()).client("moral_education")).post(CODES, json=body)).status_code == 404
    office = await world.client("moral_education")
    assert len(await slips(world, room, client=office, student_id=str(child.id))) == 1
    assert await slips(world, room, client=office, student_id=str(new_id())) == []
