"""The frame around every page: the keyboard, a session that ends, an address that leads nowhere, signing out."""

import re

import pytest
from playwright.async_api import expect
from sqlalchemy import update

from nuanyang.access import callers
from nuanyang.access.accounts.models import Account, Session
from nuanyang.kit.clock import now
from tests.browser.conftest import PASSWORD, Visitor, axe, sign_out
from tests.factories.students import named
from tests.factories.world import World


async def test_the_keyboard_alone_finds_moves_and_opens(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    for name in ("安小北", "白小川", "陈小冬"):
        await named(world, name, room)
    page = await visitor.sign_in(await world.account("principal"))
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("searchbox", name="搜索学生、页面、操作")).to_be_focused()
    await page.keyboard.type("bxc")
    await page.keyboard.press("Enter")  # at once: before the answer is there
    await expect(page.get_by_role("heading", level=1, name="白小川")).to_be_visible()
    await page.keyboard.press("Control+k")
    await page.keyboard.type("小")
    await expect(page.get_by_role("menuitem", name=re.compile("小"))).to_have_count(3)
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem").nth(1)).to_have_attribute("data-focused", "true")
    name = await page.get_by_role("menuitem").nth(1).locator("span").first.inner_text()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    await page.keyboard.press("Control+k")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)

    await page.goto("/students")
    await expect(page.get_by_role("row", name=re.compile("陈小冬"))).to_be_visible()
    await page.keyboard.press("/")
    await expect(page.get_by_role("searchbox", name=re.compile("搜索学生"))).to_be_focused()
    await page.keyboard.type("/?")  # letters while one types are letters
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.press("Control+a")
    await page.keyboard.press("Delete")
    await page.get_by_role("row").nth(1).focus()
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("k")
    await expect(page.get_by_role("row", name=re.compile("白小川"))).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name="白小川")).to_be_visible()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.go_back()
    await page.keyboard.press("F9")
    await expect(page.locator("html")).to_have_attribute("data-projecting", "true")
    await page.keyboard.press("F9")


async def test_a_session_that_ends_asks_again_and_keeps_every_word(visitor: Visitor, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callers, "FRESH_SECONDS", 0.0)  # or the process would trust for ten seconds what it read before
    room = await world.school_class(7, 3)
    await named(world, "林小满", room)
    account = await world.account(("homeroom_teacher", room))
    page = await visitor.sign_in(account, to="/evidence/new")
    await page.get_by_role("combobox", name="学生").fill("lxm")
    await page.get_by_role("option", name=re.compile("林小满")).click()
    await page.get_by_label("依据类别").select_option("lack_of_companionship")
    await page.get_by_label("看到和听到的").fill("父母在外务工，每月通话一次。")
    async with world.session() as session:
        await session.execute(update(Session).where(Session.account_id == account.id).values(ended_at=now()))
        await session.execute(update(Account).where(Account.id == account.id).values(session_version=Account.session_version + 1))
    await page.get_by_role("button", name="登记", exact=True).click()
    await expect(page.get_by_role("heading", name="请重新登录")).to_be_visible()
    await expect(page.get_by_role("textbox", name="账号")).to_have_value(account.username)
    await expect(page.get_by_label("密码", exact=True)).to_be_focused()
    await visitor.shot(page, "session-expired")
    assert await axe(page) == []
    await page.get_by_label("密码", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")
    # The very request that was refused goes through: nothing has to be pressed again.
    await expect(page).to_have_url(re.compile(r"/evidence\?"))
    await expect(page.get_by_role("button", name="林小满")).to_be_visible()
    await expect(page.get_by_text("缺少情感陪伴").first).to_be_visible()


async def test_an_address_that_leads_nowhere_says_so_within_the_frame(visitor: Visitor, world: World) -> None:
    page = await visitor.sign_in(await world.account("principal"), to="/no/such/page")
    await expect(page.get_by_role("heading", level=1, name="找不到这个页面或记录")).to_be_visible()
    await expect(page).to_have_title(re.compile("找不到这个页面或记录"))
    await page.get_by_role("main").get_by_role("link", name="回到首页").click()
    await expect(page).to_have_url(re.compile("/$"))
    visitor.expects(404)
    await page.goto("/students/01a21059-be97-702b-9f44-bfc844bc1bbe")
    await expect(page.get_by_role("heading", level=1, name="找不到这个页面或记录")).to_be_visible()
    await page.goto("/student/tell")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("好")  # a student's address begins at one's own first page


async def test_a_page_one_may_not_see_says_why(visitor: Visitor, world: World) -> None:
    visitor.expects(403)
    page = await visitor.sign_in(await world.account("youth_league"), to="/students")
    await expect(page.get_by_text("您没有查看此内容的权限").or_(page.get_by_text("您没有进行此操作的权限")).first).to_be_visible()
    assert await axe(page) == []


async def test_a_server_out_of_reach_is_told_and_tried_again(visitor: Visitor, world: World) -> None:
    await named(world, "林小满", await world.school_class(7, 3))
    page = await visitor.sign_in(await world.account("principal"))
    visitor.expects("Failed to load resource: net::ERR")
    await page.route("**/api/v1/students**", lambda route: route.abort())
    await page.get_by_role("link", name="学生", exact=True).first.click()
    await expect(page.get_by_text("连接不上服务器")).to_be_visible(timeout=15_000)
    assert await axe(page) == []
    await page.unroute("**/api/v1/students**")
    await page.get_by_role("button", name="重试").click()
    await expect(page.get_by_role("row", name=re.compile("林小满"))).to_be_visible()


async def test_signing_out_ends_it_in_every_tab(visitor: Visitor, world: World) -> None:
    page = await visitor.sign_in(await world.account("principal"), to="/students?grade=7")
    other = await page.context.new_page()
    await other.goto("/students")
    await expect(other.get_by_role("heading", level=1, name="学生")).to_be_visible()
    await sign_out(page)
    await expect(page.get_by_role("heading", name="登录")).to_be_visible()
    await expect(page).to_have_url(re.compile(r":\d+/$"))
    await expect(other.get_by_role("heading", name="登录")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("heading", name="登录")).to_be_visible()
