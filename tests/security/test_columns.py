"""Identity numbers and what children confide are never in clear: not in the tables, not in a dump; and they are encrypted anew while the service runs (ASVS 11.3)."""

import asyncio
import subprocess
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from nuanyang.access.second_factors.models import SecondFactor
from nuanyang.entrypoints.database import login_url
from nuanyang.entrypoints.models import metadata
from nuanyang.entrypoints.rotation import encrypt_anew, encrypted_columns, left_over
from nuanyang.kit.clock import now
from nuanyang.kit.crypto import add_key, load_keyring
from nuanyang.kit.db import opening
from nuanyang.kit.embedded_postgres.binaries import find_binaries
from nuanyang.kit.ids import new_id
from nuanyang.measures.psychological.counselling.models import CounsellingSession
from nuanyang.school.consents.models import SCAN, ConsentScan
from nuanyang.school.students.models import StudentIdentity
from tests.factories.counselling import SESSION, counselled

SECRET, NOBODY = "NEVERINCLEARNEVERINCLEARNEVER234", UUID(int=0)
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
        [
            find_binaries() / "bin" / "pg_dump",
            "--dbname",
            database_urls[1],
            "--data-only",
            "--table",
            "student_*",
            "--table",
            "audit_*",
            "--table",
            "counselling_*",
        ],
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


CANARY = "金丝雀在夜里说的话"


async def test_a_dump_shows_nothing_of_what_a_child_said(world, database_urls):
    """The note, its correction with the reason, and what the record keeps of both."""
    case = await counselled(world)
    url = f"/api/v1/counselling-sessions/{case.session.id}"
    for version, course in (("1", CANARY), ("2", "改过")):
        change = SESSION | {"course": course, "reason": f"更正{CANARY}"}
        assert (await case.counsellor.patch(url, json=change, headers={"If-Match": f'"{version}"'})).status_code == 200
    tables = ["--table", "counselling_*", "--table", "audit_*", "--table", "timeline_entries"]
    dump = await asyncio.to_thread(
        subprocess.run,
        [find_binaries() / "bin" / "pg_dump", "--dbname", database_urls[1], "--data-only", *tables],
        capture_output=True,
        check=True,
    )
    assert str(case.session.id).encode() in dump.stdout
    for words in (CANARY, SESSION["topic"], SESSION["agreed"]):
        assert words.encode() not in dump.stdout
        assert words.encode().hex().encode() not in dump.stdout


async def test_what_a_child_said_is_encrypted_anew_and_tied_to_its_row(world, tmp_path):
    keyring = load_keyring(tmp_path / "columns.keys")
    case = await counselled(world)
    other = await counselled(world)
    secret = keyring.encrypt(CANARY, "counselling_sessions.note", case.session.id)
    async with world.session() as session:
        rows = [await session.get_one(CounsellingSession, (world.school_id, one.session.id)) for one in (case, other)]
        rows[0].note_cipher = secret
        rows[1].note_cipher = keyring.encrypt("别的", "counselling_sessions.note", other.session.id)
    only = OnlySchool(world)
    assert add_key(tmp_path / "columns.keys") == 2
    fresh = load_keyring(tmp_path / "columns.keys")
    assert (await left_over(only, fresh), await encrypt_anew(only, fresh), await left_over(only, fresh)) == (2, 2, 0)
    async with world.session() as session:
        row = await session.get_one(CounsellingSession, (world.school_id, case.session.id))
    assert fresh.decrypt(row.note_cipher, "counselling_sessions.note", case.session.id) == CANARY
    with pytest.raises(InvalidTag):
        fresh.decrypt(row.note_cipher, "counselling_sessions.note", other.session.id)


async def test_a_signed_paper_is_in_no_dump_and_opens_for_its_readers(world, database_urls):
    paper = f"%PDF-1.4 {CANARY}".encode()
    student, office = await world.student(), await world.client("moral_education")
    made = await office.post(f"/api/v1/students/{student.id}/consent-scans", files={"file": ("同意书.pdf", paper)})
    assert made.status_code == 201
    assert (await office.get(f"/api/v1/consent-scans/{made.json()['id']}")).content == paper
    dump = await asyncio.to_thread(
        subprocess.run,
        [find_binaries() / "bin" / "pg_dump", "--dbname", database_urls[1], "--data-only", "--table", "consent_*", "--table", "audit_*"],
        capture_output=True,
        check=True,
    )
    assert made.json()["id"].encode() in dump.stdout
    for content in (paper, CANARY.encode(), b"%PDF"):
        assert content not in dump.stdout
        assert content.hex().encode() not in dump.stdout


async def test_a_signed_paper_is_encrypted_anew_and_never_exchanged(world, tmp_path):
    keyring, student = load_keyring(tmp_path / "columns.keys"), await world.student()
    papers = {new_id(): b"%PDF-1.4 " + bytes([n]) * 50_000 for n in range(10)}  # more than one batch
    rows = [
        ConsentScan(
            school_id=world.school_id,
            id=scan_id,
            student_id=student.id,
            media_type="application/pdf",
            content_cipher=keyring.encrypt_bytes(paper, SCAN, scan_id),
            created_by=new_id(),
        )
        for scan_id, paper in papers.items()
    ]
    await world.add(*rows)
    only = OnlySchool(world)
    assert add_key(tmp_path / "columns.keys") == 2
    fresh = load_keyring(tmp_path / "columns.keys")
    assert (await left_over(only, fresh), await encrypt_anew(only, fresh), await left_over(only, fresh)) == (10, 10, 0)
    first, second = list(papers)[:2]
    kept = select(ConsentScan.content_cipher).where(ConsentScan.id == first)
    async with world.session() as session:
        cipher = (await session.execute(kept)).scalar_one()
    assert cipher[1] == 2 and fresh.decrypt_bytes(cipher, SCAN, first) == papers[first]
    with pytest.raises(InvalidTag):
        fresh.decrypt_bytes(cipher, SCAN, second)
    # Past every service: another paper, under the same key or of another length, is refused.
    for other in (fresh.encrypt_bytes(papers[second], SCAN, first), keyring.encrypt_bytes(b"%PDF-1.4 short", SCAN, first)):
        with pytest.raises(IntegrityError, match="stays as it came"):
            async with world.session() as session:
                await session.execute(update(ConsentScan).where(ConsentScan.id == first).values(content_cipher=other))


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


async def test_secrets_of_authenticator_apps_are_encrypted_anew(world, tmp_path):
    account, keyring, factor_id = await world.account("registrar"), load_keyring(tmp_path / "columns.keys"), new_id()
    cipher = keyring.encrypt(SECRET, "second_factors.secret", factor_id)
    row = {"id": factor_id, "account_id": account.id, "kind": "totp", "secret_cipher": cipher, "created_at": now(), "confirmed_at": now()}
    await world.add(SecondFactor(**row))
    only = OnlySchool(world, account.id)
    assert add_key(tmp_path / "columns.keys") == 2
    fresh = load_keyring(tmp_path / "columns.keys")
    assert await left_over(only, fresh) == 1
    assert await encrypt_anew(only, fresh) == 1
    assert await left_over(only, fresh) == 0
    async with world.session() as session:
        cipher = (await session.get_one(SecondFactor, factor_id)).secret_cipher
    assert cipher[1] == 2
    assert keyring.decrypt(cipher, "second_factors.secret", factor_id) == SECRET
    assert SECRET.encode() not in cipher


class OnlySchool:
    """The database as far as this test's school and account go: other tests' keys are not ours."""

    def __init__(self, world, account_id=NOBODY):
        self._world, self._account_id = world, account_id

    @asynccontextmanager
    async def connection(self, context):
        async with self._world.database.connection(context) as connection:
            yield _Narrowed(connection, self._world.school_id, self._account_id) if context == opening(purpose="keys") else connection


class _Narrowed:
    """What belongs to no school is only the account's; and there is one school."""

    def __init__(self, connection, school_id, account_id):
        self._connection, self._school_id, self._account_id = connection, school_id, account_id

    def _mine(self, statement):
        narrowed = statement.replace("from second_factors where", f"from second_factors where account_id = '{self._account_id}' and")
        assert narrowed != statement, statement
        return narrowed

    async def fetch(self, statement, *arguments):
        if "from schools" in statement:
            return [(self._school_id,)]
        return await self._connection.fetch(self._mine(statement), *arguments)

    async def fetchval(self, statement, *arguments):
        return await self._connection.fetchval(self._mine(statement), *arguments)

    async def execute(self, statement, *arguments):
        return await self._connection.execute(statement, *arguments)
