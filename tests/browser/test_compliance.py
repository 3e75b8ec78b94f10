"""The principal looks how the programme is kept, follows a cell to its very records and waives one; a teacher records what the own week asks for."""

from datetime import timedelta

from playwright.async_api import expect

from nuanyang.kit.clock import today
from tests.browser.conftest import Visitor, axe
from tests.factories.cases import recognised
from tests.factories.ledger import did, in_force, worked_out
from tests.factories.world import World


async def test_from_a_clause_to_its_records_and_a_waiver(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    student, other = await world.student("林晓", room), await world.student("陈晨", room)
    weeks_ago = today() - timedelta(days=21)
    for one in (student, other):
        await recognised(world, one, "C4", recognised_on=weeks_ago)
    await in_force(world)
    for back in range(21, 0, -1):
        await did(world, student, "S1.2.daily_feedback", held_on=today() - timedelta(days=back))
    await worked_out(world)

    page = await visitor.sign_in(await world.account("principal"), to="/compliance")
    await expect(page.get_by_role("heading", name="落实情况")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="家校联络群与每日一对一反馈")
    await expect(row).to_contain_text("未落实")
    await expect(page.get_by_role("row").filter(has_text="S3.3")).to_contain_text("尚未接入记录")
    assert await axe(page) == []
    await visitor.shot(page, "compliance")

    await page.get_by_role("link", name="逐周热图").click()
    cells = page.locator("td[data-clause='S1.2']")
    await expect(cells.first).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, "compliance-map")
    await page.get_by_role("link", name="S1.2").focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await expect(cells.nth(1)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="S1.2")).to_be_visible()
    await expect(page.get_by_role("link", name="帮扶记录").last).to_be_visible()
    missed = page.get_by_role("row").filter(has_text="未办").filter(has_text="陈晨").first
    await expect(missed).to_be_visible()
    await missed.get_by_role("button", name="免办").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("免办原因").fill("学生住院，家长在院陪护")
    assert await axe(page) == []
    await dialog.get_by_role("button", name="免办").click()
    waived = page.get_by_role("row").filter(has_text="学生住院")
    await expect(waived).to_contain_text("免办")
    await visitor.shot(page, "compliance-clause")
    await page.get_by_role("button", name="撤销", exact=True).click()
    await expect(waived).to_have_count(0)


async def test_a_teacher_records_what_the_week_asks_for(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    student, other = await world.student("林晓", room), await world.student("陈晨", room)
    for one in (student, other):
        await recognised(world, one, "C4")
    # Owed on every day of the week, so that there is something today, whatever the day.
    await in_force(world, today(), only=("S1.2",), S1_2={"runs_on": "calendar_days"})
    teacher = await world.account(("homeroom_teacher", room))
    await worked_out(world)
    page = await visitor.sign_in(teacher, to="/")
    week = page.get_by_role("region", name="我的一周")
    await expect(week).to_contain_text("家校一对一反馈")
    await expect(week).to_contain_text("2 项")
    await week.get_by_text("展开").click()
    await expect(week.get_by_text("林晓")).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, "my-week")
    await page.set_viewport_size({"width": 390, "height": 844})
    await visitor.shot(page, "my-week-phone")
    assert await axe(page) == []
    await week.get_by_role("link", name="记录：家校一对一反馈 林晓").click()
    await expect(page.get_by_role("heading", name="记录帮扶")).to_be_visible()
    await expect(page.get_by_text("林晓").first).to_be_visible()
    await expect(page.get_by_role("combobox", name="方式")).to_have_value("家校一对一反馈")
    await did(world, student, "S1.2.daily_feedback")
    await page.goto(page.url.split("/interventions")[0] + "/")
    await expect(week).to_contain_text("陈晨")
    await expect(week).not_to_contain_text("林晓")
