"""The list of students in the browser: every question has an address."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Visitor, axe
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
