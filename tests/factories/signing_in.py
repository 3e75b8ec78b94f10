"""Signing in through the doors people use, in few words: passwords, authenticator apps, sessions."""

from dataclasses import dataclass
from typing import Any

import httpx
from passlib.totp import TOTP

from nuanyang.access.accounts import passwords
from nuanyang.access.accounts.models import Account
from nuanyang.access.second_factors import service as second_factors
from nuanyang.kit.clock import now
from tests.factories.world import World

PASSWORD = "three-quiet-lanterns 暖阳"
OURS = {"X-Requested-With": "nuanyang"}


@dataclass
class App:
    """An authenticator app with one secret."""

    secret: str
    recovery_codes: list[str]

    def code(self, steps: int = 0) -> str:
        """The code of now, or of so many time steps later."""
        return str(TOTP(key=self.secret.replace("-", "")).generate(time=int(now().timestamp()) + 30 * steps).token)


async def give_password(world: World, account: Account, password: str = PASSWORD) -> None:
    async with world.session() as session:
        row = await session.get_one(Account, account.id)
        row.password_hash = await passwords.hash_password(password)


async def enrol(world: World, account: Account) -> App:
    """The account has an authenticator app already; its first code, that of the time step before, is used."""
    async with world.database.session() as session:
        row = await session.get_one(Account, account.id)
        enrolment = await second_factors.begin(session, world.app.state.keyring, row, "totp")
        assert enrolment.secret
        app = App(enrolment.secret, [])
        app.recovery_codes = await second_factors.confirm(session, world.app.state.keyring, account.id, app.code(-1))
    return app


async def sign_in(
    client: httpx.AsyncClient, account: Account, app: App | None = None, *, trust: bool = False, **more: Any
) -> httpx.Response:
    """Both steps by the API; leaves the cookies in the client and the token in its header when it went well."""
    answer = await client.post("/api/v1/auth/token", data={"username": account.username, "password": PASSWORD} | more)
    if answer.status_code == 401 and answer.json()["code"] == "mfa_required" and app is not None:
        body = {"ticket": answer.json()["ticket"], "code": app.code(), "trust_device": trust}
        answer = await client.post("/api/v1/auth/second-factor", json=body)
    if answer.status_code == 200:
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return answer
