"""One file a student: each part only for who may see it, what is hidden named as hidden."""

from typing import Any

import pytest

from nuanyang.access.permissions import DATA_CLASSES
from nuanyang.casework.interventions.models import Intervention
from nuanyang.kit.clock import today
from nuanyang.kit.db.door import LONGEST_PREPARED
from nuanyang.kit.ids import new_id
from nuanyang.oversight.dossiers.policy import CASE_CLASSES, Sight
from nuanyang.oversight.dossiers.repository.statement import file_statement
from nuanyang.oversight.dossiers.schemas import DossierFile
from nuanyang.school.guardians.models import Guardian, StudentGuardian
from nuanyang.school.students.models import Student, StudentContact, StudentEconomy, StudentFamily, StudentHealth, StudentIdentity
from tests.factories.cases import evidence, noted, opened, planned, recognised
from tests.factories.world import World

CASES = ("academic", "economic", "family", "health", "protection", "wellbeing", "clinical")


async def full_student(world: World, school_class: Any = None) -> Student:
    """A student with something in every part."""
    student = await world.student("欧阳思远", school_class)
    guardian = Guardian(school_id=world.school_id, id=new_id(), name="欧阳建国", phone="13800001111")
    key = {"school_id": world.school_id, "id": student.id}
    await world.add(
        StudentIdentity(**key, identity_tail="1X", registration_tail="07"),
        StudentContact(**key, address="幸福路 8 号"),
        StudentFamily(**key, left_behind=2),
        StudentEconomy(**key, needs_aid=True, special_groups="minimum_living_allowance"),
        StudentHealth(**key, disability="听力"),
        guardian,
        StudentGuardian(school_id=world.school_id, student_id=student.id, guardian_id=guardian.id, relation="father", may_contact=False),
    )
    for category, data_class in (("C1", "economic"), ("C2", "academic"), ("C3", "health"), ("C4", "family")):
        await recognised(world, student, category, data_class=data_class, reason=f"理由{data_class}")
        await evidence(world, student, category, data_class=data_class)
    await opened(world, student, "academic")
    for data_class in CASES:
        await noted(world, student, data_class)
        await world.add(record(world, student, data_class))
    await noted(world, student, "basic", "promoted")
    return student


def record(world: World, student: Student, data_class: str, **more: Any) -> Intervention:
    return Intervention(
        school_id=world.school_id,
        id=new_id(),
        student_id=student.id,
        **(
            {
                "kind": f"kind.{data_class}",
                "data_class": data_class,
                "held_on": today(),
                "minutes": 30,
                "went": "顺利",
                "form": {},
                "entered_on": today(),
            }
            | more
        ),
    )


async def read(client: Any, student: Student) -> dict[str, Any]:
    answer = await client.get(f"/api/v1/students/{student.id}/dossier")
    assert answer.status_code == 200, answer.text
    DossierFile.model_validate_json(answer.content)
    return dict(answer.json())


PROFILE = {"identity", "contact", "family", "economic", "health", "academic"}


@pytest.mark.parametrize(
    ("role", "profile", "cases", "results"),
    [
        (
            "principal",
            PROFILE,
            {"academic", "economic", "family", "health", "protection", "wellbeing"},
            {"academic", "economic", "family", "health"},
        ),
        ("academic_affairs", {"contact", "academic"}, {"academic"}, {"academic"}),
        (
            "counsellor",
            {"contact", "family", "health", "academic"},
            {"academic", "family", "health", "protection", "wellbeing"},
            {"academic", "family", "health"},
        ),
        ("aid_officer", {"identity", "contact", "family", "economic"}, {"economic", "family"}, {"economic", "family"}),
        ("registrar", {"identity", "contact"}, set(), None),
        ("homeroom_teacher", {"contact", "family", "academic"}, {"academic", "family"}, {"academic", "economic", "family", "health"}),
        ("subject_teacher", {"academic"}, set(), None),
        ("tutor", {"academic"}, {"academic"}, {"academic"}),
        ("school_nurse", set(), set(), None),
        ("grade_head", {"contact", "family", "academic"}, {"academic", "family"}, {"academic", "economic", "family", "health"}),
    ],
)
async def test_each_role_sees_its_parts_and_is_told_what_is_hidden(
    world: World, role: str, profile: set[str], cases: set[str], results: set[str] | None
) -> None:
    school_class = await world.school_class()
    student = await full_student(world, school_class)
    scope = school_class.grade if role == "grade_head" else school_class
    client = await world.client((role, scope) if role in ("homeroom_teacher", "subject_teacher", "tutor", "grade_head") else role)
    file = await read(client, student)
    assert set(file) & PROFILE == profile
    assert set(file["hidden"]) & PROFILE == PROFILE - profile
    assert {i["data_class"] for i in file["interventions"]} == cases
    assert {e["data_class"] for e in file["timeline"]["items"]} == cases | {"basic"}
    assert {e["data_class"] for e in file.get("evidence", [])} == cases & {"academic", "economic", "family", "health"}
    assert set(file["hidden_cases"]) == set(CASES) - cases
    if results is None:
        assert "recognitions" not in file and "file" not in file
    else:
        assert {r["data_class"] for r in file["recognitions"]} == results
        assert {r["data_class"] for r in file["recognitions"] if r["reason"]} == results & cases
    assert "clinical" in file["hidden"]


@pytest.mark.parametrize(
    ("role", "is_lead", "opened"),
    [
        ("school_nurse", True, {"health"}),
        ("school_nurse", False, set()),
        ("special_educator", True, {"health"}),
        ("special_educator", False, set()),
    ],
)
async def test_what_an_office_adds_on_a_case_opens_there_and_nowhere_else(world: World, role: str, is_lead: bool, opened: set[str]) -> None:
    student, mate = await full_student(world), await full_student(world)
    client = await world.client(role, *([("case_lead", student)] if is_lead else []))
    own, others = await read(client, student), await read(client, mate)
    assert {i["data_class"] for i in own["interventions"]} & {"health"} == {"health"} - set(own["hidden"]) == opened
    assert others["interventions"] == [] and "health" in others["hidden"]
    told = {"kind": "disability", "source": "nomination", "observed_on": str(today()), "student_id": str(student.id)}
    assert (await client.post("/api/v1/evidence", json=told)).status_code == 201  # they tell of anybody, and read that back


@pytest.mark.parametrize("role", ["homeroom_teacher", "grade_head"])
async def test_of_protection_a_class_hears_what_it_is_given_to_do_and_no_more(world: World, role: str) -> None:
    """A lead may be whom a child means and does not name: leading opens nothing of protection; being named for a piece of the work opens that piece."""
    room = await world.school_class()
    student, staff = await full_student(world, room), await world.staff("陈老师")
    scope = room.grade if role == "grade_head" else room
    client = await world.client(account=await world.account((role, scope), ("case_lead", student), staff=staff))
    file = await read(client, student)
    assert "protection" in file["hidden"] and "protection" not in {i["data_class"] for i in file["interventions"]}
    assert (await client.get(f"/api/v1/students/{student.id}/custody-orders")).status_code == 403
    mine = record(world, student, "protection", doer_staff_id=staff.id)
    await world.add(mine)
    shown = [i["id"] for i in (await read(client, student))["interventions"] if i["data_class"] == "protection"]
    assert shown == [str(mine.id)]


async def test_another_class_and_another_school_do_not_find_the_student(world: World) -> None:
    student = await world.student()
    other = await world.school_class()
    path = f"/api/v1/students/{student.id}"
    for client in (
        await world.client(("homeroom_teacher", other)),
        await world.client("admin"),
        await (await world.elsewhere()).client("principal"),
    ):
        for page in ("dossier", "timeline"):
            assert (await client.get(f"{path}/{page}")).status_code == 404
    assert (await world.anonymous().get(f"{path}/dossier")).status_code == 401


async def test_rights_in_one_class_do_not_reach_into_another(world: World) -> None:
    own, taught = await world.school_class(), await world.school_class()
    mine, other = await full_student(world, own), await full_student(world, taught)
    client = await world.client(("homeroom_teacher", own), ("subject_teacher", taught))
    assert {"contact", "family"} <= set(await read(client, mine))
    theirs = await read(client, other)
    assert not {"contact", "family", "evidence", "recognitions"} & set(theirs) and theirs["interventions"] == []


async def test_a_case_lead_sees_the_whole_case_but_not_the_protected(world: World) -> None:
    student, other = await full_student(world), await full_student(world)
    client = await world.client(("case_lead", student))
    file = await read(client, student)
    assert {i["data_class"] for i in file["interventions"]} == {"academic", "economic", "family", "health", "wellbeing"}
    assert {"protection", "clinical", "identity"} <= set(file["hidden"])
    assert (await client.get(f"/api/v1/students/{other.id}/dossier")).status_code == 404


async def test_what_is_withheld_from_a_teacher_is_not_there(world: World) -> None:
    school_class = await world.school_class()
    student = await world.student(school_class=school_class)
    teacher = await world.staff("马老师")
    account = await world.account(("homeroom_teacher", school_class), staff=teacher)
    about = await evidence(world, student, "C4", "conflict", about_staff_id=teacher.id)
    case = await recognised(world, student, "C4", withheld_from_staff_id=teacher.id)
    await noted(world, student, "family", subject_kind="evidence", subject_id=about.id)
    await noted(world, student, "family", "recognition_step", subject_kind="recognition", subject_id=case.id)
    file_opened = await opened(world, student, "family")
    await noted(world, student, "family", "dossier_opened", subject_kind="dossier", subject_id=file_opened.id)
    file = await read(await world.client(account=account), student)
    assert file["evidence"] == [] and file["recognitions"] == [] and file["timeline"]["items"] == [] and file["file"] is None
    seen = await read(await world.client("moral_education"), student)
    assert len(seen["evidence"]) == len(seen["recognitions"]) == 1 and len(seen["timeline"]["items"]) == 3
    assert seen["file"]["id"] == str(file_opened.id)
    # Another recognition that is for them opens the file to them too, still without the one that is not.
    await recognised(world, student, "C2")
    file = await read(await world.client(account=account), student)
    assert file["file"]["id"] == str(file_opened.id) and [r["category"] for r in file["recognitions"]] == ["C2"]


async def test_a_complaint_about_two_is_kept_from_both(world: World) -> None:
    student = await world.student()
    people = [await world.staff("甲某"), await world.staff("乙某")]
    await recognised(world, student, "C4", withheld_from_staff_ids=[p.id for p in people])
    for person in people:
        client = await world.client("moral_education", staff=person)
        assert (await read(client, student))["recognitions"] == []
        rows = (await client.get("/api/v1/students")).json()["items"]
        assert [row["cases"] for row in rows] == [[]]
        assert (await client.get("/api/v1/students", params={"category": "C4", "count": True})).json()["count"] == 0
    seen = await read(await world.client("moral_education"), student)
    assert [r["category"] for r in seen["recognitions"]] == ["C4"]


async def test_a_guardian_kept_away_by_a_custody_order_shows_no_phone(world: World) -> None:
    student = await full_student(world)
    guardian = (await read(await world.client("principal"), student))["contact"]["guardians"][0]
    assert guardian["may_contact"] is False and guardian["phone"] is None and guardian["relation"] == "father"


async def test_the_plan_shows_the_needs_one_may_see_and_the_radar_hides_the_rest(world: World) -> None:
    student = await world.student()
    measure = await planned(
        world, student, "A1.3.small_group_tutoring", "academic", starts_on=world.year.starts_on, times=1, per="once", achieved="partly"
    )
    await world.add(
        record(world, student, "academic", plan_measure_id=measure.id),
        record(world, student, "academic", plan_measure_id=measure.id, attendance="absent"),
    )
    file = await read(await world.client("academic_affairs"), student)
    dose = file["plan"]["measures"][0]
    assert (dose["planned_so_far"], dose["delivered"], dose["missed"], dose["minutes_delivered"]) == (1, 1, 1, 30)
    axes = {axis["dimension"]: axis for axis in file["radar"]}
    assert (axes["academic"]["delivered_share"], axes["academic"]["goals_share"], axes["academic"]["value"]) == (1, 0.5, 75)
    assert axes["living"] == {"dimension": "living", "is_hidden": True, "delivered_share": None, "goals_share": None, "value": None}
    hidden = await read(await world.client("aid_officer"), student)
    assert hidden["plan"] is None and hidden["plan_versions"] == [] and {a["value"] for a in hidden["radar"]} == {None}


async def test_the_timeline_pages_from_new_to_old_without_gaps(world: World) -> None:
    student = await world.student()
    for age in range(7):
        await noted(world, student, "academic", f"event_{age}", days_ago=age)
    client = await world.client("principal")
    seen, cursor = [], None
    while True:
        answer = await client.get(f"/api/v1/students/{student.id}/timeline", params={"limit": 3} | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        seen += [e["kind"] for e in answer.json()["items"]]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"event_{age}" for age in range(7)]
    one = await client.get(f"/api/v1/students/{student.id}/timeline", params={"kind": "event_3"})
    assert [e["kind"] for e in one.json()["items"]] == ["event_3"]
    assert (await client.get(f"/api/v1/students/{student.id}/timeline", params={"cursor": "eyJ4Ig"})).status_code == 422
    assert (await client.get(f"/api/v1/students/{student.id}/timeline", params={"sort": "x"})).status_code == 422


def test_the_longest_statement_is_still_kept_prepared() -> None:
    everything = Sight(frozenset(DATA_CLASSES), frozenset(CASE_CLASSES), frozenset(CASE_CLASSES), DATA_CLASSES)
    assert len(file_statement(everything).encode()) < LONGEST_PREPARED
