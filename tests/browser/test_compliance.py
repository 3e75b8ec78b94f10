"""The principal looks how the programme is kept, follows a cell to its very records and waives one; a teacher records what the own week asks for."""

import csv
from datetime import timedelta
from pathlib import Path

import pypdfium2
from playwright.async_api import Page, expect

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
    await expect(week).to_contain_text("2 名学生")
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


async def test_the_year_prints_on_one_sheet_and_the_list_on_a_few(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    student = await world.student("林晓", room)
    await recognised(world, student, "C4", recognised_on=today() - timedelta(days=21))
    await in_force(world)
    await worked_out(world)
    page = await visitor.sign_in(await world.account("principal"), dark=True, to="/compliance?view=map&span=year")
    await expect(page.locator("td[data-clause='S1.2']").first).to_be_visible()
    await expect(page.get_by_text("G1.1", exact=True)).to_be_visible()  # what has no weeks is named below
    assert await axe(page) == []
    assert await sheets(page) == [(842, 595)]
    await page.get_by_role("link", name="逐条清单").click()
    await expect(page.get_by_role("row").filter(has_text="G1.1")).to_be_visible()
    listed = await sheets(page)
    assert set(listed) == {(842, 595)} and len(listed) <= 6


async def sheets(page: Page) -> list[tuple[int, int]]:
    """The sizes of the pages that the printer would get."""
    document = pypdfium2.PdfDocument(await page.pdf(prefer_css_page_size=True))
    return [(round(width), round(height)) for width, height in (one.get_size() for one in document)]


async def test_the_numbers_and_the_list_are_saved_as_files(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    student = await world.student("林晓", room)
    await recognised(world, student, "C4")
    await in_force(world, today(), only=("S1.2",), S1_2={"runs_on": "calendar_days"})
    await worked_out(world)
    page = await visitor.sign_in(await world.account("principal"), to="/compliance")
    numbers = await saved(page)
    assert numbers[0][:5] == ["编号", "条款", "牵头部门", "频次", "状态"]
    assert numbers[1][0] == "S1.2" and "林晓" not in str(numbers)
    await page.get_by_role("link", name="家校联络群与每日一对一反馈").click()
    await expect(page.get_by_role("row").filter(has_text="林晓").first).to_be_visible()
    lines = await saved(page)
    assert lines[0][:5] == ["应办日期", "宽限至", "学生", "班级", "状态"]
    assert [today().isoformat(), "林晓", "待办"] in [[line[0], line[2], line[4]] for line in lines]


async def saved(page: Page) -> list[list[str]]:
    """The rows of the CSV file that the button gives."""
    async with page.expect_download() as waiting:
        await page.get_by_role("button", name="导出 CSV").click()
    path = await (await waiting.value).path()
    return list(csv.reader(Path(path).read_text("utf-8-sig").splitlines()))


async def test_a_class_is_recorded_at_once_by_keyboard(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    for name in ("林晓", "陈晨"):
        await recognised(world, await world.student(name, room), "C4")
    await in_force(world, today(), only=("S1.2",), S1_2={"runs_on": "calendar_days"})
    teacher = await world.account(("homeroom_teacher", room))
    await worked_out(world)
    page = await visitor.sign_in(teacher, to="/")
    week = page.get_by_role("region", name="我的一周")
    await expect(week).to_contain_text("2 名学生")
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await page.keyboard.press("j")
    await expect(week.get_by_role("link", name="一次记录这 2 名学生").first).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="小组批量记录")).to_be_visible()
    for name in ("林晓", "陈晨"):
        await expect(page.get_by_role("row").filter(has_text=name)).to_be_visible()
    await page.get_by_label("反馈内容").fill("作业完成，情绪平稳")
    await page.keyboard.press("Control+Enter")
    await expect(week).to_contain_text("本周已完成 2 项")


async def test_without_a_programme_the_page_says_so(visitor: Visitor, world: World) -> None:
    page = await visitor.sign_in(await world.account("principal"), phone=True, dark=True, to="/compliance")
    await expect(page.get_by_text("这段时间没有执行中的帮扶方案")).to_be_visible()
    assert await axe(page) == []
    await page.get_by_role("link", name="查看帮扶方案").click()
    await expect(page.get_by_role("heading", name="帮扶方案")).to_be_visible()
