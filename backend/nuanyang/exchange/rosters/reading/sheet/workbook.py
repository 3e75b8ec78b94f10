"""The first sheet of an .xlsx as rows of text: a guard looks at the archive and at every cell's place before the parser may.

Two cells, A1 and XFD1048576, make the parser ask for the whole rectangle between them and abort the process; so the rectangle is
measured first, in a stream, and parsing happens in a child process with limits (`reading.child`) anyway.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from nuanyang.exchange.rosters.reading.archive import is_safe
from nuanyang.exchange.rosters.reading.findings import Findings

MAX_CELLS = 6_000_000  # 60,000 rows of 100 columns
MAX_XML = 512 << 20
MAX_STRINGS = 64 << 20
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]{1,7})"')
_CHUNK = 1 << 20


def is_workbook(path: Path) -> bool:
    """Whether a zip is an Excel workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" in archive.namelist() and any(name.startswith("xl/") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False


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
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if not is_safe(label, members, findings, office=True):
            return False
        for member in members:
            limit = MAX_STRINGS if member.filename.endswith("sharedStrings.xml") else MAX_XML
            if member.file_size > limit:
                findings.add("too_large", label, limit=f"{limit >> 20} MB")
                return False
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member.filename) and not _is_small(archive, member, label, findings):
                return False
    return True


def _is_small(archive: zipfile.ZipFile, member: zipfile.ZipInfo, label: str, findings: Findings) -> bool:
    """Measure the rectangle from the cells themselves; what the sheet says of its own dimension cannot be trusted."""
    widest, lowest, tail, corner = 1, 1, b"", "A1"
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                findings.add("sheet_unreadable", label, detail="DOCTYPE")
                return False
            for letters, digits in _CELL.findall(text):
                column, row = column_number(letters), int(digits)
                if column > widest or row > lowest:
                    widest, lowest = max(widest, column), max(lowest, row)
                    corner = f"{column_letters(widest)}{lowest}"
            for digits in _ROW.findall(text):
                lowest = max(lowest, int(digits))
            if widest * lowest > MAX_CELLS:
                findings.add("sheet_too_large", label, lowest, column_letters(widest), cell=corner, cells=widest * lowest)
                return False
            tail = text[-200:]
    return True


def column_number(letters: bytes) -> int:
    """XFD is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> str:
    """16384 is XFD."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_text(cell: object) -> str:
    """A cell as text: whole numbers without a point, long numbers in the E notation that tells they are damaged, days as ISO dates."""
    match cell:
        case str():
            text = cell.strip()
        case bool():
            text = "1" if cell else "0"
        case float() | int():
            text = f"{cell:.16e}" if abs(cell) >= 1e15 else str(int(cell)) if cell == int(cell) else repr(cell)
        case dt.datetime():
            text = cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
        case _:
            text = "" if cell is None else str(cell)
    return text
