"""How the walls stand: forced, without a look-up for each row, carried by no connection to the next caller; and a check left out is still stopped."""

import asyncio
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from nuanyang.access.permissions import DATA_CLASSES, WHOLE, HeldRole, Scope, reach_of
from nuanyang.access.walls import ANY, WALLS, Wall, beyond, context_of, past
from nuanyang.casework.evidence.models import Evidence
from nuanyang.casework.interventions.models import Intervention
from nuanyang.casework.plans.models import Goal, Need, PlanMeasure, SupportPlan
from nuanyang.casework.recognition.models import Recognition
from nuanyang.kit.db import Database, opening
from nuanyang.kit.db.context import EVERYTHING
from nuanyang.kit.ids import new_id
from nuanyang.kit.settings import PROJECT
from nuanyang.school.students.models import Enrolment, Student, StudentContact
from tests.factories.furnished import furnish
from tests.factories.world import World

CLOSED = {name: wall for name, wall in WALLS.items() if isinstance(wall, Wall)}
# What is found through another table asks it once for each row that nothing else let through; these are read by their parent's key.
BY_ANOTHER = {name for name, wall in CLOSED.items() if wall.above}


async def test_every_table_under_row_level_security_says_its_wall(database: Database, database_urls: tuple[str, str]) -> None:
    """A new table stands in WALLS with a class of data or with the reason why it needs none, and its migration put the wall up."""
    admin = await asyncpg.connect(database_urls[1])
    tables = "select relname, relforcerowsecurity as is_forced from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity"
    forced = {row["relname"]: row["is_forced"] for row in await admin.fetch(tables)}
    said = dict(
        await admin.fetch(
            "select polrelid::regclass::text, obj_description(oid, 'pg_policy') from pg_policy where polname = 'wall' and not polpermissive"
        )
    )
    owners = {row[0] for row in await admin.fetch("select distinct relowner::regrole::text from pg_class where relrowsecurity")}
    role = await admin.fetchrow("select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = 'nuanyang_app'")
    await admin.close()
    assert set(forced) == set(WALLS) and all(forced.values())
    assert said == {name: wall.shown() for name, wall in CLOSED.items()}
    assert owners == {"nuanyang_owner"} and role is not None and not any(role)


def test_no_class_of_data_stands_in_the_name_of_another() -> None:
    """Policies search the names of classes in a text."""
    names = [*DATA_CLASSES, ANY]
    assert EVERYTHING.split() == names
    assert not [(a, b) for a in names for b in names if a != b and a in b]


@pytest.mark.parametrize("table", sorted(CLOSED))
async def test_no_policy_looks_anything_up_for_each_row(database: Database, world: World, table: str) -> None:
    reach = reach_of([HeldRole("homeroom_teacher", Scope(class_ids=frozenset({new_id()})))])
    async with database.connection(context_of(new_id(), world.school_id, reach)) as connection:
        plan = "\n".join(row[0] for row in await connection.fetch(f"explain select id from {table} where school_id = '{world.school_id}'"))
    assert ("SubPlan" in plan) == (table in BY_ANOTHER), plan


async def test_a_used_connection_carries_nothing_over(database_urls: tuple[str, str], world: World) -> None:
    """One connection, a principal and nobody in turns, some of them cut off in the middle."""
    student = await world.student()
    everything = context_of(new_id(), world.school_id, reach_of([HeldRole("principal", WHOLE)]))
    own = reach_of([HeldRole("homeroom_teacher", Scope(class_ids=frozenset({student.class_id})))])  # type: ignore[arg-type]
    of_class, nothing = context_of(new_id(), world.school_id, own), opening(school_id=world.school_id)
    door = Database(database_urls[0], read_size=1, write_size=1)
    await door.start()
    count = "select count(*)::text from students where school_id = $1"
    try:
        for turn in range(30):
            for context in (everything, of_class):
                assert await door.read(context, count, world.school_id) == "1"
                if turn % 3 == 0:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(door.read(context, f"{count} and pg_sleep(5) is not null", world.school_id), 0.03)
                assert await door.read(nothing, count, world.school_id) == "0"
                async with door.connection(opening()) as connection:
                    left = (
                        "select name from unnest($1::text[]) name where current_setting('app.' || name, true) <> '' and name <> 'purpose'"
                    )
                    names = [
                        "reads",
                        "cases",
                        "results",
                        "scope_1",
                        "reads_basic",
                        "cases_any",
                        "basic_classes",
                        "opened",
                        "school_id",
                        "person_id",
                    ]
                    assert await connection.fetch(left, names) == []
            for context, seen in ((everything, 1), (nothing, 0), (of_class, 1), (nothing, 0)):
                async with door.session(context) as session:
                    assert len((await session.scalars(select(Student))).all()) == seen
    finally:
        await door.stop()


async def test_the_walls_stand_again_after_a_look_beyond(world: World) -> None:
    await world.student()
    account = await world.account("admin")
    async with world.database.session((await world.caller(account)).context) as session:
        students = select(Student).where(Student.school_id == world.school_id)
        assert (await session.scalars(students)).all() == []
        async with beyond(session, "accounts"):
            async with beyond(session, "counting"):
                assert len((await session.scalars(students)).all()) == 1
            assert len((await session.scalars(students)).all()) == 1
        assert (await session.scalars(students)).all() == []
        with suppress(KeyError):
            async with beyond(session, "accounts"):
                raise KeyError
        assert (await session.scalars(students)).all() == []
        with suppress(DBAPIError):  # a statement failed behind a savepoint: the transaction goes on, and so do its walls
            async with beyond(session, "accounts"), session.begin_nested():
                await session.execute(text("select 1 / 0"))
        assert (await session.scalars(students)).all() == []
    assert "app.beyond" in past("rules")


def test_whoever_looks_beyond_the_walls_is_known() -> None:
    """Each place stands here: a new one is seen in review."""
    found: dict[str, set[str]] = {}
    for file in (PROJECT / "backend").rglob("*.py"):
        for why in re.findall(r"(?:beyond\(session, |past\()[\"'](\w+)[\"']", file.read_text()):
            found.setdefault(why, set()).add(str(Path(file).relative_to(PROJECT / "backend" / "nuanyang")))
    assert found == {
        "rules": {"casework/recognition/repository/facts.py", "casework/recognition/service/proposing.py"},
        "counting": {"casework/dossiers/repository.py"},
        "withholding": {"casework/evidence/repository.py"},
        "plan": {"casework/plans/repository/contents.py", "casework/plans/repository/plans.py"},
        "measures": {"casework/interventions/repository.py"},
        "accounts": {"access/accounts/repository.py", "access/callers.py", "school/student_accounts/repository.py"},
        "lists": {"school/sheets/repository.py"},
        "family": {"oversight/family/service/showing.py"},
        "broken_glass": {"measures/psychological/counselling/service.py"},
        "handover": {"casework/handovers/service.py", "casework/homerooms/service.py"},
        "merge": {"exchange/rosters/service/duplicates.py"},
        "confirming": {"oversight/students/service.py"},
    }


MUTANTS: tuple[Any, ...] = (Student, StudentContact, Enrolment, Evidence, Recognition, SupportPlan, Need, Goal, PlanMeasure, Intervention)


@pytest.mark.parametrize("model", MUTANTS, ids=lambda model: model.__tablename__)
async def test_a_query_that_forgot_its_scope_is_stopped(world: World, model: Any) -> None:
    """The application's own check left out: all rows are asked for, in the contexts of who may see none of them."""
    own, other = await world.school_class(7, 1), await world.school_class(8, 1)
    ids = await furnish(world, other)
    await world.add(StudentContact(school_id=world.school_id, id=ids["student"], address="暖阳路一号"))
    async with world.session() as session:
        there = len((await session.scalars(select(model).where(model.school_id == world.school_id))).all())
    assert there
    for role in (("homeroom_teacher", own), ("subject_teacher", own), ("grade_head", 7), ("tutor", own), "admin", "youth_league"):
        caller = await world.caller(await world.account(role))
        async with world.database.session(caller.context) as session:
            assert (await session.scalars(select(model))).all() == [], role


async def test_a_class_that_is_corrected_is_so_in_what_hangs_below(world: World) -> None:
    room = await world.school_class(7, 1)
    ids = await furnish(world, room)
    tutor = await world.caller(await world.account(("tutor", room)))
    async with world.session() as session:
        need = (await session.scalars(select(Need).where(Need.school_id == world.school_id, Need.plan_id == ids["plan"]))).first()
        assert need is not None
        before = need.data_class
    for data_class, is_seen in (("academic", True), ("family", False), (before, before == "academic")):
        async with world.session() as session:
            (await session.get_one(Need, (world.school_id, need.id))).data_class = data_class
        async with world.database.session(tutor.context) as session:
            for model in (Need, Goal, PlanMeasure):
                assert bool((await session.scalars(select(model))).all()) == is_seen, (model, data_class)
