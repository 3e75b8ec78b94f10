"""支持需求 on a student's page: the class teacher enters and ends them, who teaches a subject reads them; and the last four to confirm."""

from playwright.async_api import expect

from tests.browser.conftest import Visitor, axe, sign_out
from tests.factories.students import numbers
from tests.factories.world import World


async def test_a_class_teacher_keeps_support_needs_and_a_subject_teacher_reads_them(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    student = await world.student("陈小明", room)
    page = await visitor.sign_in(await world.account(("homeroom_teacher", room)), to=f"/students/{student.id}")
    card = page.get_by_role("region", name="支持需求")
    await expect(card.get_by_text("没有登记支持需求。")).to_be_visible()
    await card.get_by_role("button", name="登记").click()
    dialog = page.get_by_role("dialog", name="登记支持需求")
    field = dialog.get_by_label("老师怎样做")
    await field.fill("因癫痫前排就座")
    visitor.expects(422)
    await dialog.get_by_role("button", name="登记").click()
    await expect(dialog.get_by_text("不写病名或诊断：“癫痫”")).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, "support-need-refused")
    await dialog.get_by_role("button", name="前排就座").click()
    await expect(field).to_have_value("前排就座")
    await dialog.get_by_role("button", name="登记").click()
    await expect(card.get_by_text("前排就座")).to_be_visible()
    await card.get_by_role("button", name="登记").click()
    await dialog.get_by_label("老师怎样做").fill("大字卷")
    await dialog.get_by_role("button", name="登记").click()
    await expect(card.get_by_text("大字卷")).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, "support-needs")
    await card.get_by_role("button", name="修改“大字卷”").click()
    await page.get_by_role("dialog", name="修改支持需求").get_by_role("button", name="不再需要").click()
    await expect(card.get_by_text("大字卷")).to_have_count(0)
    await sign_out(page)

    reader = await visitor.sign_in(await world.account(("subject_teacher", room)), phone=True, dark=True, to=f"/students/{student.id}")
    read = reader.get_by_role("region", name="支持需求")
    await expect(read.get_by_text("前排就座")).to_be_visible()
    await expect(read.get_by_role("button")).to_have_count(0)
    assert await axe(reader) == []
    await visitor.shot(reader, "support-needs-phone-dark")


async def test_the_last_four_of_a_number_are_confirmed_and_never_shown(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    student = await world.student("陈小明", room)
    await numbers(world, student, "11010120130506001X", "G110101201305060019")
    page = await visitor.sign_in(await world.account(("homeroom_teacher", room)), to=f"/students/{student.id}")
    await page.get_by_role("button", name="核对证件号").click()
    dialog = page.get_by_role("dialog", name="核对身份证号后四位")
    for last_four, said in (("0011", "不一致"), ("001x", "一致。")):
        await dialog.get_by_label("证件上的后四位").fill(last_four)
        await dialog.get_by_role("button", name="核对").click()
        await expect(dialog.get_by_role("status").get_by_text(said)).to_be_visible()
    assert await axe(page) == []
    await visitor.shot(page, "confirm-identity")
    assert "11010120130506001X" not in await page.content()
