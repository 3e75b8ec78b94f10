"""Each kind of gap: a case that has it and one that has not; nobody hears of a case that is not theirs to hear of; what is put off comes back."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from nuanyang.casework.dossiers.models import CaseLead
from nuanyang.casework.gaps.rules import KINDS
from nuanyang.casework.plans.models import Goal, Need, PlanMeasure, SupportPlan
from nuanyang.kit.clock import now, today
from nuanyang.kit.ids import new_id
from nuanyang.school.students.models import Student
from tests.factories.cases import evidence, opened, planned, recognised
from tests.factories.ledger import at, did, in_force, worked_out
from tests.factories.world import World

DAY = timedelta(days=1)
LONG_AGO = 200


async def old_case(world: World, name: str, **more: Any) -> Student:
    """Recognised long ago."""
    student = await world.student(name)
    await recognised(world, student, recognised_on=today() - LONG_AGO * DAY, **more)
    return student


async def names(client: httpx.AsyncClient, kind: str, **query: Any) -> set[str]:
    answer = await client.get(f"/api/v1/gaps/{kind}", params=query)
    assert answer.status_code == 200, answer.text
    return {gap["student_name"] for gap in answer.json()["items"]}


async def counts(client: httpx.AsyncClient, **query: Any) -> dict[str, int]:
    answer = await client.get("/api/v1/gaps", params=query)
    assert answer.status_code == 200, answer.text
    return {kind["kind"]: kind["count"] for kind in answer.json()["items"]}


async def filed(world: World, student: Student, days_ago: int = LONG_AGO) -> None:
    with at(today() - days_ago * DAY):
        await opened(world, student)


async def test_no_contact_by_anyone(world: World):
    silent, spoken = await old_case(world, "甲"), await old_case(world, "乙")
    await did(world, spoken, "P2.1.group_counselling")  # of a class that a teacher does not see: it counts all the same
    teacher = await world.client("academic_affairs")
    assert await names(teacher, "no_contact") == {"甲"}
    await did(world, silent, "A2.2.class_observation", held_on=today() - 14 * DAY)
    assert await names(teacher, "no_contact") == set()  # two weeks to the day are not over


async def test_no_guardian_contact(world: World):
    silent, spoken = await old_case(world, "甲"), await old_case(world, "乙")
    await did(world, silent, "A2.2.class_observation")
    await did(world, spoken, "S1.2.phone_contact")
    await did(world, silent, "S1.2.phone_contact", attendance="absent")  # nobody answered
    assert await names(await world.client("principal"), "no_guardian_contact") == {"甲"}


async def test_no_file_no_lead_no_plan(world: World):
    client = await world.client("principal")
    bare, filed_, led, whole = [await old_case(world, name) for name in "甲乙丙丁"]
    for student in (filed_, led, whole):
        await filed(world, student)
    staff = await world.staff()
    for student in (led, whole):
        await world.add(CaseLead(school_id=world.school_id, student_id=student.id, staff_id=staff.id, valid_from=today()))
    await planned(world, whole, "A1.3.small_group_tutoring")
    assert await names(client, "no_file") == {"甲"}
    assert await names(client, "no_lead") == {"乙"}
    assert await names(client, "no_plan") == {"乙", "丙"}
    assert bare


async def test_a_need_without_a_goal_and_a_review_that_is_overdue(world: World):
    client = await world.client("principal")
    student = await old_case(world, "甲")
    measure = await planned(world, student, "A1.3.small_group_tutoring")
    assert await names(client, "need_without_goal") == await names(client, "review_overdue") == set()
    await world.add(
        Need(
            school_id=world.school_id, plan_id=measure.plan_id, dimension="social", category="C4", data_class="family", statement="需要同伴"
        )
    )
    async with world.session() as session:
        (await session.get_one(SupportPlan, (world.school_id, measure.plan_id))).next_review_on = today() - DAY
    assert await names(client, "need_without_goal") == await names(client, "review_overdue") == {"甲"}


async def test_a_goal_missed_twice_running(world: World):
    client = await world.client("principal")
    student = await old_case(world, "甲")
    await planned(world, student, "A1.3.small_group_tutoring", state="superseded", number=1, achieved="no")
    await planned(world, student, "A1.3.small_group_tutoring", number=2, achieved="no")
    assert await names(client, "goal_stalled") == set()  # two goals, each missed once
    async with world.session() as session:
        from sqlalchemy import select

        goals = (await session.scalars(select(Goal).where(Goal.school_id == world.school_id))).all()
        for goal in goals:
            goal.lineage = "same"
    assert await names(client, "goal_stalled") == {"甲"}


async def test_a_dose_that_is_too_low(world: World):
    begin = date(world.year.starts_on.year, 10, 12)
    with at(begin):
        client = await world.client("principal")
        low, enough = await world.student("甲"), await world.student("乙")
        for student in (low, enough):
            await recognised(world, student)
            await planned(world, student, "A1.3.small_group_tutoring", starts_on=begin)
        await in_force(world, begin, only=("A1.3",))
        await worked_out(world)
    for week in range(4):
        for day in (0, 2):
            with at(begin + (7 * week + day) * DAY):
                await did(world, enough, "A1.3.small_group_tutoring")
    with at(begin + 30 * DAY):
        client = await world.client("principal")
        await worked_out(world)
        assert await names(client, "dose_low") == {"甲"}


async def test_evidence_that_nobody_looked_at_for_a_year(world: World):
    client = await world.client("principal")
    stale, fresh = await old_case(world, "甲"), await old_case(world, "乙")
    await evidence(world, stale, observed_on=today() - 400 * DAY)
    await evidence(world, fresh, observed_on=today() - 400 * DAY)
    again = await evidence(world, fresh)
    assert await names(client, "evidence_stale") == {"甲"}
    from nuanyang.casework.evidence.models import Evidence

    async with world.session() as session:
        row = await session.get_one(Evidence, (world.school_id, again.id))
        row.withdrawn_at, row.withdrawn_reason, row.withdrawn_by = now(), "填错了人", new_id()
    assert await names(client, "evidence_stale") == {"甲", "乙"}  # what was withdrawn proves nothing


async def test_evidence_that_the_reader_does_not_see_keeps_a_case_fresh(world: World):
    room = await world.school_class()
    student = await world.student("甲", room)
    await recognised(world, student, "C1", recognised_on=today() - 400 * DAY)
    teacher = await world.client(("homeroom_teacher", room))
    assert await names(teacher, "evidence_stale") == {"甲"}
    await evidence(world, student, "C1", "low_income_family")
    assert await names(teacher, "evidence_stale") == set()


async def test_a_teacher_hears_of_the_own_class_and_of_no_class_of_data_that_is_not_theirs(world: World):
    mine, hidden = await old_case(world, "甲"), await world.student("乙")
    room = mine.class_id
    async with world.session() as session:
        (await session.get_one(Student, (world.school_id, hidden.id))).class_id = room
    await recognised(world, hidden, "C3", data_class="wellbeing", recognised_on=today() - LONG_AGO * DAY)
    await old_case(world, "丙")
    from nuanyang.school.classes.models import SchoolClass

    async with world.session() as session:
        own = await session.get_one(SchoolClass, (world.school_id, room))
    teacher = await world.client(("homeroom_teacher", own))
    assert await names(teacher, "no_contact") == {"甲"}
    assert (await counts(teacher))["no_contact"] == 1
    principal = await world.client("principal")
    assert await names(principal, "no_contact") == {"甲", "乙", "丙"}
    assert await names(principal, "no_contact", class_id=str(room)) == {"甲", "乙"}
    assert (await (await world.client("general_affairs")).get("/api/v1/gaps")).status_code == 403


async def test_who_is_complained_of_hears_nothing(world: World):
    staff = await world.staff("被投诉人")
    await old_case(world, "甲", category="C4", withheld_from_staff_id=staff.id)
    accused, other = await world.client("moral_education", staff=staff), await world.client("moral_education")
    assert await names(accused, "no_contact") == set() and set((await counts(accused)).values()) == {0}
    assert await names(other, "no_contact") == {"甲"}


async def test_what_is_put_off_is_not_counted_and_comes_back(world: World):
    client = await world.client("moral_education")
    await old_case(world, "甲", category="C4")
    (gap,) = (await client.get("/api/v1/gaps/no_contact")).json()["items"]
    path = f"/api/v1/gaps/no_contact/{gap['subject_id']}"
    body = {"until_on": (today() + 7 * DAY).isoformat(), "reason": "学生住院，出院后联系"}
    for until in (today(), today() + 181 * DAY):
        answer = await client.post(f"{path}/put-off", json=body | {"until_on": until.isoformat()})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/until_on")
    shown = (await client.post(f"{path}/put-off", json=body)).json()
    assert (shown["put_off_until"], shown["put_off_reason"]) == (body["until_on"], body["reason"])
    longer = body | {"until_on": (today() + 30 * DAY).isoformat()}
    assert (await client.post(f"{path}/put-off", json=longer)).json()["code"] == "gap_waived"
    assert await names(client, "no_contact") == set() and (await counts(client))["no_contact"] == 0
    assert await names(client, "no_contact", waived=True) == {"甲"}
    with at(today() + 8 * DAY):
        later = await world.client("moral_education")
        assert await names(later, "no_contact") == {"甲"}
    assert (await client.post(f"{path}/take-up")).json()["put_off_until"] is None
    assert (await client.post(f"{path}/take-up")).json()["code"] == "gap_not_waived"
    assert await names(client, "no_contact") == {"甲"}


async def test_the_school_says_what_it_looks_for(world: World):
    client = await world.client("moral_education")
    await old_case(world, "甲")
    body = {"is_on": True, "days": 364, "percent": None}
    answer = await client.put("/api/v1/gaps/no_contact", json=body, headers={"If-Match": '"0"'})
    assert (answer.status_code, answer.json()["days"], answer.json()["version"]) == (200, 364, 1)
    assert await names(client, "no_contact") == set()
    stale = await client.put("/api/v1/gaps/no_contact", json=body, headers={"If-Match": '"0"'})
    assert stale.status_code == 412
    # Contact that few may know of would be told by a limit that moves day by day.
    by_day = await client.put("/api/v1/gaps/no_contact", json=body | {"days": 15}, headers={"If-Match": '"1"'})
    assert (by_day.status_code, by_day.json()["errors"][0]["code"]) == (422, "whole_weeks")
    off = await client.put("/api/v1/gaps/no_contact", json=body | {"is_on": False, "days": 7}, headers={"If-Match": '"1"'})
    assert off.json()["is_on"] is False and (await counts(client))["no_contact"] == 0
    assert await names(client, "no_contact") == set()
    for wrong in ({"days": -1}, {"days": 731}, {"percent": 0}):
        assert (await client.put("/api/v1/gaps/dose_low", json=body | wrong, headers={"If-Match": '"0"'})).status_code == 422
    teacher = await world.client("academic_affairs")
    assert (await teacher.put("/api/v1/gaps/no_contact", json=body, headers={"If-Match": '"2"'})).status_code == 403


async def test_pages_leave_nothing_out(world: World):
    client = await world.client("principal")
    for n in range(5):
        await old_case(world, f"学生{n}")
    seen: list[str] = []
    cursor: str | None = None
    while True:
        answer = (await client.get("/api/v1/gaps/no_contact", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        seen += [gap["student_name"] for gap in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == [f"学生{n}" for n in range(5)]


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_answers_an_empty_school(world: World, kind: str):
    client = await world.client("principal")
    assert (await client.get(f"/api/v1/gaps/{kind}")).json() == {"items": [], "next_cursor": None}
    assert PlanMeasure.__tablename__
