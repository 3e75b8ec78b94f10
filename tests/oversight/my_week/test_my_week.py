"""我的一周: what I owe, why, and what closes it."""

from datetime import date, timedelta

from tests.factories.cases import planned, recognised
from tests.factories.ledger import at, did, in_force, worked_out
from tests.factories.world import World


def monday(world: World) -> date:
    day = date(world.year.starts_on.year, 11, 9)
    return day - timedelta(days=day.weekday())


async def test_a_homeroom_teacher_owes_what_the_own_class_is_owed(world: World):
    day = monday(world)
    with at(day):
        room, other = await world.school_class(), await world.school_class()
        mine, not_mine = await world.student("甲", room), await world.student("乙", other)
        for student in (mine, not_mine):
            await recognised(world, student, "C2")
        await in_force(world, day)
        teacher = await world.client(("homeroom_teacher", room))
        await world.account(("homeroom_teacher", other))
        await worked_out(world)
        week = (await teacher.get("/api/v1/my-week")).json()
        assert {duty["student_name"] for duty in week["owe"] if duty["student_id"]} == {"甲"}
        assert {duty["class_name"] for duty in week["owe"] if not duty["student_id"]} == {room.name}  # 生活技能课
        feedback = next(duty for duty in week["owe"] if duty["clause"] == "S1.2")
        assert (feedback["state"], feedback["due_on"], feedback["closes_zh"], feedback["kinds"][0]) == (
            "due",
            day.isoformat(),
            "家校一对一反馈",
            "S1.2.daily_feedback",
        )
        before = week["owed"]
        await did(world, mine, "S1.2.daily_feedback")
        after = (await teacher.get("/api/v1/my-week")).json()
        assert (after["owed"], after["done"]) == (before - 1, 1)
        assert "S1.2" not in {duty["clause"] for duty in after["owe"]}


async def test_a_plan_names_its_doer(world: World):
    day = monday(world)
    with at(day):
        student = await world.student("甲")
        await recognised(world, student, "C2")
        tutor = await world.staff("导师")
        measure = await planned(world, student, "A1.3.small_group_tutoring", starts_on=day, doer=tutor)
        await worked_out(world)
        client = await world.client(("subject_teacher", await world.school_class()), staff=tutor)
        week = (await client.get("/api/v1/my-week")).json()
        # The measure is theirs; whose it is they see only as far as they see the student.
        assert week["owe"] == []
        own = await world.client(("tutor", student), staff=tutor)
        owe = (await own.get("/api/v1/my-week")).json()["owe"]
        assert [(duty["is_plan"], duty["plan_measure_id"]) for duty in owe] == [(True, str(measure.id))] * 2


async def test_a_department_sees_its_clauses(world: World):
    day = monday(world)
    with at(day):
        student = await world.student("甲")
        await recognised(world, student, "C2")
        await in_force(world, day)
        await worked_out(world)
    with at(day + timedelta(days=3)):
        await worked_out(world)
        week = (await (await world.client("moral_education")).get("/api/v1/my-week")).json()
        behind = {line["clause"]: line for line in week["department"]}
        assert (behind["S1.2"]["missed"], behind["S1.2"]["in_grace"]) == (2, 1)
        assert "A1.3" not in behind
        academic = (await (await world.client("academic_affairs")).get("/api/v1/my-week")).json()
        assert "A1.3" in {line["clause"] for line in academic["department"]}


async def test_families_have_no_week(world: World):
    student = await world.student("甲")
    client = await world.client(account=await world.student_account(student))
    assert (await client.get("/api/v1/my-week")).status_code == 403
