"""What every answer carries, and what no request may do."""

from tests.factories.world import World


async def test_every_answer_has_its_headers(world: World) -> None:
    client = world.anonymous()
    for path in ("/healthz", "/api/v1/me", "/api/v1/nothing", "/api/openapi.json"):
        headers = (await client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "object-src 'none'" in headers["content-security-policy"]
        assert headers["x-request-id"]
    assert (await client.get("/api/v1/me")).headers["cache-control"] == "no-store"


async def test_failures_are_problem_documents_in_the_language_asked_for(world: World) -> None:
    client = world.anonymous()
    chinese, english = await client.get("/api/v1/me"), await client.get("/api/v1/me", headers={"Accept-Language": "en-GB"})
    assert chinese.headers["content-type"] == "application/problem+json"
    assert (chinese.json()["code"], chinese.json()["title"], english.json()["title"]) == ("not_signed_in", "请先登录。", "Please sign in.")
    assert (await client.get("/api/v1/nothing")).json()["code"] == "not_found"
    assert (await client.put("/healthz")).status_code == 405


async def test_strangers_send_no_large_bodies(world: World) -> None:
    client = world.anonymous()
    assert (await client.post("/api/v1/roster-imports", files={"file": ("x.zip", b"0" * 70_000)})).status_code == 413

    form = {"Content-Type": "application/x-www-form-urlencoded"}

    async def endless():  # a chunked body tells no length
        for _ in range(200):
            yield b"0" * 1024

    assert (await client.post("/api/v1/auth/token", content=endless(), headers=form)).status_code == 413


async def test_people_send_documents_of_a_few_megabytes_only(world: World) -> None:
    admin = await world.client("admin")
    assert (
        await admin.post("/api/v1/accounts", content=b"[" + b" " * (5 * 1024 * 1024), headers={"Content-Type": "application/json"})
    ).status_code == 413


async def test_a_nul_in_an_address_or_a_name_is_refused_and_breaks_nothing(world: World) -> None:
    stranger, principal = world.anonymous(), await world.client("principal")
    for client, path in (
        (stranger, "/a%00b"),
        (stranger, "/api/v1/me?x=%00"),
        (principal, "/api/v1/interventions?q=%00"),
        (principal, "/api/v1/exams?x=a%00"),
    ):
        answer = await client.get(path)
        assert answer.status_code == 422 and answer.headers["content-type"] == "application/problem+json", path
    assert (await stranger.post("/api/v1/auth/token", data={"username": "a\x00b", "password": "x"})).status_code == 422
    assert (await stranger.post("/api/v1/auth/token", data={"username": "ab", "password": "x\x00"})).status_code == 401


async def test_a_broken_document_names_its_fields(world: World) -> None:
    admin = await world.client("admin")
    answer = await admin.post("/api/v1/accounts", json={"username": "X", "display_name": "名", "surprise": 1})
    assert answer.status_code == 422
    assert {(e["pointer"], e["code"]) for e in answer.json()["errors"]} == {
        ("#/username", "string_too_short"),
        ("#/surprise", "extra_forbidden"),
    }
