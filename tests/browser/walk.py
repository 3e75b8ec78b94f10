"""Walking through the built web app as the demo's people, looking at each page in every size and theme."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page

from nuanyang.demo.accounts import PASSWORD
from tests.browser.conftest import AXE, TAGS, is_problem, shot

DESKTOP, PHONE = (1366, 768), (412, 915)
MOST_NODES = 1_000
# Only these rules of axe look at colours; everything else is the same page in the dark.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# At rest: the router has arrived, no query runs, nothing stands in for content.
AT_REST = """() => {
  const router = window.__TSR_ROUTER__;
  return router && router.state.status === 'idle' && router.options.context.queryClient.isFetching() === 0
    && !document.querySelector('.animate-pulse, [aria-busy=true]') && document.querySelector('h1');
}"""
# React Aria's announcer keeps a spoken line for seconds; the button it was labelled by may have gone with its page.
RUN_AXE = """([tags, rules]) => axe.run({exclude: ['[data-live-announcer]']},
  {runOnly: rules ? {type: 'rule', values: rules} : {type: 'tag', values: tags}, resultTypes: ['violations']})
  .then(({violations}) => violations.map((v) => `${v.id}: ${v.help} at ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)).join(' | ')}`))"""
# Axe does not notice an error that is not tied to its field.
UNTIED = """() => [...document.querySelectorAll('[aria-invalid=true]')].filter((field) => {
  const ids = `${field.getAttribute('aria-describedby') ?? ''} ${field.getAttribute('aria-errormessage') ?? ''}`.split(/\\s+/).filter(Boolean);
  return !ids.some((id) => document.getElementById(id)?.textContent.trim());
}).map((field) => field.outerHTML.slice(0, 160))"""
TOO_WIDE = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth
  ? [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(' | ') : null"""
# A list of its own on its page; what opens above it comes on top.
NODES = """() => document.querySelector('table[aria-rowcount]') && !document.querySelector('[role=dialog]')
  ? document.querySelectorAll('*').length : 0"""
# What watches its own size has drawn itself anew by then.
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
OPEN = "[role=dialog], [role=menu], [role=listbox]"
MOTIONLESS = "*, ::before, ::after { transition: none !important; animation: none !important; }"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a person does: presses a button or a key, types, opens a menu's line."""

    what: str
    name: str
    is_in_dialog: bool = False


@dataclass
class Walker:
    """One person at one browser window, who goes from page to page without loading the app anew."""

    page: Page
    context: BrowserContext
    problems: list[str] = field(default_factory=list)

    @classmethod
    async def open(cls, browser: Browser, address: str) -> "Walker":
        """A window in which nobody is signed in."""
        context = await browser.new_context(
            base_url=address,
            viewport={"width": DESKTOP[0], "height": DESKTOP[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        walker = cls(await context.new_page(), context)
        walker.complain()
        return walker

    @classmethod
    async def enter(cls, browser: Browser, address: str, username: str) -> "Walker":
        """Sign in by the API: the form has journeys of its own."""
        walker = await cls.open(browser, address)
        answer = await walker.context.request.post("/api/v1/auth/token", form={"username": username, "password": PASSWORD})
        assert answer.ok, await answer.text()
        await walker.context.add_init_script("localStorage.setItem('nuanyang.signed-in', 'unknown')")
        await walker.load("/")
        await walker.page.wait_for_function(AT_REST)
        return walker

    async def load(self, address: str) -> None:
        """Load the app anew, with axe beside it."""
        await self.page.goto(address)
        # An inline style would break the page's policy; a sheet made by script is none.
        await self.page.evaluate(
            "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); document.adoptedStyleSheets.push(sheet) }", MOTIONLESS
        )
        await self.page.evaluate(Path(AXE).read_text() + "\n;undefined")

    def complain(self) -> None:
        """Note every error of the page, of the console and of the network."""
        self.page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        self.page.on("console", lambda line: self.problems.append(line.text) if is_problem(line.type, line.text) else None)
        self.page.on("response", lambda answer: self.problems.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)

    async def rest(self) -> None:
        """Wait until the page has everything; before anybody is signed in there is no router to wait for."""
        if await self.page.evaluate("() => '__TSR_ROUTER__' in window"):
            await self.page.wait_for_function(AT_REST)

    async def paths(self) -> set[str]:
        """Every path of this workspace for which its router has a page."""
        found = await self.page.evaluate("() => Object.keys(window.__TSR_ROUTER__.routesByPath)")
        return {path.rstrip("/") or "/" for path in found if not path.endswith("$")}

    async def go(self, address: str) -> None:
        """Follow a link inside the app."""
        await self.page.evaluate("address => window.__TSR_ROUTER__.history.push(address)", address)
        await self.page.wait_for_function("path => location.pathname === path", arg=address.split("?", maxsplit=1)[0])
        await self.rest()

    async def do(self, step: Step) -> None:
        """Take one step towards a state of the page."""
        if step.what == "key":
            await self.page.keyboard.press(step.name)
        elif step.what == "type":
            await self.page.wait_for_function("() => document.activeElement?.matches('input')")
            await self.page.keyboard.type(step.name)
        else:
            role: Any = step.what
            # What a dialog asks comes once its code has been fetched.
            within = self.page.get_by_role("dialog").last if step.is_in_dialog else self.page
            pressed = within.get_by_role(role, name=step.name).locator("visible=true").first
            await pressed.wait_for()
            await self.rest()
            await pressed.click()
        await self.rest()

    async def leave(self) -> None:
        """Close what is open, by Escape: suggestions first, then the dialog they stand in."""
        for _ in range(3):
            if not await self.page.locator(OPEN).count():
                return
            await self.page.keyboard.press("Escape")
            await self.page.evaluate(TWO_FRAMES)
        await self.page.wait_for_function("open => !document.querySelector(open)", arg=OPEN)

    async def look(self, what: str, sizes: tuple[tuple[int, int], ...] = (PHONE, DESKTOP)) -> list[str]:
        """What is wrong with the page as it stands, on a phone and on a desktop, light and dark."""
        found: list[str] = []
        for width, height in sizes:
            await self.page.set_viewport_size({"width": width, "height": height})
            await self.page.evaluate(TWO_FRAMES)
            for scheme in ("light", "dark"):
                await self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
                violations = await self.page.evaluate(RUN_AXE, [TAGS, COLOUR_RULES if scheme == "dark" else None])
                found += [f"{what} ({width} px, {scheme}): {violation}" for violation in violations]
                await shot(self.page, f"{what.strip('/').replace('/', '.').replace(' ', '-') or 'home'}-{width}-{scheme}")
            if (width, height) == PHONE and (wide := await self.page.evaluate(TOO_WIDE)):
                found.append(f"{what}: wider than a phone: {wide}")
            if (nodes := await self.page.evaluate(NODES)) > MOST_NODES:
                found.append(f"{what} ({width} px): {nodes} nodes")
        found += [f"{what}: the error is not tied to its field: {html}" for html in await self.page.evaluate(UNTIED)]
        title = await self.page.title()
        if not title.endswith(" · 暖阳"):
            found.append(f"{what}: the tab is called {title!r}")
        return found
