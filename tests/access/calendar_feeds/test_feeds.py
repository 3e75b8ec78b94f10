"""日历订阅: numbers at a private address; ended it is nobody's; nothing names anybody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from nuanyang.access.calendar_feeds.rules import calendar
from nuanyang.kit.clock import today
from tests.factories.cases import recognised
from tests.factories.ledger import in_force, worked_out
from tests.factories.world import World


def unfolded(body: str) -> list[str]:
    return body.replace("\r\n ", "").split("\r\n")


async def test_a_calendar_asks_and_gets_numbers(world: World):
    room = await world.school_class()
    for name in ("林晓", "陈晨"):
        await recognised(world, await world.student(name, room), "C4")
    await in_force(world, today(), only=("S1.2",), S1_2={"runs_on": "calendar_days"})
    account = await world.account(("homeroom_teacher", room))
    await worked_out(world)
    client = await world.client(account=account)
    assert (await client.get("/api/v1/calendar-feed")).json() == {"is_on": False, "since": None}
    made = (await client.post("/api/v1/calendar-feed")).json()
    path = made["address"].removeprefix("https://nuanyang.test")
    answer = await world.anonymous().get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    lines = unfolded(answer.text)
    assert lines.count("SUMMARY:暖阳：2项待办") == 15 and f"DTSTART;VALUE=DATE:{today():%Y%m%d}" in lines
    assert "林晓" not in answer.text and "S1.2" not in answer.text and account.display_name not in answer.text
    assert (await client.get("/api/v1/calendar-feed")).json()["is_on"] is True


async def test_ended_or_replaced_an_address_is_nobodys(world: World):
    client = await world.client("counsellor")
    first = (await client.post("/api/v1/calendar-feed")).json()["address"]
    second = (await client.post("/api/v1/calendar-feed")).json()["address"]
    anybody = world.anonymous()
    assert [(await anybody.get(one)).status_code for one in (first, second)] == [404, 200]
    assert (await client.post("/api/v1/calendar-feed/end")).json() == {"is_on": False, "since": None}
    assert (await anybody.get(second)).status_code == 404
    assert (await anybody.get("/api/v1/calendar-feeds/" + "x" * 43 + ".ics")).status_code == 404
    assert (await anybody.get("/api/v1/calendar-feeds/short.ics")).status_code == 422


async def test_whoever_has_left_has_no_feed(world: World):
    account = await world.account("counsellor")
    client = await world.client(account=account)
    address = (await client.post("/api/v1/calendar-feed")).json()["address"]
    async with world.session() as session:
        await session.execute(text("update accounts set disabled_at = now() where id = :id"), {"id": account.id})
    assert (await world.anonymous().get(address)).status_code == 404


async def test_the_address_is_kept_nowhere(world: World):
    account = await world.account("counsellor")
    client = await world.client(account=account)
    token = (await client.post("/api/v1/calendar-feed")).json()["address"].rpartition("/")[2].removesuffix(".ics")
    async with world.session() as session:
        rows = (await session.execute(text("select f::text from calendar_feeds f"))).scalars().all()
    assert len(rows) == 1 and token not in rows[0]
    other = await world.caller(await world.account("principal"))
    async with world.database.session(other.context) as session:
        assert await session.scalar(text("select count(*) from calendar_feeds")) == 0


async def test_families_have_no_feed(world: World):
    client = await world.client(account=await world.student_account(await world.student()))
    assert (await client.post("/api/v1/calendar-feed")).status_code == 403


@given(
    st.dictionaries(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 10_000), max_size=20), st.text("abc.暖阳/", max_size=90)
)
def test_every_calendar_is_well_formed(days, link):
    body = calendar("feed", days, "https://x/" + link, datetime(2026, 12, 1, 4, tzinfo=UTC))
    assert body.endswith("END:VCALENDAR\r\n") and all(len(line.encode()) <= 75 for line in body.split("\r\n"))
    assert "\n" not in body.replace("\r\n", "")
    lines = unfolded(body)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(days)
    ids = [line for line in lines if line.startswith("UID:")]
    assert len(set(ids)) == len(ids)
    for day, count in days.items():
        at = lines.index(f"DTSTART;VALUE=DATE:{day:%Y%m%d}")
        assert lines[at + 1 : at + 3] == [f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}", f"SUMMARY:暖阳：{count}项待办"]


@pytest.mark.parametrize("line", ["暖" * 60, "a" * 200, ""])
def test_long_lines_are_folded_between_characters(line):
    body = calendar("f", {date(2026, 12, 1): 1}, line, datetime(2026, 12, 1, tzinfo=UTC))
    assert f"URL:{line}" in unfolded(body)
