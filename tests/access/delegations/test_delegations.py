"""代班与授权: for the days that were named and no other, never more than the giver holds, never to oneself."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from nuanyang.access.accounts.models import Membership, RoleAssignment
from nuanyang.access.actors import Caller
from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from tests.factories.counselling import NOTE_TEXT, counselled
from tests.factories.world import World

FIRST, LAST = 10, 14  # days from today


def on(days: int) -> date:
    return today() + timedelta(days=days)


def noon(days: int) -> str:
    return f"{on(days).isoformat()}T04:00:00Z"


async def staff_of(world: World, account: Any) -> str:
    async with world.session() as session:
        return str(await session.scalar(select(Membership.person_id).where(Membership.account_id == account.id)))


async def role_of(world: World, account: Any, role: str) -> str:
    async with world.session() as session:
        statement = select(RoleAssignment.id).where(RoleAssignment.account_id == account.id, RoleAssignment.role == role)
        return str(await session.scalar(statement))


async def lend(
    world: World, giver: httpx.AsyncClient, holder: Any, role: str, deputy: Any, first: int = FIRST, last: int = LAST
) -> httpx.Response:
    body = {
        "role_id": await role_of(world, holder, role),
        "deputy_staff_id": await staff_of(world, deputy),
        "valid_from": on(first).isoformat(),
        "valid_to": on(last).isoformat(),
        "reason": "外出培训",
    }
    return await giver.post("/api/v1/delegations", json=body)


async def on_each_day(world: World, account: Any, may: Callable[[Caller], bool]) -> list[bool]:
    """Day before, first day, last day, day after."""
    found = []
    for days in (FIRST - 1, FIRST, LAST, LAST + 1):
        with time_machine.travel(noon(days), tick=False):
            found.append(may(await world.caller(account)))
    return found


ONLY_THEN = [False, True, True, False]


async def test_a_substitute_holds_the_class_on_the_days_named(world: World) -> None:
    room = await world.school_class()
    teacher, substitute = await world.client(("homeroom_teacher", room)), await world.account()
    answer = await lend(world, teacher, teacher.account, "homeroom_teacher", substitute)
    assert answer.status_code == 201, answer.text
    (given,) = answer.json()["given"]
    assert (given["deputy"], given["state"], given["scope_name"]) == (substitute.display_name, "planned", room.name)
    assert await on_each_day(world, substitute, lambda c: c.may("write", "contact", room.id)) == ONLY_THEN
    with time_machine.travel(noon(FIRST), tick=False):
        caller = await world.caller(substitute)
        assert caller.ground() == ("delegation", "homeroom_teacher")
        assert not caller.may("read", "basic", (await world.school_class()).id)


async def test_the_days_are_the_schools_own(world: World) -> None:
    """At 16:30 UTC it is the next day in Shanghai."""
    room = await world.school_class()
    teacher, substitute = await world.client(("homeroom_teacher", room)), await world.account()
    assert (await lend(world, teacher, teacher.account, "homeroom_teacher", substitute)).status_code == 201
    for hour, days, may in (
        ("15:59:59", FIRST - 1, False),
        ("16:00:00", FIRST - 1, True),
        ("15:59:59", LAST, True),
        ("16:00:00", LAST, False),
    ):
        with time_machine.travel(f"{on(days).isoformat()}T{hour}Z", tick=False):
            assert (await world.caller(substitute)).may("read", "basic", room.id) == may, (hour, days)


async def test_the_vice_principal_approves_on_the_principals_dated_word_only(world: World) -> None:
    principal, vice = await world.client("principal"), await world.account("vice_principal")
    assert not (await world.caller(vice)).may("approve", "academic")
    assert (await lend(world, principal, principal.account, "principal", vice)).status_code == 201
    assert await on_each_day(world, vice, lambda c: c.may("approve", "academic")) == ONLY_THEN
    with time_machine.travel(noon(FIRST), tick=False):
        caller = await world.caller(vice)
        # The approvals, not the office: neither the record of the school nor the glass in the principal's name.
        assert not caller.has_role("principal")
        assert caller.has_role("acting_principal")


async def test_the_principals_approvals_go_to_the_vice_principal_and_from_the_principal(world: World) -> None:
    principal, admin = await world.client("principal"), await world.client("admin")
    other, vice = await world.account("academic_affairs"), await world.account("vice_principal")
    refused = await lend(world, principal, principal.account, "principal", other)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "delegation_vice")
    refused = await lend(world, admin, principal.account, "principal", vice)
    assert (refused.status_code, refused.json()["code"]) == (403, "only_its_holder")


async def test_a_clinical_file_is_lent_to_another_counsellor_only(world: World) -> None:
    case = await counselled(world)
    nurse, other = await world.account("school_nurse"), await world.client("counsellor")
    refused = await lend(world, case.counsellor, case.counsellor.account, "case_counsellor", nurse)  # type: ignore[attr-defined]
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "delegation_counsellor")
    answer = await lend(world, case.counsellor, case.counsellor.account, "case_counsellor", other.account, 0, 3)  # type: ignore[attr-defined]
    assert answer.status_code == 201, answer.text
    file = (await other.get(f"{case.url}/counselling")).json()
    assert (file["ground"], file["sessions"][0]["course"], file["may_hand_over"]) == ("delegation", NOTE_TEXT, False)
    access = (await other.get(f"{case.url}/access")).json()
    ground = next(g for g in access["grounds"] if g["role"] == "case_counsellor")
    assert (ground["deputy_of"], ground["valid_to"]) == (case.counsellor.account.display_name, on(3).isoformat())  # type: ignore[attr-defined]


@pytest.mark.parametrize("days", [-1, 0, 4, 5])
async def test_a_clinical_file_is_the_deputys_on_these_days_only(world: World, days: int) -> None:
    case, other = await counselled(world), await world.account("counsellor")
    assert (await lend(world, case.counsellor, case.counsellor.account, "case_counsellor", other, 0, 4)).status_code == 201  # type: ignore[attr-defined]
    with time_machine.travel(noon(days), tick=False):
        assert (await world.caller(other)).may("write", "clinical", student_id=case.student.id) == (0 <= days <= 4)


async def test_a_deputy_has_no_deputy(world: World) -> None:
    room = await world.school_class()
    teacher, first, second = await world.client(("homeroom_teacher", room)), await world.client(), await world.account()
    assert (await lend(world, teacher, teacher.account, "homeroom_teacher", first.account, 0)).status_code == 201  # type: ignore[attr-defined]
    answer = await lend(world, first, first.account, "homeroom_teacher", second, 0)  # type: ignore[attr-defined]
    assert (answer.status_code, answer.json()["code"]) == (404, "nothing_to_lend")


async def test_nobody_stands_in_for_themself_nor_makes_themself_a_deputy(world: World) -> None:
    room = await world.school_class()
    teacher, admin = await world.client(("homeroom_teacher", room)), await world.client("admin")
    own = await lend(world, teacher, teacher.account, "homeroom_teacher", teacher.account)  # type: ignore[attr-defined]
    assert (own.status_code, own.json()["errors"][0]["pointer"]) == (422, "#/deputy_staff_id")
    grab = await lend(world, admin, teacher.account, "homeroom_teacher", admin.account)  # type: ignore[attr-defined]
    assert (grab.status_code, grab.json()["errors"][0]["code"]) == (422, "not_own")


async def test_an_administrator_names_a_substitute_and_knows_of_no_case(world: World) -> None:
    room = await world.school_class()
    case = await counselled(world)
    teacher, substitute, admin = await world.account(("homeroom_teacher", room)), await world.account(), await world.client("admin")
    assert (await lend(world, admin, teacher, "homeroom_teacher", substitute)).status_code == 201
    shown = (await admin.get(f"/api/v1/accounts/{teacher.id}/delegations")).json()
    assert [one["deputy"] for one in shown["given"]] == [substitute.display_name]
    refused = await lend(world, admin, case.counsellor.account, "case_counsellor", await world.account("counsellor"))  # type: ignore[attr-defined]
    assert (refused.status_code, refused.json()["code"]) == (404, "nothing_to_lend")
    seen = await admin.get(f"/api/v1/accounts/{case.counsellor.account.id}/delegations")  # type: ignore[attr-defined]
    assert "林晓" not in seen.text and {one["role"] for one in seen.json()["lendable"]} == {"counsellor"}


async def test_others_roles_are_not_ones_own_to_lend(world: World) -> None:
    teacher, office = await world.account(("homeroom_teacher", await world.school_class())), await world.client("principal")
    answer = await lend(world, office, teacher, "homeroom_teacher", await world.account())
    assert (answer.status_code, answer.json()["code"]) == (404, "nothing_to_lend")


@pytest.mark.parametrize(("first", "last", "field"), [(-1, 3, "valid_from"), (5, 3, "valid_to"), (1, 400, "valid_to")])
async def test_days_that_cannot_be_are_refused(world: World, first: int, last: int, field: str) -> None:
    teacher = await world.client(("homeroom_teacher", await world.school_class()))
    answer = await lend(world, teacher, teacher.account, "homeroom_teacher", await world.account(), first, last)  # type: ignore[attr-defined]
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"#/{field}")


async def test_a_delegation_ends_early_and_with_what_it_is_lent_from(world: World) -> None:
    room = await world.school_class()
    teacher, admin = await world.client(("homeroom_teacher", room)), await world.client("admin")
    deputies = [await world.client(), await world.client()]
    for deputy in deputies:
        answer = await lend(world, teacher, teacher.account, "homeroom_teacher", deputy.account, 0)  # type: ignore[attr-defined]
        assert answer.status_code == 201
        assert (await world.caller(deputy.account)).may("read", "basic", room.id)  # type: ignore[attr-defined]
    newest = (await teacher.get("/api/v1/me/delegations")).json()["given"][0]["id"]
    stranger = await world.client("principal")
    assert (await stranger.post(f"/api/v1/delegations/{newest}/end", json={})).status_code == 404
    assert (await teacher.post(f"/api/v1/delegations/{newest}/end", json={})).status_code == 200
    assert (await teacher.post(f"/api/v1/delegations/{newest}/end", json={})).json()["code"] == "delegation_over"
    assert not (await world.caller(deputies[1].account)).may("read", "basic", room.id)  # type: ignore[attr-defined]
    # The teacher leaves the class: what they lent goes with it.
    role = await role_of(world, teacher.account, "homeroom_teacher")  # type: ignore[attr-defined]
    assert (await admin.post(f"/api/v1/accounts/{teacher.account.id}/roles/{role}/end", json={})).status_code == 200  # type: ignore[attr-defined]
    assert not (await world.caller(deputies[0].account)).may("read", "basic", room.id)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"role": "principal"}, "delegation_same"),
        ({"scope_kind": "school", "scope_id": None}, "delegation_same"),
        ({"valid_to": None}, "delegation_ends"),
        ({"valid_from": "before"}, "delegation_dates"),
    ],
)
async def test_the_database_lends_no_more_than_is_held(world: World, changes: dict[str, Any], refusal: str) -> None:
    room = await world.school_class()
    teacher, deputy = await world.account(("homeroom_teacher", room)), await world.account()
    values = {
        "school_id": world.school_id,
        "id": new_id(),
        "account_id": deputy.id,
        "role": "homeroom_teacher",
        "scope_kind": "class",
        "scope_id": room.id,
        "valid_from": today(),
        "valid_to": today(),
        "delegated_from": await role_of(world, teacher, "homeroom_teacher"),
    }
    early = {"valid_from": today() - timedelta(days=31)}
    with pytest.raises(IntegrityError) as refused:
        await world.add(RoleAssignment(**values | (early if changes == {"valid_from": "before"} else changes)))
    assert refused.value.orig.__cause__.constraint_name.removeprefix("ck_role_assignments_") == refusal


async def test_crisis_duty_opens_every_file_for_a_counsellor_and_ends_within_a_month(world: World) -> None:
    case, admin = await counselled(world), await world.client("admin")
    duty, nurse = await world.client("counsellor"), await world.client("moral_education")
    given = {"role": "crisis_duty", "valid_from": today().isoformat(), "valid_to": on(7).isoformat()}
    for client in (duty, nurse):
        answer = await admin.post(f"/api/v1/accounts/{client.account.id}/roles", json=given)  # type: ignore[attr-defined]
        assert answer.status_code == 201, answer.text
        world.app.state.callers.forget(client.account.id)  # type: ignore[attr-defined]
        async with world.session() as session:
            account = {"id": client.account.id}  # type: ignore[attr-defined]
            client.account.session_version = await session.scalar(text("select session_version from accounts where id = :id"), account)  # type: ignore[attr-defined]
    file = (await (await world.client(account=duty.account)).get(f"{case.url}/counselling")).json()  # type: ignore[attr-defined]
    assert (file["ground"], file["may_write"], len(file["sessions"])) == ("crisis_duty", False, 1)
    # Whoever is no counsellor gets nothing by it.
    file = (await (await world.client(account=nurse.account)).get(f"{case.url}/counselling")).json()  # type: ignore[attr-defined]
    assert (file["ground"], file["sessions"]) == (None, None)
    for days in ({"valid_to": None}, {"valid_to": on(40).isoformat()}):
        answer = await admin.post(f"/api/v1/accounts/{duty.account.id}/roles", json=given | days)  # type: ignore[attr-defined]
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/valid_to")
