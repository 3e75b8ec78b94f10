"""The process in which an uploaded sheet is parsed: limited in memory and processor time, told everything on stdin, answers on stdout."""

import contextlib
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nuanyang.kit.sheets.guard import column_letters
from nuanyang.kit.sheets.table import read_table
from nuanyang.kit.sheets.workbook import is_workbook, read_workbook

MEMORY = 1 << 30
MAX_ROWS = 30_000
MAX_CELL = 2_000
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls and encrypted .xlsx alike


def main() -> None:
    """Read the request `{path, label, known, seconds}` and answer `{sheets, faults, hidden}`."""
    request = json.load(sys.stdin)
    with contextlib.suppress(ValueError, OSError):  # a container may allow less already
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (request["seconds"], request["seconds"]))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    answer = Answer()
    try:
        answer.read(Path(request["path"]), request["label"], frozenset(request["known"]))
    except MemoryError:
        answer.sheets.clear()
        answer.tell("crashed")
    sys.stdout.write(json.dumps({"sheets": answer.sheets, "faults": answer.faults, "hidden": answer.hidden}, ensure_ascii=False))


class Answer:
    """What is found, kept as plain lists for JSON."""

    def __init__(self) -> None:
        self.sheets: list[dict[str, Any]] = []
        self.faults: list[dict[str, Any]] = []
        self.hidden: list[str] = []
        self._sheet: str | None = None
        self._rows = 0

    def tell(self, code: str, /, line: int | None = None, column: str | None = None, **params: object) -> None:
        """Note one fault, at the sheet being read."""
        texts = {name: str(value) for name, value in params.items()}
        self.faults.append({"code": code, "sheet": self._sheet, "line": line, "column": column, "params": texts})

    def read(self, path: Path, label: str, known: frozenset[str]) -> None:
        """Recognise the form and read every row."""
        with path.open("rb") as file:
            head = file.read(8)
        if not head:
            self.tell("empty_file")
        elif is_workbook(path):
            for name, rows in read_workbook(path, self.tell, self.hidden):
                self._keep(name, rows)
        elif zipfile.is_zipfile(path) or head.startswith(b"PK\x03\x04"):
            self.tell("broken_archive" if label.lower().endswith(".xlsx") else "not_a_sheet")
        elif head == _OLD:
            self.tell("old_workbook" if label.lower().endswith((".xls", ".et")) else "encrypted")
        elif label.lower().endswith((".csv", ".txt", ".tsv")):
            self._keep(label, read_table(path.read_bytes(), known, self.tell))
        else:
            self.tell("broken_archive" if label.lower().endswith(".xlsx") else "not_a_sheet")

    def _keep(self, name: str, rows: Iterator[tuple[int, list[str]]]) -> None:
        self._sheet, kept = name[:100], []
        for line, cells in rows:
            if not any(cells):
                continue
            self._rows += 1
            if self._rows > MAX_ROWS:
                self.tell("too_many_rows", limit=MAX_ROWS)
                break
            kept.append([line, [self._cell(line, place, cell) for place, cell in enumerate(cells)]])
        self.sheets.append({"name": self._sheet, "rows": kept})
        self._sheet = None

    def _cell(self, line: int, place: int, cell: str) -> str:
        if len(cell) > MAX_CELL:
            self.tell("cell_too_long", line=line, column=column_letters(place + 1), limit=MAX_CELL)
            return ""
        return cell


if __name__ == "__main__":
    main()
