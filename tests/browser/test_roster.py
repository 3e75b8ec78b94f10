"""A registrar brings in the roster, a teacher finds the students."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import text

from nuanyang.exchange.rosters.models import StudentDuplicate
from nuanyang.kit.clock import today
from tests.browser.conftest import Visitor, axe
from tests.exchange.rosters.packages import right_package, write_zip
from tests.factories.world import World

pytestmark = pytest.mark.usefixtures("worker")


async def package(world: World, path: Path, *, broken: bool = False) -> Path:
    """The right package for this world's school, or one with a dangling reference."""
    files = right_package()
    async with world.session() as session:
        code = (await session.execute(text("select code from schools where id = :id"), {"id": world.school_id})).scalar_one()
    orgs = files["orgs"]
    orgs[1][orgs[0].index("identifier")] = code
    if broken:
        enrolments = files["enrollments"]
        enrolments[1][enrolments[0].index("classSourcedId")] = "nowhere"
    return write_zip(path, files)


async def test_a_roster_is_checked_then_applied_then_found(visitor: Visitor, world: World, tmp_path: Path) -> None:
    page = await visitor.sign_in(await world.account("registrar"), to="/rosters")
    await visitor.shot(page, "rosters")
    assert await axe(page) == []
    await page.locator("input[type=file]").set_input_files(await package(world, tmp_path / "名册.zip"))
    await page.get_by_role("button", name="上传并检查").click()
    await expect(page.get_by_role("heading", name="检查通过，可以应用")).to_be_visible(timeout=60_000)
    await visitor.shot(page, "roster-checked")
    assert await axe(page) == []
    await page.get_by_role("button", name="应用导入").click()
    await expect(page.get_by_role("heading", name="已完成的变化")).to_be_visible(timeout=60_000)
    await page.goto("/students?q=ouyang")
    await expect(page.get_by_role("row", name=re.compile("欧阳娜"))).to_be_visible()
    await visitor.shot(page, "students")
    assert await axe(page) == []


async def test_a_broken_package_is_answered_with_file_line_and_column(visitor: Visitor, world: World, tmp_path: Path) -> None:
    page = await visitor.sign_in(await world.account("registrar"), to="/rosters")
    await page.locator("input[type=file]").set_input_files(await package(world, tmp_path / "名册.zip", broken=True))
    await page.get_by_role("button", name="上传并检查").click()
    finding = page.get_by_text("nowhere").first
    await expect(finding).to_be_visible(timeout=60_000)
    await expect(page.get_by_text("enrollments.csv").first).to_be_visible()
    await visitor.shot(page, "roster-broken")
    assert await axe(page) == []


async def missing(world: World, path: Path) -> Path:
    """The right package without its second pupil."""
    files = right_package()
    async with world.session() as session:
        code = (await session.execute(text("select code from schools where id = :id"), {"id": world.school_id})).scalar_one()
    files["orgs"][1][files["orgs"][0].index("identifier")] = code
    for name, place in (("users", 0), ("roles", 3), ("enrollments", 5), ("demographics", 0)):
        files[name] = [row for row in files[name] if row[place] != "s2"]
    return write_zip(path, files)


async def bring(page: Page, path: Path) -> None:
    """Upload a file and wait until it may be applied."""
    await page.goto("/rosters")
    await page.locator("input[type=file]").set_input_files(path)
    await page.get_by_role("button", name="上传并检查").click()
    await expect(page.get_by_role("heading", name="检查通过，可以应用")).to_be_visible(timeout=60_000)


IS_STILL = """() => {
  const dialog = document.querySelector("[role=dialog]"), place = dialog.getBoundingClientRect();
  let opacity = 1;
  for (let one = dialog; one; one = one.parentElement) opacity *= Number(getComputedStyle(one).opacity);
  return opacity === 1 && place.top >= 0 && place.bottom <= innerHeight + 1;
}"""


async def still(page: Page) -> None:
    """Wait until a dialog has come in: half-way it is half transparent, or below the edge of a phone."""
    async with asyncio.timeout(10):
        while not await page.evaluate(IS_STILL):
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(("phone", "dark"), [(False, False), (True, True)])
async def test_whoever_is_missing_is_confirmed_and_then_looked_for(
    visitor: Visitor, world: World, tmp_path: Path, phone: bool, dark: bool
) -> None:
    page = await visitor.sign_in(await world.account("registrar"), to="/rosters", phone=phone, dark=dark)
    await bring(page, await package(world, tmp_path / "第一次.zip"))
    await page.get_by_role("button", name="应用导入").click()
    await expect(page.get_by_role("heading", name="已完成的变化")).to_be_visible(timeout=60_000)
    await bring(page, await missing(world, tmp_path / "第二次.zip"))
    await expect(page.get_by_text("1 名在读学生不在文件里（50%）")).to_be_visible()
    await expect(page.get_by_role("button", name="应用导入")).to_be_disabled()
    assert await axe(page) == []
    await page.get_by_text("已核对，确实有这么多学生不在名册里").click()
    await visitor.shot(page, f"roster-confirm-{phone}-{dark}")
    await page.get_by_role("button", name="应用导入").click()
    await page.get_by_role("link", name="核实 1 名学生的去向").click(timeout=60_000)
    await expect(page.get_by_role("button", name="核实去向：欧阳娜")).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, f"whereabouts-{phone}-{dark}")
    await page.get_by_role("button", name="核实去向：欧阳娜").click()
    await page.get_by_label("怎样核实的").fill("家长来电，已转到外省就读")
    await still(page)
    assert await axe(page) == []
    await page.get_by_role("button", name="保存去向").click()
    await expect(page.get_by_text("没有去向待核实的学生")).to_be_visible()
    await page.goto("/rosters/whereabouts?state=resolved")
    await expect(page.get_by_text("转出　家长来电，已转到外省就读")).to_be_visible()


@pytest.mark.parametrize(("phone", "dark"), [(False, True), (True, False)])
async def test_two_records_are_merged_and_parted_again(visitor: Visitor, world: World, phone: bool, dark: bool) -> None:
    first, second = await world.student("陈一"), await world.student("陈一")
    pair = {
        "school_id": world.school_id,
        "student_id": first.id,
        "other_id": second.id,
        "reason": "same_name_and_birth",
        "found_on": today(),
    }
    await world.add(StudentDuplicate(**pair))
    page = await visitor.sign_in(await world.account("registrar"), to="/rosters/duplicates", phone=phone, dark=dark)
    await expect(page.get_by_text(f"学号 {first.student_number}")).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, f"duplicates-{phone}-{dark}")
    await page.get_by_role("button", name="合并", exact=True).click()
    await page.get_by_role("alertdialog").get_by_role("button", name="合并", exact=True).click()
    await expect(page.get_by_text("没有待确认的疑似重复")).to_be_visible()
    await page.goto("/rosters/duplicates?state=merged")
    await page.get_by_role("button", name="撤销合并").click()
    await expect(page.get_by_text("没有这个状态的记录")).to_be_visible()


async def test_a_local_sheet_is_mapped_and_read(visitor: Visitor, world: World, tmp_path: Path) -> None:
    sheet = tmp_path / "本区.csv"
    rows = [["姓名", "性别", "生辰", "学籍号", "所属班"], ["张三", "男", "20150304", "L990102201503041234", "三(1)班"]]
    sheet.write_bytes("\r\n".join(",".join(row) for row in rows).encode("gbk"))
    page = await visitor.sign_in(await world.account("registrar"), to="/rosters")
    await page.locator("input[type=file]").set_input_files(sheet)
    await page.get_by_text("只是部分学生").click()
    await page.get_by_role("button", name="上传并检查").click()
    await page.get_by_role("link", name="表头与标准学籍表不同？设置列对应后再上传。").click(timeout=60_000)
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("表里的列名").first).to_have_value("生辰")
    await dialog.get_by_label("名称").fill("本区学籍表")
    await dialog.get_by_label("对应的内容").nth(0).select_option(label="出生日期")
    await dialog.get_by_label("对应的内容").nth(1).select_option(label="班级")
    await still(page)
    assert await axe(page) == []
    await visitor.shot(page, "mapping")
    await dialog.get_by_role("button", name="保存").click()
    await page.locator("input[type=file]").set_input_files(sheet)
    await page.get_by_text("只是部分学生").click()
    await page.get_by_label("列对应", exact=True).select_option(label="本区学籍表")
    await page.get_by_role("button", name="上传并检查").click()
    await expect(page.get_by_role("heading", name="检查通过，可以应用")).to_be_visible(timeout=60_000)
    await expect(page.get_by_role("row", name=re.compile("^班级"))).to_be_visible()


async def test_findings_are_downloaded_for_the_office(visitor: Visitor, world: World, tmp_path: Path) -> None:
    page = await visitor.sign_in(await world.account("registrar"), to="/rosters")
    await page.locator("input[type=file]").set_input_files(await package(world, tmp_path / "名册.zip", broken=True))
    await page.get_by_role("button", name="上传并检查").click()
    await expect(page.get_by_text("nowhere").first).to_be_visible(timeout=60_000)
    async with page.expect_download() as pending:
        await page.get_by_role("button", name="Excel").click()
    saved = await (await pending.value).path()
    assert saved.read_bytes()[:2] == b"PK"
    async with page.expect_download() as pending:
        await page.get_by_role("button", name="CSV").click()
    saved = await (await pending.value).path()
    assert "enrollments.csv,2,classSourcedId,nowhere" in saved.read_text(encoding="utf-8-sig")
