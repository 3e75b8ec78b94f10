"""The parent's side of the reading process: starts it, understands its frames, ends it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import structlog

from nuanyang.exchange.rosters.reading.child import OUT_OF_MEMORY, Task
from nuanyang.exchange.rosters.reading.findings import Finding, Findings
from nuanyang.exchange.rosters.reading.reader import Options
from nuanyang.exchange.rosters.reading.records import Before, Item, Known, Package

log = structlog.get_logger("nuanyang.rosters")

SILENCE_SECONDS = 300.0
SHEET_SECONDS = 90.0
_encode = msgspec.msgpack.Encoder().encode


class Progress(msgspec.Struct, frozen=True):
    """How far the reader is in a phase, 0 to 1."""

    phase: str
    share: float


class SchoolHead(msgspec.Struct, frozen=True):
    """A school whose records come next, if they are wanted: answer it."""

    item: Item


class DigestAsked(msgspec.Struct, frozen=True):
    """What the file says in short: answer whether it is the very one that was applied last, and need not be read."""

    digest: bytes


class BeforeAsked(msgspec.Struct, frozen=True):
    """A delta, which may refer to what earlier files brought: answer it."""

    package: Package


class Items(msgspec.Struct, frozen=True):
    """Records."""

    items: list[Item]


Event = Progress | DigestAsked | BeforeAsked | Package | SchoolHead | Items


class Reader:
    """One reading process. Iterate its events; when they end, `findings` is whole."""

    def __init__(self, process: asyncio.subprocess.Process, label: str) -> None:
        self._process, self._label = process, label
        self.findings = Findings()
        self.peak_memory = 0

    async def events(self) -> AsyncIterator[Event]:
        """Everything the process tells, until its end or its death (which is a finding)."""
        while True:
            frame = await self._frame()
            if frame is None:
                await self._tell_death()
                return
            match frame[0]:
                case "progress":
                    yield Progress(frame[1], frame[2])
                case "digest":
                    yield DigestAsked(frame[1])
                case "before":
                    yield BeforeAsked(msgspec.convert(frame[1], Package))
                case "package":
                    yield msgspec.convert(frame[1], Package)
                case "school":
                    yield SchoolHead(Item(*frame[1]))
                case "items":
                    yield Items([Item(*parts) for parts in frame[1]])
                case "failed":
                    log.error("roster_reader_failed", kind=frame[1], where=frame[2])
                    self.findings.add("reader_failed", self._label)
                    return
                case _:
                    self._finish(frame)
                    return

    async def answer(self, known: Known | Before | bool | None) -> None:
        """Answer a `SchoolHead`, a `DigestAsked` or a `BeforeAsked`."""
        await self._send(_encode(known))

    async def _send(self, body: bytes) -> None:
        stdin = self._process.stdin
        assert stdin is not None  # noqa: S101 - made with a pipe
        stdin.write(len(body).to_bytes(4, "big") + body)
        with suppress(BrokenPipeError, ConnectionResetError):  # its death is told by the end of its output
            await stdin.drain()

    async def _frame(self) -> Any:
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101 - made with a pipe
        seconds = SHEET_SECONDS if self._label.lower().endswith(".xlsx") else SILENCE_SECONDS
        try:
            async with asyncio.timeout(seconds):
                length = int.from_bytes(await stdout.readexactly(4), "big")
                return msgspec.msgpack.decode(await stdout.readexactly(length))
        except asyncio.IncompleteReadError:
            return None
        except TimeoutError:
            self._process.kill()
            self.findings.add("sheet_too_slow", self._label, seconds=round(seconds))
            return ["end", [], [], {}]

    def _finish(self, frame: list[Any]) -> None:
        self.findings.kept.extend(msgspec.convert(found, Finding) for found in frame[1])
        for severity, code, count in frame[2]:
            self.findings.counts[severity, code] += count
        self.findings.rows.update(frame[3])

    async def _tell_death(self) -> None:
        code = await self._process.wait()
        if code == -signal.SIGXCPU:
            self.findings.add("sheet_too_slow", self._label, seconds=round(SHEET_SECONDS))
        elif code == OUT_OF_MEMORY:
            self.findings.add("too_much_memory", self._label)
        else:
            detail = signal.Signals(-code).name if code < 0 else str(code)
            self.findings.add("sheet_unreadable", self._label, detail=detail)


@asynccontextmanager
async def reading_process(path: Path, options: Options) -> AsyncIterator[Reader]:
    """Run the reader on a file; it never outlives this block."""
    environment = {name: value for name, value in os.environ.items() if "PASSWORD" not in name and "DATABASE_URL" not in name}
    with tempfile.TemporaryDirectory(prefix="nuanyang-roster-") as scratch:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "nuanyang.exchange.rosters.reading.child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**environment, "SQLITE_TMPDIR": scratch, "TMPDIR": scratch},
        )
        reader = Reader(process, options.label)
        try:
            await reader._send(_encode(Task(str(path), options)))  # noqa: SLF001 - the two are one
            yield reader
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
