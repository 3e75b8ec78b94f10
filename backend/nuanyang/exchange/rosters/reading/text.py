"""CSV text, line by line: encodings, line numbers and limits, so that no line can take the memory."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Self

from nuanyang.exchange.rosters.reading.findings import Findings

MAX_LINE = 64 * 1024
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_by_mark(head: bytes) -> str | None:
    """The encoding that a byte order mark announces."""
    return next((name for mark, name in BOMS if head.startswith(mark)), None)


def first_bad_line(stream: BinaryIO, encoding: str) -> int | None:
    """The line of the first byte that this encoding cannot have written, or None when the whole stream is in it."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line = 1
    while chunk := stream.read(1 << 20):
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return line + chunk[: error.start].count(b"\n")
        line += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


class Rows:
    """The rows of one CSV file with the line each began on; wrong lines are told and left out, the rest goes on."""

    def __init__(
        self,
        stream: BinaryIO,
        encoding: str,
        file: str,
        findings: Findings,
        *,
        delimiter: str = ",",
        line_breaks: bool = False,
        errors: str = "strict",
    ) -> None:
        self._text = io.TextIOWrapper(stream, encoding, newline="", errors=errors)
        self._file, self._findings, self._line_breaks = file, findings, line_breaks
        self._delimiter = delimiter
        self.line = 0  # the line read last
        self.names: Sequence[str] = ()  # of the columns, once the header is known

    def column(self, number: int) -> str:
        """What a column (from 1) is called."""
        name = self.names[number - 1] if number <= len(self.names) else ""
        return name or f"#{number}"

    def _lines(self) -> Iterator[str]:
        readline = self._text.readline
        while text := readline(MAX_LINE):
            self.line += 1
            if len(text) >= MAX_LINE and text[-1] != "\n":
                self._skip_rest_of(text)
                continue
            yield text

    def _skip_rest_of(self, text: str) -> None:
        column = text.count(self._delimiter) + 1
        shown = text.rsplit(self._delimiter, 1)[-1][:40]
        self._findings.add("cell_too_long", self._file, self.line, self.column(column), shown, secrecy="family", limit=MAX_LINE)
        while (rest := self._text.readline(MAX_LINE)) and rest[-1] != "\n":
            pass

    def _tell_control(self, text: str) -> None:
        match = _CONTROL.search(text)
        column = text[: match.start()].count(self._delimiter) + 1 if match else 1
        self._findings.add("control_character", self._file, self.line, self.column(column))

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        return ((line, row) for line, row, _ in self.taken_apart(None))

    def taken_apart(self, pattern: re.Pattern[str] | None) -> Iterator[tuple[int, list[str], bool]]:
        """Rows with their line; True for those that matched the pattern of a right line and need no further look."""
        match = pattern.fullmatch if pattern is not None else lambda _: None
        lines = self._lines()
        for text in lines:
            found = match(text)
            if found is not None:
                cells = list(found.groups(""))
                if '"' in text:
                    cells = [cell[1:-1] if cell[:1] == '"' else cell for cell in cells]
                yield self.line, cells, True
                continue
            at = self.line
            if _CONTROL.search(text):
                self._tell_control(text)
                continue
            row = self._parsed(text, lines, at)
            if row is None:
                return
            if row:
                yield at, row, False

    def _parsed(self, text: str, lines: Iterator[str], at: int) -> list[str] | None:
        """One row by the rules of RFC 4180; empty when it is blank or wrong, None when nothing after it can be trusted."""
        try:
            row = next(csv.reader(itertools.chain((text,), lines), delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            self._findings.add("bad_quotes", self._file, at, detail=str(error))
            # An open quote has swallowed the lines after it.
            return None if self.line > at else []
        if self.line != at and not self._line_breaks:
            broken = next((i for i, cell in enumerate(row) if "\n" in cell or "\r" in cell), 0)
            self._findings.add("line_break", self._file, at, self.column(broken + 1), row[broken], secrecy="family")
            return []
        return row

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the byte stream to its owner."""
        self._text.detach()
