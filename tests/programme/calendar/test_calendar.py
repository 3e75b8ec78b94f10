"""校历 over HTTP: read by everybody, kept by the offices whose duty it is, taken back and restored."""

from datetime import date

import httpx
import pytest

from nuanyang.programme.calendar.service import calendar_of
from tests.factories.students import guardian
from tests.factories.world import World

SEPTEMBER = {"from_on": "2026-09-01", "to_on": "2026-10-31"}
STORM = {"day": "2026-09-08", "kind": "day_off", "name": "台风停课", "reason": "市教育局通知"}
EXAMS = {"kind": "exam_week", "name": "期中考试周", "starts_on": "2026-10-19", "ends_on": "2026-10-23"}


async def shown(client: httpx.AsyncClient, **span: str) -> dict:
    answer = await client.get("/api/v1/calendar", params=span or SEPTEMBER)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def day(client: httpx.AsyncClient, on: str) -> dict:
    return next(one for one in (await shown(client))["days"] if one["day"] == on)


async def test_a_calendar_says_of_every_day_what_it_is_and_why(world: World) -> None:
    found = await shown(await world.client("subject_teacher"))
    told = {one["day"]: (one["is_school_day"], one["why"], one["name"]) for one in found["days"]}
    assert len(told) == 61 and not found["may_edit"] and found["unknown_years"] == []
    assert told["2026-09-01"] == (True, "weekday", None)
    assert told["2026-09-05"] == (False, "weekend", None)
    assert told["2026-10-01"] == (False, "festival", "国庆节")
    assert told["2026-10-10"] == (True, "made_up", "国庆节")
    assert (await shown(await world.client(), from_on="2027-01-01", to_on="2027-02-28"))["unknown_years"] == [2027]


async def test_without_a_span_it_is_the_school_year(world: World) -> None:
    found = await world.client()
    answer = (await found.get("/api/v1/calendar")).json()
    assert (answer["starts_on"][5:], answer["ends_on"][5:]) == ("09-01", "08-31") and len(answer["days"]) in (365, 366)
    assert answer["terms"][0]["school_days"] > 80


@pytest.mark.parametrize("span", [{"from_on": "2026-09-01", "to_on": "2026-08-01"}, {"from_on": "2026-09-01", "to_on": "2027-12-01"}])
async def test_a_span_is_a_year_or_so(world: World, span: dict[str, str]) -> None:
    answer = await (await world.client()).get("/api/v1/calendar", params=span)
    assert (answer.status_code, answer.json()["code"]) == (422, "span_too_long")


async def test_the_longest_span_may_reach_into_a_third_year(world: World) -> None:
    found = await shown(await world.client(), from_on="2026-12-31", to_on="2028-02-03")
    assert (len(found["days"]), found["days"][-1]["day"]) == (400, "2028-02-03")


async def test_the_school_changes_a_day_takes_it_back_and_restores_it(world: World) -> None:
    office = await world.client("academic_affairs")
    made = await office.post("/api/v1/calendar/days", json=STORM)
    assert made.status_code == 201 and made.headers["ETag"] == '"1"'
    path = f"/api/v1/calendar/days/{made.json()['id']}"
    assert (await day(office, STORM["day"]))["why"] == "told"
    assert not (await day(office, STORM["day"]))["is_school_day"]
    await office.post(f"{path}/withdraw")
    assert (await day(office, STORM["day"]))["is_school_day"]
    edited = await office.patch(path, json={"kind": "day_off", "name": "x", "reason": "换个说法"}, headers={"If-Match": '"2"'})
    assert edited.json()["code"] == "entry_withdrawn"
    await office.post(f"{path}/restore")
    assert not (await day(office, STORM["day"]))["is_school_day"]


async def test_a_day_has_one_word_and_a_restored_one_does_not_push_it_away(world: World) -> None:
    office = await world.client("moral_education")
    first = (await office.post("/api/v1/calendar/days", json=STORM)).json()
    assert (await office.post("/api/v1/calendar/days", json=STORM)).json()["code"] == "day_taken"
    await office.post(f"/api/v1/calendar/days/{first['id']}/withdraw")
    assert (await office.post("/api/v1/calendar/days", json=STORM | {"kind": "school_day"})).status_code == 201
    assert (await office.post(f"/api/v1/calendar/days/{first['id']}/restore")).json()["code"] == "day_taken"


async def test_who_edits_what_somebody_changed_meanwhile_is_told(world: World) -> None:
    office = await world.client("principal")
    made = (await office.post("/api/v1/calendar/periods", json=EXAMS)).json()
    path = f"/api/v1/calendar/periods/{made['id']}"
    longer = EXAMS | {"ends_on": "2026-10-24"}
    assert (await office.patch(path, json=longer)).status_code == 428
    assert (await office.patch(path, json=longer, headers={"If-Match": '"1"'})).headers["ETag"] == '"2"'
    assert (await office.patch(path, json=longer, headers={"If-Match": '"1"'})).status_code == 412


async def test_exam_weeks_phases_and_days_off_count(world: World) -> None:
    office = await world.client("vice_principal")
    exams = (await office.post("/api/v1/calendar/periods", json=EXAMS)).json()
    autumn = {"kind": "holiday", "name": "秋假", "starts_on": "2026-10-26", "ends_on": "2026-10-28"}
    await office.post("/api/v1/calendar/periods", json=autumn)
    assert (await day(office, "2026-10-20"))["is_exam_week"]
    assert ((await day(office, "2026-10-27"))["why"], (await day(office, "2026-10-27"))["name"]) == ("closed", "秋假")
    async with world.session() as session:
        calendar = (await calendar_of(session, world.school_id, date(2026, 10, 1), date(2026, 10, 1))).calendar
    assert calendar.is_exam_week(date(2026, 10, 20)) and not calendar.is_school_day(date(2026, 10, 27))
    await office.post(f"/api/v1/calendar/periods/{exams['id']}/withdraw")
    assert not (await day(office, "2026-10-20"))["is_exam_week"]
    assert (await office.post(f"/api/v1/calendar/periods/{exams['id']}/restore")).json()["is_withdrawn"] is False


@pytest.mark.parametrize(
    "wrong",
    [{"ends_on": "2026-10-01"}, {"ends_on": "2028-10-01"}, {"kind": "party"}, {"name": ""}, {"starts_on": "1999-01-01"}, {"more": 1}],
)
async def test_a_period_that_makes_no_sense_is_refused(world: World, wrong: dict) -> None:
    office = await world.client("principal")
    assert (await office.post("/api/v1/calendar/periods", json=EXAMS | wrong)).status_code == 422


@pytest.mark.parametrize("role", ["registrar", "admin", "counsellor", "general_affairs"])
async def test_whose_duty_it_is_not_reads_and_does_not_write(world: World, role: str) -> None:
    client = await world.client(role)
    assert (await client.post("/api/v1/calendar/days", json=STORM)).status_code == 403
    assert (await client.post("/api/v1/calendar/periods", json=EXAMS)).status_code == 403
    assert not (await shown(client))["may_edit"]


async def test_families_see_the_days_and_not_the_offices_reasons(world: World) -> None:
    await (await world.client("principal")).post("/api/v1/calendar/days", json=STORM)
    parent = await guardian(world, await world.student("王小明", await world.school_class()))
    found = await shown(await world.family(parent))
    assert [(one["name"], one["reason"]) for one in found["changes"]] == [("台风停课", None)] and not found["may_edit"]
    assert (await shown(await world.client()))["changes"][0]["reason"] == STORM["reason"]


async def test_a_schools_calendar_is_its_own(world: World) -> None:
    made = (await (await world.client("principal")).post("/api/v1/calendar/days", json=STORM)).json()
    stranger = await (await world.elsewhere()).client("principal")
    assert (await shown(stranger))["changes"] == []
    for verb in ("withdraw", "restore"):
        assert (await stranger.post(f"/api/v1/calendar/days/{made['id']}/{verb}")).status_code == 404


async def test_nobody_signed_in_sees_no_calendar(world: World) -> None:
    assert (await world.anonymous().get("/api/v1/calendar")).status_code == 401
