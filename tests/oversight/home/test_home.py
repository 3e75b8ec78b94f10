"""The home page: each number is that of the list it leads to."""

from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import update

from nuanyang.access.permissions import ROLE_SCOPES
from nuanyang.casework.evidence.models import SpecialListRow
from nuanyang.casework.plans.models import SupportPlan
from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from nuanyang.school.years.models import SchoolYear
from tests.casework.recognition.test_recognition import decide, open_case, room, run, tell
from tests.factories.cases import planned, recognised
from tests.factories.world import World

LISTS = {"proposals_open": "/api/v1/proposals", "list_rows_open": "/api/v1/special-list-rows"}
LISTS |= dict.fromkeys(("recognitions_due", "checks_due", "renewals_due"), "/api/v1/recognitions")
LISTS |= dict.fromkeys(("plans_to_approve", "plans_to_finish", "reviews_due"), "/api/v1/support-plans")


async def listed(client: httpx.AsyncClient, key: str, search: dict[str, str]) -> int:
    """The length of a list, page after page, and what it says of its length."""
    ids: list[str] = []
    cursor = None
    while True:
        counting = {} if key == "list_rows_open" else {"count": "true"}
        answer = await client.get(LISTS[key], params=search | counting | {"limit": "2"} | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        ids += [item["id"] for item in answer.json()["items"]]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            break
    assert len(set(ids)) == len(ids) == answer.json()["count"], (key, answer.text)
    return len(ids)


async def tasks(client: httpx.AsyncClient) -> dict[str, int]:
    answer = await client.get("/api/v1/home")
    assert answer.status_code == 200, answer.text
    found = {}
    for task in answer.json()["tasks"]:
        assert await listed(client, task["key"], task["search"]) == task["count"], task
        found[task["key"]] = task["count"]
    return found


async def test_what_waits_is_counted_for_whom_it_waits(world: World) -> None:
    school_class, students = await room(world, 4)
    teacher, head = await world.client(("homeroom_teacher", school_class)), await world.client(("grade_head", 7))
    for student in students[:3]:
        await tell(world, student, "family_conflict", "C4", "family")
    await run(world)
    assert await tasks(teacher) == {"proposals_open": 3}
    case = await open_case(world, teacher, students[3], "C4")
    assert (await tasks(teacher))["recognitions_due"] == 1
    await decide(teacher, case)
    assert "recognitions_due" not in await tasks(teacher)
    assert (await tasks(head))["recognitions_due"] == 1


async def busy(world: World) -> tuple[Any, list[Any]]:
    """A school in which something of every kind waits, in two classes and every class of data."""
    here, mine = await room(world, 8)
    _, theirs = await room(world, 8)
    before = SchoolYear(
        school_id=world.school_id,
        id=new_id(),
        name="上一学年",
        starts_on=world.year.starts_on.replace(year=world.year.starts_on.year - 1),
        ends_on=world.year.starts_on - timedelta(days=1),
    )
    await world.add(before)
    kinds = {"economic": "C1", "academic": "C2", "health": "C3", "wellbeing": "C3", "family": "C4", "protection": "C4"}
    told = {
        "economic": "orphan",
        "academic": "weak_method",
        "health": "disability",
        "wellbeing": "long_anxiety",
        "family": "family_conflict",
    }
    for students in (mine, theirs):
        for data_class, kind in (told | {"protection": "bullied"}).items():
            await tell(world, students[6], kind, kinds[data_class], data_class)
        for n, state in enumerate(("class_review", "grade_review", "school_review", "recognised")):
            for data_class, category in kinds.items():
                if data_class in ("wellbeing", "protection") and state in ("class_review", "grade_review"):
                    continue
                since = {"recognised_on": world.terms[0].starts_on - timedelta(days=90), "valid_to": world.year.ends_on}
                await recognised(
                    world, students[n], category, data_class=data_class, state=state, **(since if state == "recognised" else {})
                )
        for data_class, category in kinds.items():
            lapsed = {"recognised_on": before.starts_on, "valid_to": before.ends_on, "school_year_id": before.id}
            await recognised(world, students[5], category, data_class=data_class, **lapsed)
        for n, state in enumerate(("draft", "submitted", "approved")):
            await planned(world, students[n], "A1.3.small_group_tutoring", "academic", state=state)
            await planned(world, students[n + 3], "P1.1.counselling", "psychological", state=state)
    async with world.session() as session:
        await session.execute(update(SupportPlan).values(next_review_on=today() + timedelta(days=7)))
    for data_class, kind in (("economic", "minimum_living_allowance"), ("health", "disability"), ("family", "left_behind")) * 2:
        await world.add(
            SpecialListRow(
                school_id=world.school_id,
                id=new_id(),
                school_year_id=world.year.id,
                kind=kind,
                data_class=data_class,
                list_name="名单",
                name="某某",
                observed_on=today(),
                reason="name_only",
                near_ids=[],
            )
        )
    await run(world)
    return here, mine


CASES = {"recognitions_due", "checks_due", "renewals_due", "proposals_open"}
EXPECTED: dict[str, set[str]] = {
    "principal": CASES | {"plans_to_approve", "reviews_due"},
    "vice_principal": {"reviews_due"},  # decides only what the principal lends
    "academic_affairs": CASES - {"proposals_open"} | {"plans_to_approve", "reviews_due"},
    "moral_education": CASES | {"plans_to_approve", "reviews_due", "list_rows_open"},
    "grade_head": CASES | {"plans_to_approve", "reviews_due"},
    "homeroom_teacher": CASES | {"reviews_due"},
    "counsellor": CASES - {"recognitions_due"} | {"reviews_due"},
    "aid_officer": CASES | {"list_rows_open"},
    "school_nurse": set(),
    "subject_teacher": set(),
    "registrar": set(),
    "admin": set(),
}


async def test_each_number_is_the_length_of_its_list_for_every_role(world: World) -> None:
    school_class, students = await busy(world)
    for role in sorted(set(ROLE_SCOPES) - {"district_admin", "acting_principal"}):
        scopes = ROLE_SCOPES[role]
        held = role if "school" in scopes else (role, 7 if "grade" in scopes else school_class)
        account = await world.account(held)
        found = await tasks(await world.client(account=account))
        if role in EXPECTED:
            assert set(found) == EXPECTED[role], (role, found)
    assert "reviews_due" in await tasks(await world.client(("case_lead", students[2])))


async def test_what_lapsed_is_to_be_decided_anew_until_somebody_does(world: World) -> None:
    school_class, students = await busy(world)
    office = await world.client("academic_affairs")
    assert (await tasks(office))["renewals_due"] == 2
    (lapsed, _) = (await office.get("/api/v1/recognitions?renewal_due=true")).json()["items"]
    assert lapsed["is_lapsed"] and lapsed["state"] == "recognised" and lapsed["school_year"] == "上一学年"
    shown = (await office.get(f"/api/v1/recognitions/{lapsed['id']}")).json()
    assert shown["may_renew"] and not shown["may_close"]
    for path, body in (("check", {"outcome": "continue", "reason": "继续帮扶"}), ("exit", {"reason": "不再需要"})):
        answer = await office.post(f"/api/v1/recognitions/{lapsed['id']}/{path}", json=body)
        assert answer.status_code == 409 and answer.json()["code"] == "recognition_lapsed"
    body = {"student_id": lapsed["student"]["id"], "category": "C2", "reason": "上学年认定到期，继续需要"}
    assert (await office.post("/api/v1/recognitions", json=body)).status_code == 201
    assert (await tasks(office))["renewals_due"] == 1
    assert school_class.id and students


async def test_a_check_is_made_once_a_term(world: World) -> None:
    _, students = await busy(world)
    office = await world.client("academic_affairs")
    due = (await tasks(office))["checks_due"]
    case = (await office.get("/api/v1/recognitions?check_due=true")).json()["items"][0]
    check = f"/api/v1/recognitions/{case['id']}/check"
    body = {"outcome": "continue", "reason": "仍需帮扶，继续"}
    assert (await office.post(check, json=body)).json()["checked_this_term"] and students
    again = await office.post(check, json=body)
    assert again.status_code == 409 and again.json()["code"] == "checked_before"
    assert (await tasks(office))["checks_due"] == due - 1


async def test_a_school_without_a_year_has_nothing_to_do_yet(world: World) -> None:
    elsewhere = await world.elsewhere()
    async with elsewhere.session() as session:
        for row in (*elsewhere.terms, elsewhere.year):
            kept = await session.merge(row)
            kept.starts_on, kept.ends_on = today() + timedelta(days=400), today() + timedelta(days=500)
    principal = await elsewhere.client("principal")
    assert (await principal.get("/api/v1/home")).json() == {"tasks": [], "led": []}


async def test_nobody_else_sees_tasks(world: World) -> None:
    assert (await (await world.client("registrar")).get("/api/v1/home")).json() == {"tasks": [], "led": []}
    assert (await world.anonymous().get("/api/v1/home")).status_code == 401


async def test_a_case_lead_sees_the_cases_they_lead(world: World) -> None:
    _, (student, *_) = await room(world, 2)
    lead = await world.client(("case_lead", student))
    (led,) = (await lead.get("/api/v1/home")).json()["led"]
    assert led["student_id"] == str(student.id)
    assert led["plan_state"] is None
