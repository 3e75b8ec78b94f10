"""Accounts for the students of a class, and what such an account may and may not do."""

from nuanyang.entrypoints.http import PREFIX
from nuanyang.kit.ids import new_id
from tests.factories.world import World

OPEN = "/api/v1/student-accounts"


async def test_a_class_gets_its_accounts_and_each_student_signs_in_as_themselves(world: World) -> None:
    room = await world.school_class(7, 3)
    for name, number in (("林小满", "s0701"), ("林小满", "s0702"), ("何苗", None)):
        await world.student(name, room, student_number=number, pinyin="hemiao")
    await world.student("转走了", room, status="transferred_out")
    admin = await world.client("admin")
    (before,) = (await admin.get(OPEN)).json()["items"]
    assert (before["class_name"], before["students"], before["with_account"]) == (room.name, 3, 0)
    made = await admin.post(OPEN, json={"class_id": str(room.id), "limit": 2})
    assert made.status_code == 200, made.text
    assert made.json()["remaining"] == 1 and [one["student_number"] for one in made.json()["items"]] == ["s0701", "s0702"]
    rest = (await admin.post(OPEN, json={"class_id": str(room.id)})).json()["items"]
    assert [one["name"] for one in rest] == ["何苗"] and rest[0]["username"].startswith("hemiao")
    assert (await admin.post(OPEN, json={"class_id": str(room.id)})).json()["items"] == []
    assert (await admin.get(OPEN)).json()["items"][0]["with_account"] == 3

    one, client = made.json()["items"][0], world.anonymous()
    assert one["username"].startswith("s0701.")
    signed = await client.post("/api/v1/auth/token", data={"username": one["username"], "password": one["first_password"]})
    assert signed.json()["must_change_password"] is True
    # A class's computer forgets the session with its window; a teacher's own stays.
    assert "max-age" not in signed.headers["set-cookie"].lower()
    me = (await client.get("/api/v1/me", headers={"Authorization": f"Bearer {signed.json()['access_token']}"})).json()
    assert (me["person"]["kind"], me["home"], me["menu"], me["rights"], me["roles"]) == ("student", "student", ["home"], {}, [])


async def test_only_administrators_open_them_and_only_for_classes_of_their_school(world: World) -> None:
    room, admin = await world.school_class(7, 3), await world.client("admin")
    await world.student(school_class=room)
    body = {"class_id": str(room.id)}
    assert (await world.anonymous().post(OPEN, json=body)).status_code == 401
    assert (await (await world.client("principal")).post(OPEN, json=body)).status_code == 403
    assert (await world.anonymous().get(OPEN)).status_code == 401
    assert (await (await world.client(("homeroom_teacher", room))).get(OPEN)).status_code == 403
    assert (await admin.post(OPEN, json={"class_id": str(new_id())})).status_code == 404
    elsewhere = await world.elsewhere()
    assert (await (await elsewhere.client("admin")).post(OPEN, json=body)).status_code == 404


async def test_a_student_is_given_no_post(world: World) -> None:
    account, admin = await world.student_account(await world.student()), await world.client("admin")
    refused = await admin.post(f"/api/v1/accounts/{account.id}/roles", json={"role": "principal"})
    assert refused.status_code == 422 and refused.json()["errors"][0]["code"] == "not_staff"
    listed = (await admin.get("/api/v1/accounts", params={"person_kind": "student"})).json()["items"]
    assert [(one["id"], one["person_kind"]) for one in listed] == [(str(account.id), "student")]
    assert all(one["person_kind"] == "staff" for one in (await admin.get("/api/v1/accounts?person_kind=staff")).json()["items"])


async def test_a_student_reads_nothing_but_their_own(world: World) -> None:
    pupil = await world.student("别处都没有")
    child = await world.client(account=await world.student_account(pupil))
    document = world.app.openapi()
    answers = {}
    for path, methods in document["paths"].items():
        required = [p["name"] for p in methods.get("get", {}).get("parameters", ()) if p.get("required")]
        if "get" in methods and path.startswith(PREFIX) and not required:
            answers[path] = (await child.get(path)).status_code
    answers[f"{PREFIX}/students/{pupil.id}"] = (await child.get(f"{PREFIX}/students/{pupil.id}")).status_code
    open_to_all = {path for path, status in answers.items() if status == 200}
    own = (
        "me",
        "me/sessions",
        "me/second-factor",
        "me/security-events",
        "home",
        "jobs",
        "self-reports",
        "self-reports/form",
        "my/plan",
        "my/consents",
    )
    everybodys = ("calendar",)  # the days of the school
    assert open_to_all <= {f"{PREFIX}/{name}" for name in own + everybodys}, open_to_all
