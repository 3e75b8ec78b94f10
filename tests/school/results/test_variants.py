"""Sheets as teachers really have them: each comes in clear, or says what is wrong; nothing is ever half imported."""

import io
import json
from typing import Any

import httpx
import openpyxl
import pytest
import xlsxwriter
from sqlalchemy import select

from nuanyang.school.classes.models import ClassStaff
from nuanyang.school.results.models import Result
from nuanyang.school.students.models import Student
from tests.factories.sheets import make_exam, send, workbook
from tests.factories.world import World
from tests.school.results.test_import import HEAD, day, results_of


async def setting(world: World, *names: str, **exam: Any) -> tuple[httpx.AsyncClient, Any, list[Any], dict[str, Any], str]:
    office, room = await world.client("academic_affairs"), await world.school_class(7, 1)
    pupils = [await world.student(name, room) for name in names]
    made = await make_exam(office, held_on=day(), **exam)
    return office, room, pupils, made, f"/exams/{made['id']}/results-import"


async def marks(world: World, exam: dict[str, Any], subject: int = 0) -> dict[str, tuple[str, float | None]]:
    """Name → (status, score) in one subject."""
    async with world.session() as session:
        rows = await session.execute(
            select(Student.name, Result.status, Result.score)
            .join(Student, Student.id == Result.student_id)
            .where(Result.school_id == world.school_id, Result.exam_subject_id == exam["subjects"][subject]["id"])
        )
        return {name: (status, None if score is None else float(score)) for name, status, score in rows}


def codes(report: dict[str, Any], severity: str | None = None) -> list[str]:
    return [f["code"] for f in report["findings"] if severity in (None, f["severity"])]


def merged(build: Any) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    build(book)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
async def test_csv_of_any_encoding_with_a_title_above_and_spread_titles(world: World, encoding: str, separator: str) -> None:
    office, _, _, exam, path = await setting(world, "张三", "李四")
    lines = [["七年级期中考试成绩"], ["姓 名", "语 文（120）", "数 学"], ["张三", "１０５．５", "90分"], ["李四", "缺考", "/"]]
    content = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    answer = await send(office, path, content, "成绩.csv")
    assert answer.status_code == 200, answer.text
    assert await marks(world, exam) == {"张三": ("present", 105.5), "李四": ("absent", None)}
    assert await marks(world, exam, 1) == {"张三": ("present", 90), "李四": ("blank", None)}


async def test_merged_cells_speak_for_each_cell(world: World) -> None:
    office, room, _, exam, path = await setting(world, "张三", "李四", "王五")

    def build(book: Any) -> None:
        page = book.add_worksheet("Sheet1")
        page.merge_range("A1:E1", "期中考试成绩登记表")
        page.merge_range("A2:A3", "班级")
        page.merge_range("B2:B3", "姓名")
        page.merge_range("C2:D2", "语文")
        page.write("C3", "得分")
        page.write("D3", "班次")
        page.merge_range("E2:E3", "数学")
        page.merge_range("A4:A6", room.name)
        for line, (name, chinese, rank, maths) in enumerate((("张三", 88.0, 1, 99.99999999999999), ("李四", 70, 2, 60)), 3):
            page.write(line, 1, name)
            page.write(line, 2, chinese)
            page.write(line, 3, rank)
            page.write(line, 4, maths)
        page.write(5, 1, "王五")
        page.merge_range("C6:E6", "缓考")

    report = (await send(office, path, merged(build))).json()
    assert report["is_applied"], report
    assert await marks(world, exam) == {"张三": ("present", 88), "李四": ("present", 70), "王五": ("deferred", None)}
    assert await marks(world, exam, 1) == {"张三": ("present", 100), "李四": ("present", 60), "王五": ("deferred", None)}
    assert codes(report) == ["rank_not_kept"]


async def test_hidden_sheets_are_told_and_a_summary_sheet_is_taken_once(world: World) -> None:
    office, _, _, exam, path = await setting(world, "张三", "李四")

    def build(book: Any) -> None:
        for name, rows in (
            ("七(1)班", [("张三", 90, 80), ("李四", 70, 60)]),
            ("汇总", [("李四", 70, 60), ("张三", 90, 80)]),
            ("草稿", [("张三", 1, 1)]),
        ):
            page = book.add_worksheet(name)
            for line, cells in enumerate([("姓名", "语文", "数学"), *rows]):
                page.write_row(line, 0, cells)
            if name == "草稿":
                page.hide()

    report = (await send(office, path, merged(build))).json()
    assert report["is_applied"] and report["new"] == 4, report
    assert sorted(codes(report)) == ["hidden_sheet", "rows_repeated"]
    assert next(f["sheet"] for f in report["findings"] if f["code"] == "hidden_sheet") == "草稿"
    assert await marks(world, exam) == {"张三": ("present", 90), "李四": ("present", 70)}


async def test_full_marks_said_in_the_sheet_must_be_those_of_the_exam(world: World) -> None:
    office, _, _, _, path = await setting(world, "张三")
    in_title = await send(office, path, workbook(("姓名", "语文（150分）", "数学(120)"), ("张三", 90, 90)))
    assert in_title.status_code == 422
    (found,) = in_title.json()["report"]["findings"]
    assert (found["code"], found["line"], found["column"], found["value"]) == ("full_marks_differ", 1, "B", "150")
    in_row = workbook(("姓名", "语文", "数学"), ("满分", 120, 100), ("张三", 90, 90))
    assert [(f["code"], f["line"], f["column"]) for f in (await send(office, path, in_row)).json()["report"]["findings"]] == [
        ("full_marks_differ", 2, "C")
    ]
    agreeing = workbook(("姓名", "语文/120", "数学"), ("满分", 120, 120), ("张三", 90, 90))
    assert (await send(office, path, agreeing)).json()["is_applied"]
    assert set(await results_of(world)) and len(await results_of(world)) == 2


async def test_whom_a_row_means_is_asked_and_answered(world: World) -> None:
    office, room, (one, two, other), _, path = await setting(world, "张伟", "张伟", "陈晨")
    sheet = workbook(("姓名", "语文", "数学"), ("张伟", 90, 91), ("陈晨", 80, 81), ("过客", 1, 2))
    dry = (await send(office, path, sheet, dry_run=True)).json()
    assert codes(dry, "error") == ["several_students", "unknown_student"]
    asked, stranger = dry["questions"]
    assert (asked["sheet"], asked["line"], asked["name"], asked["code"]) == ("成绩", 2, "张伟", "several_students")
    assert {c["id"] for c in asked["candidates"]} == {str(one.id), str(two.id)} and asked["candidates"][0]["class_name"] == room.name
    assert stranger["candidates"] == []

    def answers(*pairs: tuple[dict[str, Any], Any]) -> dict[str, str]:
        return {"answers": json.dumps([{k: q[k] for k in ("sheet", "line", "name")} | {"student_id": i and str(i)} for q, i in pairs])}

    half = await send(office, path, sheet, form=answers((asked, two.id)))
    assert half.status_code == 422 and codes(half.json()["report"], "error") == ["unknown_student"] and await results_of(world) == {}
    # An answer counts for the row of that name only, and never names anybody of another school or grade.
    foreign = await (await world.elsewhere()).student("张伟")
    for given in (answers((asked | {"name": "张玮"}, two.id), (stranger, None)), answers((asked, foreign.id), (stranger, None))):
        refused = await send(office, path, sheet, form=given)
        assert refused.status_code == 422 and codes(refused.json()["report"], "error") == ["several_students"]
    # Two rows for one student are refused, also when an answer makes them so.
    twice = await send(office, path, sheet, form=answers((asked, other.id), (stranger, None)))
    assert twice.status_code == 422 and codes(twice.json()["report"], "error") == ["same_student_twice"]
    done = (await send(office, path, sheet, form=answers((asked, two.id), (stranger, None)))).json()
    assert done["is_applied"] and done["left_out"] == 1 and done["new"] == 4, done
    assert {key.partition(":")[0] for key in await results_of(world)} == {str(two.id), str(other.id)}
    for broken in ("[", "{}", '[{"sheet": 1}]', json.dumps([{"sheet": "成绩", "line": 2, "name": "x", "student_id": "7"}])):
        wrong = await send(office, path, sheet, form={"answers": broken})
        assert wrong.status_code == 422 and wrong.json()["errors"][0]["pointer"] == "#/answers", broken


async def test_an_empty_cell_takes_no_result_back(world: World) -> None:
    office, _, (one, two), exam, path = await setting(world, "张三", "李四")
    full = workbook(HEAD, (one.student_number, "张三", "", 90, 80), (two.student_number, "李四", "", "缺考", 60))
    assert (await send(office, path, full)).json()["new"] == 4
    report = (
        await send(office, path, workbook(HEAD, (one.student_number, "张三", "", "", 80), (two.student_number, "李四", "", "-", 60)))
    ).json()
    assert report["is_applied"] and (report["changed"], report["unchanged"]) == (0, 2) and codes(report) == ["blank_kept"]
    assert await marks(world, exam) == {"张三": ("present", 90), "李四": ("absent", None)}


@pytest.mark.parametrize(
    ("cell", "status", "score"),
    [
        ("缺考", "absent", None),
        ("缺考（病）", "absent", None),
        ("0（缺考）", "absent", None),
        ("病假", "absent", None),
        ("缓考", "deferred", None),
        ("免考", "exempt", None),
        ("作弊", "violation", None),
        ("／", "blank", None),
        ("－", "blank", None),
        ("\\", "blank", None),
        ("９９．５", "present", 99.5),
        ("88 分", "present", 88),
        (77.5, "present", 77.5),
        ("0", "present", 0),
    ],
)
async def test_what_a_cell_says(world: World, cell: Any, status: str, score: float | None) -> None:
    office, _, _, exam, path = await setting(world, "张三")
    report = (await send(office, path, workbook(("姓名", "语文", "数学"), ("张三", cell, 1)), confirm_zeros=True)).json()
    assert report["is_applied"], report
    assert (await marks(world, exam))["张三"] == (status, score)


async def test_levels_in_words_and_level_columns_of_a_grade_without_papers(world: World) -> None:
    office, room = await world.client("academic_affairs"), await world.school_class(1, 1)
    for name in ("甲", "乙", "丙", "丁"):
        await world.student(name, room)
    exam = await make_exam(
        office, 1, day(), subjects=[{"subject": "语文", "level_scheme": "优良合格"}, {"subject": "外语", "level_scheme": "A–E"}]
    )
    rows = [("甲", "优秀", "a"), ("乙", "良好", "B等"), ("丙", "及格", "Ｃ"), ("丁", "不合格", "缺考")]
    report = (await send(office, f"/exams/{exam['id']}/results-import", workbook(("姓名", "语文等级", "英语 等第"), *rows))).json()
    assert report["is_applied"], report
    stored = [(row.result_level, row.status, row.band) for row in (await results_of(world)).values()]
    assert sorted(str(level) for level, _, _ in stored) == ["A", "B", "C", "None", "优", "合格", "待合格", "良"]
    assert {band for _, _, band in stored} == {None}


async def test_a_subject_under_another_name_is_the_same_subject(world: World) -> None:
    office, _, _, _, path = await setting(
        world, "张三", subjects=[{"subject": "道德与法治", "full_marks": 100}, {"subject": "英语", "full_marks": 120}]
    )
    report = (await send(office, path, workbook(("姓名", "道法", "外语"), ("张三", 88, 99)))).json()
    assert report["is_applied"] and report["new"] == 2, report


async def test_totals_and_ranks_are_nowhere_in_the_database(world: World) -> None:
    office, _, (one,), _, path = await setting(world, "张三")
    sheet = workbook(("姓名", "语文", "数学", "总分", "平均分", "班级排名", "年级名次"), ("张三", 90, 80, 170, 85, 3, 41))
    assert (await send(office, path, sheet)).json()["new"] == 2
    async with world.session() as session:
        rows = (await session.scalars(select(Result).where(Result.student_id == one.id))).all()
    assert {float(row.score or 0) for row in rows} == {90, 80} and not {"rank", "total"} & set(Result.__table__.columns.keys())


async def test_a_subject_teacher_enters_the_own_subject_of_the_own_classes(world: World) -> None:
    office, own, (one, _), exam, path = await setting(world, "张三", "李四")
    other = await world.school_class(7, 2)
    foreign = await world.student("别班生", other)
    staff = await world.staff("数学老师")
    for school_class in (own, other):  # other: on the plan, but without the role
        await world.add(
            ClassStaff(
                school_id=world.school_id,
                class_id=school_class.id,
                staff_id=staff.id,
                role="subject_teacher",
                subject="数学",
                valid_from=world.year.starts_on,
            )
        )
    teacher = await world.client(("subject_teacher", own), staff=staff)
    row = next(e for e in (await teacher.get("/api/v1/exams")).json()["items"] if e["id"] == exam["id"])
    assert row["may_import"] and not row["may_edit"]
    assert (await send(teacher, path, workbook(("姓名", "数学"), ("张三", 90), ("李四", 80)))).json()["is_applied"]
    assert await marks(world, exam, 1) == {"张三": ("present", 90), "李四": ("present", 80)}
    both = workbook(("姓名", "语文", "数学"), ("张三", 77, 90), ("李四", "", 80))
    refused = await send(teacher, path, both)
    assert [(f["code"], f["column"], f["line"]) for f in refused.json()["report"]["findings"]] == [("not_yours_to_enter", "B", 2)]
    # Of another class not even that something would stay the same is said.
    assert (await send(office, path, workbook(("姓名", "数学"), ("别班生", 55)))).json()["new"] == 1
    for guess in (55, 56):
        answer = (
            await send(teacher, path, workbook(("学号", "姓名", "数学"), (foreign.student_number, "别班生", guess)), dry_run=True)
        ).json()
        assert codes(answer) == ["not_your_class", "subject_missing"] and (answer["unchanged"], answer["changed"]) == (0, 0)
    template = await teacher.get(f"/api/v1/exams/{exam['id']}/results-template")
    assert template.status_code == 200
    page = openpyxl.load_workbook(io.BytesIO(template.content)).worksheets[0]
    assert [cell.value for cell in page[1]] == ["学号", "姓名", "班级", "数学（120分）"] and page.max_row == 3
    url = f"/api/v1/exams/{exam['id']}/entries/{one.id}"
    seen = {"If-Match": '"1"'}
    fix = {"results": [{"subject_id": exam["subjects"][1]["id"], "mark": "91"}], "reason": "登分有误"}
    assert (await teacher.patch(url, json=fix, headers=seen)).status_code == 200
    wrong_subject = {"results": [{"subject_id": exam["subjects"][0]["id"], "mark": "91"}], "reason": "登分有误"}
    assert (await teacher.patch(url, json=wrong_subject, headers={"If-Match": '"2"'})).status_code == 403
    beyond = f"/api/v1/exams/{exam['id']}/entries/{foreign.id}"
    assert (await teacher.patch(beyond, json=fix, headers=seen)).status_code == 404
    # Who teaches nothing of the exam has nothing to enter.
    idle = await world.client(("subject_teacher", own))
    refused = await send(idle, path, workbook(("姓名", "数学"), ("张三", 12)))
    assert codes(refused.json()["report"], "error") == ["not_yours_to_enter"]


async def test_a_correction_keeps_the_old_value_asks_why_and_works_out_the_class_anew(world: World) -> None:
    office, room, pupils, exam, path = await setting(world, *(f"学生{n}" for n in "甲乙丙丁戊"))
    rows = [(p.name, 100 - 10 * n, 110 - 10 * n) for n, p in enumerate(pupils)]
    assert (await send(office, path, workbook(("姓名", "语文", "数学"), *rows))).status_code == 200
    last, (chinese, maths) = pupils[4], (s["id"] for s in exam["subjects"])
    entries = (await office.get(f"/api/v1/exams/{exam['id']}/entries", params={"class_id": str(room.id)})).json()["items"]
    entry = next(e for e in entries if e["student_id"] == str(last.id))
    assert entry["version"] == 2 and entry["corrections"] == 0 and set(entry["subjects_to_enter"]) == {chinese, maths}
    url = f"/api/v1/exams/{exam['id']}/entries/{last.id}"

    async def correct(version: int, client: Any = office, **body: Any) -> httpx.Response:
        marks_sent = [{"subject_id": s, "mark": m} for s, m in body.pop("marks").items()]
        return await client.patch(
            url, json={"results": marks_sent, "reason": "卷面漏加 20 分"} | body, headers={"If-Match": f'"{version}"'}
        )

    assert (await office.patch(url, json={"results": [{"subject_id": maths, "mark": "9"}], "reason": "四个字啊"})).status_code == 428
    assert (await correct(9, marks={maths: "95"})).status_code == 412
    assert (await correct(2, marks={maths: "95"}, reason="x")).status_code == 422
    assert (await correct(2, marks={maths: "70"})).json()["code"] == "nothing_changed"
    wrong = await correct(2, marks={chinese: "121", maths: "九十"})
    assert [e["pointer"] for e in wrong.json()["errors"]] == ["#/results/0/mark", "#/results/1/mark"]
    assert (await correct(2, marks={maths: "0"})).json()["code"] == "zero_unconfirmed"
    done = await correct(2, marks={maths: "120", chinese: "缺考"})
    assert done.status_code == 200, done.text
    by_subject = {r["subject"]: (r["status"], r["score"], r["band"], r["result_level"]) for r in done.json()["results"]}
    assert by_subject == {"语文": ("absent", None, None, None), "数学": ("present", 120, 1, "A")}
    assert done.headers["ETag"] == '"4"' and done.json()["corrections"] == 2
    kept = (await office.get(f"{url}/changes")).json()["items"]
    assert {(k["subject"], k["status"], k["score"], k["reason"]) for k in kept} == {
        ("数学", "present", 70, "卷面漏加 20 分"),
        ("语文", "present", 60, "卷面漏加 20 分"),
    } and all(k["changed_by"] for k in kept)
    stranger = await world.client(("homeroom_teacher", await world.school_class(7, 2)))
    assert (await stranger.get(f"{url}/changes")).status_code == 404
    assert (await correct(4, stranger, marks={maths: "1"})).status_code == 404
    assert (await correct(4, await world.client("principal"), marks={maths: "1"})).status_code == 403
    assert (await correct(4, await (await world.elsewhere()).client("academic_affairs"), marks={maths: "1"})).status_code == 404
    assert (await correct(4, world.anonymous(), marks={maths: "1"})).status_code == 401
