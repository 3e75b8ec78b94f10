"""`nuanyang run` as a terminal or a script starts it: it serves, and leaves nothing behind, however it is ended."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from nuanyang.entrypoints.processes import is_port_free

pytestmark = pytest.mark.slow
NUANYANG = Path(sys.executable).with_name("nuanyang")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(reached: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def living(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [process for process in processes if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


started: list[subprocess.Popen[bytes]] = []


@pytest.fixture(autouse=True)
def _leave_nothing_running() -> Iterator[None]:
    yield
    while started:
        process = started.pop()
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def interruptible() -> None:
    """As a terminal starts it: whoever runs these tests in the background hands down an interrupt that is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Running:
    """A started command, its port and what it said."""

    def __init__(self, command: list[str], folder: Path, **more: str) -> None:
        self.port = free_port()
        self.log = folder / "said.txt"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("NUANYANG", "DATABASE", "PYTEST"))}
        environment = {**kept, "NUANYANG_VAR": str(folder / "var"), "NUANYANG_DEMO": "0", "PORT": str(self.port), **more}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=interruptible,  # noqa: PLW1509 - one thread
            )
        started.append(self.process)

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.said()
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def wait_until_whole(self) -> list[psutil.Process]:
        """Wait for the server and the worker; return every process of the tree."""
        wait_for(self.is_ready)
        wait_for(lambda: "Ctrl-C" in self.said())
        return psutil.Process(self.process.pid).children(recursive=True)

    def said(self) -> str:
        return self.log.read_text()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="nuanyang-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def test_ctrl_c_ends_the_whole_tree_in_order(folder: Path):
    running = Running([str(NUANYANG), "run"], folder)
    tree = running.wait_until_whole()
    assert {"postgres"} <= {process.name() for process in tree}
    assert sum("nuanyang.entrypoints.cli" in " ".join(process.cmdline()) for process in tree) == 2
    os.killpg(running.process.pid, signal.SIGINT)
    assert running.process.wait(60) == 0
    assert living(tree) == []
    assert "the data is kept" in running.said()
    assert "Traceback" not in running.said()


def test_the_second_start_is_quick(folder: Path):
    running = Running([str(NUANYANG), "run"], folder)
    wait_for(running.is_ready)
    running.process.terminate()
    assert running.process.wait(60) == 0


def test_an_interrupt_that_only_make_receives_is_understood(folder: Path):
    (folder / "Makefile").write_text(f"run:\n\t@{NUANYANG} run\n")
    running = Running(["make", "run"], folder)
    tree = running.wait_until_whole()
    os.kill(running.process.pid, signal.SIGINT)
    running.process.wait(60)
    wait_for(lambda: not living(tree), 5)


def test_children_end_when_the_parent_was_killed_and_the_next_start_adopts_the_database(folder: Path):
    running = Running([str(NUANYANG), "run"], folder)
    tree = running.wait_until_whole()
    ours = [process for process in tree if process.name() != "postgres"]
    running.process.kill()
    running.process.wait()
    wait_for(lambda: not living(ours), 15)
    again = Running([str(NUANYANG), "run"], folder)
    again.wait_until_whole()
    again.process.send_signal(signal.SIGTERM)
    assert again.process.wait(60) == 0
    assert living(tree) == []


def test_a_killed_worker_is_started_again(folder: Path):
    running = Running([str(NUANYANG), "run"], folder)
    running.wait_until_whole()

    def worker() -> psutil.Process | None:
        with contextlib.suppress(psutil.Error):
            return next((p for p in psutil.Process(running.process.pid).children() if p.cmdline()[-1:] == ["worker"]), None)
        return None

    wait_for(worker)
    time.sleep(1.2)
    first = worker()
    assert first
    first.kill()
    wait_for(lambda: (now := worker()) is not None and now.pid != first.pid, 10)
    running.process.terminate()
    assert running.process.wait(60) == 0


def test_a_taken_port_is_told_before_anything_is_started(folder: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_port_free("127.0.0.1", port)
        running = Running([str(NUANYANG), "run"], folder, PORT=str(port))
        assert running.process.wait(60) == 1
    assert f"port {port} is taken" in running.said()


def test_a_server_with_administration_rights_is_refused(folder: Path, admin_url: str):
    running = Running([str(NUANYANG), "serve"], folder, NUANYANG_APP_DATABASE_URL=admin_url)
    assert running.process.wait(30) == 1
    assert "refuses to work as postgres" in running.said()
