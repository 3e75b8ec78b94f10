"""Exams, their distribution by class, a student's series, and the sheet to fill in."""

import io

import openpyxl

from nuanyang.kit.clock import today
from tests.factories.sheets import make_exam, send, workbook
from tests.factories.world import World

HEAD = ("学号", "姓名", "语文", "数学")


async def test_a_student_sees_a_series_of_shares_levels_and_bands(world: World) -> None:
    office = await world.client("academic_affairs")
    room = await world.school_class(7, 1)
    pupil = await world.student("系列", room)
    for name, mark in (("第一次月考", 60), ("第二次月考", 90)):
        exam = await make_exam(office, held_on=today().isoformat(), name=name, kind="monthly")
        await send(office, f"/exams/{exam['id']}/results-import", workbook(HEAD, (pupil.student_number, "系列", mark, "缺考")))
    shown = (await office.get(f"/api/v1/students/{pupil.id}/results")).json()
    assert [e["name"] for e in shown["exams"]] == ["第一次月考", "第二次月考"]
    assert [(r["share"], r["status"], r["band"]) for r in shown["exams"][1]["results"]] == [(0.75, "present", 1), (None, "absent", None)]
    assert "rank" not in str(shown)
    assert (await (await world.client("aid_officer")).get(f"/api/v1/students/{pupil.id}/results")).status_code == 403
    other = await world.school_class(7, 2)
    assert (await (await world.client(("homeroom_teacher", other))).get(f"/api/v1/students/{pupil.id}/results")).status_code == 404
    assert (await (await world.client(("homeroom_teacher", room))).get(f"/api/v1/students/{pupil.id}/results")).status_code == 200


async def test_a_distribution_counts_by_class_only_whom_the_caller_may_see(world: World) -> None:
    office = await world.client("academic_affairs")
    rooms = [await world.school_class(7, 2), await world.school_class(7, 10)]
    pupils = [[await world.student(f"生{k}{n}", room) for n in range(3)] for k, room in enumerate(rooms)]
    exam = await make_exam(office, held_on=today().isoformat())
    rows = [(p.student_number, p.name, mark, mark) for group in pupils for p, mark in zip(group, (118, 80, "缺考"), strict=True)]
    await send(office, f"/exams/{exam['id']}/results-import", workbook(HEAD, *rows))
    shown = (await office.get(f"/api/v1/exams/{exam['id']}/results")).json()
    maths = [c for c in shown["classes"] if c["subject_id"] == exam["subjects"][1]["id"]]
    assert [c["class_name"] for c in maths] == [rooms[0].name, rooms[1].name]
    first = maths[0]
    assert (first["present"], first["passed"]) == (2, 2)
    assert {s["key"]: s["count"] for s in first["levels"]} == {"A": 1, "B": 0, "C": 1, "D": 0, "E": 0}
    assert {s["key"]: s["count"] for s in first["shares"]} == {"90": 1, "80": 0, "70": 0, "60": 1, "0": 0}
    assert {s["key"]: s["count"] for s in first["statuses"]}["absent"] == 1
    teacher = await world.client(("homeroom_teacher", rooms[1]))
    seen = (await teacher.get(f"/api/v1/exams/{exam['id']}/results")).json()
    assert {c["class_id"] for c in seen["classes"]} == {str(rooms[1].id)} and seen["exam"]["students"] == 3
    entries = f"/api/v1/exams/{exam['id']}/entries"
    assert len((await teacher.get(entries, params={"class_id": str(rooms[1].id)})).json()["items"]) == 3
    assert (await teacher.get(entries, params={"class_id": str(rooms[0].id)})).json()["items"] == []


async def test_full_marks_cannot_sink_below_a_mark_and_edits_want_the_version_seen(world: World) -> None:
    office = await world.client("academic_affairs")
    pupil = await world.student("满分", await world.school_class(7, 1))
    exam = await make_exam(office, held_on=today().isoformat())
    await send(office, f"/exams/{exam['id']}/results-import", workbook(HEAD, (pupil.student_number, "满分", 110, 60)))
    url = f"/api/v1/exams/{exam['id']}"
    assert (await office.patch(url, json={"name": "期中"})).status_code == 428
    assert (await office.patch(url, json={"name": "期中"}, headers={"If-Match": '"9"'})).status_code == 412
    low = {"subjects": [{"subject": "语文", "full_marks": 100}, {"subject": "数学", "full_marks": 120, "level_scheme": "A–E"}]}
    refused = await office.patch(url, json=low, headers={"If-Match": '"1"'})
    assert refused.status_code == 422 and refused.json()["errors"][0]["pointer"] == "#/subjects/0/full_marks"
    fewer = {"subjects": [{"subject": "语文", "full_marks": 120}]}
    assert (await office.patch(url, json=fewer, headers={"If-Match": '"1"'})).json()["code"] == "exam_has_results"
    more = {
        "subjects": [
            {"subject": "语文", "full_marks": 150},
            {"subject": "数学", "full_marks": 60, "level_scheme": "A–E"},
            {"subject": "英语", "full_marks": 120},
        ]
    }
    unexplained = await office.patch(url, json=more, headers={"If-Match": '"1"'})
    assert unexplained.status_code == 422 and unexplained.json()["code"] == "reason_missing"
    assert (await office.get(url)).json()["version"] == 1
    changed = await office.patch(url, json=more | {"reason": "语文改为满分 150"}, headers={"If-Match": '"1"'})
    assert changed.status_code == 200 and changed.json()["version"] == 2 and len(changed.json()["subjects"]) == 3
    (kept,) = (await office.get(f"{url}/changes")).json()["items"]
    assert (
        set(kept["before"]) == {"subjects"} and kept["before"]["subjects"][0]["full_marks"] == 120 and kept["reason"] == "语文改为满分 150"
    )
    same = {"reason": "没有变化", "name": exam["name"]}
    assert (await office.patch(url, json=same, headers={"If-Match": '"2"'})).json()["code"] == "nothing_changed"
    outside = await office.patch(url, json={"held_on": "2020-01-01", "reason": "改到以前"}, headers={"If-Match": '"2"'})
    assert outside.status_code == 422 and outside.json()["errors"][0]["code"] == "not_in_term"
    levels = {
        r["subject"]: r["result_level"] for r in (await office.get(f"/api/v1/students/{pupil.id}/results")).json()["exams"][0]["results"]
    }
    assert levels["数学"] == "A"
    assert (await office.delete(url)).json()["code"] == "exam_has_results"
    empty = await make_exam(office, held_on=today().isoformat(), name="没人考")
    assert (await office.delete(f"/api/v1/exams/{empty['id']}")).status_code == 204
    assert (await office.get(f"/api/v1/exams/{empty['id']}")).status_code == 404


async def test_a_template_filled_in_comes_back_whole_and_texts_stay_texts(world: World) -> None:
    office = await world.client("academic_affairs")
    room = await world.school_class(7, 1)
    await world.student("=HYPERLINK(1)", room)
    exam = await make_exam(office, held_on=today().isoformat())
    answer = await office.get(f"/api/v1/exams/{exam['id']}/results-template", params={"class_id": str(room.id)})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    page = book.worksheets[0]
    assert [cell.value for cell in page[1]] == [
        "学号",
        "姓名",
        "班级",
        "语文(120分)".replace("(", "（").replace(")", "）"),
        "数学（120分）",
    ]
    assert page["B2"].value == "=HYPERLINK(1)" and page["B2"].data_type == "s"
    page["D2"], page["E2"] = 100, "缓考"
    out = io.BytesIO()
    book.save(out)
    report = (await send(office, f"/exams/{exam['id']}/results-import", out.getvalue())).json()
    assert report["errors"] == 0 and report["new"] == 2, report


async def test_the_list_pages_and_filters(world: World) -> None:
    office = await world.client("academic_affairs")
    for number in range(3):
        await make_exam(office, grade=7, held_on=today().isoformat(), name=f"月考{number}", kind="monthly")
    await make_exam(office, grade=8, held_on=today().isoformat())
    first = (await office.get("/api/v1/exams?grade=7&limit=2")).json()
    second = (await office.get("/api/v1/exams", params={"grade": 7, "limit": 2, "cursor": first["next_cursor"]})).json()
    assert len(first["items"]) == 2 and len(second["items"]) == 1 and second["next_cursor"] is None
    assert (await office.get("/api/v1/exams?gade=7")).status_code == 422
    assert (
        await office.post(
            "/api/v1/exams",
            json={
                "grade": 7,
                "kind": "unit",
                "name": "月考0",
                "held_on": today().isoformat(),
                "subjects": [{"subject": "语文", "full_marks": 9}],
            },
        )
    ).status_code == 409


async def test_a_scheme_must_cover_everything(world: World) -> None:
    office = await world.client("academic_affairs")
    url = "/api/v1/level-schemes"
    bad = {"name": "坏", "levels": [{"level": "A", "from_share": 0.5}, {"level": "B", "from_share": 0.6}]}
    assert (await office.post(url, json=bad)).status_code == 422
    good = {"name": "两档", "levels": [{"level": "过", "from_share": 0.5}, {"level": "不过", "from_share": 0}], "passing": "过"}
    assert (await office.post(url, json=good)).status_code == 201
    assert (await office.post(url, json=good)).status_code == 409
    assert "两档" in [s["name"] for s in (await office.get(url)).json()["items"]]
    assert (
        await (await world.client(("homeroom_teacher", await world.school_class()))).post(url, json=good | {"name": "别的"})
    ).status_code == 403
