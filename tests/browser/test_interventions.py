"""The student's file on one page, and a group session entered with the keyboard alone."""

import time

from playwright.async_api import expect
from sqlalchemy import select

from nuanyang.casework.interventions.models import Intervention
from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from tests.browser.conftest import Visitor, axe
from tests.factories.cases import evidence, noted, opened, planned, recognised
from tests.factories.world import World

TUTORING = "A1.3.small_group_tutoring"
GIVEN = "一二三四五六七八九十甲乙"


async def test_a_group_of_twelve_is_entered_by_keyboard_in_half_a_minute(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(7, 3)
    for n, character in enumerate(GIVEN):
        student = await world.student(f"林小{character}", school_class, pinyin=f"linxiao{n:02d}", initials=f"lx{n:02d}")
        await planned(world, student, TUTORING)
    teacher = await visitor.sign_in(await world.account(("homeroom_teacher", school_class)), to="/interventions/session")
    keys = teacher.keyboard
    kind = teacher.get_by_role("combobox", name="方式")
    await kind.focus()
    began = time.monotonic()
    await kind.press_sequentially("小组辅导")
    await expect(teacher.get_by_role("option").first).to_contain_text("小组辅导")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(teacher.get_by_role("rowheader")).to_have_count(12)
    await teacher.get_by_label("学科").focus()
    await keys.type("数学")
    await keys.press("Tab")
    await keys.type("分数加减法")
    await teacher.get_by_label("林小三的出席").focus()
    await keys.press("5")  # missing
    await keys.press("ArrowDown")
    await keys.press("4")  # excused
    await teacher.get_by_label("林小一的情况记录").focus()
    await keys.type("掌握较好")
    await keys.press("Control+d")
    await visitor.shot(teacher, "group-session")
    await keys.press("Control+Enter")
    await expect(teacher.get_by_text("已记录 12 名学生")).to_be_visible()
    took = time.monotonic() - began
    await expect(teacher.get_by_role("row")).to_have_count(13, timeout=20_000)
    assert took < 30, f"{took:.1f} s"
    async with world.session() as session:
        rows = (await session.scalars(select(Intervention).where(Intervention.school_id == world.school_id))).all()
    assert sorted(row.attendance for row in rows) == ["absent", "excused", *["present"] * 10]
    assert len({row.session_id for row in rows}) == 1 and all(row.plan_measure_id for row in rows)


async def test_the_file_is_one_page_free_of_barriers(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(8, 1)
    student = await world.student("欧阳思远", school_class)
    await recognised(world, student, "C2", reason="连续三次考试靠后")
    await evidence(world, student)
    await opened(world, student)
    await noted(world, student, "academic")
    measure = await planned(world, student, TUTORING, achieved="partly")
    record = Intervention(
        school_id=world.school_id,
        id=new_id(),
        student_id=student.id,
        kind=TUTORING,
        data_class="academic",
        plan_measure_id=measure.id,
        held_on=today(),
        minutes=40,
        went="分数加减法已掌握",
        form={"subject": "数学", "topic": "分数"},
        entered_on=today(),
    )
    await world.add(record)
    for phone, dark in ((False, False), (True, True)):
        office = await visitor.sign_in(await world.account("academic_affairs"), phone=phone, dark=dark, to=f"/students/{student.id}")
        for part in ("帮扶计划", "帮扶记录", "学业成绩", "认定情况", "认定依据", "四维雷达", "时间线"):
            await expect(office.get_by_role("heading", name=part, exact=True)).to_be_visible()
        await expect(office.get_by_text("分数加减法已掌握")).to_be_visible()
        await expect(office.get_by_text("此部分对您不可见")).to_contain_text("家庭经济")
        assert "欧阳" not in await office.title()
        assert await axe(office) == []
        for path in (
            "/interventions",
            f"/interventions/{record.id}",
            f"/interventions/new?student={student.id}&kind={TUTORING}",
            f"/interventions/session?kind={TUTORING}",
        ):
            await office.goto(path)
            await office.get_by_role("heading", level=1).wait_for()
            await office.wait_for_load_state("networkidle")
            assert await axe(office) == [], path
        await visitor.shot(office, "record-form")


async def test_a_correction_shows_what_was_there(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(8, 1)
    student = await world.student("欧阳思远", school_class)
    account = await world.account(("homeroom_teacher", school_class))
    client = await world.client(account=account)
    body = {
        "student_id": str(student.id),
        "kind": "I2.2.talk",
        "held_on": today().isoformat(),
        "minutes": 20,
        "went": "愿意参加社团",
        "form": {"topic": "study"},
    }
    row = (await client.post("/api/v1/interventions", json=body)).json()
    teacher = await visitor.sign_in(account, to=f"/interventions/{row['id']}")
    await teacher.get_by_role("button", name="更正").click()
    await teacher.get_by_label("情况记录").fill("愿意参加篮球社")
    await expect(teacher.get_by_text("原为：愿意参加社团")).to_be_visible()
    assert await axe(teacher) == []
    await teacher.get_by_label("更正理由").fill("社团名称写全")
    await teacher.get_by_role("button", name="保存更正").click()
    await expect(teacher.get_by_text("理由：社团名称写全")).to_be_visible()
    await expect(teacher.get_by_role("textbox", name="情况记录")).to_have_count(0)
    await expect(teacher.get_by_text("愿意参加社团")).to_be_visible()
    await expect(teacher.get_by_text("愿意参加篮球社")).to_be_visible()


async def test_a_half_written_record_and_a_half_filled_grid_come_back(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(8, 1)
    student = await world.student("欧阳思远", school_class)
    await planned(world, student, TUTORING)
    teacher = await visitor.sign_in(
        await world.account(("homeroom_teacher", school_class)), to=f"/interventions/new?student={student.id}&kind={TUTORING}"
    )
    kept = "value => Object.values(sessionStorage).some(kept => kept.includes(value))"
    await teacher.get_by_label("情况记录").fill("写到一半")
    await teacher.get_by_label("时长（分钟）").fill("35")
    await teacher.wait_for_function(kept, arg="写到一半")
    await teacher.wait_for_function(kept, arg='"minutes":35')
    await teacher.reload()
    await expect(teacher.get_by_text("已恢复上次没有保存的内容")).to_be_visible()
    await expect(teacher.get_by_label("情况记录")).to_have_value("写到一半")
    await expect(teacher.get_by_label("时长（分钟）")).to_have_value("35")
    await teacher.goto(f"/interventions/session?kind={TUTORING}")
    await teacher.get_by_label("欧阳思远的情况记录").fill("掌握较好")
    await teacher.wait_for_function(kept, arg="掌握较好")
    await teacher.reload()
    await expect(teacher.get_by_label("欧阳思远的情况记录")).to_have_value("掌握较好")
    await teacher.get_by_role("button", name="放弃这些内容").click()
    await expect(teacher.get_by_text("已恢复上次没有保存的内容")).to_have_count(0)


async def test_two_who_correct_at_once_see_both(visitor: Visitor, world: World) -> None:
    school_class = await world.school_class(8, 1)
    student = await world.student("欧阳思远", school_class)
    account = await world.account(("homeroom_teacher", school_class))
    client = await world.client(account=account)
    body = {"student_id": str(student.id), "kind": "I2.2.talk", "held_on": today().isoformat(), "minutes": 20, "form": {"topic": "study"}}
    row = (await client.post("/api/v1/interventions", json=body | {"went": "愿意参加社团"})).json()
    teacher = await visitor.sign_in(account, to=f"/interventions/{row['id']}")
    await teacher.get_by_role("button", name="更正").click()
    await teacher.get_by_label("情况记录").fill("愿意参加篮球社")
    await teacher.get_by_label("更正理由").fill("社团名称写全")
    change = {"went": "愿意参加合唱团", "reason": "听错了社团"}
    assert (await client.patch(f"/api/v1/interventions/{row['id']}", json=change, headers={"If-Match": '"1"'})).status_code == 200
    await teacher.get_by_role("button", name="保存更正").click()
    dialog = teacher.get_by_role("dialog", name="这份内容刚被别人修改过")
    await expect(dialog.get_by_text("愿意参加合唱团")).to_be_visible()
    visitor.problems[:] = [p for p in visitor.problems if "status of 412" not in p]  # Chromium reports the refusal that is shown here
    assert await axe(teacher) == []
    await dialog.get_by_role("button", name="保存我的").click()
    await expect(teacher.get_by_text("理由：社团名称写全")).to_be_visible()
    await expect(teacher.get_by_role("textbox", name="情况记录")).to_have_count(0)
    assert (await client.get(f"/api/v1/interventions/{row['id']}")).json()["went"] == "愿意参加篮球社"
