"""A teacher's sheet comes in, a home visit is entered on a phone, an office's list finds its students."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Visitor, axe
from tests.factories.sheets import workbook
from tests.factories.world import World


def file(content: bytes, name: str) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


async def test_a_sheet_with_errors_is_refused_and_the_corrected_one_comes_in(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    names = ["陈小明", "李小芳", "王小华"]
    pupils = [await world.student(name, room) for name in names]
    page = await visitor.sign_in(await world.account("academic_affairs"), to="/results")
    await page.get_by_role("button", name="新建考试").click()
    await page.get_by_role("dialog").get_by_label("年级").select_option("7")
    await page.get_by_role("button", name="去掉这一科").last.click()
    assert await axe(page) == []
    await page.get_by_role("button", name="建立").click()
    await expect(page.get_by_text("还没有成绩")).to_be_visible()
    await page.get_by_role("button", name="导入成绩").click()

    head = ("学号", "姓名", "语文", "数学", "班级排名")
    bad = workbook(head, *[(p.student_number, p.name, 101 if n else 90, 80, n) for n, p in enumerate(pupils)])
    await page.locator("input[type=file]").set_input_files([file(bad, "七年级期中.xlsx")])
    await expect(page.get_by_text("超过满分 100。").first).to_be_visible()
    await expect(page.get_by_text("名次不导入：不得按考试成绩排名。")).to_be_visible()
    await expect(page.get_by_role("button", name="确认导入")).to_have_count(0)
    await visitor.shot(page, "results-refused")
    assert await axe(page) == []

    good = workbook(head, *[(p.student_number, p.name, "缺考" if n == 2 else 90 - n, 0 if n == 1 else 80, n) for n, p in enumerate(pupils)])
    await page.locator("input[type=file]").set_input_files([file(good, "七年级期中.xlsx")])
    await expect(page.get_by_role("button", name="确认导入")).to_be_disabled()  # a mark of 0 wants a second look
    await page.get_by_text("已核对：标出的 0 分确为 0 分").click()
    await page.get_by_role("button", name="确认导入").click()
    await expect(page.get_by_text("表格已全部导入")).to_be_visible()
    await page.get_by_role("link", name="查看各班分布").click()
    await expect(page.get_by_text("缺考 1")).to_be_visible()
    await page.get_by_role("link", name=room.name).click()
    await expect(page.get_by_role("row", name=re.compile("王小华")).get_by_text("缺考")).to_be_visible()
    await visitor.shot(page, "results-distribution")
    assert await axe(page) == []


async def test_a_home_visit_is_entered_on_a_phone(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    await world.student("林小满", room, pinyin="linxiaoman", initials="lxm")
    page = await visitor.sign_in(await world.account(("homeroom_teacher", room)), phone=True, to="/evidence/new")
    await page.get_by_role("combobox", name="学生").fill("lxm")
    await page.get_by_role("option", name=re.compile("林小满")).wait_for()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("combobox", name="学生")).to_have_value("林小满")
    await page.get_by_label("依据类别").select_option("lack_of_companionship")
    await page.get_by_label("看到和听到的").fill("父母在外务工，每月通话一次。")
    await visitor.shot(page, "home-visit-phone")
    assert await axe(page) == []
    await page.get_by_role("button", name="登记", exact=True).click()
    await expect(page.get_by_text("林小满")).to_be_visible()
    await expect(page.get_by_text("缺少情感陪伴").first).to_be_visible()
    assert await axe(page) == []


async def test_a_list_of_an_office_enters_the_certain_and_asks_about_the_doubtful(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    await world.student("何小苗", room)
    await world.student("张小敏", room)
    await world.student("张小敏", await world.school_class(7, 4))
    page = await visitor.sign_in(await world.account("aid_officer"), to="/evidence/lists")
    content = workbook(("姓名", "类别", "班级"), ("何小苗", "低保", room.name), ("张小敏", "低保", "八(9)班"))
    await page.locator("input[type=file]").set_input_files([file(content, "低保名单.xlsx")])
    await page.get_by_role("button", name="确认导入").click()
    await expect(page.get_by_text("表格已全部导入")).to_be_visible()
    await expect(page.get_by_text("姓名相同，但没有所写班级").first).to_be_visible()
    await visitor.shot(page, "special-list")
    assert await axe(page) == []
    await page.get_by_role("button", name=re.compile("^是 张小敏")).first.click()
    await expect(page.get_by_text("没有待核对的行。")).to_be_visible()
