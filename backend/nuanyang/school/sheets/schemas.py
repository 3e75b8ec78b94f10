"""What an import of a sheet answers."""

from typing import Literal

from nuanyang.kit.schemas import Output


class SheetFinding(Output):
    """One bad or odd cell: `line` and `column` as Excel shows them, the value as far as it may be repeated, and the reason."""

    severity: Literal["error", "warning"]
    code: str
    message: str
    sheet: str | None
    line: int | None
    column: str | None
    title: str | None
    value: str | None


class SheetColumn(Output):
    """What a column was taken for; `meaning` is null where it was not taken."""

    sheet: str
    column: str
    title: str
    meaning: str | None


class SheetReport(Output):
    """An import: what would change (dry run) or has changed. With one error nothing is applied."""

    is_dry_run: bool
    is_applied: bool
    rows: int
    new: int
    changed: int
    unchanged: int
    unmatched: int
    errors: int
    warnings: int
    needs_confirmation: bool
    columns: list[SheetColumn]
    findings: list[SheetFinding]
