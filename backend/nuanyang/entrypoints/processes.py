"""A tree of processes that lives and ends together."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import psutil

IS_CHILD = "NUANYANG_IS_CHILD"
SECONDS_TO_END = 15.0
SECONDS_BETWEEN_LOOKS = 0.2


class AskedToStop(BaseException):
    """Ctrl-C, or a request by a signal: everything unwinds in order."""


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """Turn the first SIGINT, SIGTERM or SIGHUP into `AskedToStop`; later ones do not disturb the orderly end."""

    def stop(number: int, _: FrameType | None) -> None:
        for other in numbers:
            signal.signal(other, signal.SIG_IGN)
        raise AskedToStop(signal.Signals(number).name)

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass(slots=True)
class Child:
    """One process of the tree; a replaceable one is started again when it ends by itself."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    is_replaceable: bool = False
    on_end: Callable[[int], None] | None = None  # who has it may end, and this is told its exit code
    database_url: str = ""
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own: the terminal's Ctrl-C reaches us, and we stop it in order.

        Its standard input stays open as long as we live: it receives the database's URL there, and its end means ours.
        """
        self.close()
        command = [sys.executable, "-m", "nuanyang.entrypoints.cli", *self.arguments]
        environment = {**self.environment, IS_CHILD: "1"}
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, start_new_session=True)
        self.started_at = time.monotonic()
        if self.database_url:
            self.tell(self.database_url)

    def tell(self, database_url: str) -> None:
        """Give it the URL to work with: by a pipe, so that no process list or environment shows it."""
        self.database_url = database_url
        if self.process and self.process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.write(f"{database_url}\n".encode())
                self.process.stdin.flush()

    def close(self) -> None:
        """Let go of the pipe to a process that has ended."""
        if self.process and self.process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()

    @property
    def exit_code(self) -> int | None:
        """How it ended, or None while it lives."""
        return self.process.poll() if self.process else None


@dataclass(slots=True)
class ProcessTree:
    """Children that are watched together and stopped together."""

    children: list[Child] = field(default_factory=list)

    def add(self, child: Child) -> None:
        """Start a child and watch it from now on."""
        child.start()
        self.children.append(child)

    def watch(self) -> int:
        """Wait until a child that cannot be replaced ends; return the exit code."""
        while True:
            for child in list(self.children):
                code = child.exit_code
                if code is None:
                    continue
                if child.on_end:
                    self.children.remove(child)
                    child.close()
                    child.on_end(code)
                elif not child.is_replaceable:
                    return code or 1
                elif time.monotonic() - child.started_at > 1.0:
                    print(f"the {child.name} ended with {code}: starting it again", file=sys.stderr, flush=True)
                    child.start()
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def stop(self) -> None:
        """End every child: politely, then, after a while, not."""
        living = [child.process for child in self.children if child.process and child.exit_code is None]
        for process in living:
            process.terminate()
        deadline = time.monotonic() + SECONDS_TO_END
        for process in living:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for child in self.children:
            child.close()


def stop_with_make() -> None:
    """Ask ourselves to stop when the make that started us was interrupted or died.

    GNU make that alone receives SIGINT waits for its children without telling them, having put its handler back to the default.
    """
    make = os.getppid()
    if _name(make) not in {"make", "gmake"} or not _catches_interrupts(make):
        return

    def look() -> None:
        while os.getppid() == make and _catches_interrupts(make):
            time.sleep(SECONDS_BETWEEN_LOOKS)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=look, name="make-watch", daemon=True).start()


def _name(pid: int) -> str:
    try:
        return str(psutil.Process(pid).name())
    except psutil.Error:
        return ""


def _catches_interrupts(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True  # no /proc: the terminal's own Ctrl-C must do
    caught = next((line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:")), "0")
    return bool(int(caught, 16) >> (signal.SIGINT - 1) & 1)


def is_child() -> bool:
    """Are we part of somebody's process tree?"""
    return os.environ.get(IS_CHILD) == "1"


def receive_database_url() -> str | None:
    """In a child: wait for the database's URL; None when nobody is there to tell it. From then on, end when the parent ends."""
    if not is_child():
        return None
    url = os.fsdecode(_line(sys.stdin.fileno()))
    if not url:
        sys.exit(0)  # the parent gave up before the database was ready

    def look() -> None:
        while os.read(sys.stdin.fileno(), 100):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=look, name="parent-watch", daemon=True).start()
    return url


def _line(descriptor: int) -> bytes:
    # Read byte by byte: a buffer of Python's would hide the end of the pipe from the watching thread.
    line = b""
    while (byte := os.read(descriptor, 1)) not in {b"", b"\n"}:
        line += byte
    return line


def is_port_free(host: str, port: int) -> bool:
    """Can a server listen there?"""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
