"""The first sheet of an .xlsx as rows of text, after the guard of `kit.sheets` has looked at the archive and at every cell's place."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.kit.sheets.guard import is_safe_workbook
from nuanyang.kit.sheets.workbook import cell_text, is_workbook

__all__ = ["is_workbook", "read_workbook"]


def read_workbook(path: Path, label: str, findings: Findings) -> Iterator[list[str]]:
    """The rows of the first sheet that has any; nothing when the guard refuses, which the findings then tell."""
    if not _passes(path, label, findings):
        return
    # Imported here: only the child process with limits needs the parser.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height == 0:
                continue
            for row in sheet.iter_rows():  # empty rows above are in it, so line numbers hold
                yield [cell_text(cell) for cell in row]
            return
    except (CalamineError, OSError, ValueError, OverflowError) as reason:
        findings.add("sheet_unreadable", label, detail=str(reason))


def _passes(path: Path, label: str, findings: Findings) -> bool:
    def tell(code: str, /, line: int | None = None, column: str | None = None, **params: object) -> None:
        findings.add(code, label, line, column, **params)  # type: ignore[arg-type]  # what the sentence needs, by name

    with zipfile.ZipFile(path) as archive:
        return is_safe_workbook(archive, tell)
