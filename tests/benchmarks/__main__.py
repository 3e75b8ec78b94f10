"""`python -m tests.benchmarks`: one table, product against ceilings."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import asyncpg
import httpx

from nuanyang.entrypoints.database import APP, DECLARED, login_url, prepare
from nuanyang.kit.settings import PROJECT, Settings
from tests.benchmarks import ledger, report
from tests.benchmarks.building import build
from tests.benchmarks.report import Measured
from tests.benchmarks.rosters import Imported, measure_import
from tests.benchmarks.searches import searches
from tests.benchmarks.targets import (
    WHAT,
    Target,
    ceiling,
    ceiling_statements,
    cores,
    drawn,
    product,
    product_requests,
    sampled,
    stamp,
    tokens_of,
)

ROLE_PASSWORD = "only-for-tests"


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sizes", default="10000,200000", help="students in 20 schools, by commas")
    parser.add_argument("--runs", type=int, default=3, help="alternating runs; the median counts")
    parser.add_argument("--seconds", type=float, default=3.0, help="of each load")
    parser.add_argument("--only", default="list,one,dossier,search,proposals,import,ledger", help="what to measure")
    parser.add_argument("--save", action="store_true", help="write docs/performance.md")
    parser.add_argument("--forget", action="store_true", help="drop the databases afterwards")
    return parser.parse_args()


@contextlib.contextmanager
def server() -> Iterator[str]:
    """TEST_DATABASE_URL, else the embedded server in var/."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    from nuanyang.kit.embedded_postgres import EmbeddedPostgres

    with EmbeddedPostgres(PROJECT / "var" / "bench-postgres", connections=120, durable=False) as postgres:
        yield postgres.url()


async def database(admin_url: str, size: int, var: Path) -> tuple[str, float]:
    """A migrated database with this many students, kept between runs as long as neither schema nor builder changes."""
    digest = hashlib.sha256(Path(__file__).with_name("building.py").read_bytes())
    for file in (*sorted((PROJECT / "migrations").rglob("*.py")), DECLARED):
        digest.update(file.read_bytes())
    name = f"bench_{size}_{digest.hexdigest()[:10]}"
    admin = await asyncpg.connect(admin_url)
    known = await admin.fetchval("select shobj_description(oid, 'pg_database') from pg_database where datname = $1", name)
    # Only a finished build leaves its seconds behind; one that was interrupted is made anew.
    is_built = known is not None and known.replace(".", "", 1).isdecimal()
    seconds = float(known) if is_built else 0.0
    if not is_built:
        for row in await admin.fetch("select datname from pg_database where datname like $1", f"bench\\_{size}\\_%"):
            await admin.execute(f"drop database {row['datname']} with (force)")
        settings = Settings(
            var=var,
            owner_password=ROLE_PASSWORD,
            app_password=ROLE_PASSWORD,
            sealer_password=ROLE_PASSWORD,
            backup_password=ROLE_PASSWORD,
            database_name=name,
        )
        await prepare(settings, admin_url, say=lambda _: None)
        inside = await asyncpg.connect(login_url(admin_url, database=name))
        seconds = await build(inside, size)
        await inside.close()
        await admin.execute(f"comment on database {name} is '{seconds:.1f}'")
    await admin.close()
    return name, seconds


def press(target: Target, requests: list[str], concurrency: int, seconds: float) -> Measured:
    """Put a load on a target from a process of its own."""
    print(f"  {target.name} at {concurrency}: {requests[0][:60].splitlines()[0]}", file=sys.stderr)
    before = target.cpu()
    task = json.dumps({"port": target.port, "requests": requests, "concurrency": concurrency, "seconds": seconds})
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.load"], input=task.encode(), stdout=subprocess.PIPE, check=True, cwd=PROJECT, timeout=120
    )
    seen = json.loads(done.stdout)
    if seen["failed"]:
        raise SystemExit(f"{target.name}: {seen['failed']} of {seen['done']} answers failed")
    # The warm-up is in the CPU, too: a sixth of the requests at most.
    spent = (target.cpu() - before) * seconds / (seconds + 0.5)
    return Measured(seen["rate"], seen["p50"], seen["p99"], spent / max(1, seen["done"]) * 1000)


def measure(admin_url: str, name: str, options: argparse.Namespace, var: Path) -> dict[tuple[str, str, int], Measured]:
    """Alternate over the targets; the median of the runs of each (target, what, concurrency)."""
    app_url = login_url(admin_url, database=name, user=APP, password=ROLE_PASSWORD)
    super_url = login_url(admin_url, database=name)
    rows = asyncio.run(_rows(super_url))
    asked = drawn(rows)
    chosen = [w for w in WHAT if w in options.only.split(",")]
    statements = ceiling_statements(asked)
    urls = {"secured": app_url, "raw": super_url}
    runs: dict[tuple[str, str, int], list[Measured]] = defaultdict(list)
    with_ledger = _fill_ledger(app_url, name, options, runs)
    with product(app_url, var) as ours, ceiling("secured", urls, statements, var) as secured, ceiling("raw", urls, statements, var) as raw:
        for _ in range(options.runs):
            tokens = tokens_of(ours.port)
            ours.requests = product_requests(asked, tokens)
            for what in chosen:
                for target in (ours, secured, raw):  # one after the other: whatever else the machine does hits all three
                    runs[target.name, what, 16].append(press(target, target.requests[what], 16, options.seconds))
                runs["product", what, 64].append(press(ours, ours.requests[what], 64, options.seconds))
                if what == "dossier":  # the same statement without its entry in the record: what recording costs
                    runs["secured", "unrecorded", 16].append(press(secured, secured.requests["unrecorded"], 16, options.seconds))
            if with_ledger:
                runs["product", "one", 4].append(press(ours, ours.requests["one"], 4, options.seconds))
                for what, requests in ledger.pages(tokens).items():
                    runs["product", what, 4].append(press(ours, requests, 4, options.seconds))
            if "search" in options.only:
                runs["product", "one", 1].append(press(ours, ours.requests["one"], 1, min(2.0, options.seconds)))
                for kind, requests in searches(rows, tokens).items():
                    runs["product", kind, 1].append(press(ours, requests, 1, min(2.0, options.seconds)))
        if "proposals" in options.only:
            runs["product", "proposals", 0].append(Measured(propose(ours.port, tokens_of(ours.port)), 0, 0, 0))
        runs["product", "memory", 0].append(Measured(0, ours.memory(), 0, 0))
    return {key: report.median(values) for key, values in runs.items()}


def _fill_ledger(app_url: str, name: str, options: argparse.Namespace, runs: dict[tuple[str, str, int], list[Measured]]) -> bool:
    """At the smallest size: what a page of one school costs does not grow with the schools beside it, what filling costs does."""
    if "ledger" not in options.only or f"bench_{min(map(int, options.sizes.split(',')))}_" not in name:
        return False
    filled = asyncio.run(ledger.fill(app_url))
    runs["product", "ledger", 0].append(Measured(filled.day_seconds, filled.seconds, filled.occurrences, filled.day_added))
    return True


def propose(port: int, tokens: dict[int, str]) -> float:
    """Students a second when the rules run over every school, one school after the other."""
    students, begun = 0, time.perf_counter()
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=300) as client:
        for token in tokens.values():
            answer = client.post("/api/v1/proposal-runs", headers={"Authorization": f"Bearer {token}"})
            students += answer.raise_for_status().json()["students_seen"]
    return students / (time.perf_counter() - begun)


async def _rows(url: str) -> list[tuple[int, object, str]]:
    connection = await asyncpg.connect(url)
    try:
        return await sampled(connection)
    finally:
        await connection.close()


async def _facts(url: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval("select current_setting('server_version')"))
    finally:
        await connection.close()


def main() -> None:
    """Measure each size and print the table."""
    options = arguments()
    load_before = os.getloadavg()
    imported: dict[int, Imported] = {}
    found: dict[int, dict[tuple[str, str, int], Measured]] = {}
    with server() as admin_url, tempfile.TemporaryDirectory() as folder:
        for size in map(int, options.sizes.split(",")):
            if "import" in options.only:
                imported[size] = measure_import(admin_url, size, ROLE_PASSWORD)
            if options.only == "import":
                continue
            name, seconds = asyncio.run(database(admin_url, size, Path(folder)))
            print(f"{size:,} students in 20 schools (built in {seconds:.0f} s)", file=sys.stderr)
            found[size] = measure(admin_url, name, options, Path(folder))
        postgres = asyncio.run(_facts(admin_url))
    head = report.Head(
        stamp(),
        f"Python {platform.python_version()}, PostgreSQL {postgres}, FastAPI {version('fastapi')}, uvicorn {version('uvicorn')}, asyncpg {version('asyncpg')}",
        cores(),
        f"{load_before[0]:.1f} before, {os.getloadavg()[0]:.1f} after",
        options.runs,
        options.seconds,
    )
    text = report.table(found, head, imported)
    print(text)
    if options.save:
        (PROJECT / "docs" / "performance.md").write_text(text + "\n")
    if short := report.missed(found, imported):
        print("missed: " + "; ".join(short), file=sys.stderr)


if __name__ == "__main__":
    main()
