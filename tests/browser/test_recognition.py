"""From a proposal to a recognised student: three people, three browsers."""

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import Visitor, axe
from tests.casework.recognition.test_recognition import exams, tell
from tests.factories.world import World


async def decide(page: Page, reason: str) -> None:
    await page.get_by_role("button", name="办理评议").click()
    await page.get_by_label("理由").fill(reason)
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_text(reason)).to_be_visible()


async def test_from_a_proposal_to_a_recognised_student(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(7, 3)
    students = [
        await world.student(f"陈小{c}", school_class, pinyin=f"chenxiao{i}", initials="cx") for i, c in enumerate("明芳华强丽伟静敏")
    ]
    await exams(world, students, [[30, 45, *range(60, 66)]] * 3)
    await tell(world, students[0], "weak_method", "C2", "academic")
    await tell(world, students[3], "bullied", "C4", "family")

    affairs = await visitor.sign_in(await world.account("academic_affairs"), to="/recognitions?view=proposals")
    await affairs.get_by_role("button", name="重新计算建议").click()
    await expect(affairs.get_by_text("已重新计算 8 名学生")).to_be_visible()
    await expect(affairs.get_by_role("row", name=re.compile("陈小明"))).to_be_visible()
    await expect(affairs.get_by_role("row", name=re.compile("陈小强"))).to_have_count(0)  # C4 is not for academic affairs
    await visitor.shot(affairs, "proposals")
    assert await axe(affairs) == []

    teacher = await visitor.sign_in(await world.account(("homeroom_teacher", school_class)), to="/recognitions?view=proposals")
    await teacher.get_by_role("row", name=re.compile("陈小明")).click()
    await expect(teacher.get_by_role("dialog").get_by_text("长期处于后段且方法或动力不足")).to_be_visible()
    await visitor.shot(teacher, "proposal")
    assert await axe(teacher) == []
    await teacher.get_by_role("button", name="提交班级评议").click()
    await teacher.goto("/recognitions")
    await teacher.get_by_role("link", name="陈小明").click()
    await decide(teacher, "班级评议小组一致同意")

    head = await visitor.sign_in(await world.account(("grade_head", 7)), to="/recognitions")
    await head.get_by_role("link", name="陈小明").click()
    await decide(head, "年级审核情况属实")

    await affairs.goto("/recognitions")
    await affairs.get_by_role("link", name="陈小明").click()
    await decide(affairs, "学校审定予以认定")
    await expect(affairs.get_by_text("已认定").first).to_be_visible()
    await visitor.shot(affairs, "recognition")
    assert await axe(affairs) == []


async def test_thresholds_are_tried_before_they_are_drafted(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(7, 3)
    students = [await world.student(f"陈小{c}", school_class) for c in "明芳华强丽伟静敏丹娜"]
    await exams(world, students, [[30, 45, *range(60, 68)]] * 3)
    for student in students[:2]:
        await tell(world, student, "weak_method", "C2", "academic")
    page = await visitor.sign_in(await world.account("academic_affairs"), to="/recognition-rules")
    await page.get_by_role("textbox", name="班级后段比例").fill("0.1")
    await page.get_by_role("textbox", name="基础薄弱得分率").fill("0")
    await page.get_by_role("button", name="试算影响").click()
    await expect(page.get_by_text("共 10 名学生，1 条建议会变化。")).to_be_visible()
    await visitor.shot(page, "rules")
    assert await axe(page) == []


async def test_recognitions_on_a_phone_in_the_dark(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(7, 3)
    student = await world.student("陈小明", school_class)
    await tell(world, student, "disability", "C3", "health")
    page = await visitor.sign_in(await world.account("moral_education"), phone=True, dark=True, to="/recognitions?view=proposals")
    await page.get_by_role("button", name="重新计算建议").click()
    await expect(page.get_by_role("row", name=re.compile("陈小明"))).to_be_visible()
    await visitor.shot(page, "proposals-phone-dark")
    assert await axe(page) == []
