"""ASVS 3.4.3: the content policy holds in a real browser; a violation anywhere fails the journey (see `visitor`)."""

from playwright.async_api import expect

from tests.browser.conftest import Visitor
from tests.factories.world import World


async def test_asvs_3_4_3_the_policy_is_enforced_and_nothing_of_ours_breaks_it(visitor: Visitor, world: World) -> None:
    account = await world.account("principal", "admin", "registrar", "moral_education")
    page = await visitor.sign_in(account)
    links = await page.get_by_role("navigation").first.get_by_role("link").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert len(links) >= 8
    for link in links:
        await page.goto(link)
        await expect(page.get_by_role("main").get_by_role("heading", level=1).first).to_be_visible()
    await page.get_by_role("button", name="我的账号").click()
    await expect(page.get_by_role("menu", name="我的账号")).to_be_visible()
    # React Aria's style element is there and in force: without the nonce it would be refused and complained about.
    styled = await page.evaluate("getComputedStyle(document.querySelector('[data-react-aria-pressable]')).touchAction")
    assert styled != "auto"
    assert visitor.problems == []


async def test_asvs_3_4_3_a_style_without_the_nonce_is_refused(visitor: Visitor, world: World) -> None:
    page = await visitor.page()
    await page.goto("/")
    await page.evaluate("document.head.append(Object.assign(document.createElement('style'), {textContent: 'body {color: red}'}))")
    await page.wait_for_function("() => true")
    assert any("policy broken: style-src-elem" in problem for problem in visitor.problems)
    visitor.problems.clear()
