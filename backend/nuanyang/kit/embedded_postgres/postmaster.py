"""Is there a living server of this data folder? Zombies, reused process numbers and stale files do not count."""

from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A running server as its own pid file describes it."""

    pid: int
    port: int
    is_ready: bool


def find_postmaster(data: Path) -> Postmaster | None:
    """Return the living server of a data folder, or None after removing a stale pid file."""
    file = data / "postmaster.pid"
    try:
        lines = file.read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < 4 or not lines[0].isdigit():
        return None  # the server is just writing it
    pid = int(lines[0])
    if not _is_server_of(pid, data):
        file.unlink(missing_ok=True)
        return None
    return Postmaster(pid, int(lines[3] or 0), is_ready=len(lines) > 7 and lines[7].strip() == "ready")


def _is_server_of(pid: int, data: Path) -> bool:
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and "postgres" in process.name() and str(data) in process.cmdline()
    except psutil.Error:
        return False
