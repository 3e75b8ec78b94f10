"""A student tells, at a computer that others use, and somebody answers."""

import json
import re

from playwright.async_api import Page, expect
from sqlalchemy import select

from nuanyang.casework.evidence.models import Evidence
from nuanyang.school.classes.models import ClassStaff
from tests.browser.conftest import DIST, Visitor, axe
from tests.factories.world import World

WORDS = "他当着全班说我笨，我很怕他。"


async def told(page: Page) -> None:
    """Wait until it has arrived."""
    await expect(page.get_by_role("heading", name="已经送到，谢谢你说出来")).to_be_focused()


async def test_what_is_told_about_a_teacher_is_answered_by_others_and_never_reaches_them(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    pupil, person = await world.student("林小满", room), await world.staff("张老师")
    await world.add(
        ClassStaff(
            school_id=world.school_id,
            class_id=room.id,
            staff_id=person.id,
            role="subject_teacher",
            subject="数学",
            valid_from=world.year.starts_on,
        )
    )
    teacher_account = await world.account(("homeroom_teacher", room), staff=person)
    child = await visitor.sign_in(await world.student_account(pupil), phone=True)
    await expect(child).to_have_url(re.compile("/student$"))
    assert await axe(child) == []
    await child.get_by_role("link", name="说一说").first.click()
    await child.get_by_role("button", name="功课跟不上").click()
    await child.get_by_label("半年左右").check()
    await child.get_by_label("还想说的话（可以不写）").fill(WORDS)
    await expect(child.get_by_text("班主任")).not_to_have_count(0)  # before: the homeroom teacher would read it
    await child.get_by_label("张老师").check()
    await expect(child.get_by_text("只有这些老师能看到：心理教师、德育处、分管副校长、校长")).to_be_visible()
    await visitor.shot(child, "self-report-phone")
    assert await axe(child) == []
    await child.get_by_role("button", name="送给老师").click()
    await told(child)
    await visitor.shot(child, "self-report-sent")
    assert await axe(child) == []
    async with world.session() as session:
        (piece,) = (await session.scalars(select(Evidence).where(Evidence.student_id == pupil.id))).all()
    assert (piece.data_class, piece.about_staff_id, piece.note, piece.facts) == ("protection", person.id, WORDS, {"duration_months": 6})

    teacher = await visitor.sign_in(teacher_account, to="/evidence")
    await expect(teacher.get_by_text("没有符合条件的依据")).to_be_visible()
    await teacher.goto(f"/students/{pupil.id}")
    await expect(teacher.get_by_role("heading", level=1, name="林小满")).to_be_visible()
    await expect(teacher.get_by_text(WORDS)).to_have_count(0)

    counsellor = await visitor.sign_in(await world.account("counsellor"))
    await counsellor.get_by_role("link", name=re.compile("待回应的学生自述")).click()
    await counsellor.get_by_role("button", name="林小满").click()
    dialog = counsellor.get_by_role("dialog")
    await expect(dialog.get_by_text(WORDS)).to_be_visible()
    await expect(dialog.get_by_role("button", name="更正说明")).to_have_count(0)
    await visitor.shot(counsellor, "self-report-answer")
    assert await axe(counsellor) == []
    await dialog.get_by_label("怎样回应的").fill("已约周三中午谈心")
    await dialog.get_by_role("button", name="记为已回应").click()
    await expect(counsellor.get_by_text("没有符合条件的依据")).to_be_visible()

    await child.get_by_role("link", name="回到首页").click()
    await expect(child.get_by_text("老师已在处理")).to_be_visible()
    await expect(child.get_by_text(WORDS)).to_be_hidden()  # folded: somebody may stand behind the chair
    await child.get_by_text("功课跟不上").click()
    await expect(child.get_by_text(WORDS)).to_be_visible()
    await visitor.shot(child, "self-report-heard")
    assert await axe(child) == []


async def test_at_a_shared_computer_nothing_of_one_is_left_for_the_next(visitor: Visitor, world: World) -> None:
    room = await world.school_class(8, 1)
    first, second = await world.student("周可心", room), await world.student("吴小岚", room)
    accounts = [await world.student_account(first), await world.student_account(second)]
    for account in accounts:
        await visitor.give_password(account)
    page = await visitor.sign_in(accounts[0])
    await page.get_by_role("link", name="说一说").click()
    await page.get_by_role("button", name="别的事，想找老师说说").click()
    await page.get_by_role("button", name="送给老师").click()
    await expect(page.get_by_label("想说的话")).to_have_attribute("aria-invalid", "true")
    assert await axe(page) == []
    await page.get_by_label("想说的话").fill(WORDS)
    await page.get_by_role("button", name="送给老师").click()
    await told(page)
    async with page.expect_navigation():  # signing out loads the app anew
        await page.get_by_role("button", name="退出").click()
    await expect(page.get_by_role("heading", name="登录")).to_be_visible()
    kept = await page.evaluate(
        "async () => JSON.stringify({...localStorage, ...sessionStorage, caches: await caches.keys()}) + document.body.innerText"
    )
    assert WORDS not in kept and "周可心" not in kept and accounts[0].username not in kept
    assert await page.context.cookies() == []
    await page.go_back()
    await expect(page.get_by_role("heading", name="登录")).to_be_visible()
    await expect(page.get_by_text("周可心")).to_have_count(0)

    await visitor.fill_in(page, accounts[1])
    await expect(page.get_by_role("heading", level=1, name="吴小岚，你好")).to_be_visible()
    await expect(page.get_by_text("这学年你还没有写过")).to_be_visible()


async def test_who_walks_away_is_signed_out(visitor: Visitor, world: World) -> None:
    account = await world.student_account(await world.student("郑小宁"))
    await visitor.give_password(account)
    page = await visitor.page()
    await page.clock.install()
    await page.goto("/student/tell")
    await visitor.fill_in(page, account)
    await page.get_by_role("button", name="别的事，想找老师说说").click()
    await page.get_by_label("想说的话").fill(WORDS)
    await page.clock.fast_forward("04:20")
    await expect(page.get_by_role("alert")).to_contain_text("还在吗？")
    assert await axe(page) == []
    await page.keyboard.press("Shift")
    await expect(page.get_by_role("alert")).to_have_count(0)
    await page.clock.fast_forward("05:01")
    await expect(page.get_by_role("heading", name="登录")).to_be_visible()
    await expect(page.get_by_text(WORDS)).to_have_count(0)


async def test_a_student_loads_no_code_of_the_staff(visitor: Visitor, world: World) -> None:
    page = await visitor.page(phone=True)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    account = await world.student_account(await world.student("冯小川"))
    await visitor.give_password(account)
    await page.goto("/student/tell")
    await visitor.fill_in(page, account)
    await page.get_by_role("button", name="没有人陪我").click()
    await page.get_by_label("学校里的其他人").check()
    await expect(page.get_by_role("combobox", name="是谁？")).to_be_visible()
    manifest = json.loads((DIST / ".vite" / "manifest.json").read_text())
    theirs = {chunk["file"]: key for key, chunk in manifest.items()}
    keys = {theirs[url.split("/", 3)[3]] for url in loaded if "/assets/" in url and url.split("/", 3)[3] in theirs}
    features = {key.split("/")[2] for key in keys if key.startswith("src/features/")}
    assert features == {"student-home"} and not any("workspaces/staff" in key or "shell/shell" in key for key in keys)
