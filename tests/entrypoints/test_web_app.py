"""The built web app as files: which form, how long they are kept, and what is not among them."""

import gzip
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from nuanyang.entrypoints import problems
from nuanyang.entrypoints.web_app import serve_web_app


@pytest.fixture
def client(tmp_path: Path) -> httpx.AsyncClient:
    (tmp_path / "secret.txt").write_text("not for you")
    web = tmp_path / "dist"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text("<title>暖阳</title>")
    (web / "assets" / "app-1.js").write_text("plain()")
    (web / "assets" / "app-1.js.gz").write_bytes(gzip.compress(b"zipped()"))
    (web / "assets" / "app-1.js.br").write_bytes(b"not really brotli")
    (web / "theme.js").write_text("theme()")
    app = FastAPI()
    problems.install(app)
    serve_web_app(app, web)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://nuanyang.test")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", None),
        ("identity", None),
        ("gzip, deflate", "gzip"),
        ("gzip, br;q=0.9", "br"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0", None),
        ("*", None),
    ],
)
async def test_each_browser_gets_the_form_it_takes(client: httpx.AsyncClient, accepted: str, encoding: str | None) -> None:
    async with client.stream("GET", "/assets/app-1.js", headers={"Accept-Encoding": accepted}) as answer:
        assert answer.headers.get("content-encoding") == encoding
        assert answer.headers["content-type"].startswith("text/javascript") and answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        body = b"".join([chunk async for chunk in answer.aiter_raw()])
    assert {None: body, "gzip": body and gzip.decompress(body) if encoding == "gzip" else b"", "br": body}[encoding] == {
        None: b"plain()",
        "gzip": b"zipped()",
        "br": b"not really brotli",
    }[encoding]


async def test_a_page_is_the_app_and_what_is_not_there_is_not_found(client: httpx.AsyncClient) -> None:
    page = await client.get("/students/42")
    assert "暖阳" in page.text and page.headers["cache-control"] == "no-store"
    assert (await client.get("/theme.js")).headers["cache-control"] == "no-cache"
    assert (await client.get("/assets/app-0.js")).status_code == 404
    assert (await client.get("/api/v1/nothing")).status_code == 404
    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"):
        assert "not for you" not in (await client.get(path)).text
