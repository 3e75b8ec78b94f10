"""What an import of a sheet answers."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from nuanyang.kit.errors import invalid
from nuanyang.kit.schemas import Input, Output


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


class SheetCandidate(Output):
    """A student whom a row may mean."""

    id: UUID
    name: str
    class_name: str | None
    student_number: str | None


class SheetQuestion(Output):
    """A row whose student is not certain: somebody says whom it means, or that it is left out. Answered by place and name."""

    sheet: str
    line: int
    name: str
    code: str
    message: str
    candidates: list[SheetCandidate]


class SheetAnswer(Input):
    """Whom a row means; without a student it is left out. A row that no longer bears this name is asked about again."""

    sheet: Annotated[str, StringConstraints(max_length=200)]
    line: int = Field(ge=1, le=1_000_000)
    name: Annotated[str, StringConstraints(max_length=200)] = ""
    student_id: UUID | None = None


ANSWERS = """Whom the rows in question mean, as JSON: `[{"sheet": "成绩", "line": 4, "name": "张伟", "student_id": "…"}]`; null leaves a row out."""
_ANSWERS = TypeAdapter(Annotated[list[SheetAnswer], Field(max_length=1_000)])


def read_answers(text: str | None) -> list[SheetAnswer]:
    """The answers of a form field; what is no list of answers is refused by its name."""
    try:
        return _ANSWERS.validate_json(text) if text else []
    except ValidationError as reason:
        raise invalid("#/answers", "bad_answers", "内容不正确。", "Not a list of answers.") from reason


class SheetReport(Output):
    """An import: what would change (dry run) or has changed. With one error nothing is applied."""

    is_dry_run: bool
    is_applied: bool
    rows: int
    new: int
    changed: int
    unchanged: int
    unmatched: int
    left_out: int = Field(description="Rows that the sender asked to leave out.")
    errors: int
    warnings: int
    needs_confirmation: bool
    needs_reason: bool = Field(description="Something known would change: why has to be said, and is kept with the old values.")
    columns: list[SheetColumn]
    findings: list[SheetFinding]
    questions: list[SheetQuestion]
