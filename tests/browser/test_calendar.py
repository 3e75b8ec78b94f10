"""The office looks at the school year, closes a day for a storm, takes it back, and enters an exam week and a phase."""

from playwright.async_api import expect

from tests.browser.conftest import Visitor, axe
from tests.factories.world import World


async def test_the_office_keeps_the_calendar(visitor: Visitor, world: World) -> None:
    office = await world.account("academic_affairs", staff=await world.staff("周正"))
    page = await visitor.sign_in(office, to="/calendar?year=2026")
    await expect(page.get_by_role("heading", name="校历")).to_be_visible()
    await expect(page.get_by_role("table")).to_have_count(12)
    await expect(page.get_by_text("2027年的放假和调休安排还没有收录")).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, "calendar")

    national = page.get_by_role("button", name="国庆节放假").first
    await national.focus()
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("[data-day='2026-09-23']")).to_be_focused()
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("上课，工作日，第4周")
    await dialog.get_by_role("button", name="保存").click()
    await expect(dialog.get_by_label("名称")).to_have_attribute("aria-invalid", "true")
    await dialog.get_by_label("名称").fill("台风停课")
    await dialog.get_by_label("原因").fill("市教育局通知")
    assert await axe(page) == []
    await dialog.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("region", name="本校调整的日子")).to_contain_text("市教育局通知")
    await expect(page.locator("[data-day='2026-09-23']")).to_have_accessible_name("2026年9月23日，不上课，学校安排不上课：台风停课，第4周")

    await page.locator("[data-day='2026-09-23']").click()
    await page.get_by_role("dialog").get_by_role("button", name="撤销调整").click()
    await expect(page.get_by_role("region", name="本校调整的日子")).to_have_count(0)
    await page.get_by_role("button", name="撤销", exact=True).click()
    await expect(page.get_by_role("region", name="本校调整的日子")).to_contain_text("台风停课")

    await page.get_by_role("button", name="新增时段").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("名称").fill("期中考试周")
    await dialog.get_by_label("开始日期").fill("2026-11-09")
    await dialog.get_by_label("结束日期").fill("2026-11-13")
    await dialog.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("listitem").filter(has_text="期中考试周")).to_be_visible()

    await page.get_by_role("link", name="2026年11月").click()
    await expect(page.get_by_role("table")).to_have_count(1)
    await expect(page.locator("[data-day='2026-11-10']")).to_have_accessible_name("2026年11月10日，上课，工作日，第11周，考试周")
    await visitor.shot(page, "calendar-month")
    assert await axe(page) == []


async def test_who_does_not_keep_it_reads_it(visitor: Visitor, world: World) -> None:
    page = await visitor.sign_in(await world.account("subject_teacher"), to="/calendar?month=2026-10")
    await expect(page.get_by_role("cell", name="2026年10月10日，上课，国庆节调休上班")).to_be_visible()
    await expect(page.get_by_role("button", name="新增时段")).to_have_count(0)
    await page.set_viewport_size({"width": 390, "height": 844})
    await visitor.shot(page, "calendar-phone")
    assert await axe(page) == []
