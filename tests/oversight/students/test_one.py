"""One student: by data class, changed with care, numbers revealed with a reason."""

from datetime import date

import httpx

from nuanyang.oversight.students.schemas import ClassList, SchoolYearList, StudentShown
from nuanyang.school.students.models import StudentContact, StudentFamily, StudentRecord
from tests.factories.students import case, guardian, named, numbers
from tests.factories.world import World


async def read(client: httpx.AsyncClient, student_id: object) -> dict[str, object]:
    answer = await client.get(f"/api/v1/students/{student_id}")
    assert answer.status_code == 200, answer.text
    StudentShown.model_validate_json(answer.content)
    return answer.json()


async def test_every_group_is_whole_or_absent(world: World) -> None:
    own = await world.school_class(7, 3)
    student = await named(world, "单雨桐", own)
    await guardian(world, student)
    await guardian(world, student, "不可联系", "13900000001", may_contact=False, priority=2)
    await numbers(world, student, "110101201305060019", "G110101201305060019")
    await world.add(StudentFamily(school_id=world.school_id, id=student.id, left_behind=2, source="sheet"))
    await world.add(StudentRecord(school_id=world.school_id, id=student.id, boarding="boarding"))
    await case(world, student, "C4")
    whole = await read(await world.client("principal"), student.id)
    assert whole["basic"]["boarding"] == "boarding"
    assert whole["basic"]["class_name"] == own.name
    assert whole["family"]["left_behind"] == 2
    assert whole["economic"] == dict.fromkeys(whole["economic"]) | {"special_groups": []}
    assert [(g["name"], g["phone"]) for g in whole["contact"]["guardians"]] == [("王建国", "13812345678"), ("不可联系", None)]
    assert whole["identity"] == {"identity_kind": "resident_id", "identity_tail": "19", "registration_kind": "G", "registration_tail": "19"}
    assert "clinical" in whole["hidden"]
    teacher = await read(await world.client(("homeroom_teacher", own)), student.id)
    assert not {"identity", "economic", "health"} & teacher.keys()
    assert {"identity", "economic", "health"} <= set(teacher["hidden"])
    subject = await read(await world.client(("subject_teacher", own)), student.id)
    assert set(subject) == {"id", "version", "basic", "academic", "support_needs", "hidden"}
    assert {"contact", "family", "cases"} <= set(subject["hidden"])


async def test_invisible_is_not_found(world: World) -> None:
    other = await world.elsewhere()
    foreign, own = await named(other, "外校"), await named(world, "甲")
    principal, teacher = await world.client("principal"), await world.client(("homeroom_teacher", await world.school_class()))
    assert (await principal.get(f"/api/v1/students/{foreign.id}")).status_code == 404
    assert (await teacher.get(f"/api/v1/students/{own.id}")).json()["code"] == "student_not_found"
    assert (await world.anonymous().get(f"/api/v1/students/{own.id}")).status_code == 401
    assert (await (await world.client("admin")).get(f"/api/v1/students/{own.id}")).status_code == 403
    assert (await principal.get("/api/v1/students/nonsense")).status_code == 422
    for client in (principal, teacher):
        answer = await client.patch(f"/api/v1/students/{foreign.id}", json={"basic": {"name": "改"}}, headers={"If-Match": '"1"'})
        assert answer.status_code == 404
        answer = await client.post(
            f"/api/v1/students/{foreign.id}/reveal-identity", json={"field": "identity_number", "reason": "核对学籍"}
        )
        assert answer.status_code in (403, 404)


async def test_a_change_needs_the_version_and_keeps_the_pinyin(world: World) -> None:
    own = await world.school_class()
    student = await named(world, "单雨", own)
    url, teacher = f"/api/v1/students/{student.id}", await world.client(("homeroom_teacher", own))
    tag = (await teacher.get(url)).headers["etag"]
    assert (await teacher.patch(url, json={"basic": {"name": "曾雨"}})).status_code == 428
    changed = await teacher.patch(
        url, json={"basic": {"name": "曾雨", "birth_on": None}, "contact": {"phone": "13800001111"}}, headers={"If-Match": tag}
    )
    assert changed.status_code == 200, changed.text
    assert (changed.json()["basic"]["name"], changed.json()["basic"]["birth_on"], changed.json()["contact"]["phone"]) == (
        "曾雨",
        None,
        "13800001111",
    )
    assert changed.json()["basic"]["sex"] == "male"
    assert changed.headers["etag"] != tag
    assert (await teacher.patch(url, json={"basic": {"name": "迟到"}}, headers={"If-Match": tag})).status_code == 412
    assert [r["id"] for r in (await teacher.get("/api/v1/students?q=zengyu")).json()["items"]] == [str(student.id)]


async def test_a_change_of_contact_alone_counts_up_too(world: World) -> None:
    student = await named(world, "甲")
    await world.add(StudentContact(school_id=world.school_id, id=student.id, phone="1", address="旧址"))
    url, registrar = f"/api/v1/students/{student.id}", await world.client("registrar")
    changed = await registrar.patch(url, json={"contact": {"address": "新址"}}, headers={"If-Match": '"1"'})
    assert (changed.json()["contact"]["address"], changed.json()["contact"]["phone"]) == ("新址", "1")
    assert changed.headers["etag"] == '"2"'


async def test_who_may_not_write_changes_nothing(world: World) -> None:
    own = await world.school_class()
    student = await named(world, "甲", own)
    url = f"/api/v1/students/{student.id}"
    for role in ("principal", ("subject_teacher", own)):
        client = await world.client(role)
        assert (await client.patch(url, json={"basic": {"name": "乙"}}, headers={"If-Match": '"1"'})).status_code == 403
    registrar = await world.client("registrar")
    for body in (
        {"basic": {"name": None}},
        {"basic": {"name": ""}},
        {"basic": {"grade": 3}},
        {"family": {}},
        {"contact": {"phone": "电话"}},
    ):
        assert (await registrar.patch(url, json=body, headers={"If-Match": '"1"'})).status_code == 422, body
    assert (await read(registrar, student.id))["basic"]["name"] == "甲"


async def test_a_number_is_revealed_to_who_holds_identity(world: World) -> None:
    student = await named(world, "甲")
    await numbers(world, student, "11010120130506001X", "G110101201305060019")
    url = f"/api/v1/students/{student.id}/reveal-identity"
    principal = await world.client("principal")
    answer = await principal.post(url, json={"field": "identity_number", "reason": "核对学籍信息"})
    assert answer.json() == {"field": "identity_number", "value": "11010120130506001X"}
    assert answer.headers["cache-control"] == "no-store"
    assert (await principal.post(url, json={"field": "registration_number", "reason": "核对学籍信息"})).json()[
        "value"
    ] == "G110101201305060019"
    assert (await principal.post(url, json={"field": "identity_number", "reason": ""})).status_code == 422
    assert (
        await (await world.client("academic_affairs")).post(url, json={"field": "identity_number", "reason": "核对学籍信息"})
    ).status_code == 403
    bare = await named(world, "乙")
    answer = await principal.post(
        f"/api/v1/students/{bare.id}/reveal-identity", json={"field": "identity_number", "reason": "核对学籍信息"}
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "number_not_kept")


async def test_classes_are_those_of_this_year_in_scope(world: World) -> None:
    own, other = await world.school_class(7, 2), await world.school_class(7, 10)
    principal = await world.client("principal")
    teacher = await world.client(("homeroom_teacher", own))
    answer = await principal.get("/api/v1/classes")
    ClassList.model_validate_json(answer.content)
    assert [c["id"] for c in answer.json()["items"]] == [str(own.id), str(other.id)]
    assert answer.json()["items"][0]["homeroom_teacher"].startswith("教师")
    assert [c["id"] for c in (await teacher.get("/api/v1/classes")).json()["items"]] == [str(own.id)]
    assert (await principal.get("/api/v1/classes?grade=7")).status_code == 422
    assert (await principal.get(f"/api/v1/classes?school_year_id={other.id}")).json() == {"school_year": None, "items": []}
    assert (await world.anonymous().get("/api/v1/classes")).status_code == 401


async def test_school_years_name_the_present_one(world: World) -> None:
    answer = await (await world.client("principal")).get("/api/v1/school-years")
    SchoolYearList.model_validate_json(answer.content)
    year = answer.json()["items"][0]
    assert (year["id"], year["is_current"], [t["number"] for t in year["terms"]]) == (str(world.year.id), True, [1, 2])
    assert sum(t["is_current"] for t in year["terms"]) == 1
    assert date.fromisoformat(year["starts_on"]) == world.year.starts_on
