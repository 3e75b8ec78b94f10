"""What is asked and told about a sheet, and whether it may be applied."""

from collections.abc import Callable
from dataclasses import dataclass

from nuanyang.school.sheets.errors import ConfirmationMissing, ReasonMissing, SheetRefused
from nuanyang.school.sheets.rules import Candidate, Finding, Miss
from nuanyang.school.sheets.schemas import SheetCandidate, SheetFinding, SheetQuestion, SheetReport
from nuanyang.school.sheets.service.reading import SheetRow, Uploaded

SHOWN_FINDINGS, MOST_QUESTIONS = 1_000, 200


def miss_finding(row: SheetRow, miss: Miss, severity: str = "error") -> Finding:
    """A row without a student, told with the name it gives; numbers are not repeated."""
    return Finding(
        "error" if severity == "error" else "warning",
        miss.code,
        miss.zh,
        miss.en,
        row.sheet,
        row.line,
        None,
        "姓名",
        row.named.name[:60] or None,
    )


def ask(read: Uploaded, row: SheetRow, miss: Miss, may_see: Callable[[Candidate], bool], *, is_english: bool) -> None:
    """Ask whom a row means: of the students it may mean, those whom the sender may see. Until it is answered, nothing is imported."""
    read.findings.append(miss_finding(row, miss))
    near = [one for i in miss.near if (one := read.directory.by_id.get(i)) is not None and may_see(one)]
    if len(read.questions) < MOST_QUESTIONS:
        read.questions.append(
            SheetQuestion(
                sheet=row.sheet,
                line=row.line,
                name=row.named.name[:200],
                code=miss.code,
                message=miss.en if is_english else miss.zh,
                candidates=[SheetCandidate(id=one.id, name=one.name, class_name=one.class_name, student_number=one.number) for one in near],
            )
        )


def without_twins(read: Uploaded) -> list[SheetRow]:
    """The rows, each student once. A row that says the same again (a summary of the classes' sheets) is passed over; one that says something
    else is an error: which one holds is not ours to choose."""
    first: dict[object, SheetRow] = {}
    kept = []
    for row in read.rows:
        earlier = None if isinstance(row.found, Miss) else first.setdefault(row.found.id, row)
        if earlier is None or earlier is row:
            kept.append(row)
        elif _words(earlier) == _words(row):
            read.repeated += 1
        else:
            read.findings.append(_twin(row, earlier))
    if read.repeated:
        zh, en = f"有 {read.repeated} 行与前面的内容相同，只取一次。", f"{read.repeated} rows repeat earlier ones and were taken once."
        read.findings.append(Finding("warning", "rows_repeated", zh, en))
    return kept


def _words(row: SheetRow) -> dict[str, str]:
    return {meaning: place.text for meaning, place in row.cells.items()}


def _twin(row: SheetRow, earlier: SheetRow) -> Finding:
    zh, en = (
        f"这名学生在“{earlier.sheet}”第 {earlier.line} 行已出现，内容不同。",
        f"This student was already in line {earlier.line} of {earlier.sheet}, with other values.",
    )
    return Finding("error", "same_student_twice", zh, en, row.sheet, row.line, None, "姓名", row.named.name[:60] or None)


@dataclass(slots=True)
class Counts:
    """How an import changes what is known."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    unmatched: int = 0  # rows that speak of nobody here, where that stops nothing


def report(
    read: Uploaded, counts: Counts, *, is_dry_run: bool, is_english: bool, needs_confirmation: bool = False, needs_reason: bool = False
) -> SheetReport:
    """The answer to the sender; errors first, then in the order of the sheet."""
    ordered = sorted(read.findings, key=lambda f: (f.severity != "error", f.line is None, f.sheet or "", f.line or 0))
    errors = read.errors
    return SheetReport(
        is_dry_run=is_dry_run,
        is_applied=not is_dry_run and not errors and not needs_confirmation and not needs_reason,
        rows=len(read.rows),
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        unmatched=counts.unmatched,
        left_out=read.left_out,
        errors=errors,
        warnings=len(read.findings) - errors,
        needs_confirmation=needs_confirmation,
        needs_reason=needs_reason,
        columns=read.columns,
        findings=[_shown(finding, is_english) for finding in ordered[:SHOWN_FINDINGS]],
        questions=read.questions,
    )


def refuse_unless_clean(made: SheetReport) -> None:
    """Apply nothing of a sheet with errors, nor unconfirmed; the report goes with the refusal."""
    extra = {"report": made.model_dump(mode="json")}
    if made.errors:
        raise SheetRefused(extra=extra)
    if made.needs_confirmation:
        raise ConfirmationMissing(extra=extra)
    if made.needs_reason:
        raise ReasonMissing(extra=extra)


def _shown(finding: Finding, is_english: bool) -> SheetFinding:
    return SheetFinding(
        severity=finding.severity,
        code=finding.code,
        message=finding.en if is_english else finding.zh,
        sheet=finding.sheet,
        line=finding.line,
        column=finding.column,
        title=finding.title,
        value=finding.value,
    )
