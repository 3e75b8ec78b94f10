"""落实情况 over HTTP: every clause from real records, no more than the caller may hear of, down to the single occurrence."""

import csv
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from nuanyang.oversight.compliance import service
from tests.factories.cases import opened, recognised
from tests.factories.ledger import at, did, in_force, occurrences, sound, worked_out
from tests.factories.world import World

FEEDBACK, TUTORING = "S1.2.daily_feedback", "A1.3.small_group_tutoring"


def monday(world: World) -> date:
    day = date(world.year.starts_on.year, 11, 9)
    return day - timedelta(days=day.weekday())


async def page(client: httpx.AsyncClient, **query: Any) -> dict[str, Any]:
    answer = await client.get("/api/v1/compliance", params=query)
    assert answer.status_code == 200, answer.text
    return {line["clause"]: line for line in answer.json()["clauses"]} | {"": answer.json()}


async def drilled(client: httpx.AsyncClient, clause: str, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get(f"/api/v1/compliance/{clause}/occurrences", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_a_school_that_keeps_a_clause_and_one_that_does_not(world: World):
    day = monday(world)
    with at(day):
        room = await world.school_class()
        keeps, fails = await world.student("甲", room), await world.student("乙", room)
        for student in (keeps, fails):
            await recognised(world, student, "C2")
        await in_force(world, day)
        await worked_out(world)
        await did(world, keeps, FEEDBACK)
    with at(day + timedelta(days=2)):
        await worked_out(world)
        client = await world.client("principal")
        lines = await page(client)
        line = lines["S1.2"]
        assert line["tally"] | {"expected": 0, "due": 0} == {
            **dict.fromkeys(("expected", "late", "backfilled", "waived", "due"), 0),
            "met": 1,
            "missed": 1,
            "in_grace": 2,
        }
        assert (line["standing"], line["share"]) == ("broken", 50)
        assert line["weeks"][0]["week"] == day.isoformat()
        # Every clause of the programme is there; what has no records is never said to be kept.
        assert len(lines) > 60
        assert lines["S3.3"]["standing"] == lines["P1.2"]["standing"] == lines["M1.1"]["standing"] == "not_recorded"
        assert lines["A2.1"]["standing"] == "no_clock"
        assert lines["P2.1"]["standing"] == "waiting"
        assert lines[""]["edition"]["name"] == "帮扶方案"

        items = await drilled(client, "S1.2", state=["met", "missed"])
        assert [(one["state"], one["student_name"]) for one in sorted(items, key=lambda one: one["student_name"])] == [
            ("missed", "乙"),
            ("met", "甲"),
        ]
        met = next(one for one in items if one["state"] == "met")
        assert [(r["kind"], r["doer"], r["held_on"]) for r in met["records"]] == [("intervention", "王老师", day.isoformat())]


async def test_a_waiver_says_who_and_why_and_is_taken_back(world: World):
    day = monday(world)
    with at(day):
        student = await world.student("甲")
        await recognised(world, student, "C2")
        await in_force(world, day, only=("S1.2",))
        await worked_out(world)
        client = await world.client("moral_education")
        first = (await drilled(client, "S1.2"))[-1]
        assert first["may_waive"]
        path = f"/api/v1/occurrences/{first['id']}"
        assert (await client.post(f"{path}/waive", json={"reason": "短"})).status_code == 422
        answer = await client.post(f"{path}/waive", json={"reason": "家长外出，约定周三一并反馈"})
        assert (answer.status_code, answer.json()["state"]) == (200, "waived")
        assert answer.json()["waiver"]["reason"] == "家长外出，约定周三一并反馈"
        assert answer.json()["may_waive"]  # that is, take it back
        assert (await client.post(f"{path}/waive", json={"reason": "再免一次试试"})).json()["code"] == "occurrence_waived"
        assert (await page(client))["S1.2"]["tally"]["waived"] == 1
        assert (await client.post(f"{path}/unwaive")).json()["state"] == "due"
        assert (await client.post(f"{path}/unwaive")).json()["code"] == "occurrence_not_waived"
        await did(world, student, FEEDBACK)
        assert (await client.post(f"{path}/waive", json={"reason": "已经做了还要免"})).json()["code"] == "occurrence_done"
        other = await world.client("academic_affairs")  # does not answer for this clause
        second = (await drilled(client, "S1.2"))[0]
        assert (await other.post(f"/api/v1/occurrences/{second['id']}/waive", json={"reason": "不归我管的事"})).status_code == 404
    assert (await sound(world)).is_sound


async def test_a_file_holds_what_the_list_shows_and_no_formula(world: World, monkeypatch: pytest.MonkeyPatch):
    day = monday(world)
    with at(day):
        mine, other = await world.school_class(), await world.school_class()
        mine_too, elsewhere = await world.student("=甲", mine), await world.student("乙", other)
        for one in (mine_too, elsewhere):
            await recognised(world, one, "C2")
        await in_force(world, day, only=("S1.2",))
        await worked_out(world)
        teacher = await world.client(("homeroom_teacher", mine))
        first = (await drilled(teacher, "S1.2"))[-1]
        office = await world.client("moral_education")
        await office.post(f"/api/v1/occurrences/{first['id']}/waive", json={"reason": "@家长外出，约定周三反馈"})
        path = "/api/v1/compliance/S1.2/occurrences.csv"
        answer = await teacher.get(path, params={"state": "waived"})
        assert answer.headers["content-type"].startswith("text/csv") and answer.content.startswith(b"\xef\xbb\xbf")
        head, line = csv.reader(answer.text.removeprefix("\ufeff").splitlines())
        assert dict(zip(head, line, strict=True)) == {
            "应办日期": day.isoformat(),
            "宽限至": first["grace_until"],
            "学生": "'=甲",
            "班级": first["class_name"],
            "状态": "免办",
            "办理日期": "",
            "录入日期": "",
            "实施人": "",
            "免办原因": "'@家长外出，约定周三反馈",
        }
        in_english = (await teacher.get(path, headers={"Accept-Language": "en"})).text
        assert in_english.removeprefix("\ufeff").startswith("due,") and "waived" in in_english and "乙" not in in_english
        monkeypatch.setattr(service, "MOST_IN_A_FILE", 1)
        refused = await teacher.get(path)
        assert (refused.status_code, refused.json()["code"]) == (422, "too_many_occurrences")


async def test_a_teacher_sees_the_own_class_and_no_more_than_its_cases(world: World):
    day = monday(world)
    with at(day):
        mine, other = await world.school_class(), await world.school_class()
        known, hidden, elsewhere = await world.student("甲", mine), await world.student("乙", mine), await world.student("丙", other)
        await recognised(world, known, "C2")
        await recognised(world, hidden, "C3", data_class="wellbeing")
        await recognised(world, elsewhere, "C2")
        await in_force(world, day)
        await worked_out(world)
        teacher = await world.client(("homeroom_teacher", mine))
        lines = await page(teacher)
        per_child = len(await occurrences(world, "S1.2", known))
        assert lines["S1.2"]["tally"]["expected"] == per_child  # neither the other class nor who is of a class they do not hear of
        assert {one["student_name"] for one in await drilled(teacher, "S1.2")} == {"甲"}
        principal = await page(await world.client("principal"))
        assert principal["S1.2"]["tally"]["expected"] == 3 * per_child
        assert (await teacher.get("/api/v1/compliance", params={"class_id": str(other.id)})).status_code == 404
        nobody = await world.client(("subject_teacher", mine))
        assert (await nobody.get("/api/v1/compliance")).status_code == 403


async def test_who_is_complained_of_hears_nothing(world: World):
    day = monday(world)
    with at(day):
        room = await world.school_class()
        student = await world.student("甲", room)
        staff = await world.staff("被投诉人")
        await recognised(world, student, "C4", withheld_from_staff_id=staff.id)
        await in_force(world, day, only=("S1.2", "I2.2"))
        await worked_out(world)
        accused = await world.client("moral_education", ("homeroom_teacher", room), staff=staff)
        assert await drilled(accused, "S1.2") == []
        assert (await page(accused, class_id=str(room.id)))["S1.2"]["tally"]["expected"] == 0
        assert (await accused.get("/api/v1/my-week")).json()["owe"] == []
        assert await drilled(await world.client("moral_education"), "S1.2")


async def test_files_reviews_and_looks_meet_their_clauses(world: World):
    day = monday(world)
    with at(day):
        student = await world.student("甲")
        await recognised(world, student, "C2")
        await in_force(world, day, only=("I1.2",))
        await worked_out(world)
        assert [one.state for one in await occurrences(world, "I1.2")] == [None]
        await opened(world, student)
        (done,) = await occurrences(world, "I1.2")
        assert done.state == "met"
        (shown,) = await drilled(await world.client("principal"), "I1.2")
        assert [r["kind"] for r in shown["records"]] == ["dossier"]


async def test_without_an_edition_there_are_no_clauses(world: World):
    lines = await page(await world.client("principal"))
    assert lines[""]["edition"] is None and lines[""]["clauses"] == []


async def test_wrong_questions_are_refused(world: World):
    client = await world.client("principal")
    for query in ({"span": "week"}, {"on": "2026-13-01"}, {"grade": "0"}, {"class_id": "x"}, {"owner": "nobody"}, {"foo": "1"}):
        assert (await client.get("/api/v1/compliance", params=query)).status_code == 422, query
    await in_force(world, only=("S1.2",))
    assert (await client.get("/api/v1/compliance/X9.9/occurrences")).status_code == 404
    assert (await client.get("/api/v1/compliance/S1.2/occurrences", params={"cursor": "!"})).status_code == 422
    assert (await client.get("/api/v1/compliance/S1.2/occurrences", params={"state": "done"})).status_code == 422


async def test_pages_of_occurrences_leave_nothing_out(world: World):
    day = monday(world)
    with at(day):
        room = await world.school_class()
        for n in range(4):
            await recognised(world, await world.student(f"学生{n}", room), "C2")
        await in_force(world, day, only=("S1.2",))
        await worked_out(world)
        client = await world.client("principal")
        seen: list[str] = []
        cursor: str | None = None
        while True:
            answer = (
                await client.get("/api/v1/compliance/S1.2/occurrences", params={"limit": 7, **({"cursor": cursor} if cursor else {})})
            ).json()
            seen += [one["id"] for one in answer["items"]]
            cursor = answer["next_cursor"]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == len(await occurrences(world, "S1.2"))
        assert len(await drilled(client, "S1.2", week=day.isoformat())) == 20
