"""Due soon → the person, overdue → the department, overdue twice → the leading group; each once; what is missed by the day as a number a week."""

from datetime import date, timedelta
from typing import Any

import httpx

from tests.factories.cases import recognised
from tests.factories.ledger import at, did, in_force, worked_out
from tests.factories.world import World

DAY = timedelta(days=1)


def monday(world: World) -> date:
    day = date(world.year.starts_on.year, 11, 9)
    return day - day.weekday() * DAY


async def told(client: httpx.AsyncClient, **query: Any) -> list[tuple[str, str | None, str, int]]:
    answer = await client.get("/api/v1/inbox", params=query)
    assert answer.status_code == 200, answer.text
    return [(one["kind"], one["clause"], one["day"], one["count"]) for one in answer.json()["items"]]


async def test_the_person_the_department_the_leading_group(world: World):
    day = monday(world)
    with at(day):
        room = await world.school_class()
        for name in ("甲", "乙"):
            await recognised(world, await world.student(name, room), "C2")
        # Once, by thirty days from now, late for fourteen.
        await in_force(world, day, only=("A1.2",))
        account = await world.account(("homeroom_teacher", room))
        office, head = await world.account("academic_affairs"), await world.account("principal")
        await worked_out(world)
        assert await told(await world.client(account=account)) == []
    due = day + 30 * DAY
    with at(due - 3 * DAY):
        await worked_out(world)
        teacher = await world.client(account=account)
        assert await told(teacher) == [("due", "A1.2", due.isoformat(), 2)]
        assert await told(await world.client(account=office)) == []
    with at(due + DAY):
        await worked_out(world)
        assert await told(await world.client(account=office)) == [("overdue", "A1.2", due.isoformat(), 2)]
        assert await told(await world.client(account=head)) == []
        assert await told(await world.client(account=account), unread=True) == []  # what was due soon is over
    with at(due + 20 * DAY):
        await worked_out(world)
        leading = await told(await world.client(account=head))
        assert [(kind, clause, count) for kind, clause, _, count in leading] == [("missed", "A1.2", 2)]


async def test_each_thing_is_told_once_however_often_it_runs(world: World):
    from nuanyang.casework.obligations.reminding import remind
    from nuanyang.kit.clock import now

    day = monday(world)
    with at(day):
        room = await world.school_class()
        student = await world.student("甲", room)
        await recognised(world, student, "C2")
        await in_force(world, day, only=("S1.2",))
        account = await world.account(("homeroom_teacher", room))
        await worked_out(world)
        client = await world.client(account=account)
        assert await told(client) == [("due", "S1.2", day.isoformat(), 1)]
        for _ in range(3):
            async with world.session() as session:
                assert await remind(session, world.school_id, day, now()) == 0
        assert len(await told(client)) == 1
        await did(world, student, "S1.2.daily_feedback")
        async with world.session() as session:
            await remind(session, world.school_id, day, now())
        assert await told(client, unread=True) == []


async def test_missed_days_are_one_number_a_class_and_week(world: World):
    day = monday(world)
    with at(day):
        rooms = [await world.school_class(), await world.school_class()]
        for n, room in enumerate((rooms[0], rooms[0], rooms[1])):
            await recognised(world, await world.student(f"学生{n}", room), "C4")
        await in_force(world, day, only=("S1.2",))
        office, head = await world.account("moral_education"), await world.account("principal")
        await worked_out(world)
    for later in (8, 9, 10, 11):
        with at(day + later * DAY):
            await worked_out(world)
    with at(day + 11 * DAY):
        weeks = [one for one in await told(await world.client(account=office)) if one[0] == "week_of_class"]
        assert sorted(count for _, _, _, count in weeks) == [5, 10] and {on for _, _, on, _ in weeks} == {day.isoformat()}
        whole = [one for one in await told(await world.client(account=head)) if one[0] == "week_of_school"]
        assert whole == [("week_of_school", None, day.isoformat(), 15)]
        assert not [one for one in await told(await world.client(account=office)) if one[0] in ("overdue", "missed")]


async def test_who_is_complained_of_is_told_nothing(world: World):
    day = monday(world)
    with at(day):
        room, staff = await world.school_class(), await world.staff("被投诉人")
        await recognised(world, await world.student("甲", room), "C4", withheld_from_staff_id=staff.id)
        await in_force(world, day, only=("S1.2",))
        accused = await world.account(("homeroom_teacher", room), "moral_education", staff=staff)
        other = await world.account("moral_education")
        await worked_out(world)
    with at(day + 10 * DAY):
        await worked_out(world)
        assert await told(await world.client(account=accused)) == []
        assert [kind for kind, *_ in await told(await world.client(account=other))] == ["week_of_class"]


async def test_deputies_are_told_in_the_days_of_their_office(world: World):
    from nuanyang.access.accounts.models import RoleAssignment

    day = monday(world)
    with at(day):
        room = await world.school_class()
        await recognised(world, await world.student("甲", room), "C2")
        await in_force(world, day, only=("S1.2",))
        account = await world.account(("homeroom_teacher", room))
        deputy = await world.account("counsellor")
        from sqlalchemy import select

        async with world.session() as session:
            lent = await session.scalar(select(RoleAssignment.id).where(RoleAssignment.account_id == account.id))
        await world.add(
            RoleAssignment(
                school_id=world.school_id,
                account_id=deputy.id,
                role="homeroom_teacher",
                scope_kind="class",
                scope_id=room.id,
                valid_from=day,
                valid_to=day,
                delegated_from=lent,
                reason="代班一天",
            )
        )
        await worked_out(world)
        assert await told(await world.client(account=deputy)) == [("due", "S1.2", day.isoformat(), 1)]
    with at(day + DAY):
        await worked_out(world)
        assert await told(await world.client(account=deputy), unread=True) == []
