"""ASVS 6.3.3, 6.5, 6.6: the second factor of the staff."""

import base64
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
import pytest_asyncio
import time_machine
from sqlalchemy import select, text

from nuanyang.access.accounts.models import Account
from nuanyang.access.accounts.rules import ASKED_EVERY_TIME
from nuanyang.access.permissions import ROLES
from nuanyang.access.second_factors.models import OneTimeCode, SecondFactor
from nuanyang.access.second_factors.rules import OneTime, read_code
from tests.factories.signing_in import PASSWORD, App, enrol, give_password, sign_in
from tests.factories.world import World, make_world

BEGUN = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
TOKEN, STEP = "/api/v1/auth/token", "/api/v1/auth/second-factor"
DEVICE = "__Secure-nuanyang-device"
# Roles that need no class to be given.
PLAIN = sorted(
    role
    for role in ROLES
    if role not in ("grade_head", "homeroom_teacher", "subject_teacher", "tutor", "district_admin", "acting_principal")
)


@pytest_asyncio.fixture
async def school(world: World) -> World:
    """A school as a real installation has it: second factor required."""
    return await make_world(world.app, world.database, second_factor="required")


async def member(school: World, role: str = "registrar") -> Account:
    account = await school.account(role)
    await give_password(school, account)
    return account


async def first_step(client: httpx.AsyncClient, account: Account) -> dict[str, Any]:
    answer = await client.post(TOKEN, data={"username": account.username, "password": PASSWORD})
    assert answer.status_code == 401, answer.text
    return dict(answer.json())


async def second_step(client: httpx.AsyncClient, ticket: str, code: str, **more: Any) -> httpx.Response:
    return await client.post(STEP, json={"ticket": ticket, "code": code} | more)


# -- who needs one ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", PLAIN)
async def test_asvs_6_3_3_staff_without_one_can_do_nothing_but_enrol(school: World, role: str) -> None:
    client = school.anonymous()
    answer = await sign_in(client, await member(school, role))
    assert answer.json()["must_enrol_second_factor"] is True
    assert (await client.get("/api/v1/me")).json()["must_enrol_second_factor"] is True
    for path in ("/api/v1/students", "/api/v1/home", "/api/v1/accounts", "/api/v1/classes"):
        refused = await client.get(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_required"), path
    assert (await client.get("/api/v1/me/second-factor")).json()["is_required"] is True


async def test_asvs_6_3_3_a_school_may_do_without_and_says_why(school: World) -> None:
    account = await member(school)
    admin = await school.client("admin")
    assert (await admin.get("/api/v1/sign-in-policy")).json() == {"second_factor": "required"}
    assert (await admin.put("/api/v1/sign-in-policy", json={"second_factor": "off"})).status_code == 422
    body = {"second_factor": "off", "reason": "机房断网期间的应急安排"}
    assert (await admin.put("/api/v1/sign-in-policy", json=body)).json() == {"second_factor": "off"}
    assert (await sign_in(school.anonymous(), account)).json()["must_enrol_second_factor"] is False
    events = (await admin.get("/api/v1/me/security-events")).json()["items"]
    assert [(event["kind"], event["reason"]) for event in events] == [("sign_in_policy_changed", body["reason"])]
    await enrol(school, account)
    assert (await first_step(school.anonymous(), account))["code"] == "mfa_required"  # who has one is asked all the same
    for method in ("GET", "PUT"):
        assert (await school.anonymous().request(method, "/api/v1/sign-in-policy", json=body)).status_code == 401
        assert (await (await school.client("principal")).request(method, "/api/v1/sign-in-policy", json=body)).status_code == 403


async def test_asvs_6_3_3_real_schools_require_it_by_default(world: World) -> None:
    async with world.database.session() as session:
        default = await session.scalar(
            text("select column_default from information_schema.columns where table_name = 'schools' and column_name = 'second_factor'")
        )
    assert str(default).startswith("'required'")


# -- enrolling ----------------------------------------------------------------------------------------


async def test_asvs_6_5_the_first_sign_in_enrols_an_app_and_then_the_work_begins(school: World) -> None:
    account = await member(school)
    client = school.anonymous()
    await sign_in(client, account)
    made = (await client.post("/api/v1/me/second-factor/enrolment", json={"kind": "totp"})).json()
    assert made["uri"].startswith("otpauth://totp/")
    assert made["qr"].startswith("data:image/svg+xml")
    assert re.fullmatch(r"[A-Z2-7-]{30,}", made["secret"])
    app = App(made["secret"], [])
    wrong = await client.post("/api/v1/me/second-factor/confirm", json={"code": "000000" if app.code() != "000000" else "111111"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "#/code")
    codes = (await client.post("/api/v1/me/second-factor/confirm", json={"code": app.code()})).json()["codes"]
    assert len(codes) == len(set(codes)) == 10
    assert all(re.fullmatch(r"\d\d-[a-z2-9]{4}-[a-z2-9]{4}", code) for code in codes)
    # The old token was made for a session that could only enrol; the web app takes a new one.
    refreshed = (await client.post("/api/v1/auth/refresh", headers={"X-Requested-With": "nuanyang"})).json()
    assert refreshed["must_enrol_second_factor"] is False
    client.headers["Authorization"] = f"Bearer {refreshed['access_token']}"
    assert (await client.get("/api/v1/students")).status_code == 200
    assert (await client.get("/api/v1/me/second-factor")).json() | {"confirmed_at": None} == {
        "kind": "totp",
        "confirmed_at": None,
        "codes_left": 10,
        "is_required": True,
        "may_trust_device": True,
        "devices": [],
    }


async def test_asvs_6_5_who_has_no_phone_prints_codes_and_uses_each_once(school: World) -> None:
    account = await member(school)
    client = school.anonymous()
    await sign_in(client, account)
    sheet = (await client.post("/api/v1/me/second-factor/enrolment", json={"kind": "printed"})).json()
    assert (sheet["secret"], sheet["qr"], len(sheet["codes"])) == (None, None, 40)
    assert (await client.post("/api/v1/me/second-factor/confirm", json={"code": sheet["codes"][0]})).json() == {"codes": []}
    asked = await first_step(client, account)
    assert asked["factor"] == "printed"
    assert (await second_step(client, asked["ticket"], sheet["codes"][0])).status_code == 401
    typed = sheet["codes"][6].replace("-", " ").upper()  # 07 EFGH JKMN
    assert (await second_step(client, asked["ticket"], typed)).status_code == 200
    assert (await second_step(client, (await first_step(client, account))["ticket"], sheet["codes"][6])).status_code == 401


async def test_asvs_6_5_replacing_a_factor_needs_the_one_in_use(school: World) -> None:
    account = await member(school)
    app = await enrol(school, account)
    client, other = school.anonymous(), school.anonymous()
    await sign_in(client, account, app)
    path = "/api/v1/me/second-factor/enrolment"
    assert (await client.post(path, json={"kind": "totp"})).status_code == 422
    assert (await client.post(path, json={"kind": "totp", "code": "07-aaaa-bbbb"})).status_code == 422
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=31)):
        made = (await client.post(path, json={"kind": "totp", "code": app.code()})).json()
        # Until the new one is confirmed, the old one counts.
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=31)):
            assert (await sign_in(other, account, app)).status_code == 200
            fresh = App(made["secret"], [])
            confirmed = await client.post("/api/v1/me/second-factor/confirm", json={"code": fresh.code()})
            assert confirmed.status_code == 200
            asked = await first_step(school.anonymous(), account)
            assert (await second_step(client, asked["ticket"], app.code(1))).status_code == 401
            assert (await second_step(client, asked["ticket"], fresh.code(1))).status_code == 200
            assert (await other.post("/api/v1/auth/refresh", headers={"X-Requested-With": "nuanyang"})).status_code == 401


async def test_asvs_11_3_2_the_secret_is_encrypted_and_codes_are_hashed(school: World) -> None:
    account = await member(school)
    app = await enrol(school, account)
    async with school.database.session() as session:
        factor = (await session.scalars(select(SecondFactor).where(SecondFactor.account_id == account.id))).one()
        codes = (await session.scalars(select(OneTimeCode).where(OneTimeCode.factor_id == factor.id))).all()
    key = app.secret.replace("-", "")
    raw = base64.b32decode(key + "=" * (-len(key) % 8))
    assert factor.secret_cipher is not None and raw not in factor.secret_cipher and key.encode() not in factor.secret_cipher
    assert all(code.code_hash.startswith("$argon2id$") for code in codes)
    assert len({code.code_hash for code in codes}) == 10


# -- signing in ---------------------------------------------------------------------------------------


async def test_asvs_6_6_3_a_code_counts_once(school: World) -> None:
    account = await member(school)
    with time_machine.travel(BEGUN, tick=False) as clock:
        app = await enrol(school, account)
        client = school.anonymous()
        asked = await first_step(client, account)
        assert asked["expires_in"] == 300
        assert (await second_step(client, asked["ticket"], app.code())).status_code == 200
        again = await first_step(school.anonymous(), account)
        replayed = await second_step(client, again["ticket"], app.code())
        assert (replayed.status_code, replayed.json()["code"]) == (401, "wrong_code")
        assert (await second_step(client, again["ticket"], app.code(-1))).status_code == 401  # nor an older one
        clock.shift(30)
        assert (await second_step(client, again["ticket"], app.code())).status_code == 200


@pytest.mark.parametrize(("steps", "status"), [(-2, 401), (-1, 200), (0, 200), (1, 200), (2, 401)])
async def test_asvs_6_5_5_a_code_is_good_for_its_thirty_seconds_and_the_ones_beside(school: World, steps: int, status: int) -> None:
    account = await member(school)
    with time_machine.travel(BEGUN, tick=False) as clock:
        app = await enrol(school, account)
        clock.shift(300)
        client = school.anonymous()
        ticket = (await first_step(client, account))["ticket"]
        assert (await second_step(client, ticket, app.code(steps))).status_code == status


async def test_asvs_6_6_3_after_five_wrong_codes_one_waits_and_longer_each_time(school: World) -> None:
    account = await member(school)
    with time_machine.travel(BEGUN, tick=False) as clock:
        app = await enrol(school, account)
        client = school.anonymous()
        ticket = (await first_step(client, account))["ticket"]
        wrong = [await second_step(client, ticket, f"{number:06d}") for number in range(6)]
        assert [answer.status_code for answer in wrong] == [401] * 5 + [429]
        assert wrong[-1].headers["Retry-After"] == "30"
        assert (await second_step(client, ticket, app.code())).status_code == 429
        clock.shift(30)
        assert (await second_step(client, ticket, "123123")).status_code == 401
        assert (await second_step(client, ticket, app.code())).headers["Retry-After"] == "60"
        clock.shift(60)
        assert (await second_step(client, ticket, app.code())).status_code == 200


@pytest.mark.parametrize(("seconds", "status"), [(299, 200), (300, 401)])
async def test_asvs_6_6_2_a_ticket_is_good_for_five_minutes(school: World, seconds: int, status: int) -> None:
    account = await member(school)
    with time_machine.travel(BEGUN, tick=False) as clock:
        app = await enrol(school, account)
        client = school.anonymous()
        ticket = (await first_step(client, account))["ticket"]
        clock.shift(seconds)
        answer = await second_step(client, ticket, app.code())
        assert answer.status_code == status
        if status == 401:
            assert answer.json()["code"] == "ticket_expired"


async def test_asvs_6_6_2_a_ticket_opens_one_session_and_dies_with_its_password(school: World) -> None:
    account = await member(school)
    with time_machine.travel(BEGUN, tick=False) as clock:
        app = await enrol(school, account)
        client = school.anonymous()
        used, unused = [(await first_step(client, account))["ticket"] for _ in range(2)]
        assert (await second_step(client, used, app.code())).status_code == 200
        clock.shift(30)
        assert (await second_step(client, used, app.code())).json()["code"] == "ticket_expired"
        admin = await school.client("admin")
        assert (await admin.post(f"/api/v1/accounts/{account.id}/reset-password")).status_code == 200
        assert (await second_step(client, unused, app.code())).json()["code"] == "ticket_expired"
        assert (await second_step(client, "no-ticket-of-ours", app.code())).json()["code"] == "ticket_expired"


async def test_asvs_6_6_2_a_ticket_is_no_access_token(school: World) -> None:
    account = await member(school)
    await enrol(school, account)
    ticket = (await first_step(school.anonymous(), account))["ticket"]
    assert (await school.anonymous().get("/api/v1/me", headers={"Authorization": f"Bearer {ticket}"})).status_code == 401


async def test_asvs_6_5_1_a_recovery_code_counts_once_and_new_ones_void_the_old(school: World) -> None:
    account = await member(school)
    app = await enrol(school, account)
    client = school.anonymous()
    ticket = (await first_step(client, account))["ticket"]
    answer = await second_step(client, ticket, app.recovery_codes[3])
    assert answer.status_code == 200
    client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    assert (await client.get("/api/v1/me/second-factor")).json()["codes_left"] == 9
    again = (await first_step(school.anonymous(), account))["ticket"]
    assert (await second_step(client, again, app.recovery_codes[3])).status_code == 401
    assert (await client.post("/api/v1/me/second-factor/codes", json={"code": "000000"})).status_code == 422
    fresh = (await client.post("/api/v1/me/second-factor/codes", json={"code": app.recovery_codes[4]})).json()["codes"]
    assert len(fresh) == 10
    assert (await second_step(client, again, app.recovery_codes[5])).status_code == 401
    assert (await second_step(client, again, fresh[0])).status_code == 200


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("123456", "123456"),
        (" 123 456 ", "123456"),
        ("07-efgh-jkmn", OneTime(7, "efghjkmn")),
        ("7-EFGH-JKMN", OneTime(7, "efghjkmn")),
        ("12 2345 6789", OneTime(12, "23456789")),
        ("12345", None),
        ("１２３４５６", None),
        ("07-efgh-jkm", None),
        ("", None),
        ("'; drop table --", None),
    ],
)
def test_asvs_6_5_codes_are_read_as_people_type_them(typed: str, read: object) -> None:
    assert read_code(typed) == read


# -- trusted devices ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "seconds", "status"), [(30, -1, 200), (30, 0, 401)])
async def test_asvs_6_3_3_a_trusted_browser_is_spared_for_thirty_days(school: World, days: int, seconds: int, status: int) -> None:
    account = await member(school, "registrar")
    with time_machine.travel(BEGUN, tick=False) as clock:
        app = await enrol(school, account)
        client = school.anonymous()
        assert (await sign_in(client, account, app, trust=True)).status_code == 200
        clock.shift(timedelta(days=days, seconds=seconds))
        assert (await sign_in(client, account)).status_code == status
        assert (await sign_in(school.anonymous(), account)).status_code == 401  # another browser is asked


@pytest.mark.parametrize("role", sorted(ASKED_EVERY_TIME - {"acting_principal"}))  # only ever lent
async def test_asvs_6_3_3_some_are_asked_at_every_sign_in(school: World, role: str) -> None:
    account = await member(school, role)
    app = await enrol(school, account)
    client = school.anonymous()
    assert (await first_step(client, account))["may_trust_device"] is False
    assert (await sign_in(client, account, app, trust=True)).status_code == 200
    assert (await first_step(client, account))["code"] == "mfa_required"
    assert (await client.get("/api/v1/me/second-factor")).json()["devices"] == []


async def test_asvs_6_3_3_trust_ends_when_somebody_gets_a_role_that_is_always_asked(school: World) -> None:
    account = await member(school, "registrar")
    app = await enrol(school, account)
    client = school.anonymous()
    await sign_in(client, account, app, trust=True)
    assert (await sign_in(client, account)).status_code == 200
    admin = await school.client("admin")
    await admin.post(f"/api/v1/accounts/{account.id}/roles", json={"role": "counsellor"})
    assert (await first_step(client, account))["code"] == "mfa_required"


async def test_asvs_6_3_3_a_trusted_browser_can_be_forgotten(school: World) -> None:
    account = await member(school, "registrar")
    app = await enrol(school, account)
    client = school.anonymous()
    await sign_in(client, account, app, trust=True)
    (device,) = (await client.get("/api/v1/me/second-factor")).json()["devices"]
    stranger = school.anonymous()
    await sign_in(stranger, await member(school, "registrar"), None)
    assert (await stranger.post(f"/api/v1/me/devices/{device['id']}/forget")).status_code == 404
    assert (await client.post(f"/api/v1/me/devices/{device['id']}/forget")).status_code == 204
    assert (await first_step(client, account))["code"] == "mfa_required"


async def test_asvs_6_3_3_the_trust_of_one_person_is_none_of_the_next_at_the_same_computer(school: World) -> None:
    one, other = await member(school, "registrar"), await member(school, "registrar")
    apps = await enrol(school, one), await enrol(school, other)
    client = school.anonymous()
    await sign_in(client, one, apps[0], trust=True)
    assert (await first_step(client, other))["code"] == "mfa_required"
    await sign_in(client, other, apps[1], trust=True)
    assert (await sign_in(client, one)).status_code == 200  # and the first one's trust has outlived the second's
    assert (await sign_in(client, other)).status_code == 200


async def test_asvs_6_3_3_a_device_cookie_planted_beforehand_is_never_trusted(school: World) -> None:
    account = await member(school, "registrar")
    app = await enrol(school, account)
    planted = {"Cookie": f"{DEVICE}=known-to-the-attacker"}
    client = school.anonymous()
    ticket = (await client.post(TOKEN, data={"username": account.username, "password": PASSWORD}, headers=planted)).json()["ticket"]
    body = {"ticket": ticket, "code": app.code(), "trust_device": True}
    assert (await client.post(STEP, json=body, headers=planted)).status_code == 200
    attacker = school.anonymous()
    asked = await attacker.post(TOKEN, data={"username": account.username, "password": PASSWORD}, headers=planted)
    assert asked.json()["code"] == "mfa_required"


# -- the administrator's part ---------------------------------------------------------------------------


async def test_asvs_6_4_4_an_administrator_resets_a_lost_factor_with_a_reason_that_is_recorded(school: World) -> None:
    account = await member(school, "registrar")
    app = await enrol(school, account)
    client = school.anonymous()
    await sign_in(client, account, app, trust=True)
    admin = await school.client("admin")
    path = f"/api/v1/accounts/{account.id}/reset-second-factor"
    assert (await admin.post(path, json={"reason": ""})).status_code == 422
    assert (await admin.post(path, json={"reason": "手机遗失，已当面核实身份"})).status_code == 200
    assert (await client.post("/api/v1/auth/refresh", headers={"X-Requested-With": "nuanyang"})).status_code == 401
    answer = await sign_in(client, account)
    assert answer.json()["must_enrol_second_factor"] is True
    events = (await admin.get(f"/api/v1/accounts/{account.id}/security")).json()["events"]
    told = next(event for event in events if event["kind"] == "second_factor_reset")
    assert (told["by"], told["reason"]) == (admin.account.display_name, "手机遗失，已当面核实身份")
    assert (await admin.post(path, json={"reason": "再试一次看看"})).status_code == 409


async def test_asvs_6_4_4_who_may_reset_a_factor(school: World) -> None:
    account = await member(school, "registrar")
    await enrol(school, account)
    path, body = f"/api/v1/accounts/{account.id}/reset-second-factor", {"reason": "手机遗失，已核实"}
    assert (await school.anonymous().post(path, json=body)).status_code == 401
    assert (await (await school.client("principal")).post(path, json=body)).status_code == 403
    assert (await (await (await school.elsewhere()).client("admin")).post(path, json=body)).status_code == 404
    admin = await school.client("admin")
    assert (await admin.post(f"/api/v1/accounts/{admin.account.id}/reset-second-factor", json=body)).status_code == 409
    assert (await admin.post(f"/api/v1/accounts/{UUID(int=7)}/reset-second-factor", json=body)).status_code == 404


async def test_asvs_6_4_3_a_new_password_keeps_the_second_factor(school: World) -> None:
    account = await member(school, "registrar")
    app = await enrol(school, account)
    admin = await school.client("admin")
    first = (await admin.post(f"/api/v1/accounts/{account.id}/reset-password")).json()["first_password"]
    client = school.anonymous()
    asked = await client.post(TOKEN, data={"username": account.username, "password": first})
    assert asked.json()["code"] == "mfa_required"
    assert (await second_step(client, asked.json()["ticket"], app.code())).json()["must_change_password"] is True


async def test_asvs_16_4_2_the_record_of_sign_ins_only_grows(world: World) -> None:
    for statement in ("update security_events set kind = 'x'", "delete from security_events"):
        async with world.database.session() as session:
            with pytest.raises(Exception, match="permission denied"):
                await session.execute(text(statement))
            await session.rollback()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/me/second-factor"),
        ("POST", "/me/second-factor/enrolment"),
        ("POST", "/me/second-factor/confirm"),
        ("POST", "/me/second-factor/codes"),
        ("POST", f"/me/devices/{UUID(int=7)}/forget"),
        ("GET", "/me/security-events"),
        ("GET", "/me/sessions"),
        ("POST", f"/me/sessions/{UUID(int=7)}/end"),
        ("POST", "/me/sessions/end-others"),
        ("POST", "/auth/password"),
    ],
)
async def test_asvs_8_3_1_strangers_have_no_account_to_look_after(world: World, method: str, path: str) -> None:
    assert (await world.anonymous().request(method, f"/api/v1{path}", json={})).status_code == 401
