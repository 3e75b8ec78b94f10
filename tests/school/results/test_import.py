"""Results from sheets: what teachers write in cells, what is refused and why, and that all or nothing is applied."""

from typing import Any

import pytest
from sqlalchemy import func, select

from nuanyang.kit.clock import today
from nuanyang.school.results.models import Result, ResultChange
from tests.factories.sheets import make_exam, send, workbook
from tests.factories.world import World

HEAD = ("学号", "姓名", "班级", "语文", "数学（120分）")


def day() -> str:
    return today().isoformat()


async def results_of(world: World) -> dict[str, Any]:
    async with world.session() as session:
        rows = (await session.scalars(select(Result).where(Result.school_id == world.school_id))).all()
    return {f"{row.student_id}:{row.exam_subject_id}": row for row in rows}


async def test_words_for_absence_are_kept_and_never_become_zero(world: World) -> None:
    office = await world.client("academic_affairs")
    room = await world.school_class(7, 3)
    words = ["缺考", "缓考", "免考", "违纪", "作弊", "", "—"]
    pupils = [await world.student(f"学生{n}", room) for n in "甲乙丙丁戊己庚"]
    exam = await make_exam(office, held_on=day())
    rows = [(p.student_number, p.name, room.name, word, 90 + n) for n, (p, word) in enumerate(zip(pupils, words, strict=True))]
    answer = await send(office, f"/exams/{exam['id']}/results-import", workbook(HEAD, *rows))
    assert answer.status_code == 200, answer.text
    assert answer.json()["is_applied"] and answer.json()["new"] == 14
    chinese = exam["subjects"][0]["id"]
    stored = await results_of(world)
    assert [stored[f"{p.id}:{chinese}"].status for p in pupils] == [
        "absent",
        "deferred",
        "exempt",
        "violation",
        "violation",
        "blank",
        "blank",
    ]
    assert all(stored[f"{p.id}:{chinese}"].score is None and stored[f"{p.id}:{chinese}"].band is None for p in pupils)


async def test_the_same_sheet_again_changes_nothing_and_a_correction_keeps_what_was(world: World) -> None:
    office = await world.client("academic_affairs")
    room = await world.school_class(7, 1)
    pupils = [await world.student(f"王小{n}", room) for n in "一二三"]
    exam = await make_exam(office, held_on=day())
    path = f"/exams/{exam['id']}/results-import"
    sheet = workbook(HEAD, *[(p.student_number, p.name, room.name, 80 + n, 100) for n, p in enumerate(pupils)])
    assert (await send(office, path, sheet)).json()["new"] == 6
    again = (await send(office, path, sheet)).json()
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 6)
    corrected = workbook(HEAD, (pupils[0].student_number, "王小一", room.name, 95.5, 100))
    dry = (await send(office, path, corrected, dry_run=True)).json()
    assert dry["changed"] == 1 and dry["needs_reason"]
    unexplained = await send(office, path, corrected)
    assert unexplained.status_code == 409 and unexplained.json()["code"] == "reason_missing"
    assert unexplained.json()["report"]["needs_reason"] and len(await results_of(world)) == 6
    assert (await send(office, path, corrected, form={"reason": "作文重新评分"})).json()["changed"] == 1
    async with world.session() as session:
        before = (await session.scalars(select(ResultChange).where(ResultChange.school_id == world.school_id))).one()
    assert float(before.score or -1) == 80 and before.changed_by is not None and before.reason == "作文重新评分"


async def test_a_dry_run_writes_nothing_and_one_bad_cell_refuses_the_whole(world: World) -> None:
    office = await world.client("academic_affairs")
    room = await world.school_class(7, 1)
    one, two = await world.student("李雷", room), await world.student("韩梅梅", room)
    exam = await make_exam(office, held_on=day())
    path = f"/exams/{exam['id']}/results-import"
    good = workbook(HEAD, (one.student_number, "李雷", room.name, 88, 99))
    assert (await send(office, path, good, dry_run=True)).json() | {"columns": None} == {
        "is_dry_run": True,
        "is_applied": False,
        "rows": 1,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "unmatched": 0,
        "left_out": 0,
        "errors": 0,
        "warnings": 0,
        "needs_confirmation": False,
        "needs_reason": False,
        "columns": None,
        "findings": [],
        "questions": [],
    }
    bad = workbook(HEAD, (one.student_number, "李雷", room.name, 88, 99), (two.student_number, "韩梅梅", room.name, 121, "九十"))
    refused = await send(office, path, bad)
    assert refused.status_code == 422 and refused.json()["code"] == "sheet_refused"
    found = [(f["sheet"], f["line"], f["column"], f["title"], f["value"], f["code"]) for f in refused.json()["report"]["findings"]]
    assert found == [("成绩", 3, "D", "语文", "121", "above_full_marks"), ("成绩", 3, "E", "数学（120分）", "九十", "not_a_mark")]
    assert await results_of(world) == {}


async def test_a_zero_is_a_zero_once_confirmed(world: World) -> None:
    office = await world.client("academic_affairs")
    room = await world.school_class(7, 1)
    pupil = await world.student("赵敏", room)
    exam = await make_exam(office, held_on=day())
    sheet, path = workbook(HEAD, (pupil.student_number, "赵敏", room.name, 0, 60)), f"/exams/{exam['id']}/results-import"
    asked = await send(office, path, sheet)
    assert asked.status_code == 409 and asked.json()["report"]["findings"][0]["code"] == "zero"
    assert (await send(office, path, sheet, confirm_zeros=True)).json()["is_applied"]
    stored = (await results_of(world))[f"{pupil.id}:{exam['subjects'][0]['id']}"]
    assert stored.status == "present" and stored.score == 0


async def test_same_names_need_a_number_and_a_number_of_another_name_is_refused(world: World) -> None:
    office = await world.client("academic_affairs")
    first, second = await world.school_class(7, 1), await world.school_class(7, 2)
    twin, _ = await world.student("张伟", first), await world.student("张伟", first)
    await world.student("张伟", second)
    other = await world.student("陈晨", second)
    exam = await make_exam(office, held_on=day())
    path = f"/exams/{exam['id']}/results-import"

    async def codes(*rows: tuple[object, ...]) -> list[str]:
        answer = (await send(office, path, workbook(HEAD, *rows), dry_run=True)).json()
        return [f["code"] for f in answer["findings"] if f["severity"] == "error"]

    assert await codes(("", "张伟", first.name, 1, 2)) == ["several_students"]
    assert await codes(("", "张伟", "七（2）班", 1, 2)) == []
    assert await codes((twin.student_number, "张伟", "", 1, 2)) == []
    assert await codes((other.student_number, "张伟", "", 1, 2)) == ["name_differs"]
    assert await codes(("", "没有人", "7.2班", 1, 2)) == ["no_such_name"]
    assert await codes(("", "没有人", "", 1, 2)) == ["unknown_student"]
    assert await codes(("", "陈晨", "7-2", 1, 2), ("", "陈晨", "", 1, 3)) == ["same_student_twice"]
    assert await codes(("", "陈晨", "7-2", 1, 2), ("", "陈晨", "", 1, 2)) == []


async def test_one_sheet_a_class_with_titles_ranks_and_averages_as_teachers_have_them(world: World) -> None:
    office = await world.client("academic_affairs")
    rooms = [await world.school_class(7, 1), await world.school_class(7, 2)]
    for room in rooms:
        await world.student("刘洋", room)
    exam = await make_exam(office, held_on=day())
    lines = [
        ("2026 年秋期中考试成绩",),
        ("姓名", "语文", "数学", "总分", "班级排名", "体会"),
        ("刘洋", 100, 90, 190, 1, "好"),
        ("平均分", 100, 90, 190, "", ""),
    ]
    sheet = workbook(*lines, sheet="七(1)班", more=[("七(2)班", lines), ("说明", [("请勿修改",)])])
    answer = (await send(office, f"/exams/{exam['id']}/results-import", sheet)).json()
    assert answer["is_applied"] and answer["rows"] == 2 and answer["new"] == 4, answer
    assert sorted({f["code"] for f in answer["findings"]}) == ["column_ignored", "no_header", "rank_not_kept"]
    assert {row.class_id for row in (await results_of(world)).values()} == {room.id for room in rooms}


@pytest.mark.parametrize(
    ("marks", "bands"),
    [(range(100, 90, -1), [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]), ([70] * 10, [1] * 10), ([90] * 4 + [60] * 6, [1] * 4 + [3] * 6)],
)
async def test_bands_are_fifths_of_the_class_and_ties_share_the_better(world: World, marks: Any, bands: list[int]) -> None:
    office = await world.client("academic_affairs")
    room, away = await world.school_class(7, 1), await world.school_class(7, 2)
    pupils = [await world.student(f"学生{n}", room) for n in range(10)]
    ill, elsewhere = await world.student("缺考生", room), await world.student("别班生", away)
    exam = await make_exam(office, held_on=day())
    rows = [(p.student_number, p.name, "", mark, mark) for p, mark in zip(pupils, marks, strict=True)]
    rows += [(ill.student_number, ill.name, "", "缺考", "缺考"), (elsewhere.student_number, elsewhere.name, "", 3, 4)]
    assert (await send(office, f"/exams/{exam['id']}/results-import", workbook(HEAD, *rows))).status_code == 200
    stored, subject = await results_of(world), exam["subjects"][1]["id"]
    assert [stored[f"{p.id}:{subject}"].band for p in pupils] == bands
    assert stored[f"{ill.id}:{subject}"].band is None and stored[f"{elsewhere.id}:{subject}"].band == 1


async def test_levels_follow_from_marks_and_grades_one_and_two_take_levels_only(world: World) -> None:
    office = await world.client("academic_affairs")
    room = await world.school_class(2, 1)
    pupil = await world.student("小豆", room)
    refused = await office.post(
        "/api/v1/exams",
        json={"grade": 2, "kind": "final", "name": "期末", "held_on": day(), "subjects": [{"subject": "语文", "full_marks": 100}]},
    )
    assert refused.status_code == 422 and refused.json()["errors"][0] | {"message": ""} == {
        "pointer": "#/subjects/0/full_marks",
        "code": "levels_only",
        "message": "",
    }
    exam = await make_exam(office, 2, day(), subjects=[{"subject": "语文", "level_scheme": "优良合格"}])
    path = f"/exams/{exam['id']}/results-import"
    marked = await send(office, path, workbook(("姓名", "语文"), ("小豆", 98)), dry_run=True)
    assert [f["code"] for f in marked.json()["findings"]] == ["levels_only"]
    assert (await send(office, path, workbook(("姓名", "语文"), ("小豆", "优")))).json()["is_applied"]
    stored = (await results_of(world))[f"{pupil.id}:{exam['subjects'][0]['id']}"]
    assert (stored.result_level, stored.score, stored.band) == ("优", None, None)

    older = await world.school_class(7, 1)
    pupils = [await world.student(f"中学生{n}", older) for n in range(3)]
    second = await make_exam(office, 7, day())
    rows = [(p.student_number, p.name, "", 1, mark) for p, mark in zip(pupils, (119, 90, 47), strict=True)]
    assert (await send(office, f"/exams/{second['id']}/results-import", workbook(HEAD, *rows))).status_code == 200
    stored_all, maths = await results_of(world), second["subjects"][1]["id"]
    assert [stored_all[f"{p.id}:{maths}"].result_level for p in pupils] == ["A", "B", "E"]


async def test_a_homeroom_teacher_enters_results_of_the_own_class_only(world: World) -> None:
    office = await world.client("academic_affairs")
    own, other = await world.school_class(7, 1), await world.school_class(7, 2)
    mine, theirs = await world.student("自己班", own), await world.student("别的班", other)
    exam = await make_exam(office, held_on=day())
    teacher, path = await world.client(("homeroom_teacher", own)), f"/exams/{exam['id']}/results-import"
    refused = await send(
        teacher, path, workbook(HEAD, (mine.student_number, "自己班", "", 80, 80), (theirs.student_number, "别的班", "", 80, 80))
    )
    assert refused.status_code == 422 and [f["code"] for f in refused.json()["report"]["findings"]] == ["not_your_class"]
    assert (await send(teacher, path, workbook(HEAD, (mine.student_number, "自己班", "", 80, 80)))).status_code == 200
    assert (
        await teacher.post("/api/v1/exams", json={"grade": 7, "kind": "unit", "name": "x", "held_on": day(), "subjects": []})
    ).status_code in (403, 422)


async def test_rights_and_schools_are_walls(world: World) -> None:
    office = await world.client("academic_affairs")
    exam = await make_exam(office, held_on=day())
    path, sheet = f"/exams/{exam['id']}/results-import", workbook(HEAD, ("1", "谁", "", 1, 1))
    assert (await send(world.anonymous(), path, sheet)).status_code == 401
    for role in ("aid_officer", "general_affairs", "registrar", "principal"):
        assert (await send(await world.client(role), path, sheet)).status_code == 403, role
    other = await world.elsewhere()
    stranger = await other.client("academic_affairs")
    assert (await send(stranger, path, sheet)).status_code == 404
    assert (await stranger.get(f"/api/v1/exams/{exam['id']}")).status_code == 404
    assert (await stranger.get("/api/v1/exams")).json()["items"] == []


async def test_an_idempotency_key_on_an_upload_gives_the_same_answer(world: World) -> None:
    office = await world.client("academic_affairs")
    room = await world.school_class(7, 1)
    pupil = await world.student("钥匙", room)
    exam = await make_exam(office, held_on=day())
    sheet, url = workbook(HEAD, (pupil.student_number, "钥匙", "", 50, 60)), f"/api/v1/exams/{exam['id']}/results-import"

    async def post(content: bytes) -> Any:
        return await office.post(url, files={"file": ("a.xlsx", content)}, headers={"Idempotency-Key": "upload-123456"})

    first, again = await post(sheet), await post(sheet)
    assert first.json() == again.json() and again.json()["new"] == 2
    assert (await post(workbook(HEAD, (pupil.student_number, "钥匙", "", 51, 60)))).json()["code"] == "idempotency_key_reused"
    async with world.session() as session:
        assert (
            await session.execute(select(func.count()).select_from(Result).where(Result.school_id == world.school_id))
        ).scalar_one() == 2
