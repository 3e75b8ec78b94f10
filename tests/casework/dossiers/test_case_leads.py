"""Files, their numbers, and who leads a case."""

import asyncio
from uuid import UUID

from sqlalchemy import select

from nuanyang.access.accounts.models import Account, RoleAssignment
from nuanyang.casework.dossiers.models import CaseLead, Dossier, TimelineEntry
from nuanyang.casework.dossiers.service import open_dossier
from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from nuanyang.school.schools.models import SchoolSettings
from tests.factories.cases import opened, recognised
from tests.factories.world import World


async def test_numbers_of_files_opened_at_once_are_all_different(world: World) -> None:
    school_class = await world.school_class()
    students = [await world.student(f"学生{n}", school_class) for n in range(6)]
    caller = await world.caller(await world.account("principal"))

    async def open_one(student_id) -> None:
        async with world.session() as session:
            await open_dossier(session, caller, student_id, "academic")

    await asyncio.gather(*(open_one(s.id) for s in [*students, *students]))
    async with world.session() as session:
        numbers = sorted((await session.scalars(select(Dossier.number).where(Dossier.school_id == world.school_id))).all())
    assert numbers == [f"{today().year}-{n:04d}" for n in range(1, 7)]


async def test_naming_a_lead_gives_rights_and_ends_the_former_ones(world: World) -> None:
    student = await world.student()
    await recognised(world, student, "C1")
    await opened(world, student, "economic")
    first, second = await world.staff("周老师"), await world.staff("吴老师")
    first_client = await world.client(staff=first)
    second_account = await world.account(staff=second)
    office = await world.client("principal")
    path = f"/api/v1/students/{student.id}"

    answer = await office.post(f"{path}/case-lead", json={"staff_id": str(first.id)})
    assert answer.status_code == 201 and answer.json()["warnings"] == [] and answer.json()["has_account"] is True, answer.text
    world.app.state.callers._cache.clear()
    assert student.id in (await world.caller(first_client.account)).led_student_ids

    answer = await office.post(f"{path}/case-lead", json={"staff_id": str(second.id), "handover_note": "家中老人身体不好"})
    assert answer.status_code == 201
    assert (await world.caller(first_client.account)).led_student_ids == frozenset()
    assert (await world.caller(second_account)).led_student_ids == frozenset({student.id})
    again = await office.post(f"{path}/case-lead", json={"staff_id": str(second.id)})
    assert again.status_code == 409 and again.json()["code"] == "already_case_lead"
    async with world.session() as session:
        current = (await session.scalars(select(CaseLead).where(CaseLead.student_id == student.id, CaseLead.valid_to.is_(None)))).all()
        notes = (
            await session.scalars(select(TimelineEntry).where(TimelineEntry.student_id == student.id).order_by(TimelineEntry.happened_at))
        ).all()
    assert [lead.staff_id for lead in current] == [second.id]
    assert [n.details for n in notes] == [{"staff": "周老师"}, {"staff": "吴老师", "former": "周老师"}] and {
        n.data_class for n in notes
    } == {"economic"}


async def test_the_limit_warns_and_does_not_refuse(world: World) -> None:
    await world.add(SchoolSettings(school_id=world.school_id, id=new_id(), key="case_lead_limit", value=1))
    office, lead = await world.client("moral_education"), await world.staff("郑老师")
    warnings = []
    for name in ("甲", "乙"):
        student = await world.student(name)
        await recognised(world, student, "C4")
        await opened(world, student, "family")
        answer = await office.post(f"/api/v1/students/{student.id}/case-lead", json={"staff_id": str(lead.id)})
        assert answer.status_code == 201, answer.text
        warnings.append([(w["count"], w["limit"]) for w in answer.json()["warnings"]])
    assert warnings == [[], [(2, 1)]]
    load = (await office.get("/api/v1/case-leads", params={"leading_only": True})).json()
    assert [(row["staff_id"], row["count"], row["is_over"]) for row in load["items"]] == [(str(lead.id), 2, True)] and load["limit"] == 1
    one = (await office.get("/api/v1/case-leads", params={"staff_id": str(lead.id)})).json()["items"]
    assert [row["staff_id"] for row in one] == [str(lead.id)]


async def test_who_may_name_a_lead(world: World) -> None:
    school_class = await world.school_class(grade=7)
    student = await world.student(school_class=school_class)
    await opened(world, student, "academic")
    staff = await world.staff()
    body = {"staff_id": str(staff.id)}
    path = f"/api/v1/students/{student.id}/case-lead"
    assert (await world.anonymous().post(path, json=body)).status_code == 401
    assert (await (await world.client(("homeroom_teacher", school_class))).post(path, json=body)).status_code == 403
    assert (await (await world.client(("grade_head", 8))).post(path, json=body)).status_code == 404
    assert (await (await (await world.elsewhere()).client("principal")).post(path, json=body)).status_code == 404
    assert (await (await world.client("principal")).post(path, json={"staff_id": str(new_id())})).json()["code"] == "staff_not_found"
    assert (await (await world.client(("grade_head", 7))).post(path, json=body)).status_code == 201


async def test_a_student_without_a_file_has_no_lead(world: World) -> None:
    student, staff = await world.student(), await world.staff()
    answer = await (await world.client("principal")).post(f"/api/v1/students/{student.id}/case-lead", json={"staff_id": str(staff.id)})
    assert answer.status_code == 409 and answer.json()["code"] == "no_open_dossier"


async def test_a_file_is_closed_after_the_exit_and_the_leads_rights_end(world: World) -> None:
    student = await world.student()
    case = await recognised(world, student)
    await opened(world, student)
    office, staff = await world.client("principal"), await world.staff()
    account = await world.account(staff=staff)
    path = f"/api/v1/students/{student.id}"
    await office.post(f"{path}/case-lead", json={"staff_id": str(staff.id)})
    early = await office.post(f"{path}/dossier/close", json={"reason": "目标全部达成"})
    assert early.status_code == 409 and early.json()["code"] == "still_supported"
    async with world.session() as session:
        row = await session.get(type(case), (world.school_id, case.id))
        row.state = "exited"
    closed = await office.post(f"{path}/dossier/close", json={"reason": "目标全部达成"})
    assert closed.status_code == 200 and closed.json()["closed_on"] == today().isoformat()
    assert (await world.caller(account)).led_student_ids == frozenset()
    async with world.session() as session:
        living = await session.scalars(
            select(RoleAssignment).where(RoleAssignment.scope_id == student.id, RoleAssignment.valid_to.is_(None))
        )
        assert living.all() == []
    assert (await office.post(f"{path}/dossier/close", json={"reason": "目标全部达成"})).json()["code"] == "no_open_dossier"


async def test_a_lead_who_gets_an_account_later_gets_the_rights_with_it(world: World) -> None:
    student, staff = await world.student(), await world.staff("何老师")
    await opened(world, student, "academic")
    named = await (await world.client("principal")).post(f"/api/v1/students/{student.id}/case-lead", json={"staff_id": str(staff.id)})
    assert named.status_code == 201 and named.json()["has_account"] is False
    body = {"username": f"he.{world.school_id.hex[-8:]}", "display_name": "何老师", "staff_id": str(staff.id)}
    made = await (await world.client("admin")).post("/api/v1/accounts", json=body)
    assert made.status_code == 201, made.text
    async with world.session() as session:
        account = await session.get(Account, UUID(made.json()["account"]["id"]))
    assert account is not None and (await world.caller(account)).led_student_ids == frozenset({student.id})


async def test_the_school_sets_its_own_limit(world: World) -> None:
    office = await world.client("moral_education")
    assert (await office.get("/api/v1/case-leads")).json()["limit"] == 5
    for limit in (7, 3):
        answer = await office.put("/api/v1/case-leads/limit", json={"limit": limit})
        assert answer.status_code == 200 and answer.json() == {"limit": limit}, answer.text
    assert (await office.get("/api/v1/case-leads")).json()["limit"] == 3
    assert (await (await (await world.elsewhere()).client("principal")).get("/api/v1/case-leads")).json()["limit"] == 5
    assert (await office.put("/api/v1/case-leads/limit", json={"limit": 0})).status_code == 422
    assert (await (await world.client(("grade_head", 7))).put("/api/v1/case-leads/limit", json={"limit": 9})).status_code == 403
    assert (await world.anonymous().put("/api/v1/case-leads/limit", json={"limit": 9})).status_code == 401
