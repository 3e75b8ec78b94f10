"""CSV text, line by line: encodings, line numbers and limits, so that no line can take the memory."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

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

    def __init__(self, stream: BinaryIO, encoding: str, file: str, findings: Findings, *, delimiter: str = ",", line_breaks: bool = False) -> None:
        self._text = io.TextIOWrapper(stream, encoding, newline="", errors="strict")
        self._file, self._findings, self._line_breaks = file, findings, line_breaks
        self._delimiter = delimiter
        self.line = 0  # the line read last

    def _lines(self) -> Iterator[str]:
        readline = self._text.readline
        control = _CONTROL.search
        while text := readline(MAX_LINE):
            self.line += 1
            if len(text) >= MAX_LINE and text[-1] != "\n":
                self._skip_rest_of(text)
                continue
            if control(text):
                self._tell_control(text)
                continue
            yield text

    def _skip_rest_of(self, text: str) -> None:
        column = text.count(self._delimiter) + 1
        shown = text.rsplit(self._delimiter, 1)[-1][:40]
        self._findings.add("cell_too_long", self._file, self.line, f"#{column}", shown, secrecy="family", limit=MAX_LINE)
        while (rest := self._text.readline(MAX_LINE)) and rest[-1] != "\n":
            pass

    def _tell_control(self, text: str) -> None:
        match = _CONTROL.search(text)
        column = text[: match.start()].count(self._delimiter) + 1 if match else 1
        self._findings.add("control_character", self._file, self.line, f"#{column}")

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(self._lines(), delimiter=self._delimiter, strict=True)
        while True:
            before = self.line
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._findings.add("bad_quotes", self._file, before + 1, detail=str(error))
                if self.line > before + 1:  # an open quote has swallowed lines: what follows cannot be trusted
                    return
                continue
            if not row:
                continue
            if self.line != before + 1 and not self._line_breaks and any("\n" in cell or "\r" in cell for cell in row):
                broken = next(i for i, cell in enumerate(row) if "\n" in cell or "\r" in cell)
                self._findings.add("line_break", self._file, before + 1, f"#{broken + 1}", row[broken], secrecy="family")
                continue
            yield self.line if self.line == before + 1 else before + 1, row

    def detach(self) -> None:
        """Leave the byte stream to its owner."""
        self._text.detach()
