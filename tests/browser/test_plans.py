"""Plans through the browser: typed text survives, two who save at once choose, a group is drafted and approved, papers come out whole."""

import re
from typing import Any

from playwright.async_api import Page, expect
from sqlalchemy import text

from tests.browser.conftest import Visitor, axe, sign_out
from tests.casework.plans.test_plans import submitted
from tests.factories.cases import opened, planned, recognised
from tests.factories.plans import change, completed, drafted
from tests.factories.world import World

SUBJECT = "C2.general.subject"


async def draft_of_a_homeroom_teacher(world: World) -> tuple[Any, Any, dict[str, Any]]:
    """A recognised student, the teacher's account, and their draft."""
    school_class = await world.school_class(7, 3)
    student = await world.student("李华", school_class)
    await recognised(world, student, "C2")
    account = await world.account(("homeroom_teacher", school_class), ("case_lead", student))
    return student, account, await drafted(await world.client(account=account), student)


async def typed_into(page: Page, value: str) -> None:
    """Type into the first need and wait until the draft is kept."""
    await page.get_by_label("需求").first.fill(value)
    await page.wait_for_function("value => Object.values(sessionStorage).some(kept => kept.includes(value))", arg=value)


async def test_unsaved_text_comes_back_after_a_reload_and_is_saved_then(visitor: Visitor, world: World) -> None:
    _, account, plan = await draft_of_a_homeroom_teacher(world)
    other = await world.staff("裴评估")
    page = await visitor.sign_in(account, to=f"/plans/{plan['id']}")
    await typed_into(page, "分数运算断在五年级。")
    reviewer = page.get_by_role("combobox", name="评估人")
    await reviewer.fill("裴")
    await expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.wait_for_function("() => Object.values(sessionStorage).some(kept => kept.includes('裴评估'))")
    await page.reload()
    await expect(page.get_by_text("已恢复上次没有保存的内容")).to_be_visible()
    await expect(page.get_by_label("需求").first).to_have_value("分数运算断在五年级。")
    await expect(page.get_by_role("combobox", name="评估人")).to_have_value("裴评估")
    await page.keyboard.press("Control+s")
    await expect(page.get_by_text("已保存", exact=True)).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("需求").first).to_have_value("分数运算断在五年级。")
    await expect(page.get_by_text("已恢复上次没有保存的内容")).to_have_count(0)
    saved = (await (await world.client(account=account)).get(f"/api/v1/support-plans/{plan['id']}")).json()
    assert saved["needs"][0]["statement"] == "分数运算断在五年级。" and saved["reviewer"]["id"] == str(other.id)


async def test_unsaved_text_outlives_the_session_and_leaves_with_the_sign_out(visitor: Visitor, world: World) -> None:
    _, account, plan = await draft_of_a_homeroom_teacher(world)
    page = await visitor.sign_in(account, to=f"/plans/{plan['id']}")
    await typed_into(page, "会话结束前写下的话。")
    async with world.session() as session:
        await session.execute(text("update sessions set ended_at = now() where account_id = :id"), {"id": account.id})
    world.app.state.callers._cache.clear()
    await page.reload()
    await page.get_by_label("账号").fill(account.username)
    await page.get_by_label("密码", exact=True).fill("journey-password-2026")
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_label("需求").first).to_have_value("会话结束前写下的话。")
    await page.get_by_role("button", name="放弃这些内容").click()
    await expect(page.get_by_label("需求").first).to_have_value(plan["needs"][0]["statement"])
    await typed_into(page, "留在共用电脑上的话。")
    await sign_out(page)
    await page.get_by_label("账号").wait_for()
    # Signing out loads the page anew; waiting outlives that, a single look does not.
    await page.wait_for_function("() => !Object.keys(sessionStorage).some(key => key.startsWith('nuanyang.draft'))")


async def test_two_who_save_at_once_choose_part_by_part(visitor: Visitor, world: World) -> None:
    student, account, plan = await draft_of_a_homeroom_teacher(world)
    page = await visitor.sign_in(account, to=f"/plans/{plan['id']}")
    await typed_into(page, "我写的需求。")
    counsellor = await world.client(account=await world.account("counsellor", ("case_lead", student)))
    theirs = (await counsellor.get(f"/api/v1/support-plans/{plan['id']}")).json()
    assert (await change(counsellor, theirs, summary="老师们写给家长的话。")).status_code == 200
    await page.get_by_role("button", name="保存", exact=True).click()
    dialog = page.get_by_role("dialog", name="这份内容刚被别人修改过")
    await expect(dialog.get_by_text("我写的需求。")).to_be_visible()
    await expect(dialog.get_by_text("老师们写给家长的话。")).to_be_visible()
    await visitor.shot(page, "plan-conflict")
    assert await axe(page) == []
    visitor.problems[:] = [p for p in visitor.problems if "status of 412" not in p]  # Chromium reports the refusal that is shown here
    await dialog.get_by_label("给家长的说明：采用对方的").check()
    await dialog.get_by_role("button", name="保存所选").click()
    await expect(page.get_by_text("已保存", exact=True)).to_be_visible()
    both = (await counsellor.get(f"/api/v1/support-plans/{plan['id']}")).json()
    assert (both["needs"][0]["statement"], both["summary"]) == ("我写的需求。", "老师们写给家长的话。")


async def test_what_somebody_saved_before_one_came_back_is_shown_beside_ones_own(visitor: Visitor, world: World) -> None:
    student, account, plan = await draft_of_a_homeroom_teacher(world)
    page = await visitor.sign_in(account, to=f"/plans/{plan['id']}")
    await typed_into(page, "中断之前写的。")
    counsellor = await world.client(account=await world.account("counsellor", ("case_lead", student)))
    theirs = (await counsellor.get(f"/api/v1/support-plans/{plan['id']}")).json()
    assert (await change(counsellor, theirs, summary="期间写下的。")).status_code == 200
    await page.reload()
    dialog = page.get_by_role("dialog", name="这份内容刚被别人修改过")
    await expect(dialog.get_by_text("中断之前写的。")).to_be_visible()
    await dialog.get_by_role("button", name="采用对方的", exact=True).click()
    await expect(page.get_by_label("需求").first).to_have_value(plan["needs"][0]["statement"])
    await expect(page.get_by_label("说明", exact=True)).to_have_value("期间写下的。")


async def test_a_group_is_looked_over_drafted_and_approved_by_somebody_else(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(7, 3)
    names = [f"林小{c}" for c in "一二三四"]
    for name in names:
        await recognised(world, await world.student(name, school_class), "C2")
    teacher = await world.account(("homeroom_teacher", school_class))
    page = await visitor.sign_in(teacher, to="/plans/group")
    await page.get_by_role("button", name=re.compile("单科薄弱")).click()
    await expect(page.get_by_role("heading", name="将为 4 名学生起草")).to_be_visible()
    assert await axe(page) == []
    await page.get_by_role("row", name=re.compile("林小四")).get_by_role("checkbox").click()
    await page.get_by_text("内容完整的直接提交审批").click()
    await page.get_by_role("button", name="起草 3 份计划").click()
    await expect(page.get_by_role("heading", name="起草 3 份，跳过 0 名")).to_be_visible()
    office = await visitor.sign_in(await world.account("academic_affairs"), to="/plans?view=queue")
    await expect(office.get_by_text("待审 3 份，其中 3 份可由您审批，3 份与模板一致")).to_be_visible()
    assert await axe(office) == []
    await office.get_by_role("button", name="选中与模板一致的").click()
    await office.get_by_role("button", name="批准所选 3 份").click()
    await expect(office.get_by_text("已批准 3 份计划")).to_be_visible()
    await expect(office.get_by_text("没有待审批的计划")).to_be_visible()


async def test_many_drafts_are_handed_in_together_and_say_what_is_missing(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(7, 3)
    account = await world.account(("homeroom_teacher", school_class))
    client, reviewer = await world.client(account=account), await world.staff("评估人")
    for name, template in (("写好的", SUBJECT), ("没写好的", None)):
        student = await world.student(name, school_class)
        await recognised(world, student, "C2")
        plan = await drafted(client, student, template)
        if template:
            await completed(client, plan, reviewer)
    page = await visitor.sign_in(account, to="/plans?state=draft")
    for name in ("写好的", "没写好的"):
        await page.get_by_role("row", name=re.compile(f"^选中 {name}|{name}")).last.get_by_role("checkbox").click()
    await page.get_by_role("button", name=re.compile("提交所选")).click()
    await expect(page.get_by_text("已提交 1 份计划")).to_be_visible()
    await expect(page.get_by_text("没写好的：计划还不完整")).to_be_visible()


async def test_a_file_without_a_plan_leads_to_one_for_those_who_may(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(7, 3)
    student = await world.student("李华", school_class)
    await recognised(world, student, "C2")
    await opened(world, student)
    teacher = await visitor.sign_in(await world.account(("homeroom_teacher", school_class)), to=f"/students/{student.id}")
    await expect(teacher.get_by_role("link", name="登记依据")).to_be_visible()
    await expect(teacher.get_by_role("link", name="记录帮扶").first).to_be_visible()
    await teacher.get_by_role("link", name="制定计划").first.click()
    await expect(teacher.get_by_role("heading", name="为李华制定帮扶计划")).to_be_visible()
    assert "李华" not in await teacher.title()
    await expect(teacher.get_by_role("button", name=re.compile("家庭经济困难"))).to_have_count(0)  # only what answers the recognition
    assert await axe(teacher) == []
    await teacher.get_by_role("button", name=re.compile("单科薄弱")).click()
    await teacher.get_by_role("button", name="用所选模板起草").click()
    await expect(teacher.get_by_role("heading", name="李华的帮扶计划")).to_be_visible()
    principal = await visitor.sign_in(await world.account("principal"), to=f"/students/{student.id}")
    await expect(principal.get_by_role("heading", name="认定依据")).to_be_visible()
    for name in ("制定计划", "登记依据", "记录帮扶"):
        await expect(principal.get_by_role("link", name=name)).to_have_count(0)


async def test_a_plan_in_force_shows_its_doses_and_versions(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(7, 3)
    student = await world.student("李华", school_class)
    await planned(world, student, "A1.3.small_group_tutoring", times=3, per="once", state="superseded")
    measure = await planned(world, student, "A1.3.small_group_tutoring", times=3, per="once", number=2)
    page = await visitor.sign_in(await world.account("academic_affairs"), to=f"/plans/{measure.plan_id}")
    await expect(page.get_by_text("已做 0 / 应做 3 次")).to_be_visible()
    await page.get_by_role("link", name="与本版比较").click()
    await expect(page.get_by_role("heading", name="从第 1 版到第 2 版")).to_be_visible()
    assert await axe(page) == []


async def test_papers_have_cover_contents_and_room_to_sign(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(7, 3)
    student = await world.student("李华", school_class)
    await recognised(world, student, "C2", reason="连续三次考试靠后")
    account = await world.account(("homeroom_teacher", school_class))
    client = await world.client(account=account)
    plan = await submitted(world, client, student)
    record = {
        "student_id": str(student.id),
        "kind": "L1.1.home_visit",
        "held_on": plan["starts_on"],
        "minutes": 60,
        "went": "与祖母长谈",
        "form": {"met": "grandparent"},
    }
    visit = (await client.post("/api/v1/interventions", json=record)).json()
    page = await visitor.sign_in(account, to=f"/students/{student.id}")
    papers = {
        f"/students/{student.id}": ("一生一档", "目录", "连续三次考试靠后", "填表人", "按权限未列入本件"),
        f"/plans/{plan['id']}": ("一生一策", "目录", "学业方面", "填表人", "按权限不列入本件"),
        f"/interventions/{visit['id']}": ("家访记录表", "与祖母长谈", "填表人", "单位盖章"),
    }
    for path, words in papers.items():
        await page.goto(path)
        await page.get_by_role("heading", level=1).wait_for()
        await page.wait_for_load_state("networkidle")
        await expect(page.locator(".paper")).to_have_count(0)  # on the screen it weighs nothing
        await page.emulate_media(media="print")
        paper = page.locator(".paper")
        for word in words:
            await expect(paper.get_by_text(word).first).to_be_visible()
        left = "() => [...document.querySelectorAll('header, nav')].filter(one => one.checkVisibility() && !one.closest('.paper')).length"
        assert await page.evaluate(left) == 0, path
        pages = (await page.pdf(prefer_css_page_size=True)).count(b"/Type /Page\n")
        assert (pages == 1) if "interventions" in path else (pages >= 3), (path, pages)
        await page.emulate_media(media="screen")
        await expect(paper).to_have_count(0)
