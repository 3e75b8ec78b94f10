"""The roster import against a superuser's COPY of the very rows it wrote, into the same tables with their indexes and keys."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import psutil

from nuanyang.demo.scale import write_scale_package
from nuanyang.entrypoints.database import APP, login_url, prepare
from nuanyang.kit.ids import new_id
from nuanyang.kit.settings import PROJECT, Settings, child_environment
from tests.benchmarks.building import SCHOOLS

FIRST_SCHOOL = "2198000001"  # its code in the generated package
# In the order their keys point.
TABLES = (
    *("districts", "schools", "school_years", "terms", "staff", "classes", "class_staff", "students", "enrolments", "student_identities"),
    *(
        "student_contacts",
        "student_families",
        "student_economies",
        "student_healths",
        "student_records",
        "guardians",
        "guardian_identities",
    ),
    *("student_guardians", "external_ids"),
)


@dataclass(frozen=True)
class Imported:
    """Seconds, rows and the process's largest memory in MB."""

    rows: int
    first: float
    again: float  # recognised as the file applied last
    compared: float  # the same file, every row compared
    copy: float
    memory: float


def measure_import(admin_url: str, size: int, role_password: str) -> Imported:
    """Import a package of this size twice, then COPY its rows into a fresh database."""
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        package, _ = write_scale_package(var / "package", size, SCHOOLS)
        names = [f"bench_import_{size}_{i}" for i in (1, 2)]
        for name in names:
            asyncio.run(_fresh(admin_url, name, var, role_password))
        asyncio.run(_first_school(login_url(admin_url, database=names[0])))
        app_url = login_url(admin_url, database=names[0], user=APP, password=role_password)
        first, memory = _run(package, app_url, var)
        again, _ = _run(package, app_url, var)
        compared, memory_again = _run(package, app_url, var, "--compare-all")
        rows, copy = asyncio.run(_copy(login_url(admin_url, database=names[0]), login_url(admin_url, database=names[1]), var))
        asyncio.run(_drop(admin_url, names))
    return Imported(rows, first, again, compared, copy, max(memory, memory_again))


def _run(package: Path, app_url: str, var: Path, *options: str) -> tuple[float, float]:
    environment = child_environment(NUANYANG_APP_DATABASE_URL=app_url, NUANYANG_VAR=str(var), DATABASE_URL="")
    command = [
        sys.executable,
        "-m",
        "nuanyang.entrypoints.cli",
        "roster",
        "import",
        str(package),
        "--district",
        "--school",
        FIRST_SCHOOL,
        "--create-schools",
        "--json",
        *options,
    ]
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment, cwd=PROJECT, stdout=subprocess.PIPE)
    largest = 0.0
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        with contextlib.suppress(psutil.Error):
            largest = max(largest, sum(p.memory_info().rss for p in (watched, *watched.children(recursive=True))) / 1e6)
        time.sleep(0.05)
    seconds = time.perf_counter() - begun
    answer = process.stdout.read() if process.stdout else b""
    if process.returncode != 0:
        raise SystemExit(f"the import ended with {process.returncode}: {json.loads(answer or b'{}')}")
    return seconds, largest


async def _fresh(admin_url: str, name: str, var: Path, password: str) -> None:
    await _drop(admin_url, [name])
    await prepare(
        Settings(
            var=var, owner_password=password, app_password=password, sealer_password=password, backup_password=password, database_name=name
        ),
        admin_url,
        say=lambda _: None,
    )


async def _first_school(url: str) -> None:
    """The school on whose behalf the district's package comes in; the others are made by the import."""
    connection = await asyncpg.connect(url)
    await connection.execute(
        "insert into schools (id, name, code, first_grade, last_grade, primary_years, created_at) values ($1, '规模测试第1学校', $2, 1, 9, 6, now())",
        new_id(),
        FIRST_SCHOOL,
    )
    await connection.close()


async def _drop(admin_url: str, names: list[str]) -> None:
    admin = await asyncpg.connect(admin_url)
    for name in names:
        await admin.execute(f"drop database if exists {name} with (force)")
    await admin.close()


async def _copy(source_url: str, target_url: str, var: Path) -> tuple[int, float]:
    source, target = await asyncpg.connect(source_url), await asyncpg.connect(target_url)
    rows, seconds = 0, 0.0
    for table in TABLES:  # the ceiling copies rows and keys; who changed what is recorded by the product only
        await target.execute(f"alter table {table} disable trigger user")
    for table in TABLES:
        file = var / f"{table}.copy"
        order = "id" if table in ("districts", "schools") else "school_id"
        await source.copy_from_query(f"select * from {table} order by {order}", output=str(file), format="binary")
        begun = time.perf_counter()
        done: Any = await target.copy_to_table(table, source=str(file), format="binary")
        seconds += time.perf_counter() - begun
        rows += int(done.split()[-1])
        file.unlink()
    await source.close()
    await target.close()
    return rows, seconds
