"""What is measured: the product as `nuanyang serve` starts it, and the two ceilings; each a process of its own on a free port."""

from __future__ import annotations

import contextlib
import os
import pickle
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import httpx
import psutil

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import WHOLE, HeldRole, reach_of
from nuanyang.access.walls import context_of
from nuanyang.kit.clock import today
from nuanyang.kit.paging import encode_cursor
from nuanyang.kit.settings import PROJECT, child_environment
from nuanyang.oversight.dossiers.policy import only_sight as dossier_sight
from nuanyang.oversight.dossiers.repository.statement import file_statement
from nuanyang.oversight.students.policy import sight_of
from nuanyang.oversight.students.repository import listing, reading
from nuanyang.oversight.students.rules import Search
from tests.benchmarks.building import PASSWORD, SCHOOLS, uid

CONNECTIONS = 10
MANY = 400  # different requests of each kind
WHAT = {"list": "student list, page of 50", "one": "one student", "dossier": "one dossier"}


@dataclass
class Target:
    """A running server and the requests it understands."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    requests: dict[str, list[str]]

    def cpu(self) -> float:
        """Seconds of CPU of the server so far."""
        process = psutil.Process(self.process.pid)
        return sum(sum(p.cpu_times()[:2]) for p in (process, *process.children(recursive=True)))

    def memory(self) -> float:
        """Resident MB."""
        process = psutil.Process(self.process.pid)
        return sum(p.memory_info().rss for p in (process, *process.children(recursive=True))) / 1e6


@dataclass(frozen=True)
class Asked:
    """One student somewhere, and a place in the list to page from."""

    school: int
    student_id: UUID
    pinyin: str


def drawn(rows: list[tuple[int, UUID, str]]) -> list[Asked]:
    """The students asked for: the same for every target and run."""
    chosen = random.Random(20_261_123).sample(rows, min(MANY, len(rows)))
    return [Asked(*row) for row in chosen]


def principal(school: int) -> Caller:
    """The caller the product makes of the principal's token."""
    account_id, school_id = uid("account", school, 1), uid("school", school)
    roles = (HeldRole("principal", WHOLE),)
    reach = reach_of(roles)
    context = context_of(account_id, school_id, reach, person_id=uid("staff", school))
    return Caller(account_id, school_id, uid("account", school, 2), "校长", uid("staff", school), roles, frozenset(), reach, context)


def ceiling_statements(asked: list[Asked]) -> dict[str, list[tuple[str, str, list[object]]]]:
    """The product's own statements with their arguments: the ceilings do the same work in the database."""
    made: dict[str, list[tuple[str, str, list[object]]]] = {"list": [], "one": [], "dossier": [], "unrecorded": []}
    for one in asked:
        caller = principal(one.school)
        sight, begin = sight_of(caller), caller.context.reading
        filters = listing.Filters(("enrolled",))
        made["list"].append(
            (
                begin,
                *listing.page(
                    sight,
                    caller.school_id,
                    today(),
                    filters,
                    Search(),
                    "pinyin",
                    [one.pinyin, one.student_id],
                    50,
                    count=False,
                    ground=caller.ground(),
                ),
            )
        )
        made["one"].append((begin, *reading.one(sight, caller.school_id, one.student_id, today(), caller.ground())))
        file_sight = dossier_sight(caller, one.student_id)
        assert file_sight is not None
        arguments: list[object] = [caller.school_id, one.student_id, caller.staff_id, None, []]
        made["dossier"].append((begin, file_statement(file_sight), [*arguments, list(caller.ground())]))
        made["unrecorded"].append((begin, file_statement(file_sight, ""), arguments))
    return made


def product_requests(asked: list[Asked], tokens: dict[int, str]) -> dict[str, list[str]]:
    """The same questions over the API, signed in."""
    made: dict[str, list[str]] = {"list": [], "one": [], "dossier": []}
    for one in asked:
        token = tokens[one.school]
        cursor = encode_cursor("pinyin", one.pinyin, one.student_id)
        made["list"].append(request(f"/api/v1/students?limit=50&cursor={cursor}", token))
        made["one"].append(request(f"/api/v1/students/{one.student_id}", token))
        made["dossier"].append(request(f"/api/v1/students/{one.student_id}/dossier", token))
    return made


def request(path: str, token: str | None = None) -> str:
    """One HTTP request as it goes over the line."""
    signed = f"Authorization: Bearer {token}\r\n" if token else ""
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\nAccept: application/json\r\n{signed}\r\n"


def tokens_of(port: int) -> dict[int, str]:
    """Sign in as the principal of each school, as a person does."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        answers = {
            s: client.post("/api/v1/auth/token", data={"username": f"bench{s}", "password": PASSWORD}) for s in range(1, SCHOOLS + 1)
        }
        tokens = {school: answer.raise_for_status().json()["access_token"] for school, answer in answers.items()}
        for token in tokens.values():  # the first request of a token looks its caller up; a load of seconds would show little else
            client.get("/api/v1/classes", headers={"Authorization": f"Bearer {token}"}).raise_for_status()
    return tokens


@contextlib.contextmanager
def product(app_url: str, var: Path) -> Iterator[Target]:
    """`nuanyang serve` on this database."""
    port = free_port()
    environment = child_environment(
        NUANYANG_APP_DATABASE_URL=app_url,
        NUANYANG_VAR=str(var),
        NUANYANG_PORT=str(port),
        NUANYANG_READ_CONNECTIONS=str(CONNECTIONS),
        DATABASE_URL="",
    )
    command = [sys.executable, "-m", "nuanyang.entrypoints.cli", "serve"]
    with _running("product", command, port, "/healthz", environment) as target:
        yield target


@contextlib.contextmanager
def ceiling(name: str, urls: dict[str, str], statements: dict[str, list[tuple[str, str, list[object]]]], var: Path) -> Iterator[Target]:
    """One of the two ceilings, served by the same uvicorn with the same loop and parser."""
    port, task = free_port(), var / "ceiling.pickle"
    task.write_bytes(pickle.dumps({"urls": urls, "statements": statements, "connections": CONNECTIONS}))
    command = [sys.executable, "-m", "uvicorn", "tests.benchmarks.ceilings:make", "--factory", "--port", str(port), "--loop", "uvloop"]
    command += ["--http", "httptools", "--ws", "none", "--no-access-log", "--log-level", "warning", "--no-server-header"]
    environment = child_environment(CEILING=name, CEILING_TASK=str(task), PYTHONPATH=str(PROJECT))
    with _running(name, command, port, "/one/0", environment) as target:
        target.requests = {what: [request(f"/{what}/{i}") for i in range(len(rows))] for what, rows in statements.items()}
        yield target


@contextlib.contextmanager
def _running(name: str, command: list[str], port: int, alive: str, environment: dict[str, str]) -> Iterator[Target]:
    process = subprocess.Popen(command, env=environment, cwd=PROJECT)
    try:
        _wait(port, alive, process)
        yield Target(name, port, process, {})
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"a server to be measured ended with {process.returncode}")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}{path}", timeout=5).status_code == 200:
                return
        time.sleep(0.1)
    raise SystemExit("a server to be measured did not start")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def stamp() -> str:
    """When, for the table's head."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def cores() -> int:
    """How many cores the measured machine lends us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


async def sampled(connection: object) -> list[tuple[int, UUID, str]]:
    """Enrolled students to ask for, spread over the schools."""
    rows = await connection.fetch(  # type: ignore[attr-defined]
        "select ('x' || substr(school_id::text, 10, 4))::bit(16)::int as school, id, pinyin from students where status = 'enrolled' order by md5(id::text) limit 4000"
    )
    return [(row["school"], UUID(str(row["id"])), row["pinyin"]) for row in rows]
