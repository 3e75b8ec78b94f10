"""Records of support: who may write and see them, corrections, group sessions, doses."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from sqlalchemy import select

from nuanyang.casework.dossiers.models import TimelineEntry
from nuanyang.casework.interventions.models import Intervention
from nuanyang.casework.interventions.rules import form_errors, is_backfilled
from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from nuanyang.programme.clauses.catalogue import all_kinds, measure_kind
from nuanyang.school.students.models import Student
from tests.factories.cases import planned
from tests.factories.world import World

TUTORING, TALK, VISIT = "A1.3.small_group_tutoring", "I2.2.talk", "L1.1.home_visit"
FORMS = {TUTORING: {"subject": "数学", "topic": "分数"}, VISIT: {"met": "father"}}


def body(student: Student, kind: str = TUTORING, **more: Any) -> dict[str, Any]:
    given = {"student_id": str(student.id), "kind": kind, "held_on": today().isoformat(), "minutes": 40, "went": "进步明显"}
    return given | {"form": FORMS.get(kind, {})} | more


@pytest.mark.parametrize(
    ("kind", "form", "attendance", "codes"),
    [
        (TUTORING, {"subject": "数学", "topic": "分数"}, "present", []),
        (TUTORING, {"subject": "数学"}, "present", ["missing"]),
        (TUTORING, {}, "absent", []),
        (TUTORING, {"subject": "数学", "topic": "分数", "mastery": "great"}, "present", ["bad_value"]),
        (TUTORING, {"subject": "数学", "topic": "分数", "rank": 3}, "present", ["unknown_field"]),
        (TUTORING, {"subject": 3, "topic": "x" * 201}, "present", ["bad_value", "bad_value"]),
        ("G3.2.supplies", {"items": "书包", "quantity": True}, "present", ["bad_value"]),
        ("A3.2.accessible_resource", {"resource": "盲文书", "lent_until": "2026-13-01"}, "present", ["bad_value"]),
        ("S2.2.community_referral", {"service": "legal_aid", "organisation": "社区", "consented": "yes"}, "present", ["bad_value"]),
    ],
)
def test_form_fields_of_a_kind_are_checked(kind: str, form: dict[str, Any], attendance: str, codes: list[str]) -> None:
    assert [e.code for e in form_errors(measure_kind(kind), form, attendance)] == codes


def test_every_kind_takes_an_empty_form_from_who_did_not_come() -> None:
    assert all(not list(form_errors(kind, {}, "absent")) for kind in all_kinds())
    assert is_backfilled(today() - timedelta(days=1), today()) and not is_backfilled(today(), today())


async def test_a_record_serves_the_plan_and_the_time_line(world: World) -> None:
    school_class = await world.school_class()
    student = await world.student("陆离", school_class)
    measure = await planned(world, student, TUTORING)
    client = await world.client(("homeroom_teacher", school_class))
    yesterday = (today() - timedelta(days=1)).isoformat()
    answer = await client.post("/api/v1/interventions", json=body(student, plan_measure_id=str(measure.id), held_on=yesterday))
    assert answer.status_code == 201, answer.text
    row = answer.json()
    assert row["is_backfilled"] is True and row["entered_on"] == today().isoformat() and row["measure_title"] == "数学小组辅导"
    assert row["data_class"] == "academic" and row["doer"] and row["may_correct"] is True
    doses = (await client.get(f"/api/v1/support-plans/{measure.plan_id}/doses")).json()["items"]
    assert [(d["delivered"], d["minutes_delivered"], d["last_on"]) for d in doses] == [(1, 40, yesterday)] and doses[0][
        "planned_so_far"
    ] > 0
    async with world.session() as session:
        entry = (await session.scalars(select(TimelineEntry).where(TimelineEntry.student_id == student.id))).one()
    assert entry.kind == "intervention_recorded" and entry.details["measure"] == TUTORING and "进步" not in str(entry.details)


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"kind": "X9.nothing"}, "#/kind", "unknown_kind"),
        ({"held_on": (today() + timedelta(days=2)).isoformat()}, "#/held_on", "in_future"),
        ({"form": {"subject": "数学"}}, "#/form/topic", "missing"),
        ({"plan_measure_id": str(new_id())}, "#/plan_measure_id", "not_in_plan"),
        ({"doer_staff_id": str(new_id())}, "#/doer_staff_id", "unknown_staff"),
        ({"minutes": 1500}, "#/minutes", "less_than_equal"),
    ],
)
async def test_what_is_wrong_is_named_at_its_field(world: World, change: dict[str, Any], pointer: str, code: str) -> None:
    student = await world.student()
    answer = await (await world.client("academic_affairs")).post("/api/v1/interventions", json=body(student) | change)
    assert answer.status_code == 422 and (pointer, code) in {(e["pointer"], e["code"]) for e in answer.json()["errors"]}, answer.text


async def test_a_measure_of_another_student_or_kind_is_refused(world: World) -> None:
    student, other = await world.student(), await world.student()
    theirs, draft = await planned(world, other, TUTORING), await planned(world, student, TUTORING, state="draft")
    client = await world.client("academic_affairs")
    for measure in (theirs, draft):
        answer = await client.post("/api/v1/interventions", json=body(student, plan_measure_id=str(measure.id)))
        assert answer.json()["errors"][0]["code"] == "not_in_plan"
    own = await planned(world, student, "A1.2.learning_plan", number=2)
    answer = await client.post("/api/v1/interventions", json=body(student, plan_measure_id=str(own.id)))
    assert answer.json()["errors"][0]["code"] == "kind_differs"


async def test_who_records_what_for_whom(world: World) -> None:
    own, other = await world.school_class(), await world.school_class()
    student = await world.student(school_class=own)
    doer = await world.staff("段老师")
    await planned(world, student, "P1.1.counselling", "psychological", doer=doer)

    async def status(client: Any, kind: str) -> int:
        form = {"P1.1.counselling": {"topic": next(c.value for c in measure_kind("P1.1.counselling").fields[0].choices)}}
        form |= {"L1.1.hardship_check": {"change": next(c.value for c in measure_kind("L1.1.hardship_check").fields[1].choices)}}
        answer = await client.post("/api/v1/interventions", json=body(student, kind, form=FORMS.get(kind) or form.get(kind, {})))
        return int(answer.status_code)

    homeroom = await world.client(("homeroom_teacher", own))
    assert [await status(homeroom, k) for k in (TUTORING, VISIT, "L1.1.hardship_check", "P1.1.counselling", "L1.2.aid_guidance")] == [
        201,
        201,
        201,
        403,
        403,
    ]
    assert await status(await world.client(("homeroom_teacher", other)), TUTORING) == 404
    assert await status(await world.client(("subject_teacher", own)), TUTORING) == 201
    assert await status(await world.client(("subject_teacher", own)), VISIT) == 403
    named = await world.client(account=await world.account(("subject_teacher", own), staff=doer))
    assert await status(named, "P1.1.counselling") == 201  # the plan names this person
    lead = await world.client(("case_lead", student))
    assert [await status(lead, k) for k in (VISIT, "P1.1.counselling")] == [201, 201]
    assert await status(await world.client(("grade_head", own.grade)), TUTORING) == 403
    assert await status(await world.client("principal"), TUTORING) == 403
    assert await status(world.anonymous(), TUTORING) == 401
    assert await status(await (await world.elsewhere()).client("academic_affairs"), TUTORING) == 404
    assert await status(await world.client("youth_league"), TUTORING) == 403


async def test_the_list_shows_a_record_only_to_who_holds_its_class_or_did_it(world: World) -> None:
    school_class = await world.school_class()
    student = await world.student("阮清", school_class, pinyin="ruanqing", initials="rq")
    lead = await world.client(("case_lead", student))
    teacher = await world.client(("subject_teacher", school_class))
    await lead.post("/api/v1/interventions", json=body(student, VISIT))
    await teacher.post("/api/v1/interventions", json=body(student))

    async def kinds(client: Any, **filters: Any) -> list[str]:
        answer = await client.get("/api/v1/interventions", params={"count": True} | filters)
        assert answer.status_code == 200, answer.text
        assert answer.json()["count"] == len(answer.json()["items"])
        return sorted(row["kind"] for row in answer.json()["items"])

    assert await kinds(await world.client("moral_education")) == [TUTORING, VISIT]
    assert await kinds(await world.client("academic_affairs")) == [TUTORING]
    assert await kinds(teacher) == [TUTORING]
    assert await kinds(await world.client(("subject_teacher", school_class))) == []
    assert await kinds(await world.client("registrar")) == []
    office = await world.client("moral_education")
    assert await kinds(office, kind=VISIT) == [VISIT] and await kinds(office, data_class="academic") == [TUTORING]
    assert await kinds(office, q="rq") == [TUTORING, VISIT] and await kinds(office, q="wang") == []
    assert await kinds(office, held_to=(today() - timedelta(days=1)).isoformat()) == []
    assert (await office.get("/api/v1/interventions", params={"knd": "x"})).status_code == 422
    hidden = (await office.get("/api/v1/interventions", params={"kind": VISIT})).json()["items"][0]["id"]
    assert (await teacher.get(f"/api/v1/interventions/{hidden}")).status_code == 404


async def test_the_list_pages_from_new_to_old(world: World) -> None:
    student = await world.student()
    client = await world.client("academic_affairs")
    for age in range(5):
        await client.post(
            "/api/v1/interventions", json=body(student, held_on=(today() - timedelta(days=age // 2)).isoformat(), went=str(age))
        )
    seen, cursor = [], None
    while True:
        page = (await client.get("/api/v1/interventions", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        seen += [(row["held_on"], row["id"]) for row in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert len(set(seen)) == 5 and seen == sorted(seen, reverse=True)


async def test_a_correction_keeps_the_old_value_and_its_reason(world: World) -> None:
    student = await world.student()
    client = await world.client("academic_affairs")
    row = (await client.post("/api/v1/interventions", json=body(student))).json()
    path = f"/api/v1/interventions/{row['id']}"
    change = {"minutes": 30, "form": {"homework": "练习册第 8 页"}, "reason": "时长记错"}
    assert (await client.patch(path, json=change)).status_code == 428
    answer = await client.patch(path, json=change, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    corrected = answer.json()
    assert corrected["minutes"] == 30 and corrected["form"] == FORMS[TUTORING] | {"homework": "练习册第 8 页"}
    assert [(v["before"], v["reason"]) for v in corrected["versions"]] == [({"minutes": 40, "form": FORMS[TUTORING]}, "时长记错")]
    assert answer.headers["etag"] == '"2"'
    assert (await client.patch(path, json=change, headers={"If-Match": '"1"'})).status_code == 412
    again = await client.patch(path, json=change, headers={"If-Match": '"2"'})
    assert again.status_code == 422 and again.json()["code"] == "nothing_changed"
    emptied = await client.patch(path, json={"minutes": None, "reason": "时长记错"}, headers={"If-Match": '"2"'})
    assert emptied.status_code == 422
    doer = await world.staff("代课老师")
    handed = await client.patch(path, json={"doer_staff_id": str(doer.id), "reason": "实施人记错"}, headers={"If-Match": '"2"'})
    back = await client.patch(path, json={"doer_staff_id": row["doer_staff_id"], "reason": "原来没错"}, headers={"If-Match": '"3"'})
    assert handed.json()["doer"] == "代课老师" and back.json()["versions"][0]["names"] == {"doer_staff_id": "代课老师"}
    stranger = await world.client("moral_education")
    assert (await stranger.patch(path, json=change, headers={"If-Match": '"4"'})).status_code == 403


async def test_a_void_record_stays_but_counts_in_no_dose(world: World) -> None:
    student = await world.student()
    measure = await planned(world, student, TUTORING)
    client = await world.client("academic_affairs")
    row = (await client.post("/api/v1/interventions", json=body(student, plan_measure_id=str(measure.id)))).json()
    path = f"/api/v1/interventions/{row['id']}"
    assert (await client.post(f"{path}/void", json={"reason": "重复录入"})).json()["voided_reason"] == "重复录入"
    assert (await client.post(f"{path}/void", json={"reason": "重复录入"})).json()["code"] == "already_void"
    assert (await client.get("/api/v1/interventions")).json()["items"] == []
    assert len((await client.get("/api/v1/interventions", params={"is_void": True})).json()["items"]) == 1
    doses = (await client.get(f"/api/v1/support-plans/{measure.plan_id}/doses")).json()["items"]
    assert [d["delivered"] for d in doses] == [0]


async def test_doses_hide_measures_of_needs_one_may_not_see(world: World) -> None:
    student = await world.student()
    measure = await planned(world, student, "P1.1.counselling", "psychological")
    path = f"/api/v1/support-plans/{measure.plan_id}/doses"
    assert (await (await world.client("academic_affairs")).get(path)).json()["items"] == []
    assert len((await (await world.client("counsellor")).get(path)).json()["items"]) == 1
    assert (await (await (await world.elsewhere()).client("principal")).get(path)).status_code == 404


@pytest.mark.parametrize(("times", "per", "fortnight"), [(3, "once", None), (2, "week", 4.0), (1, "day", 10.0)])
async def test_a_planned_dose_counts_days_of_term(world: World, times: int, per: str, fortnight: float | None) -> None:
    student = await world.student()
    measure = await planned(world, student, TUTORING, times=times, per=per, starts_on=today() - timedelta(days=13))
    doses = (await (await world.client("academic_affairs")).get(f"/api/v1/support-plans/{measure.plan_id}/doses")).json()["items"]
    days = min(14, (today() - world.year.starts_on).days + 1)  # of the fortnight that ends today; before the school year is no term
    assert doses[0]["planned_so_far"] == pytest.approx(times if fortnight is None else fortnight * days / 14, abs=0.06)


async def test_a_group_session_has_a_result_a_row_and_ties_itself_to_the_plans(world: World) -> None:
    school_class = await world.school_class()
    students = [await world.student(f"组员{n}", school_class) for n in range(3)]
    measure = await planned(world, students[0], TUTORING)
    stranger = await world.student()
    client = await world.client(("homeroom_teacher", school_class))
    found = (await client.get("/api/v1/interventions/candidates", params={"kind": TUTORING})).json()["items"]
    assert [(c["student_id"], c["plan_measure_id"], c["minutes"]) for c in found] == [(str(students[0].id), str(measure.id), 40)]
    items = [body(s) for s in students] + [body(stranger), body(students[1], form={})]
    refused = await client.post("/api/v1/interventions/batch", params={"atomic": True}, json={"items": items})
    assert refused.status_code == 422 and {e["pointer"] for e in refused.json()["errors"]} == {
        "#/items/3/student_id",
        "#/items/4/form/subject",
        "#/items/4/form/topic",
    }
    assert (await client.get("/api/v1/interventions")).json()["items"] == []
    answer = await client.post("/api/v1/interventions/batch", json={"items": items})
    result = answer.json()
    assert answer.status_code == 200 and (result["created"], result["refused"]) == (3, 2), answer.text
    assert [i["code"] for i in result["items"]] == [None, None, None, "student_not_found", "invalid"]
    assert [i["plan_measure_id"] for i in result["items"][:3]] == [str(measure.id), None, None]
    listed = (await client.get("/api/v1/interventions", params={"session_id": result["session_id"]})).json()["items"]
    assert {row["student"]["name"] for row in listed} == {"组员0", "组员1", "组员2"}


async def test_the_same_group_session_sent_twice_is_recorded_once(world: World) -> None:
    students = [await world.student(f"甲{n}") for n in range(4)]
    client = await world.client("academic_affairs")
    headers = {"Idempotency-Key": str(new_id())}
    request = {"items": [body(s) for s in students]}
    first = await client.post("/api/v1/interventions/batch", json=request, headers=headers)
    second = await client.post("/api/v1/interventions/batch", json=request, headers=headers)
    assert first.json() == second.json()
    async with world.session() as session:
        assert len((await session.scalars(select(Intervention.id).where(Intervention.school_id == world.school_id))).all()) == 4


async def test_paper_forms_filled_and_empty(world: World) -> None:
    school_class = await world.school_class()
    student = await world.student("叶文", school_class)
    client = await world.client(("homeroom_teacher", school_class))
    row = (await client.post("/api/v1/interventions", json=body(student, VISIT, went="与祖母长谈", form={"met": "grandparent"}))).json()

    def text(content: bytes) -> str:
        document = Document(BytesIO(content))
        return "\n".join([p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells])

    filled = await client.get(f"/api/v1/interventions/{row['id']}/form.docx")
    assert filled.status_code == 200
    for part in ("家访记录表", "叶文", "与祖母长谈", "填表人", "审核人", "盖章"):
        assert part in text(filled.content).replace("　", "")
    blank = await client.get(f"/api/v1/measure-kinds/{VISIT}/form.docx")
    assert blank.status_code == 200 and "□" in text(blank.content) and "叶文" not in text(blank.content)
    assert (await (await world.client("academic_affairs")).get(f"/api/v1/interventions/{row['id']}/form.docx")).status_code == 404
