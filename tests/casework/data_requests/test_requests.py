"""From asking to the answer: corrections that are written, erasures that two people decide, refusals with reasons."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from nuanyang.casework.data_requests.models import DataRequest
from nuanyang.kit.clock import today
from nuanyang.school.guardians.models import Guardian
from nuanyang.school.students.models import Student, StudentContact
from tests.factories.students import asked, guardian, kept_away
from tests.factories.world import World

OWN, QUEUE = "/api/v1/my/data-requests", "/api/v1/data-requests"


@pytest.fixture
async def child(world: World) -> Student:
    return await world.student("王小明", await world.school_class(7, 1))


@pytest.fixture
async def parent(world: World, child: Student) -> Guardian:
    return await guardian(world, child, "王建国")


@pytest.fixture
async def father(world: World, parent: Guardian) -> httpx.AsyncClient:
    return await world.family(parent)


async def ask(client: httpx.AsyncClient, child: Student, kind: str = "correct", **more: Any) -> dict[str, Any]:
    answer = await client.post(OWN, json={"student_id": str(child.id), "kind": kind} | more)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def act(client: httpx.AsyncClient, request: dict[str, Any], what: str, **body: Any) -> httpx.Response:
    """Do something with a request in the version that this person sees."""
    seen = await client.get(f"{QUEUE}/{request['id']}")
    return await client.post(f"{QUEUE}/{request['id']}/{what}", json=body or None, headers={"If-Match": seen.headers.get("etag", '"1"')})


async def mine(client: httpx.AsyncClient) -> dict[str, Any]:
    return dict((await client.get(OWN)).json()["items"][0])


async def test_a_correction_is_written_into_the_record(world: World, child: Student, father: httpx.AsyncClient) -> None:
    registrar = await world.client("registrar")
    made = await ask(father, child, field="name", wanted="王晓明", said="名字写错了")
    assert (made["state"], made["days_left"], made["due_on"]) == ("open", 15, str(today() + timedelta(days=15)))
    taken = await registrar.post(f"{QUEUE}/{made['id']}/take")
    assert (taken.json()["state"], taken.json()["recorded"], taken.json()["wanted"]) == ("in_hand", "王小明", "王晓明")
    answer = await act(registrar, made, "answer", outcome="fulfilled")
    assert answer.status_code == 200, answer.text
    assert (await registrar.get(f"/api/v1/students/{child.id}")).json()["basic"]["name"] == "王晓明"
    seen = await mine(father)
    assert (seen["state"], seen["child_name"], seen["may_withdraw"]) == ("fulfilled", "王晓明", False)


@pytest.mark.parametrize(
    ("field", "wanted", "record", "column"),
    [
        ("birth_on", "2013-05-06", Student, "birth_on"),
        ("address", "青山路9号", StudentContact, "address"),
        ("my_name", "王建军", Guardian, "name"),
    ],
)
async def test_each_kind_of_field_has_its_record(
    world: World, child: Student, parent: Guardian, father: httpx.AsyncClient, field: str, wanted: str, record: type[Any], column: str
) -> None:
    registrar = await world.client("registrar")
    assert (await act(registrar, await ask(father, child, field=field, wanted=wanted), "answer", outcome="fulfilled")).status_code == 200
    key = parent.id if record is Guardian else child.id
    async with world.session() as session:
        row = await session.get_one(record, (world.school_id, key))
    assert str(getattr(row, column)) == wanted


async def test_a_refusal_has_a_ground_and_a_reason_that_the_family_reads(world: World, child: Student, father: httpx.AsyncClient) -> None:
    registrar = await world.client("registrar")
    made = await ask(father, child, field="birth_on", wanted="2013-05-06")
    assert (await act(registrar, made, "answer", outcome="refused")).status_code == 422
    assert (await act(registrar, made, "answer", outcome="partly", ground="other", reason="只改一半")).status_code == 422
    refused = await act(registrar, made, "answer", outcome="refused", ground="accurate", reason="与户口簿核对一致。")
    assert refused.status_code == 200
    seen = await mine(father)
    assert (seen["state"], seen["ground"], seen["reason"]) == ("refused", "accurate", "与户口簿核对一致。")
    assert (await act(registrar, made, "answer", outcome="fulfilled")).status_code == 409


async def test_an_erasure_is_prepared_by_one_and_approved_by_another(
    world: World, child: Student, parent: Guardian, father: httpx.AsyncClient
) -> None:
    await world.add(StudentContact(school_id=world.school_id, id=child.id, phone="13711112222", address="青山路1号"))
    async with world.session() as session:
        await session.execute(update(Guardian).where(Guardian.id == parent.id).values(employer="青山机械厂", occupation="工人"))
    office, principal = await world.client("moral_education"), await world.client("principal")
    made = await ask(father, child, "erase", parts=["own_details", "child_reach", "results"])
    law = {part["part"]: part["law"] for part in made["parts"]}
    assert law["own_details"] is None and "学籍" in law["results"]
    assert (await act(office, made, "answer", outcome="fulfilled")).status_code == 422, "results must be kept"
    prepared = await act(office, made, "answer", outcome="partly", ground="statutory", reason="成绩依规定须保存。")
    assert prepared.json()["state"] == "awaiting_approval"
    seen = await mine(father)
    assert (seen["state"], seen["reason"], seen["ground"]) == ("in_hand", None, None), "not before it is given"
    back = await act(principal, made, "return", reason="请写清楚依据的条款")
    assert (back.json()["state"], back.json()["returned_reason"]) == ("in_hand", "请写清楚依据的条款")
    assert "请写清楚" not in (await father.get(OWN)).text
    again = await act(office, made, "answer", outcome="partly", ground="statutory", reason="成绩依《中小学生学籍管理办法》须保存。")
    assert again.status_code == 200
    assert (await act(office, made, "approve")).status_code == 403
    done = await act(principal, made, "approve")
    assert done.status_code == 200, done.text
    seen = await mine(father)
    assert [(p["part"], p["is_erased"]) for p in seen["parts"]] == [("own_details", True), ("child_reach", True), ("results", False)]
    async with world.session() as session:
        person = await session.get_one(Guardian, (world.school_id, parent.id))
        contact = await session.get_one(StudentContact, (world.school_id, child.id))
    assert (person.employer, person.occupation, person.phone) == (None, None, "13812345678")
    assert (contact.phone, contact.address) == (None, "青山路1号")


async def test_nobody_approves_what_they_prepared(world: World, child: Student, father: httpx.AsyncClient) -> None:
    both = await world.client("registrar", "principal")
    made = await ask(father, child, "erase", parts=["own_details"])
    prepared = await act(both, made, "answer", outcome="fulfilled")
    assert (prepared.json()["state"], prepared.json()["may_approve"]) == ("awaiting_approval", False)
    answer = await act(both, made, "approve")
    assert (answer.status_code, answer.json()["code"]) == (403, "prepared_by_you")
    assert (await both.get(QUEUE, params={"waiting": "true"})).json()["items"] == []


async def test_the_database_refuses_approval_by_who_prepared_it(world: World, child: Student, father: httpx.AsyncClient) -> None:
    registrar = await world.client("registrar")
    made = await ask(father, child, "erase", parts=["own_details"])
    assert (await act(registrar, made, "answer", outcome="fulfilled")).status_code == 200
    for values in (
        {"approved_by": registrar.account.id},  # type: ignore[attr-defined]
        {"state": "fulfilled", "decided_at": DataRequest.created_at},
    ):
        with pytest.raises(IntegrityError):
            async with world.session() as session:
                await session.execute(update(DataRequest).where(DataRequest.id == made["id"]).values(**values))


async def test_an_answer_that_was_approved_cannot_be_changed(world: World, child: Student, father: httpx.AsyncClient) -> None:
    registrar, principal = await world.client("registrar"), await world.client("principal")
    made = await ask(father, child, "erase", parts=["register"])
    refused = await act(registrar, made, "answer", outcome="refused", ground="statutory", reason="学籍须长期保存。")
    assert refused.status_code == 200 and (await act(principal, made, "approve")).status_code == 200
    with pytest.raises(IntegrityError):
        async with world.session() as session:
            await session.execute(update(DataRequest).where(DataRequest.id == made["id"]).values(reason="换一个理由"))


async def test_each_desk_has_its_own_requests_and_the_principal_all(world: World, child: Student, father: httpx.AsyncClient) -> None:
    names = await ask(father, child, field="name", wanted="王晓明")
    marks = await ask(father, child, field="results", said="期中数学成绩登错了")
    registrar, office, principal = await world.client("registrar"), await world.client("moral_education"), await world.client("principal")

    async def ids(client: httpx.AsyncClient, **query: str) -> set[str]:
        return {one["id"] for one in (await client.get(QUEUE, params=query)).json()["items"]}

    assert await ids(registrar) == await ids(registrar, waiting="true") == {names["id"]}
    assert await ids(office) == {marks["id"]}
    assert await ids(principal) == {names["id"], marks["id"]}
    assert await ids(principal, waiting="true") == set()
    assert (await registrar.get(f"{QUEUE}/{marks['id']}")).status_code == 404
    assert (await registrar.post(f"{QUEUE}/{marks['id']}/take")).status_code == 404
    tasks = {task["key"]: task["count"] for task in (await registrar.get("/api/v1/home")).json()["tasks"]}
    assert tasks["data_requests_waiting"] == 1
    for role in ("aid_officer", "counsellor", "admin"):
        assert (await (await world.client(role)).get(QUEUE)).status_code == 403


async def test_the_queue_shows_the_earliest_term_first_and_what_is_over_it(world: World, child: Student, parent: Guardian) -> None:
    late = await asked(world, child, parent, due_on=today() - timedelta(days=2))
    soon = await asked(world, child, parent, due_on=today() + timedelta(days=1))
    office = await world.client("moral_education")
    first = (await office.get(QUEUE, params={"limit": "1"})).json()
    assert [(one["id"], one["days_left"], one["is_overdue"]) for one in first["items"]] == [(str(late.id), -2, True)]
    second = (await office.get(QUEUE, params={"limit": "1", "cursor": first["next_cursor"]})).json()
    assert ([one["id"] for one in second["items"]], second["next_cursor"]) == ([str(soon.id)], None)
    assert [one["id"] for one in (await office.get(QUEUE, params={"overdue": "true"})).json()["items"]] == [str(late.id)]


async def test_the_school_sets_its_term(world: World, child: Student, father: httpx.AsyncClient) -> None:
    principal = await world.client("principal")
    assert (await principal.put(f"{QUEUE}/term", json={"days": 31})).status_code == 422
    assert (await principal.put(f"{QUEUE}/term", json={"days": 7})).json() == {"days": 7}
    assert (await ask(father, child, "copy"))["days_left"] == 7
    page = (await principal.get(QUEUE)).json()
    assert (page["term_days"], page["may_set_term"]) == (7, True)
    assert (await (await world.client("moral_education")).get(QUEUE)).json()["may_set_term"] is False
    assert (await (await world.client("registrar")).put(f"{QUEUE}/term", json={"days": 7})).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "correct"},
        {"kind": "correct", "field": "name"},
        {"kind": "correct", "field": "sex", "wanted": "女"},
        {"kind": "correct", "field": "results"},
        {"kind": "erase"},
        {"kind": "erase", "parts": ["everything"]},
        {"kind": "copy", "field": "name"},
        {"kind": "correct", "field": "identity", "said": "应为 110101201305060019"},
        {"kind": "copy", "extra": 1},
    ],
)
async def test_what_is_missing_or_does_not_belong_is_said(child: Student, father: httpx.AsyncClient, body: dict[str, Any]) -> None:
    answer = await father.post(OWN, json={"student_id": str(child.id)} | body)
    assert answer.status_code == 422 and answer.json()["errors"], answer.text


async def test_a_request_can_be_taken_back_until_it_is_answered(world: World, child: Student, father: httpx.AsyncClient) -> None:
    made = await ask(father, child, "copy")
    assert (await father.post(f"{OWN}/{made['id']}/withdraw")).json()["state"] == "withdrawn"
    assert (await father.post(f"{OWN}/{made['id']}/withdraw")).status_code == 409
    mother = await world.family(await guardian(world, child, "李梅"))
    other = await ask(mother, child, "copy")
    assert (await father.post(f"{OWN}/{other['id']}/withdraw")).status_code == 404
    assert [one["id"] for one in (await father.get(OWN)).json()["items"]] == [made["id"]]


async def test_whom_an_order_keeps_away_asks_nothing_and_hears_nothing(
    world: World, child: Student, parent: Guardian, father: httpx.AsyncClient
) -> None:
    made = await ask(father, child, "copy")
    await kept_away(world, child, parent)
    assert (await father.get(OWN)).json()["items"] == []
    assert (await father.post(f"{OWN}/{made['id']}/withdraw")).status_code == 404
    assert (await father.post(OWN, json={"student_id": str(child.id), "kind": "copy"})).status_code == 404


async def test_ten_a_day_are_enough(child: Student, father: httpx.AsyncClient) -> None:
    for _ in range(10):
        await ask(father, child, "copy")
    assert (await father.post(OWN, json={"student_id": str(child.id), "kind": "copy"})).status_code == 429


async def test_a_stale_answer_is_refused(world: World, child: Student, father: httpx.AsyncClient) -> None:
    registrar = await world.client("registrar")
    made = await ask(father, child, "copy")
    url = f"{QUEUE}/{made['id']}/answer"
    assert (await registrar.post(url, json={"outcome": "fulfilled"})).status_code == 428
    assert (await registrar.post(url, json={"outcome": "fulfilled"}, headers={"If-Match": '"9"'})).status_code == 412
    async with world.session() as session:
        assert await session.scalar(select(DataRequest.state).where(DataRequest.id == made["id"])) == "open"
