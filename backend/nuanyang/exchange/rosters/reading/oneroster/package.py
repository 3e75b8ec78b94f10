"""One OneRoster package from manifest to records."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nuanyang.exchange.rosters.reading.archive import Files
from nuanyang.exchange.rosters.reading.findings import Findings
from nuanyang.exchange.rosters.reading.oneroster.alone import Alone, tell_strangers
from nuanyang.exchange.rosters.reading.oneroster.joining import join_people, roles_from_users, tell_roleless
from nuanyang.exchange.rosters.reading.oneroster.layouts import LAYOUTS
from nuanyang.exchange.rosters.reading.oneroster.loading import Loaded, load_file, open_database
from nuanyang.exchange.rosters.reading.oneroster.manifest import FILE, check_set, read_manifest
from nuanyang.exchange.rosters.reading.oneroster.people import People
from nuanyang.exchange.rosters.reading.oneroster.relations import check_relations, index
from nuanyang.exchange.rosters.reading.oneroster.structure import Structure, read_structure
from nuanyang.exchange.rosters.reading.records import Before, Item, Known, Marker, Package, item, withdrawn

Progress = Callable[[float], None]
# Asked with the record of a school: the fingerprints known of it, or None when its records are not wanted.
Ask = Callable[[Item], Known | None]


def load_package(files: Files, findings: Findings, progress: Progress) -> tuple[Package, Loaded] | None:
    """Check the package and load its rows; None when nothing can be read."""
    if FILE not in files.sizes:
        _tell_no_manifest(files, findings)
        return None
    manifest = read_manifest(files, findings)
    if manifest is None:
        return None
    present = check_set(files, manifest, findings)
    loaded = Loaded(open_database())
    total, done = sum(files.sizes[f"{name}.csv"] for name in present) or 1, 0
    for name in present:
        load_file(files, name, LAYOUTS[manifest.version][name], manifest.modes.get(name, "bulk"), loaded, findings)
        done += files.sizes[f"{name}.csv"]
        progress(done / total)
    if not present:
        findings.add("no_updates", FILE, severity="note")
    return Package("oneroster", manifest.version, "bulk" if _is_bulk(loaded) else "delta", manifest.source, dict(loaded.rows)), loaded


def _tell_no_manifest(files: Files, findings: Findings) -> None:
    by_lower = {given.lower(): given for given in files.sizes}
    if FILE in by_lower:
        findings.add("wrong_case_file", by_lower[FILE], expected=FILE)
    elif {"users.csv", "orgs.csv"} & by_lower.keys():
        findings.add("oneroster_1_0", files.label)
    else:
        findings.add("sheet_in_archive" if any(name.endswith(".csv") for name in by_lower) else "not_a_roster", files.label)


def _is_bulk(loaded: Loaded) -> bool:
    """Whether the package is a whole set: people, classes and seats say so where any of them is there, else whatever is."""
    main = [loaded.bulk[name] for name in ("users", "classes", "enrollments") if name in loaded.bulk]
    return all(main or loaded.bulk.values())


def check_package(loaded: Loaded, findings: Findings, today: str, before: Before | None = None) -> Structure:
    """Everything that holds between rows, and the joins; afterwards the records can be streamed."""
    if "users" in loaded.columns and "roles" not in loaded.columns and "role" in loaded.columns["users"]:
        roles_from_users(loaded)
    index(loaded)
    check_relations(loaded, findings)
    structure = read_structure(loaded, findings, before)
    join_people(loaded, structure, findings, today, before)
    if _is_bulk(loaded):
        tell_roleless(loaded, findings)
    else:
        tell_strangers(loaded, structure, findings)
    return structure


def package_items(loaded: Loaded, structure: Structure, findings: Findings, marker: Marker, today: str, ask: Ask) -> Iterator[Item]:
    """The records, school by school: years, terms, classes, staff, who teaches what, guardians, students."""
    people, alone = People(loaded, structure, findings, marker, today), Alone(loaded, structure)
    for key, (school, line, gone) in structure.schools.items():
        if gone:
            continue
        head = item(key, "school", key, "orgs.csv", line, school)
        known = ask(head)
        if known is None:
            continue
        yield head
        yield from _calendar(key, structure)
        yield from _classes(key, structure)
        yield from people.staff(key)
        yield from alone.posts_over(key)
        yield from people.class_staff(key)
        yield from people.guardians(key, known.get("guardian", {}))
        yield from people.students(key, known.get("student", {}))
        yield from alone.people(key)


def _calendar(school: str, structure: Structure) -> Iterator[Item]:
    for key, year in structure.years.items():
        yield item(school, "school_year", key, "academicSessions.csv", year.line, year.record)
        for term_key, term, line in year.terms:
            yield item(school, "term", term_key, "academicSessions.csv", line, term)


def _classes(school: str, structure: Structure) -> Iterator[Item]:
    for key, group in structure.classes.items():
        if group.school != school or not group.is_homeroom:
            continue
        if group.gone:
            yield withdrawn(school, "class", key, "classes.csv", group.line)
        elif group.record is not None and not group.is_from_before:
            yield item(school, "class", key, "classes.csv", group.line, group.record)
