"""ASVS 3.4, 3.5, 14.3.2: what every answer carries, and which cross-site requests are refused."""

import re
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from nuanyang.entrypoints.http import create_app
from nuanyang.kit.db import Database
from nuanyang.kit.settings import Settings
from tests.factories.world import World

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
}
INDEX = '<!doctype html>\n<html>\n  <head>\n    <title>暖阳</title>\n  </head>\n  <body><script src="/assets/app-1.js"></script></body>\n</html>\n'


@pytest_asyncio.fixture(scope="module")
async def served(settings: Settings, database: Database, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The application with a built web app and a route that breaks."""
    folder: Path = tmp_path_factory.mktemp("dist")
    (folder / "assets").mkdir()
    (folder / "index.html").write_text(INDEX)
    (folder / "assets" / "app-1.js").write_text("0")
    (folder / "theme.js").write_text("0")
    app = create_app(settings.model_copy(update={"web_folder": folder}), database)

    @app.get("/api/v1/broken")
    async def broken() -> None:
        raise RuntimeError("a secret of the inside")

    app.router.routes.insert(0, app.router.routes.pop())
    async with app.router.lifespan_context(app):
        yield app


def client_of(app: FastAPI) -> httpx.AsyncClient:
    # Anything the application lets through would be raised here: a 500 must be an answer, with its headers.
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://nuanyang.test")


ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/students", 200),
    ("GET", "/index.html", 200),
    ("GET", "/assets/app-1.js", 200),
    ("GET", "/assets/gone.js", 404),
    ("GET", "/theme.js", 200),
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/.well-known/jwks.json", 200),
    ("GET", "/api/openapi.json", 200),
    ("GET", "/api/v1/me", 401),
    ("GET", "/api/v1/accounts", 401),
    ("POST", "/api/v1/auth/refresh", 403),
    ("GET", "/api/v1/nothing", 404),
    ("PUT", "/healthz", 405),
    ("POST", "/api/v1/auth/token", 422),
    ("GET", "/api/v1/students/no-id", 422),
    ("GET", "/api/v1/broken", 500),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
async def test_asvs_3_4_every_answer_carries_the_security_headers(served: FastAPI, method: str, path: str, status: int) -> None:
    async with client_of(served) as client:
        answer = await client.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    policy = answer.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    for directive in ("script-src 'self';", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert directive in policy


@pytest.mark.parametrize(("method", "path", "status"), [one for one in ANSWERS if one[1].startswith("/api/")])
async def test_asvs_14_3_2_nothing_of_the_api_is_kept_in_a_cache(served: FastAPI, method: str, path: str, status: int) -> None:
    async with client_of(served) as client:
        assert (await client.request(method, path)).headers["cache-control"] == "no-store"


async def test_asvs_14_3_2_a_body_that_is_too_large_is_answered_like_everything_else(served: FastAPI) -> None:
    async with client_of(served) as client:
        answer = await client.post("/api/v1/auth/token", content=b"0" * 70_000)
    assert answer.status_code == 413
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_asvs_16_5_1_an_unexpected_failure_tells_nothing_of_the_inside(served: FastAPI) -> None:
    async with client_of(served) as client:
        answer = await client.get("/api/v1/broken")
    assert answer.json()["code"] == "internal_error"
    assert "secret" not in answer.text


async def test_asvs_3_4_3_each_page_has_a_nonce_of_its_own_for_the_one_style_it_needs(served: FastAPI) -> None:
    async with client_of(served) as client:
        answers = [await client.get(path) for path in ("/", "/", "/students")]
    nonces = []
    for answer in answers:
        written = re.search(r'<meta property="csp-nonce" nonce="([\w-]{24})" />', answer.text)
        assert written is not None
        assert f"style-src 'self' 'nonce-{written[1]}';" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        nonces.append(written[1])
    assert len(set(nonces)) == 3


async def test_asvs_14_3_2_only_what_never_changes_is_cached(served: FastAPI) -> None:
    async with client_of(served) as client:
        assert (await client.get("/assets/app-1.js")).headers["cache-control"] == "public, max-age=31536000, immutable"
        assert (await client.get("/theme.js")).headers["cache-control"] == "no-cache"
        assert (await client.get("/healthz")).headers["cache-control"] == "no-store"


# -- ASVS 3.5.1: a form on another site gets nowhere ------------------------------------------------

COOKIE_ROUTES = ("/api/v1/auth/refresh", "/api/v1/auth/sign-out")
OURS = {"X-Requested-With": "nuanyang", "Origin": "https://nuanyang.test", "Sec-Fetch-Site": "same-origin"}
FOREIGN = {
    "a urlencoded form": {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://evil.example"},
    "a multipart form": {"Content-Type": "multipart/form-data; boundary=x", "Origin": "https://evil.example"},
    "a text/plain form": {"Content-Type": "text/plain", "Origin": "https://evil.example"},
    "a form without an origin": {"Content-Type": "application/x-www-form-urlencoded"},
    "a sandboxed frame": OURS | {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    "a sibling host": OURS | {"Origin": "https://wiki.nuanyang.test", "Sec-Fetch-Site": "same-site"},
    "the same host without TLS": OURS | {"Origin": "http://nuanyang.test"},
    "another port": OURS | {"Origin": "https://nuanyang.test:8443"},
    "a browser that tells the site only": {"X-Requested-With": "nuanyang", "Sec-Fetch-Site": "cross-site"},
    "a browser that tells the origin only": {"X-Requested-With": "nuanyang", "Origin": "https://evil.example"},
    "a disguised method": {"X-HTTP-Method-Override": "POST", "Origin": "https://evil.example"},
}


@pytest.mark.parametrize("path", COOKIE_ROUTES)
@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
async def test_asvs_3_5_1_no_cross_site_request_acts_on_the_cookie(world: World, path: str, headers: dict[str, str]) -> None:
    assert (await world.anonymous().post(path, headers=headers)).status_code == 403


@pytest.mark.parametrize("path", [*COOKIE_ROUTES, "/api/v1/auth/token"])
async def test_asvs_3_5_1_nothing_changes_by_get(world: World, path: str) -> None:
    assert (await world.anonymous().get(path, headers=OURS)).status_code in (404, 405)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
async def test_asvs_3_5_1_nobody_is_signed_in_by_a_form_of_another_site(world: World, site: str) -> None:
    form = {"username": "a", "password": "b"}
    assert (await world.anonymous().post("/api/v1/auth/token", data=form, headers={"Sec-Fetch-Site": site})).status_code == 403
    assert (await world.anonymous().post("/api/v1/auth/token", data=form, headers={"Origin": "https://evil.example"})).status_code == 403


async def test_asvs_3_5_1_our_own_pages_get_through(world: World) -> None:
    assert (await world.anonymous().post("/api/v1/auth/refresh", headers=OURS)).status_code == 401
    assert (await world.anonymous().post("/api/v1/auth/sign-out", headers=OURS)).status_code == 204
    assert (await world.anonymous().post("/api/v1/auth/token", data={"username": "a", "password": "b"}, headers=OURS)).status_code == 401
