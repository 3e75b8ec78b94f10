"""What is recorded, by whom it may be touched, and that a touched record is found out; on PostgreSQL."""

from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from nuanyang.access.audit import service as audit
from nuanyang.access.audit.repository import HASHED, TAKE
from nuanyang.access.audit.rules import Head
from nuanyang.entrypoints.database import SEALER, login_url
from nuanyang.kit.db import Database, opening
from nuanyang.school.students.models import StudentEconomy, StudentIdentity
from tests.factories.cases import evidence, recognised
from tests.factories.database import CLONING, PASSWORD

KEY = b"k" * 32


@pytest.fixture
async def admin(database_urls):
    connection = await asyncpg.connect(database_urls[1])
    yield connection
    await connection.close()


async def entries(admin: Any, world: Any, **more: Any) -> list[Any]:
    where = "".join(f" and {name} = ${n}" for n, name in enumerate(more, 2))
    rows = await admin.fetch(f"select * from audit_entries where school_id = $1{where} order by at, id", world.school_id, *more.values())
    return list(rows)


async def test_sealing_looks_at_each_entry_once_however_small_the_table_is_thought_to_be(admin):
    async with admin.transaction():
        await admin.execute(HASHED)
        plan = "\n".join(row[0] for row in await admin.fetch(f"explain {TAKE.replace('$1', '1')}"))
    assert "Nested Loop" not in plan, plan


# -- changes ---------------------------------------------------------------------------------------


async def test_a_change_is_kept_field_by_field_with_who_and_from_where(world, admin):
    student = await world.student()
    registrar = await world.client("registrar")
    url = f"/api/v1/students/{student.id}"
    tag = (await registrar.get(url)).headers["ETag"]
    answer = await registrar.patch(url, json={"basic": {"name": "王大明"}}, headers={"If-Match": tag})
    assert answer.status_code == 200, answer.text
    (entry,) = await entries(admin, world, entity="students", action="change")
    assert (entry["entity_id"], entry["student_id"]) == (student.id, student.id)
    assert entry["account_id"] == registrar.account.id
    assert entry["origin"] == registrar.address
    assert "name" in entry["fields"]
    assert '"王小明"' in entry["before"]
    assert '"王大明"' in entry["after"]
    assert entry["data_classes"] == ["basic"]


async def test_ciphers_are_never_copied_into_the_record(world, admin):
    student = await world.student()
    key = {"school_id": world.school_id, "id": student.id}
    await world.add(StudentIdentity(**key, identity_cipher=b"secret-cipher", identity_index=b"i" * 16, identity_tail="1X"))
    (entry,) = await entries(admin, world, entity="student_identities")
    assert (entry["action"], entry["data_classes"]) == ("create", ["identity"])
    assert "identity_cipher" in entry["fields"]
    assert b"secret-cipher".hex() not in entry["after"]


async def test_a_case_record_is_kept_under_the_class_of_what_it_is_about(world, admin):
    student = await world.student()
    await evidence(world, student, "C1", data_class="economic")
    (entry,) = await entries(admin, world, entity="evidence")
    assert (entry["student_id"], entry["data_classes"]) == (student.id, ["economic"])


async def test_many_rows_of_one_statement_are_one_entry_with_the_students(world, admin):
    school_class = await world.school_class()
    student = await world.student(school_class=school_class)
    async with world.database.connection(opening(school_id=world.school_id, purpose="job")) as connection:
        await connection.execute(
            "insert into students (school_id, id, name, pinyin, initials, sex, status) select $1, gen_random_uuid(), '甲', 'jia', 'j', 'male', 'enrolled'"
            " from generate_series(1, 150)",
            world.school_id,
        )
    several = [e for e in await entries(admin, world, entity="students") if e["student_ids"]]
    assert [len(e["student_ids"]) for e in several] == [150]
    assert student.id not in several[0]["student_ids"]


async def test_nothing_is_recorded_of_what_was_rolled_back(world, admin):
    student = await world.student()
    before = len(await entries(admin, world))
    with pytest.raises(RuntimeError):
        async with world.session() as session:
            session.add(StudentEconomy(school_id=world.school_id, id=student.id, needs_aid=True))
            await session.flush()
            raise RuntimeError
    assert len(await entries(admin, world)) == before


# -- reads -----------------------------------------------------------------------------------------


async def test_who_reads_a_file_is_recorded_with_classes_and_ground(world, admin):
    student = await world.student()
    await recognised(world, student, "C1", data_class="economic")
    principal = await world.client("principal")
    assert (await principal.get(f"/api/v1/students/{student.id}/dossier")).status_code == 200
    (entry,) = await entries(admin, world, action="read")
    assert (entry["operation"], entry["student_id"], entry["account_id"]) == ("dossiers_read", student.id, principal.account.id)
    assert set(entry["data_classes"]) >= {"economic", "family", "health", "identity"}
    assert entry["ground"] == ["principal"]


async def test_who_leads_the_case_reads_on_the_ground_of_the_case(world, admin):
    student = await world.student()
    lead = await world.client(("case_lead", student))
    assert (await lead.get(f"/api/v1/students/{student.id}/dossier")).status_code == 200
    (entry,) = await entries(admin, world, action="read")
    assert entry["ground"] == ["case_lead"]


async def test_plain_classes_leave_no_entry(world, admin):
    student = await world.student()
    teacher = await world.client("academic_affairs")
    assert (await teacher.get(f"/api/v1/students/{student.id}")).status_code == 200
    assert (await teacher.get("/api/v1/students")).status_code == 200
    assert await entries(admin, world, action="read") == []


async def test_one_student_leaves_one_entry_of_the_classes_shown(world, admin):
    student = await world.student()
    officer = await world.client("aid_officer")
    assert (await officer.get(f"/api/v1/students/{student.id}")).status_code == 200
    (entry,) = await entries(admin, world, action="read")
    assert (entry["operation"], sorted(entry["data_classes"])) == ("students_read", ["economic", "family", "identity"])


async def test_a_page_of_the_list_leaves_one_entry_with_the_ids(world, admin):
    school_class = await world.school_class()
    students = [await world.student(f"学生{n}", school_class) for n in range(3)]
    principal = await world.client("principal")
    assert (await principal.get("/api/v1/students?limit=2")).status_code == 200
    (entry,) = await entries(admin, world, action="read")
    assert entry["operation"] == "students_list"
    assert len(entry["student_ids"]) == 2
    assert set(entry["student_ids"]) <= {s.id for s in students}


async def test_a_student_who_is_not_visible_leaves_no_entry(world, admin):
    other = await world.elsewhere()
    student = await other.student()
    principal = await world.client("principal")
    assert (await principal.get(f"/api/v1/students/{student.id}/dossier")).status_code == 404
    assert await entries(admin, world) == [e for e in await entries(admin, world) if e["action"] != "read"]


# -- who may touch it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "select * from audit_entries",
        "update audit_entries set details = '{}'",
        "delete from audit_entries",
        "truncate audit_entries",
        "insert into audit_entries (school_id, action, data_classes, at) values ($1, 'read', '{}', now() - interval '1 day')",
        "insert into audit_entries (school_id, action, data_classes, account_id) values ($1, 'read', '{}', gen_random_uuid())",
        "select * from audit_seals",
        "insert into audit_seals values (1, 0, '', '', '', '', now())",
    ],
)
async def test_the_application_may_add_entries_and_nothing_else(world, statement):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with world.database.connection(opening(school_id=world.school_id, purpose="job")) as connection:
            await connection.execute(statement, *([world.school_id] if "$1" in statement else []))


async def test_no_entry_can_be_made_for_another_school(world):
    other = await world.elsewhere()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with world.database.connection(opening(school_id=world.school_id, purpose="job")) as connection:
            await connection.execute(
                "insert into audit_entries (school_id, action, data_classes) values ($1, 'read', '{}')", other.school_id
            )


@pytest.mark.parametrize(
    ("role", "sees"),
    [("principal", True), ("moral_education", False), ("admin", False), ("counsellor", False), ("vice_principal", False)],
)
async def test_only_the_principal_and_the_counsellor_on_the_case_read_the_record(world, role, sees):
    student = await world.student()
    account = await world.account(role)
    async with world.database.connection(opening(account_id=account.id, school_id=world.school_id)) as connection:
        rows = await connection.fetch("select * from audit_of_student($1, null, null, 10)", student.id)
        every = await connection.fetch("select * from audit_of_school(null, null, null, null, null, null, 10)")
    assert bool(rows) is sees
    assert bool(every) is (role == "principal")


# -- seals -----------------------------------------------------------------------------------------


@pytest.fixture
async def sealer(database_urls, settings):
    """The sealer's door to a database of its own, since a chain spans all schools."""
    admin = await asyncpg.connect(database_urls[1])
    name = f"sealed_{uuid4().hex[:12]}"
    await admin.execute("select pg_advisory_lock($1)", CLONING)
    await admin.execute(f"create database {name} template {settings.database_name}")
    await admin.execute("select pg_advisory_unlock($1)", CLONING)
    await admin.execute(f"grant connect, temporary on database {name} to nuanyang_app, {SEALER}")
    door = Database(login_url(database_urls[1], database=name, user=SEALER, password=PASSWORD), read_size=2, write_size=1)
    inside = await asyncpg.connect(login_url(database_urls[1], database=name))
    await door.start()
    yield door, inside
    await door.stop()
    await inside.close()
    await admin.execute(f"drop database {name} with (force)")
    await admin.close()


async def written(inside: Any, count: int) -> list[Any]:
    rows = await inside.fetch(
        "insert into audit_entries (school_id, action, data_classes, details) select gen_random_uuid(), 'read', '{economic}', jsonb_build_object('n', n)"
        " from generate_series(1, $1::int) n returning id",
        count,
    )
    return [row["id"] for row in rows]


async def test_a_sound_record_is_sound_and_a_touched_one_is_found_out(sealer):
    door, inside = sealer
    assert await audit.seal_once(door, KEY) is None
    first = await written(inside, 5)
    seal = await audit.seal_once(door, KEY)
    assert seal is not None
    second = await written(inside, 4)
    newest = await audit.seal_once(door, KEY)
    heads = [Head(s.number, s.mac) for s in (seal, newest)]
    found = await audit.verify(door, KEY, heads)
    assert (found.is_sound, found.entries, found.seals) == (True, 9, 2)

    await inside.execute("update audit_entries set details = '{\"n\": 99}' where id = $1", first[2])
    await inside.execute("delete from audit_entries where id = $1", second[1])
    await inside.execute("insert into audit_entries (school_id, action, data_classes, seal) values (gen_random_uuid(), 'read', '{}', 1)")
    slipped_in = await inside.fetchval("select id from audit_entries where data_classes = '{}'")
    found = await audit.verify(door, KEY, heads)
    assert {(f.problem, f.seal, f.entry_id) for f in found.findings} == {
        ("changed", 1, first[2]),
        ("removed", 2, second[1]),
        ("inserted", 1, slipped_in),
    }

    await inside.execute("delete from audit_seals where number = 2; delete from audit_entries where seal = 2")
    found = await audit.verify(door, KEY, heads)
    assert ("cut_off", 2) in {(f.problem, f.seal) for f in found.findings}


async def test_an_open_transaction_is_sealed_later_and_nothing_twice(sealer):
    door, inside = sealer
    await written(inside, 2)
    other = await asyncpg.connect(door.url.replace(f"{SEALER}:{PASSWORD}@", f"nuanyang_app:{PASSWORD}@"))
    transaction = other.transaction()
    await transaction.start()
    school = "01900000-0000-7000-8000-000000000000"
    await other.execute(f"set local app.school_id = '{school}'")
    await other.execute("insert into audit_entries (school_id, action, data_classes) values ($1, 'read', '{}')", school)
    seal = await audit.seal_once(door, KEY)
    assert seal is not None
    assert seal.entries == 2
    await transaction.commit()
    await other.close()
    late = await audit.seal_once(door, KEY)
    assert late is not None
    assert late.entries == 1
    assert (await audit.verify(door, KEY, [])).is_sound


async def test_the_sealer_can_neither_change_an_entry_nor_seal_it_anew(sealer):
    door, inside = sealer
    await written(inside, 1)
    await audit.seal_once(door, KEY)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with door.connection(opening()) as connection:
            await connection.execute("update audit_entries set details = '{}'")
    async with door.connection(opening()) as connection:
        assert await connection.execute("update audit_entries set seal = 7") == "UPDATE 0"


async def test_an_entry_that_waits_too_long_for_its_seal_is_told(sealer):
    door, inside = sealer
    await inside.execute(
        "insert into audit_entries (school_id, action, data_classes, at) values (gen_random_uuid(), 'read', '{}', now() - interval '2 hours')"
    )
    found = await audit.verify(door, KEY, [])
    assert len(found.unsealed_for_long) == 1
    assert not found.is_sound


def test_the_head_is_kept_once_a_day_in_the_second_place(tmp_path):
    from datetime import UTC, datetime, timedelta

    from nuanyang.access.audit.rules import make_seal

    at = datetime(2026, 11, 25, 8, tzinfo=UTC)
    seals = [
        make_seal(KEY, None, [], at),
        make_seal(KEY, None, [], at + timedelta(hours=1)),
        make_seal(KEY, None, [], at + timedelta(days=1)),
    ]
    assert [audit.keep_head(tmp_path / "heads", seal) for seal in seals] == [True, False, True]
    assert audit.kept_heads(tmp_path / "heads") == [Head(s.number, s.mac) for s in (seals[0], seals[2])]
