"""Rights of several roles add up: whatever somebody holds at once, the list and a student answer, and show no more than the roles together."""

import json
from itertools import combinations_with_replacement
from uuid import uuid4

import httpx
import pytest

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import DATA_CLASSES, ROLE_SCOPES, WHOLE, HeldRole, Scope, reach_of
from nuanyang.kit.clock import today
from nuanyang.kit.db import opening
from nuanyang.oversight.students.policy import sight_of
from nuanyang.oversight.students.repository import listing, reading
from nuanyang.oversight.students.rules import Search
from tests.factories.students import CLASS_OF, case, named
from tests.factories.world import World

LIST = "/api/v1/students"


def caller(world: World, held: list[HeldRole], led: frozenset[object]) -> Caller:
    return Caller(
        account_id=uuid4(),
        school_id=world.school_id,
        session_id=uuid4(),
        display_name="谁",
        staff_id=uuid4(),
        roles=tuple(held),
        led_student_ids=led,  # type: ignore[arg-type]
        reach=reach_of(held, led),  # type: ignore[arg-type]
        context=opening(school_id=world.school_id, purpose="job"),
    )


async def test_every_two_roles_together_read_the_list_and_a_student(world: World) -> None:
    here, there = await world.school_class(7, 1), await world.school_class(8, 1)
    mine, theirs, led = await named(world, "甲", here), await named(world, "乙", there), await named(world, "丙", there)
    for student in (mine, theirs, led):
        for category in CLASS_OF:
            await case(world, student, category)

    def held(role: str, school_class: object) -> HeldRole:
        whole = "school" in ROLE_SCOPES[role]
        return HeldRole(role, WHOLE if whole else Scope(class_ids=frozenset({school_class})))  # type: ignore[arg-type]

    tried = 0
    for one, other in combinations_with_replacement(sorted(ROLE_SCOPES), 2):
        for leads in (frozenset(), frozenset({led.id})):
            who = caller(world, [held(one, here.id), held(other, there.id)], leads)
            if not who.scope("basic"):
                continue
            sight = sight_of(who)
            async with world.database.connection(who.context) as connection:
                statement, arguments = listing.page(
                    sight, world.school_id, today(), listing.Filters(("enrolled",)), Search(), "pinyin", None, 50, count=True
                )
                _, _, body = (await connection.fetchval(statement, *arguments)).partition("\n")
                rows = {row["id"]: row for row in json.loads(body)["items"]}
                for student in (mine, theirs, led):
                    one_statement, one_arguments = reading.one(sight, world.school_id, student.id, today(), who.ground(student.id))
                    answer = await connection.fetchval(one_statement, *one_arguments)
                    readable = who.readable(student.class_id, student.id)
                    assert (answer is not None) == (str(student.id) in rows) == ("basic" in readable), (one, other)
                    if answer is None:
                        continue
                    shown = json.loads(answer.partition("\n")[2])
                    assert {c for c in DATA_CLASSES if c in shown} <= readable, (one, other)
                    assert set(shown["hidden"]) >= {
                        c for c in ("contact", "identity", "academic", "economic", "family", "health", "support_needs") if c not in shown
                    }
                    classes = {CLASS_OF[c["category"]] for c in [*shown.get("cases", ()), *rows[str(student.id)].get("cases", ())]}
                    hears = any(who.may(action, "economic", student.class_id, student.id) for action in ("nominate", "approve"))
                    result = {"economic"} if hears else set()
                    assert classes <= who.cases(student.class_id, student.id) | result, (one, other)
            tried += 1
    assert tried > 200


async def ids(client: httpx.AsyncClient, **query: object) -> tuple[set[str], int]:
    answer = await client.get(LIST, params={"count": True, "limit": 200} | query)
    assert answer.status_code == 200, answer.text
    return {row["id"] for row in answer.json()["items"]}, answer.json()["count"]


@pytest.mark.parametrize(
    "role", ["homeroom_teacher", "grade_head", "aid_officer", "academic_affairs", "school_nurse", "counsellor", "principal"]
)
async def test_a_filter_over_cases_finds_no_more_than_the_rows_show(world: World, role: str) -> None:
    """Whatever is combined, who comes up under a category, level or state is somebody whose case of that kind the row itself shows."""
    here, there = await world.school_class(7, 1), await world.school_class(8, 1)
    for school_class in (here, there):
        for n, (category, state, level, data_class) in enumerate(
            (
                ("C1", "recognised", "key", "economic"),
                ("C1", "class_review", "key", "economic"),
                ("C2", "recognised", "general", "academic"),
                ("C3", "recognised", "key", "health"),
                ("C3", "recognised", "key", "wellbeing"),
                ("C4", "school_review", "key", "protection"),
                ("C4", "recognised", "general", "family"),
                ("C4", "declined", "general", "family"),
            )
        ):
            await case(world, await named(world, f"学生{n}", school_class), category, state, level, data_class=data_class)
    scope = {"homeroom_teacher": here, "grade_head": 7}.get(role)
    client = await world.client((role, scope) if scope else role)
    everybody = (await client.get(LIST, params={"limit": 200})).json()["items"]
    for category in ("C1", "C2", "C3", "C4", None):
        for level in ("key", "general", None):
            for state in ("recognised", "class_review", "school_review", None):
                if not (category or level or state):
                    continue
                wanted = {"category": category, "support_level": level, "state": state}
                query = {k if k != "state" else "case_state": v for k, v in wanted.items() if v}
                answer = await client.get(LIST, params={"count": True, "limit": 200} | query)
                if answer.status_code == 403:
                    assert all(c["category"] != category for row in everybody for c in row.get("cases", ())), (role, query)
                    continue
                shown = {
                    row["id"] for row in everybody if any(all(c[k] == v for k, v in wanted.items() if v) for c in row.get("cases", ()))
                }
                found = {row["id"] for row in answer.json()["items"]}
                assert found == shown and answer.json()["count"] == len(shown), (role, query)
                # Narrowed to another class, nobody comes up whom one does not see.
                beyond = await client.get(LIST, params={"count": True, "class_id": str(there.id)} | query)
                assert beyond.json()["count"] == len(shown & {row["id"] for row in everybody if row["basic"]["class_id"] == str(there.id)})
