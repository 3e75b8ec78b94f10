"""One pattern a file that a right line matches whole: a match costs a tenth of taking the line apart and checking each cell.

A line that does not match is not yet wrong (a quoted name, 29 February); it takes the careful way, which also says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nuanyang.exchange.rosters.reading.oneroster.layouts import Column

_GUID = r"[A-Za-z0-9.\-_/@]{1,255}"
_GUIDS = rf'{_GUID}|"{_GUID}(?:,{_GUID})*"'
# 29 to 31 only where every year has them.
_DATE = r"(?:19|20)\d\d-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
_TEXT = r'[^",\x00-\x1f\x7f]{0,1000}|"[^"\x00-\x1f\x7f]{0,1000}"'
_NAME = r'[^",\x00-\x1f\x7f]{0,50}[^\W\d_][^",\x00-\x1f\x7f]{0,50}'
_PATTERNS = {
    "guid": _GUID,
    "guids": _GUIDS,
    "text": r'[^",\x00-\x1f\x7f]{1,1000}|"[^"\x00-\x1f\x7f]{1,1000}"',
    "name": _NAME,
    "date": _DATE,
    "datetime": rf"{_DATE}T[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d{{1,9}})?Z",
    "bool": "true|false",
    "year": r"(?:19|20)\d\d",
    "grades": "0?[1-9]|1[0-2]",
    "number": r"-?\d+(?:\.\d+)?",
    "status": "active|tobedeleted",
}


def line_pattern(header: Sequence[str], columns: Sequence[Column], *, bulk: bool) -> re.Pattern[str]:
    """The pattern of a whole line with one group a cell."""
    by_name = {column.name: column for column in columns}
    cells = []
    for name in header:
        column = by_name.get(name)
        if name in {"status", "dateLastModified"}:
            cells.append("()" if bulk else f"({_PATTERNS['status' if name == 'status' else 'datetime']})")
        elif column is None or (column.kind == "text" and not column.required):
            cells.append(f"({_TEXT})")
        else:
            pattern = _PATTERNS.get(column.kind) or "|".join(re.escape(token) for token in column.kind.rstrip("*").split("|"))
            cells.append(f"({pattern})" if column.required else f"((?:{pattern})?)")
    return re.compile(",".join(cells) + r"\r?\n?")
