"""Security design, section 3, "four eyes": the database itself refuses an approval by the author, a second one, a late one, a change after it."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from nuanyang.access.accounts.models import RoleAssignment
from nuanyang.casework.recognition.models import RuleSet
from nuanyang.kit.clock import today
from nuanyang.kit.ids import new_id
from tests.factories.cases import recognised
from tests.factories.world import World


async def touch(world: World, row: Any, changes: str, **values: Any) -> None:
    """Past every service: what the application's role can say to the database at most."""
    async with world.session() as session:
        await session.execute(text(f"update {row.__tablename__} set {changes} where id = :id"), {"id": row.id, **values})


async def draft(world: World, author: Any) -> RuleSet:
    return await world.add(
        RuleSet(
            school_id=world.school_id,
            id=new_id(),
            number=7,
            rules_version="1",
            thresholds={"a": 1},
            reason="试行",
            created_by=author,
        )
    )


async def test_four_eyes_the_author_does_not_approve(world: World) -> None:
    author = uuid4()
    rules = await draft(world, author)
    with pytest.raises(IntegrityError, match="whoever entered it does not approve it"):
        await touch(world, rules, "adopted_by = :who", who=author)
    await touch(world, rules, "adopted_by = :who", who=uuid4())


async def test_four_eyes_what_was_approved_stays_as_it_was(world: World) -> None:
    rules = await draft(world, uuid4())
    await touch(world, rules, "adopted_by = :who", who=uuid4())
    for change in (
        """thresholds = '{"a": 2}'""",
        """thresholds = '{"a": 2}', approved_content = approved_content('{}', '{}')""",
        "created_by = null",
    ):
        with pytest.raises(IntegrityError, match="changed after it was approved"):
            await touch(world, rules, change)
    await touch(world, rules, "state = 'adopted', approved_content = null")
    async with world.session() as session:
        assert len((await session.get_one(RuleSet, (world.school_id, rules.id))).approved_content or b"") == 32


async def test_four_eyes_an_approval_is_used_once(world: World) -> None:
    rules = await draft(world, uuid4())
    await touch(world, rules, "adopted_by = :who", who=uuid4())
    with pytest.raises(IntegrityError, match="approved already"):
        await touch(world, rules, "adopted_by = :who", who=uuid4())


async def test_four_eyes_of_fifty_at_once_one_approves(world: World) -> None:
    rules = await draft(world, uuid4())
    answers = await asyncio.gather(*(touch(world, rules, "adopted_by = :who", who=uuid4()) for _ in range(50)), return_exceptions=True)
    assert [type(a).__name__ for a in answers if a is not None] == ["IntegrityError"] * 49


async def test_four_eyes_a_recognition_is_bound_from_the_grade_on(world: World) -> None:
    case = await recognised(world, await world.student())
    for change in (
        "category = 'C1'",
        "data_class = 'economic'",
        "support_level = 'general'",
        "reason = '另有原因'",
        "school_by = gen_random_uuid()",
    ):
        with pytest.raises(IntegrityError):
            await touch(world, case, change)
    with pytest.raises(IntegrityError, match="whoever entered it"):
        await touch(world, case, "entered_by = school_by")


async def test_four_eyes_nobody_is_said_to_have_agreed_who_did_not(world: World) -> None:
    case = await recognised(world, await world.student(), state="class_review")
    with pytest.raises(IntegrityError, match="nobody is said to have agreed who did not"):
        await touch(world, case, "state = 'grade_review', class_by = gen_random_uuid()")


async def test_four_eyes_nobody_gives_themself_a_role(world: World) -> None:
    account = await world.account("admin")
    role = RoleAssignment(
        school_id=world.school_id, account_id=account.id, role="principal", scope_kind="school", valid_from=today(), created_by=account.id
    )
    with pytest.raises(IntegrityError, match="not_own"):
        await world.add(role)


async def test_four_eyes_rules_by_the_api_fifty_at_once_one_adopts(world: World) -> None:
    author = await world.client("moral_education")
    rules = (await draft(world, author.account.id)).id  # type: ignore[attr-defined]
    await touch(
        world,
        await world.add(RuleSet(school_id=world.school_id, id=new_id(), number=8, rules_version="1", thresholds={})),
        "state = 'retired'",
    )
    others = [await world.client("principal") for _ in range(5)]
    answers = await asyncio.gather(*(others[n % 5].post(f"/api/v1/rule-sets/{rules}/adopt") for n in range(50)))
    assert sorted(a.status_code for a in answers) == [200] + [409] * 49
    assert (await author.post(f"/api/v1/rule-sets/{rules}/adopt")).status_code == 409
