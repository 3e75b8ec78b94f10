"""Lists of special groups: certain rows are entered, doubtful ones wait, strangers are only told."""

from datetime import date
from typing import Any

import httpx

from nuanyang.casework.evidence.catalogue import KINDS, LIST_NAMES, kind_of_list
from nuanyang.school.sheets.service.reading import IDENTITY_INDEX
from nuanyang.school.students.models import StudentIdentity
from tests.factories.sheets import send, workbook
from tests.factories.world import World

HEAD = ("姓名", "身份证号", "类别", "认定日期", "来源")
NUMBER, OTHER = "990101201305060015", "990101201305060023"


async def give_number(world: World, student: Any, number: str) -> None:
    index = world.app.state.keyring.blind_index(number, IDENTITY_INDEX)
    await world.add(
        StudentIdentity(school_id=world.school_id, id=student.id, identity_kind="id_card", identity_index=index, identity_tail=number[-2:])
    )


async def bring(
    client: httpx.AsyncClient, *rows: tuple[Any, ...], head: tuple[str, ...] = HEAD, name: str = "名单.xlsx", **query: Any
) -> httpx.Response:
    return await send(client, "/special-lists/import", workbook(head, *rows), name, **query)


async def evidence(client: httpx.AsyncClient) -> list[tuple[str, str, dict[str, Any]]]:
    return [(e["student_name"], e["kind"], e["facts"]) for e in (await client.get("/api/v1/evidence")).json()["items"]]


async def test_a_row_is_known_by_its_identity_number_and_comes_in_once(world: World) -> None:
    pupil = await world.student("何苗", await world.school_class(7, 1))
    await give_number(world, pupil, NUMBER)
    officer = await world.client("aid_officer")
    row = ("何苗", NUMBER, "城市低保", "2026-03-15", "区民政局")
    assert (await bring(officer, row, dry_run=True)).json()["new"] == 1 and await evidence(officer) == []
    assert (await bring(officer, row)).json()["is_applied"]
    assert (await bring(officer, row)).json()["unchanged"] == 1
    assert await evidence(officer) == [("何苗", "minimum_living_allowance", {"since_on": "2026-03-15"})]
    changed = await bring(
        officer, ("何苗", NUMBER, "低保", 650, "2027-12-31"), head=("姓名", "身份证号", "类别", "人均收入（元）", "有效期至")
    )
    assert changed.json()["changed"] == 1
    assert (await evidence(officer))[0][2] == {"income_per_head": 65_000, "valid_until": "2027-12-31"}


async def test_doubtful_rows_wait_for_a_person_and_strangers_are_only_told(world: World) -> None:
    room = await world.school_class(7, 1)
    pupil, twin = await world.student("张敏", room), await world.student("张敏", await world.school_class(7, 2), birth_on=date(2013, 1, 2))
    await give_number(world, pupil, NUMBER)
    officer = await world.client("aid_officer")
    rows = [("张敏", OTHER, "孤儿", "", ""), ("路人甲", "990101201305060031", "孤儿", "", "")]
    answer = (await bring(officer, *rows, name="孤儿名单.xlsx")).json()
    assert answer["is_applied"] and (answer["new"], answer["unmatched"]) == (0, 2), answer
    waiting = (await officer.get("/api/v1/special-list-rows")).json()["items"]
    assert [(r["name"], r["kind"], r["reason"], len(r["near"])) for r in waiting] == [("张敏", "orphan", "several_students", 2)]
    assert OTHER not in str(answer) + str(waiting)
    await bring(officer, *rows, name="孤儿名单.xlsx")
    assert len((await officer.get("/api/v1/special-list-rows")).json()["items"]) == 1
    url = f"/api/v1/special-list-rows/{waiting[0]['id']}"
    assert (await officer.post(f"{url}/match", json={"student_id": str(twin.id)})).status_code == 428
    matched = await officer.post(f"{url}/match", json={"student_id": str(twin.id)}, headers={"If-Match": '"1"'})
    assert matched.status_code == 200 and matched.json()["student_id"] == str(twin.id)
    again = await officer.post(f"{url}/set-aside", json={"reason": "不是本校学生"}, headers={"If-Match": '"2"'})
    assert again.status_code == 409
    assert [e[0] for e in await evidence(officer)] == ["张敏"]


async def test_a_name_written_nearly_right_waits_for_a_person_beside_the_one_it_may_mean(world: World) -> None:
    pupil = await world.student("欧阳思源", await world.school_class(7, 3), pinyin="ouyangsiyuan")
    officer = await world.client("aid_officer")
    answer = (await bring(officer, ("欧阳思缘", "特困", "7.3班"), head=("姓名", "类别", "班级"))).json()
    assert (answer["new"], answer["unmatched"]) == (0, 1)
    (waiting,) = (await officer.get("/api/v1/special-list-rows")).json()["items"]
    assert waiting["reason"] == "similar_name" and [one["id"] for one in waiting["near"]] == [str(pupil.id)]
    match = await officer.post(
        f"/api/v1/special-list-rows/{waiting['id']}/match", json={"student_id": str(pupil.id)}, headers={"If-Match": '"1"'}
    )
    assert match.status_code == 200
    assert [e[0] for e in await evidence(officer)] == ["欧阳思源"]


async def test_without_a_number_name_class_and_birth_date_decide_and_a_name_alone_never(world: World) -> None:
    room = await world.school_class(7, 3)
    await world.student("孙悦", room, birth_on=date(2013, 5, 6))
    officer = await world.client("aid_officer")
    only = (await bring(officer, ("孙悦", "特困"), head=("姓名", "类别"))).json()
    assert (only["new"], only["unmatched"]) == (0, 1) and only["findings"][0]["code"] == "name_only"
    wrong = (await bring(officer, ("孙悦", "特困", "7.3班", "2013-05-07"), head=("姓名", "类别", "班级", "出生日期"), dry_run=True)).json()
    assert wrong["findings"][0]["code"] == "birth_differs" and wrong["new"] == 0
    right = (await bring(officer, ("孙悦", "特困", "7.3班", "20130506"), head=("姓名", "类别", "班级", "出生日期"))).json()
    assert right["new"] == 1


async def test_each_list_belongs_to_its_office(world: World) -> None:
    pupil = await world.student("周周", await world.school_class(7, 1))
    await give_number(world, pupil, NUMBER)
    officer, office = await world.client("aid_officer"), await world.client("moral_education")
    disabled = ("周周", NUMBER, "残疾", "", "区残联")
    refused = await bring(officer, disabled)
    assert refused.status_code == 422 and refused.json()["report"]["findings"][0]["code"] == "not_your_list"
    assert (await bring(officer, disabled, kind="disability")).status_code == 403
    grade = ("姓名", "身份证号", "残疾类别", "残疾等级")
    assert (await bring(office, ("周周", NUMBER, "肢体残疾", "二级"), head=grade, kind="disability")).json()["is_applied"]
    assert await evidence(office) == [("周周", "disability", {"disability_kind": "physical", "disability_grade": 2})]
    assert await evidence(officer) == []
    room = await world.school_class(7, 2)
    teacher = await world.client(("homeroom_teacher", room))
    for client in (await world.client("academic_affairs"), teacher, await world.client("principal"), await world.client("school_nurse")):
        assert (await bring(client, disabled)).status_code == 403
    assert (await bring(world.anonymous(), disabled)).status_code == 401
    assert (await teacher.get("/api/v1/special-list-rows")).status_code == 403


async def test_who_is_no_longer_listed_is_told_not_withdrawn(world: World) -> None:
    room, officer = await world.school_class(7, 1), await world.client("aid_officer")
    for name, number in (("甲一", NUMBER), ("乙二", OTHER)):
        await give_number(world, await world.student(name, room), number)
    await bring(officer, ("甲一", NUMBER), ("乙二", OTHER), head=("姓名", "身份证号"), name="低保名单.xlsx")
    later = (await bring(officer, ("甲一", NUMBER), head=("姓名", "身份证号"), name="低保名单.xlsx")).json()
    assert [(f["code"], f["value"]) for f in later["findings"]] == [("no_longer_listed", "乙二")]
    assert {e[0] for e in await evidence(officer)} == {"甲一", "乙二"}


async def test_a_damaged_identity_number_refuses_the_list(world: World) -> None:
    officer = await world.client("aid_officer")
    refused = await bring(officer, ("谁", 990101201305060015, "低保", "", ""))
    assert refused.status_code == 422
    assert [(f["code"], f["line"], f["column"]) for f in refused.json()["report"]["findings"] if f["severity"] == "error"] == [
        ("number_damaged", 2, "B")
    ]


def test_every_list_name_leads_to_a_kind_that_takes_lists() -> None:
    for word, (code, facts) in LIST_NAMES.items():
        assert "special_list" in KINDS[code].sources, word
        assert set(facts) <= {fact.code for fact in KINDS[code].facts}, word
    found = {name: kind_of_list(name) for name in ("2026年低保名单", "低保边缘户", "残疾人子女", "脱贫不稳定户", "无关")}
    assert {name: hit[0].code if hit else None for name, hit in found.items()} == {
        "2026年低保名单": "minimum_living_allowance",
        "低保边缘户": "low_income_family",
        "残疾人子女": "disabled_parent",
        "脱贫不稳定户": "monitored_household",
        "无关": None,
    }
