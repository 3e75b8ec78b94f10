"""The sheet file as a whole: which of its pages hold pupils, and their rows one by one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from nuanyang.exchange.rosters.reading.findings import Findings, Severity
from nuanyang.exchange.rosters.reading.records import Item
from nuanyang.exchange.rosters.reading.sheet.header import LOOKED_AT, Header, apply_mapping, check_header, find_header
from nuanyang.exchange.rosters.reading.sheet.page import Page, Place
from nuanyang.exchange.rosters.reading.sheet.rows import SheetReader


class PagesReader:
    """Reads every page that has a header; whoever stands on two pages is noticed, for one reader serves them all."""

    def __init__(self, label: str, mapping: dict[str, str], reader: SheetReader, findings: Findings) -> None:
        self._label, self._mapping, self._reader, self._findings = label, mapping, reader, findings
        self._ignored = frozenset(title for title, field in mapping.items() if field == "ignore")
        self._skipped: list[str] = []
        self.count = 0  # rows that hold anything
        self.pages = 0

    def read(self, pages: Iterable[Page]) -> Iterator[list[Item]]:
        """The records of each row."""
        last = 1
        for page in pages:
            first = list(itertools.islice(page.rows, LOOKED_AT + 1))
            header = find_header([row for _, row in first])
            if header is None:
                self._skipped.append(page.name)
                continue
            self.pages += 1
            if self._accepts(page, header):
                last = header.first_data_row
                yield from self._rows(page, header, itertools.chain(first[header.first_data_row :], page.rows))
        self._finish(last)

    def _accepts(self, page: Page, header: Header) -> bool:
        # A page beside others is named with each of its findings.
        self._reader.label = f"{self._label}［{page.name}］" if page.name else self._label
        apply_mapping(header, self._mapping, self._reader.label, self._findings)
        return check_header(header, self._reader.label, self._findings, ignored=self._ignored)

    def _rows(self, page: Page, header: Header, rows: Iterator[tuple[int, list[str]]]) -> Iterator[list[Item]]:
        reader, width = self._reader, len(header.titles)
        reader.header = header
        held: dict[Place, str] = dict.fromkeys(page.covered.values(), "")
        for line, given in rows:
            row = _filled(page, line, given, held) if held and any(given) else given
            if not any(row) or _is_header_again(row, header.titles):
                continue
            self.count += 1
            self._check_cells(page, header, line, row)
            beyond = next((place for place in range(width, len(row)) if row[place]), None)
            if beyond is not None:
                severity: Severity = "error" if page.is_ruled else "warning"
                self._findings.add("beyond_header", reader.label, line, f"#{beyond + 1}", row[beyond], severity, "family")
            yield reader.read(line, row)

    def _check_cells(self, page: Page, header: Header, line: int, row: list[str]) -> None:
        if not page.spoiled:
            return
        for place, field in enumerate(header.fields):
            if field is not None and (line, place) in page.spoiled and (place >= len(row) or not row[place]):
                self._findings.add("spoiled_cell", self._reader.label, line, header.titles[place])

    def _finish(self, last: int) -> None:
        if self._findings.errors:
            return
        if not self.pages:
            self._findings.add(*(("sheet_no_header", self._label) if self._skipped else ("empty_file", self._label)), rows=LOOKED_AT)
        elif not self.count:
            self._findings.add("no_rows", self._label, last)
        for name in self._skipped if self.pages else ():
            self._findings.add("page_skipped", self._label, severity="note", name=name)


def _filled(page: Page, line: int, row: list[str], held: dict[Place, str]) -> list[str]:
    """The row with what merged cells above it say."""
    for place, cell in enumerate(row):
        if (line, place) in held:
            held[line, place] = cell
    return [cell or held.get(page.covered.get((line, place), (0, 0)), "") for place, cell in enumerate(row)]


def _is_header_again(row: list[str], titles: list[str]) -> bool:
    """A header repeated at the top of every printed page."""
    return row[: len(titles)] == titles[: len(row)] and sum(bool(cell) for cell in row) > 1
