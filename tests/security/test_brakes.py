"""ASVS 6.1.1, 6.3.1, 6.3.8: guessing is slowed down, nobody learns which accounts exist, and nobody is locked out by others."""

import asyncio
import statistics
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import time_machine

from nuanyang.access.accounts.rules import BRAKES
from tests.factories.signing_in import PASSWORD, give_password, sign_in
from tests.factories.world import World

TOKEN = "/api/v1/auth/token"
BEGUN = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


async def guess(client: httpx.AsyncClient, username: str, password: str = "not-the-password") -> httpx.Response:
    return await client.post(TOKEN, data={"username": username, "password": password})


@pytest.mark.parametrize(("failures", "seconds"), [(1, 0), (4, 0), (5, 15), (6, 30), (7, 60), (8, 120), (11, 900), (500, 900)])
def test_asvs_6_3_1_the_waiting_doubles_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert BRAKES["pair"].wait(failures) == timedelta(seconds=seconds)


async def test_asvs_6_3_1_ten_tries_in_a_quarter_of_an_hour(world: World) -> None:
    account = await world.account("principal")
    client, tried = world.anonymous(), 0
    with time_machine.travel(BEGUN, tick=False) as clock:
        while datetime.now(UTC) < BEGUN + timedelta(minutes=15):
            answer = await guess(client, account.username)
            if answer.status_code == 401:
                tried += 1
            else:
                assert answer.status_code == 429
                clock.shift(int(answer.headers["Retry-After"]))
    assert tried == 10


async def test_asvs_6_3_1_the_right_password_does_not_count_while_waiting_and_clears_the_count_afterwards(world: World) -> None:
    account = await world.account("subject_teacher")
    await give_password(world, account)
    client = world.anonymous()
    with time_machine.travel(BEGUN, tick=False) as clock:
        assert [(await guess(client, account.username)).status_code for _ in range(6)] == [401] * 5 + [429]
        refused = await guess(client, account.username, PASSWORD)
        assert (refused.status_code, refused.headers["Retry-After"], refused.json()["retry_after"]) == (429, "15", 15)
        clock.shift(14)
        assert (await guess(client, account.username, PASSWORD)).status_code == 429
        clock.shift(1)
        assert (await guess(client, account.username, PASSWORD)).status_code == 200
        assert [(await guess(client, account.username)).status_code for _ in range(5)] == [401] * 5


async def test_asvs_6_3_1_a_hundred_guesses_at_once_are_five(world: World) -> None:
    account = await world.account("principal")
    client = world.anonymous()
    answers = await asyncio.gather(*(guess(client, account.username) for _ in range(100)))
    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 95


async def test_asvs_6_3_1_guessing_one_account_from_many_places_is_slowed_down_too(world: World) -> None:
    account = await world.account("principal")
    free = BRAKES["account"].free
    answers = [(await guess(world.anonymous(), account.username)).status_code for _ in range(free + 1)]
    assert answers == [401] * free + [429]


async def test_asvs_6_3_1_trying_one_password_on_many_accounts_is_slowed_down_too(world: World) -> None:
    client, free = world.anonymous(), BRAKES["address"].free
    answers = [(await guess(client, f"nobody{number}")).status_code for number in range(free + 1)]
    assert answers == [401] * free + [429]


async def test_asvs_6_3_1_a_browser_that_the_account_knows_is_not_locked_out_by_others(world: World) -> None:
    account = await world.account("subject_teacher")
    await give_password(world, account)
    own = world.anonymous()
    assert (await sign_in(own, account)).status_code == 200
    for _ in range(BRAKES["account"].free + 1):
        last = await guess(world.anonymous(), account.username)
    assert last.status_code == 429
    assert (await guess(world.anonymous(), account.username, PASSWORD)).status_code == 429
    assert (await guess(own, account.username, PASSWORD)).status_code == 200
    # It has a brake of its own: a stolen browser is no place to guess either.
    assert [(await guess(own, account.username)).status_code for _ in range(6)] == [401] * 5 + [429]


async def test_asvs_6_3_1_success_gives_the_address_one_try_back_and_no_more(world: World) -> None:
    account = await world.account("subject_teacher")
    await give_password(world, account)
    client, free = world.anonymous(), BRAKES["address"].free
    for number in range(free - 2):
        await guess(client, f"somebody{number}")
    assert (await sign_in(client, account)).status_code == 200
    client.cookies.clear()
    assert [(await guess(client, f"other{number}")).status_code for number in range(3)] == [401, 401, 429]


async def test_asvs_6_3_8_a_known_and_an_unknown_account_get_the_same_answer(world: World) -> None:
    account = await world.account("principal")
    await give_password(world, account)
    disabled = await world.account("principal")
    await give_password(world, disabled)
    admin = await world.client("admin")
    await admin.post(f"/api/v1/accounts/{disabled.id}/disable")
    tries = [(account.username, "wrong"), ("nobody.at.all", "wrong"), (disabled.username, PASSWORD), (" ", "x"), ("a" * 100, "x" * 4096)]
    answers = [await guess(world.anonymous(), name, password) for name, password in tries]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    told = [{name for name in answer.headers if name != "x-request-id"} for answer in answers]
    assert all(names == told[0] for names in told)


async def test_asvs_6_3_8_a_known_and_an_unknown_account_wait_alike(world: World) -> None:
    account = await world.account("principal")
    known, unknown = world.anonymous(), world.anonymous()
    for client, name in ((known, account.username), (unknown, f"nobody.{account.username}")):
        assert [(await guess(client, name)).status_code for _ in range(6)] == [401] * 5 + [429]


async def test_asvs_6_3_8_a_known_and_an_unknown_account_take_the_same_time(world: World) -> None:
    account = await world.account("principal")
    await give_password(world, account)
    seen: dict[str, list[float]] = {"known": [], "unknown": []}
    for round_ in range(200):
        name = "known" if round_ % 2 else "unknown"
        username = account.username if name == "known" else f"nobody{round_}"
        with time_machine.travel(BEGUN + timedelta(minutes=20 * round_), tick=False):  # no brake holds
            client = world.anonymous()
            begun = time.perf_counter()
            assert (await guess(client, username)).status_code == 401
            seen[name].append(time.perf_counter() - begun)
    difference = abs(statistics.median(seen["known"]) - statistics.median(seen["unknown"]))
    assert difference < 0.005, seen


async def test_asvs_4_1_3_a_forged_forwarding_header_is_no_other_address(world: World) -> None:
    account = await world.account("principal")
    client = world.anonymous()
    answers = []
    for number in range(6):
        headers = {"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"203.0.113.{number}", "Forwarded": f"for=203.0.113.{number}"}
        answers.append((await client.post(TOKEN, data={"username": account.username, "password": "x"}, headers=headers)).status_code)
    assert answers == [401] * 5 + [429]
