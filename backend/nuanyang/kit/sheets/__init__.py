"""Reading spreadsheets that people upload, safely: one reader for results, attendance, special lists and rosters.

`read_sheets(bytes, label, known)` is the whole service: it runs `child` in a process with limits of memory and time and returns every
sheet as rows of text with their line numbers, or the faults for which the file is refused. Nothing of an uploaded file is ever parsed in
the server itself. Who needs the pieces in a child of their own takes `guard.is_safe_workbook`, `workbook.read_workbook` and
`table.find_encoding`; they report through `tell(code, line=…, column=…, **params)`. Codes and sentences are in `faults`.
"""

from typing import Protocol

from nuanyang.kit.sheets.faults import Fault
from nuanyang.kit.sheets.reading import Book, Row, Sheet, read_sheets

__all__ = ["Book", "Fault", "Row", "Sheet", "UploadedFile", "read_sheets"]


class UploadedFile(Protocol):
    """What a service needs of an upload; the web framework's own class fits, and so does a file of the demo."""

    @property
    def filename(self) -> str | None:
        """The name it had."""

    async def read(self, size: int = -1) -> bytes:
        """Its bytes."""
