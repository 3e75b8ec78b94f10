"""Why may I see this, and who has seen it."""

from datetime import timedelta

import pytest

from nuanyang.access.audit import service as audit
from nuanyang.kit.clock import now


async def test_why_i_may_see_a_student(world):
    school_class = await world.school_class()
    student = await world.student(school_class=school_class)
    teacher = await world.client(("homeroom_teacher", school_class))
    seen = (await teacher.get(f"/api/v1/students/{student.id}/access")).json()
    assert seen["student_name"] == "王小明"
    (ground,) = seen["grounds"]
    assert (ground["kind"], ground["role"], ground["name"], ground["scope"]) == ("role", "homeroom_teacher", "班主任", "class")
    assert set(ground["data_classes"]) == {"basic", "contact", "academic", "family", "support_needs"}
    assert "economic" in seen["hidden"]
    assert seen["may_see_record"] is False


async def test_the_case_is_a_ground_of_its_own(world):
    student = await world.student()
    lead = await world.client(("case_lead", student))
    seen = (await lead.get(f"/api/v1/students/{student.id}/access", headers={"Accept-Language": "en"})).json()
    assert [(g["kind"], g["name"]) for g in seen["grounds"]] == [("case", "Case lead")]


async def test_only_grounds_that_reach_the_student_count(world):
    student = await world.student()
    other = await world.school_class()
    both = await world.client(("homeroom_teacher", other), "academic_affairs")
    seen = (await both.get(f"/api/v1/students/{student.id}/access")).json()
    assert [g["role"] for g in seen["grounds"]] == ["academic_affairs"]


async def test_the_principal_sees_who_has_seen_and_changed_what(world):
    student = await world.student()
    principal, officer = await world.client("principal"), await world.client("aid_officer")
    await officer.get(f"/api/v1/students/{student.id}")
    await principal.get("/api/v1/students")
    page = (await principal.get(f"/api/v1/students/{student.id}/audit")).json()
    assert [(e["action"], e["operation"] or e["entity"]) for e in page["items"]] == [
        ("read", "students_list"),
        ("read", "students_read"),
        ("create", "enrolments"),
        ("create", "students"),
    ]
    read = page["items"][1]
    assert (read["account_id"], read["ground"], read["origin"]) == (str(officer.account.id), ["aid_officer"], officer.address)
    assert read["account_name"] == officer.account.display_name


async def test_the_record_is_paged(world):
    student = await world.student()
    principal = await world.client("principal")
    for _ in range(3):
        await principal.get(f"/api/v1/students/{student.id}")
    url, seen = f"/api/v1/students/{student.id}/audit?limit=2", []
    cursor = ""
    while cursor is not None:
        page = (await principal.get(f"{url}&cursor={cursor}" if cursor else url)).json()
        seen += [e["id"] for e in page["items"]]
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("role", ["moral_education", "counsellor", "academic_affairs", "vice_principal"])
async def test_others_may_not_see_the_record(world, role):
    student = await world.student()
    client = await world.client(role)
    assert (await client.get(f"/api/v1/students/{student.id}/audit")).status_code == 403
    assert (await client.get("/api/v1/audit-entries")).status_code == 403


async def test_the_counsellor_on_the_case_sees_who_has_seen(world):
    from nuanyang.casework.dossiers.models import CaseLead
    from nuanyang.kit.clock import today

    student = await world.student()
    staff = await world.staff("苏敏")
    client = await world.client("counsellor", ("case_lead", student), staff=staff)
    await world.add(CaseLead(school_id=world.school_id, student_id=student.id, staff_id=staff.id, valid_from=today()))
    answer = await client.get(f"/api/v1/students/{student.id}/audit")
    assert answer.status_code == 200
    assert answer.json()["items"]


async def test_strangers_and_other_schools(world):
    student = await world.student()
    assert (await world.anonymous().get(f"/api/v1/students/{student.id}/audit")).status_code == 401
    elsewhere = await (await world.elsewhere()).client("principal")
    assert (await elsewhere.get(f"/api/v1/students/{student.id}/audit")).status_code == 404
    assert (await elsewhere.get(f"/api/v1/students/{student.id}/access")).status_code == 404
    principal = await world.client("principal")
    assert (await principal.get(f"/api/v1/students/{student.id}/audit?cursor=x")).status_code == 422


async def test_the_schools_record_is_filtered(world):
    student = await world.student()
    principal, officer = await world.client("principal"), await world.client("aid_officer")
    await officer.get(f"/api/v1/students/{student.id}")
    by = (await principal.get(f"/api/v1/audit-entries?account_id={officer.account.id}&action=read")).json()["items"]
    assert [(e["student_id"], e["student_name"], e["students"]) for e in by] == [(str(student.id), "王小明", 1)]
    later = (now() + timedelta(days=1)).isoformat().replace("+00:00", "Z")
    assert (await principal.get(f"/api/v1/audit-entries?since={later}")).json()["items"] == []


async def test_a_verification_is_asked_for_and_answered_by_the_sealer(world, database_urls):
    from nuanyang.entrypoints.database import SEALER, login_url
    from nuanyang.kit.db import Database
    from tests.factories.database import PASSWORD

    principal = await world.client("principal")
    asked = await principal.post("/api/v1/audit-checks")
    assert (asked.status_code, asked.json()["checked_at"]) == (202, None)
    assert (await principal.post("/api/v1/audit-checks")).json()["id"] == asked.json()["id"]
    name = database_urls[1].partition("?")[0].rpartition("/")[2]
    door = Database(login_url(database_urls[1], database=name, user=SEALER, password=PASSWORD), read_size=2, write_size=1)
    await door.start()
    try:
        waiting = await audit.asked_checks(door)
        await audit.keep_check(door, audit.Verified(3, 1, None, [], []), waiting)
    finally:
        await door.stop()
    (mine,) = [c for c in (await principal.get("/api/v1/audit-checks")).json()["items"] if c["id"] == asked.json()["id"]]
    assert (mine["entries"], mine["findings"]) == (3, [])
    assert mine["checked_at"]


@pytest.mark.parametrize(("role", "listed"), [("principal", True), ("vice_principal", False), ("moral_education", False), ("admin", False)])
async def test_the_menu_leads_only_the_principal_to_the_record(world, role, listed):
    me = (await (await world.client(role)).get("/api/v1/me")).json()
    assert ("audit" in me["menu"]) is listed
