"""Identity numbers are never in clear: not in the tables, not in a dump; and they are encrypted anew while the service runs (ASVS 11.3)."""

import asyncio
import subprocess

import pytest

from nuanyang.entrypoints.database import login_url
from nuanyang.entrypoints.models import metadata
from nuanyang.entrypoints.rotation import encrypt_anew, encrypted_columns, left_over
from nuanyang.kit.crypto import add_key, load_keyring
from nuanyang.kit.db import opening
from nuanyang.kit.embedded_postgres.binaries import find_binaries
from nuanyang.school.students.models import StudentIdentity

NUMBER, REGISTRATION = "11010519491231002X", "G110105194912310021"
COLUMNS = {"identity_cipher": "student_identities.identity", "registration_cipher": "student_identities.registration"}


@pytest.fixture
async def somebody(world, tmp_path):
    """A student with both numbers, under a keyring of the test's own."""
    keyring, student = load_keyring(tmp_path / "columns.keys"), await world.student()
    row = StudentIdentity(
        school_id=world.school_id,
        id=student.id,
        identity_cipher=keyring.encrypt(NUMBER, COLUMNS["identity_cipher"], student.id),
        identity_index=keyring.blind_index(NUMBER, COLUMNS["identity_cipher"]),
        identity_tail=NUMBER[-2:],
        registration_cipher=keyring.encrypt(REGISTRATION, COLUMNS["registration_cipher"], student.id),
        registration_index=keyring.blind_index(REGISTRATION, COLUMNS["registration_cipher"]),
        registration_tail=REGISTRATION[-2:],
        registration_kind="G",
    )
    await world.add(row)
    return student, keyring


async def test_a_dump_shows_no_number_in_clear(world, somebody, database_urls):
    dump = await asyncio.to_thread(
        subprocess.run,
        [find_binaries() / "bin" / "pg_dump", "--dbname", database_urls[1], "--data-only", "--table", "student_*", "--table", "audit_*"],
        capture_output=True,
        check=True,
    )
    assert str(somebody[0].id).encode() in dump.stdout
    for number in (NUMBER, REGISTRATION, NUMBER[:14]):
        assert number.encode() not in dump.stdout
        assert number.encode().hex().encode() not in dump.stdout


def test_every_column_of_ciphers_takes_part():
    assert {(c.table, c.column): c.bound_to for c in encrypted_columns()}.items() >= {
        ("student_identities", column): bound for column, bound in COLUMNS.items()
    }.items()
    named = {(table.name, column.name) for table in metadata.sorted_tables for column in table.c if column.name.endswith("_cipher")}
    assert {(c.table, c.column) for c in encrypted_columns()} == named


async def test_all_values_are_encrypted_anew_while_the_service_reads(world, somebody, tmp_path):
    student, keyring = somebody
    only = OnlySchool(world)
    assert add_key(tmp_path / "columns.keys") == 2
    fresh = load_keyring(tmp_path / "columns.keys")
    assert await left_over(only, fresh) == 2
    assert await encrypt_anew(only, fresh) == 2
    assert await left_over(only, fresh) == 0
    async with world.session() as session:
        row = await session.get(StudentIdentity, (world.school_id, student.id))
    for column, number in (("identity_cipher", NUMBER), ("registration_cipher", REGISTRATION)):
        cipher = getattr(row, column)
        assert cipher[1] == 2
        assert keyring.decrypt(cipher, COLUMNS[column], student.id) == number  # the service that ran all the time


async def test_the_record_takes_no_rotation_for_a_change(world, somebody, tmp_path, database_urls):
    import asyncpg

    add_key(tmp_path / "columns.keys")
    await encrypt_anew(OnlySchool(world), load_keyring(tmp_path / "columns.keys"))
    admin = await asyncpg.connect(login_url(database_urls[1], database=database_urls[1].partition("?")[0].rpartition("/")[2]))
    changes = await admin.fetchval(
        "select count(*) from audit_entries where school_id = $1 and entity = 'student_identities' and action = 'change'", world.school_id
    )
    await admin.close()
    assert changes == 0


class OnlySchool:
    """The database as far as this test's school goes: other tests' keys are not ours."""

    def __init__(self, world):
        self._world = world

    def connection(self, context):
        if context == opening(purpose="keys"):
            return _Schools(self._world.school_id)
        return self._world.database.connection(context)


class _Schools:
    def __init__(self, school_id):
        self._school_id = school_id

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        return None

    async def fetch(self, *_):
        return [(self._school_id,)]
