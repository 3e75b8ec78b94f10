"""A registrar brings in the roster, a teacher finds the students."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect
from sqlalchemy import text

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
