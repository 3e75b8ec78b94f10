"""An .xlsx as sheets of rows of text. Only ever run in the child process with limits."""

import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from nuanyang.kit.sheets.faults import Tell
from nuanyang.kit.sheets.guard import is_safe_workbook

MAX_SHEETS = 60
# A merged class name spans a class, a merged title the table: what is larger is no form that people fill in.
MAX_MERGED = 200_000


def is_workbook(path: Path) -> bool:
    """Whether a file is an .xlsx."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def read_workbook(path: Path, tell: Tell, hidden: list[str] | None = None) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """(name, rows with their line) of every visible sheet that holds anything; nothing when the guard refuses.

    What merged cells hold stands in each of them. The names of sheets that are hidden and so not read are added to `hidden`.
    """
    with zipfile.ZipFile(path) as archive:
        if not is_safe_workbook(archive, tell):
            return
    # Imported here: only the child process needs the parser.
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        pages = [s for s in workbook.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
        visible = [s.name for s in pages if s.visible == SheetVisibleEnum.Visible]
        if hidden is not None:
            hidden += [s.name for s in pages if s.visible != SheetVisibleEnum.Visible]
        for name in visible[:MAX_SHEETS]:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.height:
                yield name, _rows(sheet)
    except (CalamineError, OSError, ValueError, OverflowError) as reason:
        tell("sheet_unreadable", detail=reason)


def _rows(sheet: object) -> Iterator[tuple[int, list[str]]]:
    # The parser leaves empty rows and columns before the first cell out; places must not shift.
    above, left = getattr(sheet, "start", None) or (0, 0)
    rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]  # type: ignore[attr-defined]
    _spread(rows, getattr(sheet, "merged_cell_ranges", None) or (), above, left)
    for place, row in enumerate(rows, above + 1):
        yield place, [""] * left + row


def _spread(rows: list[list[str]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]], above: int, left: int) -> None:
    """Write the text of merged cells into each of them."""
    spent = 0
    for (top, first), (bottom, last) in merged:
        lines, places = rows[max(top - above, 0) : bottom - above + 1], range(max(first - left, 0), last - left + 1)
        spent += len(lines) * len(places)
        if spent > MAX_MERGED:
            return
        text = lines[0][places[0]] if lines and places and places[0] < len(lines[0]) else ""
        for row in lines if text else ():
            for place in places:
                if place < len(row) and not row[place]:
                    row[place] = text


def cell_text(cell: object) -> str:  # noqa: PLR0911 - one line a type
    """A cell as text: whole numbers without a point, long numbers in the E notation that tells they are damaged, days as ISO dates."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return "1" if cell else "0"
        case float() | int():
            # Excel itself shows no more than 15 digits: 89.99999999999999 is what a formula makes of 90.
            return f"{cell:.16e}" if abs(cell) >= 1e15 else str(int(cell)) if cell == int(cell) else f"{cell:.15g}"
        case dt.datetime():
            return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
        case dt.date():
            return cell.isoformat()
        case None:
            return ""
        case _:
            return str(cell)
