"""Unknown parameters are refused, not ignored: at every operation of the contract."""

import re
from uuid import uuid4

import pytest

from tests.factories.world import World


async def test_every_operation_refuses_an_unknown_query_parameter(world: World) -> None:
    document, signed_in = world.app.openapi(), await world.client("subject_teacher")
    loose = []
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            client = signed_in if "security" in operation else world.anonymous()
            answer = await client.request(method.upper(), f"{re.sub('{.*?}', str(uuid4()), path)}?nonsense=1")
            said = [(e["pointer"], e["code"]) for e in answer.json().get("errors", ())]
            if answer.status_code != 422 or said != [("#/query/nonsense", "unknown_parameter")] or "422" not in operation["responses"]:
                loose.append((operation["operationId"], answer.status_code, said))
    assert loose == []


async def test_who_is_not_signed_in_is_told_that_first(world: World) -> None:
    assert (await world.anonymous().get("/api/v1/students?nonsense=1")).status_code == 401


@pytest.mark.parametrize("path", ["/api/v1/students", "/api/v1/evidence"])
async def test_a_single_value_is_given_once_and_a_list_several_times(world: World, path: str) -> None:
    client = await world.client("principal")
    answer = await client.get(f"{path}?limit=5&limit=7")
    assert (answer.status_code, [e["code"] for e in answer.json()["errors"]]) == (422, ["repeated_parameter"])


async def test_a_list_may_be_given_several_times(world: World) -> None:
    assert (await (await world.client("principal")).get("/api/v1/students?grade=7&grade=8")).status_code == 200


async def test_a_page_of_the_web_app_keeps_its_own_parameters(world: World) -> None:
    assert (await world.anonymous().get("/students?nonsense=1")).status_code == 200
