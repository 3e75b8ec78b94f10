"""The sheets of an .xlsx as rows of text, after the guard of `kit.sheets` has looked at the archive and at every cell's place."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.sheet.page import Page, Place
from nuanyang.kit.sheets.guard import column_number, is_safe_workbook
from nuanyang.kit.sheets.workbook import cell_text, is_workbook

__all__ = ["is_workbook", "office_code", "read_workbook"]

MAX_SHEETS = 60
MANY = 1_000
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
# A cell whose formula failed (#N/A), or was never worked out: both read as empty, and silence would lose what should be there.
_FAILED = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_UNKNOWN = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_CHUNK = 1 << 20
_TAIL = 10_000  # formulas have at most 8,192 characters


def read_workbook(path: Path, label: str, findings: Findings) -> Iterator[Page]:
    """Every visible sheet that holds anything; nothing when the guard refuses, which the findings then tell."""
    if not _passes(path, label, findings):
        return
    # Imported here: only the child process with limits needs the parser.
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        members = _members(path)
        visible = [
            about.name
            for about in workbook.sheets_metadata[:MAX_SHEETS]
            if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible
        ]
        for name in visible:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.height:
                shown = name if len(visible) > 1 else ""
                yield Page(shown, _rows(sheet), _spoiled(path, members.get(name)), _merged(sheet), is_ruled=False)
    except (CalamineError, OSError, ValueError, OverflowError) as reason:
        findings.add("sheet_unreadable", label, detail=str(reason))


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows with their line; empty ones above the first cell are in it, so line numbers hold."""
    for line, row in enumerate(sheet.iter_rows(), 1):
        yield line, [cell_text(cell) for cell in row]


def _merged(sheet: Any) -> dict[Place, Place]:
    """For each cell that a vertical merge covers, the cell that holds its value: a class written once beside its forty pupils."""
    covered = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right:
            covered.update({(row + 1, left): (top + 1, left) for row in range(top + 1, min(bottom, top + MANY) + 1)})
    return covered


def _passes(path: Path, label: str, findings: Findings) -> bool:
    def tell(code: str, /, line: int | None = None, column: str | None = None, **params: object) -> None:
        findings.add(code, label, line, column, **params)  # type: ignore[arg-type]  # what the sentence needs, by name

    with zipfile.ZipFile(path) as archive:
        return is_safe_workbook(archive, tell)


def _members(path: Path) -> dict[str, str]:
    """The member of the archive in which each sheet lies, as far as the workbook says so in the usual way."""
    with zipfile.ZipFile(path) as archive:
        try:
            book, relations = archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels")
        except KeyError:
            return {}
    targets = {_attribute(tag, b"Id"): _attribute(tag, b"Target") for tag in _RELATION.findall(relations)}
    found = {_attribute(tag, b"name"): targets.get(_attribute(tag, rb"\w+:id"), "") for tag in _SHEET.findall(book)}
    return {name: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for name, target in found.items()}


def _attribute(tag: bytes, name: bytes) -> str:
    match = re.search(rb"\s" + name + rb'="([^"]*)"', tag)
    return html.unescape(match[1].decode("utf-8", "replace")) if match else ""


def _spoiled(path: Path, member: str | None) -> set[Place]:
    """Line and column (from 0) of cells without a usable value."""
    places: set[Place] = set()
    with zipfile.ZipFile(path) as archive:
        if member not in archive.namelist():
            return places
        with archive.open(member) as stream:
            tail = b""
            while (chunk := stream.read(_CHUNK)) and len(places) < MANY:
                text = tail + chunk
                for pattern in (_FAILED, _UNKNOWN):
                    places.update((int(digits), column_number(letters) - 1) for letters, digits in pattern.findall(text))
                tail = text[-_TAIL:]
    return places


def office_code(path: Path) -> str | None:
    """Why a compound file cannot be read: a workbook with a password, or one of the old kind; None for any other file."""
    with path.open("rb") as stream:
        if stream.read(8) != bytes.fromhex("d0cf11e0a1b11ae1"):
            return None
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in stream.read(4 << 20) else "old_workbook"
