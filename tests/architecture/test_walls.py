"""Every operation of the contract, by every role, at somebody of another class and of another school: nothing comes out, nothing goes in.

Whatever is not visible answers exactly as what does not exist. An operation with a path parameter that nobody has furnished fails here, so
that a new route is tried as well.
"""

import json
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from nuanyang.access.permissions import ROLE_SCOPES
from tests.factories.asker import Asker
from tests.factories.furnished import MARK, furnish
from tests.factories.world import World

CLASS_ROLES = tuple(role for role, scopes in sorted(ROLE_SCOPES.items()) if "school" not in scopes)
SCHOOL_ROLES = tuple(
    role for role, scopes in sorted(ROLE_SCOPES.items()) if "school" in scopes and role not in ("district_admin", "acting_principal")
)
# Of the school as a whole, and no secret within it: exams, rules, templates, staff. From another school they are as closed as all else.
SHARED = {
    "exam",
    "rule_set",
    "template",
    "staff",
    "subject",
    "mapping",
    "import",
    "account",
    "role",
    "job",
    "term",
    "run",
    "hold",
    "edition",
    "clause",
    "calendar_day",
    "calendar_period",
}
# Asked about somebody, these answer for what one sees oneself, whoever is named.
BLIND = {"jobs_events"}


@pytest.fixture
def asker(world: World) -> Asker:
    return Asker(world.app.openapi())


class Nothing(dict[str, Any]):
    """Ids of nothing at all."""

    def __missing__(self, key: str) -> UUID:
        self[key] = uuid4()
        return self[key]  # type: ignore[no-any-return]

    def get(self, key: str, default: Any = None) -> Any:
        return self[key]


def kept(answer: httpx.Response) -> tuple[int, Any]:
    """What an answer says, apart from the address."""
    if "json" not in answer.headers.get("content-type", ""):
        return answer.status_code, answer.content
    return answer.status_code, answer.json().get("code") if isinstance(answer.json(), dict) else None


async def everything(world: World) -> str:
    """A digest of all that a school has."""
    tables = text(
        "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'school_id'"
        " where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity"
        # The application cannot read the record of who did and saw what.
        " and c.relname <> 'audit_entries' order by 1"
    )
    found = []
    async with world.session() as session:
        for (table,) in (await session.execute(tables)).all():
            digest = text(f"select count(*), md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table} t")
            found.append((table, *(await session.execute(digest)).one()))
    return str(found)


def reaches(path: str, body: dict[str, Any], *, is_same_school: bool) -> bool:
    """Whether an operation can be asked about somebody or something, as far as that is closed to the asker."""
    named = {p["name"].removesuffix("_id") for p in body.get("parameters", []) if p["in"] == "path" and p["name"].endswith("_id")}
    if named:
        return not (is_same_school and named <= SHARED)
    return False


async def try_all(asker: Asker, client: httpx.AsyncClient, there: dict[str, UUID], *, is_same_school: bool) -> int:
    tried = 0
    for path, method, operation in asker.operations():
        name = operation["operationId"]
        if name in BLIND or not reaches(path, operation, is_same_school=is_same_school):
            continue
        answers = []
        for ids in (there, Nothing()):
            if is_same_school and isinstance(ids, Nothing):
                ids.update({k: v for k, v in there.items() if k in SHARED})
            asked = {p["name"] for p in operation.get("parameters", []) if p["in"] == "query"}
            query = {"class_id": str(ids["class"])} if "class_id" in asked else {}
            if name == "plans_diff":
                query = {"against": str(ids["plan"])}
            answer = await client.request(
                method.upper(),
                asker.path(path, operation, ids),
                headers={"If-Match": '"1"'},
                params=query,
                **asker.body(operation, ids),
            )
            assert MARK not in answer.text.replace(str(asker.body(operation, ids)), ""), (name, answer.text[:300])
            answers.append(kept(answer))
        assert answers[0] == answers[1], (name, answers)
        assert answers[0][0] in (403, 404), (name, answers, "the body must get as far as to ask whom it is about")
        tried += 1
    return tried


@pytest.mark.parametrize("role", CLASS_ROLES)
async def test_another_class_is_as_if_it_did_not_exist(world: World, asker: Asker, role: str) -> None:
    own, other = await world.school_class(7, 1), await world.school_class(8, 1)
    there = await furnish(world, other)
    client = await world.client((role, 7 if role == "grade_head" else own))
    before = await everything(world)
    assert await try_all(asker, client, there, is_same_school=True) > 40
    assert await everything(world) == before


@pytest.mark.parametrize("role", [*CLASS_ROLES, *SCHOOL_ROLES])
async def test_another_school_is_as_if_it_did_not_exist(world: World, asker: Asker, role: str) -> None:
    own, elsewhere = await world.school_class(7, 1), await world.elsewhere()
    there = await furnish(elsewhere, await elsewhere.school_class(7, 1))
    client = await world.client((role, 7 if role == "grade_head" else own) if role in CLASS_ROLES else role)
    before = await everything(elsewhere)
    assert await try_all(asker, client, there, is_same_school=False) > 55
    assert await everything(elsewhere) == before


FILTERS = ("student_id", "class_id", "plan_measure_id", "doer_staff_id", "session_id", "term_id", "case_lead", "school_year_id")


@pytest.mark.parametrize("role", [*CLASS_ROLES, *SCHOOL_ROLES])
async def test_lists_hold_nobody_from_beyond_whatever_is_asked(world: World, asker: Asker, role: str) -> None:
    own, other, elsewhere = await world.school_class(7, 1), await world.school_class(8, 1), await world.elsewhere()
    beyond = [await furnish(elsewhere, await elsewhere.school_class(7, 1))]
    if role in CLASS_ROLES:
        beyond.append(await furnish(world, other))
    client = await world.client((role, 7 if role == "grade_head" else own) if role in CLASS_ROLES else role)
    # A mark that stands for what is no secret within a school: its exams, templates and so on.
    open_here = (
        "exams_list",
        "plan_templates_list",
        "rule_sets_list",
        "case_leads_list",
        "staff_list",
        "interventions_candidates",
        "editions_list",
    )
    for path, method, operation in asker.operations():
        if method != "get" or "{" in path or not path.startswith("/api/"):
            continue
        names = {p["name"] for p in operation.get("parameters", []) if p["in"] == "query"}
        for ids in [None, *beyond]:
            keys = {n: n.removesuffix("_id").removeprefix("doer_") for n in FILTERS if n in names}
            query = {n: str(ids.get(k, uuid4())) for n, k in keys.items()} if ids else {}
            if not ids and operation["operationId"] == "census_students":
                continue
            answer = await client.get(path, params=query | ({"count": "true"} if "count" in names else {}))
            assert answer.status_code < 500, (path, answer.text)
            is_open = operation["operationId"] in open_here
            assert is_open or MARK not in answer.text, (role, path, query, answer.text[:400])
            for one in beyond[:1] if is_open else beyond:
                assert not any(str(i) in answer.text for k, i in one.items() if k not in SHARED or one is beyond[0]), (role, path, query)


WRITES = (
    "evidence_create",
    "evidence_create_batch",
    "census_look",
    "interventions_create",
    "interventions_create_many",
    "plans_create",
    "plans_create_many",
)
WRITES += (
    "proposals_take_up",
    "recognitions_create",
    "recognitions_decide_many",
    "plans_approve_many",
    "plans_submit_many",
    "duplicates_propose",
)


@pytest.mark.parametrize("role", [*CLASS_ROLES, *SCHOOL_ROLES])
async def test_nothing_is_written_about_anybody_beyond(world: World, asker: Asker, role: str) -> None:
    own, other, elsewhere = await world.school_class(7, 1), await world.school_class(8, 1), await world.elsewhere()
    places = [(elsewhere, await furnish(elsewhere, await elsewhere.school_class(7, 1)))]
    if role in CLASS_ROLES:
        places.append((world, await furnish(world, other)))
    client = await world.client((role, 7 if role == "grade_head" else own) if role in CLASS_ROLES else role)
    operations = {body["operationId"]: (path, method, body) for path, method, body in asker.operations()}
    assert set(WRITES) <= set(operations)
    for place, there in places:
        before = await everything(place)
        for name in WRITES:
            path, method, operation = operations[name]
            answer = await client.request(method.upper(), path, **asker.body(operation, there))
            refused = answer.status_code in (403, 404, 409, 422) or (
                answer.status_code < 300 and 0 in (answer.json().get("done"), answer.json().get("created"))
            )
            assert refused, (name, answer.status_code, answer.text[:400])
            assert MARK not in answer.text, (name, json.dumps(answer.json(), ensure_ascii=False)[:400])
        assert await everything(place) == before
