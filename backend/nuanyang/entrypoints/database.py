"""Preparing a database: roles, the database itself, extensions, migrations, grants; and the check the service makes before it works.

Only this module connects with administration rights. What it makes:
nuanyang_owner owns the tables and migrates, nuanyang_app is what the service works as, nuanyang_sealer seals the record
of who did and saw what, nuanyang_backup may read everything.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from nuanyang.kit.settings import PROJECT, Settings

OWNER, APP, SEALER, BACKUP = "nuanyang_owner", "nuanyang_app", "nuanyang_sealer", "nuanyang_backup"
EXTENSIONS = ("pg_trgm", "btree_gist", "btree_gin")
OLDEST, NEWEST = 15, 18
PREPARING = 0x6E75616E  # advisory lock: two preparations at once wait for each other

# Migrations take the walls from here.
DECLARED = Path(__file__).parents[1] / "access" / "walls.py"

Say = Callable[[str], None]


class DatabaseNotUsable(Exception):
    """The server or the role it was reached with does not fit; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Passwords:
    """One password for each role that logs in."""

    owner: str
    app: str
    sealer: str
    backup: str


def load_passwords(settings: Settings) -> Passwords:
    """Return the passwords from the settings, else from the roles file, which is made with random ones at first need."""
    known: dict[str, str] = json.loads(settings.roles_file.read_text()) if settings.roles_file.exists() else {}
    for name in ("owner", "app", "sealer", "backup"):
        given = getattr(settings, f"{name}_password")
        known[name] = given.get_secret_value() if given else known.get(name) or secrets.token_hex(24)
    passwords = Passwords(known["owner"], known["app"], known["sealer"], known["backup"])
    if not (settings.owner_password and settings.app_password and settings.sealer_password and settings.backup_password):
        _write_private(settings.roles_file, json.dumps(asdict(passwords)))
    return passwords


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".tmp")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)


def login_url(url: str, *, database: str, user: str | None = None, password: str | None = None) -> str:
    """Return the URL of the same server for another database and, where given, another role."""
    parts = urlsplit(plain_url(url))
    place = parts.netloc.rpartition("@")
    login = f"{quote(user, safe='')}:{quote(password or '', safe='')}" if user else place[0]
    return urlunsplit(parts._replace(netloc=f"{login}@{place[2]}", path=f"/{database}"))


def plain_url(url: str) -> str:
    """Return the URL without a driver's name, as asyncpg and libpq read it."""
    scheme, _, rest = url.partition("://")
    if scheme.partition("+")[0] not in {"postgresql", "postgres"}:
        raise DatabaseNotUsable("DATABASE_URL must begin with postgresql://")
    return f"postgresql://{rest}"


def app_url(settings: Settings, admin_url: str) -> str:
    """Return the URL with which the service works on a prepared server."""
    return login_url(admin_url, database=settings.database_name, user=APP, password=load_passwords(settings).app)


def sealer_url(settings: Settings) -> str:
    """Return the URL with which the record is sealed and verified: the service's own server and database, the sealer's role."""
    url, given = application_url(settings), settings.sealer_password
    known = json.loads(settings.roles_file.read_text()) if settings.roles_file.exists() else {}
    password = given.get_secret_value() if given else known.get("sealer")
    if not password:
        raise DatabaseNotUsable("the record cannot be sealed: set NUANYANG_SEALER_PASSWORD to the password of nuanyang_sealer")
    return login_url(url, database=urlsplit(url).path.lstrip("/"), user=SEALER, password=password)


def application_url(settings: Settings) -> str:
    """Return the URL the service works with: the one set, else that of our role on the external or the embedded server."""
    if settings.app_database_url:
        return plain_url(settings.app_database_url.get_secret_value())
    if settings.database_url:
        return app_url(settings, settings.database_url.get_secret_value())
    from nuanyang.kit.embedded_postgres import EmbeddedPostgres  # noqa: PLC0415 - not needed where a server is given

    return app_url(settings, EmbeddedPostgres(settings.postgres_folder).url())


async def prepare(settings: Settings, admin_url: str, say: Say = print, *, is_quick: bool = False) -> str:
    """Make a server ready and return the service's URL. Running it again changes nothing that is already right.

    A quick preparation does nothing when the database says that this very release prepared it.
    """
    passwords = load_passwords(settings)
    mark = _mark(passwords)
    admin = await asyncpg.connect(plain_url(admin_url))
    try:
        await _check_version(admin)
        await admin.execute("select pg_advisory_lock($1)", PREPARING)
        if not (is_quick and await admin.fetchval(MARK, settings.database_name) == mark):
            await _prepare(admin, settings.database_name, admin_url, passwords, say)
            await admin.execute(f"comment on database {settings.database_name} is '{mark}'")
    finally:
        await admin.close()
    url = app_url(settings, admin_url)
    await check_role(url)
    return url


MARK = "select shobj_description(oid, 'pg_database') from pg_database where datname = $1"


def _mark(passwords: Passwords) -> str:
    """Return what identifies a preparation: the migrations, this module, the passwords."""
    digest = hashlib.sha256(repr(passwords).encode())
    for file in (*sorted((PROJECT / "migrations").rglob("*.py")), DECLARED, Path(__file__)):
        digest.update(file.read_bytes())
    return f"prepared {digest.hexdigest()}"


async def _prepare(admin: Any, name: str, admin_url: str, passwords: Passwords, say: Say) -> None:
    await _ensure_roles(admin, passwords)
    if await _ensure_database(admin, name):
        say(f"database {name} created")
    await _ensure_inside(login_url(admin_url, database=name))
    await migrate(login_url(admin_url, database=name, user=OWNER, password=passwords.owner), say)


async def _check_version(admin: Any) -> None:
    major = admin.get_server_version().major
    if not OLDEST <= major <= NEWEST:
        raise DatabaseNotUsable(f"PostgreSQL {major} is not supported: use {OLDEST} to {NEWEST}")


# -- roles ---------------------------------------------------------------------------------------


async def _ensure_roles(admin: Any, passwords: Passwords) -> None:
    is_superuser = await admin.fetchval("select rolsuper from pg_roles where rolname = current_user")
    for role, password in (
        (OWNER, passwords.owner),
        (APP, passwords.app),
        (SEALER, passwords.sealer),
        (BACKUP, passwords.backup),
    ):
        if not await admin.fetchval("select exists (select from pg_roles where rolname = $1)", role):
            await admin.execute(f"create role {role}")
        # The server receives a SCRAM verifier: the password itself never reaches its log or statistics.
        await admin.execute(f"alter role {role} with login nocreatedb nocreaterole password '{scram_verifier(password)}'")
        await admin.execute(f"alter role {role} set timezone = 'UTC'")
    if is_superuser:
        await admin.execute(f"alter role {BACKUP} with bypassrls replication")
        for role in (APP, SEALER):
            await admin.execute(f"alter role {role} with nosuperuser nobypassrls noreplication")
    else:
        # An administrator of a hosted server must belong to the owner to hand it a database.
        await admin.execute(f"grant {OWNER} to current_user")
    await admin.execute(f"grant pg_read_all_data to {BACKUP}")
    await admin.execute(f"alter role {APP} set jit = off")


def scram_verifier(password: str, salt: bytes | None = None, rounds: int = 4096) -> str:
    """Return what PostgreSQL stores for a password under SCRAM-SHA-256 (RFC 5803)."""
    salt = salt or os.urandom(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    texts = [base64.b64encode(part).decode() for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${rounds}:{texts[0]}${texts[1]}:{texts[2]}"


# -- the database --------------------------------------------------------------------------------


async def _ensure_database(admin: Any, name: str) -> bool:
    if await admin.fetchval("select exists (select from pg_database where datname = $1)", name):
        return False
    major = admin.get_server_version().major
    locale = "locale_provider builtin builtin_locale 'C.UTF-8' lc_collate 'C' lc_ctype 'C.UTF-8'"
    if major < 17:
        locale = "lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'"
    await admin.execute(f"create database {name} owner {OWNER} template template0 encoding 'UTF8' {locale}")
    return True


async def _ensure_inside(admin_url: str) -> None:
    inside = await asyncpg.connect(admin_url)
    try:
        for extension in EXTENSIONS:
            await inside.execute(f"create extension if not exists {extension}")
        await _check_chinese(inside)
        name = await inside.fetchval("select current_database()")
        await inside.execute(f"revoke all on database {name} from public")
        await inside.execute(f"grant connect on database {name} to {APP}, {SEALER}, {BACKUP}")
        await inside.execute(f"grant temporary on database {name} to {APP}")
        await inside.execute(f"grant usage on schema public to {APP}, {SEALER}, {BACKUP}")
    finally:
        await inside.close()


async def _check_chinese(inside: Any) -> None:
    if not await inside.fetchval("select cardinality(show_trgm('王小明')) > 0"):
        raise DatabaseNotUsable(
            "this database's locale does not know Chinese letters: create it with LC_CTYPE 'C.UTF-8' (or any UTF-8 locale), not 'C'"
        )


# -- migrations ----------------------------------------------------------------------------------


async def migrate(owner_url: str, say: Say = print, revision: str = "head") -> None:
    """Bring the schema to a revision, as the owner."""
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415 - the commands that need no database start faster

    engine = create_async_engine(owner_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    try:
        async with engine.connect() as connection:
            before, after = await connection.run_sync(_upgrade, revision)
            if after:
                await connection.exec_driver_sql(f"grant select on alembic_version to {APP}")  # for /readyz
            await connection.commit()
    finally:
        await engine.dispose()
    if before != after:
        say(f"schema migrated from {before or 'nothing'} to {after}")


def alembic_config(connection: Any = None) -> Any:
    """Return Alembic's configuration; its `env.py` takes the connection from the attributes."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(PROJECT / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Any, revision: str) -> tuple[str | None, str | None]:
    from alembic import command  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    before = MigrationContext.configure(connection).get_current_revision()
    connection.commit()
    command.upgrade(alembic_config(connection), revision)
    after = MigrationContext.configure(connection).get_current_revision()
    return before, after


# -- the check before work -----------------------------------------------------------------------

UNSAFE = """
select rolsuper as "a superuser", rolbypassrls as "allowed to bypass row-level security",
       exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
               and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
               and pg_has_role(current_user, c.relowner, 'member')) as "the tables' owner"
from pg_roles where rolname = current_user
"""


async def check_role(url: str) -> None:
    """Refuse a role that row-level security would not bind."""
    connection = await asyncpg.connect(plain_url(url))
    try:
        row = await connection.fetchrow(UNSAFE)
        name = await connection.fetchval("select current_user")
    finally:
        await connection.close()
    if wrong := [fact for fact, holds in dict(row or {}).items() if holds]:
        raise DatabaseNotUsable(f"the service refuses to work as {name}, which is {' and '.join(wrong)}: use {APP}")


def prepare_now(settings: Settings, admin_url: str, say: Say = print, *, is_quick: bool = False) -> str:
    """Run `prepare` from a synchronous command."""
    return asyncio.run(prepare(settings, admin_url, say, is_quick=is_quick))


def has_schools(url: str) -> bool:
    """Is there any school in a prepared database?"""

    async def ask() -> bool:
        connection = await asyncpg.connect(plain_url(url))
        try:
            return bool(await connection.fetchval("select exists (select from schools)"))
        finally:
            await connection.close()

    return asyncio.run(ask())
