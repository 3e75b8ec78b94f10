"""The demo's second factor: one person shows how it goes where the others are not asked."""

import time

from sqlalchemy import update

from nuanyang.access.accounts import passwords
from nuanyang.access.accounts.models import Account
from nuanyang.demo.codes import SHOWS_HOW, code_at, codes_text, set_second_factors
from tests.factories.world import World

PASSWORD = "demo-暖阳-password"


async def test_one_person_shows_how_and_nobody_else_is_asked(world: World) -> None:
    shows, other = await world.account("vice_principal"), await world.account("principal")
    digest = await passwords.hash_password(PASSWORD)
    async with world.session() as session:
        await session.execute(update(Account).where(Account.id == shows.id).values(username=SHOWS_HOW, password_hash=digest))
        await session.execute(update(Account).where(Account.id == other.id).values(password_hash=digest))
        for is_asked_for in (True, False, False):  # turned on, turned off again, and said twice
            await set_second_factors(session, world.app.state.keyring, world.school_id, is_asked_for=is_asked_for)
    client = world.anonymous()
    plain = await client.post("/api/v1/auth/token", data={"username": other.username, "password": PASSWORD})
    assert plain.status_code == 200 and plain.json()["must_enrol_second_factor"] is False
    asked = await client.post("/api/v1/auth/token", data={"username": SHOWS_HOW, "password": PASSWORD})
    assert (asked.status_code, asked.json()["code"]) == (401, "mfa_required")
    code = code_at(time.time())
    assert SHOWS_HOW in codes_text(is_asked_for=False) and code in codes_text(is_asked_for=False)
    answer = await client.post("/api/v1/auth/second-factor", json={"ticket": asked.json()["ticket"], "code": code})
    assert answer.status_code == 200 and answer.json()["must_enrol_second_factor"] is False
