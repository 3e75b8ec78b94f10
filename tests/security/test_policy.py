"""The policy at every door (access.md, ASVS 8.2): each operation of the contract by each role in the own class, as `x-access` and ROLES say.

Beyond the own class and the own school `tests/architecture/test_walls.py` goes through the same operations.
"""

# ruff: noqa: E501 - a table

import re
from typing import Any

import pytest

from nuanyang.access.permissions import CATEGORY_CLASSES, CLASS_CATEGORY, DUTIES, DUTY_NAMES, ROLE_SCOPES, ROLES, WITHOUT_CASES
from nuanyang.kit.settings import PROJECT
from tests.factories.asker import Asker
from tests.factories.furnished import furnish
from tests.factories.students import guardian
from tests.factories.world import World

CASE_CLASSES = [c for classes in CATEGORY_CLASSES.values() for c in classes]
# Past the door these ask for more than one right can say (who decides which step, who records for whom, which class of data a record has):
# whom their services refuse at the furnished school, where plan and record are academic and the case is one of protection.
FINER = {
    "break_glass_end": "moral_education principal vice_principal",
    "break_glass_review": "principal",
    "census_look": "academic_affairs aid_officer counsellor general_affairs grade_head principal registrar school_nurse special_educator subject_teacher tutor vice_principal",
    "classes_list": "crisis_duty youth_league",
    "counselling_close": "counsellor",
    "counselling_hand_over": "counsellor",
    "delegations_create": "admin",
    "edition_clauses_create": "academic_affairs general_affairs youth_league",
    "edition_clauses_delete": "academic_affairs general_affairs youth_league",
    "edition_clauses_update": "academic_affairs general_affairs youth_league",
    "evidence_create": "aid_officer counsellor general_affairs grade_head moral_education principal registrar school_nurse special_educator subject_teacher vice_principal",
    "evidence_create_batch": "aid_officer counsellor general_affairs grade_head moral_education principal registrar school_nurse special_educator subject_teacher vice_principal",
    "evidence_update": "counsellor principal vice_principal",
    "evidence_withdraw": "counsellor principal vice_principal",
    "exams_correct_entry": "admin aid_officer counsellor crisis_duty general_affairs grade_head moral_education principal registrar school_nurse special_educator subject_teacher vice_principal youth_league",
    "exams_create": "homeroom_teacher tutor",
    "exams_delete": "homeroom_teacher tutor",
    "exams_import_results": "admin aid_officer counsellor crisis_duty general_affairs grade_head moral_education principal registrar school_nurse special_educator vice_principal youth_league",
    "exams_template": "admin aid_officer counsellor crisis_duty general_affairs grade_head moral_education principal registrar school_nurse special_educator vice_principal youth_league",
    "exams_update": "homeroom_teacher tutor",
    "interventions_correct": "counsellor grade_head moral_education principal vice_principal",
    "interventions_create": "aid_officer counsellor general_affairs grade_head moral_education principal registrar school_nurse special_educator vice_principal",
    "interventions_void": "counsellor grade_head moral_education principal vice_principal",
    "plans_approve": "counsellor homeroom_teacher moral_education tutor vice_principal",
    "plans_close": "counsellor moral_education vice_principal",
    "plans_discard": "counsellor grade_head moral_education principal vice_principal",
    "plans_return": "counsellor homeroom_teacher moral_education tutor vice_principal",
    "plans_review": "counsellor moral_education vice_principal",
    "plans_submit": "counsellor grade_head moral_education principal vice_principal",
    "plans_update": "grade_head principal vice_principal",
    "proposals_set_aside": "aid_officer counsellor vice_principal",
    "recognitions_check": "counsellor vice_principal",
    "recognitions_create": "academic_affairs counsellor school_nurse special_educator tutor vice_principal",
    "recognitions_exit": "counsellor vice_principal",
    "special_list_rows_list": "admin crisis_duty general_affairs grade_head homeroom_teacher principal registrar subject_teacher tutor vice_principal youth_league",
    "special_lists_import": "academic_affairs admin counsellor crisis_duty general_affairs grade_head homeroom_teacher principal registrar subject_teacher tutor vice_principal youth_league",
    "staff_list": "admin crisis_duty youth_league",
    "students_audit": "academic_affairs aid_officer counsellor general_affairs grade_head homeroom_teacher moral_education registrar school_nurse special_educator subject_teacher tutor vice_principal",
    "students_change": "academic_affairs aid_officer counsellor general_affairs grade_head moral_education principal school_nurse special_educator subject_teacher tutor vice_principal",
    "students_reveal_identity": "academic_affairs counsellor general_affairs grade_head homeroom_teacher school_nurse special_educator subject_teacher tutor",
}


def opens(role: str, needs: dict[str, Any]) -> bool:
    """Whether the policy lets this role in, worked out from its table and nothing else."""
    rights, kind = ROLES[role], needs["kind"]
    if kind == "right":
        return needs["action"] in rights.get(needs["data_class"], ())
    if kind == "roles":
        return role in needs["roles"]
    if kind == "cases":
        held = {a for c in CASE_CLASSES for a in rights.get(c, ())}
        if "read" in held and role not in WITHOUT_CASES:
            held.add("cases")
        return not held.isdisjoint(needs["actions"])
    return kind in ("staff", "signed_in")


# `acting_principal` is held as a loan only, see access/delegations.
@pytest.mark.parametrize("role", sorted(set(ROLES) - {"district_admin", "acting_principal"}))
async def test_each_role_comes_through_the_doors_of_the_policy_and_no_other(world: World, role: str) -> None:
    asker = Asker(world.app.openapi())
    room = await world.school_class(7, 1)
    ids = await furnish(world, room)
    where: Any = room if "class" in ROLE_SCOPES[role] else 7
    client = await world.client(role if "school" in ROLE_SCOPES[role] else (role, where))
    tried, wrong = 0, []
    # Reading first: afterwards there may be nothing left to read.
    for path, method, operation in sorted(asker.operations(), key=lambda one: one[1] != "get"):
        needs, name = operation.get("x-access"), operation["operationId"]
        if needs is None or name in ("jobs_events", "me_sign_out_everywhere"):
            continue
        answer = await client.request(
            method.upper(), asker.path(path, operation, ids), headers={"If-Match": '"1"'}, **asker.body(operation, ids)
        )
        tried += 1
        refused = answer.status_code == 403
        assert answer.status_code < 500, (name, answer.text)
        if not opens(role, needs) and not refused:
            wrong.append((name, answer.status_code, "should be refused"))
        elif opens(role, needs) and refused != (role in FINER.get(name, "").split()):
            wrong.append((name, answer.status_code, "should be refused" if not refused else "should come in"))
    assert wrong == []
    assert tried > 150


@pytest.mark.parametrize("person", ["student", "guardian", "nobody"])
async def test_whoever_is_not_of_the_staff_comes_through_no_door_of_the_staff(world: World, person: str) -> None:
    asker = Asker(world.app.openapi())
    room = await world.school_class(7, 1)
    ids = await furnish(world, room)
    pupil = await world.student("旁人", room)
    if person == "nobody":
        client = world.anonymous()
    else:
        parent = await guardian(world, pupil)
        client = await world.client(account=await (world.student_account(pupil) if person == "student" else world.guardian_account(parent)))
    for path, method, operation in asker.operations():
        needs, name = operation.get("x-access"), operation["operationId"]
        if needs is None or name == "jobs_events" or (person != "nobody" and needs["kind"] in ("signed_in", "person")):
            continue
        answer = await client.request(
            method.upper(), asker.path(path, operation, ids), headers={"If-Match": '"1"'}, **asker.body(operation, ids)
        )
        assert answer.status_code == (401 if person == "nobody" else 403), (name, answer.text)


def test_every_operation_says_what_its_door_asks(world: World) -> None:
    document = world.app.openapi()
    for methods in document["paths"].values():
        for operation in methods.values():
            assert ("x-access" in operation) == ("security" in operation), operation["operationId"]


def test_every_duty_is_somebodys_and_has_a_name() -> None:
    assert DUTIES.keys() == DUTY_NAMES.keys()
    assert all(roles and set(roles) <= ROLES.keys() for roles in DUTIES.values())


def test_slices_ask_for_rights_and_duties_never_for_a_role() -> None:
    """A role's name in a guard or a policy would be a second policy beside the one that is written down."""
    here = PROJECT / "backend" / "nuanyang"
    allowed = {here / "access" / name for name in ("actors.py", "guards.py", "accounts/me.py")}
    asking = [
        str(file.relative_to(here))
        for file in sorted(here.rglob("*.py"))
        if file not in allowed and re.search(r"\b(has_role|requires_role|role_scope)\(", file.read_text())
    ]
    assert asking == []


async def test_the_menu_is_what_the_duties_open(world: World) -> None:
    entries = {
        "rosters": "bring_rosters",
        "rules": "set_rules",
        "accounts": "keep_accounts",
        "audit": "read_audit",
        "retention": "see_retention",
    }
    for role in sorted(set(ROLES) - {"district_admin", "acting_principal"}):  # the one is no role of a school, the other only lent
        where: Any = await world.school_class(7) if "class" in ROLE_SCOPES[role] else 7
        client = await world.client(role if "school" in ROLE_SCOPES[role] else (role, where))
        menu = (await client.get("/api/v1/me")).json()["menu"]
        assert {entry for entry in entries if entry in menu} == {entry for entry, duty in entries.items() if role in DUTIES[duty]}, role


PERSONAL = {"contact", "identity", "academic", "economic", "family", "protection", "health", "support_needs", "wellbeing", "clinical"}
SHOWN = {"contact", "identity", "academic", "economic", "family", "health"}  # of which a student's own page has a group of fields


@pytest.mark.parametrize("role", sorted(r for r in ROLES if "basic" in ROLES[r]))
async def test_an_answer_has_the_fields_of_the_readable_classes_and_names_the_others(world: World, role: str) -> None:
    room = await world.school_class(7, 1)
    ids = await furnish(world, room)
    where: Any = room if "class" in ROLE_SCOPES[role] else 7
    client = await world.client(role if "school" in ROLE_SCOPES[role] else (role, where))
    readable = {c for c, actions in ROLES[role].items() if "read" in actions}
    seen = readable & set(CASE_CLASSES) if role not in WITHOUT_CASES else set()
    url = f"/api/v1/students/{ids['student']}"
    one, file = (await client.get(url)).json(), (await client.get(f"{url}/dossier")).json()
    for answer in (one, file):
        assert SHOWN & answer.keys() == SHOWN & readable
        assert set(answer["hidden"]) - {"cases"} == PERSONAL - readable
        assert all(answer[c] is not None for c in SHOWN & readable)
    # What is supported: only cases of the readable classes, and of an economic one the result for who nominates.
    result = {"economic"} if "nominate" in ROLES[role].get("economic", ()) else set()
    assert ("cases" in one["hidden"]) == (not seen and not result)
    assert {c["category"] for c in one.get("cases", ())} == {CLASS_CATEGORY[c] for c in seen | result}
    assert {e["data_class"] for e in file.get("evidence", ())} == seen
    listed = (await client.get("/api/v1/evidence", params={"student_id": str(ids["student"])})).json()["items"]
    assert {e["data_class"] for e in listed} == seen
    row = next(r for r in (await client.get("/api/v1/students")).json()["items"] if r["id"] == str(ids["student"]))
    assert ("contact" in row) == ("contact" in readable)
    assert {c["category"] for c in row.get("cases", ())} == {CLASS_CATEGORY[c] for c in seen | result}
    assert not (SHOWN - {"contact"}) & row.keys()
