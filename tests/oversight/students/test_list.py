"""The list of students: filters, rights, order, pages."""

import io
from typing import Any

import httpx
import openpyxl
import pytest

from nuanyang.oversight.students.schemas import StudentPage
from tests.factories.students import case, guardian, named
from tests.factories.world import World

LIST = "/api/v1/students"


async def names(client: httpx.AsyncClient, **parameters: Any) -> list[str]:
    answer = await client.get(LIST, params=parameters)
    assert answer.status_code == 200, answer.text
    StudentPage.model_validate_json(answer.content)
    return [row["basic"]["name"] for row in answer.json()["items"]]


async def test_nobody_lists_without_signing_in(world: World) -> None:
    assert (await world.anonymous().get(LIST)).status_code == 401


async def test_an_administrator_has_no_students(world: World) -> None:
    answer = await (await world.client("admin")).get(LIST)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "query", ["nmae=x", "limit=0", "limit=201", "grade=13", "sort=name", "category=C9", "cursor=xyz", "class_id=1", "status=gone"]
)
async def test_what_the_list_does_not_know_is_refused(world: World, query: str) -> None:
    answer = await (await world.client("principal")).get(f"{LIST}?{query}")
    assert answer.status_code == 422, answer.text


async def test_an_empty_school_has_an_empty_list(world: World) -> None:
    answer = await (await world.client("principal")).get(LIST, params={"count": True})
    assert answer.json() == {"items": [], "next_cursor": None, "count": 0}
    assert "link" not in answer.headers


async def test_the_list_is_sorted_by_sound_and_shows_the_enrolled(world: World) -> None:
    for name in ("张三", "安然", "单雨", "曾一"):
        await named(world, name)
    await named(world, "毕业生", status="graduated")
    principal = await world.client("principal")
    assert await names(principal) == ["安然", "单雨", "曾一", "张三"]
    assert await names(principal, status="graduated") == ["毕业生"]
    assert len(await names(principal, status=["graduated", "enrolled"])) == 5


async def test_each_filter_keeps_what_fits(world: World) -> None:
    seven, eight = await world.school_class(7, 1), await world.school_class(8, 1)
    await named(world, "甲", seven)
    await named(world, "乙", eight, sex="female")
    await named(world, "丙", eight)
    principal = await world.client("principal")
    assert await names(principal, grade=7) == ["甲"]
    assert await names(principal, grade=[7, 8]) == ["丙", "甲", "乙"]
    assert await names(principal, class_id=str(eight.id)) == ["丙", "乙"]
    assert await names(principal, class_id=[str(seven.id), str(eight.id)]) == ["丙", "甲", "乙"]
    assert await names(principal, sex="female") == ["乙"]
    assert await names(principal, grade=8, sex="male") == ["丙"]


async def test_cases_filter_by_category_level_and_state(world: World) -> None:
    a, b, c = [await named(world, n) for n in ("甲", "乙", "丙")]
    await case(world, a, "C1", level="key")
    await case(world, b, "C2")
    await case(world, b, "C1", "school_review")
    await case(world, c, "C4", "declined")
    principal = await world.client("principal")
    assert await names(principal, category="C1") == ["甲", "乙"]
    assert await names(principal, category=["C1", "C2"], case_state="recognised") == ["甲", "乙"]
    assert await names(principal, support_level="key") == ["甲"]
    assert await names(principal, category="C1", case_state="school_review") == ["乙"]
    assert await names(principal, category="C4") == []
    assert await names(principal, case_state="declined") == ["丙"]
    row = next(r for r in (await principal.get(LIST)).json()["items"] if r["basic"]["name"] == "乙")
    assert [(x["category"], x["state"]) for x in row["cases"]] == [("C1", "school_review"), ("C2", "recognised")]
    assert row["hidden"] == ["clinical"]


async def test_a_homeroom_teacher_sees_the_own_class_only(world: World) -> None:
    own, other = await world.school_class(7, 1), await world.school_class(7, 2)
    mine = await named(world, "甲", own)
    await named(world, "乙", other)
    for category in ("C1", "C2", "C3", "C4"):
        await case(world, mine, category)
    await case(world, await named(world, "丁", own), "C1", "class_review")
    teacher = await world.client(("homeroom_teacher", own))
    assert await names(teacher) == ["丁", "甲"]
    assert await names(teacher, class_id=str(other.id)) == []
    answer = (await teacher.get(LIST)).json()["items"]
    # The economic result is shown, an undecided economic case is not, and nothing of health.
    assert [[c["category"] for c in row["cases"]] for row in answer] == [[], ["C1", "C2", "C4"]]
    assert {"economic", "health", "identity"} <= set(answer[0]["hidden"])
    assert await names(teacher, category="C1") == ["甲"]
    assert (await teacher.get(LIST, params={"category": "C3"})).json()["code"] == "category_not_visible"


async def test_a_subject_teacher_learns_nothing_of_support(world: World) -> None:
    own = await world.school_class(7, 1)
    student = await named(world, "甲", own)
    await case(world, student, "C2")
    await guardian(world, student)
    teacher = await world.client(("subject_teacher", own))
    row = (await teacher.get(LIST)).json()["items"][0]
    assert "cases" not in row
    assert "contact" not in row
    assert {"cases", "contact"} <= set(row["hidden"])
    for query in ("category=C2", "support_level=key", "case_state=recognised"):
        assert (await teacher.get(f"{LIST}?{query}")).status_code == 403


async def test_rights_over_some_rows_show_only_there(world: World) -> None:
    own, other = await world.school_class(7, 1), await world.school_class(7, 2)
    mine, led, taught = await named(world, "甲", own), await named(world, "乙", other), await named(world, "丙", other)
    for student in (mine, led, taught):
        await case(world, student, "C4")
        await case(world, student, "C3")
        await guardian(world, student)
    client = await world.client(("homeroom_teacher", own), ("subject_teacher", other), ("case_lead", led))
    rows = {r["basic"]["name"]: r for r in (await client.get(LIST)).json()["items"]}
    assert [c["category"] for c in rows["甲"]["cases"]] == ["C4"]
    assert [c["category"] for c in rows["乙"]["cases"]] == ["C3", "C4"]
    assert rows["丙"]["cases"] == []
    assert "cases" in rows["丙"]["hidden"]
    assert "contact" in rows["甲"]
    assert "contact" in rows["乙"]
    assert "contact" not in rows["丙"]
    assert "contact" in rows["丙"]["hidden"]
    assert await names(client, category="C4") == ["甲", "乙"]
    assert await names(client, category="C3") == ["乙"]


async def test_what_follows_from_a_report_about_somebody_is_not_there_for_that_person(world: World) -> None:
    own = await world.school_class(7, 1)
    staff = await world.staff()
    student = await named(world, "甲", own)
    await case(world, student, "C4", withheld_from_staff_id=staff.id)
    subject_of_it = await world.client(("homeroom_teacher", own), staff=staff)
    assert (await subject_of_it.get(LIST)).json()["items"][0]["cases"] == []
    assert await names(subject_of_it, category="C4") == []
    assert await names(await world.client("principal"), category="C4") == ["甲"]


async def test_contacts_are_masked_and_a_custody_order_holds(world: World) -> None:
    student = await named(world, "甲")
    await guardian(world, student, "不可联系", "13900000001", may_contact=False)
    await guardian(world, student, "李梅", "13812345678", relation="mother", priority=2)
    row = (await (await world.client("principal")).get(LIST)).json()["items"][0]
    assert row["contact"]["guardian"] == {"name": "李梅", "relation": "mother", "phone_masked": "138****5678"}


async def test_another_school_is_not_there(world: World) -> None:
    await named(await world.elsewhere(), "外校")
    assert await names(await world.client("principal")) == []


@pytest.mark.parametrize("sort", ["pinyin", "class", "student_number", "-updated_at"])
async def test_pages_hold_every_student_once_in_order(world: World, sort: str) -> None:
    classes = [await world.school_class(8, 2), await world.school_class(7, 10), await world.school_class(7, 9)]
    for i, name in enumerate(("丁一", "丁一", "甲", "乙", "丙", "戊", "己")):
        await named(world, name, classes[i % 3], **({"student_number": None} if i in (2, 4) else {}))
    principal = await world.client("principal")
    whole = [r["id"] for r in (await principal.get(LIST, params={"sort": sort})).json()["items"]]
    seen, url = [], f"{LIST}?sort={sort}&limit=2&count=true"
    while url:
        answer = await principal.get(url)
        assert answer.json()["count"] == 7
        seen += [r["id"] for r in answer.json()["items"]]
        url = answer.links["next"]["url"] if "next" in answer.links else ""
        assert bool(url) == (answer.json()["next_cursor"] is not None)
    assert seen == whole
    assert len(set(seen)) == 7
    if sort == "class":
        order = [r["basic"]["class_id"] for r in (await principal.get(LIST, params={"sort": sort})).json()["items"]]
        assert list(dict.fromkeys(order)) == [str(c.id) for c in (classes[2], classes[1], classes[0])]


async def test_a_cursor_stands_when_rows_come_and_go(world: World) -> None:
    for name in ("安一", "陈一", "丁一", "方一"):
        await named(world, name)
    principal = await world.client("principal")
    first = (await principal.get(LIST, params={"limit": 2})).json()
    await named(world, "阿新")
    await named(world, "单新")
    await named(world, "邓新")
    second = await names(principal, limit=9, cursor=first["next_cursor"])
    assert second == ["邓新", "丁一", "方一", "单新"]


async def test_a_cursor_of_another_order_is_refused(world: World) -> None:
    for name in ("安一", "陈一"):
        await named(world, name)
    principal = await world.client("principal")
    cursor = (await principal.get(LIST, params={"limit": 1})).json()["next_cursor"]
    assert (await principal.get(LIST, params={"sort": "student_number", "cursor": cursor})).status_code == 422


async def test_the_export_holds_what_the_list_shows(world: World) -> None:
    own = await world.school_class(7, 1)
    await guardian(world, await named(world, "=1+1", own), phone="13812345678")
    await case(world, await named(world, "甲", own), "C2", level="key")
    teacher = await world.client(("homeroom_teacher", own))
    answer = await teacher.get(f"{LIST}/export", params={"grade": 7})
    assert answer.status_code == 200, answer.text
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[0][:2] == ("姓名", "学号")
    assert [row[0] for row in rows[1:]] == ["=1+1", "甲"]
    assert rows[1][-1] == "138****5678"
    assert rows[2][7] == "学业·重点"
    subject = await world.client(("subject_teacher", own))
    head = next(iter(openpyxl.load_workbook(io.BytesIO((await subject.get(f"{LIST}/export")).content)).active.values))
    assert head == ("姓名", "学号", "年级", "班级", "性别", "出生日期", "在校状态")
    assert (await subject.get(f"{LIST}/export?category=C2")).status_code == 403
    assert (await subject.get(f"{LIST}/export?nmae=x")).status_code == 422
    assert (await world.anonymous().get(f"{LIST}/export")).status_code == 401


async def test_an_administrator_names_classes_and_no_students(world: World) -> None:
    school_class = await world.school_class(7)
    admin = await world.client("admin")
    assert [c["id"] for c in (await admin.get("/api/v1/classes")).json()["items"]] == [str(school_class.id)]
    assert (await admin.get(LIST)).status_code == 403
    assert (await (await world.client("youth_league")).get("/api/v1/classes")).status_code == 403
