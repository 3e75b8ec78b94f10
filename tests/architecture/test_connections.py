"""A request holds one connection at a time: two would let a full pool wait for itself."""

import asyncio

import pytest

from nuanyang.kit.db import door
from tests.factories.asker import Asker
from tests.factories.furnished import furnish
from tests.factories.world import World

ENDLESS = {"jobs_events"}


@pytest.mark.parametrize("role", ["principal", "moral_education", "counsellor", "homeroom_teacher", "registrar"])
async def test_no_operation_takes_a_second_connection_while_it_holds_one(world: World, monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    school_class = await world.school_class(7, 1)
    ids = await furnish(world, school_class)
    client = await world.client((role, school_class) if role == "homeroom_teacher" else role)
    asker = Asker(world.app.openapi())
    only = asyncio.Semaphore(1)
    monkeypatch.setattr(world.database, "_turn", only)
    monkeypatch.setattr(world.database, "_write_turn", only)
    monkeypatch.setattr(door, "WAIT_SECONDS", 0.3)
    reached, waited = 0, []
    for path, method, operation in sorted(asker.operations(), key=lambda o: o[1] != "get"):
        name = operation["operationId"]
        if name in ENDLESS:
            continue
        asked = {p["name"] for p in operation.get("parameters", []) if p["in"] == "query"}
        query = {"class_id": str(ids["class"])} if "class_id" in asked else {}
        answer = await client.request(
            method.upper(),
            asker.path(path, operation, ids),
            headers={"If-Match": '"1"'},
            params=query,
            **asker.body(operation, ids),
        )
        reached += answer.is_success
        if answer.status_code >= 500:
            waited.append((name, answer.status_code))
    assert not waited, waited
    assert reached > 20
