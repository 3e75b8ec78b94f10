"""Reading an uploaded sheet down to rows whose student is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nuanyang.kit.crypto import Keyring
from nuanyang.kit.sheets import Row, Sheet, UploadedFile, read_sheets
from nuanyang.kit.sheets.guard import column_letters
from nuanyang.school.sheets import repository
from nuanyang.school.sheets.errors import ConfirmationMissing, SheetRefused
from nuanyang.school.sheets.rules import (
    PERSON_TITLES,
    Candidate,
    Directory,
    Finding,
    Header,
    Miss,
    Named,
    day_of,
    find_header,
    is_damaged,
    is_summary,
    odd_columns,
)
from nuanyang.school.sheets.schemas import SheetColumn, SheetFinding, SheetReport

# The names under which the keyring makes the blind indexes of `student_identities`.
IDENTITY_INDEX, REGISTRATION_INDEX = "student_identities.identity", "student_identities.registration"
SHOWN_FINDINGS = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """One cell, for reading and for telling."""

    sheet: str
    line: int
    column: str
    title: str
    text: str

    def finding(self, severity: str, code: str, zh: str, en: str) -> Finding:
        """Something to tell about this very cell."""
        value = self.text if len(self.text) <= 60 else self.text[:60] + "…"
        return Finding("error" if severity == "error" else "warning", code, zh, en, self.sheet, self.line, self.column, self.title, value)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: whom it names, its wanted cells by meaning, and the student or why there is none."""

    sheet: str
    line: int
    named: Named
    cells: Mapping[str, Place]
    found: Candidate | Miss


@dataclass(slots=True)
class Uploaded:
    """A sheet read; the importer adds findings of its own."""

    columns: list[SheetColumn] = field(default_factory=list)
    rows: list[SheetRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    meanings: set[str] = field(default_factory=set)

    @property
    def errors(self) -> int:
        """How many cells or rows stop the import."""
        return sum(finding.severity == "error" for finding in self.findings)


async def read_upload(
    file: UploadedFile, wanted: Mapping[str, str], directory: Directory, keyring: Keyring, *, people_suffice: bool = False
) -> Uploaded:
    """Read a file whose wanted columns are `{plain title: meaning}`, and know the student of every row.

    Rows without a student stay in with their `Miss`; what that means is the importer's decision.
    """
    content = await file.read()
    known = {*PERSON_TITLES, *wanted}
    book = await read_sheets(content, file.filename or "", known)
    made = Uploaded()
    made.findings += [Finding("error", f.code, f.sentence("zh"), f.sentence("en"), f.sheet, f.line, f.column) for f in book.faults]
    if made.errors:
        return made
    for sheet in book.sheets:
        header = find_header(sheet, wanted, people_suffice=people_suffice)
        if header is not None:
            _read_sheet(sheet, header, directory, keyring, made)
        elif sheet.rows:
            _tell_no_header(sheet, wanted, made, alone=len(book.sheets) == 1)
    if not made.columns and not made.errors:
        made.findings.append(_no_header(None, wanted, "error"))
    elif not made.rows and not made.errors:
        made.findings.append(Finding("error", "no_rows", "只有表头，没有学生。", "There is a header but no student."))
    return made


def _tell_no_header(sheet: Sheet, wanted: Mapping[str, str], made: Uploaded, *, alone: bool) -> None:
    made.findings.append(_no_header(sheet, wanted, "error" if alone else "warning"))


def _no_header(sheet: Sheet | None, wanted: Mapping[str, str], severity: str) -> Finding:
    names = "、".join(list(wanted)[:8])
    return Finding(
        "error" if severity == "error" else "warning",
        "no_header",
        f"找不到表头：需要“姓名”（或学号、学籍号）和至少一列：{names}。",
        f"No header found: it needs 姓名 (or 学号, 学籍号) and at least one of: {names}.",
        sheet.name if sheet else None,
    )


def _read_sheet(sheet: Sheet, header: Header, directory: Directory, keyring: Keyring, made: Uploaded) -> None:
    made.columns += [
        SheetColumn(sheet=sheet.name, column=column_letters(place + 1), title=title[:60], meaning=header.meanings.get(place))
        for place, title in header.titles.items()
    ]
    made.meanings |= set(header.meanings.values())
    made.findings += odd_columns(sheet, header)
    for row in sheet.rows:
        if row.line <= header.line or not any(row.cells):
            continue
        if is_summary(row, header):
            continue
        made.rows.append(_read_row(sheet, row, header, directory, keyring, made.findings))


def _read_row(sheet: Sheet, row: Row, header: Header, directory: Directory, keyring: Keyring, findings: list[Finding]) -> SheetRow:
    cells = {
        meaning: Place(sheet.name, row.line, column_letters(place + 1), header.titles.get(place, ""), row.at(place))
        for place, meaning in header.meanings.items()
    }

    def said(meaning: str) -> str:
        place = cells.get(meaning)
        return place.text if place else ""

    indexes: list[bytes] = []
    for meaning, column in (("registration", REGISTRATION_INDEX), ("identity", IDENTITY_INDEX)):
        number = said(meaning)
        if is_damaged(number):
            findings.append(_damaged(cells[meaning]))
        elif number:
            # 学籍号 and 身份证号 are often put into the column of the other: G + identity number is the common form of both.
            plain = number.replace(" ", "")
            indexes += [keyring.blind_index(plain, column), *_other_index(keyring, plain, column)]
    # A workbook with one sheet a class often has no class column.
    label = said("class") or (sheet.name if "class" not in cells and directory.class_ids(sheet.name) else "")
    named = Named(said("name"), said("number"), label, day_of(said("birth")), said("registration"), said("identity"))
    wanted = {meaning: place for meaning, place in cells.items() if meaning not in set(PERSON_TITLES.values())}
    return SheetRow(sheet.name, row.line, named, wanted, directory.find(named, indexes))


def _other_index(keyring: Keyring, number: str, column: str) -> list[bytes]:
    if column == REGISTRATION_INDEX and len(number) == 18:
        return [keyring.blind_index("G" + number, REGISTRATION_INDEX), keyring.blind_index(number, IDENTITY_INDEX)]
    if column == IDENTITY_INDEX and len(number) == 19:
        return [keyring.blind_index(number, REGISTRATION_INDEX)]
    return []


def _damaged(place: Place) -> Finding:
    return Finding(
        "error",
        "number_damaged",
        "长号码被 Excel 改成了科学计数法，后几位已丢失，请把该列设为文本后重新填写。",
        "Excel turned this long number into scientific notation and lost its last digits; format the column as text.",
        place.sheet,
        place.line,
        place.column,
        place.title,
        place.text,
    )


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


def refuse_twins(rows: Sequence[SheetRow], findings: list[Finding]) -> None:
    """Two rows for one student are an error: which one holds is not ours to choose."""
    first: dict[object, SheetRow] = {}
    for row in rows:
        if isinstance(row.found, Miss):
            continue
        if row.found.id in first:
            earlier = first[row.found.id]
            where = f"“{earlier.sheet}”第 {earlier.line} 行"
            findings.append(
                Finding(
                    "error",
                    "same_student_twice",
                    f"这名学生在{where}已出现。",
                    f"This student was already in line {earlier.line} of {earlier.sheet}.",
                    row.sheet,
                    row.line,
                    None,
                    "姓名",
                    row.named.name[:60] or None,
                )
            )
        first.setdefault(row.found.id, row)


@dataclass(slots=True)
class Counts:
    """How an import changes what is known."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    unmatched: int = 0  # rows that speak of nobody here, where that stops nothing


def report(read: Uploaded, counts: Counts, *, is_dry_run: bool, needs_confirmation: bool, is_english: bool) -> SheetReport:
    """The answer to the sender; errors first, then in the order of the sheet."""
    ordered = sorted(read.findings, key=lambda f: (f.severity != "error", f.line is None, f.sheet or "", f.line or 0))
    errors = read.errors
    return SheetReport(
        is_dry_run=is_dry_run,
        is_applied=not is_dry_run and not errors and not needs_confirmation,
        rows=len(read.rows),
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        unmatched=counts.unmatched,
        errors=errors,
        warnings=len(read.findings) - errors,
        needs_confirmation=needs_confirmation,
        columns=read.columns,
        findings=[_shown(finding, is_english) for finding in ordered[:SHOWN_FINDINGS]],
    )


def refuse_unless_clean(made: SheetReport) -> None:
    """Apply nothing of a sheet with errors, nor unconfirmed; the report goes with the refusal."""
    extra = {"report": made.model_dump(mode="json")}
    if made.errors:
        raise SheetRefused(extra=extra)
    if made.needs_confirmation:
        raise ConfirmationMissing(extra=extra)


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


# The directory of candidates is this slice's to read; its callers hand it on to `read_upload`.
candidates = repository.candidates
