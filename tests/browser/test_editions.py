"""The year's programme: drafted, a clause changed, an own measure added, handed in, approved by the principal, in force and offered."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Visitor, axe
from tests.factories.cases import recognised
from tests.factories.world import World


async def test_a_programme_from_draft_to_in_force(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7)
    teacher = await world.account(("homeroom_teacher", room), staff=await world.staff("陈静"))
    for n in range(4):
        await recognised(world, await world.student(f"学生{n}", room), "C2")
    office = await world.account("moral_education", "academic_affairs")
    page = await visitor.sign_in(office, to="/editions")
    await expect(page.get_by_text("还没有帮扶方案")).to_be_visible()
    await page.get_by_role("button", name="制定新方案").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("方案名称").fill("暖阳行动帮扶方案")
    await dialog.get_by_label("年度开始日期").fill(world.year.starts_on.isoformat())
    await dialog.get_by_role("button", name="生成草稿").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("暖阳行动帮扶方案")
    await expect(page.get_by_role("table", name="学业赋能").get_by_role("row")).to_have_count(8)
    await visitor.shot(page, "edition-draft")
    assert await axe(page) == []

    await page.get_by_role("button", name="修改 A1.3").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("频率", exact=True).fill("每周 3 次")
    await dialog.get_by_label("次数").fill("3")
    assert await axe(page) == []
    await visitor.shot(page, "edition-clause")
    await dialog.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("row", name=re.compile("A1.3"))).to_contain_text("每周 3 次")

    await page.get_by_role("button", name="增设本校措施").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("措施名称").fill("晨读陪伴")
    await dialog.get_by_label("班主任").check()
    await dialog.get_by_label("频率", exact=True).fill("每周 1 次")
    await dialog.get_by_label("记录表名称").fill("晨读陪伴记录表")
    await dialog.get_by_label("字段名称").fill("读了什么")
    await dialog.get_by_label("必填").check(force=True)
    await dialog.get_by_role("button", name="增加字段").click()
    second = dialog.get_by_role("group", name="字段 2")
    await second.get_by_label("字段名称").fill("朗读")
    await second.get_by_label("填写方式").select_option("choice")
    await second.get_by_label("选项").fill("流利\n不流利")
    assert await axe(page) == []
    await visitor.shot(page, "edition-measure")
    await dialog.get_by_role("button", name="加入草稿").click()
    await expect(page.get_by_role("row", name=re.compile("AX.1"))).to_contain_text("本校自设")

    await page.get_by_role("link", name="预览").click()
    await expect(page.get_by_text("1 人每周超过 90 分钟")).to_be_visible()
    await expect(page.get_by_role("list", name="条款变化").get_by_role("listitem")).to_have_count(2)
    await visitor.shot(page, "edition-preview")
    assert await axe(page) == []
    await page.get_by_role("link", name="暖阳行动帮扶方案").click()
    await page.get_by_role("button", name="提交校长").click()
    await expect(page.get_by_text("待批准").first).to_be_visible()
    await expect(page.get_by_role("button", name="修改 A1.3")).to_have_count(0)

    head = await visitor.sign_in(await world.account("principal"), to="/editions", phone=True, dark=True)
    await head.get_by_role("link", name="暖阳行动帮扶方案").click()
    await head.get_by_role("link", name="预览和审批").click()
    await expect(head.get_by_text("1 人每周超过 90 分钟")).to_be_visible()
    await visitor.shot(head, "edition-preview-phone")
    assert await axe(head) == []
    await head.get_by_role("button", name="批准", exact=True).click()
    await head.get_by_role("dialog").get_by_role("button", name="批准执行").click()
    await expect(head.get_by_text("执行中").first).to_be_visible()
    await visitor.shot(head, "edition-phone")
    assert await axe(head) == []

    # On paper: cover, contents, the clauses part by part, signatures; nothing of the screen.
    await page.reload()
    await expect(page.get_by_text("执行中").first).to_be_visible()
    await expect(page.get_by_role("row", name=re.compile("AX.1"))).to_be_visible()
    await page.emulate_media(media="print")
    await expect(page.locator("article.paper")).to_contain_text("晨读陪伴")
    await expect(page.locator("article.paper")).to_contain_text("单位盖章")
    await expect(page.get_by_role("button", name="打印")).to_be_hidden()
    await visitor.shot(page, "edition-print")
    assert 4 <= (await page.pdf(prefer_css_page_size=True)).count(b"/Type /Page\n") <= 16
    await page.emulate_media(media="screen")

    home = await visitor.sign_in(teacher, to="/interventions/new")
    await home.get_by_role("combobox", name="方式").fill("晨读")
    await home.get_by_role("option", name=re.compile("晨读陪伴")).click()
    await expect(home.get_by_label("读了什么")).to_be_visible()
    await expect(home.get_by_label("朗读")).to_be_visible()
