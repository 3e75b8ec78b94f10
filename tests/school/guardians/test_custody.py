"""监护令: who records what keeps a guardian from a child, and that the child is then not there for them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from nuanyang.kit.clock import now, today
from nuanyang.kit.ids import new_id
from nuanyang.school.guardians.children import child_of, children_of
from nuanyang.school.guardians.models import CustodyOrder, Guardian, StudentGuardian
from nuanyang.school.guardians.rules import keeps_away, state_of
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import StudentNotFound
from tests.factories.students import guardian, kept_away
from tests.factories.world import World


def orders(student: Student) -> str:
    return f"/api/v1/students/{student.id}/custody-orders"


def body(parent: Guardian, *kinds: str, **more: Any) -> dict[str, Any]:
    facts = {"source": "court", "reference": "（2026）民初字第12号", "starts_on": str(today())}
    return {"guardian_id": str(parent.id), "kinds": list(kinds or ("no_information",))} | facts | more


async def children(world: World, parent: Guardian) -> list[str]:
    caller = await world.caller(await world.guardian_account(parent))
    async with world.session() as session:
        return [child.name for child in await children_of(session, caller)]


async def sibling(world: World, parent: Guardian, name: str, **more: Any) -> Student:
    child = await world.student(name)
    facts = {"relation": "mother", "is_guardian": True} | more
    await world.add(StudentGuardian(school_id=world.school_id, id=new_id(), student_id=child.id, guardian_id=parent.id, **facts))
    return child


@pytest.mark.parametrize(
    ("days", "is_lifted", "state"),
    [
        ((-1, None), False, "in_force"),
        ((0, 0), False, "in_force"),
        ((1, 9), False, "coming"),
        ((-9, -1), False, "over"),
        ((1, 9), True, "lifted"),
    ],
)
def test_an_order_holds_from_its_first_to_its_last_day(days: tuple[int, int | None], is_lifted: bool, state: str) -> None:
    first, last = (None if d is None else today() + timedelta(days=d) for d in days)
    assert first is not None
    assert state_of(first, last, is_lifted=is_lifted, day=today()) == state


def test_not_to_fetch_a_child_keeps_nobody_from_knowing_it() -> None:
    assert not keeps_away(["no_pick_up"]) and keeps_away(["no_pick_up", "no_contact"]) and keeps_away(["no_information"])


async def test_children_are_those_one_is_guardian_of_today(world: World) -> None:
    first = await world.student("甲")
    parent = await guardian(world, first)
    await sibling(world, parent, "乙")
    await sibling(world, parent, "接送的孩子", is_guardian=False)
    await sibling(world, parent, "从前的孩子", ended_on=today())
    await sibling(
        world,
        parent,
        "并掉的",
    )
    async with world.session() as session:
        await session.execute(
            text("update students set status = 'merged' where name = '并掉的' and school_id = :s"), {"s": world.school_id}
        )
    await guardian(world, await world.student("别人家的"))
    assert sorted(await children(world, parent)) == ["乙", "甲"]


@pytest.mark.parametrize(
    ("kinds", "days", "is_lifted", "stays"),
    [
        (["no_information"], (-5, None), False, False),
        (["no_contact"], (0, 0), False, False),
        (["no_pick_up"], (-5, None), False, True),
        (["no_information", "no_contact", "no_pick_up"], (1, 9), False, True),
        (["no_contact"], (-9, -1), False, True),
        (["no_information"], (-5, None), True, True),
    ],
)
async def test_a_child_is_not_there_for_whom_an_order_in_force_keeps_away(
    world: World, kinds: list[str], days: tuple[int, int | None], is_lifted: bool, stays: bool
) -> None:
    child = await world.student("甲")
    father, mother = await guardian(world, child, "父亲"), await guardian(world, child, "母亲", relation="mother")
    await sibling(world, father, "乙")
    first, last = (None if d is None else today() + timedelta(days=d) for d in days)
    lifted = {"lifted_at": now(), "lifted_by": new_id(), "lifted_reason": "法院撤销"} if is_lifted else {}
    await kept_away(world, child, father, *kinds, starts_on=first, ends_on=last, **lifted)
    assert sorted(await children(world, father)) == (["乙", "甲"] if stays else ["乙"])
    assert await children(world, mother) == ["甲"]
    caller = await world.caller(await world.guardian_account(father))
    async with world.session() as session:
        if stays:
            assert (await child_of(session, caller, child.id)).id == child.id
        else:
            with pytest.raises(StudentNotFound):
                await child_of(session, caller, child.id)


async def test_nobody_else_has_children_here(world: World) -> None:
    child = await world.student("甲")
    parent = await guardian(world, child)
    async with world.session() as session:
        for account in (await world.account("principal"), await world.student_account(child)):
            assert await children_of(session, await world.caller(account)) == []
    # The same guardian's id in another school is nobody's.
    elsewhere = await world.elsewhere()
    caller = await elsewhere.caller(await elsewhere.guardian_account(parent))
    async with elsewhere.session() as session:
        assert await children_of(session, caller) == []


async def test_recording_and_lifting(world: World) -> None:
    child = await world.student("甲")
    father = await guardian(world, child, "父亲")
    office = await world.client("moral_education")
    empty = (await office.get(orders(child))).json()
    assert empty["items"] == [] and empty["may_record"] and empty["guardians"][0]["name"] == "父亲"
    made = await office.post(orders(child), json=body(father, "no_contact", "no_pick_up"))
    assert made.status_code == 201, made.text
    shown = made.json()
    assert (shown["state"], shown["kinds"], shown["guardian_name"], shown["relation"]) == (
        "in_force",
        ["no_contact", "no_pick_up"],
        "父亲",
        "father",
    )
    assert made.headers["etag"] == '"1"' and await children(world, father) == []
    async with world.session() as session:
        assert not await session.scalar(text("select may_contact from student_guardians where guardian_id = :g"), {"g": father.id})
    lift, reason = f"/api/v1/custody-orders/{shown['id']}/lift", {"reason": "法院裁定撤销"}
    assert (await office.post(lift, json=reason)).status_code == 428
    assert (await office.post(lift, json=reason, headers={"If-Match": '"7"'})).status_code == 412
    lifted = await office.post(lift, json=reason, headers={"If-Match": '"1"'})
    assert (lifted.json()["state"], lifted.json()["lifted_reason"]) == ("lifted", "法院裁定撤销")
    assert (await office.post(lift, json=reason, headers={"If-Match": '"2"'})).json()["code"] == "custody_order_lifted"
    assert await children(world, father) == ["甲"]
    async with world.session() as session:
        assert await session.scalar(text("select may_contact from student_guardians where guardian_id = :g"), {"g": father.id})


async def test_a_second_order_keeps_the_guardian_off_the_people_to_call(world: World) -> None:
    child = await world.student("甲")
    father, office = await guardian(world, child, "父亲"), await world.client("principal")
    first = (await office.post(orders(child), json=body(father))).json()
    await office.post(orders(child), json=body(father, "no_contact", starts_on=str(today() + timedelta(days=3))))
    await office.post(f"/api/v1/custody-orders/{first['id']}/lift", json={"reason": "已由新的裁定代替"}, headers={"If-Match": '"1"'})
    async with world.session() as session:
        assert not await session.scalar(text("select may_contact from student_guardians where guardian_id = :g"), {"g": father.id})


async def test_who_may(world: World) -> None:
    room = await world.school_class(7, 1)
    child = await world.student("甲", room)
    father = await guardian(world, child, "父亲")
    assert (await world.anonymous().get(orders(child))).status_code == 401
    for role in ("counsellor", "vice_principal"):
        reader = await world.client(role)
        assert (await reader.get(orders(child))).json()["may_record"] is False
        assert (await reader.post(orders(child), json=body(father))).status_code == 403
    for role in ("registrar", "aid_officer", ("homeroom_teacher", room)):
        assert (await (await world.client(role)).get(orders(child))).status_code == 403
    parent = await world.client(account=await world.guardian_account(father))
    assert (await parent.get(orders(child))).status_code == 403
    assert (await (await (await world.elsewhere()).client("principal")).get(orders(child))).status_code == 404


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"kinds": []}, "#/kinds"),
        ({"kinds": ["no_school"]}, "#/kinds/0"),
        ({"guardian_id": "01900000-0000-7000-8000-000000000000"}, "#/guardian_id"),
        ({"ends_on": "2020-01-01"}, "#/ends_on"),
        ({"reference": "无"}, "#/reference"),
    ],
)
async def test_what_is_wrong_is_said_where_it_is(world: World, changes: dict[str, Any], pointer: str) -> None:
    child = await world.student("甲")
    father, office = await guardian(world, child, "父亲"), await world.client("principal")
    refused = await office.post(orders(child), json=body(father) | changes)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_the_database_keeps_what_an_order_says(world: World) -> None:
    child = await world.student("甲")
    father = await guardian(world, child, "父亲")
    order = await kept_away(world, child, father)
    for change in ("kinds = '{no_pick_up}'", "starts_on = '2030-01-01'", "guardian_id = gen_random_uuid()", "ends_on = '2026-09-02'"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with world.session() as session:
                await session.execute(text(f"update custody_orders set {change} where id = :id"), {"id": order.id})
    with pytest.raises(DBAPIError, match="permission denied"):
        async with world.session() as session:
            await session.execute(text("delete from custody_orders where id = :id"), {"id": order.id})
    stranger = await guardian(world, await world.student("乙"), "外人")
    with pytest.raises(IntegrityError, match="fk_custody_orders_relation"):
        await world.add(
            CustodyOrder(
                school_id=world.school_id,
                id=new_id(),
                student_id=child.id,
                guardian_id=stranger.id,
                kinds=["no_contact"],
                starts_on=today(),
                source="court",
                reference="张冠李戴",
            )
        )


async def test_another_school_asks_in_vain(world: World) -> None:
    child = await world.student("甲")
    father = await guardian(world, child, "父亲")
    await kept_away(world, child, father)
    question = text("select custody_keeps(:s, :g, :d)")
    values = {"s": child.id, "g": father.id, "d": today()}
    async with world.session() as session:
        assert await session.scalar(question, values) is True
    async with (await world.elsewhere()).session() as session:
        assert await session.scalar(question, values) is False
