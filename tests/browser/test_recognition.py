"""From a proposal to a recognised student: three people, three browsers."""

import re
from datetime import timedelta

from playwright.async_api import Page, expect

from nuanyang.kit.ids import new_id
from nuanyang.school.years.models import SchoolYear
from tests.browser.conftest import Visitor, axe
from tests.casework.recognition.test_recognition import exams, tell
from tests.factories.cases import recognised
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
    await tell(world, students[3], "family_conflict", "C4", "family")

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
    await teacher.get_by_role("button", name="提交评议").click()
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
    students = [await world.student(f"陈小{c}", school_class, sex="female" if c in "丹娜" else "male") for c in "明芳华强丽伟静敏丹娜"]
    await exams(world, students, [[30, 45, *range(60, 68)]] * 3)
    for student in students[:2]:
        await tell(world, student, "weak_method", "C2", "academic")
    page = await visitor.sign_in(await world.account("academic_affairs"), to="/recognition-rules")
    await page.get_by_role("textbox", name="班级后段比例").fill("0.1")
    await page.get_by_role("textbox", name="基础薄弱得分率").fill("0")
    await page.get_by_role("button", name="试算影响").click()
    await expect(page.get_by_text("共 10 名学生，1 条建议会变化。")).to_be_visible()
    by_class = page.get_by_role("table", name="按班级").get_by_role("row", name=re.compile(re.escape(school_class.name)))
    await expect(by_class).to_contain_text("20%")
    small = page.get_by_role("table", name="按性别").get_by_role("row", name=re.compile("女"))
    await expect(small).to_contain_text("—")  # two girls are too few for a share
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


async def test_a_no_to_a_proposal_is_found_again_with_its_reason(visitor: Visitor, world: World) -> None:
    student = await world.student("陈小明", await world.school_class(7, 3))
    await tell(world, student, "chronic_illness", "C3", "health")
    page = await visitor.sign_in(await world.account("moral_education"), to="/recognitions?view=proposals")
    await page.get_by_role("button", name="重新计算建议").click()
    await page.get_by_role("row", name=re.compile("陈小明")).click()
    await page.get_by_role("button", name="搁置…").click()
    await page.get_by_label("搁置理由").fill("病情已痊愈，不影响学习")
    await page.get_by_role("button", name="搁置建议").click()
    await expect(page.get_by_text("没有待处理的系统建议")).to_be_visible()
    await page.goto("/recognitions?view=proposals&set_aside=true")
    await expect(page.get_by_role("row", name=re.compile("病情已痊愈"))).to_be_visible()
    await visitor.shot(page, "set-aside")
    assert await axe(page) == []


async def test_what_lapsed_with_the_school_year_is_reviewed_anew(visitor: Visitor, world: World) -> None:
    student = await world.student("陈小明", await world.school_class(7, 3))
    begun, ended = world.year.starts_on - timedelta(days=365), world.year.starts_on - timedelta(days=1)
    before = SchoolYear(school_id=world.school_id, id=new_id(), name="上一学年", starts_on=begun, ends_on=ended)
    await world.add(before)
    await recognised(world, student, "C2", school_year_id=before.id, recognised_on=begun, valid_to=ended)
    page = await visitor.sign_in(await world.account("academic_affairs"))
    await page.get_by_role("link", name=re.compile("已到期、待重新评议的认定")).click()
    await page.get_by_role("link", name="陈小明").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("陈小明")
    await expect(page.get_by_text("已到期")).to_be_visible()
    await expect(page.get_by_role("button", name="退出帮扶")).to_have_count(0)
    await visitor.shot(page, "lapsed")
    assert await axe(page) == []
    await page.get_by_role("button", name="本学年重新评议").click()
    await page.get_by_label("理由").fill("上学年认定到期，数学仍明显落后")
    await page.get_by_role("button", name="提交评议").click()
    await expect(page.get_by_text("班级评议").first).to_be_visible()
    await expect(page.get_by_text("人工提名", exact=True)).to_be_visible()


async def test_a_matter_of_wellbeing_is_opened_for_the_school_alone(visitor: Visitor, world: World) -> None:
    student = await world.student("陈小明", await world.school_class(7, 3))
    page = await visitor.sign_in(await world.account("counsellor"), phone=True, to=f"/recognitions/new/{student.id}?category=C3")
    await expect(page.get_by_text("心理关注：只由学校审定，班级和年级不知情。")).to_be_visible()
    await page.get_by_label("理由").fill("持续情绪低落，已谈话三次")
    await visitor.shot(page, "wellbeing-phone")
    assert await axe(page) == []
    await page.get_by_role("button", name="提交评议").click()
    await page.wait_for_url(re.compile("/recognitions/(?!new)"))
    await expect(page.get_by_text("心理关注：只由学校审定")).to_be_visible()
    await expect(page.get_by_text("学校审定").first).to_be_visible()
