"""What guardians see of their own child, what they take along, and who sees nothing."""

from io import BytesIO
from typing import Any

import asyncpg
import httpx
import pypdfium2
import pytest

from nuanyang.casework.interventions.models import Intervention
from nuanyang.kit.clock import now, today
from nuanyang.kit.ids import new_id
from nuanyang.school.attendance.models import AttendanceSummary
from nuanyang.school.consents.purposes import purposes
from nuanyang.school.results.models import Exam, ExamSubject, Result
from nuanyang.school.students.models import Student, StudentContact
from tests.factories.cases import evidence, planned
from tests.factories.consents import born
from tests.factories.students import guardian
from tests.factories.world import World

CHILDREN = "/api/v1/my/children"


@pytest.fixture
async def child(world: World) -> Student:
    room = await world.school_class(7, 1)
    await world.account(("homeroom_teacher", room))
    return await world.student("王小明", room)


@pytest.fixture
async def father(world: World, child: Student) -> httpx.AsyncClient:
    return await world.family(await guardian(world, child, "王建国"))


async def marked(world: World, child: Student) -> None:
    exam = Exam(
        school_id=world.school_id, id=new_id(), term_id=world.terms[0].id, grade=7, kind="midterm", name="期中考试", held_on=today()
    )
    subjects = [ExamSubject(school_id=world.school_id, id=new_id(), exam_id=exam.id, subject=s, full_marks=120) for s in ("语文", "数学")]
    given = [{"status": "present", "score": 98.5, "band": 2}, {"status": "absent"}]
    rows = [
        Result(school_id=world.school_id, id=new_id(), exam_id=exam.id, exam_subject_id=s.id, student_id=child.id, entered_at=now(), **more)
        for s, more in zip(subjects, given, strict=True)
    ]
    away = AttendanceSummary(
        school_id=world.school_id,
        id=new_id(),
        student_id=child.id,
        term_id=world.terms[0].id,
        starts_on=today(),
        ends_on=today(),
        sick_leave=1.5,
        late=2,
        entered_at=now(),
    )
    await world.add(exam, *subjects, *rows, away)


async def visited(world: World, child: Student, **more: Any) -> None:
    facts: dict[str, Any] = {"kind": "L1.1.home_visit", "data_class": "family", "went": "家访记录的内容"} | more
    await world.add(
        Intervention(
            school_id=world.school_id, id=new_id(), student_id=child.id, held_on=today(), minutes=40, form={}, entered_on=today(), **facts
        )
    )


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return "".join(page.get_textpage().get_text_range() for page in document)


async def test_a_guardian_sees_each_own_child_and_no_other(world: World, child: Student, father: httpx.AsyncClient) -> None:
    await world.student("别家孩子")
    found = (await father.get(CHILDREN)).json()
    assert [(one["id"], one["name"], one["class_name"], one["is_at_school"]) for one in found["items"]] == [
        (str(child.id), "王小明", "7年级(1)班", True)
    ]


async def test_a_guardian_without_a_child_here_is_told_so_and_not_refused(world: World, child: Student) -> None:
    row = await guardian(world, child, "旧监护人", ended_on=today())
    former = await world.family(row)
    assert (await former.get(CHILDREN)).json()["items"] == []
    assert (await former.get(f"{CHILDREN}/{child.id}")).status_code == 404


async def test_who_takes_care_without_being_a_guardian_sees_nothing(world: World, child: Student) -> None:
    aunt = await world.family(await guardian(world, child, "王阿姨", relation="relative", is_guardian=False))
    for path in ("", "/export.json", "/export.pdf"):
        assert (await aunt.get(f"{CHILDREN}/{child.id}{path}")).status_code == 404


async def test_the_child_in_plain_words(world: World, child: Student, father: httpx.AsyncClient) -> None:
    await guardian(world, child, "李梅", "13900001111", relation="mother", priority=2)
    await world.add(StudentContact(school_id=world.school_id, id=child.id, phone="13711112222", address="青山路1号"))
    await marked(world, child)
    answer = await father.get(f"{CHILDREN}/{child.id}")
    shown = answer.json()
    assert shown["basic"]["name"] == "王小明" and len(shown["basic"]["homeroom_teachers"]) == 1
    assert shown["contact"]["phone"] == "13711112222"
    assert shown["contact"]["guardians"] == [
        {"name": "王建国", "relation": "father", "is_me": True},
        {"name": "李梅", "relation": "mother", "is_me": False},
    ]
    assert "13900001111" not in answer.text
    (exam,) = shown["academic"]["exams"]
    assert [(s["subject"], s["status"], s["score"]) for s in exam["subjects"]] == [("语文", "present", 98.5), ("数学", "absent", None)]
    assert shown["academic"]["attendance"][0]["sick_leave"] == 1.5
    assert "band" not in answer.text and "rank" not in answer.text
    assert (shown["plan"], shown["support"]) == (None, [])


async def test_the_plan_in_force_and_what_was_done(world: World, child: Student, father: httpx.AsyncClient) -> None:
    await planned(world, child, "A1.3.small_group_tutoring")
    await visited(world, child)
    await visited(world, child, kind="P1.1.counselling", data_class="wellbeing")
    answer = await father.get(f"{CHILDREN}/{child.id}")
    shown = answer.json()
    (aim,) = shown["plan"]["aims"]
    assert (aim["area"], aim["statement"]) == ("study", "数学成绩提升一个等级")
    assert [(d["kind"], d["title"], d["times"], d["per"]) for d in aim["doing"]] == [("tutoring", "数学小组辅导", 2.0, "week")]
    assert [one["kind"] for one in shown["support"]] == ["home_visit"]
    for hidden in ("数学基础薄弱", "期末数学等级", "家访记录的内容", "key", "data_class"):
        assert hidden not in answer.text


@pytest.mark.parametrize("state", ["draft", "submitted", "superseded"])
async def test_a_plan_that_is_not_in_force_is_not_told(world: World, child: Student, father: httpx.AsyncClient, state: str) -> None:
    await planned(world, child, "A1.3.small_group_tutoring", state=state)
    assert (await father.get(f"{CHILDREN}/{child.id}")).json()["plan"] is None


async def test_a_plan_of_protection_is_not_told(world: World, child: Student, father: httpx.AsyncClient) -> None:
    await evidence(world, child, "C4", "bullied", data_class="protection")
    await planned(world, child, "I2.2.talk", "social")
    assert (await father.get(f"{CHILDREN}/{child.id}")).json()["plan"] is None


async def test_the_export_is_the_page_with_a_cover(world: World, child: Student, father: httpx.AsyncClient) -> None:
    await marked(world, child)
    await planned(world, child, "A1.3.small_group_tutoring")
    await visited(world, child)
    await father.post("/api/v1/my/data-requests", json={"student_id": str(child.id), "kind": "copy"})
    shown = (await father.get(f"{CHILDREN}/{child.id}")).json()
    as_json = await father.get(f"{CHILDREN}/{child.id}/export.json")
    assert as_json.json()["child"] == shown
    (asked_for,) = as_json.json()["requests"]
    assert (asked_for["kind"], asked_for["state"]) == ("copy", "open")
    assert as_json.headers["content-disposition"] == f'attachment; filename="child-{today()}.json"'
    assert as_json.headers["cache-control"] == "no-store"
    as_pdf = await father.get(f"{CHILDREN}/{child.id}/export.pdf")
    assert as_pdf.headers["content-type"] == "application/pdf"
    assert as_pdf.headers["content-disposition"] == f'attachment; filename="child-{today()}.pdf"'
    text = text_of(as_pdf.content)
    cover = as_json.json()["cover"]
    for said in (
        "王小明",
        "王建国",
        "7年级(1)班",
        "98.5 分（满分 120 分）",
        "缺考",
        "数学小组辅导：每周 2 次，每次 40 分钟",
        "老师家访",
        "1.5 天",
    ):
        assert said in text, said
    for part in ("what", "why", "kept", "rights"):
        assert cover[part][:12] in text.replace("\r\n", "").replace("\n", ""), part


async def test_that_an_export_was_taken_is_recorded(
    world: World, child: Student, father: httpx.AsyncClient, database_urls: tuple[str, str]
) -> None:
    for form in ("json", "pdf"):
        assert (await father.get(f"{CHILDREN}/{child.id}/export.{form}")).status_code == 200
    admin = await asyncpg.connect(database_urls[1])
    entries = await admin.fetch("select * from audit_entries where school_id = $1 and action = 'read' order by at", world.school_id)
    await admin.close()
    assert [(e["operation"], e["student_id"], e["ground"]) for e in entries] == [
        (f"children_export_{form}", child.id, ["guardian"]) for form in ("json", "pdf")
    ]
    assert all(set(e["data_classes"]) == {"basic", "contact", "academic"} for e in entries)


async def test_a_copy_carries_what_this_guardian_consented_to_and_took_back(world: World) -> None:
    child = await world.student("王小明", birth_on=born(12))
    father = await world.family(await guardian(world, child, "王建国"))
    mother = await world.family(await guardian(world, child, "李梅", relation="mother", priority=2))
    for client, purpose, action in ((father, "pairing", "given"), (father, "pairing", "withdrawn"), (mother, "community", "given")):
        said = {"student_id": str(child.id), "purpose": purpose, "action": action, "text_number": 1}
        assert (await client.post("/api/v1/family/consents", json=said)).status_code == 201
    consents = (await father.get(f"{CHILDREN}/{child.id}/export.json")).json()["consents"]
    assert [(c["purpose"], c["action"], c["how"], c["happened_on"], c["text_number"]) for c in consents] == [
        ("pairing", "withdrawn", "portal", str(today()), 1),
        ("pairing", "given", "portal", str(today()), 1),
    ]
    assert {c["text"] for c in consents} == {purposes()["pairing"].text}
    text = text_of((await father.get(f"{CHILDREN}/{child.id}/export.pdf")).content)
    for word in ("您的同意与撤回", "志愿者结对陪伴", "不同意或撤回", "在平台上选择", "第 1 版", str(today())):
        assert word in text, word
    assert "转介社区服务" not in text  # what the mother said is hers


async def test_only_guardians_and_the_child_have_these_pages(world: World, child: Student, father: httpx.AsyncClient) -> None:
    own = await world.client(account=await world.student_account(child))
    for client in (await world.client("principal"), own):
        for path in ("", f"/{child.id}", f"/{child.id}/export.json", f"/{child.id}/export.pdf"):
            assert (await client.get(f"{CHILDREN}{path}")).status_code == 403
    assert (await world.anonymous().get(CHILDREN)).status_code == 401
    assert (await father.get("/api/v1/my/plan")).status_code == 403


async def test_the_child_reads_its_own_plan(world: World, child: Student) -> None:
    own = await world.client(account=await world.student_account(child))
    assert (await own.get("/api/v1/my/plan")).json() == {"plan": None}
    await planned(world, child, "A1.3.small_group_tutoring")
    assert [aim["statement"] for aim in (await own.get("/api/v1/my/plan")).json()["plan"]["aims"]] == ["数学成绩提升一个等级"]
