"""A teacher is told what is due, sees it live on the page of notices, and reads it."""

from playwright.async_api import expect

from nuanyang.kit.clock import today
from tests.browser.conftest import Visitor, axe
from tests.factories.cases import recognised
from tests.factories.ledger import in_force, worked_out
from tests.factories.world import World


async def test_what_is_due_is_told_live_and_read(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    await recognised(world, await world.student("林晓", room), "C4")
    teacher = await world.account(("homeroom_teacher", room))
    page = await visitor.sign_in(teacher, to="/inbox")
    await expect(page.get_by_text("没有未读消息")).to_be_visible()
    await in_force(world, today(), only=("S1.2",), S1_2={"runs_on": "calendar_days"})
    await worked_out(world)
    await expect(page.get_by_text("S1.2：您有 1 项要办")).to_be_visible()  # by itself
    assert "林晓" not in await page.get_by_role("main").inner_text()
    await expect(page.get_by_role("link", name="消息：1 条未读")).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, "inbox")
    await page.get_by_role("button", name="标为已读", exact=True).click()
    await expect(page.get_by_text("没有未读消息")).to_be_visible()
    await page.get_by_role("button", name="全部", exact=True).click()
    await page.get_by_role("button", name="标为未读").click()
    await expect(page.get_by_role("button", name="标为已读", exact=True)).to_be_visible()
    await page.get_by_role("link", name="S1.2：您有 1 项要办").click()
    await expect(page.get_by_role("region", name="我的一周")).to_contain_text("林晓")


async def test_a_calendar_address_is_made_shown_once_and_ended(visitor: Visitor, world: World) -> None:
    page = await visitor.sign_in(await world.account("counsellor"), to="/own-account")
    card = page.get_by_role("region", name="日历订阅")
    await card.get_by_role("button", name="生成订阅地址").click()
    await expect(card.locator("code")).to_contain_text("/api/v1/calendar-feeds/")
    address = await card.locator("code").inner_text()
    assert await axe(page) == []
    await visitor.shot(page, "calendar-feed")
    answer = await page.request.get("/api" + address.partition("/api")[2])
    assert (await answer.text()).startswith("BEGIN:VCALENDAR")
    await page.reload()
    await expect(card).to_contain_text("已启用")
    await expect(card.locator("code")).to_have_count(0)
    await card.get_by_role("button", name="停用").click()
    await expect(card).to_contain_text("没有启用")
    assert (await page.request.get("/api" + address.partition("/api")[2])).status == 404
