"""ASVS 7: how long sessions last, who sees and ends them, and what becomes of stolen refresh tokens."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import time_machine
from sqlalchemy import func, select

from nuanyang.access.accounts.models import Account, Membership, Session, SpentRefreshToken
from nuanyang.access.callers import Callers
from nuanyang.kit.clock import now
from nuanyang.kit.ids import new_id
from nuanyang.school.classes.service import classes_of_grades
from nuanyang.school.guardians.children import wards_of
from tests.factories.signing_in import OURS, give_password, sign_in
from tests.factories.world import World

REFRESH, SIGN_OUT = "/api/v1/auth/refresh", "/api/v1/auth/sign-out"
BEGUN = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
COOKIE = "__Secure-nuanyang-refresh"
STAFF = (timedelta(minutes=30), timedelta(hours=12))
SENSITIVE = (timedelta(minutes=15), timedelta(hours=12))
FAMILY = (timedelta(hours=24), timedelta(days=7))


async def person(world: World, kind: str) -> Account:
    """Somebody with a password: a role, or a guardian or student without one."""
    if kind not in ("guardian", "student"):
        account = await world.account(kind)
    else:
        account = Account(id=new_id(), username=f"f{uuid4().hex[:10]}", display_name="家长", must_change_password=False, created_at=now())
        await world.add(account, Membership(school_id=world.school_id, account_id=account.id, person_kind=kind, person_id=new_id()))
    await give_password(world, account)
    return account


async def refresh(client: httpx.AsyncClient) -> int:
    answer = await client.post(REFRESH, headers=OURS)
    if answer.status_code == 200:
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return answer.status_code


LIMITS = [
    ("subject_teacher", *STAFF),
    ("principal", *STAFF),
    ("counsellor", *SENSITIVE),
    ("general_affairs", *SENSITIVE),
    ("aid_officer", *SENSITIVE),
    ("guardian", *FAMILY),
    ("student", *FAMILY),
]


@pytest.mark.parametrize(("kind", "idle", "_whole"), LIMITS)
async def test_asvs_7_3_1_a_session_without_use_ends_to_the_second(world: World, kind: str, idle: timedelta, _whole: timedelta) -> None:
    account = await person(world, kind)
    for seconds, status in ((-1, 200), (0, 401), (1, 401)):
        with time_machine.travel(BEGUN, tick=False) as clock:
            client = world.anonymous()
            assert (await sign_in(client, account)).status_code == 200
            clock.shift(idle + timedelta(seconds=seconds))
            assert await refresh(client) == status, seconds


@pytest.mark.parametrize(("kind", "idle", "whole"), LIMITS)
async def test_asvs_7_3_2_a_session_ends_as_a_whole_to_the_second(world: World, kind: str, idle: timedelta, whole: timedelta) -> None:
    account = await person(world, kind)
    for seconds, status in ((-1, 200), (0, 401), (1, 401)):
        with time_machine.travel(BEGUN, tick=False) as clock:
            client = world.anonymous()
            assert (await sign_in(client, account)).status_code == 200
            end = BEGUN + whole + timedelta(seconds=seconds)
            while now() + idle * 0.9 < end:  # always in use
                clock.shift(idle * 0.9)
                if now() < BEGUN + whole:
                    assert await refresh(client) == 200
            clock.move_to(end)
            assert await refresh(client) == status, seconds


async def test_asvs_7_3_1_work_keeps_a_session_alive_though_nothing_is_refreshed(world: World) -> None:
    account = await person(world, "counsellor")
    with time_machine.travel(BEGUN, tick=False) as clock:
        client = world.anonymous()
        await sign_in(client, account)
        clock.shift(timedelta(minutes=9))
        assert (await client.get("/api/v1/me")).status_code == 200
        await world.app.state.callers.settle()
        clock.move_to(BEGUN + timedelta(minutes=9 + 15, seconds=-1))  # six minutes beyond the time counted from the sign-in
        assert await refresh(client) == 200
        clock.shift(timedelta(minutes=15))
        assert await refresh(client) == 401


async def test_asvs_7_3_1_an_access_token_ends_with_its_session(world: World) -> None:
    account = await person(world, "subject_teacher")
    with time_machine.travel(BEGUN, tick=False) as clock:
        client = world.anonymous()
        await sign_in(client, account)
        async with world.session() as session:
            row = (await session.scalars(select(Session).where(Session.account_id == account.id))).one()
            row.expires_at = BEGUN + timedelta(minutes=5)
        assert (await client.get("/api/v1/me")).status_code == 200
        clock.shift(timedelta(minutes=5, seconds=11))
        assert (await client.get("/api/v1/me")).status_code == 401


async def test_asvs_7_1_1_who_becomes_a_counsellor_gets_a_counsellors_limits(world: World) -> None:
    account = await person(world, "subject_teacher")
    admin = await world.client("admin")
    with time_machine.travel(now(), tick=False) as clock:
        client = world.anonymous()
        await sign_in(client, account)
        await admin.post(f"/api/v1/accounts/{account.id}/roles", json={"role": "counsellor"})
        assert await refresh(client) == 200
        clock.shift(timedelta(minutes=15))
        assert await refresh(client) == 401


async def test_asvs_7_1_2_the_eleventh_session_ends_the_one_used_longest_ago(world: World) -> None:
    account = await person(world, "subject_teacher")
    clients = [world.anonymous() for _ in range(11)]
    for minute, client in enumerate(clients):
        with time_machine.travel(BEGUN + timedelta(minutes=minute), tick=False):
            await sign_in(client, account)
    with time_machine.travel(BEGUN + timedelta(minutes=11), tick=False):
        assert [await refresh(client) for client in clients] == [401] + [200] * 10


# -- rotation ---------------------------------------------------------------------------------------


async def test_rfc_9700_fifty_tabs_at_once_have_one_child(world: World) -> None:
    account = await person(world, "subject_teacher")
    client = world.anonymous()
    await sign_in(client, account)
    cookie = {"Cookie": f"{COOKIE}={client.cookies[COOKIE]}"} | OURS
    tabs = [world.anonymous() for _ in range(50)]
    answers = await asyncio.gather(*(tab.post(REFRESH, headers=cookie) for tab in tabs))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 49
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"refresh_race"}
    async with world.session() as session:
        rows = (await session.scalars(select(Session).where(Session.account_id == account.id, Session.ended_at.is_(None)))).all()
        spent = await session.scalar(select(func.count()).where(SpentRefreshToken.session_id == rows[0].id))
    assert (len(rows), spent) == (1, 1)
    winner = next(tab for tab, answer in zip(tabs, answers, strict=True) if answer.status_code == 200)
    assert await refresh(winner) == 200


@pytest.mark.parametrize("rotations", [1, 2, 5])
async def test_rfc_9700_an_old_refresh_token_ends_the_family_however_old_it_is(world: World, rotations: int) -> None:
    account = await person(world, "subject_teacher")
    with time_machine.travel(BEGUN, tick=False) as clock:
        client = world.anonymous()
        await sign_in(client, account)
        stolen = {"Cookie": f"{COOKIE}={client.cookies[COOKIE]}"} | OURS
        for _ in range(rotations):
            clock.shift(60)
            assert await refresh(client) == 200
        clock.shift(11)
        thief = world.anonymous()
        assert (await thief.post(REFRESH, headers=stolen)).status_code == 401
        assert await refresh(client) == 401  # the victim signs in anew, the thief has nothing
        clock.shift(11)
        assert (await client.get("/api/v1/me")).status_code == 401
    async with world.session() as session:
        row = (await session.scalars(select(Session).where(Session.account_id == account.id))).one()
    assert row.end_reason == "reuse"


@pytest.mark.parametrize(("seconds", "status"), [(10, 409), (11, 401)])
async def test_rfc_9700_the_grace_for_a_second_tab_is_ten_seconds_and_never_makes_a_second_child(
    world: World, seconds: int, status: int
) -> None:
    account = await person(world, "subject_teacher")
    with time_machine.travel(BEGUN, tick=False) as clock:
        client, late = world.anonymous(), world.anonymous()
        await sign_in(client, account)
        cookie = {"Cookie": f"{COOKIE}={client.cookies[COOKIE]}"} | OURS
        assert await refresh(client) == 200
        clock.shift(seconds)
        answer = await late.post(REFRESH, headers=cookie)
        assert answer.status_code == status
        assert "set-cookie" not in answer.headers
        assert await refresh(client) == (200 if status == 409 else 401)


async def test_asvs_10_4_5_tokens_are_kept_as_digests_only(world: World) -> None:
    account = await person(world, "subject_teacher")
    client = world.anonymous()
    await sign_in(client, account)
    tokens = [client.cookies[name] for name in client.cookies]
    await refresh(client)
    async with world.session() as session:
        dump = str((await session.execute(select(func.to_jsonb(func.row(Session.__table__.table_valued()))))).all())
        dump += str([vars(row) for row in (await session.scalars(select(Session))).all()])
    assert len(tokens) == 2
    assert all(token not in dump for token in tokens)


# -- seeing and ending ------------------------------------------------------------------------------


async def listed(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    return (await client.get("/api/v1/me/sessions")).json()["items"]


async def test_asvs_7_5_2_people_see_their_sessions_and_end_one_or_all_others(world: World) -> None:
    account = await person(world, "subject_teacher")
    phone, desk, old = world.anonymous(), world.anonymous(), world.anonymous()
    phone.headers["User-Agent"] = (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"
    )
    desk.headers["User-Agent"] = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
    )
    for client in (old, phone, desk):
        assert (await sign_in(client, account)).status_code == 200
    rows = await listed(desk)
    assert [row["device"] for row in rows[:2]] == ["Chrome · Windows", "Safari · iPhone"]
    assert [row["is_current"] for row in rows] == [True, False, False]
    assert all(row["address"].startswith("10.") for row in rows)
    assert (await desk.post(f"/api/v1/me/sessions/{rows[1]['id']}/end")).status_code == 204
    assert await refresh(phone) == 401
    assert (await desk.post(f"/api/v1/me/sessions/{rows[1]['id']}/end")).status_code == 404
    assert (await desk.post("/api/v1/me/sessions/end-others")).json() == {"ended": 1}
    assert await refresh(old) == 401
    assert await refresh(desk) == 200
    assert len(await listed(desk)) == 1


async def test_asvs_7_5_2_nobody_ends_or_sees_the_sessions_of_others(world: World) -> None:
    mine, theirs = world.anonymous(), world.anonymous()
    await sign_in(mine, await person(world, "principal"))
    await sign_in(theirs, await person(world, "principal"))
    (foreign,) = await listed(theirs)
    assert (await mine.post(f"/api/v1/me/sessions/{foreign['id']}/end")).status_code == 404
    assert (await mine.post(f"/api/v1/me/sessions/{UUID(int=7)}/end")).status_code == 404
    assert (await world.anonymous().get("/api/v1/me/sessions")).status_code == 401
    assert await refresh(theirs) == 200


async def test_asvs_7_4_5_an_administrator_ends_somebodys_sessions_and_it_is_recorded(world: World) -> None:
    account = await person(world, "subject_teacher")
    client = world.anonymous()
    await sign_in(client, account)
    admin = await world.client("admin")
    path = f"/api/v1/accounts/{account.id}"
    assert len((await admin.get(f"{path}/security")).json()["sessions"]) == 1
    assert (await admin.post(f"{path}/end-sessions")).json() == {"ended": 1}
    assert await refresh(client) == 401
    seen = (await admin.get(f"{path}/security")).json()
    assert seen["sessions"] == []
    assert [(event["kind"], event["by"]) for event in seen["events"]] == [
        ("sessions_ended", admin.account.display_name),
        ("signed_in", None),
    ]
    other = await world.elsewhere()
    stranger = await other.client("admin")
    for method, where in (("GET", "security"), ("POST", "end-sessions")):
        assert (await stranger.request(method, f"{path}/{where}")).status_code == 404
        assert (await world.anonymous().request(method, f"{path}/{where}")).status_code == 401
        assert (await (await world.client("principal")).request(method, f"{path}/{where}")).status_code == 403
    assert (await admin.post(f"/api/v1/accounts/{admin.account.id}/end-sessions")).status_code == 409


async def test_asvs_7_4_1_signing_out_ends_the_session_on_the_server(world: World) -> None:
    client = world.anonymous()
    await sign_in(client, await person(world, "principal"))
    kept = {"Cookie": f"{COOKIE}={client.cookies[COOKIE]}"} | OURS
    assert (await client.post(SIGN_OUT, headers=OURS)).status_code == 204
    assert COOKIE not in client.cookies
    assert (await world.anonymous().post(REFRESH, headers=kept)).status_code == 401


async def test_asvs_7_2_4_each_sign_in_is_a_session_of_its_own(world: World) -> None:
    account = await person(world, "principal")
    client = world.anonymous()
    await sign_in(client, account)
    first = client.cookies[COOKIE]
    await sign_in(client, account)
    assert client.cookies[COOKIE] != first
    assert len(await listed(client)) == 2


async def test_asvs_3_3_1_the_cookies_are_out_of_reach_for_scripts_and_other_sites(world: World) -> None:
    client = world.anonymous()
    answer = await sign_in(client, await person(world, "subject_teacher"))
    cookies = answer.headers.get_list("set-cookie")
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Secure-nuanyang-refresh", "__Secure-nuanyang-device"}
    for cookie in cookies:
        for word in ("HttpOnly", "Secure", "SameSite=strict", "Path=/api/v1/auth", "Max-Age="):
            assert word in cookie


# -- ASVS 7.4.2: revocation within ten seconds although access tokens are stateless --------------------


REVOKED = {
    "the account is disabled": "disable",
    "a role is given": "role",
    "all sessions are ended": "end",
    "the password is reset": "reset-password",
}


@pytest.mark.parametrize("how", REVOKED.values(), ids=REVOKED)
async def test_asvs_7_4_2_another_process_refuses_a_revoked_token_after_ten_seconds(world: World, how: str) -> None:
    account = await person(world, "subject_teacher")
    admin = await world.client("admin")
    token = await world.token(account)
    with time_machine.travel(now(), tick=False) as clock:
        other = Callers(
            world.database, world.app.state.signer, classes_of_grades, wards_of
        )  # a second server process: nobody tells it anything
        assert await other.find(token) is not None
        path = f"/api/v1/accounts/{account.id}"
        if how == "role":
            assert (await admin.post(f"{path}/roles", json={"role": "registrar"})).status_code == 201
        else:
            assert (await admin.post(f"{path}/{'end-sessions' if how == 'end' else how}")).status_code == 200
        clock.shift(9.9)
        assert await other.find(token) is not None  # the cache of decision 2: no longer than this
        clock.shift(0.1)
        assert await other.find(token) is None


@pytest.mark.slow
async def test_asvs_7_4_2_the_same_by_a_real_clock(world: World) -> None:
    account = await person(world, "subject_teacher")
    admin = await world.client("admin")
    other, token = Callers(world.database, world.app.state.signer, classes_of_grades, wards_of), await world.token(account)
    assert await other.find(token) is not None
    begun = time.monotonic()
    await admin.post(f"/api/v1/accounts/{account.id}/disable")
    while await other.find(token) is not None:
        await asyncio.sleep(0.05)
        assert time.monotonic() - begun < 15
    assert time.monotonic() - begun <= 10.5


async def test_asvs_8_3_2_a_role_that_ends_today_is_gone_within_ten_seconds(world: World) -> None:
    account = await person(world, "registrar")
    admin = await world.client("admin")
    token = await world.token(account)
    other = Callers(world.database, world.app.state.signer, classes_of_grades, wards_of)
    with time_machine.travel(now(), tick=False) as clock:
        caller = await other.find(token)
        assert caller is not None and caller.has_role("registrar")
        (role,) = (await admin.get(f"/api/v1/accounts/{account.id}")).json()["roles"]
        assert (await admin.post(f"/api/v1/accounts/{account.id}/roles/{role['id']}/end")).status_code == 200
        clock.shift(10)
        assert await other.find(token) is None
        again = await other.find(await world.token(await reread(world, account)))
        assert again is not None and not again.has_role("registrar")


async def reread(world: World, account: Account) -> Account:
    async with world.session() as session:
        return await session.get_one(Account, account.id)
