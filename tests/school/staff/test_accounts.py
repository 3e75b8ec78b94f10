"""Accounts for the staff of the roster."""

from nuanyang.kit.clock import today
from nuanyang.school.classes.models import ClassStaff
from nuanyang.school.staff.rules import usernames
from tests.factories.world import World


def test_names_are_made_of_pinyin_and_counted_up() -> None:
    assert usernames(["chenjing", "chenjing", "ŌuYáng"], "3201000001", {"chenjing.0001"}) == [
        "chenjing2.0001",
        "chenjing3.0001",
        "uyng.0001",
    ]


async def test_every_member_of_staff_gets_an_account_with_the_class_posts(world: World) -> None:
    school_class = await world.school_class(7, 3)
    teacher, other = await world.staff("陈静"), await world.staff("陈静")
    post = ClassStaff(school_id=world.school_id, class_id=school_class.id, staff_id=teacher.id, role="homeroom_teacher", valid_from=today())
    await world.add(post)
    admin = await world.client("admin")
    made = await admin.post("/api/v1/accounts/from-roster", json={"limit": 1})
    assert made.status_code == 200, made.text
    assert (len(made.json()["items"]), made.json()["remaining"]) == (1, 1)
    items = made.json()["items"] + (await admin.post("/api/v1/accounts/from-roster", json={})).json()["items"]
    assert len({item["username"] for item in items}) == 2
    assert sorted(item["classes"] for item in items) == [[], [school_class.name]]
    first = next(item for item in items if item["classes"])
    client = world.anonymous()
    signed = await client.post("/api/v1/auth/token", data={"username": first["username"], "password": first["first_password"]})
    assert signed.json()["must_change_password"] is True
    assert signed.json()["school"]["roles"] == ["homeroom_teacher"]
    assert (await admin.post("/api/v1/accounts/from-roster", json={})).json() == {"items": [], "remaining": 0}
    assert other.id != teacher.id


async def test_only_administrators_open_accounts(world: World) -> None:
    assert (await (await world.client("principal")).post("/api/v1/accounts/from-roster", json={})).status_code == 403
    assert (await world.anonymous().post("/api/v1/accounts/from-roster", json={})).status_code == 401
