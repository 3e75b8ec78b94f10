"""Findings as files to hand on: CSV and Excel, safe to open."""

import csv
import io
from collections.abc import Iterable

import xlsxwriter

from nuanyang.exchange.rosters.models import RosterFinding
from nuanyang.exchange.rosters.reading.findings import Finding

HEADERS = {
    "zh": ("级别", "文件", "行", "列", "值", "原因", "代码"),
    "en": ("severity", "file", "line", "column", "value", "reason", "code"),
}
SEVERITIES = {"zh": {"error": "错误", "warning": "提醒", "note": "说明"}, "en": {"error": "error", "warning": "warning", "note": "note"}}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def reason_of(row: RosterFinding, language: str) -> str:
    """The sentence of a stored finding."""
    return Finding("note", row.code, row.file, row.line, row.column_name, row.value, row.params).reason(language)


def table(rows: Iterable[RosterFinding], language: str) -> list[tuple[object, ...]]:
    """Findings as rows of cells."""
    names = SEVERITIES[language]
    return [(names[r.severity], r.file, r.line, r.column_name, r.value, reason_of(r, language), r.code) for r in rows]


def as_csv(rows: Iterable[RosterFinding], language: str) -> bytes:
    """CSV with a byte order mark, as Excel wants it; no cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADERS[language])
    writer.writerows([_harmless(cell) for cell in row] for row in table(rows, language))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_workbook(rows: Iterable[RosterFinding], language: str) -> bytes:
    """An Excel sheet; texts stay texts."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("导入问题" if language == "zh" else "findings")
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, HEADERS[language], bold)
    for at, row in enumerate(table(rows, language), 1):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(at, place, cell)
            elif cell is not None:
                sheet.write_string(at, place, str(cell))
    sheet.freeze_panes(1, 0)
    sheet.set_column(1, 5, 24)
    book.close()
    return out.getvalue()


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" \ufeff\u200b").startswith(_FORMULA) else cell
