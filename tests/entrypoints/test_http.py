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


async def test_what_an_address_is_not_asked_by_is_405_with_the_methods_it_has(world: World) -> None:
    client = await world.client("principal")
    for method, path, allowed in (
        ("GET", "/api/v1/auth/token", "POST"),
        ("DELETE", "/api/v1/exams", "GET, POST"),
        ("PUT", "/api/v1/students/export", "GET, PATCH"),
    ):
        answer = await client.request(method, path)
        assert (answer.status_code, answer.headers["allow"], answer.json()["code"]) == (405, allowed, "method_not_allowed"), path
    assert (await client.get("/api/v1/nothing")).status_code == 404


async def test_a_number_is_no_day_and_no_instant(world: World) -> None:
    # Pydantic would take 0 for 1 January 1970.
    principal = await world.client("principal")
    for query in ("interventions?held_to=0", "support-plans?review_by=1", "audit-entries?since=0"):
        answer = await principal.get(f"/api/v1/{query}")
        assert answer.status_code == 422, query
    room = await world.school_class()
    teacher = await world.client(("homeroom_teacher", room))
    student = await world.student(school_class=room)
    look = {"looked_on": 0, "student_ids": [str(student.id)], "way": "home_visit"}
    answer = await teacher.post("/api/v1/census/looks", json=look)
    assert [e["code"] for e in answer.json()["errors"]] == ["date_parsing"]


async def test_who_is_not_signed_in_is_told_that_before_anything_else(world: World) -> None:
    answer = await world.anonymous().patch(f"/api/v1/exams/{world.year.id}", json={}, headers={"If-Match": "nonsense"})
    assert answer.status_code == 401


async def test_the_contract_says_what_needs_a_token_and_how_refusals_look(world: World) -> None:
    document = world.app.openapi()
    assert document["paths"]["/api/v1/students"]["get"]["security"] == [{"accessToken": []}]
    assert "security" not in document["paths"]["/api/v1/auth/token"]["post"]
    kinds = {
        kind
        for methods in document["paths"].values()
        for operation in methods.values()
        for status, told in operation["responses"].items()
        if status >= "400"
        for kind in told["content"]
    }
    assert kinds == {"application/problem+json"}
