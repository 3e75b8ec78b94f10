"""Workbooks as teachers make them, in memory, and exams to bring them into."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import httpx
import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(*rows: Sequence[Any], sheet: str = "成绩", more: Iterable[tuple[str, Sequence[Sequence[Any]]]] = ()) -> bytes:
    """An .xlsx with these rows; `more` are further sheets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, lines in ((sheet, rows), *more):
        page = book.add_worksheet(name)
        for line, cells in enumerate(lines):
            for place, cell in enumerate(cells):
                if isinstance(cell, str):
                    page.write_string(line, place, cell)
                elif cell is not None:
                    page.write(line, place, cell)
    book.close()
    return out.getvalue()


async def make_exam(client: httpx.AsyncClient, grade: int = 7, held_on: str | None = None, **more: Any) -> dict[str, Any]:
    """An exam in 语文 (120) and 数学 (120, levels A–E) made over the API."""
    body = {
        "grade": grade,
        "kind": "midterm",
        "name": "期中考试",
        "held_on": held_on or "2026-11-11",
        "subjects": [{"subject": "语文", "full_marks": 120}, {"subject": "数学", "full_marks": 120, "level_scheme": "A–E"}],
    }
    answer = await client.post("/api/v1/exams", json=body | more)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def send(
    client: httpx.AsyncClient, path: str, content: bytes, name: str = "成绩.xlsx", *, form: dict[str, str] | None = None, **query: Any
) -> httpx.Response:
    """Upload a sheet; `form` goes with it, the query into the address."""
    return await client.post(f"/api/v1{path}", files={"file": (name, content, XLSX)}, data=form, params=query)
