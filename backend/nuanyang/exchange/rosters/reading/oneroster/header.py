"""The header row of one file against its layout: names, case, order, extensions."""

from __future__ import annotations

from collections.abc import Sequence

from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.oneroster.layouts import OPTIONAL_BEFORE, Column


def check_header(name: str, header: Sequence[str], columns: Sequence[Column], findings: Findings) -> bool:
    """Tell everything that is wrong with a header; False when its rows cannot be read by name."""
    file, before = f"{name}.csv", findings.errors
    defined = [column.name for column in columns]
    _duplicates(file, header, findings)
    if not set(header) & set(defined):
        found = next((mark for mark in ";\t|" if header and mark in header[0]), None)
        if found is not None:
            findings.add("wrong_separator", file, 1, found="Tab" if found == "\t" else found)
        else:
            findings.add("no_header", file, 1, value=header[0] if header else None)
        return False
    _unknown(file, header, [*defined, *OPTIONAL_BEFORE.get(name, ())[:1]], findings)
    missing = [column for column in columns if column.name not in header]
    lower = {given.lower() for given in header}
    for column in missing:
        if column.name.lower() in lower:
            continue  # told as a wrong case
        if column.required or column.name in {"status", "dateLastModified"}:
            findings.add("missing_column", file, 1, column.name)
        else:
            findings.add("missing_optional_column", file, 1, column.name, severity="warning")
    _order(name, header, defined, findings)
    return findings.errors == before


def _duplicates(file: str, header: Sequence[str], findings: Findings) -> None:
    seen: set[str] = set()
    for given in header:
        if given in seen:
            findings.add("duplicate_column", file, 1, given)
        seen.add(given)


def _unknown(file: str, header: Sequence[str], known: Sequence[str], findings: Findings) -> None:
    by_lower = {name.lower(): name for name in known}
    for given in header:
        if given in known or given.startswith("metadata."):
            continue
        if given.lower() in by_lower:
            findings.add("wrong_case_column", file, 1, given, expected=by_lower[given.lower()])
        else:
            findings.add("unknown_column", file, 1, given)


def _order(name: str, header: Sequence[str], defined: Sequence[str], findings: Findings) -> None:
    order = list(defined)
    if name in OPTIONAL_BEFORE and OPTIONAL_BEFORE[name][0] in header:
        extra, before = OPTIONAL_BEFORE[name]
        order.insert(order.index(before), extra)
    given = [column for column in header if column in order]
    due = [column for column in order if column in given]
    for found, expected in zip(given, due, strict=False):
        if found != expected:
            findings.add("wrong_column_order", f"{name}.csv", 1, found, expected=expected)
            break
    extended = False
    for column in header:
        extended = extended or column.startswith("metadata.")
        if extended and column in order:
            findings.add("extension_order", f"{name}.csv", 1, column)
            break
