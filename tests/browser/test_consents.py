"""From a slip of paper to a guardian's own yes; a signed form recorded by the teacher; an order that takes the child away."""

import re
from datetime import timedelta

from playwright.async_api import Page, expect

from nuanyang.kit.clock import today
from tests.browser.conftest import DIST, Visitor, axe
from tests.factories.consents import SIGNED, born, said
from tests.factories.students import guardian
from tests.factories.world import World

CHOSEN = "纸鸢飞过青石板与河湾"


async def choose(page: Page, purpose: str, answer: str) -> None:
    """One line of the form."""
    await page.get_by_role("radiogroup", name=purpose).get_by_label(answer, exact=True).check()


async def test_a_guardian_opens_an_account_with_a_slip_and_decides(visitor: Visitor, world: World) -> None:
    assert DIST.exists()
    room = await world.school_class(7, 3)
    child = await world.student("林小满", room)
    await guardian(world, child, "林建国")
    teacher = await visitor.sign_in(await world.account(("homeroom_teacher", room)), to="/consents/activation")
    await expect(teacher.get_by_text("未激活")).to_be_visible()
    await visitor.shot(teacher, "activation")
    assert await axe(teacher) == []
    await teacher.get_by_role("button", name="生成本班激活码").click()
    await expect(teacher.get_by_role("status").filter(has_text="已生成 1 张")).to_be_visible()
    await teacher.emulate_media(media="print")
    await teacher.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    slip = teacher.locator("article.paper section").first
    await expect(slip).to_contain_text("林*满")
    await expect(slip).not_to_contain_text("林小满")
    code = re.search(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}", await slip.inner_text())
    assert code is not None
    await visitor.shot(teacher, "activation-slips")
    await teacher.evaluate("window.dispatchEvent(new Event('afterprint'))")
    await teacher.emulate_media(media="screen")
    await expect(teacher.get_by_text(re.compile("激活码至"))).to_be_visible()

    family = await visitor.page(phone=True)
    visitor.expects(409)
    await family.goto(f"/activate#{code.group()}")
    await expect(family.get_by_label("激活码")).to_have_value(code.group())
    await visitor.shot(family, "activate-phone")
    assert await axe(family) == []
    await family.get_by_label("孩子的姓名").fill("林小满")
    await family.get_by_label("孩子的出生日期").fill("2013-05-07")
    await family.get_by_label("设置密码").fill(CHOSEN)
    await family.get_by_label("再输一次密码").fill(CHOSEN)
    await family.get_by_role("button", name="激活", exact=True).click()
    await expect(family.get_by_role("alert")).to_contain_text("激活码或孩子的信息不正确")
    assert await axe(family) == []
    await family.get_by_label("孩子的出生日期").fill("2013-05-06")
    await family.get_by_role("button", name="激活", exact=True).click()
    await expect(family.get_by_role("heading", name="激活成功")).to_be_visible()
    await visitor.shot(family, "activated-phone")
    assert await axe(family) == [] and code.group() not in family.url
    await family.get_by_role("button", name="进入家长平台").click()

    await family.get_by_role("link", name="知情同意").last.click()
    await expect(family.get_by_role("heading", name=re.compile("林小满"))).to_be_visible()
    screening = family.get_by_role("article", name="心理测评")
    await expect(screening.get_by_text("等您选择")).to_be_visible()
    await expect(screening.get_by_text("测评不是诊断")).to_be_visible()
    await visitor.shot(family, "family-consents-phone")
    assert await axe(family) == []
    await screening.get_by_role("button", name="同意", exact=True).click()
    await expect(screening.get_by_text("已同意")).to_be_visible()
    await screening.get_by_role("button", name="撤回同意").click()
    await expect(screening.get_by_text("撤回后，学校不再为孩子做这一项新的工作")).to_be_visible()
    await visitor.shot(family, "family-withdraw-phone")
    assert await axe(family) == []
    await screening.get_by_role("button", name="确认撤回").click()
    await expect(screening.get_by_text("不同意", exact=True)).to_be_visible()

    await teacher.goto(f"/consents?class_id={room.id}")
    await expect(teacher.get_by_role("row", name=re.compile("林小满")).get_by_text("不同意")).to_be_visible()


async def test_a_teacher_records_a_signed_form_and_an_order_takes_the_child_away(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    child = await world.student("林小满", room)
    father, mother = await guardian(world, child, "林建国"), await guardian(world, child, "周敏", relation="mother")
    teacher = await visitor.sign_in(await world.account(("homeroom_teacher", room)), to=f"/consents?class_id={room.id}")
    await expect(teacher.get_by_text("1 人，其中 0 人已逐项答复")).to_be_visible()
    await visitor.shot(teacher, "consents")
    assert await axe(teacher) == []
    await teacher.get_by_role("link", name="林小满").click()
    await expect(teacher.get_by_role("heading", name="林小满：知情同意")).to_be_visible()
    await teacher.get_by_role("button", name="登记").click()
    dialog = teacher.get_by_role("dialog")
    visitor.expects(422)
    await dialog.get_by_label("谁作出的").select_option(label="周敏（母亲）")
    await choose(teacher, "心理测评", "同意")
    await dialog.get_by_role("button", name="登记").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("请上传签字的同意书")
    await dialog.locator("input[type=file]").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": SIGNED})
    await choose(teacher, "志愿者结对陪伴", "不同意或撤回")
    await visitor.shot(teacher, "consents-record")
    assert await axe(teacher) == []
    await dialog.get_by_role("button", name="登记").click()
    await expect(dialog).to_be_hidden()
    await expect(teacher.get_by_text(re.compile("周敏（母亲）")).first).to_be_visible()
    await expect(teacher.get_by_role("button", name="扫描件").first).to_be_visible()
    await expect(teacher.get_by_role("heading", name="监护令")).to_have_count(0)
    await visitor.shot(teacher, "consents-student")
    assert await axe(teacher) == []

    office = await visitor.sign_in(await world.account("moral_education"), to=f"/students/{child.id}/consents")
    await office.get_by_role("button", name="登记监护令").click()
    dialog = office.get_by_role("dialog")
    await dialog.get_by_label("限制哪位家长").select_option(label="林建国（父亲）")
    await dialog.get_by_label("文号与说明").fill("示范区人民法院民事裁定书")
    await visitor.shot(office, "custody-record")
    assert await axe(office) == []
    await dialog.get_by_role("button", name="登记").click()
    await expect(dialog).to_be_hidden()
    await expect(office.get_by_text("生效中")).to_be_visible()
    await visitor.shot(office, "custody-order")
    assert await axe(office) == []
    for parent, sees in ((father, False), (mother, True)):
        page = await visitor.sign_in(await world.guardian_account(parent), phone=True, dark=True, to="/family/consents")
        if sees:
            await expect(page.get_by_role("heading", name=re.compile("林小满"))).to_be_visible()
        else:
            await expect(page.get_by_text("现在没有需要您选择的事")).to_be_visible()
            await expect(page.get_by_text("林小满")).to_have_count(0)
        await visitor.shot(page, f"family-consents-dark-{sees}")
        assert await axe(page) == []


async def test_a_pupil_of_fourteen_decides_themself_on_a_phone(visitor: Visitor, world: World) -> None:
    child = await world.student("林晓", await world.school_class(8, 1), birth_on=born(14))
    await said(world, child, await guardian(world, child, "林建国"), happened_on=today() - timedelta(days=1))
    page = await visitor.sign_in(await world.student_account(child), to="/student/consents", phone=True)
    screening = page.get_by_role("article", name="心理测评")
    await expect(screening.get_by_text("已同意")).to_be_visible()
    await expect(screening.get_by_text("家长同意")).to_be_visible()
    await visitor.shot(page, "own-consents-phone")
    assert await axe(page) == []
    await screening.get_by_role("button", name="撤回同意").click()
    await expect(screening.get_by_text("老师还是会先保护你")).to_be_visible()
    assert await axe(page) == []
    await screening.get_by_role("button", name="确定撤回").click()
    await expect(screening.get_by_text("你不同意或撤回")).to_be_visible()
    pairing = page.get_by_role("article", name="志愿者结对陪伴")
    await pairing.get_by_role("button", name="我同意").click()
    await expect(pairing.get_by_text("你同意")).to_be_visible()

    office = await visitor.sign_in(await world.account("moral_education"), to=f"/students/{child.id}/consents", dark=True)
    await expect(office.get_by_text("学生本人：不同意 · 监护人：同意")).to_be_visible()
    await expect(office.get_by_text("学生平台，家长可在家长平台看到").first).to_be_visible()
    await visitor.shot(office, "student-consents-both-dark")
    assert await axe(office) == []


async def test_a_younger_pupil_reads_and_does_not_decide(visitor: Visitor, world: World) -> None:
    child = await world.student("王小雨", birth_on=born(14, day_later=True))
    page = await visitor.sign_in(await world.student_account(child), to="/student/consents", dark=True)
    await expect(page.get_by_text("你还没满十四周岁")).to_be_visible()
    await expect(page.get_by_text("家长还没有选择").first).to_be_visible()
    await expect(page.get_by_role("button", name="我同意")).to_have_count(0)
    await visitor.shot(page, "own-consents-younger-dark")
    assert await axe(page) == []
