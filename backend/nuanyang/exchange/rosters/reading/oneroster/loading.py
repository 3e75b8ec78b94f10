"""The rows of a package, checked one by one, into a private temporary SQLite database on disk.

OneRoster spreads one person over four files, in any order and any size; joined on disk the memory stays flat. The database has no name: the system removes it
with the process, whatever happens.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nuanyang.exchange.rosters.reading.archive import Files
from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.oneroster.fields import Check, check_for, expected_tokens
from nuanyang.exchange.rosters.reading.oneroster.header import check_header
from nuanyang.exchange.rosters.reading.oneroster.layouts import TAKEN, Column
from nuanyang.exchange.rosters.reading.text import Rows, first_bad_line

SEPARATOR = "\x1f"
SECRET = {"phone": "contact", "sms": "contact", "email": "contact", "password": "health", "userIds": "identity", "birthDate": "contact"}
# Columns that joins and checks look at, beside the whole row; everything else is read back from the row.
INDEXED: dict[str, tuple[str, ...]] = {
    "academicSessions": ("type", "parentSourcedId"),
    "orgs": ("type", "parentSourcedId"),
    "courses": ("orgSourcedId", "schoolYearSourcedId"),
    "classes": ("courseSourcedId", "classType", "schoolSourcedId", "termSourcedIds"),
    "users": ("agentSourcedIds", "role", "orgSourcedIds", "primaryOrgSourcedId"),
    "roles": ("userSourcedId", "roleType", "role", "orgSourcedId"),
    "enrollments": ("classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate"),
    "demographics": (),
}


@dataclass(slots=True)
class Loaded:
    """A database of rows, with the place of each column by file."""

    database: sqlite3.Connection
    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    bulk: dict[str, bool] = field(default_factory=dict)

    def place(self, file: str, column: str) -> int | None:
        """Where a column stands in a row of this file; None when it has no such column."""
        return self.columns.get(file, {}).get(column)


def open_database() -> sqlite3.Connection:
    """A private database on disk that vanishes with the connection; 32 MB of cache, no journal to wait for."""
    database = sqlite3.connect("", isolation_level=None)
    for pragma in ("journal_mode=off", "synchronous=off", "cache_size=-32000", "temp_store=file", "locking_mode=exclusive"):
        database.execute(f"pragma {pragma}")
    for name, columns in INDEXED.items():
        names = "".join(f', "{column}" text' for column in columns)
        database.execute(f'create table "{name}" (id text, line integer, status text{names}, row text)')
    return database


def load_file(files: Files, name: str, columns: Sequence[Column], mode: str, loaded: Loaded, findings: Findings) -> None:
    """Check and load one file of the package; findings tell what is wrong, the rest is in the database."""
    file = f"{name}.csv"
    if files.sizes[file] == 0:
        findings.add("empty_file", file)
        return
    with files.open(file) as stream:
        if (line := first_bad_line(stream, "utf-8")) is not None:
            findings.add("not_utf8", file, line)
            return
    with files.open(file) as stream:
        rows = iter(Rows(stream, "utf-8-sig", file, findings))
        first = next(rows, None)
        if first is None or not check_header(name, first[1], columns, findings):
            return
        header = first[1]
        loaded.columns[name] = {column: place for place, column in enumerate(header)}
        checked = _checked(rows, name, header, columns, mode, loaded, findings)
        if name in TAKEN:
            _store(loaded.database, name, header, checked)
        else:
            for _ in checked:
                pass
            findings.add("not_taken", file, severity="note", rows=loaded.rows.get(name, 0))
    if not loaded.rows.get(name) and not findings.errors:
        findings.add("no_rows", file, 1)


def _store(database: sqlite3.Connection, name: str, header: Sequence[str], rows: Iterator[tuple[int, list[str]]]) -> None:
    places = [header.index(column) if column in header else None for column in ("status", *INDEXED[name])]
    marks = ",".join("?" * (len(places) + 3))
    sourced = header.index("sourcedId")
    database.execute("begin")
    database.executemany(
        f'insert into "{name}" values ({marks})',  # noqa: S608 - the names are our own layout's
        ((row[sourced], line, *[row[at] if at is not None else "" for at in places], SEPARATOR.join(row)) for line, row in rows),
    )
    database.execute("commit")


def _checked(
    rows: Iterator[tuple[int, list[str]]], name: str, header: Sequence[str], columns: Sequence[Column], mode: str, loaded: Loaded, findings: Findings
) -> Iterator[tuple[int, list[str]]]:
    """Every row that has its key and its cells; wrong values are told but keep their row, so that references to it still hold."""
    file, width, count = f"{name}.csv", len(header), 0
    checks = _checks(header, columns)
    status, modified, key = (header.index(column) for column in ("status", "dateLastModified", "sourcedId"))
    bulk: bool | None = None
    for line, row in rows:
        if len(row) != width:
            findings.add("wrong_cell_count", file, line, found=len(row), expected=width)
            continue
        count += 1
        if bulk is None:
            bulk = _mode(file, line, not row[status] and not row[modified], mode, findings)
            loaded.bulk[name] = bulk
        if (row[status] or row[modified]) if bulk else not (row[status] and row[modified]):
            _tell_mode(file, line, row[status], row[modified], bulk=bulk, findings=findings)
        for place, column, check in checks:
            if (code := check(row[place])) is not None:
                _tell(code, file, line, column, row[place], findings)
        if row[key]:
            yield line, row
    loaded.rows[name] = count
    loaded.bulk.setdefault(name, mode != "delta")


def _checks(header: Sequence[str], columns: Sequence[Column]) -> list[tuple[int, Column, Check]]:
    checks = []
    for column in columns:
        if column.name not in header or column.name in {"dateLastModified", "status"}:
            continue
        check = check_for(column.kind, required=column.required)
        if check is not None:
            checks.append((header.index(column.name), column, check))
    for name in ("status", "dateLastModified"):
        kind = check_for("status" if name == "status" else "datetime", required=False)
        if kind is not None and name in header:
            checks.append((header.index(name), Column(name, "status" if name == "status" else "datetime", required=False), kind))
    return checks


def _tell(code: str, file: str, line: int, column: Column, value: str, findings: Findings) -> None:
    secrecy = SECRET.get(column.name)
    if code == "bad_token":
        findings.add(code, file, line, column.name, value, secrecy=secrecy, allowed=expected_tokens(column.kind))
    else:
        findings.add(code, file, line, column.name, value or None, secrecy=secrecy)


def _mode(file: str, line: int, looks_bulk: bool, declared: str, findings: Findings) -> bool:
    """Bulk or delta as the first row shows; where it differs from the manifest, the data win."""
    if looks_bulk is (declared == "delta"):
        findings.add("mode_conflict", file, line, severity="warning", declared=declared, found="bulk" if looks_bulk else "delta")
    return looks_bulk


def _tell_mode(file: str, line: int, status: str, modified: str, *, bulk: bool, findings: Findings) -> None:
    if bulk:
        column, value = ("status", status) if status else ("dateLastModified", modified)
        findings.add("must_be_empty", file, line, column, value)
    else:
        findings.add("delta_required", file, line, "dateLastModified" if status else "status")
