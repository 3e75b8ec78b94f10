"""Preparing a database, and refusing to work with too many rights. On databases of their own."""

import json
import secrets
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from nuanyang.entrypoints.database import (
    APP,
    OWNER,
    DatabaseNotUsable,
    app_url,
    check_role,
    load_passwords,
    login_url,
    plain_url,
    prepare,
    scram_verifier,
)
from nuanyang.kit.settings import Settings
from tests.factories.database import PASSWORD

pytestmark = pytest.mark.commits
PASSWORDS = dict.fromkeys(("owner_password", "app_password", "sealer_password", "backup_password"), PASSWORD)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings with a database name nobody else uses."""
    return Settings(var=tmp_path_factory.mktemp("var"), database_name=f"prepared_{secrets.token_hex(4)}", **PASSWORDS)


@pytest.fixture(scope="module")
async def prepared(own: Settings, admin_url: str) -> AsyncIterator[str]:
    yield await prepare(own, admin_url, lambda _: None)
    admin = await asyncpg.connect(admin_url)
    await admin.execute(f"drop database {own.database_name} with (force)")
    await admin.close()


async def ask(url: str, query: str, *arguments: object):
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query, *arguments)
    finally:
        await connection.close()


async def test_the_service_connects_as_a_role_that_owns_nothing(prepared):
    assert await ask(prepared, "select current_user") == APP
    assert await ask(prepared, "select count(*) from pg_class where relowner = current_user::regrole") == 0
    assert await ask(prepared, "select version_num from alembic_version")


async def test_every_table_belongs_to_the_owner(prepared):
    owners = await ask(prepared, "select array_agg(distinct tableowner) from pg_tables where schemaname = 'public'")
    assert owners == [OWNER]


@pytest.mark.parametrize(
    "statement",
    [
        "create table mine (id int)",
        "alter table students disable row level security",
        "drop table students",
        "truncate students",
        "create role friend",
        "set role nuanyang_owner",
        "set session_replication_role = replica",
        "copy students to program 'cat'",
    ],
)
async def test_the_services_role_may_not(prepared, statement):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await ask(prepared, statement)


async def test_preparing_again_changes_nothing_and_a_quick_one_does_nothing(own, admin_url, prepared):
    said: list[str] = []
    assert await prepare(own, admin_url, said.append) == prepared
    assert await prepare(own, admin_url, said.append, is_quick=True) == prepared
    assert said == []


async def test_the_service_refuses_a_superuser_and_the_owner(own, admin_url, prepared):
    with pytest.raises(DatabaseNotUsable, match="a superuser"):
        await check_role(login_url(admin_url, database=own.database_name))
    with pytest.raises(DatabaseNotUsable, match="the tables' owner"):
        await check_role(login_url(admin_url, database=own.database_name, user=OWNER, password=PASSWORD))
    await check_role(prepared)


async def test_the_backup_role_reads_every_row_and_writes_none(own, admin_url, prepared):
    backup = login_url(admin_url, database=own.database_name, user="nuanyang_backup", password=PASSWORD)
    assert await ask(backup, "select rolbypassrls from pg_roles where rolname = current_user")
    assert await ask(backup, "select count(*) from students") == 0
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await ask(backup, "delete from students")
    with pytest.raises(DatabaseNotUsable, match="bypass"):
        await check_role(backup)


async def test_a_locale_that_does_not_know_chinese_is_refused(own, admin_url, prepared):
    name = f"plain_{secrets.token_hex(4)}"
    admin = await asyncpg.connect(admin_url)
    await admin.execute(f"create database {name} template template0 encoding 'UTF8' locale_provider libc locale 'C' owner {OWNER}")
    try:
        with pytest.raises(DatabaseNotUsable, match="Chinese"):
            await prepare(own.model_copy(update={"database_name": name}), admin_url, lambda _: None)
    finally:
        await admin.execute(f"drop database {name} with (force)")
        await admin.close()


async def test_a_verifier_lets_its_password_in_and_no_other(admin_url):
    role, password = f"verified_{secrets.token_hex(4)}", "暖阳 pass'word"
    admin = await asyncpg.connect(admin_url)
    await admin.execute(f"create role {role} login password '{scram_verifier(password)}'")
    try:
        tcp = login_url(admin_url, database="postgres", user=role, password=password)
        assert await ask(tcp, "select current_user") == role
        with pytest.raises(asyncpg.InvalidPasswordError):
            await ask(login_url(admin_url, database="postgres", user=role, password="other"), "select 1")
    finally:
        await admin.execute(f"drop role {role}")
        await admin.close()


def test_passwords_are_random_private_and_kept(tmp_path: Path):
    settings = Settings(var=tmp_path)
    first = load_passwords(settings)
    assert stat.S_IMODE(settings.roles_file.stat().st_mode) == 0o600
    assert len({first.owner, first.app, first.backup}) == 3
    assert load_passwords(Settings(var=tmp_path)) == first
    assert json.loads(settings.roles_file.read_text())["app"] == first.app


def test_passwords_from_settings_are_not_written_down(tmp_path: Path):
    settings = Settings(var=tmp_path, **PASSWORDS)
    assert load_passwords(settings).app == PASSWORD
    assert not settings.roles_file.exists()


@pytest.mark.parametrize(
    ("admin", "expected"),
    [
        ("postgresql://root:a%40b@db:5432/postgres?sslmode=require", "postgresql://nuanyang_app:x%2Fy@db:5432/nuanyang?sslmode=require"),
        ("postgres://root@db/postgres", "postgresql://nuanyang_app:x%2Fy@db/nuanyang"),
        ("postgresql+asyncpg://root:p@[::1]:6000/", "postgresql://nuanyang_app:x%2Fy@[::1]:6000/nuanyang"),
        ("postgresql://root:p@/postgres?host=%2Frun&port=1", "postgresql://nuanyang_app:x%2Fy@/nuanyang?host=%2Frun&port=1"),
    ],
)
def test_the_services_url_keeps_the_place_and_changes_the_role(tmp_path: Path, admin: str, expected: str):
    settings = Settings(var=tmp_path, **{**PASSWORDS, "app_password": "x/y"})
    assert app_url(settings, admin) == expected


def test_another_kind_of_database_is_refused():
    with pytest.raises(DatabaseNotUsable, match="postgresql://"):
        plain_url("mysql://root@db/x")
