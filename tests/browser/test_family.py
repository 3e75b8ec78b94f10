"""A guardian looks after the child, takes a copy along, and asks; the school answers, an erasure by two people."""

import re
from io import BytesIO

import pypdfium2
from playwright.async_api import Page, expect

from nuanyang.casework.interventions.models import Intervention
from nuanyang.kit.clock import now, today
from nuanyang.kit.ids import new_id
from nuanyang.school.results.models import Exam, ExamSubject, Result
from nuanyang.school.students.models import Student
from tests.browser.conftest import Visitor, axe
from tests.factories.cases import planned
from tests.factories.students import guardian
from tests.factories.world import World

FORBIDDEN = re.compile(r"弱势|贫困|差生|问题学生|后进|\bC[1-4]\b|重点")


async def looked_after(world: World, child: Student) -> None:
    """A child with a plan in force, records of it, and an exam."""
    await planned(world, child, "A1.3.small_group_tutoring")
    visit = Intervention(
        school_id=world.school_id,
        id=new_id(),
        student_id=child.id,
        kind="L1.1.home_visit",
        data_class="family",
        held_on=today(),
        minutes=40,
        form={},
        entered_on=today(),
    )
    exam = Exam(
        school_id=world.school_id, id=new_id(), term_id=world.terms[0].id, grade=7, kind="midterm", name="期中考试", held_on=today()
    )
    subject = ExamSubject(school_id=world.school_id, id=new_id(), exam_id=exam.id, subject="数学", full_marks=120)
    mark = Result(
        school_id=world.school_id,
        id=new_id(),
        exam_id=exam.id,
        exam_subject_id=subject.id,
        student_id=child.id,
        status="present",
        score=98.5,
        entered_at=now(),
    )
    await world.add(visit, exam, subject, mark)


async def clean(page: Page) -> None:
    """No barrier, no word that labels a child, no name in the tab."""
    assert await axe(page) == []
    assert not FORBIDDEN.findall(await page.locator("main").inner_text())
    assert "林" not in await page.title()


async def test_a_guardian_sees_the_child_and_takes_a_copy_along(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    child, sister = await world.student("林小满", room), await world.student("林小雨", room)
    parent = await guardian(world, child, "林国强")
    await guardian(world, sister, "林国强")
    await looked_after(world, child)
    page = await visitor.sign_in(await world.guardian_account(parent), phone=True)
    await expect(page).to_have_url(re.compile("/family$"))
    await expect(page.get_by_role("link", name="林小雨")).to_have_count(0)  # another guardian of the same name is not this one
    await visitor.shot(page, "family-home-phone")
    await clean(page)
    await page.get_by_role("link", name="林小满").click()
    await expect(page.get_by_role("heading", level=1, name="林小满")).to_be_visible()
    await expect(page.get_by_text("数学小组辅导：每周 2 次，每次 40 分钟")).to_be_visible()
    await expect(page.get_by_text("老师家访")).to_be_visible()
    await expect(page.get_by_text("98.5 分（满分 120）")).to_be_visible()
    await visitor.shot(page, "family-child-phone")
    await clean(page)
    async with page.expect_download() as started:
        await page.get_by_role("button", name="下载 PDF").click()
    download = await started.value
    assert download.suggested_filename == f"child-{today()}.pdf"
    path = await download.path()
    pages = pypdfium2.PdfDocument(BytesIO(path.read_bytes()))
    assert "林小满" in pages[0].get_textpage().get_text_range()


async def test_a_guardian_changes_the_own_telephone(visitor: Visitor, world: World) -> None:
    child = await world.student("林小满", await world.school_class(7, 3))
    page = await visitor.sign_in(await world.guardian_account(await guardian(world, child, "林国强", "13812345678")), to="/family/contact")
    await expect(page.get_by_label("手机号码")).to_have_value("13812345678")
    await page.get_by_label("手机号码").fill("打不通")
    visitor.expects(422)
    await page.get_by_role("button", name="保存").click()
    await expect(page.get_by_label("手机号码")).to_be_focused()
    await clean(page)
    await page.get_by_label("手机号码").fill("13900001111")
    await page.get_by_role("button", name="保存").click()
    await expect(page.get_by_text("已保存")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("手机号码")).to_have_value("13900001111")
    await visitor.shot(page, "family-contact")


async def test_a_request_goes_from_the_family_to_the_school_and_back(visitor: Visitor, world: World) -> None:
    child = await world.student("林小满", await world.school_class(7, 3))
    parent = await guardian(world, child, "林国强")
    family = await visitor.sign_in(await world.guardian_account(parent), phone=True, to="/family/requests")
    await expect(family.get_by_text("还没有请求")).to_be_visible()
    await family.get_by_role("button", name="提出请求").click()
    await family.get_by_label("更正").check()
    await family.get_by_label("哪一项不对").select_option("孩子的姓名")
    await family.get_by_label("正确的是").fill("林晓满")
    await visitor.shot(family, "family-ask-phone")
    await clean(family)
    await family.get_by_role("button", name="提交").click()
    await expect(family.get_by_text("还剩 15 天")).to_be_visible()
    await visitor.shot(family, "family-requests-phone")
    await clean(family)

    registrar = await visitor.sign_in(await world.account("registrar"))
    await registrar.get_by_role("link", name=re.compile("待处理的个人信息请求")).click()
    await expect(registrar.get_by_role("heading", level=1, name="个人信息请求")).to_be_visible()
    await expect(registrar.get_by_text("还剩 15 天")).to_be_visible()
    await visitor.shot(registrar, "data-requests")
    assert await axe(registrar) == []
    await registrar.get_by_role("link", name=re.compile("更正：孩子的姓名")).first.click()
    await expect(registrar.get_by_text("家长说是")).to_be_visible()
    await registrar.get_by_role("button", name="由我办理").click()
    await expect(registrar.get_by_text("处理中")).to_be_visible()
    await visitor.shot(registrar, "data-request")
    assert await axe(registrar) == []
    await registrar.get_by_role("button", name="答复", exact=True).click()
    await expect(registrar.get_by_text("已办理").first).to_be_visible()
    await family.reload()
    await expect(family.get_by_text("已按您的请求办理。")).to_be_visible()
    await expect(family.get_by_text("林晓满").first).to_be_visible()


async def test_an_erasure_takes_two_people(visitor: Visitor, world: World) -> None:
    child = await world.student("林小满", await world.school_class(7, 3))
    parent = await guardian(world, child, "林国强")
    family = await visitor.sign_in(await world.guardian_account(parent), phone=True, dark=True, to="/family/requests")
    await family.get_by_role("button", name="提出请求").click()
    await family.get_by_label("删除", exact=True).check()
    await family.get_by_label("我的工作单位、职业和住址").check()
    await family.get_by_label("成绩和考勤").check()
    await visitor.shot(family, "family-erase-dark")
    await family.get_by_role("button", name="提交").click()
    await expect(family.get_by_text("依《中小学生学籍管理办法》须保存").first).to_be_visible()

    office = await visitor.sign_in(await world.account("moral_education"), to="/data-requests?waiting=true")
    await office.get_by_role("link", name="删除").first.click()
    await office.get_by_label("依据").select_option("依法须保存")
    await office.get_by_label("理由").fill("成绩依规定须保存。")
    await office.get_by_role("button", name="提交批准").click()
    await expect(office.get_by_text("拟答复")).to_be_visible()
    await expect(office.get_by_role("button", name="批准", exact=True)).to_have_count(0)
    await visitor.shot(office, "data-request-prepared")

    principal = await visitor.sign_in(await world.account("principal"), to="/data-requests?waiting=true")
    await principal.get_by_role("link", name="删除").first.click()
    await principal.get_by_role("button", name="批准", exact=True).click()
    dialog = principal.get_by_role("alertdialog")
    await expect(dialog).to_be_visible()
    await visitor.shot(principal, "data-request-approve")
    assert await axe(principal) == []
    await dialog.get_by_role("button", name="批准").click()
    await expect(principal.get_by_text("部分办理").first).to_be_visible()
    await family.reload()
    await expect(family.get_by_text("成绩依规定须保存。")).to_be_visible()
    await expect(family.get_by_text("已删除")).to_be_visible()
    await visitor.shot(family, "family-answered-dark")
    await clean(family)
