"""Sign-in, sessions and the first-password change, through the API."""

from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from nuanyang.access.accounts import sessions
from nuanyang.access.accounts.models import Session
from nuanyang.kit.crypto import secret_hash
from tests.factories.world import World

PASSWORD = "correct horse 暖阳 battery"


async def make_account(world: World, username: str) -> str:
    admin = await world.client("admin")
    answer = await admin.post("/api/v1/accounts", json={"username": username, "display_name": "林老师", "roles": [{"role": "registrar"}]})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["first_password"])


async def test_a_first_password_lets_in_only_to_change_it(world: World) -> None:
    name = f"lin.{world.school_id.hex[-8:]}"
    first = await make_account(world, name)
    client = world.anonymous()
    signed = await client.post("/api/v1/auth/token", data={"username": name, "password": first})
    assert signed.status_code == 200 and signed.json()["must_change_password"] is True
    cookie = signed.headers["set-cookie"]
    assert "HttpOnly" in cookie and "Secure" in cookie and "SameSite=strict" in cookie and first not in cookie
    token = {"Authorization": f"Bearer {signed.json()['access_token']}"}
    assert (await client.get("/api/v1/accounts", headers=token)).json()["code"] == "password_change_required"
    changed = await client.post("/api/v1/auth/password", headers=token, json={"current_password": first, "new_password": PASSWORD})
    assert changed.status_code == 204, changed.text
    refreshed = await client.post("/api/v1/auth/refresh", headers={"X-Requested-With": "nuanyang"})
    assert refreshed.status_code == 200, refreshed.text
    me = await client.get("/api/v1/me", headers={"Authorization": f"Bearer {refreshed.json()['access_token']}"})
    assert me.json()["home"] == "registrar" and "rosters" in me.json()["menu"]
    assert refreshed.json()["me"] == me.json() and signed.json()["me"] is None


async def test_a_wrong_password_is_refused_and_counted(world: World) -> None:
    name = f"wrong.{world.school_id.hex[-8:]}"
    await make_account(world, name)
    client = world.anonymous()
    answers = [(await client.post("/api/v1/auth/token", data={"username": name, "password": "nope"})).status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


HEADERS = {"X-Requested-With": "nuanyang"}
REFRESH_COOKIE = "__Secure-nuanyang-refresh"


async def signed_in(world: World, name: str) -> tuple[httpx.AsyncClient, str]:
    first = await make_account(world, name)
    client = world.anonymous()
    signed = await client.post("/api/v1/auth/token", data={"username": name, "password": first})
    return client, signed.json()["access_token"]


def with_cookies_of(world: World, cookies: dict[str, str]) -> httpx.AsyncClient:
    client = world.anonymous()
    client.cookies.update(cookies)
    return client


@pytest.mark.parametrize("generations", [1, 2, 5])
async def test_an_old_refresh_token_ends_the_whole_session(world: World, generations: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "ROTATION_GRACE", timedelta(0))
    client, access = await signed_in(world, f"old{generations}.{world.school_id.hex[-8:]}")
    stolen = dict(client.cookies)
    for _ in range(generations):
        assert (await client.post("/api/v1/auth/refresh", headers=HEADERS)).status_code == 200
    assert (await with_cookies_of(world, stolen).post("/api/v1/auth/refresh", headers=HEADERS)).status_code == 401
    # The owner is out as well, also with the access token: one of the two is a thief.
    assert (await client.post("/api/v1/auth/refresh", headers=HEADERS)).status_code == 401
    assert (await client.get("/api/v1/me", headers={"Authorization": f"Bearer {access}"})).status_code == 401


async def test_two_tabs_at_once_are_no_thief(world: World) -> None:
    client, _ = await signed_in(world, f"tabs.{world.school_id.hex[-8:]}")
    other = with_cookies_of(world, dict(client.cookies))
    assert (await client.post("/api/v1/auth/refresh", headers=HEADERS)).status_code == 200
    race = await other.post("/api/v1/auth/refresh", headers=HEADERS)
    assert race.status_code == 409 and "set-cookie" not in race.headers
    assert (await client.post("/api/v1/auth/refresh", headers=HEADERS)).status_code == 200


async def session_of(world: World, client: httpx.AsyncClient) -> UUID:
    digest = secret_hash(dict(client.cookies)[REFRESH_COOKIE])
    async with world.database.session() as session:
        return (await session.scalars(select(Session.id).where(Session.refresh_hash == digest))).one()


async def test_who_only_knows_the_session_can_neither_refresh_nor_end_it(world: World) -> None:
    client, _ = await signed_in(world, f"guess.{world.school_id.hex[-8:]}")
    token, session_id = dict(client.cookies)[REFRESH_COOKIE], (await session_of(world, client)).hex
    for guess in (f"{session_id}.", f"{session_id}.AAAA", session_id, "x", token[:-1], f"{session_id}.{token}"):
        thief = with_cookies_of(world, {REFRESH_COOKIE: guess})
        assert (await thief.post("/api/v1/auth/refresh", headers=HEADERS)).status_code == 401
        assert (await thief.post("/api/v1/auth/sign-out", headers=HEADERS)).status_code == 204
    assert (await client.post("/api/v1/auth/refresh", headers=HEADERS)).status_code == 200


async def test_a_session_ends_when_it_is_idle_too_long_and_at_its_end(world: World) -> None:
    for column, back in (("last_used_at", timedelta(minutes=31)), ("expires_at", timedelta(hours=13))):
        client, access = await signed_in(world, f"{column[:3]}.{world.school_id.hex[-8:]}")
        session_id = await session_of(world, client)
        async with world.database.session() as session:
            row = await session.get(Session, session_id)
            assert row is not None
            setattr(row, column, getattr(row, column) - back)
        assert (await client.post("/api/v1/auth/refresh", headers=HEADERS)).status_code == 401
        if column == "expires_at":
            assert (await client.get("/api/v1/me", headers={"Authorization": f"Bearer {access}"})).status_code == 401


async def test_signing_out_ends_the_session_at_once(world: World) -> None:
    client, access = await signed_in(world, f"bye.{world.school_id.hex[-8:]}")
    kept = dict(client.cookies)
    assert (await client.post("/api/v1/auth/sign-out", headers=HEADERS)).status_code == 204
    assert (await with_cookies_of(world, kept).post("/api/v1/auth/refresh", headers=HEADERS)).status_code == 401
    assert (await client.get("/api/v1/me", headers={"Authorization": f"Bearer {access}"})).status_code == 401


async def test_a_page_of_another_site_cannot_use_the_cookie(world: World) -> None:
    client, _ = await signed_in(world, f"site.{world.school_id.hex[-8:]}")
    for headers in ({}, HEADERS | {"Sec-Fetch-Site": "cross-site"}, HEADERS | {"Sec-Fetch-Site": "same-site"}):
        assert (await client.post("/api/v1/auth/refresh", headers=headers)).status_code == 403
        assert (await client.post("/api/v1/auth/sign-out", headers=headers)).status_code == 403


async def test_refresh_needs_our_own_header(world: World) -> None:
    assert (await world.anonymous().post("/api/v1/auth/refresh")).status_code == 403


async def test_a_weak_new_password_is_refused_with_its_field(world: World) -> None:
    name = f"weak.{world.school_id.hex[-8:]}"
    first = await make_account(world, name)
    client = world.anonymous()
    token = (await client.post("/api/v1/auth/token", data={"username": name, "password": first})).json()["access_token"]
    answer = await client.post(
        "/api/v1/auth/password",
        headers={"Authorization": f"Bearer {token}"},
        json={"current_password": first, "new_password": "1234567890"},
    )
    assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "#/new_password"


async def test_a_disabled_account_is_out(world: World) -> None:
    name = f"out.{world.school_id.hex[-8:]}"
    first = await make_account(world, name)
    client = world.anonymous()
    signed = (await client.post("/api/v1/auth/token", data={"username": name, "password": first})).json()
    admin = await world.client("admin")
    row = next(a for a in (await admin.get("/api/v1/accounts")).json()["items"] if a["username"] == name)
    assert (await admin.post(f"/api/v1/accounts/{row['id']}/disable")).status_code == 200
    assert (await client.get("/api/v1/me", headers={"Authorization": f"Bearer {signed['access_token']}"})).status_code == 401
    assert (await client.post("/api/v1/auth/token", data={"username": name, "password": first})).status_code == 401


async def test_an_administrator_sees_no_account_of_another_school(world: World) -> None:
    other = await world.elsewhere()
    foreign = await other.account("principal")
    admin = await world.client("admin")
    assert (await admin.get(f"/api/v1/accounts/{foreign.id}")).status_code == 404
    assert (await admin.post(f"/api/v1/accounts/{foreign.id}/reset-password")).status_code == 404


async def test_only_administrators_manage_accounts(world: World) -> None:
    assert (await world.anonymous().get("/api/v1/accounts")).status_code == 401
    assert (await (await world.client("principal")).get("/api/v1/accounts")).status_code == 403


async def test_the_same_idempotency_key_makes_one_account(world: World) -> None:
    admin = await world.client("admin")
    body = {"username": f"once.{world.school_id.hex[-8:]}", "display_name": "一次"}
    first = await admin.post("/api/v1/accounts", json=body, headers={"Idempotency-Key": "k-12345678"})
    again = await admin.post("/api/v1/accounts", json=body, headers={"Idempotency-Key": "k-12345678"})
    other = await admin.post("/api/v1/accounts", json=body | {"display_name": "两次"}, headers={"Idempotency-Key": "k-12345678"})
    assert first.status_code == 201
    assert again.status_code == 409  # a password shown once is kept nowhere
    assert other.status_code == 422 and other.json()["code"] == "idempotency_key_reused"


async def test_unknown_parameters_are_refused(world: World) -> None:
    answer = await (await world.client("admin")).get("/api/v1/accounts?nmae=x")
    assert answer.status_code == 422 and answer.json()["errors"][0]["code"] == "unknown_parameter"
