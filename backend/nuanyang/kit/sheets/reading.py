"""The parent's side: hand a file to the child process, wait with a limit, take what it says."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nuanyang.kit.sheets.faults import Fault

MAX_BYTES = 20 << 20
SECONDS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line, as text; `line` counts from 1 as Excel shows it."""

    line: int
    cells: list[str]

    def at(self, place: int | None) -> str:
        """The cell at a place from 0; empty where the row is shorter."""
        return self.cells[place] if place is not None and place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet (or the CSV file as a whole)."""

    name: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Book:
    """An uploaded file, read; with faults it must not be used. `hidden` names the sheets that are not shown in it, and so were not read."""

    sheets: list[Sheet]
    faults: list[Fault]
    hidden: list[str] = field(default_factory=list)


async def read_sheets(content: bytes, label: str, known: Collection[str], *, seconds: int = SECONDS) -> Book:
    """Read an uploaded .xlsx or .csv.

    `label` is the file's name as its sender knows it; `known` are header words of which one must appear for a CSV's encoding to be
    believed. Costs one short process; never raises for what is in the file.
    """
    if len(content) > MAX_BYTES:
        return Book([], [Fault("too_large", params={"limit": f"{MAX_BYTES >> 20} MB"})])
    path = await asyncio.to_thread(_keep, content)
    try:
        said = await _ask_child({"path": str(path), "label": label, "known": sorted(known), "seconds": seconds}, seconds)
    finally:
        path.unlink(missing_ok=True)
    if isinstance(said, Fault):
        return Book([], [said])
    sheets = [Sheet(s["name"], [Row(line, cells) for line, cells in s["rows"]]) for s in said["sheets"]]
    return Book(sheets, [Fault(f["code"], f["sheet"], f["line"], f["column"], f["params"]) for f in said["faults"]], said["hidden"])


async def _ask_child(request: dict[str, object], seconds: int) -> dict[str, list[Any]] | Fault:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "nuanyang.kit.sheets.child",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        out, _ = await asyncio.wait_for(child.communicate(json.dumps(request).encode()), seconds + 2)
    except TimeoutError:
        return Fault("took_too_long")
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        return Fault("took_too_long" if child.returncode == -24 else "crashed")  # 24: the processor limit
    return json.loads(out)  # type: ignore[no-any-return]


def _keep(content: bytes) -> Path:
    with tempfile.NamedTemporaryFile(prefix="nuanyang-sheet-", delete=False) as file:
        file.write(content)
        return Path(file.name)
