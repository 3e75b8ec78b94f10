"""The pupil's own page of consents: from the fourteenth birthday on, their own yes and no."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from nuanyang.kit.clock import today
from nuanyang.kit.db import opening
from nuanyang.school.consents.models import PURPOSES
from nuanyang.school.consents.purposes import purposes
from nuanyang.school.consents.rules import decides_from, last_words
from nuanyang.school.students.models import Student
from tests.factories.consents import born, said
from tests.factories.students import guardian, kept_away
from tests.factories.world import World

OWN = "/api/v1/my/consents"
# What no page of a pupil ever says (access.md), and what would speak over the child's head.
NEVER = ("弱势", "贫困", "差生", "问题学生", "后进", "监护", "C1", "C2", "C3", "C4")


async def signed_in(world: World, child: Student) -> httpx.AsyncClient:
    return await world.client(account=await world.student_account(child))


def choice(purpose: str = "screening", action: str = "given", number: int = 1) -> dict[str, Any]:
    return {"purpose": purpose, "action": action, "text_number": number}


def one(answer: httpx.Response, purpose: str = "screening") -> dict[str, Any]:
    return next(p for p in answer.json()["purposes"] if p["purpose"] == purpose)


@pytest.mark.parametrize(
    ("birth_on", "first"),
    [
        (date(2012, 5, 6), date(2026, 5, 6)),
        (date(2012, 2, 29), date(2026, 2, 28)),
        (date(2014, 2, 28), date(2028, 2, 28)),
        (None, None),
    ],
)
def test_the_first_day_of_the_own_word(birth_on: date | None, first: date | None) -> None:
    assert decides_from(birth_on) == first


def test_last_words_stand_beside_each_other_and_a_no_goes_before_a_yes() -> None:
    mother, father = uuid4(), uuid4()
    assert last_words([]) == (None, None)
    assert last_words([(None, "withdrawn"), (None, "given"), (mother, "given")]) == ("withdrawn", "given")
    assert last_words([(mother, "given"), (father, "withdrawn"), (mother, "withdrawn")]) == (None, "withdrawn")
    assert last_words([(father, "given"), (father, "withdrawn")]) == (None, "given")


def test_a_pupil_is_told_in_a_childs_words() -> None:
    assert list(purposes()) == list(PURPOSES)
    for purpose in purposes().values():
        assert 30 < len(purpose.plain) < 120 and "你" in purpose.plain
        assert not [word for word in (*NEVER, "您", "孩子") if word in purpose.plain]


async def test_from_the_birthday_on_the_pupil_says_it_and_takes_it_back(world: World) -> None:
    child = await world.student(birth_on=born(14))
    client = await signed_in(world, child)
    shown = await client.get(OWN)
    assert shown.json()["decides_alone"] is True and shown.json()["decides_from"] == str(today())
    assert one(shown)["state"] == "missing" and one(shown)["words"] == {"pupil": None, "guardians": None}
    said_yes = await client.post(OWN, json=choice())
    assert said_yes.status_code == 201 and one(said_yes)["state"] == "given"
    assert one(said_yes)["events"] == [{"action": "given", "how": "portal", "text_number": 1, "who": "me", "happened_on": str(today())}]
    assert (await client.post(OWN, json=choice())).json()["code"] == "already_said"
    taken_back = await client.post(OWN, json=choice(action="withdrawn"))
    assert one(taken_back)["state"] == "withdrawn" and one(taken_back)["words"]["pupil"] == "withdrawn"
    assert (await client.post(OWN, json=choice(number=7))).json()["code"] == "consent_text_changed"


async def test_the_day_before_the_birthday_a_guardian_still_decides(world: World) -> None:
    child = await world.student(birth_on=born(14, day_later=True))
    client = await signed_in(world, child)
    shown = (await client.get(OWN)).json()
    assert shown["decides_alone"] is False and shown["decides_from"] == str(today() + timedelta(days=1))
    refused = await client.post(OWN, json=choice())
    assert (refused.status_code, refused.json()["code"]) == (409, "too_young")
    with pytest.raises(IntegrityError, match="under fourteen"):
        await said(world, child, None, informed_on=today())


async def test_what_a_guardian_said_before_holds_until_the_pupil_says_otherwise(world: World) -> None:
    child = await world.student(birth_on=born(14))
    mother = await guardian(world, child, "只有母亲的名字")
    await said(world, child, mother, happened_on=today() - timedelta(days=1))
    client = await signed_in(world, child)
    before = await client.get(OWN)
    assert one(before)["state"] == "given" and one(before)["words"] == {"pupil": None, "guardians": "given"}
    assert one(before)["events"][0]["who"] == "guardian" and "只有母亲的名字" not in before.text
    assert one(await client.post(OWN, json=choice(action="withdrawn")))["state"] == "withdrawn"
    # The school sees both, and the family that it was the child's own word.
    office = await world.client("moral_education")
    state = next(s for s in (await office.get(f"/api/v1/students/{child.id}/consents")).json()["states"] if s["purpose"] == "screening")
    assert (state["state"], state["words"]) == ("withdrawn", {"pupil": "withdrawn", "guardians": "given"})
    family = (await (await world.family(mother)).get("/api/v1/family/consents")).json()["children"][0]["purposes"][1]
    assert (family["state"], family["events"][0]["who"], family["events"][0]["how"]) == ("withdrawn", "pupil", "portal")


async def test_whoever_is_kept_away_is_not_mentioned_to_the_pupil(world: World) -> None:
    child = await world.student(birth_on=born(15))
    father = await guardian(world, child, "父亲")
    await said(world, child, father, action="withdrawn")
    await kept_away(world, child, father, "no_contact")
    shown = await (await signed_in(world, child)).get(OWN)
    assert one(shown)["events"] == [] and one(shown)["words"] == {"pupil": None, "guardians": None} and one(shown)["state"] == "missing"


async def test_nobody_else_speaks_in_the_pupils_name(world: World) -> None:
    child, other = await world.student("甲", birth_on=born(14)), await world.student("乙", birth_on=born(14))
    stranger = await world.student_account(other)
    with pytest.raises(IntegrityError, match="the pupil themself"):  # past every service
        await said(world, child, None, how="portal", recorded_by=stranger.id)
    assert (await world.anonymous().get(OWN)).status_code == 401
    for client in (await world.client("principal", "moral_education"), await world.family(await guardian(world, child))):
        assert (await client.get(OWN)).status_code == 403
        assert (await client.post(OWN, json=choice())).status_code == 403


async def test_a_pupils_session_reads_the_own_words_and_nobody_elses(world: World) -> None:
    child, other = await world.student("甲", birth_on=born(14)), await world.student("乙", birth_on=born(14))
    await said(world, other, None, informed_on=today())
    client = await signed_in(world, child)
    assert one(await client.post(OWN, json=choice()))["state"] == "given"
    caller = await world.caller(client.account)  # type: ignore[attr-defined]
    async with world.database.session(caller.context) as session:
        rows = (await session.execute(text("select student_id from consent_events"))).scalars().all()
    assert rows == [child.id]
    async with world.database.session(opening(school_id=world.school_id, purpose="job")) as session:
        assert await session.scalar(text("select count(*) from consent_events where school_id = :s"), {"s": world.school_id}) == 2
