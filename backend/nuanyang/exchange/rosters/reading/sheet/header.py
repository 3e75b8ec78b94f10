"""Finding the header of a sheet and what each column stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.sheet.fields import FIELDS, IGNORE, REQUIRED, STUDENT, field_for, group_number, plain_header

LOOKED_AT = 12  # rows in which a header is sought: title lines may stand above it
KNOWN_AT_LEAST = 3


@dataclass(slots=True)
class Header:
    """Where the data begin, and the field of each column (None: not taken)."""

    first_data_row: int  # counted from 0
    titles: list[str]
    fields: list[str | None]


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """Look for the header in the first rows: a single row, or a double one whose upper row groups the members."""
    best: tuple[int, Header] | None = None
    for at, row in enumerate(rows[:LOOKED_AT]):
        found = _double(rows, at) or _single(row, at)
        known = sum(field is not None for field in found.fields)
        if "name" in found.fields and known >= KNOWN_AT_LEAST and (best is None or known > best[0]):
            best = known, found
    return best[1] if best else None


def _single(row: Sequence[str], at: int) -> Header:
    return Header(at + 1, list(row), [field_for(cell) if cell else None for cell in row])


def _double(rows: Sequence[Sequence[str]], at: int) -> Header | None:
    upper = rows[at]
    if at + 1 >= len(rows) or not any(group_number(cell) and field_for(cell) is None for cell in upper if cell):
        return None
    lower = [*rows[at + 1], *[""] * max(0, len(upper) - len(rows[at + 1]))]
    titles: list[str] = []
    fields: list[str | None] = []
    group: str | None = None
    for place, below in enumerate(lower):
        above = upper[place] if place < len(upper) else ""
        if above:
            group = above if group_number(above) else None
        title = f"{group}{below}" if group and below else above or below
        titles.append(title)
        fields.append(field_for(below, group) if group and below else field_for(title) if title else None)
    return Header(at + 2, titles, fields)


def apply_mapping(header: Header, mapping: Mapping[str, str], file: str, findings: Findings) -> None:
    """Let an edited mapping (header → field, or `ignore`) win over what the names say."""
    wanted = {plain_header(title): field for title, field in mapping.items()}
    seen = {plain_header(title) for title in header.titles}
    for title, field in mapping.items():
        if field not in FIELDS and field != IGNORE:
            findings.add("mapping_unknown_field", file, name=field)
        if plain_header(title) not in seen:
            findings.add("mapping_unknown_header", file, severity="warning", name=title)
    for place, title in enumerate(header.titles):
        said = wanted.get(plain_header(title))
        if said is not None:
            header.fields[place] = None if said == IGNORE else said
            for other, name in enumerate(header.fields):
                if other != place and name == said and plain_header(header.titles[other]) not in wanted:
                    header.fields[other] = None


def check_header(header: Header, file: str, findings: Findings, *, ignored: frozenset[str] = frozenset()) -> bool:
    """Tell unknown, doubled and missing columns; False when what a row needs is not there."""
    line, seen = header.first_data_row, set[str]()
    for place, (title, field) in enumerate(zip(header.titles, header.fields, strict=True)):
        if field is None:
            if title and plain_header(title) not in ignored:
                findings.add("sheet_unmapped", file, line, title, severity="warning")
        elif field in seen:
            findings.add("sheet_two_columns", file, line, title, severity="warning", name=FIELDS[field].label)
            header.fields[place] = None
        else:
            seen.add(field)
    missing = [name for name in REQUIRED if name not in seen]
    if not seen & {"identity_number", "registration_number", "birth_on"}:
        missing.append("birth_on")
    for name in missing:
        findings.add("sheet_missing", file, line, name=STUDENT[name].label)
    return not missing
