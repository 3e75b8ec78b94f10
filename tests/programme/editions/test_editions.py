"""A school's own programme through the doors: drafted, changed by departments, approved by another person, one in force at a time."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from nuanyang.kit.clock import today
from nuanyang.programme.clauses import clauses
from tests.factories.cases import recognised
from tests.factories.editions import OWN, approved, clauses_of, drafted
from tests.factories.world import World


async def test_a_draft_from_the_template_holds_every_clause_once_in_its_order(world: World) -> None:
    office = await world.client("moral_education")
    edition = await drafted(office, world)
    assert edition["state"] == "draft" and edition["may"]["submit"] and not edition["may"]["approve"]
    found = await clauses_of(office, edition)
    assert list(found) == [c.id for c in clauses()]
    assert found["I1.1"]["months"] == [9, 10] and found["I2.3"]["phases"] == ["foundation", "summer", "social"]
    assert found["P1.2"]["hours"] == 24 and found["M4.1"]["evidence"] == []
    january = await clauses_of(office, await drafted(office, world, template="january", starts_on="2027-01-01"))
    assert january["I1.1"]["months"] == [1, 2] and january["I3.1"]["months"] == [12]


async def test_each_department_changes_its_own_clauses_and_no_others(world: World) -> None:
    office, academic = await world.client("moral_education"), await world.client("academic_affairs")
    edition = await drafted(office, world)
    found = await clauses_of(academic, edition)
    assert {c["owner"] for c in found.values() if c["may_edit"]} == {"academic_affairs"}
    path = f"/api/v1/editions/{edition['id']}/clauses"

    async def change(client: Any, clause: str, version: int = 1, **body: Any) -> Any:
        return await client.patch(f"{path}/{found[clause]['id']}", json=body, headers={"If-Match": f'"{version}"'})

    answer = await change(academic, "A1.3", times=3, cadence_zh="每周 3 次")
    assert answer.status_code == 200 and (answer.json()["times"], answer.headers["ETag"]) == (3, '"2"')
    assert (await change(academic, "A1.3", times=4)).status_code == 412
    assert (await change(academic, "P2.1", minutes=40)).json()["code"] == "not_your_clause"
    assert (await change(academic, "A1.3", 2, owner="moral_education")).status_code == 403
    assert (await change(office, "M1.1", minutes=15)).status_code == 200
    assert (await academic.patch(f"{path}/{found['A1.3']['id']}", json={"times": 2})).status_code == 428
    assert (
        await (await world.client("counsellor")).patch(f"{path}/{found['P2.1']['id']}", json={"minutes": 5}, headers={"If-Match": '"1"'})
    ).status_code == 403


@pytest.mark.parametrize(
    ("clause", "body", "field"),
    [
        ("A1.3", {"per": None}, "#/per"),
        ("P1.2", {"hours": None}, "#/hours"),
        ("G1.3", {"target_number": None}, "#/target_number"),
        ("A1.3", {"doers": ["parrot"]}, "#/doers"),
        ("A1.3", {"evidence": ["A9.9.nothing"]}, "#/evidence"),
        ("A1.3", {"reach": "everyone"}, "#/reach"),
        ("A1.3", {"zh": None}, "#/zh"),
        ("A1.3", {"fields": [{"name": "a", "zh": "甲", "type": "line"}]}, "#/fields"),
        ("I2.3", {"phases": []}, "#/phases"),
    ],
)
async def test_a_clause_that_could_not_be_kept_or_counted_is_refused(world: World, clause: str, body: dict[str, Any], field: str) -> None:
    office = await world.client("moral_education")
    edition = await drafted(office, world)
    row = (await clauses_of(office, edition))[clause]
    answer = await office.patch(f"/api/v1/editions/{edition['id']}/clauses/{row['id']}", json=body, headers={"If-Match": '"1"'})
    assert answer.status_code == 422 and field in [e["pointer"] for e in answer.json()["errors"]], answer.text


async def test_the_principal_approves_and_then_everybody_on_the_staff_reads_it(world: World) -> None:
    office, teacher = await world.client("moral_education"), await world.client("subject_teacher")
    edition = await drafted(office, world)
    path = f"/api/v1/editions/{edition['id']}"
    assert (await teacher.get(path)).status_code == 404 and (await teacher.get("/api/v1/editions")).json()["items"] == []
    assert (
        await office.post(f"{path}/approve", json={"in_force_from": edition["starts_on"]}, headers={"If-Match": '"1"'})
    ).status_code == 403
    shown = await approved(world, office, edition)
    assert (shown["state"], shown["is_in_force"], shown["in_force_from"]) == ("in_force", True, edition["starts_on"])
    assert (await teacher.get(path)).status_code == 200 and len(await clauses_of(teacher, edition)) == len(clauses())
    row = (await clauses_of(office, edition))["A1.3"]
    late = await office.patch(f"{path}/clauses/{row['id']}", json={"times": 9}, headers={"If-Match": '"1"'})
    assert late.json()["code"] == "edition_not_draft"


async def test_whoever_wrote_a_clause_does_not_approve_it(world: World) -> None:
    both = await world.client("moral_education", "principal")
    edition = await drafted(await world.client("moral_education"), world)
    path = f"/api/v1/editions/{edition['id']}"
    row = (await clauses_of(both, edition))["S1.1"]
    assert (await both.patch(f"{path}/clauses/{row['id']}", json={"minutes": 60}, headers={"If-Match": '"1"'})).status_code == 200
    handed_in = await both.post(f"{path}/submit")
    answer = await both.post(
        f"{path}/approve", json={"in_force_from": edition["starts_on"]}, headers={"If-Match": handed_in.headers["ETag"]}
    )
    assert answer.json()["code"] == "own_edition"
    for changes in ("approved_by = submitted_by", "approved_by = writers[1]"):
        with pytest.raises(IntegrityError, match=r"whoever entered it|not_a_writer"):
            await said(world, edition["id"], f"state = 'in_force', approved_at = now(), in_force_from = starts_on, {changes}")


async def said(world: World, edition_id: str, changes: str, table: str = "editions") -> None:
    """Past every service: what the application's role can say to the database at most."""
    key = "id" if table == "editions" else "edition_id"
    async with world.session() as session:
        await session.execute(text(f"update {table} set {changes} where {key} = :id"), {"id": UUID(edition_id)})


async def test_what_was_approved_stays_as_it_was_whoever_asks(world: World) -> None:
    office = await world.client("moral_education")
    edition = await drafted(office, world)
    await approved(world, office, edition)
    for changes in (
        "guiding = '另说'",
        "starts_on = starts_on - 1",
        "state = 'draft', approved_by = null, approved_at = null, in_force_from = null",
    ):
        with pytest.raises(IntegrityError, match=r"changed after it was approved|does not go that way"):
            await said(world, edition["id"], changes)
    with pytest.raises(IntegrityError, match="only a draft is changed"):
        await said(world, edition["id"], "minutes = 1", "edition_clauses")
    async with world.session() as session:
        with pytest.raises(IntegrityError, match="only a draft is changed"):
            await session.execute(text("delete from edition_clauses where edition_id = :id"), {"id": UUID(edition["id"])})
        await session.rollback()


async def test_one_edition_is_in_force_at_a_time_and_the_next_one_ends_it(world: World) -> None:
    office = await world.client("moral_education")
    first = await drafted(office, world)
    await approved(world, office, first)
    day = (today() + timedelta(days=10)).isoformat()
    second = await drafted(office, world, name="修订方案", from_edition_id=first["id"], standing=["A1.3"])
    assert second["previous_id"] == first["id"] and (await clauses_of(office, second))["A1.3"]["is_standing"]
    principal = await world.client("principal")
    handed_in = await office.post(f"/api/v1/editions/{second['id']}/submit")

    async def approve(from_day: str) -> Any:
        return await principal.post(
            f"/api/v1/editions/{second['id']}/approve", json={"in_force_from": from_day}, headers={"If-Match": handed_in.headers["ETag"]}
        )

    assert (await approve(first["starts_on"])).json()["code"] == "edition_overlaps"
    assert (await approve((today() - timedelta(days=1)).isoformat())).status_code == 422
    assert (await approve(day)).status_code == 200
    listed = {e["id"]: e for e in (await office.get("/api/v1/editions")).json()["items"]}
    assert (listed[first["id"]]["state"], listed[first["id"]]["in_force_until"], listed[first["id"]]["is_in_force"]) == (
        "superseded",
        day,
        True,
    )
    assert listed[second["id"]]["state"] == "in_force" and not listed[second["id"]]["is_in_force"]
    with pytest.raises(IntegrityError, match="ex_editions_in_force"):
        await said(world, first["id"], "in_force_until = in_force_until + 1")


async def test_of_two_first_editions_approved_at_once_one_comes_in_force(world: World) -> None:
    office, principal = await world.client("moral_education"), await world.client("principal")
    asked = []
    for _ in range(2):
        edition = await drafted(office, world)
        tag = (await office.post(f"/api/v1/editions/{edition['id']}/submit")).headers["ETag"]
        path, body = f"/api/v1/editions/{edition['id']}/approve", {"in_force_from": edition["starts_on"]}
        asked.append(principal.post(path, json=body, headers={"If-Match": tag}))
    answers = await asyncio.gather(*asked)
    assert sorted(a.status_code for a in answers) == [200, 409]
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"edition_overlaps"}


async def test_a_year_that_no_school_plans_is_refused(world: World) -> None:
    office = await world.client("moral_education")
    for day in ("9999-12-31", "0001-01-01"):
        answer = await office.post("/api/v1/editions", json={"name": "远", "starts_on": day})
        assert answer.status_code == 422, answer.text
    edition = await drafted(office, world)
    path = f"/api/v1/editions/{edition['id']}"
    seen = {"If-Match": f'"{edition["version"]}"'}
    assert (await office.patch(path, json={"ends_on": "2099-01-01"}, headers=seen)).status_code == 422
    assert (await office.patch(path, json={"guiding": None}, headers=seen)).status_code == 422
    first = await office.patch(path, json={"capacities": {"volunteers": 3}}, headers=seen)
    assert first.json()["capacities"] == {"tutor_hours": None, "volunteers": 3, "counsellor_hours": None, "group_size": 6}
    second = await office.patch(path, json={"capacities": {"group_size": 4}}, headers={"If-Match": first.headers["ETag"]})
    assert (second.json()["capacities"]["volunteers"], second.json()["capacities"]["group_size"]) == (3, 4)


async def waiting(client: Any) -> dict[str, int]:
    """What of the programme waits for somebody on their first page."""
    tasks = (await client.get("/api/v1/home")).json()["tasks"]
    return {t["key"]: t["count"] for t in tasks if t["key"].startswith("editions")}


async def test_a_returned_edition_is_a_draft_again_with_the_reason(world: World) -> None:
    office, principal = await world.client("moral_education"), await world.client("principal")
    edition = await drafted(office, world)
    path = f"/api/v1/editions/{edition['id']}"
    assert (await principal.post(f"{path}/return", json={"reason": "负担太重"})).json()["code"] == "edition_not_submitted"
    await office.post(f"{path}/submit")
    assert (await (await world.client("academic_affairs")).post(f"{path}/return", json={"reason": "负担太重"})).status_code == 403
    assert await waiting(principal) == {"editions_to_approve": 1} and await waiting(office) == {}
    assert [e["id"] for e in (await principal.get("/api/v1/editions?waiting=to_approve")).json()["items"]] == [edition["id"]]
    back = (await principal.post(f"{path}/return", json={"reason": "负担太重，请减少"})).json()
    assert (back["state"], back["returned_reason"]) == ("draft", "负担太重，请减少")
    assert await waiting(principal) == {} and await waiting(office) == {"editions_returned": 1}
    assert (await principal.get("/api/v1/editions?waiting=returned")).json()["items"] == []
    assert (await office.post(f"{path}/discard")).json()["state"] == "closed"
    assert (await office.post(f"{path}/submit")).json()["code"] == "edition_not_draft"


async def test_the_preview_tells_field_by_field_what_would_change(world: World) -> None:
    office = await world.client("moral_education")
    first = await drafted(office, world)
    path = f"/api/v1/editions/{first['id']}"
    assert (await office.get(f"{path}/preview")).json() == {"against": None, "changes": [], "unchanged": len(clauses())}
    assert (await office.get(f"{path}/compare")).json()["code"] == "nothing_to_compare"
    await approved(world, office, first)
    second = await drafted(office, world, from_edition_id=first["id"])
    row = (await clauses_of(office, second))["P2.1"]
    path = f"/api/v1/editions/{second['id']}"
    await office.patch(f"{path}/clauses/{row['id']}", json={"times": 6, "cadence_zh": "每学期 6 次"}, headers={"If-Match": '"1"'})
    added = (await office.post(f"{path}/clauses", json=OWN)).json()
    told = (await office.get(f"{path}/preview")).json()
    assert told["against"]["id"] == first["id"] and told["unchanged"] == len(clauses()) - 1
    by_clause = {c["clause"]: c for c in told["changes"]}
    assert {f["field"]: (f["before"], f["after"]) for f in by_clause["P2.1"]["fields"]} == {
        "times": (4, 6),
        "cadence_zh": ("每学期 4 次", "每学期 6 次"),
    }
    assert by_clause[added["clause"]]["kind"] == "added"
    assert (await office.get(f"{path}/compare")).json()["changes"] == told["changes"]


async def test_an_own_measure_is_planned_recorded_and_printed_without_code(world: World) -> None:
    office, room = await world.client("moral_education"), await world.school_class()
    teacher, pupil = await world.client(("homeroom_teacher", room)), await world.student("小满", room)
    await recognised(world, pupil, "C2")
    edition = await drafted(office, world)
    path = f"/api/v1/editions/{edition['id']}"
    added = await office.post(f"{path}/clauses", json=OWN)
    assert added.status_code == 201 and added.json()["clause"] == "AX.1" and added.json()["evidence"] == ["AX.1.own"]
    record = {
        "student_id": str(pupil.id),
        "kind": "AX.1.own",
        "held_on": today().isoformat(),
        "minutes": 15,
        "form": {"book": "《城南旧事》"},
    }
    assert (await teacher.post("/api/v1/interventions", json=record)).json()["errors"][0]["code"] == "unknown_kind"
    await approved(world, office, edition)
    kinds = {k["code"]: k for k in (await teacher.get("/api/v1/measure-kinds?dimension=academic")).json()["items"]}
    kind = kinds["AX.1.own"]
    assert kind["is_offered"] and kind["data_class"] == "academic" and kind["dose"] == {"times": 2, "per": "week", "minutes": 15}
    assert [f["name"] for f in kind["fields"]] == ["book", "aloud", "pages"]
    for form, code in (({}, "missing"), ({"book": "书", "pages": 99}, "bad_value"), ({"book": "书", "aloud": "loud"}, "bad_value")):
        refused = await teacher.post("/api/v1/interventions", json=record | {"form": form})
        assert [e["code"] for e in refused.json()["errors"]] == [code], refused.text
    made = await teacher.post("/api/v1/interventions", json=record)
    assert made.status_code == 201, made.text
    printed = await teacher.get(f"/api/v1/interventions/{made.json()['id']}/form.docx")
    blank = await teacher.get("/api/v1/measure-kinds/AX.1.own/form.docx")
    assert (printed.status_code, blank.status_code) == (200, 200)
    # Next year's programme has it no more: what was recorded is still read, corrected and printed, nothing new is of this kind.
    after = await drafted(office, world, from_edition_id=edition["id"])
    row = (await clauses_of(office, after))["AX.1"]
    assert (await office.delete(f"/api/v1/editions/{after['id']}/clauses/{row['id']}", headers={"If-Match": '"1"'})).status_code == 204
    await approved(world, office, after, today().isoformat())
    kinds = {k["code"]: k for k in (await teacher.get("/api/v1/measure-kinds")).json()["items"]}
    assert not kinds["AX.1.own"]["is_offered"]
    again = await teacher.post("/api/v1/interventions", json=record)
    assert [e["code"] for e in again.json()["errors"]] == ["not_offered"]
    path = f"/api/v1/interventions/{made.json()['id']}"
    corrected = await teacher.patch(path, json={"form": {"pages": 12}, "reason": "补上页数"}, headers={"If-Match": made.headers["ETag"]})
    assert corrected.status_code == 200, corrected.text
    assert (await teacher.get(f"{path}/form.docx")).status_code == 200


async def test_an_own_measure_goes_into_a_plan_with_its_dose(world: World) -> None:
    office, room = await world.client("moral_education"), await world.school_class()
    teacher, pupil = await world.client(("homeroom_teacher", room)), await world.student("小满", room)
    await recognised(world, pupil, "C2")
    edition = await drafted(office, world)
    await office.post(f"/api/v1/editions/{edition['id']}/clauses", json=OWN)
    await approved(world, office, edition)
    made = await teacher.post("/api/v1/support-plans", json={"student_id": str(pupil.id)})
    assert made.status_code == 201, made.text
    plan = made.json()
    goal = {"statement": "每天读书", "indicator": "页数", "baseline": "0 页", "target": "10 页", "due_on": plan["starts_on"]}
    measure = {
        "kind": "AX.1.own",
        "title": "",
        "times": 2,
        "per": "week",
        "minutes": 15,
        "starts_on": plan["starts_on"],
        "doer_note": "班主任",
    }
    need = {"dimension": "academic", "category": "C2", "statement": "不爱读书"}
    path, seen = f"/api/v1/support-plans/{plan['id']}", {"If-Match": made.headers["ETag"]}
    social = await teacher.patch(
        path, json={"needs": [need | {"dimension": "social", "category": None, "goals": [goal | {"measures": [measure]}]}]}, headers=seen
    )
    assert social.status_code in (403, 422)
    saved = await teacher.patch(
        path, json={"needs": [need | {"goals": [goal | {"measures": [{k: v for k, v in measure.items() if k != "title"}]}]}]}, headers=seen
    )
    assert saved.status_code == 200, saved.text
    assert saved.json()["needs"][0]["goals"][0]["measures"][0]["title"] == "晨读陪伴"


async def test_own_measures_keep_their_number_and_the_clauses_of_the_programme_stay(world: World) -> None:
    office = await world.client("moral_education")
    first, second = await drafted(office, world), await drafted(office, world)
    codes = [(await office.post(f"/api/v1/editions/{e['id']}/clauses", json=OWN)).json()["clause"] for e in (first, second, first)]
    assert codes == ["AX.1", "AX.2", "AX.3"]
    row = (await clauses_of(office, first))["A1.3"]
    kept = await office.delete(f"/api/v1/editions/{first['id']}/clauses/{row['id']}", headers={"If-Match": '"1"'})
    assert kept.json()["code"] == "not_own_measure"
    wrong = OWN | {"fields": [{"name": "a", "zh": "甲", "type": "choice"}, {"name": "a", "zh": "乙", "type": "line", "least": 3}]}
    answer = await office.post(f"/api/v1/editions/{first['id']}/clauses", json=wrong)
    assert {e["code"] for e in answer.json()["errors"]} == {"twice", "choices", "no_number"}
