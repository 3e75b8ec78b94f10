"""The list of students in the browser: every question has an address."""

import re
from datetime import timedelta

from playwright.async_api import expect
from sqlalchemy import text

from nuanyang.kit.clock import now
from tests.browser.conftest import PASSWORD, Visitor, axe
from tests.factories.cases import recognised
from tests.factories.world import World


async def test_a_question_about_students_is_an_address(visitor: Visitor, world: World) -> None:
    seven, eight = await world.school_class(7, 3), await world.school_class(8, 1)
    first, second = await world.student("陈小明", seven, pinyin="chenxiaoming", initials="cxm"), await world.student("张雨", seven)
    await world.student("陈小美", eight)
    await recognised(world, first, "C2")
    await recognised(world, second, "C1")
    page = await visitor.sign_in(await world.account("moral_education"), to="/students?sort=name&level=key&grade=7&grade=99")
    await expect(page.get_by_role("link", name="陈小明")).to_be_visible()
    await expect(page.get_by_role("link", name="陈小美")).to_have_count(0)
    await expect(page).to_have_url(re.compile(r"/students\?grade=7$"))  # what the page does not know is dropped, not refused

    await page.get_by_placeholder("姓名、拼音").fill("cxm")
    await expect(page).to_have_url(re.compile(r"q=cxm"))
    await expect(page.get_by_role("link", name="张雨")).to_have_count(0)
    await page.get_by_role("button", name="类别", exact=True).click()
    await page.get_by_role("menuitemcheckbox", name="学业").click()
    await page.keyboard.press("Escape")
    await expect(page).to_have_url(re.compile(r"category=C2"))
    await page.reload()
    await expect(page.get_by_role("link", name="陈小明")).to_be_visible()
    await expect(page.get_by_text("已显示 1 / 1 条")).to_be_visible()
    assert await axe(page) == []
    await page.get_by_role("button", name="全部清除").click()
    await expect(page).to_have_url(re.compile(r"/students$"))
    await expect(page.get_by_text("已显示 3 / 3 条")).to_be_visible()


async def test_no_filter_tells_what_the_list_does_not(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(7, 3)
    student = await world.student("陈小明", school_class)
    await recognised(world, student, "C3")
    teacher = await world.account(("subject_teacher", school_class))
    page = await visitor.sign_in(teacher, phone=True, to="/students")
    await expect(page.get_by_role("link", name="陈小明")).to_be_visible()
    await expect(page.get_by_role("button", name="类别", exact=True)).to_have_count(0)
    for question in ("category=C3", "support_level=key", "case_state=recognised"):
        await page.goto(f"/students?{question}")
        await expect(page.get_by_text("您没有查看此内容的权限")).to_be_visible()
        await expect(page.get_by_role("link", name="陈小明")).to_have_count(0)
    assert await axe(page) == []
    visitor.problems = [problem for problem in visitor.problems if "403" not in problem]  # the refusals were asked for


async def test_on_a_phone_the_page_scrolls_and_back_leads_to_the_row(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(7, 3)
    for n in range(70):
        await world.student(f"学生{n:02d}", school_class, pinyin=f"xuesheng{n:02d}", initials="xs")
    page = await visitor.sign_in(await world.account("principal"), phone=True, to="/students")
    await expect(page.get_by_role("row", name=re.compile("学生00"))).to_be_visible()
    while not await page.get_by_text("已显示 70 / 70 条").is_visible():
        await page.mouse.wheel(0, 900)
        await page.wait_for_timeout(100)
    await page.mouse.wheel(0, 9_000)
    await expect(page.get_by_role("link", name="学生67")).to_be_in_viewport()
    box = page.get_by_role("table", name="学生列表").locator("xpath=..")
    assert await box.evaluate("box => box.scrollHeight - box.clientHeight") <= 1  # nothing scrolls within the page
    drawn = await page.locator("main tbody tr[data-row]").count()
    assert 10 < drawn < 40, drawn
    was = await page.evaluate("scrollY")
    await page.get_by_role("link", name="学生67").click()
    await expect(page.get_by_role("heading", level=1, name="学生67")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("row", name=re.compile("学生67"))).to_be_in_viewport()
    assert abs(await page.evaluate("scrollY") - was) < 200


async def test_a_download_asks_who_one_is_and_goes_on(visitor: Visitor, world: World) -> None:
    await world.student("陈小明", await world.school_class(7, 3))
    account = await world.account("moral_education")
    page = await visitor.sign_in(account, to="/students")
    async with world.session() as session:
        old = text("update sessions set created_at = :then, confirmed_at = null where account_id = :account")
        await session.execute(old, {"then": now() - timedelta(minutes=6), "account": account.id})
    visitor.expects(403)
    visitor.expects(422)
    await page.get_by_role("button", name="导出列表").click()
    dialog = page.get_by_role("dialog", name="下载前请确认是您本人")
    await dialog.get_by_label("您的密码").fill("不是这一把")
    await dialog.get_by_role("button", name="确认并下载").click()
    await expect(dialog.get_by_text("当前密码不正确")).to_be_visible()
    await visitor.shot(page, "confirm-download")
    assert await axe(page) == []
    await page.keyboard.press("Escape")  # who would rather not, goes on with the page
    await expect(dialog).to_have_count(0)
    await page.get_by_role("button", name="导出列表").click()
    await dialog.get_by_label("您的密码").fill(PASSWORD)
    async with page.expect_download() as started:
        await page.keyboard.press("Enter")
    assert (await (await started.value).path()).read_bytes()[:2] == b"PK"
    await expect(dialog).to_have_count(0)
    async with page.expect_download() as started:  # five minutes without asking again
        await page.get_by_role("button", name="导出列表").click()
    assert (await started.value).suggested_filename == "学生名单.xlsx"
