"""The reader as a process of its own, with limits on memory and time: a file can at worst end this process, never the server.

Frames are a length (4 bytes) and msgpack. Out: ["progress", phase, share], ["digest", bytes] (one frame comes back: whether this very
file was applied last), ["before", package] (of a delta; one frame comes back: what it may refer to), ["package", …], ["school", item] (one
frame comes back: the fingerprints known of it, or nil when it is not wanted), ["items", [item, …]], ["end", findings, counts, rows], ["failed", kind, where].
"""

from __future__ import annotations

import resource
import sys
import time
import traceback
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from nuanyang.exchange.rosters.reading.reader import Options, Reading
from nuanyang.exchange.rosters.reading.records import Before, Item, Known, Package

MEMORY = 1 << 30
CPU_SECONDS = 1800
SHEET_CPU_SECONDS = 60
BATCH = 500
OUT_OF_MEMORY = 77  # exit code
_encode = msgspec.msgpack.Encoder().encode


class Task(msgspec.Struct, frozen=True):
    """What to read."""

    path: str
    options: Options


class _Pipe:
    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source, self._sink, self._told = source, sink, 0.0

    def send(self, *frame: Any) -> None:
        body = _encode(frame)
        self._sink.write(len(body).to_bytes(4, "big") + body)
        self._sink.flush()

    def receive(self) -> bytes:
        length = int.from_bytes(self._source.read(4), "big")
        return self._source.read(length)

    def progress(self, phase: str, share: float) -> None:
        if time.monotonic() - self._told > 0.2 or share >= 1:
            self._told = time.monotonic()
            self.send("progress", phase, share)

    def recognise(self, digest: bytes) -> bool:
        self.send("digest", digest)
        return msgspec.msgpack.decode(self.receive(), type=bool)

    def before(self, package: Package) -> Before | None:
        self.send("before", package)
        return msgspec.msgpack.decode(self.receive(), type=Before | None)

    def ask(self, school: Item) -> Known | None:
        self.send("school", school)
        return msgspec.msgpack.decode(self.receive(), type=dict[str, dict[str, bytes]] | None)


def main() -> None:
    """Read one file as the first frame says."""
    pipe = _Pipe(sys.stdin.buffer, sys.stdout.buffer)
    task = msgspec.msgpack.decode(pipe.receive(), type=Task)
    seconds = SHEET_CPU_SECONDS if task.options.label.lower().endswith(".xlsx") else CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        _read(task, pipe)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    except Exception as failure:  # noqa: BLE001 - where it happened is for the log; what it said may hold somebody's number
        pipe.send("failed", type(failure).__name__, traceback.format_tb(failure.__traceback__))


def _read(task: Task, pipe: _Pipe) -> None:
    with Reading(Path(task.path), task.options, pipe.progress, pipe.before, pipe.recognise) as reading:
        reading.check()
        if reading.package is not None:
            pipe.send("package", reading.package)
        if reading.package is not None and reading.findings.errors:
            reading.finish_checking()
        elif reading.package is not None:
            _send_items(reading, pipe)
        findings = reading.findings
        counts = [[severity, code, count] for (severity, code), count in findings.counts.items()]
        pipe.send("end", findings.kept, counts, reading.package.rows if reading.package else {})


def _send_items(reading: Reading, pipe: _Pipe) -> None:
    batch: list[Item] = []

    def ask(school: Item) -> Known | None:
        # What was said of the last school goes out before the next one is asked about.
        pipe.send("items", batch)
        batch.clear()
        return pipe.ask(school)

    for item in reading.items(ask):
        batch.append(item)
        if len(batch) >= BATCH:
            pipe.send("items", batch)
            batch.clear()
    pipe.send("items", batch)


if __name__ == "__main__":
    main()
