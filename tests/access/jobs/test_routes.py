"""Watching long work over the API."""

import asyncio
import json
from typing import Any
from uuid import UUID

from sqlalchemy import text

from nuanyang.kit.ids import new_id
from nuanyang.kit.jobs import enqueue
from tests.factories.world import World


async def make_job(world: World, account_id: UUID, **values: Any) -> UUID:
    async with world.session() as session:
        job = await enqueue(session, "tests.nothing", account_id=account_id, school_id=world.school_id)
        await session.flush()
        if values:
            columns = ", ".join(f"{name} = :{name}" for name in values)
            await session.execute(text(f"update jobs set {columns} where id = :id"), {**values, "id": job.id})
        # No worker of another test shall take it.
        await session.execute(text("delete from pgqueuer where dedupe_key = :id"), {"id": str(job.id)})
    return job.id


async def test_a_job_tells_its_owner_how_far_it_is(world: World) -> None:
    owner = await world.client("registrar")
    job_id = await make_job(world, owner.account.id, done=3, total=12, phase="reading")
    answer = await owner.get(f"/api/v1/jobs/{job_id}")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["state"], body["done"], body["total"], body["phase"], body["error"]) == ("queued", 3, 12, "reading", None)


async def test_a_job_needs_sign_in(world: World) -> None:
    answer = await world.anonymous().get(f"/api/v1/jobs/{new_id()}")
    assert answer.status_code == 401


async def test_a_colleague_does_not_see_a_job_and_the_principal_does(world: World) -> None:
    owner, colleague, principal = await world.client("registrar"), await world.client("registrar"), await world.client("principal")
    job_id = await make_job(world, owner.account.id)
    seen = [(await client.get(f"/api/v1/jobs/{job_id}")).status_code for client in (owner, colleague, principal)]
    assert seen == [200, 404, 200]
    stopped = [(await client.post(f"/api/v1/jobs/{job_id}/cancel")).status_code for client in (colleague, principal)]
    assert stopped == [404, 200]


async def test_the_principal_of_another_school_sees_nothing(world: World) -> None:
    owner = await world.client("registrar")
    job_id = await make_job(world, owner.account.id)
    stranger = await (await world.elsewhere()).client("principal")
    assert (await stranger.get(f"/api/v1/jobs/{job_id}")).json()["code"] == "job_not_found"
    assert (await stranger.get(f"/api/v1/jobs/{job_id}/events")).status_code == 404


async def test_a_waiting_job_is_cancelled(world: World) -> None:
    owner = await world.client("registrar")
    job_id = await make_job(world, owner.account.id)
    assert (await owner.post(f"/api/v1/jobs/{job_id}/cancel")).json()["state"] == "cancelled"


async def test_a_running_job_is_stopping_until_it_noticed(world: World) -> None:
    owner = await world.client("registrar")
    job_id = await make_job(world, owner.account.id, state="running")
    body = (await owner.post(f"/api/v1/jobs/{job_id}/cancel")).json()
    assert (body["state"], body["is_stopping"]) == ("running", True)


async def test_a_failure_is_told_in_the_callers_language(world: World) -> None:
    owner = await world.client("registrar")
    job_id = await make_job(world, owner.account.id, error_code="class_full", error_zh="班级已满。", error_en="The class is full.")
    chinese = (await owner.get(f"/api/v1/jobs/{job_id}")).json()["error"]
    english = (await owner.get(f"/api/v1/jobs/{job_id}", headers={"Accept-Language": "en"})).json()["error"]
    assert (chinese["message"], english["message"]) == ("班级已满。", "The class is full.")


async def test_the_stream_tells_changes_and_ends_with_the_job(world: World) -> None:
    owner = await world.client("registrar")
    job_id = await make_job(world, owner.account.id, state="running", total=4)
    stream = asyncio.create_task(owner.get(f"/api/v1/jobs/{job_id}/events"))
    for change in ("done = 2", "done = 4, state = 'succeeded', finished_at = now(), report = '{\"created\": 4}'"):
        await asyncio.sleep(0.6)
        async with world.session() as session:
            await session.execute(text(f"update jobs set {change} where id = :id"), {"id": job_id})
    answer = await asyncio.wait_for(stream, 10)
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = [json.loads(line.removeprefix("data: ")) for line in answer.text.splitlines() if line.startswith("data: ")]
    assert [(job["done"], job["state"]) for job in told] == [(0, "running"), (2, "running"), (4, "succeeded")]
    assert told[-1]["report"] == {"created": 4}


async def test_the_list_has_the_callers_own_jobs_only(world: World) -> None:
    owner, colleague = await world.client("registrar"), await world.client("registrar")
    mine = await make_job(world, owner.account.id)
    await make_job(world, colleague.account.id)
    assert [job["id"] for job in (await owner.get("/api/v1/jobs")).json()["items"]] == [str(mine)]
    assert (await owner.get("/api/v1/jobs", params={"state": "queued"})).status_code == 422
