"""Proposals and decisions through the API, on real PostgreSQL."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
import openpyxl
import pytest
from sqlalchemy.exc import IntegrityError

from nuanyang.casework.evidence.models import Evidence
from nuanyang.casework.recognition.models import Recognition, RecognitionStep
from nuanyang.kit.clock import now, today
from nuanyang.kit.ids import new_id
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.results.models import Exam, ExamSubject, Result
from nuanyang.school.students.models import Student
from tests.factories.world import World


async def tell(world: World, student: Student, kind: str, category: str, data_class: str, **more: Any) -> None:
    await world.add(
        Evidence(
            school_id=world.school_id,
            student_id=student.id,
            school_year_id=world.year.id,
            source="nomination",
            category=category,
            kind=kind,
            data_class=data_class,
            observed_on=today(),
            **more,
        )
    )


async def exams(world: World, students: list[Student], scores: list[list[int | None]]) -> None:
    """One term exam a row of scores; None is absent."""
    for back, row in enumerate(scores):
        exam = Exam(
            school_id=world.school_id,
            id=new_id(),
            term_id=world.terms[0].id,
            grade=7,
            kind="monthly",
            name=f"月考{back}",
            held_on=today() - timedelta(days=20 * (back + 1)),
        )
        subject = ExamSubject(school_id=world.school_id, id=new_id(), exam_id=exam.id, subject="数学", full_marks=Decimal(100))
        results = [
            Result(
                school_id=world.school_id,
                exam_id=exam.id,
                exam_subject_id=subject.id,
                student_id=student.id,
                class_id=student.class_id,
                status="absent" if score is None else "present",
                score=None if score is None else Decimal(score),
                entered_at=now(),
            )
            for student, score in zip(students, row, strict=True)
        ]
        await world.add(exam, subject, *results)


async def room(world: World, size: int = 10) -> tuple[SchoolClass, list[Student]]:
    school_class = await world.school_class()
    return school_class, [await world.student(f"学生{i}", school_class) for i in range(size)]


async def run(world: World) -> tuple[httpx.AsyncClient, dict[str, Any]]:
    principal = await world.client("principal")
    answer = await principal.post("/api/v1/proposal-runs")
    assert answer.status_code == 201, answer.text
    return principal, answer.json()


async def open_case(world: World, client: httpx.AsyncClient, student: Student, category: str = "C2", **more: Any) -> dict[str, Any]:
    body = {"student_id": str(student.id), "category": category, "reason": "班级评议提名"} | more
    answer = await client.post("/api/v1/recognitions", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def decide(client: httpx.AsyncClient, case: dict[str, Any], outcome: str = "agree") -> httpx.Response:
    return await client.post(f"/api/v1/recognitions/{case['id']}/decide", json={"outcome": outcome, "reason": "情况属实，同意"})


async def test_three_low_exams_and_a_weak_method_make_a_proposal(world: World) -> None:
    _, students = await room(world)
    await exams(world, students, [[30, 40, *range(50, 58)]] * 3)
    await tell(world, students[0], "weak_method", "C2", "academic")
    principal, ran = await run(world)
    assert ran["students_seen"] == 10 and ran["proposed"] == {"C2": 1} and ran["opened"] == 1
    items = (await principal.get("/api/v1/proposals?count=true")).json()
    assert items["count"] == 1 and items["items"][0]["student"]["id"] == str(students[0].id)
    held = items["items"][0]["explanation"]["held"][0]
    assert held["id"] == "C2.lowest_and_method" and held["conditions"][0]["actual"] == 3
    again = (await principal.post("/api/v1/proposal-runs")).json()
    assert again["opened"] == 0 and again["superseded"] == 0


async def test_an_absent_exam_is_never_a_zero(world: World) -> None:
    _, students = await room(world)
    await exams(world, students, [[None, 40, *range(50, 58)]] * 3)
    await tell(world, students[0], "weak_method", "C2", "academic")
    assert (await run(world))[1]["proposed"] == {}


async def test_a_no_is_kept_and_not_asked_again_on_the_same_facts(world: World) -> None:
    _, students = await room(world, 3)
    await tell(world, students[0], "minimum_living_allowance", "C1", "economic")
    principal, _ = await run(world)
    proposal = (await principal.get("/api/v1/proposals")).json()["items"][0]
    assert (await principal.post(f"/api/v1/proposals/{proposal['id']}/set-aside", json={"reason": "家庭情况已好转"})).status_code == 204
    (kept,) = (await principal.get("/api/v1/proposals?state=set_aside")).json()["items"]
    assert kept["set_aside_reason"] == "家庭情况已好转" and kept["set_aside_by"] and kept["set_aside_at"]
    assert (await principal.post("/api/v1/proposal-runs")).json()["opened"] == 0
    await tell(world, students[0], "sudden_hardship", "C1", "economic")
    assert (await principal.post("/api/v1/proposal-runs")).json()["opened"] == 1


async def test_the_path_from_class_to_school_opens_the_file(world: World) -> None:
    school_class, (student, *_) = await room(world, 2)
    teacher = await world.client(("homeroom_teacher", school_class))
    head, affairs = await world.client(("grade_head", 7)), await world.client("academic_affairs")
    case = await open_case(world, teacher, student)
    assert case["state"] == "class_review"
    assert (await decide(teacher, case)).json()["state"] == "grade_review"
    own = await decide(teacher, case)
    assert own.status_code == 403 and own.json()["code"] == "not_your_step"
    assert (await decide(head, case)).json()["state"] == "school_review"
    twice = await decide(head, case)
    assert twice.status_code == 403
    done = (await decide(affairs, case)).json()
    assert done["state"] == "recognised" and [s["step"] for s in done["steps"]] == ["class", "grade", "school"]
    async with world.session() as session:
        from nuanyang.casework.dossiers.service import open_file

        assert await open_file(session, world.school_id, student.id) is not None


async def test_whoever_entered_a_case_does_not_decide_it(world: World) -> None:
    _, (student, *_) = await room(world, 2)
    affairs, other = await world.client("academic_affairs"), await world.client("academic_affairs")
    case = await open_case(world, affairs, student)
    await decide(other, case)
    refused = await decide(affairs, case)
    assert refused.status_code == 409 and refused.json()["code"] == "own_case"


async def test_one_person_decides_one_step_only(world: World) -> None:
    school_class, (student, *_) = await room(world, 2)
    teacher, affairs = await world.client(("homeroom_teacher", school_class)), await world.client("academic_affairs")
    case = await open_case(world, teacher, student)
    await decide(affairs, case)
    refused = await decide(affairs, case)
    assert refused.status_code == 409 and refused.json()["code"] == "decided_before"


async def test_the_database_refuses_a_second_step_by_the_same_person_too(world: World) -> None:
    _, (student, *_) = await room(world, 2)
    affairs = await world.client("academic_affairs")
    case = await open_case(world, affairs, student)
    account = affairs.account  # type: ignore[attr-defined]

    def step(kind: str) -> RecognitionStep:
        return RecognitionStep(
            school_id=world.school_id,
            recognition_id=case["id"],
            entered_by=account.id,
            step=kind,
            outcome="agree",
            reason="同意认定",
            decided_at=now(),
            decided_by=account.id,
        )

    with pytest.raises(IntegrityError, match="not_own"):
        await world.add(step("school"))
    await world.add(step("class"))
    with pytest.raises(IntegrityError, match="four_eyes"):
        await world.add(step("class"))


@pytest.mark.parametrize(
    ("state", "deciders", "refusal"),
    [
        ("grade_review", {}, "ck_recognitions_class_first"),
        ("school_review", {"class_by": 1}, "ck_recognitions_grade_second"),
        ("recognised", {"class_by": 1, "grade_by": 2}, "ck_recognitions_school_last"),
        ("recognised", {"grade_by": 2, "school_by": 3}, "ck_recognitions_no_step_left_out"),
        ("recognised", {"class_by": 1, "grade_by": 2, "school_by": 1}, "ck_recognitions_each_another"),
        ("recognised", {"class_by": 1, "grade_by": 2, "school_by": 0}, "whoever entered it does not approve it"),
        ("recognised", {"school_by": 3, "at_school_only": True}, "ck_recognitions_school_alone"),
        ("class_review", {"class_by": 1}, "ck_recognitions_at_class"),
    ],
)
async def test_the_database_leaves_out_no_step(world: World, state: str, deciders: dict[str, Any], refusal: str) -> None:
    _, (student, *_) = await room(world, 1)
    people = [uuid4() for _ in range(4)]
    case = {
        "school_id": world.school_id,
        "student_id": student.id,
        "school_year_id": world.year.id,
        "category": "C2",
        "data_class": "academic",
        "support_level": "key",
        "entered_by": people[0],
        "reason": "情况属实",
    }
    with pytest.raises(IntegrityError, match=refusal):
        await world.add(Recognition(**case, state=state, **{k: people[v] if k.endswith("_by") else v for k, v in deciders.items()}))


async def test_a_case_sent_back_can_be_decided_again_by_the_same_people(world: World) -> None:
    school_class, (student, *_) = await room(world, 2)
    teacher, head = await world.client(("homeroom_teacher", school_class)), await world.client(("grade_head", 7))
    case = await open_case(world, teacher, student)
    await decide(teacher, case)
    assert (await decide(head, case, "return")).json()["state"] == "class_review"
    assert (await decide(teacher, case)).json()["state"] == "grade_review"
    assert (await decide(head, case)).json()["state"] == "school_review"


async def test_a_teacher_complained_of_never_learns_of_it(world: World) -> None:
    school_class, (student, *_) = await room(world, 2)
    staff = await world.staff("刘某")
    accused = await world.client(("homeroom_teacher", school_class), "moral_education", staff=staff)
    affairs, principal = await world.client("moral_education"), await world.client("principal")
    await tell(world, student, "bullied", "C4", "protection", about_staff_id=staff.id)
    await run(world)
    assert (await accused.get("/api/v1/proposals?count=true")).json()["count"] == 0
    assert (await affairs.get("/api/v1/proposals?count=true")).json()["count"] == 1
    case = await open_case(world, affairs, student, "C4")
    assert case["state"] == "school_review" and case["data_class"] == "protection" and not case["may_return"]
    assert (await decide(principal, case, "return")).json()["code"] == "not_in_review"
    assert (await decide(principal, case)).json()["state"] == "recognised"
    assert (await accused.get(f"/api/v1/recognitions/{case['id']}")).status_code == 404
    for path in (
        "recognitions?",
        "recognitions?state=recognised&",
        "proposals?state=taken_up&",
        "evidence?",
        f"recognitions?student_id={student.id}&",
    ):
        assert (await accused.get(f"/api/v1/{path}count=true")).json()["count"] == 0, path
    assessed = (await accused.get(f"/api/v1/students/{student.id}/assessment")).json()
    assert not any(r["holds"] for r in assessed["rules"] if r["category"] == "C4")
    file = (await accused.get(f"/api/v1/students/{student.id}/dossier")).json()
    assert file["file"] is None and file["recognitions"] == file["evidence"] == file["timeline"]["items"] == []
    assert (await accused.get("/api/v1/home")).json()["tasks"] == []
    rows = (await accused.get("/api/v1/students", params={"class_id": str(school_class.id)})).json()["items"]
    assert all(row["cases"] == [] for row in rows)
    book = await accused.get("/api/v1/students/export", params={"class_id": str(school_class.id)})
    cells = [cell.value for line in openpyxl.load_workbook(io.BytesIO(book.content)).active for cell in line]
    assert not any("情感" in str(cell) for cell in cells)
    # What they open themselves does not stumble over it, which would tell them.
    assert (await open_case(world, accused, student, "C4"))["state"] == "class_review"


async def test_whoever_is_complained_of_later_loses_sight_of_the_running_case(world: World) -> None:
    _, (student, *_) = await room(world, 2)
    one, other = await world.staff("甲某"), await world.staff("乙某")
    first, second = await world.client("moral_education", staff=one), await world.client("moral_education", staff=other)
    teller = await world.client("moral_education")
    case = await open_case(world, teller, student, "C4", data_class="protection")
    for accused, client in ((one, first), (other, second)):
        assert (await client.get(f"/api/v1/recognitions/{case['id']}")).status_code == 200
        body = {"student_id": str(student.id), "kind": "bullied", "source": "self_report", "observed_on": today().isoformat()}
        answer = await teller.post("/api/v1/evidence", json=body | {"about_staff_id": str(accused.id)})
        assert answer.status_code == 201, answer.text
        assert (await client.get(f"/api/v1/recognitions/{case['id']}")).status_code == 404
        assert (await client.get("/api/v1/recognitions?due=true&count=true")).json()["count"] == 0
    assert (await first.get(f"/api/v1/recognitions/{case['id']}")).status_code == 404
    assert (await teller.get(f"/api/v1/recognitions/{case['id']}")).status_code == 200


async def test_a_matter_of_protection_is_not_for_the_class_nor_a_wellbeing_one_for_the_nurse(world: World) -> None:
    school_class, (student, other, *_) = await room(world, 3)
    for one in (student, other):
        await tell(world, one, "bullied", "C4", "protection")
        await tell(world, one, "long_anxiety", "C3", "wellbeing")
    await tell(world, other, "family_conflict", "C4", "family")
    await tell(world, other, "chronic_illness", "C3", "health")
    await run(world)

    async def seen(*roles: Any, **more: Any) -> list[tuple[str, str, str]]:
        client = await world.client(*roles, **more)
        items = (await client.get("/api/v1/proposals")).json()["items"]
        for item in items:
            assert {r["data_class"] for part in ("held", "missing") for r in item["explanation"][part]} <= {item["data_class"]}
        return sorted((item["student"]["name"], item["data_class"], item["support_level"]) for item in items)

    family, health = (other.name, "family", "general"), (other.name, "health", "general")
    homeroom = await world.account(("homeroom_teacher", school_class))
    assert await seen(account=homeroom) == [family]
    assert await seen("aid_officer") == [family]
    # The nurse reads what is of health of the cases they lead, and of nobody else.
    assert (await (await world.client("school_nurse")).get("/api/v1/proposals")).status_code == 403
    assert await seen("school_nurse", ("case_lead", other)) == [family, health, (other.name, "wellbeing", "key")]
    everything = [(one.name, c, "key") for one in (student, other) for c in ("protection", "wellbeing")] + [family, health]
    assert await seen("moral_education") == await seen("counsellor") == sorted(everything)
    teacher = await world.client(account=homeroom)
    assessed = (await teacher.get(f"/api/v1/students/{other.id}/assessment")).json()
    assert {r["data_class"] for r in assessed["rules"]} == {"academic", "family"} and assessed["proposed"] == {"C4": "general"}
    preview = (await teacher.post("/api/v1/rule-sets/preview", json={"thresholds": {}})).json()
    assert [(c["key"], c["now"]) for c in preview["by_category"]] == [("C2", 0), ("C4", 1)]
    counsellor, affairs = await world.client("counsellor"), await world.client("moral_education")
    case = await open_case(world, counsellor, student, "C3")
    assert (case["data_class"], case["state"]) == ("wellbeing", "school_review")
    assert (await decide(affairs, case)).json()["state"] == "recognised"
    rows = (await teacher.get("/api/v1/students", params={"class_id": str(school_class.id)})).json()["items"]
    assert all(row["cases"] == [] for row in rows)


async def test_nobody_finds_an_income_by_trying_thresholds(world: World) -> None:
    school_class, (student, *_) = await room(world, 2)
    await tell(world, student, "low_income_family", "C1", "economic", facts={"income_per_head": 65_000})
    teacher, officer = await world.client(("homeroom_teacher", school_class)), await world.client("aid_officer")
    for line in (60_000, 70_000):
        body = {"thresholds": {"income_line": line, "income_near": 1.0}}
        shown = (await teacher.post("/api/v1/rule-sets/preview", json=body)).json()
        assert "C1" not in [c["key"] for c in shown["by_category"]] and shown["changes"] == []
    shown = (await officer.post("/api/v1/rule-sets/preview", json={"thresholds": {"income_line": 60_000, "income_near": 1.0}})).json()
    assert [(c["now"], c["then"]) for c in shown["by_category"] if c["key"] == "C1"] == [(1, 0)]


async def test_a_teacher_sees_cases_of_the_own_class_only(world: World) -> None:
    _, (student, *_) = await room(world, 2)
    affairs = await world.client("academic_affairs")
    case = await open_case(world, affairs, student)
    stranger = await world.client(("homeroom_teacher", await world.school_class(8)))
    subject_teacher = await world.client(("subject_teacher", await world.school_class(8)))
    assert (await stranger.get(f"/api/v1/recognitions/{case['id']}")).status_code == 404
    assert (await stranger.get("/api/v1/recognitions")).json()["items"] == []
    assert (await (await (await world.elsewhere()).client("principal")).get(f"/api/v1/recognitions/{case['id']}")).status_code == 404
    assert (await subject_teacher.get(f"/api/v1/recognitions/{case['id']}")).status_code == 403  # no cases at all
    assert (await world.anonymous().get("/api/v1/recognitions")).status_code == 401
    assert (await (await world.client("registrar")).get("/api/v1/recognitions")).status_code == 403


async def test_a_homeroom_teacher_sees_the_economic_result_without_the_reasons(world: World) -> None:
    school_class, (student, *_) = await room(world, 2)
    teacher, affairs = await world.client(("homeroom_teacher", school_class)), await world.client("moral_education")
    case = await open_case(world, affairs, student, "C1")
    shown = (await teacher.get(f"/api/v1/recognitions/{case['id']}")).json()
    assert shown["reason"] is None and shown["state"] == "class_review"
    assert (await affairs.get(f"/api/v1/recognitions/{case['id']}")).json()["reason"] == "班级评议提名"


async def test_leaving_is_a_decision_and_the_category_can_be_opened_anew(world: World) -> None:
    school_class, (student, *_) = await room(world, 2)
    teacher, head, affairs = (
        await world.client(("homeroom_teacher", school_class)),
        await world.client(("grade_head", 7)),
        await world.client("academic_affairs"),
    )
    case = await open_case(world, teacher, student)
    twin = await teacher.post("/api/v1/recognitions", json={"student_id": str(student.id), "category": "C2", "reason": "重复提名"})
    assert twin.status_code == 409 and twin.json()["code"] == "recognition_running"
    for client in (teacher, head, affairs):
        await decide(client, case)
    checked = await affairs.post(f"/api/v1/recognitions/{case['id']}/check", json={"outcome": "continue", "reason": "仍需帮扶"})
    assert checked.json()["state"] == "recognised"
    left = await affairs.post(f"/api/v1/recognitions/{case['id']}/exit", json={"reason": "成绩稳定，达到目标"})
    assert left.json()["state"] == "exited"
    assert (await affairs.post(f"/api/v1/recognitions/{case['id']}/exit", json={"reason": "再退一次"})).status_code == 409
    assert (await open_case(world, teacher, student))["state"] == "class_review"


async def test_many_proposals_are_taken_up_and_decided_at_once(world: World) -> None:
    school_class, students = await room(world, 6)
    for student in students[:5]:
        await tell(world, student, "weak_foundation", "C2", "academic")
        await tell(world, student, "family_conflict", "C4", "family")
    _, _ = await run(world)
    teacher, head = await world.client(("homeroom_teacher", school_class)), await world.client(("grade_head", 7))
    ids = [p["id"] for p in (await teacher.get("/api/v1/proposals?category=C4")).json()["items"]]
    assert len(ids) == 5
    taken = (await teacher.post("/api/v1/proposals/take-up", json={"proposal_ids": [*ids, str(new_id())]})).json()
    assert (taken["done"], taken["refused"]) == (5, 1)
    cases = [i["recognition_id"] for i in taken["items"] if i["ok"]]
    assert (await teacher.post("/api/v1/recognitions/decide", json={"ids": cases, "outcome": "agree", "reason": "班级评议通过"})).json()[
        "done"
    ] == 5
    assert (await head.post("/api/v1/recognitions/decide", json={"ids": cases, "outcome": "agree", "reason": "年级审核通过"})).json()[
        "done"
    ] == 5
    assert (await teacher.get("/api/v1/recognitions?state=school_review&count=true")).json()["count"] == 5


async def test_a_preview_shows_the_effect_and_stores_nothing(world: World) -> None:
    _, students = await room(world)
    await exams(world, students, [[30, 40, *range(50, 58)]] * 3)
    for student in students[:2]:
        await tell(world, student, "weak_method", "C2", "academic")
    affairs = await world.client("academic_affairs")
    shown = (await affairs.post("/api/v1/rule-sets/preview", json={"thresholds": {"lowest_share": 0.1, "weak_share": 0}})).json()
    (c2,) = shown["by_category"]
    assert (c2["now"], c2["then"], c2["students"]) == (2, 1, 10)
    assert shown["changes_total"] == 1 and shown["changes"][0]["then"] is None
    assert (await affairs.get("/api/v1/proposals?count=true")).json()["count"] == 0
    wrong = await affairs.post("/api/v1/rule-sets/preview", json={"thresholds": {"lowest_share": 3}})
    assert wrong.status_code == 422 and wrong.json()["errors"][0]["pointer"] == "#/thresholds/lowest_share"


async def test_rules_are_adopted_by_another_person(world: World) -> None:
    one, other = await world.client("academic_affairs"), await world.client("principal")
    draft = await one.post("/api/v1/rule-sets", json={"thresholds": {"exams_running": 2}, "reason": "本校每学期两次大考"})
    assert draft.status_code == 201 and draft.json()["number"] == 2
    path = f"/api/v1/rule-sets/{draft.json()['id']}"
    assert (await one.patch(path, json={"thresholds": {}, "reason": "按校情调整"})).status_code == 428
    assert (
        await one.patch(path, json={"thresholds": {"exams_running": 4}, "reason": "按校情调整"}, headers={"If-Match": '"7"'})
    ).status_code == 412
    assert (await one.patch(path, json={"thresholds": {"exams_running": 4}, "reason": "按校情调整"}, headers={"If-Match": '"1"'})).json()[
        "thresholds"
    ]["exams_running"] == 4
    assert (await one.post(path + "/adopt")).json()["code"] == "own_rules"
    assert (await other.post(path + "/adopt")).json()["state"] == "adopted"
    assert (await other.post(path + "/adopt")).json()["code"] == "rules_not_draft"
    states = [r["state"] for r in (await one.get("/api/v1/rule-sets")).json()["items"]]
    assert states == ["adopted", "retired"]


async def test_an_assessment_explains_what_was_near(world: World) -> None:
    _, students = await room(world)
    await exams(world, students, [[30, 40, *range(50, 58)]] * 3)
    affairs = await world.client("academic_affairs")
    shown = (await affairs.get(f"/api/v1/students/{students[0].id}/assessment")).json()
    rule = next(r for r in shown["rules"] if r["id"] == "C2.lowest_and_method")
    assert rule["holds"] is False and rule["nearness"] == 0.5 and shown["hidden"] == ["C1", "C3", "C4"]


async def test_the_list_of_what_is_due_is_what_can_be_decided(world: World) -> None:
    school_class, (first, second, *_) = await room(world, 3)
    teacher, head, affairs = (
        await world.client(("homeroom_teacher", school_class)),
        await world.client(("grade_head", 7)),
        await world.client("academic_affairs"),
    )
    case, other = await open_case(world, teacher, first), await open_case(world, affairs, second)

    async def due(client: httpx.AsyncClient) -> set[str]:
        return {r["id"] for r in (await client.get("/api/v1/recognitions?due=true")).json()["items"]}

    assert await due(teacher) == await due(head) == await due(affairs) == {case["id"], other["id"]}
    await decide(teacher, case)
    await decide(teacher, other)
    assert await due(teacher) == set()
    assert await due(head) == {case["id"], other["id"]}
    assert await due(affairs) == {case["id"]}  # the other is their own
    await decide(head, case)
    assert await due(head) == {other["id"]}
    assert (await due(affairs)) == {case["id"]}
    await decide(affairs, case, "return")
    assert case["id"] in await due(teacher)


async def test_a_run_by_the_person_complained_of_changes_nothing_about_it(world: World) -> None:
    _, (student, *_) = await room(world, 2)
    staff = await world.staff("刘某")
    await tell(world, student, "bullied", "C4", "protection", about_staff_id=staff.id)
    principal, _ = await run(world)
    accused = await world.client("moral_education", staff=staff)
    assert (await accused.post("/api/v1/proposal-runs")).json()["superseded"] == 0
    assert (await accused.get("/api/v1/proposals?count=true")).json()["count"] == 0
    assert (await principal.get("/api/v1/proposals?count=true")).json()["count"] == 1
