"""Journeys through the built web app in headless Chromium, on a server of their own with this worker's database."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from pydantic import SecretStr

from nuanyang.access.accounts import passwords
from nuanyang.access.accounts.models import Account
from nuanyang.entrypoints.http import create_app
from nuanyang.kit.settings import PROJECT, Settings
from tests.factories.world import World

PASSWORD = "journey-password-2026"
DIST = PROJECT / "frontend" / "dist"
expect.set_options(timeout=20_000)  # a slow machine shows the same page later
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def address(settings: Settings, database_urls: tuple[str, str]) -> Iterator[str]:
    """The web app and the API on a free port; the same keys as the tests' own application."""
    with serving(settings, database_urls[0]) as served:
        yield served


@contextlib.contextmanager
def serving(settings: Settings, database_url: str) -> Iterator[str]:
    """A server of the built web app over this database, for as long as the block runs."""
    assert (DIST / "index.html").exists(), "the web app is not built: make test builds it, or run `make frontend/dist/index.html`"
    served = settings.model_copy(update={"app_database_url": SecretStr(database_url), "web_folder": DIST})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(served), host="127.0.0.1", port=port, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest_asyncio.fixture(scope="module")
async def worker(settings: Settings, database_urls: tuple[str, str]) -> AsyncIterator[None]:
    """The worker process beside the server, for journeys that wait for a job: it takes none of what other tests of this database put in the queue."""
    owner = await asyncpg.connect(database_urls[1])
    await owner.execute("update jobs set state = 'cancelled', finished_at = now() where finished_at is null")
    await owner.close()
    environment = {**os.environ, "NUANYANG_APP_DATABASE_URL": database_urls[0], "NUANYANG_VAR": str(settings.var)}
    environment.pop("DATABASE_URL", None)
    process = subprocess.Popen([sys.executable, "-m", "nuanyang.entrypoints.cli", "worker"], env=environment)
    yield
    process.terminate()
    process.wait(30)


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all journeys of this worker."""
    system = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=system, args=FLAGS)
        yield launched
        await launched.close()


class Visitor:
    """A person at a browser: signs in by the form, complains about every error of the page."""

    def __init__(self, browser: Browser, address: str, world: World) -> None:
        self.browser, self.address, self.world = browser, address, world
        self.problems: list[str] = []
        self.expected: list[str] = []
        self.contexts: list[BrowserContext] = []

    async def page(self, *, phone: bool = False, dark: bool = False) -> Page:
        """A fresh browser window; what goes wrong inside is collected in `problems`."""
        size = {"width": 412, "height": 915} if phone else {"width": 1366, "height": 768}
        context = await self.browser.new_context(
            base_url=self.address,
            viewport=size,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            color_scheme="dark" if dark else "light",
            has_touch=phone,
            # Pages are looked at, and judged, at rest.
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        self.contexts.append(context)
        await context.add_init_script(
            "document.addEventListener('securitypolicyviolation', (event) => console.error(`policy broken: ${event.violatedDirective} ${event.blockedURI}`))"
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        page.on("console", lambda message: self.hear(message.type, message.text))
        return page

    def expects(self, what: int | str) -> None:
        """Say beforehand which refusal belongs to the journey: its status, or the browser's words for it."""
        self.expected.append(f"status of {what}" if isinstance(what, int) else what)

    def hear(self, kind: str, text: str) -> None:
        """A line of the console."""
        if is_problem(kind, text) and not any(words in text for words in self.expected):
            self.problems.append(text)

    async def sign_in(self, account: Account, *, phone: bool = False, dark: bool = False, to: str = "/") -> Page:
        """Sign in through the form as this account."""
        await self.give_password(account)
        page = await self.page(phone=phone, dark=dark)
        await page.goto(to)
        await self.fill_in(page, account)
        return page

    async def fill_in(self, page: Page, account: Account) -> None:
        """Fill in the sign-in form that is there, and wait for the page behind it."""
        await page.get_by_label("账号").fill(account.username)
        await page.get_by_label("密码", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="登录").click()
        await page.get_by_role("button", name="登录").wait_for(state="hidden")
        await page.get_by_role("main").get_by_role("heading", level=1).first.wait_for()

    async def shot(self, page: Page, name: str) -> None:
        """A picture for people to look at, where NUANYANG_SHOTS names a folder."""
        await shot(page, name)

    async def give_password(self, account: Account) -> None:
        """Let the account sign in with the journeys' password."""
        async with self.world.session() as session:
            row = await session.get(Account, account.id)
            assert row is not None
            row.password_hash = await passwords.hash_password(PASSWORD)


async def sign_out(page: Page) -> None:
    """Sign out by the menu of the own account."""
    await page.get_by_role("button", name=re.compile("我的账号")).click()
    await page.get_by_role("menuitem", name="退出登录").click()


async def shot(page: Page, name: str) -> None:
    """A picture for people to look at, where NUANYANG_SHOTS names a folder."""
    folder = os.environ.get("NUANYANG_SHOTS")
    if folder:
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def is_problem(kind: str, text: str) -> bool:
    """Whether a line of the console is an error that should not be there."""
    # The first question after a fresh start is whether a session lives: its 401 is the expected answer, and Chromium reports it.
    return kind == "error" and "status of 401" not in text


@pytest_asyncio.fixture
async def visitor(browser: Browser, address: str, world: World) -> AsyncIterator[Visitor]:
    """Journeys end without a script error, a refused resource or a broken policy."""
    made = Visitor(browser, address, world)
    yield made
    for context in made.contexts:
        await context.close()
    assert made.problems == []


AXE = PROJECT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def axe(page: Page) -> list[str]:
    """Violations of WCAG 2.0–2.2 AA and axe's best practices on the page as it stands."""
    source = Path(AXE).read_text()
    await page.evaluate("scrollTo(0, 0)")  # what a bar covers half of a scrolled page is no fault of what lies below it
    await page.evaluate(source + "\n;undefined")
    # React Aria's announcer keeps a spoken line for seconds; the button it was labelled by may have gone with its page.
    run = "tags => axe.run({exclude: ['[data-live-announcer]']}, {runOnly: {type: 'tag', values: tags}})"
    found = await page.evaluate(run, TAGS)
    return [f"{v['id']}: {v['help']} at {[n['html'][:160] for n in v['nodes']][:3]}" for v in found["violations"]]
