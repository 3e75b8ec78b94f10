"""Before a file about named students leaves the system, staff show anew who they are (ASVS 7.5.3)."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from sqlalchemy import text

from nuanyang.access.accounts.passwords import hash_password
from nuanyang.kit.clock import now
from tests.factories.furnished import furnish
from tests.factories.world import World

# Every operation that answers with a file, and why it is asked before, or is not.
CARRIES = {
    "students_export": "a list of students with how they are supported",
    "compliance_occurrences_csv": "what was owed to each student, and whether it was done",
    "dossiers_print": "a whole file",
    "plans_print": "a plan",
    "interventions_print": "the record of a home visit or a talk",
    "consent_scans_read": "a signed paper with a family's names and hands",
    "rosters_findings_csv": "cells of a roster, as they came",
    "rosters_findings_xlsx": "cells of a roster, as they came",
}
FREE = {
    "exams_template": "an empty sheet with names",
    "measure_kinds_print": "an empty paper form",
    "consent_forms_print": "papers to be signed: names and numbers of a class, nothing of what anybody said",
    "children_export_pdf": "a guardian's own child",
    "jobs_events": "how far a job is, no file",
    "inbox_events": "a number, no file",
    "calendar_feeds_show": "numbers of days, to a calendar program",
}
PASSWORD = "一把很长的钥匙"


def answers_with_a_file(operation: dict[str, dict[str, dict[str, object]]]) -> bool:
    good = [told.get("content", {}) for status, told in operation["responses"].items() if status in ("200", "201")]
    return any("application/json" not in content for content in good)  # type: ignore[operator]


def test_every_operation_that_answers_with_a_file_is_listed_here(world: World) -> None:
    operations = [o for methods in world.app.openapi()["paths"].values() for o in methods.values()]
    files = {o["operationId"] for o in operations if answers_with_a_file(o)}
    assert files == CARRIES.keys() | FREE.keys()
    assert {o["operationId"] for o in operations if o.get("x-step-up")} == CARRIES.keys()


async def aged(world: World, client: httpx.AsyncClient, minutes: float) -> None:
    """This client's sign-in and confirmation lie so long ago."""
    old = text("update sessions set created_at = :then, confirmed_at = null where account_id = :account")
    async with world.session() as session:
        named = {"then": now() - timedelta(minutes=minutes), "account": client.account.id}  # type: ignore[attr-defined]
        await session.execute(old, named)


@pytest.fixture
async def admin(database_urls: tuple[str, str]) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(database_urls[1])
    yield connection
    await connection.close()


async def reads(admin: Any, client: httpx.AsyncClient) -> int:
    """How many readings the record knows of this client."""
    account_id = client.account.id  # type: ignore[attr-defined]
    return int(await admin.fetchval("select count(*) from audit_entries where account_id = $1 and action = 'read'", account_id))


@pytest.fixture
async def ids(world: World) -> dict[str, UUID]:
    return await furnish(world, await world.school_class(7, 1))


async def office(world: World) -> httpx.AsyncClient:
    """Somebody to whom each of these files is open."""
    client = await world.client("moral_education", "registrar", "academic_affairs")
    async with world.session() as session:
        named = {"hash": await hash_password(PASSWORD), "account": client.account.id}  # type: ignore[attr-defined]
        await session.execute(text("update accounts set password_hash = :hash where id = :account"), named)
    return client


@pytest.mark.parametrize("operation_id", sorted(CARRIES))
async def test_7_5_3_a_file_waits_until_its_reader_is_known_again(
    world: World, ids: dict[str, UUID], admin: Any, operation_id: str
) -> None:
    paths = world.app.openapi()["paths"]
    path = next(p for p, methods in paths.items() for o in methods.values() if o["operationId"] == operation_id)
    address, client = path.format(clause="plan.social", **{f"{name}_id": value for name, value in ids.items()}), await office(world)

    await aged(world, client, 5.1)
    refused = await client.get(address)
    assert (refused.status_code, refused.json()["code"]) == (403, "step_up_required")
    assert await reads(admin, client) == 0  # nothing was seen, and nothing is said to have been

    assert (await client.post("/api/v1/auth/confirm", json={"password": PASSWORD})).status_code == 204
    answer = await client.get(address)
    assert answer.status_code == 200 and answer.headers["content-disposition"].startswith("attachment")

    await aged(world, client, 4.9)
    assert (await client.get(address)).status_code == 200


async def test_who_may_not_have_the_file_is_not_asked_to_confirm(world: World, ids: dict[str, UUID]) -> None:
    teacher = await world.client()
    await aged(world, teacher, 60)
    assert (await teacher.get("/api/v1/students/export")).json()["code"] == "forbidden"
    assert (await world.anonymous().get(f"/api/v1/students/{ids['student']}/dossier.docx")).status_code == 401


async def test_a_page_is_read_and_printed_without_asking(world: World, ids: dict[str, UUID]) -> None:
    client = await office(world)
    await aged(world, client, 60)
    assert (await client.get(f"/api/v1/students/{ids['student']}/dossier")).status_code == 200
    assert (await client.get(f"/api/v1/support-plans/{ids['plan']}")).status_code == 200


async def test_a_program_is_not_asked_what_it_cannot_show(world: World, ids: dict[str, UUID]) -> None:
    made = (
        await (await world.client("admin")).post("/api/v1/service-accounts", json={"name": "教务系统", "scopes": ["students:read"]})
    ).json()
    form = {"grant_type": "client_credentials", "client_id": made["account"]["client_id"], "client_secret": made["client_secret"]}
    program = world.anonymous()
    token = (await program.post("/api/v1/auth/token", data=form)).json()["access_token"]
    async with world.session() as session:
        named = {"then": now() - timedelta(minutes=60), "account": made["account"]["id"]}
        await session.execute(text("update sessions set created_at = :then where account_id = :account"), named)
    answer = await program.get("/api/v1/students/export", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
