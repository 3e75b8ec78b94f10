"""Clinical files: own cases only, corrections that keep what was there, counsellors who change by date."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from nuanyang.measures.psychological.cases.models import CounsellingCase
from nuanyang.school.consents.models import ConsentExemption
from tests.factories.counselling import NOTE_TEXT, SESSION, Counselled, agreed, counselled
from tests.factories.world import World


async def opened(client: Any, url: str) -> dict[str, Any]:
    answer = await client.get(f"{url}/counselling")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_counsellor_opens_a_case_writes_and_reads_it(world: World) -> None:
    student = await world.student("林晓")
    counsellor = await world.client("counsellor")
    url = f"/api/v1/students/{student.id}"
    empty = await opened(counsellor, url)
    assert (empty["cases"], empty["sessions"], empty["may_open_case"], empty["hidden"]) == ([], None, True, [])
    refused = await counsellor.post(f"{url}/counselling/case", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "consent_missing")
    await agreed(world, student)
    made = await counsellor.post(f"{url}/counselling/case", json={})
    assert made.status_code == 201, made.text
    answer = await counsellor.post(f"{url}/counselling/sessions", json=SESSION)
    assert answer.status_code == 201, answer.text
    assert answer.headers["ETag"] == '"1"'
    file = await opened(counsellor, url)
    assert [(s["topic"], s["course"], s["held_by"]) for s in file["sessions"]] == [
        (SESSION["topic"], NOTE_TEXT, counsellor.account.display_name)
    ]
    assert file["may_write"]


async def test_a_crisis_never_waits_for_consent_and_says_why(world: World) -> None:
    student, counsellor = await world.student("林晓"), await world.client("counsellor")
    url = f"/api/v1/students/{student.id}/counselling/case"
    assert (await counsellor.post(url, json={"urgent": {"ground": "crisis", "reason": ""}})).status_code == 422
    made = await counsellor.post(url, json={"urgent": {"ground": "crisis", "reason": "学生说不想活了，家长联系不上"}})
    assert made.status_code == 201, made.text
    async with world.session() as session:
        said = (await session.scalars(select(ConsentExemption).where(ConsentExemption.student_id == student.id))).one()
    assert (said.purpose, said.ground, said.recorded_by) == ("counselling", "crisis", counsellor.account.id)


async def test_the_database_opens_no_file_without_consent(world: World) -> None:
    student = await world.student("林晓")
    with pytest.raises(IntegrityError, match="no consent for counselling"):
        await world.add(CounsellingCase(school_id=world.school_id, id=new_id(), student_id=student.id, opened_on=today()))


@pytest.mark.parametrize("role", ["counsellor", "principal", "vice_principal", "moral_education"])
async def test_others_learn_that_there_is_a_case_and_are_offered_the_glass(world: World, role: str) -> None:
    case = await counselled(world)
    file = await opened(await world.client(role), case.url)
    assert (file["sessions"], file["ground"], file["hidden"], file["may_break_glass"]) == (None, None, ["clinical"], True)
    assert [p["name"] for p in file["people"]] == [case.counsellor.account.display_name]
    assert NOTE_TEXT not in str(file)


async def test_a_case_lead_knows_of_the_case_and_has_no_glass_to_break(world: World) -> None:
    case = await counselled(world)
    lead = await world.client(("case_lead", case.student))
    file = await opened(lead, case.url)
    assert (file["sessions"], file["hidden"], file["may_break_glass"]) == (None, ["clinical"], False)
    refused = await lead.post(f"{case.url}/break-glass", json={"reason": "想了解一下这名学生的情况"})
    assert refused.status_code == 403


@pytest.mark.parametrize("role", ["registrar", "admin", "aid_officer", "academic_affairs", "school_nurse"])
async def test_whoever_holds_no_wellbeing_does_not_learn_of_a_case(world: World, role: str) -> None:
    case = await counselled(world)
    client = await world.client(role)
    assert (await client.get(f"{case.url}/counselling")).status_code == 403


async def test_a_homeroom_teacher_does_not_learn_of_a_case(world: World) -> None:
    room = await world.school_class()
    case = await counselled(world, await world.student("林晓", room))
    client = await world.client(("homeroom_teacher", room))
    assert (await client.get(f"{case.url}/counselling")).status_code == 403


async def test_only_who_counsels_writes(world: World) -> None:
    case = await counselled(world)
    other = await counselled(world)
    for client in (other.counsellor, await world.client("moral_education"), await world.client("principal")):
        refused = await client.post(f"{case.url}/counselling/sessions", json=SESSION)
        assert refused.status_code == 403
        change = SESSION | {"reason": "改一改时间"}
        refused = await client.patch(f"/api/v1/counselling-sessions/{case.session.id}", json=change, headers={"If-Match": '"1"'})
        assert refused.status_code in (403, 404)
    assert (await other.counsellor.get(f"/api/v1/counselling-sessions/{case.session.id}/versions")).status_code == 404


async def test_a_counsellor_of_no_case_whose_office_ended_reads_no_more(world: World) -> None:
    case = await counselled(world)
    async with world.session() as session:
        from sqlalchemy import text

        ended = text("update role_assignments set valid_to = :day where account_id = :who and role = 'counsellor'")
        await session.execute(ended, {"day": today() - timedelta(days=1), "who": case.counsellor.account.id})  # type: ignore[attr-defined]
    world.app.state.callers.forget(case.counsellor.account.id)  # type: ignore[attr-defined]
    assert (await case.counsellor.get(f"{case.url}/counselling")).status_code in (403, 404)
    assert (await case.counsellor.post(f"{case.url}/counselling/sessions", json=SESSION)).status_code == 403


async def test_a_correction_keeps_what_was_there(world: World) -> None:
    case = await counselled(world)
    url = f"/api/v1/counselling-sessions/{case.session.id}"
    change = SESSION | {"course": "更正后的记录", "reason": "记错了时间"}
    assert (await case.counsellor.patch(url, json=change)).status_code == 428
    assert (await case.counsellor.patch(url, json=change, headers={"If-Match": '"7"'})).status_code == 412
    answer = await case.counsellor.patch(url, json=change, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["course"], answer.json()["is_corrected"], answer.headers["ETag"]) == ("更正后的记录", True, '"2"')
    again = await case.counsellor.patch(url, json=change, headers={"If-Match": '"2"'})
    assert (again.status_code, again.json()["code"]) == (422, "nothing_changed")
    (before,) = (await case.counsellor.get(f"{url}/versions")).json()["items"]
    assert (before["course"], before["reason"], before["number"]) == (NOTE_TEXT, "记错了时间", 1)


async def test_a_session_lies_not_in_the_future(world: World) -> None:
    case = await counselled(world)
    for day in (today() + timedelta(days=1), today() - timedelta(days=500)):
        answer = await case.counsellor.post(f"{case.url}/counselling/sessions", json=SESSION | {"held_on": day.isoformat()})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/held_on")


async def test_whom_a_colleague_had_is_not_taken_over_by_ones_own_word(world: World) -> None:
    case = await counselled(world)
    assert (await case.counsellor.post(f"{case.url}/counselling/close", json={"outcome": "finished"})).status_code == 200
    other, office = await world.client("counsellor"), await world.client("moral_education")
    refused = await other.post(f"{case.url}/counselling/case", json={})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_to_oneself")
    given = await office.post(f"{case.url}/counselling/case", json={"counsellor_id": str(other.account.id)})
    assert given.status_code == 201, given.text
    assert (await opened(other, case.url))["ground"] == "case_counsellor"


async def test_a_closed_case_is_nobodys_own(world: World) -> None:
    case = await counselled(world)
    closed = await case.counsellor.post(f"{case.url}/counselling/close", json={"outcome": "referred"})
    assert closed.status_code == 200, closed.text
    file = await opened(case.counsellor, case.url)
    assert (file["sessions"], file["hidden"], file["cases"][0]["outcome"]) == (None, ["clinical"], "referred")
    assert (await case.counsellor.post(f"{case.url}/counselling/sessions", json=SESSION)).status_code == 403


async def test_only_one_case_is_open(world: World) -> None:
    case = await counselled(world)
    answer = await (await world.client("moral_education")).post(
        f"{case.url}/counselling/case",
        json={"counsellor_id": str(case.counsellor.account.id)},  # type: ignore[attr-defined]
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "case_open")


async def test_only_a_counsellor_can_be_named(world: World) -> None:
    student, office = await world.student(), await world.client("moral_education")
    nobody = await world.account("school_nurse")
    answer = await office.post(f"/api/v1/students/{student.id}/counselling/case", json={"counsellor_id": str(nobody.id)})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/counsellor_id")
    assert (await office.post(f"/api/v1/students/{student.id}/counselling/case", json={})).status_code == 422


async def _changed(world: World) -> tuple[Counselled, Any]:
    case, successor = await counselled(world), await world.client("counsellor")
    first_day = today() + timedelta(days=10)
    body = {"counsellor_id": str(successor.account.id), "from_on": first_day.isoformat()}  # type: ignore[attr-defined]
    answer = await (await world.client("moral_education")).post(f"{case.url}/counselling/counsellor", json=body)
    assert answer.status_code == 200, answer.text
    return case, successor


@pytest.mark.parametrize(("days", "former", "next_one"), [(0, True, False), (9, True, False), (10, False, True), (11, False, True)])
async def test_the_former_counsellors_right_ends_the_day_before_the_next_ones(
    world: World, days: int, former: bool, next_one: bool
) -> None:
    case, successor = await _changed(world)
    noon = f"{(today() + timedelta(days=days)).isoformat()}T04:00:00Z"
    with time_machine.travel(noon, tick=False):
        for client, may in ((case.counsellor, former), (successor, next_one)):
            caller = await world.caller(client.account)  # type: ignore[attr-defined]
            assert caller.may("write", "clinical", student_id=case.student.id) == may


async def test_a_second_change_replaces_the_planned_one(world: World) -> None:
    case, successor = await _changed(world)
    third, office = await world.client("counsellor"), await world.client("moral_education")
    body = {"counsellor_id": str(third.account.id), "from_on": (today() + timedelta(days=5)).isoformat()}  # type: ignore[attr-defined]
    assert (await office.post(f"{case.url}/counselling/counsellor", json=body)).status_code == 200
    for days, holder in ((4, case.counsellor), (5, third), (12, third)):
        with time_machine.travel(f"{(today() + timedelta(days=days)).isoformat()}T04:00:00Z", tick=False):
            for client in (case.counsellor, successor, third):
                caller = await world.caller(client.account)  # type: ignore[attr-defined]
                assert caller.may("read", "clinical", student_id=case.student.id) == (client is holder), (days, client is third)


async def test_nobody_names_themself_to_a_colleagues_case(world: World) -> None:
    case = await counselled(world)
    both = await world.client("counsellor", "moral_education")
    body = {"counsellor_id": str(both.account.id), "from_on": today().isoformat()}  # type: ignore[attr-defined]
    answer = await both.post(f"{case.url}/counselling/counsellor", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_to_oneself")
