"""The life cycle of the embedded server: first initialised whole or not at all, adopted when it already runs, stopped by its last user."""

import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

from nuanyang.kit.embedded_postgres.account import ServerAccount, reachable_state, server_account
from nuanyang.kit.embedded_postgres.binaries import find_binaries, version_of
from nuanyang.kit.embedded_postgres.configuration import server_settings
from nuanyang.kit.embedded_postgres.postmaster import Postmaster, find_postmaster

SOCKET_PATH_LIMIT = 80  # the kernel allows 107 bytes including the socket's own name
EARLY_EXIT_SECONDS = 30  # shared memory of a killed server may stay in use for some seconds


class ServerDidNotStart(Exception):
    """PostgreSQL ended or stayed silent; its own words are in boot.log."""


class EmbeddedPostgres:
    """One server in one state folder; processes that use it share it."""

    def __init__(
        self, state: Path, *, port: int | None = None, prefix: Path | None = None, connections: int = 120, durable: bool = True
    ) -> None:
        self.account: ServerAccount = server_account()
        self.state = reachable_state(Path(state), self.account)
        self.data = self.state / "data"
        self.prefix = prefix or find_binaries()
        self.wanted_port = port
        self.connections = connections
        self.durable = durable
        self._child: subprocess.Popen[bytes] | None = None
        self._use: IO[str] | None = None

    def __enter__(self) -> Self:
        """Start or adopt the server."""
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Give up our use of it; the last user stops it."""
        self.release()

    # -- what callers need ----------------------------------------------------------------------

    def url(self, database: str = "postgres") -> str:
        """Return the administration URL, by socket where the path is short enough, else by loopback."""
        running = find_postmaster(self.data)
        port = running.port if running else self._remembered_port()
        folder = self._socket_folder()
        if folder:
            return f"postgresql://postgres:{self.password}@/{database}?host={quote(str(folder), safe='')}&port={port}"
        return self.tcp_url(database)

    def tcp_url(self, database: str = "postgres") -> str:
        """Return the administration URL by 127.0.0.1."""
        running = find_postmaster(self.data)
        port = running.port if running else self._remembered_port()
        return f"postgresql://postgres:{self.password}@127.0.0.1:{port}/{database}"

    @property
    def password(self) -> str:
        """The superuser's random password, readable by our own account only."""
        return (self.state / "superuser.pw").read_text()

    @property
    def is_running(self) -> bool:
        """Does a living server answer for this state folder?"""
        return find_postmaster(self.data) is not None

    def start(self, patience: float = 300) -> str:
        """Start the server, or adopt a running one, wait through crash recovery and return the administration URL."""
        self._prepare_folders()
        self._ensure_reachable_binaries()
        with self._locked():
            self._hold_use()
            try:
                if not find_postmaster(self.data):
                    self._initialise()
                    self._spawn()
                self._wait(time.monotonic() + patience)
            except BaseException:
                self._end_use()
                raise
        return self.url()

    def release(self) -> None:
        """End our use; stop the server when nobody else uses it."""
        if self._use is None:
            return
        with self._locked():
            if self._is_last_user():
                self._stop()
            elif self._child:
                # Others still use it: it outlives us, and nobody waits for it any more.
                self._child.returncode, self._child = 0, None
            self._end_use()

    def stop(self) -> None:
        """Stop the server whoever uses it."""
        with self._locked():
            self._stop()
        self._end_use()

    def binary(self, name: str) -> Path:
        """Return the path of one of the server's programs."""
        return self.prefix / "bin" / name

    # -- users ----------------------------------------------------------------------------------

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.state / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _hold_use(self) -> None:
        # A shared lock vanishes with its process, however that dies; a counter in a file would not.
        if self._use is None:
            self._use = (self.state / "users").open("w")
            fcntl.flock(self._use, fcntl.LOCK_SH)

    def _end_use(self) -> None:
        if self._use:
            self._use.close()
            self._use = None

    def _is_last_user(self) -> bool:
        try:
            fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]
        except BlockingIOError:
            return False
        return True

    # -- preparing ------------------------------------------------------------------------------

    def _prepare_folders(self) -> None:
        self.state.mkdir(parents=True, exist_ok=True)
        for folder, mode in ((self.data, 0o700), (self.state / "run", 0o755)):
            folder.mkdir(exist_ok=True)
            folder.chmod(mode)
            self.account.own(folder)

    def _ensure_reachable_binaries(self) -> None:
        # The environment may lie under a private home folder: then the tree is copied, the parents are never opened.
        if self._can_run(self.prefix):
            return
        _, full = version_of(self.prefix)
        package = self.prefix.parent
        copy = self.state / f"pg-{full}"
        if not copy.exists():
            self._copy_tree(package, copy)
        self.prefix = copy / package.name / self.prefix.name
        if not self._can_run(self.prefix):
            raise ServerDidNotStart(f"{self.account.name} cannot run {self.prefix}: choose a state folder outside private ones")

    def _copy_tree(self, package: Path, copy: Path) -> None:
        # The layout is kept, because the programs look for their libraries beside the package.
        fresh = copy.with_suffix(".tmp")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(self.prefix, fresh / package.name / self.prefix.name, symlinks=True)
        libraries = package.parent / f"{package.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name)
        fresh.rename(copy)

    def _can_run(self, prefix: Path) -> bool:
        try:
            return self.account.run([prefix / "bin" / "postgres", "-V"]).returncode == 0
        except (PermissionError, FileNotFoundError):
            return False

    def _initialise(self) -> None:
        self._ensure_password()
        if (self.data / "PG_VERSION").exists():
            return
        fresh, password_file = self.state / "data.init", self.state / "run" / ".pw"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(0o700)
        password_file.touch(0o600)
        password_file.write_text(self.password)
        self.account.own(fresh)
        self.account.own(password_file)
        try:
            self._initdb(fresh, password_file)
        finally:
            password_file.unlink()
        shutil.rmtree(self.data)
        fresh.rename(self.data)  # only a whole cluster is ever seen

    def _initdb(self, folder: Path, password_file: Path) -> None:
        # With plain C the trigrams of Chinese are empty; the built-in UTF-8 locale came with PostgreSQL 17.
        major, _ = version_of(self.prefix)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C.UTF-8"]
        if major < 17:
            locale = ["--locale=C.UTF-8"]
        options = ["-U", "postgres", "-E", "UTF8", "--data-checksums", "--auth=scram-sha-256", f"--pwfile={password_file}"]
        done = self.account.run([self.binary("initdb"), "-D", folder, *options, *locale])
        if done.returncode:
            raise ServerDidNotStart(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")

    def _ensure_password(self) -> None:
        secret = self.state / "superuser.pw"
        if not secret.exists():
            handle = os.open(secret, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
            os.write(handle, secrets.token_hex(24).encode())
            os.close(handle)

    # -- settings -------------------------------------------------------------------------------

    def _configure(self) -> None:
        port = self._free_port()
        (self.state / "port").write_text(str(port))
        own = self.data / "nuanyang.conf"
        own.write_text(
            server_settings(
                port=port,
                socket_folder=self._socket_folder(),
                connections=self.connections,
                durable=self.durable,
                has_statistics=(self.prefix / "lib").exists() and any(self.prefix.rglob("pg_stat_statements.so")),
            )
        )
        self.account.own(own)
        main = self.data / "postgresql.conf"
        if "include 'nuanyang.conf'" not in main.read_text():
            with main.open("a") as settings:
                settings.write("\ninclude 'nuanyang.conf'\n")

    def _socket_folder(self) -> Path | None:
        folder = self.state / "run"
        return folder if len(str(folder).encode()) <= SOCKET_PATH_LIMIT else None

    def _remembered_port(self) -> int:
        file = self.state / "port"
        return self.wanted_port or (int(file.read_text()) if file.exists() else 55432)

    def _free_port(self) -> int:
        wanted = self._remembered_port()
        if self.wanted_port or _is_free(wanted):
            return wanted
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    # -- running --------------------------------------------------------------------------------

    def _spawn(self) -> None:
        self._configure()
        # Nobody lives here: what lies in our own socket folder was left by a killed server, whose zombie PostgreSQL would believe in.
        for left in (self.state / "run").glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)
        with (self.state / "boot.log").open("ab") as log:
            self._child = self.account.spawn([self.binary("postgres"), "-D", str(self.data)], log)

    def _wait(self, deadline: float) -> None:
        may_retry_until = time.monotonic() + EARLY_EXIT_SECONDS
        while not self._is_answering():
            gone = self._child.poll() is not None if self._child else find_postmaster(self.data) is None
            if gone and time.monotonic() > may_retry_until:
                raise ServerDidNotStart(f"PostgreSQL exits at start: {self._last_words()}")
            if time.monotonic() > deadline:
                raise ServerDidNotStart(f"PostgreSQL is not ready: {self._last_words()}")
            if gone:
                time.sleep(0.3)
                self._spawn()
            time.sleep(0.02)

    def _is_answering(self) -> bool:
        # The pid file alone may be stale by some milliseconds.
        running = find_postmaster(self.data)
        if not running or not running.is_ready:
            return False
        host = str(self._socket_folder() or "127.0.0.1")
        return self.account.run([self.binary("pg_isready"), "-q", "-h", host, "-p", str(running.port)]).returncode == 0

    def _last_words(self) -> str:
        logs = [self.state / "boot.log", *(self.data / "log").glob("*.log")]
        newest = max((log for log in logs if log.exists()), key=lambda log: log.stat().st_mtime, default=None)
        return newest.read_text(errors="replace")[-800:].strip() if newest else "it left no log"

    def _stop(self, patience: float = 60) -> None:
        running = find_postmaster(self.data)
        if running:
            self._end(running, time.monotonic() + patience)
        if self._child:
            self._child.wait(10)
            self._child = None

    def _end(self, running: Postmaster, deadline: float) -> None:
        os.kill(running.pid, signal.SIGINT)  # PostgreSQL's "fast" shutdown
        while find_postmaster(self.data):
            if self._child:
                self._child.poll()
            if time.monotonic() > deadline:
                os.kill(running.pid, signal.SIGQUIT)
                return
            time.sleep(0.02)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
