"""The load preview from real rows: who is here, who is recognised, who holds which post; fast for a large school."""

import time
from typing import Any

from sqlalchemy import text

from nuanyang.casework.dossiers.models import CaseLead
from nuanyang.kit.clock import today
from tests.factories.cases import recognised
from tests.factories.editions import clauses_of, drafted
from tests.factories.world import World


async def load_of(client: Any, edition: dict[str, Any]) -> dict[str, Any]:
    answer = await client.get(f"/api/v1/editions/{edition['id']}/load")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def only(client: Any, edition: dict[str, Any], *kept: str) -> None:
    """Leave the clock to these clauses alone, so that the sum is one that a person can work out."""
    for code, row in (await clauses_of(client, edition)).items():
        if code not in kept and row["minutes"]:
            path = f"/api/v1/editions/{edition['id']}/clauses/{row['id']}"
            answer = await client.patch(path, json={"minutes": 0}, headers={"If-Match": f'"{row["version"]}"'})
            assert answer.status_code == 200, answer.text


async def test_minutes_a_week_fall_to_whoever_holds_the_post_and_more_than_ninety_are_a_warning(world: World) -> None:
    office, room, next_door = await world.client("moral_education"), await world.school_class(7), await world.school_class(7)
    busy, idle = await world.staff("陈静"), await world.staff("李宁")
    await world.account(("homeroom_teacher", room), staff=busy)
    await world.account(("homeroom_teacher", next_door), staff=idle)
    for n in range(4):
        await recognised(world, await world.student(f"甲{n}", room), "C2")
    gone = await world.student("走了", room, status="transferred_out", status_on=today())
    await recognised(world, gone, "C2")
    await recognised(world, await world.student("乙", next_door), "C1")
    edition = await drafted(office, world)
    await only(office, edition, "S1.2", "A2.2")
    load = await load_of(office, edition)
    # Daily feedback, 5 minutes on 5 days for each supported child; a class observation of 5 minutes a week for each C2 child.
    people = {p["name"]: (p["minutes"], p["is_too_much"], {x["clause"]: x["minutes"] for x in p["parts"]}) for p in load["people"]}
    assert people == {"陈静": (120, True, {"S1.2": 100, "A2.2": 20}), "李宁": (25, False, {"S1.2": 25})}
    assert (load["overloaded"], load["too_much"], load["uncovered"]) == (1, 90, [])


async def test_a_group_is_shared_by_its_teachers_and_a_case_lead_carries_the_own_students(world: World) -> None:
    office, room = await world.client("moral_education"), await world.school_class(7)
    for name in ("语文", "数学"):
        await world.account(("subject_teacher", room), staff=await world.staff(name))
    lead = await world.staff("责任人")
    pupils = [await world.student(f"甲{n}", room) for n in range(6)]
    for pupil in pupils:
        await recognised(world, pupil, "C2")
    for pupil in pupils[:2]:
        await world.add(CaseLead(school_id=world.school_id, student_id=pupil.id, staff_id=lead.id, valid_from=today()))
    edition = await drafted(office, world)
    await only(office, edition, "A1.3", "I2.2")
    path, seen = f"/api/v1/editions/{edition['id']}", (await office.get(f"/api/v1/editions/{edition['id']}")).headers["ETag"]
    capacities = {"tutor_hours": 1, "volunteers": 0, "group_size": 3}
    assert (await office.patch(path, json={"capacities": capacities}, headers={"If-Match": seen})).status_code == 200
    load = await load_of(office, edition)
    people = {p["name"]: {x["clause"]: x["minutes"] for x in p["parts"]} for p in load["people"]}
    # Two groups, twice 40 minutes a week, two teachers; two talks of 30 minutes a quarter fall to the case lead, four to nobody.
    assert people == {"语文": {"A1.3": 80}, "数学": {"A1.3": 80}, "责任人": {"I2.2": 5}}
    assert load["uncovered"] == [{"clause": "I2.2", "minutes": 9}]
    balances = {b["what"]: (b["needed"], b["available"], b["is_short"]) for b in load["balances"]}
    assert balances["tutor_hours"] == (2.7, 1, True) and balances["volunteers"] == (0, 0, False)


async def test_what_is_withheld_from_somebody_counts_in_nobodys_minutes_for_them(world: World) -> None:
    office, room, head = await world.client("moral_education"), await world.school_class(7), await world.staff("校长")
    await world.account(("homeroom_teacher", room), staff=await world.staff("陈静"))
    await recognised(world, await world.student("甲", room), "C4", data_class="protection", withheld_from_staff_ids=[head.id])
    principal = await world.client(account=await world.account("principal", staff=head))
    edition = await drafted(office, world)
    await only(office, edition, "S1.2")
    assert [p["minutes"] for p in (await load_of(office, edition))["people"]] == [25]
    assert (await load_of(principal, edition))["people"] == []


async def test_the_load_is_for_those_who_may_see_all_that_it_counts(world: World) -> None:
    edition = await drafted(await world.client("moral_education"), world)
    for role, status in (
        ("principal", 200),
        ("vice_principal", 200),
        ("academic_affairs", 403),
        ("youth_league", 403),
        ("counsellor", 403),
    ):
        assert (await (await world.client(role)).get(f"/api/v1/editions/{edition['id']}/load")).status_code == status, role


PUPILS = """
insert into students (school_id, id, name, pinyin, initials, sex, class_id, grade, status)
select :school, gen_random_uuid(), '生' || n, 'sheng', 's', 'male',
  (select id from classes where school_id = :school order by number limit 1 offset n % 60), 7, 'enrolled'
from generate_series(1, 3000) n
"""


async def test_three_thousand_pupils_are_counted_in_a_moment(world: World) -> None:
    office = await world.client("moral_education")
    for n in range(60):
        room = await world.school_class(7, 1000 + n)
        await world.account(("homeroom_teacher", room))
    async with world.session() as session:
        await session.execute(text(PUPILS), {"school": world.school_id})
    edition = await drafted(office, world)
    begun = time.perf_counter()
    load = await load_of(office, edition)
    assert time.perf_counter() - begun < 2
    # The census of everyone, 2 minutes a child in two months, lies on sixty homeroom teachers, each with fifty children.
    census = [x["minutes"] for p in load["people"] for x in p["parts"] if x["clause"] == "I1.1"]
    assert census == [12] * 60
