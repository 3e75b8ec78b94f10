"""Security design, section 3, "break-glass": a reason, a fresh sign-in, one child, an hour, told at once, every reading marked, reviewed by others."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from nuanyang.kit.clock import now
from nuanyang.kit.db import opening
from nuanyang.kit.ids import new_id
from tests.factories.counselling import NOTE_TEXT, REASON, Counselled, counselled
from tests.factories.world import World


@pytest.fixture
async def admin(database_urls: tuple[str, str]) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(database_urls[1])
    yield connection
    await connection.close()


@pytest.fixture
async def case(world: World) -> Counselled:
    return await counselled(world)


@pytest.fixture
async def office(world: World) -> httpx.AsyncClient:
    """The head of moral education, so that there is somebody to tell."""
    return await world.client("moral_education")


async def broken(client: httpx.AsyncClient, case: Counselled, reason: str = REASON) -> dict[str, Any]:
    answer = await client.post(f"{case.url}/break-glass", json={"reason": reason})
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]


async def sees(client: httpx.AsyncClient, case: Counselled) -> bool:
    """Whether the notes come out."""
    answer = await client.get(f"{case.url}/counselling")
    assert answer.status_code == 200, answer.text
    assert (NOTE_TEXT in answer.text) == (answer.json()["sessions"] is not None)
    return answer.json()["sessions"] is not None


async def shift(admin: Any, opening_id: str, by: timedelta) -> None:
    """Make an opening older, past every trigger: time passes."""
    async with admin.transaction():
        await admin.execute("set local session_replication_role = replica")
        await admin.execute(
            "update break_glass_openings set opened_at = opened_at - $2::interval, expires_at = expires_at - $2::interval where id = $1",
            *(UUID(opening_id), by),
        )


async def entries(admin: Any, world: World, client: httpx.AsyncClient) -> list[Any]:
    statement = "select * from audit_entries where school_id = $1 and account_id = $2 and action = 'read' order by at, id"
    return list(await admin.fetch(statement, world.school_id, client.account.id))  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", ["principal", "vice_principal", "moral_education", "counsellor"])
async def test_break_glass_opens_one_file_for_an_hour(world: World, case: Counselled, office: httpx.AsyncClient, role: str) -> None:
    client = await world.client(role)
    assert not await sees(client, case)
    opened = await broken(client, case)
    assert await sees(client, case)
    answer = (await client.get(f"{case.url}/counselling")).json()
    assert (answer["ground"], answer["opening"]["id"], answer["may_write"]) == ("break_glass", opened["id"], False)
    assert opened["opened_as"] == role
    other = await counselled(world)
    assert not await sees(client, other)


@pytest.mark.parametrize(
    "role", ["registrar", "admin", "aid_officer", "academic_affairs", "general_affairs", "school_nurse", "special_educator", "youth_league"]
)
async def test_break_glass_is_for_four_offices_only(world: World, case: Counselled, office: httpx.AsyncClient, role: str) -> None:
    client = await world.client(role)
    assert (await client.post(f"{case.url}/break-glass", json={"reason": REASON})).status_code == 403


@pytest.mark.parametrize("reason", ["", "急", "九个字不够长的理由", "          x          "])
async def test_break_glass_asks_for_a_reason_of_ten_characters(
    world: World, case: Counselled, office: httpx.AsyncClient, reason: str
) -> None:
    principal = await world.client("principal")
    answer = await principal.post(f"{case.url}/break-glass", json={"reason": reason})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/reason")
    with pytest.raises(IntegrityError, match="reason"):
        await insert(world, principal.account.id, case, reason)  # type: ignore[attr-defined]


async def insert(
    world: World, account_id: UUID | None, case: Counselled, reason: str = REASON, columns: str = "", values: str = ""
) -> UUID:
    """Past every service: what the application's role can say to the database at most."""
    statement = text(
        f"insert into break_glass_openings (school_id, id, student_id, opened_as, reason{columns})"
        f" values (:school, :id, :student, 'principal', :reason{values})"
    )
    row_id = new_id()
    async with world.database.session(opening(account_id=account_id, school_id=world.school_id, purpose="job")) as session:
        named = {"school": world.school_id, "id": row_id, "student": case.student.id, "reason": reason}
        await session.execute(statement, named)
    return row_id


async def test_break_glass_is_needed_for_others_files_only(world: World, case: Counselled, office: httpx.AsyncClient) -> None:
    answer = await case.counsellor.post(f"{case.url}/break-glass", json={"reason": REASON})
    assert (answer.status_code, answer.json()["code"]) == (409, "needs_no_glass")
    nothing = await world.student("没有档案")
    answer = await office.post(f"/api/v1/students/{nothing.id}/break-glass", json={"reason": REASON})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_clinical_file")


async def age_session(world: World, client: httpx.AsyncClient, minutes: float) -> None:
    async with world.session() as session:
        then = now() - timedelta(minutes=minutes)
        aged = text("update sessions set created_at = :then, confirmed_at = null where account_id = :account")
        await session.execute(aged, {"then": then, "account": client.account.id})  # type: ignore[attr-defined]


async def test_break_glass_asks_who_one_is_after_five_minutes(world: World, case: Counselled, office: httpx.AsyncClient) -> None:
    from nuanyang.access.accounts.passwords import hash_password

    principal = await world.client("principal")
    async with world.session() as session:
        named = {"hash": await hash_password("一把很长的钥匙"), "account": principal.account.id}  # type: ignore[attr-defined]
        await session.execute(text("update accounts set password_hash = :hash where id = :account"), named)
    await age_session(world, principal, 5.1)
    refused = await principal.post(f"{case.url}/break-glass", json={"reason": REASON})
    assert (refused.status_code, refused.json()["code"], refused.json()["factor"]) == (403, "step_up_required", None)
    wrong = await principal.post("/api/v1/auth/confirm", json={"password": "不是这一把"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "#/password")
    assert (await principal.post(f"{case.url}/break-glass", json={"reason": REASON})).status_code == 403
    assert (await principal.post("/api/v1/auth/confirm", json={"password": "一把很长的钥匙"})).status_code == 204
    await broken(principal, case)


async def test_break_glass_within_five_minutes_of_signing_in_asks_nothing_more(
    world: World, case: Counselled, office: httpx.AsyncClient
) -> None:
    principal = await world.client("principal")
    await age_session(world, principal, 4.9)
    await broken(principal, case)


async def test_break_glass_of_two_at_once_is_one(world: World, case: Counselled, office: httpx.AsyncClient) -> None:
    principal = await world.client("principal")
    answers = await asyncio.gather(*(principal.post(f"{case.url}/break-glass", json={"reason": REASON}) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7


async def test_break_glass_is_over_to_the_second(world: World, case: Counselled, office: httpx.AsyncClient, admin: Any) -> None:
    principal = await world.client("principal")
    opened = await broken(principal, case)
    await shift(admin, opened["id"], timedelta(minutes=59, seconds=58))
    assert await sees(principal, case)
    await asyncio.sleep(2.1)
    assert not await sees(principal, case)
    again = await broken(principal, case, "第二次打开需要写新的理由")
    assert again["id"] != opened["id"]
    assert await sees(principal, case)


async def test_break_glass_ends_early_by_a_button_and_stays_ended(world: World, case: Counselled, office: httpx.AsyncClient) -> None:
    principal = await world.client("principal")
    opened = await broken(principal, case)
    assert (await office.post(f"/api/v1/break-glass/{opened['id']}/end", json={})).status_code == 403
    ended = await principal.post(f"/api/v1/break-glass/{opened['id']}/end", json={})
    assert ended.status_code == 200
    assert ended.json()["state"] == "to_review"
    assert not await sees(principal, case)
    assert (await principal.post(f"/api/v1/break-glass/{opened['id']}/end", json={})).json()["ended_at"] == ended.json()["ended_at"]
    with pytest.raises(IntegrityError, match="only ended"):
        await touch(world, principal.account.id, "update break_glass_openings set ended_at = null where id = :id", opened["id"])  # type: ignore[attr-defined]


async def touch(world: World, account_id: UUID, statement: str, row_id: Any, **values: Any) -> None:
    async with world.database.session(opening(account_id=account_id, school_id=world.school_id, purpose="job")) as session:
        await session.execute(text(statement), {"id": UUID(str(row_id)), **values})


@pytest.mark.parametrize(
    "change",
    [
        "expires_at = now() + interval '1 day'",
        "reason = '别的理由别的理由别的理由'",
        "student_id = id",
        "opened_at = now()",
        "account_id = id",
    ],
)
async def test_break_glass_what_was_opened_is_never_rewritten(
    world: World, case: Counselled, office: httpx.AsyncClient, change: str
) -> None:
    principal = await world.client("principal")
    opened = await broken(principal, case)
    with pytest.raises(ProgrammingError, match="permission denied"):
        await touch(world, principal.account.id, f"update break_glass_openings set {change} where id = :id", opened["id"])  # type: ignore[attr-defined]


async def test_break_glass_nobody_writes_who_or_how_long(world: World, case: Counselled, office: httpx.AsyncClient) -> None:
    principal = await world.account("principal")
    for column, value in (("expires_at", "now() + interval '5 hours'"), ("opened_at", "now()"), ("account_id", "gen_random_uuid()")):
        with pytest.raises(ProgrammingError, match="permission denied"):
            await insert(world, principal.id, case, columns=f", {column}", values=f", {value}")
    for statement in ("delete from break_glass_openings", "truncate break_glass_openings", "delete from break_glass_notices"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            await touch(world, principal.id, f"{statement} where id = :id" if "delete" in statement else statement, case.student.id)


async def test_break_glass_lasts_an_hour_even_for_the_owner_of_the_tables(
    world: World, case: Counselled, office: httpx.AsyncClient, admin: Any
) -> None:
    opened = await broken(await world.client("principal"), case)
    with pytest.raises(asyncpg.CheckViolationError, match="hour"):
        async with admin.transaction():
            await admin.execute("set local session_replication_role = replica")
            later = "update break_glass_openings set expires_at = expires_at + interval '1 second' where id = $1"
            await admin.execute(later, UUID(opened["id"]))


async def test_break_glass_is_never_silent(world: World, case: Counselled, office: httpx.AsyncClient, admin: Any) -> None:
    principal, second = await world.client("principal"), await world.client("principal")
    opened = await broken(principal, case)
    told = {(one["name"], one["told_as"]) for one in opened["told"]}
    assert told == {
        (case.counsellor.account.display_name, "case_counsellor"),  # type: ignore[attr-defined]
        (office.account.display_name, "moral_education"),  # type: ignore[attr-defined]
        (second.account.display_name, "principal"),  # type: ignore[attr-defined]
    }
    # Past every service it tells the same people, in the same transaction.
    other = await counselled(world, counsellor=case.counsellor)
    row_id = await insert(world, principal.account.id, other)  # type: ignore[attr-defined]
    assert await admin.fetchval("select count(*) from break_glass_notices where opening_id = $1", row_id) == 3
    # The notices are the database's own: the application can neither make nor unmake one.
    with pytest.raises(ProgrammingError, match="permission denied"):
        notice = "insert into break_glass_notices (school_id, id, opening_id, account_id, told_as) values (:id, :id, :id, :id, 'x')"
        await touch(world, principal.account.id, notice, row_id)  # type: ignore[attr-defined]


async def test_break_glass_that_nobody_would_hear_of_is_refused(world: World) -> None:
    # No head of moral education, no other principal, and the case has lost its counsellor.
    case = await counselled(world)
    assert (await case.counsellor.post(f"{case.url}/counselling/close", json={"outcome": "left"})).status_code == 200
    principal = await world.client("principal")
    answer = await principal.post(f"{case.url}/break-glass", json={"reason": REASON})
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody_to_tell")
    with pytest.raises(DBAPIError, match="nobody would hear"):
        await insert(world, principal.account.id, case)  # type: ignore[attr-defined]


async def test_break_glass_every_reading_is_marked(world: World, case: Counselled, office: httpx.AsyncClient, admin: Any) -> None:
    principal = await world.client("principal")
    opened = await broken(principal, case)
    await sees(principal, case)
    assert (await principal.get(f"/api/v1/counselling-sessions/{case.session.id}/versions")).status_code == 200
    marked = [e for e in await entries(admin, world, principal) if "clinical" in e["data_classes"]]
    assert [e["operation"] for e in marked] == ["counselling_read", "counselling_session_versions"]
    assert all(e["ground"] == ["break_glass"] and f'"{opened["id"]}"' in e["details"] for e in marked)
    reads = (await office.get(f"/api/v1/break-glass/{opened['id']}/reads")).json()["items"]
    assert [line["operation"] for line in reads] == ["counselling_read", "counselling_session_versions"]
    record = (await case.counsellor.get(f"{case.url}/audit")).json()["items"]
    shown = [e for e in record if e["operation"] == "counselling_session_versions"]
    assert [(e["ground"], e["break_glass_id"]) for e in shown] == [(["break_glass"], opened["id"])]
    access = (await principal.get(f"{case.url}/access")).json()
    ground = next(g for g in access["grounds"] if g["kind"] == "break_glass")
    assert (ground["data_classes"], ground["until"]) == (["clinical"], opened["expires_at"])
    assert "clinical" not in access["hidden"]


async def test_break_glass_reads_of_an_opening_are_nobody_elses_business(world: World, case: Counselled, office: httpx.AsyncClient) -> None:
    opened = await broken(await world.client("principal"), case)
    stranger = await world.client("counsellor")
    assert (await stranger.get(f"/api/v1/break-glass/{opened['id']}/reads")).status_code == 404
    assert (await stranger.get("/api/v1/break-glass")).json()["items"] == []
    assert [o["id"] for o in (await case.counsellor.get("/api/v1/break-glass")).json()["items"]] == [opened["id"]]


async def test_break_glass_is_reviewed_afterwards_by_somebody_else(world: World, case: Counselled, office: httpx.AsyncClient) -> None:
    principal, vice = await world.client("principal"), await world.client("vice_principal")
    found = {"outcome": "justified", "note": "情况紧急，查阅必要"}
    opened = await broken(vice, case)
    url = f"/api/v1/break-glass/{opened['id']}"
    assert (await principal.post(f"{url}/review", json=found)).json()["code"] == "still_open"
    await vice.post(f"{url}/end", json={})
    for client in (vice, office, case.counsellor):
        assert (await client.post(f"{url}/review", json=found)).json()["code"] == "not_the_reviewer"
    answer = await principal.post(f"{url}/review", json=found)
    assert (answer.status_code, answer.json()["state"]) == (200, "reviewed")
    assert (await principal.post(f"{url}/review", json=found)).json()["code"] == "reviewed_already"


@pytest.mark.parametrize("role", ["vice_principal", "moral_education"])
async def test_break_glass_of_the_principal_is_reviewed_by_others(world: World, case: Counselled, role: str) -> None:
    principal, other, reviewer = await world.client("principal"), await world.client("principal"), await world.client(role)
    opened = await broken(principal, case)
    url = f"/api/v1/break-glass/{opened['id']}"
    await principal.post(f"{url}/end", json={})
    found = {"outcome": "unjustified", "note": "没有必要查阅"}
    for client in (principal, other):
        assert (await client.post(f"{url}/review", json=found)).json()["code"] == "not_the_reviewer"
    assert (await reviewer.post(f"{url}/review", json=found)).status_code == 200


async def test_break_glass_the_database_refuses_ones_own_review(world: World, case: Counselled, office: httpx.AsyncClient) -> None:
    principal, vice = await world.client("principal"), await world.client("vice_principal")
    opened = await broken(principal, case)
    review = "insert into break_glass_reviews (school_id, id, opening_id, outcome, note) values (:school, gen_random_uuid(), :id, 'justified', '自己说好')"
    with pytest.raises(IntegrityError, match="still open"):
        await touch(world, vice.account.id, review, opened["id"], school=world.school_id)  # type: ignore[attr-defined]
    await principal.post(f"/api/v1/break-glass/{opened['id']}/end", json={})
    with pytest.raises(IntegrityError, match="nobody reviews what they opened"):
        await touch(world, principal.account.id, review, opened["id"], school=world.school_id)  # type: ignore[attr-defined]
    await touch(world, vice.account.id, review, opened["id"], school=world.school_id)  # type: ignore[attr-defined]
    with pytest.raises(IntegrityError, match="uq_break_glass_reviews"):
        await touch(world, vice.account.id, review, opened["id"], school=world.school_id)  # type: ignore[attr-defined]


async def tasks(client: httpx.AsyncClient) -> dict[str, int]:
    return {task["key"]: task["count"] for task in (await client.get("/api/v1/home")).json()["tasks"]}


async def test_break_glass_waits_on_the_home_page_and_is_escalated_after_a_day(
    world: World, case: Counselled, office: httpx.AsyncClient, admin: Any
) -> None:
    principal, vice = await world.client("principal"), await world.client("vice_principal")
    opened = await broken(principal, case)
    for client in (case.counsellor, office):
        assert (await tasks(client))["break_glass_told"] == 1
    await office.post(f"/api/v1/break-glass/{opened['id']}/seen", json={})
    assert "break_glass_told" not in await tasks(office)
    await shift(admin, opened["id"], timedelta(hours=23, minutes=59))
    assert (await tasks(vice))["break_glass_to_review"] == 1
    assert "break_glass_overdue" not in await tasks(principal)
    await shift(admin, opened["id"], timedelta(minutes=2))
    for client in (principal, vice, office):
        assert (await tasks(client))["break_glass_overdue"] == 1
    assert "break_glass_overdue" not in await tasks(case.counsellor)
    listed = (await principal.get("/api/v1/break-glass", params={"state": "overdue"})).json()["items"]
    assert [(o["id"], o["state"], o["may_review"]) for o in listed] == [(opened["id"], "overdue", False)]
    await vice.post(f"/api/v1/break-glass/{opened['id']}/review", json={"outcome": "justified", "note": "事后核对无误"})
    assert "break_glass_overdue" not in await tasks(principal)


async def test_break_glass_in_another_school_is_as_if_it_were_not(world: World, case: Counselled, office: httpx.AsyncClient) -> None:
    opened = await broken(await world.client("principal"), case)
    elsewhere = await world.elsewhere()
    stranger = await elsewhere.client("principal")
    assert (await stranger.post(f"{case.url}/break-glass", json={"reason": REASON})).status_code == 404
    assert (await stranger.get(f"/api/v1/break-glass/{opened['id']}/reads")).status_code == 404
