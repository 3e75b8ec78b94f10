"""The principal sees what falls due, holds one student's data back, and has the rest erased; a second person approves another term."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from nuanyang.kit.clock import today
from nuanyang.school.students.models import StudentContact, StudentFamily
from tests.browser.conftest import Visitor, axe
from tests.factories.world import World


async def leaver(world: World, name: str) -> None:
    student = await world.student(name, status="graduated", status_on=today() - timedelta(days=500))
    key = {"school_id": world.school_id, "id": student.id}
    await world.add(StudentContact(**key, phone="13900002222", address="幸福路 1 号"), StudentFamily(**key, single_parent=True))


@pytest.mark.usefixtures("worker")
async def test_what_is_due_is_shown_held_back_and_erased(visitor: Visitor, world: World) -> None:
    await leaver(world, "沈书言")
    await leaver(world, "罗一诺")
    principal = await world.account("principal", staff=await world.staff("周正"))
    page = await visitor.sign_in(principal, to="/retention")
    await expect(page.get_by_text("还没有预演过")).to_be_visible()
    await page.get_by_role("button", name="重新预演").click()
    table = page.get_by_role("table", name="按类别统计的到期信息")
    await expect(table.get_by_role("row", name="联系方式")).to_contain_text("2", timeout=60_000)
    await page.get_by_role("button", name="查看学生名单").click()
    await expect(page.get_by_role("list", name="学生名单").get_by_role("listitem")).to_have_count(2)
    await visitor.shot(page, "retention")
    assert await axe(page) == []

    await page.get_by_role("button", name="设置保全").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("combobox", name="学生").fill("罗一诺")
    await page.get_by_role("option", name="罗一诺").click()
    await dialog.get_by_label("原因").fill("法院来函要求保全")
    await dialog.get_by_role("button", name="设置保全").click()
    await expect(page.get_by_text("保全中")).to_be_visible()

    await page.get_by_role("button", name="现在处理").click()
    await page.get_by_role("button", name="删除到期信息").click()
    report = page.get_by_role("region", name="处理报告")
    await expect(report.get_by_text("处理 1 名学生，结案 0 份；法律保全未处理 1 名")).to_be_visible(timeout=60_000)
    await expect(report).to_contain_text("周正")
    await visitor.shot(page, "retention-done")
    assert await axe(page) == []


async def test_another_term_takes_a_second_person(visitor: Visitor, world: World) -> None:
    page = await visitor.sign_in(await world.account("admin"), to="/retention")
    await page.get_by_role("button", name="调整家庭经济的保存期限").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("保存年数").fill("8")
    await dialog.get_by_label("原因").fill("上级资助检查要求")
    await dialog.get_by_role("button", name="提交审核").click()
    await expect(page.get_by_text("待审核：离校满 8 年后删除")).to_be_visible()
    await expect(page.get_by_role("button", name="同意")).to_have_count(0)
    # The administrator sees counts and terms, and nobody's name.
    await expect(page.get_by_role("region", name="法律保全")).to_have_count(0)
    other = await visitor.sign_in(await world.account("moral_education"), to="/retention", phone=True, dark=True)
    await other.get_by_role("button", name="同意", exact=True).click()
    await expect(other.get_by_text("离校满 8 年后删除")).to_be_visible()
    await expect(other.get_by_text("待审核")).to_have_count(0)
    await visitor.shot(other, "retention-phone")
    told = other.get_by_text("新的期限已生效")
    await expect(told).to_be_visible()
    await expect(told).to_have_count(0)  # a passing notice lies over the button below it
    assert await axe(other) == []
