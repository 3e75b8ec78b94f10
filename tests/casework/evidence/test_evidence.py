"""Evidence: entered by who may, seen by who may, never by whom it is about."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from nuanyang.casework.dossiers.models import TimelineEntry
from nuanyang.casework.evidence.models import Evidence
from nuanyang.kit.clock import today
from nuanyang.kit.db import opening
from tests.factories.sheets import make_exam, send, workbook
from tests.factories.world import World


def body(student: Any, kind: str = "weak_foundation", source: str = "nomination", **more: Any) -> dict[str, Any]:
    return {"student_id": str(student.id), "kind": kind, "source": source, "observed_on": today().isoformat()} | more


async def enter(
    client: httpx.AsyncClient, student: Any, kind: str = "weak_foundation", source: str = "nomination", **more: Any
) -> dict[str, Any]:
    answer = await client.post("/api/v1/evidence", json=body(student, kind, source, **more))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def seen(client: httpx.AsyncClient, student: Any) -> dict[str, Any]:
    answer = await client.get(f"/api/v1/students/{student.id}/evidence")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def kinds(shown: dict[str, Any]) -> set[str]:
    return {item["kind"] for group in shown["groups"] for item in group["items"]}


async def test_a_homeroom_teacher_nominates_and_reads_back_only_the_own_words(world: World) -> None:
    room = await world.school_class(7, 1)
    pupil = await world.student("林小", room)
    teacher, officer = await world.client(("homeroom_teacher", room)), await world.client("aid_officer")
    await enter(officer, pupil, "minimum_living_allowance", "home_visit", facts={"income_per_head": 65_000, "household_size": 3})
    mine = await enter(teacher, pupil, "sudden_hardship", "home_visit", facts={"event": "illness"}, note="父亲住院")
    await enter(teacher, pupil, "left_behind", "home_visit", facts={"parents_away": "both", "away_months": 10})
    shown = await seen(teacher, pupil)
    assert [item["id"] for item in shown["own"]] == [mine["id"]] and kinds(shown) == {"left_behind"}
    assert {"economic", "health", "wellbeing", "protection"} <= set(shown["hidden"])
    assert {item["kind"] for item in (await teacher.get("/api/v1/evidence")).json()["items"]} == {"sudden_hardship", "left_behind"}
    assert kinds(await seen(officer, pupil)) == {"minimum_living_allowance", "sudden_hardship", "left_behind"}
    counted = (await teacher.get("/api/v1/evidence?category=C1&count=true")).json()
    assert counted["count"] == 1 == len(counted["items"])


@pytest.mark.parametrize(
    ("role", "kind", "status"),
    [
        ("academic_affairs", "weak_method", 201),
        ("academic_affairs", "orphan", 403),
        ("aid_officer", "orphan", 201),
        ("aid_officer", "left_behind", 403),
        ("counsellor", "long_anxiety", 201),
        ("counsellor", "bullied", 201),
        ("counsellor", "weak_method", 403),
        ("moral_education", "neglect", 201),
        ("school_nurse", "disability", 201),
        ("principal", "orphan", 403),
        ("general_affairs", "orphan", 403),
        ("admin", "orphan", 403),
        ("youth_league", "orphan", 403),
    ],
)
async def test_who_may_enter_what(world: World, role: str, kind: str, status: int) -> None:
    pupil = await world.student()
    answer = await (await world.client(role)).post("/api/v1/evidence", json=body(pupil, kind))
    assert answer.status_code == status, answer.text


async def test_another_school_and_nobody_see_nothing(world: World) -> None:
    room = await world.school_class(7, 1)
    pupil = await world.student("墙里", room)
    piece = await enter(await world.client("academic_affairs"), pupil)
    stranger = await (await world.elsewhere()).client("academic_affairs")
    assert (await stranger.get(f"/api/v1/evidence/{piece['id']}")).status_code == 404
    assert (await stranger.post("/api/v1/evidence", json=body(pupil))).status_code == 404
    assert (await stranger.get("/api/v1/evidence")).json()["items"] == []
    assert (await world.anonymous().get("/api/v1/evidence")).status_code == 401
    other = await world.client(("homeroom_teacher", await world.school_class(7, 2)))
    assert (await other.get(f"/api/v1/students/{pupil.id}/evidence")).status_code == 404
    assert (await other.get(f"/api/v1/evidence/{piece['id']}")).status_code == 404


async def test_whoever_it_is_about_never_sees_it_not_even_in_a_count(world: World) -> None:
    room = await world.school_class(7, 1)
    pupil = await world.student("说出来", room)
    director_person = await world.staff("被说的主任")
    director = await world.client("moral_education", staff=director_person)
    counsellor, principal = await world.client("counsellor"), await world.client("principal")
    piece = await enter(counsellor, pupil, "bullied", "self_report", about_staff_id=str(director_person.id), facts={"by_whom": "staff"})
    assert piece["data_class"] == "protection" and piece["is_about_staff"]
    assert kinds(await seen(principal, pupil)) == {"bullied"}
    assert kinds(await seen(director, pupil)) == set()
    assert (await director.get(f"/api/v1/evidence/{piece['id']}")).status_code == 404
    assert (await director.post(f"/api/v1/evidence/{piece['id']}/withdraw", json={"reason": "没有这回事"})).status_code == 404
    assert (await director.get("/api/v1/evidence?count=true")).json()["count"] == 0
    # The wall stands in the database too, for every query anybody ever writes.
    account = director.account  # type: ignore[attr-defined]
    async with world.database.session(opening(school_id=world.school_id, account_id=account.id)) as session:
        assert (await session.execute(select(func.count()).select_from(Evidence))).scalar_one() == 0
    async with world.session() as session:
        events = (await session.scalars(select(TimelineEntry).where(TimelineEntry.student_id == pupil.id))).all()
    assert events == []


async def test_even_a_weak_foundation_told_about_a_teacher_is_a_matter_of_protection(world: World) -> None:
    room = await world.school_class(7, 1)
    pupil, about = await world.student("学生", room), await world.staff("某老师")
    piece = await enter(await world.client("moral_education"), pupil, "family_conflict", "self_report", about_staff_id=str(about.id))
    assert piece["data_class"] == "protection"
    assert kinds(await seen(await world.client(("homeroom_teacher", room)), pupil)) == set()


async def test_students_have_a_door_of_their_own_and_not_this_one(world: World) -> None:
    pupil = await world.student("自己说")
    child = await world.client(account=await world.student_account(pupil))
    assert (await child.post("/api/v1/evidence", json=body(pupil, "bullied", "self_report"))).status_code == 403
    assert (await child.post("/api/v1/evidence/batch", json={"items": [body(pupil, "bullied", "self_report")]})).status_code == 403
    assert (await child.get("/api/v1/evidence")).status_code == 403


async def test_facts_are_checked_against_the_catalogue(world: World) -> None:
    pupil, officer = await world.student(), await world.client("aid_officer")

    async def wrong(**more: Any) -> set[tuple[str, str]]:
        answer = await officer.post("/api/v1/evidence", json=body(pupil, **({"kind": "sudden_hardship"} | more)))
        assert answer.status_code == 422, answer.text
        return {(e["pointer"], e["code"]) for e in answer.json()["errors"]}

    assert await wrong() == {("#/facts/event", "missing")}
    assert await wrong(facts={"event": "flood"}) == {("#/facts/event", "bad_fact")}
    assert await wrong(facts={"event": "other", "loss": -1, "colour": "red"}) == {
        ("#/facts/loss", "bad_fact"),
        ("#/facts/colour", "unknown_fact"),
    }
    assert await wrong(facts={"event": "other", "happened_on": "2026-13-01"}) == {("#/facts/happened_on", "bad_fact")}
    assert await wrong(kind="orphan", observed_on=(today() + timedelta(days=1)).isoformat()) == {("#/observed_on", "in_future")}
    assert await wrong(kind="no_such") == {("#/kind", "unknown_kind")}
    assert await wrong(kind="learning_observation", source="self_report") == {("#/source", "source_not_possible")}
    batch = {"items": [body(pupil, "orphan"), body(pupil, "sudden_hardship")]}
    answer = await officer.post("/api/v1/evidence/batch", json=batch)
    assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "#/items/1/facts/event"
    assert (await officer.get("/api/v1/evidence?count=true")).json()["count"] == 0


async def test_a_correction_wants_the_version_seen_and_a_withdrawal_its_reason(world: World) -> None:
    room = await world.school_class(7, 1)
    pupil, teacher = await world.student("改一改", room), await world.client(("homeroom_teacher", room))
    piece = await enter(teacher, pupil, note="第一次")
    url = f"/api/v1/evidence/{piece['id']}"
    why = {"reason": "家访后核实"}
    assert (await teacher.patch(url, json={"note": "x"} | why)).status_code == 428
    unexplained = await teacher.patch(url, json={"note": "x"}, headers={"If-Match": '"1"'})
    assert unexplained.status_code == 422 and unexplained.json()["errors"][0]["pointer"] == "#/reason"
    same = await teacher.patch(url, json={"note": "第一次"} | why, headers={"If-Match": '"1"'})
    assert same.status_code == 409 and same.json()["code"] == "nothing_changed"
    changed = await teacher.patch(url, json={"note": "改过", "facts": {"subjects": "数学"}} | why, headers={"If-Match": '"1"'})
    assert changed.status_code == 200 and changed.json()["version"] == 2 and changed.json()["facts"] == {"subjects": "数学"}
    assert (await teacher.patch(url, json={"note": "x"} | why, headers={"If-Match": '"1"'})).status_code == 412
    (kept,) = (await teacher.get(f"{url}/changes")).json()["items"]
    assert kept["before"] == {"note": "第一次", "facts": {}} and kept["reason"] == "家访后核实" and kept["changed_by"]
    stranger = await world.client(("homeroom_teacher", await world.school_class(7, 2)))
    assert (await stranger.get(f"{url}/changes")).status_code == 404
    assert (await world.anonymous().get(f"{url}/changes")).status_code == 401
    assert (await (await world.client("youth_league")).get(f"{url}/changes")).status_code == 403
    assert (await teacher.post(f"{url}/withdraw", json={"reason": ""})).status_code == 422
    assert (await (await world.client("principal")).post(f"{url}/withdraw", json={"reason": "不该由我撤"})).status_code == 403
    gone = await teacher.post(f"{url}/withdraw", json={"reason": "登记到别的学生了"})
    assert gone.status_code == 200 and gone.json()["withdrawn_reason"] == "登记到别的学生了"
    assert (await teacher.post(f"{url}/withdraw", json={"reason": "再来一次"})).status_code == 409
    assert (await teacher.get("/api/v1/evidence")).json()["items"] == []
    assert len((await teacher.get("/api/v1/evidence?withdrawn=true")).json()["items"]) == 1
    async with world.session() as session:
        events = (await session.scalars(select(TimelineEntry.kind).where(TimelineEntry.student_id == pupil.id))).all()
    assert sorted(events) == ["evidence_added", "evidence_changed", "evidence_withdrawn"]


async def test_results_and_attendance_speak_for_themselves(world: World) -> None:
    office, room = await world.client("academic_affairs"), await world.school_class(7, 1)
    pupils = [await world.student(f"同学{n}", room) for n in range(5)]
    exam = await make_exam(office, held_on=today().isoformat())
    rows = [(p.student_number, p.name, 100 - n, 60 + n) for n, p in enumerate(pupils)]
    assert (await send(office, f"/exams/{exam['id']}/results-import", workbook(("学号", "姓名", "语文", "数学"), *rows))).status_code == 200
    away = workbook(("学号", "姓名", "旷课", "迟到"), (pupils[4].student_number, pupils[4].name, 3, 5))
    period = {"starts_on": (today() - timedelta(days=20)).isoformat(), "ends_on": today().isoformat()}
    assert (await send(office, "/attendance/import", away, **period)).status_code == 200
    group = next(g for g in (await seen(office, pupils[4]))["groups"] if g["data_class"] == "academic")
    assert [(d["source"], d["code"]) for d in group["derived"]] == [("results", "lowest_fifth"), ("attendance", "truancy")]
    assert group["derived"][0]["facts"] == {"lowest": 1, "subjects_sat": 2, "subjects": ["语文"]} and group["items"] == []
    counsellor = await seen(await world.client("aid_officer"), pupils[4])
    assert "academic" in counsellor["hidden"] and all(not g["derived"] for g in counsellor["groups"])


async def test_the_list_pages_without_gaps(world: World) -> None:
    office, pupil = await world.client("academic_affairs"), await world.student()
    ids = [(await enter(office, pupil))["id"] for _ in range(5)]
    found: list[str] = []
    cursor = None
    while True:
        answer = (await office.get("/api/v1/evidence", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        found += [item["id"] for item in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert found == ids[::-1]
    assert (await office.get("/api/v1/evidence?kindd=x")).status_code == 422


async def test_the_census_counts_everybody_once(world: World) -> None:
    room, other = await world.school_class(7, 1), await world.school_class(7, 2)
    pupils = [await world.student(f"摸排{n}", room) for n in range(4)]
    away = await world.student("别班", other)
    teacher, principal = await world.client(("homeroom_teacher", room)), await world.client("principal")
    await enter(teacher, pupils[0], "left_behind", "home_visit")
    await enter(teacher, pupils[0], "weak_foundation", "nomination")
    look = {"student_ids": [str(p.id) for p in pupils[:3]], "way": "nomination", "looked_on": today().isoformat()}
    assert (await teacher.post("/api/v1/census/looks", json=look)).json() == {"added": 2}
    mine = (await teacher.get("/api/v1/census/coverage")).json()
    assert [(c["class_id"], c["enrolled"], c["looked_at"], c["nomination"], c["home_visit"]) for c in mine["classes"]] == [
        (str(room.id), 4, 3, 2, 1)
    ]
    whole = (await principal.get("/api/v1/census/coverage")).json()
    assert (whole["enrolled"], whole["looked_at"], len(whole["classes"])) == (5, 3, 2)
    listed = (await teacher.get("/api/v1/census/students", params={"class_id": str(room.id)})).json()["items"]
    assert [s["way"] for s in listed] == ["home_visit", "nomination", "nomination", None]
    assert (await teacher.get("/api/v1/census/students", params={"class_id": str(other.id)})).json()["items"] == []
    assert (await teacher.post("/api/v1/census/looks", json=look | {"student_ids": [str(away.id)]})).status_code == 404
    assert (await principal.post("/api/v1/census/looks", json=look)).status_code == 403
