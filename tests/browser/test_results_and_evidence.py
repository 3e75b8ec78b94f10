"""A teacher's sheet comes in, a home visit is entered on a phone, an office's list finds its students."""

import re

from playwright.async_api import expect

from nuanyang.kit.clock import today
from tests.browser.conftest import Visitor, axe
from tests.factories.cases import evidence
from tests.factories.sheets import make_exam, workbook
from tests.factories.world import World


def file(content: bytes, name: str) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


async def test_a_sheet_with_errors_is_refused_and_the_corrected_one_comes_in(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    names = ["陈小明", "李小芳", "王小华"]
    pupils = [await world.student(name, room) for name in names]
    page = await visitor.sign_in(await world.account("academic_affairs"), to="/results")
    await page.get_by_role("button", name="新建考试").click()
    await page.get_by_role("dialog").get_by_label("年级").select_option("7")
    await page.get_by_role("button", name="去掉这一科").last.click()
    assert await axe(page) == []
    await page.get_by_role("button", name="建立").click()
    await expect(page.get_by_text("还没有成绩")).to_be_visible()
    await page.get_by_role("button", name="导入成绩").click()

    head = ("学号", "姓名", "语文", "数学", "班级排名")
    bad = workbook(head, *[(p.student_number, p.name, 101 if n else 90, 80, n) for n, p in enumerate(pupils)])
    await page.locator("input[type=file]").set_input_files([file(bad, "七年级期中.xlsx")])
    await expect(page.get_by_text("超过满分 100。").first).to_be_visible()
    await expect(page.get_by_text("名次不导入：不得按考试成绩排名。")).to_be_visible()
    await expect(page.get_by_role("button", name="确认导入")).to_have_count(0)
    await visitor.shot(page, "results-refused")
    assert await axe(page) == []

    good = workbook(head, *[(p.student_number, p.name, "缺考" if n == 2 else 90 - n, 0 if n == 1 else 80, n) for n, p in enumerate(pupils)])
    await page.locator("input[type=file]").set_input_files([file(good, "七年级期中.xlsx")])
    await expect(page.get_by_role("button", name="确认导入")).to_be_disabled()  # a mark of 0 wants a second look
    await page.get_by_text("已核对：标出的 0 分确为 0 分").click()
    await page.get_by_role("button", name="确认导入").click()
    await expect(page.get_by_text("表格已全部导入")).to_be_visible()
    await page.get_by_role("link", name="查看各班分布").click()
    await expect(page.get_by_text("缺考 1")).to_be_visible()
    await page.get_by_role("link", name=room.name).click()
    await expect(page.get_by_role("row", name=re.compile("王小华")).get_by_text("缺考")).to_be_visible()
    await visitor.shot(page, "results-distribution")
    assert await axe(page) == []


async def test_a_home_visit_is_entered_on_a_phone(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    await world.student("林小满", room, pinyin="linxiaoman", initials="lxm")
    page = await visitor.sign_in(await world.account(("homeroom_teacher", room)), phone=True, to="/evidence/new")
    await page.get_by_role("combobox", name="学生").fill("lxm")
    await page.get_by_role("option", name=re.compile("林小满")).wait_for()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("combobox", name="学生")).to_have_value("林小满")
    await page.get_by_label("依据类别").select_option("lack_of_companionship")
    await page.get_by_label("看到和听到的").fill("父母在外务工，每月通话一次。")
    await visitor.shot(page, "home-visit-phone")
    assert await axe(page) == []
    await page.get_by_role("button", name="登记", exact=True).click()
    await expect(page.get_by_text("林小满")).to_be_visible()
    await expect(page.get_by_text("缺少情感陪伴").first).to_be_visible()
    assert await axe(page) == []


async def test_a_list_of_an_office_enters_the_certain_and_asks_about_the_doubtful(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    await world.student("何小苗", room)
    await world.student("张小敏", room)
    await world.student("张小敏", await world.school_class(7, 4))
    page = await visitor.sign_in(await world.account("aid_officer"), to="/evidence/lists")
    content = workbook(("姓名", "类别", "班级"), ("何小苗", "低保", room.name), ("张小敏", "低保", "八(9)班"))
    await page.locator("input[type=file]").set_input_files([file(content, "低保名单.xlsx")])
    await page.get_by_role("button", name="确认导入").click()
    await expect(page.get_by_text("表格已全部导入")).to_be_visible()
    await expect(page.get_by_text("姓名相同，但没有所写班级").first).to_be_visible()
    await visitor.shot(page, "special-list")
    assert await axe(page) == []
    await page.get_by_role("button", name=re.compile("^是 张小敏")).first.click()
    await expect(page.get_by_text("已登记为认定依据")).to_be_visible()
    await expect(page.get_by_text("没有待核对的行。")).to_be_visible()


async def test_whom_a_row_means_is_asked_and_a_wrong_mark_is_corrected(visitor: Visitor, world: World) -> None:
    office, room = await world.account("academic_affairs"), await world.school_class(7, 3)
    for name in ("张小伟", "张小伟", "陈小晨"):
        await world.student(name, room)
    exam = await make_exam(await world.client(account=office), held_on=today().isoformat())
    page = await visitor.sign_in(office, to=f"/results/{exam['id']}/import")
    sheet = workbook(("期中考试成绩表",), ("姓名", "语文（120分）", "数学"), ("张小伟", 90, 91), ("陈小晨", 80, 81), ("过客甲", 1, 2))
    await page.locator("input[type=file]").set_input_files([file(sheet, "七（3）班.xlsx")])
    await expect(page.get_by_text("这些行指的是谁？")).to_be_visible()
    await page.get_by_label(re.compile("^张小伟")).select_option(index=2)
    await page.get_by_label(re.compile("^过客甲")).select_option(label="不导入这一行")
    await expect(page.get_by_text("已全部确认")).to_be_visible()
    await visitor.shot(page, "questions")
    assert await axe(page) == []
    await page.get_by_role("button", name="按确认结果重新核对").click()
    await page.get_by_role("button", name="确认导入").click()
    await expect(page.get_by_text("表格已全部导入")).to_be_visible()

    # The same sheet with another mark asks why.
    other = workbook(("姓名", "语文", "数学"), ("陈小晨", 88, 81))
    await page.locator("input[type=file]").set_input_files([file(other, "更正.xlsx")])
    await expect(page.get_by_role("button", name="确认导入")).to_be_disabled()
    await page.get_by_label("更正原因").fill("作文复评加 8 分")
    await visitor.shot(page, "reason")
    assert await axe(page) == []
    await page.get_by_role("button", name="确认导入").click()
    await expect(page.get_by_text("表格已全部导入")).to_be_visible()

    await page.get_by_role("link", name="查看各班分布").click()
    await page.get_by_role("link", name=room.name).click()
    await page.get_by_role("row", name=re.compile("陈小晨")).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("作文复评加 8 分")).to_be_visible()
    await dialog.get_by_label("数学").fill("九十")
    await dialog.get_by_label("更正原因").fill("登分时看错一行")
    await dialog.get_by_role("button", name="保存更正").click()
    await expect(dialog.get_by_text("应填分数，或缺考、缓考、免考、违纪。")).to_be_visible()
    await expect(dialog.get_by_label("数学")).to_have_attribute("aria-invalid", "true")
    visitor.problems = [problem for problem in visitor.problems if "422" not in problem]  # the refusal was asked for
    await dialog.get_by_label("数学").fill("缺考")
    await visitor.shot(page, "correct-entry")
    assert await axe(page) == []
    await dialog.get_by_role("button", name="保存更正").click()
    row = page.get_by_role("row", name=re.compile("陈小晨"))
    await expect(row.get_by_text("缺考")).to_be_visible()
    await expect(row.get_by_text("更正过")).to_be_visible()

    await page.get_by_role("button", name="更改考试").click()
    await dialog.get_by_label("满分").first.fill("150")
    await dialog.get_by_label("更改原因").fill("语文按 150 分计")
    assert await axe(page) == []
    await dialog.get_by_role("button", name="保存更改").click()
    await expect(page.get_by_text("语文 · 满分 150")).to_be_visible()
    await page.get_by_role("button", name="更改考试").click()
    await expect(dialog.get_by_text("原科目 语文 120、数学 120 A–E")).to_be_visible()
    await visitor.shot(page, "exam-changes")


async def test_a_piece_of_evidence_is_corrected_with_its_reason_on_a_phone_in_the_dark(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    student = await world.student("林小满", room)
    officer = await world.account("aid_officer")
    facts = {"income_per_head": 65_000, "household_size": 4}
    await evidence(world, student, "C1", "low_income_family", facts=facts, created_by=officer.id, note="父亲腿伤")
    page = await visitor.sign_in(officer, phone=True, dark=True, to="/evidence")
    await page.get_by_text("林小满").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="更正", exact=True).click()
    income = dialog.get_by_label(re.compile("家庭人均月收入"))
    await expect(income).to_have_value("650")
    await income.fill("720.5")
    await dialog.get_by_label("更正原因").fill("核对了工资流水")
    await visitor.shot(page, "correct-evidence-phone-dark")
    assert await axe(page) == []
    await dialog.get_by_role("button", name="保存更正").click()
    await expect(dialog).to_be_hidden()
    await page.get_by_text("林小满").click()
    await expect(dialog.get_by_text("原因：核对了工资流水")).to_be_visible()
    await expect(dialog.get_by_text("¥650")).to_be_visible()
    await visitor.shot(page, "evidence-changes-phone-dark")
    assert await axe(page) == []


async def test_attendance_in_lessons_asks_how_many_make_a_day(visitor: Visitor, world: World) -> None:
    room = await world.school_class(7, 3)
    pupil = await world.student("何小苗", room)
    page = await visitor.sign_in(await world.account("academic_affairs"), to="/attendance")
    await page.get_by_label("从", exact=True).fill(world.terms[0].starts_on.isoformat())
    sheet = workbook(("姓名", "应出勤", "旷课（节）", "迟到"), ("何小苗", 40, 14, 3))
    await page.locator("input[type=file]").set_input_files([file(sheet, "考勤.xlsx")])
    await expect(page.get_by_text("这一列按节计算，请填写每天几节课，以便折算成天。")).to_be_visible()
    await page.get_by_label("每天几节课").fill("7")
    await page.get_by_role("button", name="重新核对").click()
    await visitor.shot(page, "attendance-lessons")
    assert await axe(page) == []
    await page.get_by_role("button", name="确认导入").click()
    await expect(page.get_by_text("表格已全部导入")).to_be_visible()
    shown = (await (await world.client("principal")).get(f"/api/v1/students/{pupil.id}/attendance")).json()["periods"]
    assert [p["truancy"] for p in shown] == [2]
