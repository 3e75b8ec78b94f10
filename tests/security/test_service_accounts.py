"""ASVS 10, 13.2, security.md 1b: programs sign in with credentials of their own, for what their scopes say and nothing else."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from nuanyang.access.callers import Callers
from nuanyang.access.permissions import SCOPES
from nuanyang.access.service_accounts.models import ServiceAccount, ServiceSecret
from nuanyang.access.service_accounts.rules import comes_from, networks
from nuanyang.kit.clock import now
from nuanyang.school.classes.service import classes_of_grades
from nuanyang.school.guardians.children import wards_of
from tests.factories.world import World

PATH, TOKEN = "/api/v1/service-accounts", "/api/v1/auth/token"
BEGUN = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
CLINICAL = {"clinical", "wellbeing", "protection"}


async def make(world: World, *scopes: str, **more: Any) -> dict[str, Any]:
    admin = await world.client("admin")
    answer = await admin.post(PATH, json={"name": "教务系统", "scopes": list(scopes or ("students:read",))} | more)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def token(client: httpx.AsyncClient, made: dict[str, Any], **more: Any) -> httpx.Response:
    form = {"grant_type": "client_credentials", "client_id": made["account"]["client_id"], "client_secret": made["client_secret"]} | more
    answer = await client.post(TOKEN, data=form)
    if answer.status_code == 200:
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return answer


async def test_asvs_10_4_a_program_gets_a_token_for_its_scopes_without_a_cookie(world: World) -> None:
    student = await world.student()
    made = await make(world, "students:read", "contacts:read")
    client = world.anonymous()
    answer = await token(client, made)
    assert (answer.json()["scope"], answer.json()["expires_in"]) == ("contacts:read students:read", 600)
    assert "set-cookie" not in answer.headers
    shown = (await client.get(f"/api/v1/students/{student.id}")).json()
    assert {"basic", "contact"} <= set(shown)
    assert set(shown["hidden"]) >= {"identity", "academic", "economic", "family", "health", *CLINICAL}
    assert (await client.get("/api/v1/accounts")).status_code == 403
    assert (await client.post("/api/v1/roster-imports", files={"file": ("x.zip", b"0")})).status_code == 403
    assert (await client.get("/api/v1/me")).json()["roles"] == []


async def test_asvs_10_4_a_token_may_carry_fewer_scopes_but_never_more(world: World) -> None:
    student = await world.student()
    made = await make(world, "students:read", "contacts:read")
    client = world.anonymous()
    assert (await token(client, made, scope="students:read")).json()["scope"] == "students:read"
    assert "contact" not in (await client.get(f"/api/v1/students/{student.id}")).json()
    refused = await token(world.anonymous(), made, scope="students:read roster:write")
    assert (refused.status_code, refused.json()["code"]) == (422, "scope_not_held")


async def test_asvs_10_4_credentials_may_come_in_the_header(world: World) -> None:
    made = await make(world)
    credentials = base64.b64encode(f"{made['account']['client_id']}:{made['client_secret']}".encode()).decode()
    form, client = {"grant_type": "client_credentials"}, world.anonymous()
    assert (await client.post(TOKEN, data=form, headers={"Authorization": f"Basic {credentials}"})).status_code == 200
    for broken in ("Basic", "Basic !!!", "Basic " + base64.b64encode(b"\xff\xfe").decode()):
        assert (await client.post(TOKEN, data=form, headers={"Authorization": broken})).status_code == 401


async def test_asvs_10_4_the_roster_scope_brings_rosters_in(world: World) -> None:
    client = world.anonymous()
    await token(client, await make(world, "roster:write"))
    answer = await client.post("/api/v1/roster-imports", files={"file": ("x.zip", b"not a zip")})
    assert answer.status_code == 202


async def test_asvs_10_4_whatever_is_wrong_with_credentials_the_answer_is_the_same(world: World) -> None:
    made, other = await make(world), await make(world)
    person = await world.account("principal")
    revoked, fenced = await make(world), await make(world, addresses=["203.0.113.0/24"])
    admin = await world.client("admin")
    assert (await admin.post(f"{PATH}/{revoked['account']['id']}/revoke")).status_code == 200
    tries = [
        made | {"client_secret": "nys_wrong"},
        made | {"client_secret": ""},
        made | {"client_secret": other["client_secret"]},
        made | {"account": {"client_id": "svc-nobody"}},
        made | {"account": {"client_id": person.username}},
        revoked,
        fenced,
    ]
    answers = [await token(world.anonymous(), one) for one in tries]
    assert {(answer.status_code, answer.text) for answer in answers} == {(401, answers[0].text)}
    assert answers[0].json()["code"] == "invalid_client"


async def test_asvs_6_3_1_guessing_a_secret_is_slowed_down(world: World) -> None:
    made, client = await make(world), world.anonymous()
    answers = [(await token(client, made | {"client_secret": "nys_x"})).status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


async def test_asvs_13_3_2_two_secrets_live_while_a_program_learns_the_new_one(world: World) -> None:
    first = await make(world)
    admin = await world.client("admin")
    path = f"{PATH}/{first['account']['id']}"
    second = (await admin.post(f"{path}/secrets")).json()
    assert second["client_secret"] != first["client_secret"]
    assert (await token(world.anonymous(), first)).status_code == (await token(world.anonymous(), second)).status_code == 200
    third = await admin.post(f"{path}/secrets")
    assert (third.status_code, third.json()["code"]) == (409, "two_secrets_live")
    old = next(one for one in second["account"]["secrets"] if first["client_secret"].startswith(one["hint"]))
    shown = (await admin.post(f"{path}/secrets/{old['id']}/revoke")).json()
    assert [one["id"] for one in shown["secrets"]] == [one["id"] for one in second["account"]["secrets"] if one != old]
    assert (await token(world.anonymous(), first)).status_code == 401
    assert (await token(world.anonymous(), second)).status_code == 200
    assert (await admin.post(f"{path}/secrets/{old['id']}/revoke")).status_code == 404
    assert (await admin.post(f"{path}/secrets")).status_code == 201


@pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (0, 401)])
async def test_asvs_13_3_2_a_secret_lapses_after_ninety_days(world: World, seconds: int, status: int) -> None:
    with time_machine.travel(BEGUN, tick=False) as clock:
        made = await make(world)
        clock.shift(timedelta(days=90, seconds=seconds))
        assert (await token(world.anonymous(), made)).status_code == status
        admin = await world.client("admin")
        fresh = await admin.post(f"{PATH}/{made['account']['id']}/secrets")
        assert fresh.status_code == 201
        assert (await token(world.anonymous(), fresh.json())).status_code == 200


async def test_asvs_13_3_2_secrets_are_kept_as_digests(world: World) -> None:
    made = await make(world)
    async with world.session() as session:
        row = (await session.scalars(select(ServiceSecret).where(ServiceSecret.service_account_id == UUID(made["account"]["id"])))).one()
    assert made["client_secret"].encode() not in row.secret_hash
    assert made["client_secret"] not in (await (await world.client("admin")).get(PATH)).text


async def test_asvs_7_4_2_a_revoked_program_is_out_within_ten_seconds(world: World) -> None:
    made = await make(world)
    client = world.anonymous()
    value = (await token(client, made)).json()["access_token"]
    with time_machine.travel(now(), tick=False) as clock:
        other = Callers(world.database, world.app.state.signer, classes_of_grades, wards_of)
        assert await other.find(value) is not None
        admin = await world.client("admin")
        assert (await admin.post(f"{PATH}/{made['account']['id']}/revoke")).json()["is_revoked"] is True
        clock.shift(10)
        assert await other.find(value) is None
        assert (await admin.post(f"{PATH}/{made['account']['id']}/revoke")).status_code == 409
        assert (await admin.post(f"{PATH}/{made['account']['id']}/secrets")).status_code == 409


async def test_security_1b_a_program_comes_from_its_own_addresses_only_with_its_token_too(world: World) -> None:
    inside, outside = world.anonymous(), world.anonymous()
    address = inside._transport.client[0]  # type: ignore[attr-defined]
    made = await make(world, addresses=[f"{address}/32", "2001:db8::/32"])
    assert (await token(outside, made)).status_code == 401
    assert (await token(inside, made)).status_code == 200
    assert (await inside.get("/api/v1/students")).status_code == 200
    outside.headers["Authorization"] = inside.headers["Authorization"]
    assert (await outside.get("/api/v1/students")).status_code == 401


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [("10.1.2.3", True), ("::ffff:10.1.2.3", True), ("10.1.3.3", False), ("2001:db8::1", True), ("2001:db9::1", False), ("-", False)],
)
def test_security_1b_networks(address: str, is_allowed: bool) -> None:
    assert comes_from(address, networks(["10.1.2.0/24", "2001:db8::/32"])) is is_allowed
    assert comes_from(address, ()) is True


async def test_security_1b_a_wrong_network_is_told_at_its_field(world: World) -> None:
    admin = await world.client("admin")
    for wrong in ("10.1.2.3/24", "school.example", "10.1.2"):
        answer = await admin.post(PATH, json={"name": "x", "scopes": ["students:read"], "addresses": [wrong]})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/addresses")


async def test_security_1b_last_use_is_shown(world: World) -> None:
    made = await make(world)
    admin, client = await world.client("admin"), world.anonymous()
    before = next(one for one in (await admin.get(PATH)).json()["items"] if one["id"] == made["account"]["id"])
    assert (before["last_used_at"], before["last_address"], before["secrets"][0]["last_used_at"]) == (None, None, None)
    await token(client, made)
    after = next(one for one in (await admin.get(PATH)).json()["items"] if one["id"] == made["account"]["id"])
    assert after["last_used_at"] and after["secrets"][0]["last_used_at"]
    assert after["last_address"] == client._transport.client[0]  # type: ignore[attr-defined]


# -- what no program may ever have ----------------------------------------------------------------------


def test_asvs_8_1_no_scope_reaches_what_is_clinical_about_wellbeing_or_protection() -> None:
    reached = {data_class for rights in SCOPES.values() for data_class in rights}
    assert reached & (CLINICAL | {"health", "family", "economic", "money", "volunteering"}) == set()


@pytest.mark.parametrize("scope", ["clinical:read", "wellbeing:read", "protection:read", "protection:write", "*", "admin", ""])
async def test_asvs_8_1_the_database_itself_refuses_other_scopes(world: World, scope: str) -> None:
    made = await make(world)
    for scopes in ([scope], ["students:read", scope], []):
        async with world.session() as session:
            row = await session.get_one(ServiceAccount, (world.school_id, UUID(made["account"]["id"])))
            row.scopes = scopes
            with pytest.raises(IntegrityError, match="ck_service_accounts_scopes"):
                await session.flush()
            await session.rollback()
    admin = await world.client("admin")
    assert (await admin.post(PATH, json={"name": "x", "scopes": [scope]})).status_code == 422


async def test_asvs_8_1_the_database_and_the_policy_know_the_same_scopes(world: World) -> None:
    async with world.database.session() as session:
        statement = "select pg_get_constraintdef(oid) from pg_constraint where conname = 'ck_service_accounts_scopes'"
        definition = str(await session.scalar(text(statement)))
    assert {scope for scope in SCOPES if f"'{scope}'::text" in definition} == set(SCOPES)
    assert definition.count(":read'") + definition.count(":write'") == len(SCOPES)


async def test_asvs_8_1_a_token_with_a_scope_its_account_does_not_hold_opens_nothing(world: World) -> None:
    made = await make(world)
    claims = {"sub": made["account"]["id"], "sch": str(world.school_id), "jti": "x", "ver": 1, "scope": "students:read contacts:read"}
    forged = world.app.state.signer.sign(claims, typ="service-at+jwt")
    assert (await world.anonymous().get("/api/v1/me", headers={"Authorization": f"Bearer {forged}"})).status_code == 401


async def test_asvs_8_4_1_programs_of_another_school_are_not_there(world: World) -> None:
    made = await make(world)
    other = await world.elsewhere()
    student = await other.student()
    admin = await other.client("admin")
    path = f"{PATH}/{made['account']['id']}"
    assert (await admin.get(PATH)).json() == {"items": []}
    for way in ("secrets", "revoke", f"secrets/{made['account']['secrets'][0]['id']}/revoke"):
        assert (await admin.post(f"{path}/{way}")).status_code == 404
    client = world.anonymous()
    await token(client, made)
    assert (await client.get(f"/api/v1/students/{student.id}")).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("POST", ""),
        ("POST", f"/{UUID(int=7)}/secrets"),
        ("POST", f"/{UUID(int=7)}/revoke"),
        ("POST", f"/{UUID(int=7)}/secrets/{UUID(int=8)}/revoke"),
    ],
)
async def test_asvs_8_3_1_only_administrators_look_after_programs(world: World, method: str, path: str) -> None:
    body = {"name": "x", "scopes": ["students:read"]}
    assert (await world.anonymous().request(method, PATH + path, json=body)).status_code == 401
    assert (await (await world.client("principal")).request(method, PATH + path, json=body)).status_code == 403
    program = world.anonymous()
    await token(program, await make(world, *SCOPES))
    assert (await program.request(method, PATH + path, json=body)).status_code == 403
    if path:
        assert (await (await world.client("admin")).request(method, PATH + path, json=body)).status_code == 404


@pytest.mark.parametrize("path", ["/me/sessions", "/me/second-factor", "/me/security-events"])
async def test_asvs_8_3_1_a_program_has_no_account_pages(world: World, path: str) -> None:
    program = world.anonymous()
    await token(program, await make(world, *SCOPES))
    assert (await program.get(f"/api/v1{path}")).status_code == 403
    body = {"current_password": "x", "new_password": "three quiet lanterns"}
    assert (await program.post("/api/v1/auth/password", json=body)).status_code == 403
