"""An administrator gives people their accounts, and they come in with them."""

import csv
import io
import re
from pathlib import Path

from playwright.async_api import Page, expect

from nuanyang.school.classes.models import ClassStaff
from tests.browser.conftest import PASSWORD, Visitor, axe
from tests.factories.world import World


async def download(page: Page) -> list[dict[str, str]]:
    """The rows of the list that the dialog hands out."""
    async with page.expect_download() as started:
        await page.get_by_role("button", name="下载名单").click()
    text = Path(await (await started.value).path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


async def come_in(visitor: Visitor, username: str, first_password: str, *, phone: bool = False) -> Page:
    """Sign in with a first password and replace it."""
    page = await visitor.page(phone=phone)
    await page.goto("/")
    await page.get_by_label("账号").fill(username)
    await page.get_by_label("密码", exact=True).fill(first_password)
    await page.get_by_role("button", name="登录").click()
    await page.get_by_label("当前密码").fill(first_password)
    await page.get_by_label("新密码", exact=True).fill(PASSWORD)
    await page.get_by_label("再输一次新密码").fill(PASSWORD)
    await page.get_by_role("button", name="保存新密码").click()
    await page.get_by_role("main").get_by_role("heading", level=1).wait_for()
    return page


async def test_the_rosters_staff_get_accounts_with_their_classes(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    await world.student("林小满", room)
    teacher = await world.staff("陈静")
    await world.staff("无班老师")
    post = ClassStaff(
        school_id=world.school_id, class_id=room.id, staff_id=teacher.id, role="homeroom_teacher", valid_from=world.year.starts_on
    )
    await world.add(post)
    admin = await visitor.sign_in(await world.account("admin"), to="/accounts")
    await admin.get_by_role("button", name="为名册教职工开户").click()
    dialog = admin.get_by_role("dialog")
    await dialog.get_by_role("button", name="开始开户").click()
    await expect(dialog.get_by_role("status")).to_contain_text("已开 2 个账号")
    await visitor.shot(admin, "accounts-opened")
    assert await axe(admin) == []
    # Shown this once: neither Escape nor a stray click throws them away.
    await admin.keyboard.press("Escape")
    rows = {row["姓名"]: row for row in await download(admin)}
    assert rows["陈静"]["班级"] == room.name and rows["无班老师"]["班级"] == ""
    await dialog.get_by_role("button", name="完成").click()
    await expect(admin.get_by_role("row", name=re.compile("陈静"))).to_contain_text(f"{room.name} 班主任")
    await admin.get_by_role("button", name="为名册教职工开户").click()
    await admin.get_by_role("dialog").get_by_role("button", name="开始开户").click()
    await expect(admin.get_by_role("dialog").get_by_role("status")).to_contain_text("所有教职工都已有账号")

    page = await come_in(visitor, rows["陈静"]["账号名"], rows["陈静"]["初始密码"])
    await page.get_by_role("link", name="学生", exact=True).first.click()
    await expect(page.get_by_role("row", name=re.compile("林小满"))).to_be_visible()


async def test_a_class_gets_its_accounts_and_a_student_comes_in(visitor: Visitor, world: World) -> None:
    room = await world.school_class(8, 1)
    await world.student("周可心", room, student_number="s0801")
    await world.student("吴小岚", room, student_number="s0802")
    admin = await visitor.sign_in(await world.account("admin"), to="/accounts")
    await admin.get_by_role("button", name="为学生开户").click()
    dialog = admin.get_by_role("dialog")
    await dialog.locator("option").nth(1).wait_for(state="attached")  # the classes have come
    await admin.wait_for_load_state("networkidle")
    await dialog.get_by_role("button", name="开始开户").click()
    await expect(dialog.get_by_label("班级")).to_have_attribute("aria-invalid", "true")
    assert await axe(admin) == []
    await dialog.get_by_label("班级").select_option(label=f"{room.name}（0 / 2 人已有账号）")
    await dialog.get_by_role("button", name="开始开户").click()
    await expect(dialog.get_by_role("status")).to_contain_text("已开 2 个账号")
    await visitor.shot(admin, "student-accounts-opened")
    assert await axe(admin) == []
    first = (await download(admin))[0]
    await dialog.get_by_role("button", name="完成").click()
    await admin.get_by_role("button", name="身份").click()
    await admin.get_by_role("menuitemradio", name="学生").click()
    await admin.keyboard.press("Escape")
    await expect(admin).to_have_url(re.compile("person_kind=student"))
    await admin.get_by_role("link", name=first["姓名"]).click()
    await expect(admin.get_by_text("不能分配岗位")).to_be_visible()
    await expect(admin.get_by_role("button", name="分配岗位")).to_have_count(0)
    assert await axe(admin) == []

    child = await come_in(visitor, first["账号名"], first["初始密码"], phone=True)
    await expect(child.get_by_role("heading", level=1, name=f"{first['姓名']}，你好")).to_be_visible()


async def test_an_account_is_made_given_a_post_and_locked_out(visitor: Visitor, world: World) -> None:
    await world.school_class(7, 3)
    admin = await visitor.sign_in(await world.account("admin"), to="/accounts")
    await admin.get_by_role("button", name="新建账号").click()
    dialog = admin.get_by_role("dialog")
    await dialog.get_by_label("姓名").fill("周敏")
    taken = (await world.account("principal")).username
    await dialog.get_by_label("账号名").fill(taken)
    visitor.expects(409)
    await dialog.get_by_role("button", name="建立账号").click()
    await expect(dialog.get_by_role("alert")).to_be_visible()
    username = f"zm.{world.school_id.hex[-8:]}"
    await dialog.get_by_label("账号名").fill(username)
    await dialog.get_by_role("button", name="建立账号").click()
    password = await admin.get_by_test_id("first-password").inner_text()
    await admin.get_by_role("button", name="已记下").click()
    await admin.get_by_role("link", name="周敏").click()
    await admin.get_by_role("button", name="分配岗位").click()
    await admin.get_by_role("dialog").get_by_label("岗位").select_option("grade_head")
    await admin.get_by_role("dialog").get_by_label("年级").select_option("7")
    await admin.get_by_role("dialog").get_by_role("button", name="分配岗位").click()
    await expect(admin.get_by_text("七年级 年级组长")).to_be_visible()

    page = await come_in(visitor, username, password)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("周敏")
    await admin.get_by_role("button", name="停用").click()
    await expect(admin.get_by_text("已停用").first).to_be_visible()
    await admin.get_by_role("button", name="撤销").click()
    await expect(admin.get_by_text("待首次登录").or_(admin.get_by_text("正常"))).to_be_visible()
