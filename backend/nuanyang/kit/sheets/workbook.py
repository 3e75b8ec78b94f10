"""An .xlsx as sheets of rows of text. Only ever run in the child process with limits."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path

from nuanyang.kit.sheets.faults import Tell
from nuanyang.kit.sheets.guard import is_safe_workbook

MAX_SHEETS = 60


def is_workbook(path: Path) -> bool:
    """Whether a file is an .xlsx."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def read_workbook(path: Path, tell: Tell) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """(name, rows with their line) of every visible sheet that holds anything; nothing when the guard refuses."""
    with zipfile.ZipFile(path) as archive:
        if not is_safe_workbook(archive, tell):
            return
    # Imported here: only the child process needs the parser.
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        visible = [s.name for s in workbook.sheets_metadata if s.visible == SheetVisibleEnum.Visible and s.typ == SheetTypeEnum.WorkSheet]
        for name in visible[:MAX_SHEETS]:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.height:
                yield name, _rows(sheet)
    except (CalamineError, OSError, ValueError, OverflowError) as reason:
        tell("sheet_unreadable", detail=reason)


def _rows(sheet: object) -> Iterator[tuple[int, list[str]]]:
    # The parser leaves empty rows and columns before the first cell out; places must not shift.
    above, left = getattr(sheet, "start", None) or (0, 0)
    for place, row in enumerate(sheet.to_python(skip_empty_area=True), above + 1):  # type: ignore[attr-defined]
        yield place, [""] * left + [cell_text(cell) for cell in row]


def cell_text(cell: object) -> str:  # noqa: PLR0911 - one line a type
    """A cell as text: whole numbers without a point, long numbers in the E notation that tells they are damaged, days as ISO dates."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return "1" if cell else "0"
        case float() | int():
            return f"{cell:.16e}" if abs(cell) >= 1e15 else str(int(cell)) if cell == int(cell) else repr(cell)
        case dt.datetime():
            return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
        case dt.date():
            return cell.isoformat()
        case None:
            return ""
        case _:
            return str(cell)
