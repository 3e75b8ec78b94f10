"""A record has the class of what it is about, and a measure that is not for the recorder leaves no trace in forms, lists and batches."""

from typing import Any

from sqlalchemy import select

from nuanyang.casework.dossiers.models import TimelineEntry
from nuanyang.casework.interventions.rules import class_of_record
from nuanyang.casework.plans.models import Need
from nuanyang.kit.clock import today
from nuanyang.programme.clauses.catalogue import measure_kind
from tests.factories.cases import planned, recognised
from tests.factories.world import World

TALK, VISIT = "I2.2.talk", "L1.1.home_visit"


def body(student: Any, kind: str = TALK, **more: Any) -> dict[str, Any]:
    form = {"met": "father"} if kind == VISIT else {"topic": "study"}
    return {"student_id": str(student.id), "kind": kind, "held_on": today().isoformat(), "minutes": 20, "form": form} | more


async def record(client: Any, *args: Any, **more: Any) -> dict[str, Any]:
    answer = await client.post("/api/v1/interventions", json=body(*args, **more))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def listed(client: Any, **filters: Any) -> list[dict[str, Any]]:
    return list((await client.get("/api/v1/interventions", params=filters)).json()["items"])


def test_a_record_takes_the_class_of_its_need() -> None:
    assert class_of_record(measure_kind(TALK), None) == "family"
    assert class_of_record(measure_kind(TALK), "wellbeing") == "wellbeing"
    assert class_of_record(measure_kind(VISIT), "economic") == "economic"


async def test_a_talk_for_a_wellbeing_need_is_for_who_sees_that_need(world: World) -> None:
    school_class = await world.school_class()
    student = await world.student("陆离", school_class)
    measure = await planned(world, student, TALK, "psychological")
    counsellor, teacher = await world.client("counsellor"), await world.client(("homeroom_teacher", school_class))
    row = await record(counsellor, student, plan_measure_id=str(measure.id))
    assert (row["data_class"], row["measure_title"]) == ("wellbeing", "数学小组辅导")
    own = await record(teacher, student)
    assert (own["data_class"], own["plan_measure_id"]) == ("family", None)
    assert [r["id"] for r in await listed(teacher)] == [own["id"]]
    assert {r["id"] for r in await listed(counsellor)} == {own["id"], row["id"]}
    assert (await teacher.get(f"/api/v1/interventions/{row['id']}")).status_code == 404
    # Taken off the measure, it is a talk like any other.
    untied = await counsellor.patch(
        f"/api/v1/interventions/{row['id']}", json={"plan_measure_id": None, "reason": "与计划无关"}, headers={"If-Match": '"1"'}
    )
    assert untied.status_code == 200 and untied.json()["data_class"] == "family", untied.text
    assert len(await listed(teacher)) == 2


async def test_a_group_grid_knows_no_measure_that_is_not_for_the_recorder(world: World) -> None:
    school_class = await world.school_class()
    seen, hidden = await world.student("许一", school_class), await world.student("许二", school_class)
    social, psychological = await planned(world, seen, TALK, "social"), await planned(world, hidden, TALK, "psychological")
    teacher = await world.client(("homeroom_teacher", school_class))
    path = "/api/v1/interventions/candidates"
    assert [c["plan_measure_id"] for c in (await teacher.get(path, params={"kind": TALK})).json()["items"]] == [str(social.id)]
    answer = (await teacher.post("/api/v1/interventions/batch", json={"items": [body(seen), body(hidden)]})).json()
    assert [i["plan_measure_id"] for i in answer["items"]] == [str(social.id), None]
    guessed = await teacher.post("/api/v1/interventions", json=body(hidden, plan_measure_id=str(psychological.id)))
    assert guessed.json()["errors"][0]["code"] == "not_in_plan"  # as of a measure that does not exist
    both = (await (await world.client("moral_education")).get(path, params={"kind": TALK})).json()["items"]
    assert {c["student_id"] for c in both} == {str(seen.id), str(hidden.id)}


async def test_the_grid_can_be_narrowed_to_a_class_and_to_ones_own(world: World) -> None:
    own, other = await world.school_class(7, 1), await world.school_class(7, 2)
    doer = await world.staff("段老师")
    mine, theirs = await world.student("许一", own), await world.student("许二", other)
    await planned(world, mine, TALK, "social", doer=doer)
    await planned(world, theirs, TALK, "social")
    client = await world.client(account=await world.account("moral_education", staff=doer))
    path = "/api/v1/interventions/candidates"

    async def names(**asked: Any) -> list[tuple[str, bool]]:
        return [(c["name"], c["is_mine"]) for c in (await client.get(path, params={"kind": TALK} | asked)).json()["items"]]

    assert await names() == [("许一", True), ("许二", False)]
    assert await names(mine=True) == [("许一", True)]
    assert await names(class_id=str(other.id)) == [("许二", False)]
    assert (await client.get(path, params={"kind": "X9.nothing"})).json()["items"] == []


async def test_a_student_with_two_measures_of_a_kind_stands_in_the_grid_once(world: World) -> None:
    school_class = await world.school_class()
    student = await world.student("许一", school_class)
    first = await planned(world, student, TALK, "social")
    async with world.session() as session:
        session.add(
            type(first)(
                **{
                    c: getattr(first, c)
                    for c in ("school_id", "plan_id", "goal_id", "kind", "title", "times", "per", "minutes", "starts_on")
                }
            )
        )
    client = await world.client(("homeroom_teacher", school_class))
    (row,) = (await client.get("/api/v1/interventions/candidates", params={"kind": TALK})).json()["items"]
    assert row["plan_measure_id"] is None


async def test_who_is_complained_of_does_not_hear_of_what_is_done_about_it(world: World) -> None:
    school_class = await world.school_class()
    student = await world.student("陆离", school_class)
    teacher = await world.staff("马老师")
    case = await recognised(world, student, "C4", withheld_from_staff_id=teacher.id)
    measure = await planned(world, student, TALK, "social")
    async with world.session() as session:
        need = (await session.scalars(select(Need).where(Need.school_id == world.school_id))).one()
        need.recognition_id, need.category = case.id, "C4"
    office = await world.client("moral_education")
    row = await record(office, student, plan_measure_id=str(measure.id))
    corrected = await office.patch(
        f"/api/v1/interventions/{row['id']}", json={"minutes": 30, "reason": "时长记错"}, headers={"If-Match": '"1"'}
    )
    assert corrected.status_code == 200 and corrected.json()["measure_title"]
    complained_of = await world.client(account=await world.account(("homeroom_teacher", school_class), staff=teacher))
    assert await listed(complained_of) == [] and len(await listed(office)) == 1
    assert (await complained_of.get(f"/api/v1/interventions/{row['id']}")).status_code == 404
    file = (await complained_of.get(f"/api/v1/students/{student.id}/dossier")).json()
    assert file["interventions"] == [] and file["timeline"]["items"] == [] and file["plan"] is None
    assert (await complained_of.get("/api/v1/interventions/candidates", params={"kind": TALK})).json()["items"] == []
    async with world.session() as session:
        noted = (await session.scalars(select(TimelineEntry.kind).where(TimelineEntry.student_id == student.id))).all()
    assert noted == []
