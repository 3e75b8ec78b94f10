"""消息: one's own, read and unread, live; nobody else's."""

import asyncio
import json
from datetime import timedelta

from nuanyang.access.inbox.service import Told, tell
from nuanyang.kit.clock import now, today
from nuanyang.kit.db import opening
from tests.factories.world import World


async def send(world: World, account, count: int = 1, days: int = 0, kind: str = "due") -> None:
    async with world.session() as session:
        await tell(
            session,
            world.school_id,
            kind,
            [Told(account.id, kind, today() + timedelta(days=n), count, "S1.2") for n in range(days + 1)],
            now(),
        )


async def test_notices_are_ones_own(world: World):
    mine, other = await world.account("counsellor"), await world.account("counsellor")
    await send(world, mine)
    client, stranger = await world.client(account=mine), await world.client(account=other)
    (notice,) = (await client.get("/api/v1/inbox")).json()["items"]
    assert (await stranger.get("/api/v1/inbox")).json() == {"items": [], "unread": 0, "next_cursor": None}
    for verb in ("read", "unread"):
        answer = await stranger.post(f"/api/v1/inbox/{notice['id']}/{verb}")
        assert (answer.status_code, answer.json()["code"]) == (404, "notice_not_found")
    caller = await world.caller(other)
    from sqlalchemy import text

    async with world.database.session(caller.context) as session:
        assert await session.scalar(text("select count(*) from notices")) == 0
    async with world.database.session(opening(school_id=(await world.elsewhere()).school_id, purpose="job")) as session:
        assert await session.scalar(text("select count(*) from notices")) == 0


async def test_read_unread_and_all(world: World):
    account = await world.account("counsellor")
    await send(world, account, days=2)
    client = await world.client(account=account)
    page = (await client.get("/api/v1/inbox", params={"limit": 2})).json()
    assert (page["unread"], len(page["items"])) == (3, 2)
    rest = (await client.get("/api/v1/inbox", params={"limit": 2, "cursor": page["next_cursor"]})).json()
    assert len(rest["items"]) == 1 and rest["next_cursor"] is None
    path = f"/api/v1/inbox/{page['items'][0]['id']}"
    assert (await client.post(f"{path}/read")).json()["read_at"] is not None
    assert len((await client.get("/api/v1/inbox", params={"unread": "true"})).json()["items"]) == 2
    assert (await client.post(f"{path}/unread")).json()["read_at"] is None
    assert (await client.post("/api/v1/inbox/read-all")).json() == {"unread": 0}
    assert (await client.get("/api/v1/inbox")).json()["unread"] == 0


async def test_what_is_told_again_is_the_same_notice(world: World):
    account = await world.account("counsellor")
    await send(world, account)
    client = await world.client(account=account)
    (first,) = (await client.get("/api/v1/inbox")).json()["items"]
    await client.post(f"/api/v1/inbox/{first['id']}/read")
    await send(world, account, count=5)
    (again,) = (await client.get("/api/v1/inbox")).json()["items"]
    assert again["id"] == first["id"] and again["read_at"] is not None


async def test_the_number_comes_live(world: World, monkeypatch):
    from nuanyang.access.inbox import routes

    monkeypatch.setattr(routes, "SECONDS_BETWEEN_LOOKS", 0.05)
    account = await world.account("counsellor")
    caller = await world.caller(account)
    stream = routes._changes(world.database, caller)
    assert json.loads((await anext(stream)).removeprefix("data: ")) == {"unread": 0}
    waiting = asyncio.ensure_future(anext(stream))
    await send(world, account)
    assert json.loads((await waiting).removeprefix("data: ")) == {"unread": 1}
    await stream.aclose()


async def test_families_have_no_inbox(world: World):
    client = await world.client(account=await world.student_account(await world.student()))
    assert (await client.get("/api/v1/inbox")).status_code == 403
