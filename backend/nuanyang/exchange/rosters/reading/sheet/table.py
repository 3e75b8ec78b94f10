"""A sheet in CSV as rows of text: which encoding, which separator."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.sheet.header import LOOKED_AT, find_header
from nuanyang.exchange.rosters.reading.text import Rows, encoding_by_mark, first_bad_line

MAX_BYTES = 128 << 20


def read_table(path: Path, label: str, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each began on; nothing when the file cannot be read, which the findings then tell."""
    size = path.stat().st_size
    if size == 0 or size > MAX_BYTES:
        findings.add(*(("empty_file", label) if size == 0 else ("too_large", label)), limit=f"{MAX_BYTES >> 20} MB")
        return
    found = find_encoding(path)
    if found is None:
        findings.add("unreadable_encoding", label)
        return
    encoding, delimiter = found
    with path.open("rb") as stream, Rows(stream, encoding, label, findings, delimiter=delimiter, line_breaks=True) as rows:
        for line, row in rows:
            yield line, [cell.strip() for cell in row]


def find_encoding(path: Path) -> tuple[str, str] | None:
    """Mark, UTF-16, strict UTF-8, GB18030, in this order; the first that reads the whole file and shows a known header.

    Short GBK texts can be valid UTF-8 by chance (学校 is ѧУ), so decoding alone proves nothing; the header does.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
    marked = encoding_by_mark(head)
    candidates = [marked] if marked else [*(["utf-16-le", "utf-16-be"] if 0 in head else []), "utf-8", "gb18030"]
    for encoding in candidates:
        with path.open("rb") as stream:
            if first_bad_line(stream, encoding) is not None:
                continue
        for delimiter in (",", "\t", ";"):
            with path.open("rb") as stream, Rows(stream, encoding, "", Findings(), delimiter=delimiter, line_breaks=True) as rows:
                first = [row for _, row in itertools.islice(rows, LOOKED_AT + 1)]
            if find_header(first):
                return encoding, delimiter
    return None
