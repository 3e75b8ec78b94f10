"""支持需求: sentences that tell what to do and never what a child has; who enters, who reads, and where they stand."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from nuanyang.kit.clock import today
from nuanyang.school.students.models import Student
from nuanyang.school.support_needs.rules import MOST, SUGGESTED, diagnosis_in, state_of
from tests.factories.students import guardian
from tests.factories.world import World


def needs(student: Student) -> str:
    return f"/api/v1/students/{student.id}/support-needs"


async def entered(client: httpx.AsyncClient, student: Student, sentence: str = "前排就座", **more: Any) -> dict[str, Any]:
    answer = await client.post(needs(student), json={"sentence": sentence, **more})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("因癫痫前排就座", "癫痫"),
        ("确诊后延时考试", "确诊"),
        ("ADHD，分步布置作业", "ADHD"),
        ("见 F90.0 报告", "F90.0"),
        ("听力障碍，前排就座", "障碍"),
        ("请用 A4 大字卷", None),
        ("address 写在黑板上", None),
        *((sentence, None) for sentence in SUGGESTED),
    ],
)
def test_a_sentence_says_what_to_do_and_no_illness(sentence: str, told: str | None) -> None:
    assert diagnosis_in(sentence) == told


@pytest.mark.parametrize(
    ("days", "is_ended", "state"),
    [(None, False, "in_force"), (0, False, "in_force"), (-1, False, "lapsed"), (5, True, "ended"), (-1, True, "ended")],
)
def test_a_need_stands_until_its_last_day_or_its_end(days: int | None, is_ended: bool, state: str) -> None:
    until_on = None if days is None else today() + timedelta(days=days)
    assert state_of(until_on, is_ended=is_ended, day=today()) == state


async def test_who_enters_needs_and_who_reads_them(world: World) -> None:
    room = await world.school_class(7, 1)
    student = await world.student("单雨桐", room)
    for number, role in enumerate((("homeroom_teacher", room), "special_educator", "school_nurse")):
        assert (await entered(await world.client(role), student, SUGGESTED[number]))["state"] == "in_force"
    for role in (
        "principal",
        "vice_principal",
        "academic_affairs",
        "moral_education",
        "general_affairs",
        ("subject_teacher", room),
        ("grade_head", 7),
    ):
        client = await world.client(role)
        shown = (await client.get(needs(student))).json()
        assert {one["sentence"] for one in shown["items"]} == set(SUGGESTED[:3]), role
        assert (shown["may_write"], shown["suggested"]) == (False, [])
        assert (await client.post(needs(student), json={"sentence": "安静座位"})).status_code == 403, role
    for role in ("counsellor", "aid_officer", "registrar", "youth_league", "admin", ("tutor", room)):
        assert (await (await world.client(role)).get(needs(student))).status_code == 403, role
    family = await world.client(account=await world.guardian_account(await guardian(world, student)))
    own = await world.client(account=await world.student_account(student))
    assert [(await client.get(needs(student))).status_code for client in (family, own)] == [403, 403]


async def test_beyond_the_own_class_there_is_no_student_and_no_need(world: World) -> None:
    room, other = await world.school_class(7, 1), await world.school_class(7, 2)
    student = await world.student("甲", room)
    need = await entered(await world.client("school_nurse"), student)
    stranger = await world.client(("homeroom_teacher", other))
    assert (await stranger.get(needs(student))).status_code == 404
    assert (await stranger.post(needs(student), json={"sentence": "安静座位"})).status_code == 404
    at = f"/api/v1/support-needs/{need['id']}"
    assert (await stranger.patch(at, json={"sentence": "安静座位"}, headers={"If-Match": '"1"'})).status_code == 404
    assert (await stranger.post(f"{at}/end", headers={"If-Match": '"1"'})).status_code == 404
    assert (await (await world.client(("subject_teacher", room))).post(f"{at}/end", headers={"If-Match": '"1"'})).status_code == 403


async def test_a_diagnosis_is_refused_at_the_field_when_entered_and_when_corrected(world: World) -> None:
    student = await world.student()
    nurse = await world.client("school_nurse")
    refused = await nurse.post(needs(student), json={"sentence": "哮喘，体育课减量"})
    assert refused.status_code == 422
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [("#/sentence", "names_a_diagnosis")]
    need = await entered(nurse, student, "体育课减量")
    at = f"/api/v1/support-needs/{need['id']}"
    assert (await nurse.patch(at, json={"sentence": "哮喘"}, headers={"If-Match": '"1"'})).status_code == 422
    yesterday = str(today() - timedelta(days=1))
    assert (await nurse.post(needs(student), json={"sentence": "大字卷", "until_on": yesterday})).status_code == 422


async def test_a_need_is_corrected_and_ended_once(world: World) -> None:
    student = await world.student()
    nurse = await world.client("school_nurse")
    need = await entered(nurse, student, "体育课减量")
    at, last = f"/api/v1/support-needs/{need['id']}", str(today() + timedelta(days=42))
    assert (await nurse.patch(at, json={"until_on": last})).status_code == 428
    changed = await nurse.patch(at, json={"until_on": last}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["sentence"], changed.json()["until_on"]) == (200, "体育课减量", last)
    assert (await nurse.patch(at, json={"sentence": "安静座位"}, headers={"If-Match": '"1"'})).status_code == 412
    again = await nurse.post(needs(student), json={"sentence": "体育课减量"})
    assert (again.status_code, again.json()["code"]) == (409, "support_need_stands")
    ended = await nurse.post(f"{at}/end", headers={"If-Match": changed.headers["etag"]})
    assert (ended.status_code, ended.json()["state"]) == (200, "ended")
    late = await nurse.post(f"{at}/end", headers={"If-Match": ended.headers["etag"]})
    assert (late.status_code, late.json()["code"]) == (409, "support_need_ended")
    assert (await entered(nurse, student, "体育课减量"))["id"] != need["id"]
    assert [one["state"] for one in (await nurse.get(needs(student))).json()["items"]] == ["in_force", "ended"]


async def test_nobody_is_asked_to_keep_more_than_a_page_in_mind(world: World) -> None:
    student = await world.student()
    nurse = await world.client("school_nurse")
    for number in range(MOST):
        await entered(nurse, student, f"第{number}条座位安排")
    refused = await nurse.post(needs(student), json={"sentence": "安静座位"})
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_support_needs")


async def test_what_stands_is_on_the_page_and_in_the_file_of_whoever_reads_it(world: World) -> None:
    room = await world.school_class(7, 1)
    student = await world.student("甲", room)
    nurse, teacher = await world.client("school_nurse"), await world.client(("subject_teacher", room))
    await entered(nurse, student, "前排就座", until_on=str(today()))
    over = await entered(nurse, student, "大字卷")
    await nurse.post(f"/api/v1/support-needs/{over['id']}/end", headers={"If-Match": '"1"'})
    for path in ("", "/dossier"):
        shown = (await teacher.get(f"/api/v1/students/{student.id}{path}")).json()
        assert [(one["sentence"], one["until_on"]) for one in shown["support_needs"]] == [("前排就座", str(today()))]
        assert "support_needs" not in shown["hidden"]
        hidden = (await (await world.client(("tutor", room))).get(f"/api/v1/students/{student.id}{path}")).json()
        assert "support_needs" not in hidden and "support_needs" in hidden["hidden"]
