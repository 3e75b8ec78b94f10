"""The rows of a package, checked one by one, into a private temporary SQLite database on disk.

OneRoster spreads one person over four files, in any order and any size; joined on disk the memory stays flat. The database has no
name: the system removes it with the process, whatever happens.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nuanyang.exchange.rosters.reading.archive import Files
from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.oneroster.chinese import SUBJECT
from nuanyang.exchange.rosters.reading.oneroster.fast import line_pattern
from nuanyang.exchange.rosters.reading.oneroster.fields import Check, check_for, expected_tokens
from nuanyang.exchange.rosters.reading.oneroster.header import check_header
from nuanyang.exchange.rosters.reading.oneroster.layouts import TAKEN, Column
from nuanyang.exchange.rosters.reading.text import Rows, first_bad_line

# These files are all columns; their rows need not be kept whole.
NOT_WHOLE = ("roles", "enrollments")
SEPARATOR = "\x1f"
SECRET = {"phone": "contact", "sms": "contact", "email": "contact", "password": "health", "userIds": "identity"}
# Columns that joins and checks look at, beside the whole row; everything else is read back from the row.
INDEXED: dict[str, tuple[str, ...]] = {
    "academicSessions": ("type", "parentSourcedId"),
    "orgs": ("type", "parentSourcedId"),
    "courses": ("orgSourcedId", "schoolYearSourcedId"),
    "classes": ("courseSourcedId", "classType", "schoolSourcedId", "termSourcedIds"),
    "users": ("agentSourcedIds", "role", "orgSourcedIds", "primaryOrgSourcedId"),
    "roles": ("userSourcedId", "roleType", "role", "orgSourcedId", "endDate"),
    "enrollments": ("classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate", SUBJECT),
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
    with files.open(file) as stream, Rows(stream, "utf-8-sig", file, findings) as text:
        first = next(iter(text), None)
        if first is None:
            findings.add("no_header", file, 1)
        if first is None or not check_header(name, first[1], columns, findings):
            return
        text.names = header = first[1]
        loaded.columns[name] = {column: place for place, column in enumerate(header)}
        rows = _Checker(name, header, columns, mode, loaded, findings).rows(text)
        if name in TAKEN:
            _store(loaded.database, name, header, rows)
        else:
            for _ in rows:
                pass
            findings.add("not_taken", file, severity="note", rows=loaded.rows.get(name, 0))
    if not loaded.rows.get(name) and not findings.errors:
        findings.add("no_rows", file, 1)


def _store(database: sqlite3.Connection, name: str, header: Sequence[str], rows: Iterator[tuple[int, list[str]]]) -> None:
    places = [header.index(column) if column in header else None for column in ("status", *INDEXED[name])]
    marks = ",".join("?" * (len(places) + 3))
    sourced = header.index("sourcedId")
    whole = name not in NOT_WHOLE
    database.execute("begin")
    database.executemany(
        f'insert into "{name}" values ({marks})',  # noqa: S608 - the names are our own layout's
        (
            (row[sourced], line, *[row[at] if at is not None else "" for at in places], SEPARATOR.join(row) if whole else "")
            for line, row in rows
        ),
    )
    database.execute("commit")


class _Checker:
    """Checks the rows of one file; those with wrong values are told but keep their row, so that references to it still hold."""

    def __init__(self, name: str, header: Sequence[str], columns: Sequence[Column], mode: str, loaded: Loaded, findings: Findings) -> None:
        self._name, self._file, self._header, self._columns = name, f"{name}.csv", header, columns
        self._loaded, self._findings, self._mode = loaded, findings, mode
        self._checks = _checks(header, columns)
        self._status, self._modified, self._key = (header.index(column) for column in ("status", "dateLastModified", "sourcedId"))

    def rows(self, text: Rows) -> Iterator[tuple[int, list[str]]]:
        """Every row that has its cells and its key."""
        width, count = len(self._header), 0
        first = next(text.taken_apart(None), None)
        bulk = self._mode_of(first[0], first[1]) if first and len(first[1]) == width else self._mode != "delta"
        pattern = line_pattern(self._header, self._columns, bulk=bulk)
        for line, row, is_right in itertools.chain([first] if first else [], text.taken_apart(pattern)):
            count += 1
            if is_right:
                yield line, row
            elif len(row) != width:
                self._findings.add("wrong_cell_count", self._file, line, found=len(row), expected=width)
            else:
                self._check(line, row, bulk=bulk)
                if row[self._key]:
                    yield line, row
        self._loaded.rows[self._name] = count
        self._loaded.bulk[self._name] = bulk

    def _check(self, line: int, row: list[str], *, bulk: bool) -> None:
        status, modified = row[self._status], row[self._modified]
        if (status or modified) if bulk else not (status and modified):
            _tell_mode(self._file, line, status, modified, bulk=bulk, findings=self._findings)
        for place, column, check in self._checks:
            if (code := check(row[place])) is not None:
                _tell(code, self._file, line, column, row[place], self._findings)

    def _mode_of(self, line: int, row: list[str]) -> bool:
        """Bulk or delta as the first row shows; where it differs from the manifest, the data win."""
        said = bool(row[self._status]), bool(row[self._modified])
        bulk = said == (False, False) if said[0] == said[1] else self._mode != "delta"
        if bulk is (self._mode == "delta"):
            found = "bulk" if bulk else "delta"
            self._findings.add("mode_conflict", self._file, line, severity="warning", declared=self._mode, found=found)
        return bulk


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


def _tell_mode(file: str, line: int, status: str, modified: str, *, bulk: bool, findings: Findings) -> None:
    if bulk:
        column, value = ("status", status) if status else ("dateLastModified", modified)
        findings.add("must_be_empty", file, line, column, value)
    else:
        findings.add("delta_required", file, line, "dateLastModified" if status else "status")
