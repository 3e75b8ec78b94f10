"""The table: medians, shares of the ceilings, and the goals they are held to."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from dataclasses import dataclass

from tests.benchmarks.ledger import PAGES
from tests.benchmarks.rosters import Imported
from tests.benchmarks.searches import KINDS
from tests.benchmarks.targets import WHAT


@dataclass(frozen=True)
class Measured:
    """Requests a second, milliseconds, seconds of server CPU for 1,000 requests."""

    rate: float
    p50: float
    p99: float
    cpu: float


@dataclass(frozen=True)
class Head:
    """What the numbers were made with."""

    when: str
    versions: str
    cores: int
    load: str
    runs: int
    seconds: float


Found = Mapping[int, Mapping[tuple[str, str, int], Measured]]
RAW_GOALS = {"list": 0.5, "one": 0.25, "dossier": 0.4}


def median(values: list[Measured]) -> Measured:
    """The median of each number over the runs."""
    return Measured(*(statistics.median(getattr(v, name) for v in values) for name in ("rate", "p50", "p99", "cpu")))


def table(found: Found, head: Head, imported: Mapping[int, Imported]) -> str:
    """The whole report as Markdown; it is the page docs/performance.md."""
    lines = [
        "# Performance",
        "",
        f"Measured {head.when} on {head.cores} shared cores (load average {head.load}); {head.versions}.",
        f"Median of {head.runs} alternating runs of {head.seconds:g} s; load, servers and PostgreSQL on the same machine: compare ratios, not absolutes.",
        "Made by `make bench-save`: the real server (`nuanyang serve`), signed in as a principal, rights and row-level security on.",
        "*Secured ceiling*: bare ASGI, `BEGIN; SET LOCAL …`, the product's own statement, `COMMIT`, policies on. *Raw*: as superuser, no transaction.",
        "",
        "| concurrency 16 | requests/s | p50 ms | p99 ms | CPU s per 1,000 (ceiling) | secured ceiling | share (goal 0.6) | raw ceiling | share (goal) |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for size, cells in found.items():
        for what, name in WHAT.items():
            if ("product", what, 16) in cells:
                lines.append(_against(f"{name}, {size:,} students", cells, what))
    lines += ["", "| p99 against p50 (goal ≤ 8 ×) | at 16 | at 64 |", "|---|---|---|"]
    for size, cells in found.items():
        for what, name in WHAT.items():
            if ("product", what, 64) in cells:
                tails = [cells["product", what, c] for c in (16, 64)]
                lines.append(
                    f"| {name}, {size:,} students | " + " | ".join(f"{t.p99 / t.p50:.1f} × ({t.p99:.0f} ms)" for t in tails) + " |"
                )
    lines += _growth(found) + _search(found) + _proposals(found) + _recording(found) + _ledger(found) + _imports(imported)
    memory = [f"{size:,}: {cells['product', 'memory', 0].p50:.0f} MB" for size, cells in found.items() if ("product", "memory", 0) in cells]
    if memory:
        lines += ["", f"Resident memory of the server process and its parent after all loads: {', '.join(memory)}."]
    return "\n".join(lines)


def _against(name: str, cells: Mapping[tuple[str, str, int], Measured], what: str) -> str:
    ours, secured, raw = (cells[target, what, 16] for target in ("product", "secured", "raw"))
    numbers = f"{ours.rate:,.0f} | {ours.p50:.1f} | {ours.p99:.1f} | {ours.cpu:.2f} ({secured.cpu:.2f}) | {secured.rate:,.0f} | **{ours.rate / secured.rate:.2f}**"
    return f"| {name} | {numbers} | {raw.rate:,.0f} | {ours.rate / raw.rate:.2f} ({RAW_GOALS[what]}) |"


def _growth(found: Found) -> list[str]:
    if len(found) < 2:
        return []
    small, large = min(found), max(found)
    lines = ["", f"| p50 at 16, {small:,} → {large:,} students (goal ≤ 1.2 ×) | |", "|---|---|"]
    for what, name in WHAT.items():
        if ("product", what, 16) in found[small]:
            lines.append(f"| {name} | {found[large]['product', what, 16].p50 / found[small]['product', what, 16].p50:.2f} × |")
    return lines


def _search(found: Found) -> list[str]:
    lines = []
    for size, cells in found.items():
        if ("product", "one", 1) not in cells:
            continue
        one = cells["product", "one", 1].p50
        lines += [
            "",
            f"| search at concurrency 1, {size:,} students | p50 ms | against one student, {one:.2f} ms (goal ≤ 5 ×) |",
            "|---|---|---|",
        ]
        for kind, name in KINDS.items():
            lines.append(f"| {name} | {cells['product', kind, 1].p50:.2f} | {cells['product', kind, 1].p50 / one:.1f} × |")
    return lines


def _proposals(found: Found) -> list[str]:
    rates = [
        f"{size:,}: {cells['product', 'proposals', 0].rate:,.0f}" for size, cells in found.items() if ("product", "proposals", 0) in cells
    ]
    return (
        ["", f"Proposals over whole schools by `POST /proposal-runs`, students a second (goal 20,000): {', '.join(rates)}."]
        if rates
        else []
    )


def _recording(found: Found) -> list[str]:
    """What the entry in the record costs a dossier: server CPU and throughput of the secured ceiling with and without it."""
    lines = []
    for size, cells in found.items():
        if ("secured", "unrecorded", 16) not in cells:
            continue
        plain, recorded = cells["secured", "unrecorded", 16], cells["secured", "dossier", 16]
        lines.append(
            f"Recording who read it (synchronous_commit off for reads) costs a dossier of {size:,} students {(1 - recorded.rate / plain.rate) * 100:.0f} %"
            f" of the secured ceiling's throughput ({plain.rate:,.0f} → {recorded.rate:,.0f} requests/s; goal 15 %)."
        )
    return ["", *lines] if lines else []


def _ledger(found: Found) -> list[str]:
    lines: list[str] = []
    for size, cells in found.items():
        if ("product", "ledger", 0) not in cells:
            continue
        # How it was measured: rate is the seconds of a day, p50 those of three months, p99 the occurrences, cpu those of the day.
        filled, one = cells["product", "ledger", 0], cells["product", "one", 4]
        lines += [
            "",
            f"The programme's ledger, {size:,} students in 20 schools, one in five supported: {filled.p99:,.0f} occurrences since September,",
            f"worked out in {filled.p50:.0f} s. One more day of all 20 schools: {filled.rate:.1f} s, {filled.cpu:,.0f} occurrences (goal for 200: 60 s).",
            "",
            f"| page of one school, concurrency 4 | p50 ms | p99 ms | goal 3 × one student ({one.p50:.1f} ms) + 30 ms |",
            "|---|---|---|---|",
        ]
        for what, (name, _) in PAGES.items():
            page = cells["product", what, 4]
            lines.append(f"| {name} | {page.p50:.1f} | {page.p99:.1f} | {'kept' if page.p99 <= 3 * one.p50 + 30 else 'missed'} |")
    return lines


def _imports(imported: Mapping[int, Imported]) -> list[str]:
    if not imported:
        return []
    lines = [
        "",
        "| roster import | rows | s | rows/s | COPY rows/s | share (goal 0.25) | unchanged again (goal 0.3) | again, every row compared | memory (goal 400 MB) |",
    ]
    lines.append("|---|---|---|---|---|---|---|---|---|")
    for size, one in imported.items():
        numbers = (
            f"{one.rows:,} | {one.first:.1f} | {one.rows / one.first:,.0f} | {one.rows / one.copy:,.0f} | **{one.copy / one.first:.2f}**"
        )
        lines.append(
            f"| {size:,} students | {numbers} | {one.again / one.first:.2f} | {one.compared / one.first:.2f} | {one.memory:.0f} MB |"
        )
    return lines


def missed(found: Found, imported: Mapping[int, Imported]) -> list[str]:
    """Goals that this run did not reach."""
    short = []
    for size, one in imported.items():
        if one.copy / one.first < 0.25:
            short.append(f"import of {size}: {one.copy / one.first:.2f} of COPY")
        if one.again / one.first > 0.3:
            short.append(f"unchanged import of {size}: {one.again / one.first:.2f} of the first")
        if one.memory > 400:
            short.append(f"import of {size}: {one.memory:.0f} MB")
    short += [
        f"proposals at {size}: {cells['product', 'proposals', 0].rate:,.0f} students a second"
        for size, cells in found.items()
        if ("product", "proposals", 0) in cells and cells["product", "proposals", 0].rate < 20_000
    ]
    for size, cells in found.items():
        for what in WHAT:
            if ("product", what, 16) not in cells:
                continue
            ours = cells["product", what, 16]
            if ours.rate < 0.6 * cells["secured", what, 16].rate:
                short.append(f"{what} at {size}: {ours.rate / cells['secured', what, 16].rate:.2f} of the secured ceiling")
            short += [
                f"{what} at {size}: p99 {cells['product', what, c].p99 / cells['product', what, c].p50:.1f} × p50 at {c}"
                for c in (16, 64)
                if cells["product", what, c].p99 > 8 * cells["product", what, c].p50
            ]
        one = cells.get(("product", "one", 1))
        short += [f"search {k} at {size}" for k in KINDS if one and cells["product", k, 1].p50 > 5 * one.p50]
    if len(found) > 1:
        small, large = min(found), max(found)
        short += [
            f"{w} grows {found[large]['product', w, 16].p50 / found[small]['product', w, 16].p50:.2f} ×"
            for w in WHAT
            if ("product", w, 16) in found[small] and found[large]["product", w, 16].p50 > 1.2 * found[small]["product", w, 16].p50
        ]
    return short
