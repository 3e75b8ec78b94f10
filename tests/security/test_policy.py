"""The policy at every door (access.md, ASVS 8.2): each operation of the contract by each role in the own class, as `x-access` and ROLES say.

Beyond the own class and the own school `tests/architecture/test_walls.py` goes through the same operations.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest

from nuanyang.access.permissions import CATEGORY_CLASSES, CLASS_CATEGORY, DUTIES, DUTY_NAMES, ROLE_SCOPES, ROLES, TELLERS, WITHOUT_CASES
from nuanyang.kit.settings import PROJECT
from tests.factories.asker import Asker
from tests.factories.furnished import furnish
from tests.factories.students import guardian
from tests.factories.world import World

CASE_CLASSES = [c for classes in CATEGORY_CLASSES.values() for c in classes]


def has(role: str, actions: str, *classes: str) -> bool:
    """Whether the policy gives the role one of these actions on one of these classes; `cases` is seeing their case records."""
    rights = ROLES[role]
    held = {a for c in classes for a in rights.get(c, ())} | ({"cases"} if any("read" in rights.get(c, ()) for c in classes) else set())
    return not (held - ({"cases"} if role in WITHOUT_CASES else set())).isdisjoint(actions.split())


def tells(role: str, data_class: str) -> bool:
    """Whether the role may enter evidence of the class: by writing it, or as one who has to tell."""
    return has(role, "write", data_class) or any(has(role, action, of) for action, of in TELLERS.get(data_class, ()))


def does(role: str, duty: str) -> bool:
    return role in DUTIES[duty]


Refuses = Callable[[str], bool]


def of_record(data_class: str, *, seen: str, asked: str) -> Refuses:
    """Who sees a record of this class without the right that the operation asks; who does not see it is told that it is not there (404)."""
    return lambda role: has(role, seen, data_class) and not has(role, asked, data_class)


# What an operation asks past its door, of what is furnished: plan, exam and record are academic, the proposal is one of family, evidence and case
# are of protection; the file's glass was broken by the principal. Each line says by the policy alone whom the service refuses.
SEES, REASONS, RESULTS = "cases", "cases approve", "cases approve nominate"
FINER: dict[str, Refuses] = {
    # Somebody else's opening: whoever oversees these sees it. It is ended by its opener alone, reviewed by who reviews a principal's.
    "break_glass_end": lambda role: does(role, "oversee_broken_glass"),
    "break_glass_review": lambda role: does(role, "oversee_broken_glass") and not does(role, "review_principals_glass"),
    # Whether a child of the own class was looked at is said by who writes what is found.
    "census_look": lambda role: not has(role, "write", "family"),
    # A case is a colleague's: counsellors close and hand over their own.
    **dict.fromkeys(("counselling_close", "counselling_hand_over"), lambda role: not does(role, "name_counsellors")),
    # Who holds nothing has nothing to lend.
    "delegations_create": lambda role: not ROLES[role],
    # The furnished clause is moral education's.
    **dict.fromkeys(
        ("edition_clauses_create", "edition_clauses_delete", "edition_clauses_update"), lambda role: not does(role, "write_editions")
    ),
    **dict.fromkeys(("evidence_create", "evidence_create_batch"), lambda role: not tells(role, "academic")),
    **dict.fromkeys(("evidence_update", "evidence_withdraw"), of_record("protection", seen=SEES, asked="write")),
    # Who teaches a subject enters its marks; the furnished one is a colleague's.
    "exams_correct_entry": lambda role: not has(role, "write", "academic"),
    **dict.fromkeys(("interventions_correct", "interventions_void"), of_record("academic", seen=SEES, asked="write")),
    "interventions_create": lambda role: not has(role, "write", "academic") and not does(role, "teach_a_subject"),
    **dict.fromkeys(("plans_approve", "plans_return"), of_record("academic", seen=SEES, asked="approve")),
    **dict.fromkeys(("plans_close", "plans_review"), of_record("academic", seen=SEES, asked="write approve")),
    **dict.fromkeys(("plans_discard", "plans_submit"), of_record("academic", seen=SEES, asked="write")),
    # A part of any class may be added to a plan of which one sees a part.
    "plans_update": lambda role: has(role, SEES, "academic") and not has(role, "write", *CASE_CLASSES),
    "proposals_set_aside": of_record("family", seen=REASONS, asked="write approve"),
    **dict.fromkeys(("recognitions_check", "recognitions_exit"), of_record("protection", seen=RESULTS, asked="write approve")),
    "recognitions_create": lambda role: not has(role, "nominate write approve", "economic"),
    # A file whose name says nothing may hold lists of these three.
    "special_lists_import": lambda role: not has(role, "write", "economic", "health", "family"),
    "students_audit": lambda role: has(role, "read", "basic") and not does(role, "read_audit"),
    "students_change": lambda role: not has(role, "write", "basic"),
}


def opens(role: str, needs: dict[str, Any]) -> bool:
    """Whether the policy lets this role in, worked out from its table and nothing else."""
    kind = needs["kind"]
    if kind == "any":
        return any(opens(role, one) for one in needs["of"])
    if "over" in needs and ROLE_SCOPES[role] != {needs["over"]}:
        return False
    if kind == "right":
        return has(role, needs["action"], needs["data_class"])
    if kind == "roles":
        return role in needs["roles"]
    if kind == "cases":
        return has(role, " ".join(needs["actions"]), *CASE_CLASSES)
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
        elif opens(role, needs) and refused != (name in FINER and FINER[name](role)):
            wrong.append((name, answer.status_code, "should be refused" if not refused else "should come in"))
    assert wrong == []
    assert tried > 150
    assert FINER.keys() <= {operation["operationId"] for _, _, operation in asker.operations()}


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
        if needs is None or name in ("jobs_events", "inbox_events") or (person != "nobody" and needs["kind"] in ("signed_in", "person")):
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
SHOWN = {
    "contact",
    "identity",
    "academic",
    "economic",
    "family",
    "health",
    "support_needs",
}  # of which a student's own page has a group of fields


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
    # What is supported: only cases of the readable classes, and of an economic one the result for who nominates or approves.
    result = {"economic"} if {"nominate", "approve"} & set(ROLES[role].get("economic", ())) else set()
    assert ("cases" in one["hidden"]) == (not seen and not result)
    assert {c["category"] for c in one.get("cases", ())} == {CLASS_CATEGORY[c] for c in seen | result}
    assert {e["data_class"] for e in file.get("evidence", ())} == seen
    listed = (await client.get("/api/v1/evidence", params={"student_id": str(ids["student"])})).json()["items"]
    assert {e["data_class"] for e in listed} == seen
    row = next(r for r in (await client.get("/api/v1/students")).json()["items"] if r["id"] == str(ids["student"]))
    assert ("contact" in row) == ("contact" in readable)
    assert {c["category"] for c in row.get("cases", ())} == {CLASS_CATEGORY[c] for c in seen | result}
    assert not (SHOWN - {"contact"}) & row.keys()
