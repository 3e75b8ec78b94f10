"""Reading an uploaded sheet down to rows whose student is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from nuanyang.kit.crypto import Keyring
from nuanyang.kit.ids import NIL
from nuanyang.kit.sheets import Row, Sheet, UploadedFile, read_sheets
from nuanyang.kit.sheets.guard import column_letters
from nuanyang.school.sheets.rules import (
    PERSON_TITLES,
    Candidate,
    Directory,
    Finding,
    Header,
    Miss,
    Named,
    asides,
    day_of,
    find_header,
    is_damaged,
    is_header_again,
    is_summary,
    odd_columns,
    plain_number,
    says_full_marks,
)
from nuanyang.school.sheets.schemas import SheetAnswer, SheetColumn, SheetQuestion

# The names under which the keyring makes the blind indexes of `student_identities`.
IDENTITY_INDEX, REGISTRATION_INDEX = "student_identities.identity", "student_identities.registration"


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

    directory: Directory
    answers: Mapping[tuple[str, int, str], UUID | None] = field(default_factory=dict)
    columns: list[SheetColumn] = field(default_factory=list)
    headers: list[Place] = field(default_factory=list)  # the title of each column that has a meaning, which stands as the text
    full_marks: list[Place] = field(default_factory=list)  # the cells of a row 满分
    asides: dict[str, list[str]] = field(default_factory=dict)  # what stands around the table of each sheet
    questions: list[SheetQuestion] = field(default_factory=list)
    left_out: int = 0
    rows: list[SheetRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    meanings: set[str] = field(default_factory=set)
    repeated: int = 0

    @property
    def errors(self) -> int:
        """How many cells or rows stop the import."""
        return sum(finding.severity == "error" for finding in self.findings)


async def read_upload(
    file: UploadedFile,
    wanted: Mapping[str, str],
    directory: Directory,
    keyring: Keyring,
    *,
    answers: Sequence[SheetAnswer] = (),
    people_suffice: bool = False,
) -> Uploaded:
    """Read a file whose wanted columns are `{plain title: meaning}`, and know the student of every row.

    Rows without a student stay in with their `Miss`; what that means is the importer's decision. `answers` say whom such a row means.
    """
    content = await file.read()
    known = {*PERSON_TITLES, *wanted}
    book = await read_sheets(content, file.filename or "", known)
    made = Uploaded(directory, answers={(one.sheet, one.line, one.name): one.student_id for one in answers})
    made.findings += [Finding("error", f.code, f.sentence("zh"), f.sentence("en"), f.sheet, f.line, f.column) for f in book.faults]
    if made.errors:
        return made
    made.findings += [_hidden(name) for name in book.hidden]
    for sheet in book.sheets:
        header = find_header(sheet, wanted, people_suffice=people_suffice)
        if header is not None:
            _read_sheet(sheet, header, wanted, keyring, made)
        elif sheet.rows:
            _tell_no_header(sheet, wanted, made, alone=len(book.sheets) == 1)
    _expect_rows(made, wanted)
    return made


def _expect_rows(made: Uploaded, wanted: Mapping[str, str]) -> None:
    if not made.columns and not made.errors:
        made.findings.append(_no_header(None, wanted, "error"))
    elif not made.rows and not made.errors and not made.left_out:
        made.findings.append(Finding("error", "no_rows", "只有表头，没有学生。", "There is a header but no student."))


def _hidden(name: str) -> Finding:
    zh = "这张工作表是隐藏的，没有读取；如需导入请取消隐藏。"
    return Finding("warning", "hidden_sheet", zh, "This sheet is hidden and was not read.", name)


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


def _read_sheet(sheet: Sheet, header: Header, wanted: Mapping[str, str], keyring: Keyring, made: Uploaded) -> None:
    made.columns += [
        SheetColumn(sheet=sheet.name, column=column_letters(place + 1), title=title[:60], meaning=header.meanings.get(place))
        for place, title in header.titles.items()
    ]
    made.asides[sheet.name] = asides(sheet, header)
    made.meanings |= set(header.meanings.values())
    made.findings += odd_columns(sheet, header, wanted)
    made.headers += [Place(sheet.name, header.line, column_letters(p + 1), header.titles[p], m) for p, m in header.meanings.items()]
    for row in sheet.rows:
        if row.line <= header.line or not any(row.cells) or is_header_again(row, header):
            continue
        if is_summary(row, header):
            if says_full_marks(row, header):
                made.full_marks += [_place(sheet, row, header, place) for place in header.meanings if row.at(place)]
            continue
        _add_row(sheet, row, header, keyring, made)


def _place(sheet: Sheet, row: Row, header: Header, place: int) -> Place:
    return Place(sheet.name, row.line, column_letters(place + 1), header.titles.get(place, ""), row.at(place))


def _add_row(sheet: Sheet, row: Row, header: Header, keyring: Keyring, made: Uploaded) -> None:
    cells = {meaning: _place(sheet, row, header, place) for place, meaning in header.meanings.items()}

    def said(meaning: str) -> str:
        place = cells.get(meaning)
        return place.text if place else ""

    indexes: list[bytes] = []
    for meaning, column in (("registration", REGISTRATION_INDEX), ("identity", IDENTITY_INDEX)):
        number = said(meaning)
        if is_damaged(number):
            made.findings.append(_damaged(cells[meaning]))
        elif number:
            # 学籍号 and 身份证号 are often put into the column of the other: G + identity number is the common form of both.
            for plain in dict.fromkeys((number.replace(" ", ""), plain_number(number))):
                indexes += [keyring.blind_index(plain, column), *_other_index(keyring, plain, column)]
    # A workbook with one sheet a class often has no class column.
    label = said("class") or (sheet.name if "class" not in cells and made.directory.class_ids(sheet.name) else "")
    named = Named(said("name"), said("number"), label, day_of(said("birth")), said("registration"), said("identity"), said("seat"))
    found = made.directory.find(named, indexes)
    if isinstance(found, Miss):
        key = (sheet.name, row.line, named.name)
        if key in made.answers and made.answers[key] is None:
            made.left_out += 1
            return
        found = made.directory.by_id.get(made.answers.get(key) or NIL, found)
    wanted = {meaning: place for meaning, place in cells.items() if meaning not in set(PERSON_TITLES.values())}
    made.rows.append(SheetRow(sheet.name, row.line, named, wanted, found))


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
