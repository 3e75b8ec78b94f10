"""A sheet in CSV as rows of text: which encoding, which separator."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.sheet.header import LOOKED_AT, find_header
from nuanyang.exchange.rosters.reading.sheet.page import Page
from nuanyang.exchange.rosters.reading.text import Rows, encoding_by_mark, first_bad_line

MAX_BYTES = 128 << 20
SEPARATORS = (",", "\t", ";", "|")
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
# How Excel is kept from turning a long number into a number: ="3201…"
_FORMULA = re.compile(r'="(.*)"')


def read_table(path: Path, label: str, findings: Findings) -> Page | None:
    """The table; None when the file cannot be read, which the findings then tell."""
    size = path.stat().st_size
    if size == 0 or size > MAX_BYTES:
        findings.add(*(("empty_file", label) if size == 0 else ("too_large", label)), limit=f"{MAX_BYTES >> 20} MB")
        return None
    found = find_encoding(path)
    if found is None:
        _tell_unreadable(path, label, findings)
        return None
    return Page("", _rows(path, *found, label, findings))


def _rows(path: Path, encoding: str, delimiter: str, names: list[str], label: str, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    with path.open("rb") as stream, Rows(stream, encoding, label, findings, delimiter=delimiter, line_breaks=True) as rows:
        rows.names = names
        for line, row in rows:
            yield line, [_plain(cell) for cell in row]


def _plain(cell: str) -> str:
    cell = cell.strip()
    if cell[:2] == '="' and (match := _FORMULA.fullmatch(cell)):
        return match[1].strip()
    return cell


def find_encoding(path: Path) -> tuple[str, str, list[str]] | None:
    """Mark, strict UTF-8, GB18030, UTF-16, in this order; the first that reads the whole file and shows a known header, with that header.

    Short GBK texts can be valid UTF-8 by chance (学校 is ѧУ), so decoding alone proves nothing; the header does.
    """
    for encoding in _candidates(path):
        with path.open("rb") as stream:
            if first_bad_line(stream, encoding) is not None:
                continue
        if (found := _delimiter(path, encoding)) is not None:
            return encoding, *found
    return None


def _candidates(path: Path) -> tuple[str, ...]:
    with path.open("rb") as stream:
        marked = encoding_by_mark(stream.read(4))
    return (marked,) if marked else _ENCODINGS


def _delimiter(path: Path, encoding: str, errors: str = "strict") -> tuple[str, list[str]] | None:
    """The separator with which a known header appears, and that header."""
    for delimiter in SEPARATORS:
        with (
            path.open("rb") as stream,
            Rows(stream, encoding, "", Findings(), delimiter=delimiter, line_breaks=True, errors=errors) as rows,
        ):
            if header := find_header([row for _, row in itertools.islice(rows, LOOKED_AT + 1)]):
                return delimiter, header.titles
    return None


def _tell_unreadable(path: Path, label: str, findings: Findings) -> None:
    """A line with bytes that do not belong there, a file without a header, or an encoding that nobody knows."""
    for encoding in _candidates(path):
        with path.open("rb") as stream:
            line = first_bad_line(stream, encoding)
        if line is not None and _delimiter(path, encoding, "replace") is not None:
            findings.add("bad_bytes", label, line, encoding=encoding.upper())
            return
        if line is None and encoding.startswith("utf-8"):
            findings.add("sheet_no_header", label, rows=LOOKED_AT)
            return
    findings.add("unreadable_encoding", label)
