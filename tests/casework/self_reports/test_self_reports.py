"""A student tells the school what is hard: who hears it, who never does, and what the student reads back."""

from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from nuanyang.casework.dossiers.models import CaseLead, TimelineEntry
from nuanyang.casework.evidence.catalogue import KINDS
from nuanyang.casework.evidence.models import CensusLook, Evidence
from nuanyang.casework.evidence.rules import checked_facts
from nuanyang.casework.self_reports.topics import TOPICS, Topic
from nuanyang.kit.clock import today
from nuanyang.school.classes.models import ClassStaff
from nuanyang.school.students.models import Student
from tests.factories.world import World

# What never stands on a student's page, in whatever field.
LABELS = (
    "弱势",
    "贫困",
    "差生",
    "问题学生",
    "后进",
    "困难学生",
    "低保",
    "认定",
    "重点",
    "C1",
    "C2",
    "C3",
    "C4",
    "category",
    "data_class",
    "protection",
)


async def child_of(world: World, student: Student) -> httpx.AsyncClient:
    return await world.client(account=await world.student_account(student))


async def tell(child: httpx.AsyncClient, topic: str, **more: Any) -> dict[str, Any]:
    answer = await child.post("/api/v1/self-reports", json={"topic": topic} | more)
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["report"])


async def heard(client: httpx.AsyncClient, pupil: Student) -> list[str]:
    """The kinds of evidence that this person sees of the student, by the list and by the student's page: the same."""
    listed = [e["kind"] for e in (await client.get("/api/v1/evidence", params={"student_id": str(pupil.id)})).json()["items"]]
    page = (await client.get(f"/api/v1/students/{pupil.id}/evidence")).json()
    shown = [e["kind"] for group in page["groups"] for e in group["items"]] + [e["kind"] for e in page["own"]]
    assert sorted(listed) == sorted(shown)
    return sorted(listed)


@pytest.mark.parametrize("topic", TOPICS.values(), ids=lambda topic: topic.code)
def test_every_topic_is_a_kind_that_takes_its_answers(topic: Topic) -> None:
    if topic.kind is None:
        return assert_empty(topic)
    kind = KINDS[topic.kind]
    assert "self_report" in kind.sources
    facts = {question.fact: question.answers[-1][0] for question in topic.questions}
    assert checked_facts(kind, facts) == (facts, [])
    assert all(checked_facts(kind, facts | {q.fact: value})[1] == [] for q in topic.questions for value, _ in q.answers)
    return None


def assert_empty(topic: Topic) -> None:
    assert topic.questions == () and not topic.is_note_required


async def test_the_page_knows_the_class_and_says_who_reads_and_names_no_label(world: World) -> None:
    room = await world.school_class(7, 1)
    pupil, homeroom, maths = await world.student("小满", room), await world.staff("张老师"), await world.staff("李老师")
    for staff, role, subject in (
        (homeroom, "homeroom_teacher", None),
        (homeroom, "subject_teacher", "语文"),
        (maths, "subject_teacher", "数学"),
    ):
        await world.add(
            ClassStaff(
                school_id=world.school_id, class_id=room.id, staff_id=staff.id, role=role, subject=subject, valid_from=world.year.starts_on
            )
        )
    child = await child_of(world, pupil)
    answer = await child.get("/api/v1/self-reports/form")
    assert answer.status_code == 200, answer.text
    form = answer.json()
    assert {(t["name"], t["note"]) for t in form["teachers"]} == {("张老师", "班主任 · 语文"), ("李老师", "数学")}
    readers = {topic["code"]: topic["readers"] for topic in form["topics"]}
    assert "班主任" in readers["behind"] and "班主任" not in readers["hurt"] and "心理教师" in readers["hurt"]
    assert readers["all_well"] == [] and form["readers_about_staff"] == readers["hurt"]
    assert [word for word in LABELS if word in answer.text] == []
    english = (await child.get("/api/v1/self-reports/form", headers={"Accept-Language": "en"})).json()
    assert english["topics"][-1]["words"] == "I am doing fine"


async def test_the_case_lead_is_named_among_the_readers(world: World) -> None:
    pupil, lead = await world.student(), await world.staff("陈老师")
    await world.add(CaseLead(school_id=world.school_id, student_id=pupil.id, staff_id=lead.id, valid_from=today()))
    form = (await (await child_of(world, pupil)).get("/api/v1/self-reports/form")).json()
    readers = {topic["code"]: topic["readers"] for topic in form["topics"]}
    assert "陈老师" in readers["behind"] and "陈老师" not in readers["hurt"]


async def test_what_a_student_tells_reaches_those_whose_work_it_is(world: World) -> None:
    room = await world.school_class(7, 1)
    pupil = await world.student("自己说", room)
    child = await child_of(world, pupil)
    sent = await child.post(
        "/api/v1/self-reports", json={"topic": "hurt", "answers": {"by_whom": "student", "frequency": "repeated"}, "note": "放学路上"}
    )
    assert sent.status_code == 201 and sent.headers["Cache-Control"] == "no-store"
    assert [word for word in LABELS if word in sent.text] == []
    await tell(child, "behind", answers={"duration_months": "6", "impact": "clear"})
    assert await heard(await world.client("counsellor"), pupil) == ["bullied", "weak_foundation"]
    assert await heard(await world.client(("homeroom_teacher", room)), pupil) == ["weak_foundation"]
    async with world.session() as session:
        rows = {row.kind: row for row in await session.scalars(select(Evidence).where(Evidence.student_id == pupil.id))}
        look = (await session.scalars(select(CensusLook).where(CensusLook.student_id == pupil.id))).one()
    assert rows["bullied"].facts == {"by_whom": "student", "frequency": "repeated"} and rows["bullied"].note == "放学路上"
    assert rows["weak_foundation"].facts == {"duration_months": 6, "impact": "clear"} and look.way == "self_report"
    own = (await child.get("/api/v1/self-reports")).json()["items"]
    assert [(r["topic"], r["note"], r["is_heard"]) for r in own] == [("behind", None, False), ("hurt", "放学路上", False)]


async def test_a_teacher_never_hears_what_is_told_about_them(world: World) -> None:
    room = await world.school_class(7, 1)
    pupil, person = await world.student("说出来", room), await world.staff("某老师")
    teacher = await world.client(("homeroom_teacher", room), staff=person)
    child = await child_of(world, pupil)
    before = [(await teacher.get(path)).json() for path in ("/api/v1/home", f"/api/v1/students/{pupil.id}/timeline")]
    report = await tell(child, "behind", about_staff_id=str(person.id), is_about_staff=True, note="他当众骂我")
    assert report["is_about_staff"] and "班主任" not in report["readers"]
    assert await heard(teacher, pupil) == []
    assert [(await teacher.get(path)).json() for path in ("/api/v1/home", f"/api/v1/students/{pupil.id}/timeline")] == before
    assert "骂" not in (await teacher.get(f"/api/v1/dossiers/{pupil.id}")).text
    # Those who protect hear it, except when it is about one of them.
    assert await heard(await world.client("moral_education"), pupil) == ["weak_foundation"]
    counsellor = await world.staff("心理老师")
    await tell(child, "sad", about_staff_id=str(counsellor.id))
    assert await heard(await world.client("counsellor", staff=counsellor), pupil) == ["weak_foundation"]
    async with world.session() as session:
        noted = select(func.count()).select_from(TimelineEntry).where(TimelineEntry.student_id == pupil.id)
        assert await session.scalar(noted) == 0


@pytest.mark.parametrize("more", [{"is_about_staff": True}, {"answers": {"by_whom": "staff"}}])
async def test_a_teacher_without_a_name_is_a_matter_of_protection_too(world: World, more: dict[str, Any]) -> None:
    room = await world.school_class(7, 1)
    pupil = await world.student("不敢说名字", room)
    await tell(await child_of(world, pupil), "hurt" if "answers" in more else "quarrels", **more)
    assert await heard(await world.client(("homeroom_teacher", room)), pupil) == []
    assert len(await heard(await world.client("moral_education"), pupil)) == 1


async def test_doing_fine_is_an_answer_to_the_census_and_no_evidence(world: World) -> None:
    pupil = await world.student("挺好的")
    child = await child_of(world, pupil)
    for _ in range(2):
        answer = await child.post("/api/v1/self-reports", json={"topic": "all_well"})
        assert (answer.status_code, answer.json()) == (201, {"report": None})
    async with world.session() as session:
        looks = (await session.scalars(select(CensusLook).where(CensusLook.student_id == pupil.id))).all()
        assert [look.way for look in looks] == ["self_report"]
        assert await session.scalar(select(func.count()).select_from(Evidence).where(Evidence.student_id == pupil.id)) == 0


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"topic": "family_event"}, "#/answers/event", "missing"),
        ({"topic": "family_event", "answers": {"event": "flood"}}, "#/answers/event", "unknown_answer"),
        ({"topic": "behind", "answers": {"event": "illness"}}, "#/answers/event", "unknown_question"),
        ({"topic": "behind", "answers": {"duration_months": "7"}}, "#/answers/duration_months", "unknown_answer"),
        ({"topic": "talk"}, "#/note", "missing"),
        ({"topic": "all_well", "note": "可是"}, "#/topic", "says_nothing"),
        ({"topic": "sad", "about_staff_id": "01a21059-be97-702b-9f44-bfc844bc1bbe"}, "#/about_staff_id", "unknown_staff"),
    ],
)
async def test_what_the_page_does_not_ask_is_refused(world: World, body: dict[str, Any], pointer: str, code: str) -> None:
    child = await child_of(world, await world.student())
    answer = await child.post("/api/v1/self-reports", json=body)
    assert answer.status_code == 422, answer.text
    assert (pointer, code) in {(e["pointer"], e["code"]) for e in answer.json()["errors"]}


async def test_only_students_come_in_and_each_sees_only_their_own(world: World) -> None:
    room = await world.school_class(7, 1)
    one, other = await world.student("甲", room), await world.student("乙", room)
    first, second = await child_of(world, one), await child_of(world, other)
    await tell(first, "talk", note="只给老师看")
    assert (await second.get("/api/v1/self-reports")).json() == {"items": []}
    doors = ("/api/v1/self-reports", "/api/v1/self-reports/form", "/api/v1/self-reports/staff?q=李")
    for path in doors:
        assert (await world.anonymous().get(path)).status_code == 401
        assert (await (await world.client("principal")).get(path)).status_code == 403
    assert (await world.anonymous().post("/api/v1/self-reports", json={"topic": "sad"})).status_code == 401
    assert (await (await world.client("counsellor")).post("/api/v1/self-reports", json={"topic": "sad"})).status_code == 403


async def test_who_has_left_the_school_does_not_speak_here(world: World) -> None:
    pupil = await world.student("转走了", status="transferred_out")
    child = await child_of(world, pupil)
    assert (await child.get("/api/v1/self-reports/form")).json()["code"] == "not_at_school"
    assert (await child.post("/api/v1/self-reports", json={"topic": "sad"})).status_code == 409


async def test_staff_are_found_by_the_beginning_of_their_name(world: World) -> None:
    await world.staff("欧阳老师")
    child = await child_of(world, await world.student())
    found = (await child.get("/api/v1/self-reports/staff", params={"q": "欧"})).json()["items"]
    assert [one["name"] for one in found] == ["欧阳老师"]
    assert (await child.get("/api/v1/self-reports/staff", params={"q": "%"})).json()["items"] == []
    assert (await child.get("/api/v1/self-reports/staff")).status_code == 422


async def test_the_eleventh_report_of_a_day_is_too_many(world: World) -> None:
    child = await child_of(world, await world.student())
    for _ in range(10):
        await tell(child, "unwell")
    answer = await child.post("/api/v1/self-reports", json={"topic": "unwell"})
    assert answer.status_code == 429 and answer.json()["code"] == "enough_for_today" and answer.headers["Retry-After"]


async def test_a_report_waits_on_the_home_page_until_somebody_answers_it(world: World) -> None:
    room = await world.school_class(7, 1)
    pupil = await world.student("等回应", room)
    child, counsellor = await child_of(world, pupil), await world.client("counsellor")
    await tell(child, "worried", note="考试前睡不着")

    async def waiting(client: httpx.AsyncClient) -> int:
        tasks = {task["key"]: task for task in (await client.get("/api/v1/home")).json()["tasks"]}
        listed = (await client.get("/api/v1/evidence", params={"unanswered": "true", "count": "true"})).json()
        count = tasks.get("self_reports_unanswered", {"count": 0})["count"]
        assert count == listed["count"] == len(listed["items"])
        return int(count)

    assert await waiting(counsellor) == 1 and await waiting(await world.client(("homeroom_teacher", room))) == 0
    (piece,) = (await counsellor.get("/api/v1/evidence", params={"unanswered": "true"})).json()["items"]
    url = f"/api/v1/evidence/{piece['id']}"
    assert piece["is_own_words"] and piece["reported_by"] is None
    assert (await counsellor.post(f"{url}/answer", json={"note": "好"})).status_code == 422
    answered = await counsellor.post(f"{url}/answer", json={"note": "已约周三谈心"})
    assert answered.status_code == 200 and answered.json()["answered_note"] == "已约周三谈心"
    assert (await counsellor.post(f"{url}/answer", json={"note": "已约周三谈心"})).json()["code"] == "evidence_answered"
    assert await waiting(counsellor) == 0
    own = (await child.get("/api/v1/self-reports")).json()
    assert own["items"][0]["is_heard"] and "周三" not in str(own)


async def test_a_students_own_words_stay_as_they_are(world: World) -> None:
    room = await world.school_class(7, 1)
    pupil, director = await world.student("原话", room), await world.client("moral_education")
    await tell(await child_of(world, pupil), "quarrels", note="原话")
    (piece,) = (await director.get("/api/v1/evidence", params={"student_id": str(pupil.id)})).json()["items"]
    url = f"/api/v1/evidence/{piece['id']}"
    changed = await director.patch(url, json={"note": "改过", "reason": "写错了字"}, headers={"If-Match": f'"{piece["version"]}"'})
    assert (changed.status_code, changed.json()["code"]) == (409, "own_words")
    assert (await director.post(f"{url}/withdraw", json={"reason": "学生说明是误点"})).status_code == 200
    assert (await director.post(f"{url}/answer", json={"note": "已经谈过"})).json()["code"] == "evidence_withdrawn"


async def test_only_what_a_student_told_is_answered_and_only_by_who_may_read_it(world: World) -> None:
    room = await world.school_class(7, 1)
    pupil, teacher = await world.student("提名", room), await world.client(("homeroom_teacher", room))
    body = {"student_id": str(pupil.id), "kind": "weak_method", "source": "nomination", "observed_on": today().isoformat()}
    nominated = (await teacher.post("/api/v1/evidence", json=body)).json()
    refused = await teacher.post(f"/api/v1/evidence/{nominated['id']}/answer", json={"note": "已经谈过"})
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_answer")
    child = await child_of(world, pupil)
    await tell(child, "hurt")
    counsellor = await world.client("counsellor")
    (piece,) = (await counsellor.get("/api/v1/evidence", params={"unanswered": "true"})).json()["items"]
    url, note = f"/api/v1/evidence/{piece['id']}/answer", {"note": "已经谈过"}
    assert (await teacher.post(url, json=note)).status_code == 404
    assert (await child.post(url, json=note)).status_code == 403
    assert (await world.anonymous().post(url, json=note)).status_code == 401
