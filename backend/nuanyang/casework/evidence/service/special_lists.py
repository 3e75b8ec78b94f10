"""Lists of special groups that other offices keep: known by identity number, else by name, class and birth date; doubtful rows wait for a decision."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.guards import expect_version
from nuanyang.casework.evidence import repository
from nuanyang.casework.evidence.catalogue import KINDS, Kind, kind_of_list
from nuanyang.casework.evidence.errors import RowDecided
from nuanyang.casework.evidence.models import Evidence, SpecialListRow
from nuanyang.casework.evidence.rules import LIST_COLUMNS, read_fact
from nuanyang.casework.evidence.schemas import ListRows, ListRowShown, NearStudent
from nuanyang.casework.evidence.service.entering import correct, note_evidence
from nuanyang.casework.evidence.service.showing import kind_name
from nuanyang.kit.clock import now, today
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.errors import FieldError, Forbidden, Invalid, NotFound
from nuanyang.kit.ids import new_id
from nuanyang.kit.paging import encode_cursor
from nuanyang.kit.sheets import UploadedFile
from nuanyang.school.sheets.rules import Candidate, Directory, Finding, Miss, day_of
from nuanyang.school.sheets.schemas import SheetReport
from nuanyang.school.sheets.service import Counts, SheetRow, Uploaded, candidates, miss_finding, read_upload, refuse_unless_clean, report
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import visible_student
from nuanyang.school.years.models import SchoolYear
from nuanyang.school.years.service import year_of

# Reasons of the work list: near a student, but not certain.
REASONS = {
    "several_students": ("有多名同名学生", "Several students have this name"),
    "name_differs": ("证件号码对应的学生姓名不同", "The identity number belongs to a student of another name"),
    "not_in_class": ("姓名相同，但不在所写班级", "Same name, but not in the class given"),
    "unknown_class": ("姓名相同，但没有所写班级", "Same name, but there is no such class"),
    "birth_differs": ("姓名相同，出生日期不同", "Same name, other birth date"),
    "number_unknown": ("姓名相同，证件号码对不上", "Same name, but the identity number is unknown"),
    "similar_name": ("班级相同，姓名写法相近", "Same class, a similar name"),
    "name_only": ("只有姓名相同，没有其他信息可核对", "Only the name agrees"),
}


@dataclass(frozen=True, slots=True)
class _Entry:
    row: SheetRow
    kind: Kind
    facts: dict[str, Any]
    observed_on: date


@dataclass(slots=True)
class _Sorted:
    """The rows of a list: certain ones by student and kind, doubtful ones, and those that mean nobody here."""

    certain: dict[tuple[UUID, str], _Entry] = field(default_factory=dict)
    doubtful: list[tuple[_Entry, Miss]] = field(default_factory=list)
    strangers: int = 0


async def import_list(
    session: AsyncSession,
    caller: Caller,
    file: UploadedFile,
    keyring: Keyring,
    *,
    kind_code: str | None,
    observed_on: date | None,
    is_dry_run: bool,
    is_english: bool,
) -> SheetReport:
    """Check a list and, unless it is a dry run, enter its certain rows and put the doubtful ones on the work list."""
    kind = _kind(kind_code, file.filename or "")
    _demand(caller, kind)
    day = observed_on or today()
    directory = Directory.of(await candidates(session, caller.school_id, today()))
    read = await read_upload(file, LIST_COLUMNS, directory, keyring, people_suffice=True)
    found = _sort(caller, read, kind, day)
    year = await year_of(session, caller.school_id)
    kinds = {entry.kind.code for entry in found.certain.values()} or ({kind.code} if kind else set())
    known = await repository.listed(session, caller, year.id, kinds)
    counts = _compare(found, known)
    _tell_no_longer_listed(read, known, found, directory)
    made = report(read, counts, is_dry_run=is_dry_run, needs_confirmation=False, is_english=is_english)
    await showed(session, caller, ((row.student_id, row.data_class) for key, row in known.items() if key not in found.certain))
    if is_dry_run:
        return made
    refuse_unless_clean(made)
    await _write(session, caller, year, found, known, PurePath(file.filename or "").stem)
    return made


def _kind(code: str | None, file_name: str) -> Kind | None:
    """The kind of the whole list, as asked for or as the file is called; None when every row has to say it."""
    if code is None:
        meant = kind_of_list(PurePath(file_name).stem)
        return meant[0] if meant else None
    if code not in KINDS or "special_list" not in KINDS[code].sources:
        raise Invalid(errors=[FieldError("#/query/kind", "unknown_kind", "没有这类名单。", "There is no such list.")])
    return KINDS[code]


def _demand(caller: Caller, kind: Kind | None) -> None:
    classes = {kind.data_class} if kind else {"economic", "health", "family"}
    if not any(caller.scope(c, "write").whole for c in classes):
        raise Forbidden


def _sort(caller: Caller, read: Uploaded, kind: Kind | None, day: date) -> _Sorted:
    found = _Sorted()
    for row in read.rows:
        entry = _entry(caller, row, kind, day, read)
        if entry is None:
            continue
        match = _certain(row)
        if isinstance(match, Candidate):
            found.certain.setdefault((match.id, entry.kind.code), entry)
        elif match.near:
            read.findings.append(miss_finding(row, match, "warning"))
            found.doubtful.append((entry, match))
        else:
            read.findings.append(miss_finding(row, match, "warning"))
            found.strangers += 1
    return found


def _certain(row: SheetRow) -> Candidate | Miss:
    """A name alone is never enough to call a child poor or disabled."""
    named, match = row.named, row.found
    if isinstance(match, Candidate) and not (named.identity or named.registration or named.number or named.class_label or named.birth_on):
        return Miss("name_only", "只有姓名相同，请核实。", "Only the name agrees.", (match.id,))
    return match


def _entry(caller: Caller, row: SheetRow, kind: Kind | None, day: date, read: Uploaded) -> _Entry | None:
    said, facts = row.cells.get("kind"), dict[str, Any]()
    if said is not None and said.text:
        meant = kind_of_list(said.text)
        if meant is not None and (kind is None or meant[0] == kind):
            kind, facts = meant[0], dict(meant[1])
        elif kind is None:
            read.findings.append(said.finding("error", "unknown_kind", "不认识的类别。", "The kind is unknown."))
            return None
    if kind is None:
        zh, en = "不知道这是什么名单：请选择类别，或加一列“类别”。", "Which list is this? Choose the kind, or add a column 类别."
        read.findings.append(Finding("error", "kind_missing", zh, en, row.sheet, row.line))
        return None
    if not caller.scope(kind.data_class, "write").whole:
        read.findings.append(
            Finding("error", "not_your_list", "您不能导入这类名单。", "This list is not yours to import.", row.sheet, row.line)
        )
        return None
    for fact in kind.facts:
        place = row.cells.get(fact.code)
        if place is None or not place.text:
            continue
        value = read_fact(fact, place.text, day_of)
        if value is None:
            read.findings.append(
                place.finding("warning", "fact_unread", "看不懂这一格，未导入该项。", "This cell was not understood and not taken.")
            )
        else:
            facts[fact.code] = value
    since = facts.get("since_on")
    return _Entry(row, kind, facts, min(date.fromisoformat(since), today()) if since else day)


def _compare(found: _Sorted, known: dict[tuple[UUID, str], Evidence]) -> Counts:
    counts = Counts(unmatched=len(found.doubtful) + found.strangers)
    for key, entry in found.certain.items():
        before = known.get(key)
        if before is None:
            counts.new += 1
        elif before.facts == entry.facts:
            counts.unchanged += 1
        else:
            counts.changed += 1
    return counts


def _tell_no_longer_listed(read: Uploaded, known: dict[tuple[UUID, str], Evidence], found: _Sorted, directory: Directory) -> None:
    """Who was on this list before and is not any more: told, never withdrawn by itself."""
    names = {one.id: one.name for group in directory.by_name.values() for one in group}
    for student_id, code in known:
        if (student_id, code) not in found.certain:
            name = names.get(student_id, "")
            zh, en = (
                "此前在名单上，这次没有；如已不再享受请撤回该依据。",
                "Was on this list before and is not now; withdraw the evidence if it no longer holds.",
            )
            read.findings.append(Finding("warning", "no_longer_listed", zh, en, title=KINDS[code].zh, value=name))


async def _write(
    session: AsyncSession, caller: Caller, year: SchoolYear, found: _Sorted, known: dict[tuple[UUID, str], Evidence], list_name: str
) -> None:
    for (student_id, code), entry in found.certain.items():
        before = known.get((student_id, code))
        if before is None:
            _add(session, caller, year, student_id, entry.kind, entry.facts, entry.observed_on, list_name)
        elif before.facts != entry.facts:
            changed = {"facts": entry.facts, "observed_on": entry.observed_on}
            correct(session, caller, before, changed, f"名单更新：{list_name}"[:2_000])
    waiting = await repository.open_row_names(session, caller.school_id, year.id)
    for entry, miss in found.doubtful:
        if (entry.kind.code, entry.row.named.name, entry.row.named.class_label or None) not in waiting:
            session.add(_waiting(caller, year, entry, miss, list_name))
    await session.flush()


def _add(
    session: AsyncSession,
    caller: Caller,
    year: SchoolYear,
    student_id: UUID,
    kind: Kind,
    facts: dict[str, Any],
    observed_on: date,
    list_name: str,
) -> Evidence:
    evidence = Evidence(
        school_id=caller.school_id,
        id=new_id(),
        student_id=student_id,
        school_year_id=year.id,
        source="special_list",
        category=kind.category,
        kind=kind.code,
        data_class=kind.data_class,
        observed_on=observed_on,
        note=list_name[:200] or None,
        facts=facts,
        reported_by_staff_id=caller.staff_id,
        created_by=caller.account_id,
    )
    session.add(evidence)
    note_evidence(session, caller, evidence, "evidence_added")
    return evidence


def _waiting(caller: Caller, year: SchoolYear, entry: _Entry, miss: Miss, list_name: str) -> SpecialListRow:
    return SpecialListRow(
        school_id=caller.school_id,
        id=new_id(),
        school_year_id=year.id,
        kind=entry.kind.code,
        data_class=entry.kind.data_class,
        list_name=list_name[:200],
        name=entry.row.named.name[:60],
        class_label=entry.row.named.class_label[:60] or None,
        birth_on=entry.row.named.birth_on,
        observed_on=entry.observed_on,
        facts=entry.facts,
        reason=miss.code,
        near_ids=[str(one) for one in miss.near],
        created_by=caller.account_id,
    )


async def work_list(session: AsyncSession, caller: Caller, *, after: UUID | None, limit: int, is_english: bool) -> ListRows:
    """The rows that wait, of the classes the caller keeps for the whole school."""
    rows = await repository.open_rows(session, caller, after=after, limit=limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    students = await repository.students_by_id(session, caller.school_id, {UUID(str(one)) for row in rows for one in row.near_ids})
    await showed(session, caller, ((UUID(str(one)), row.data_class) for row in rows for one in row.near_ids if UUID(str(one)) in students))
    return ListRows(
        items=[_row_shown(row, students, is_english=is_english) for row in rows],
        next_cursor=encode_cursor(rows[-1].id) if more else None,
        count=await repository.count_open_rows(session, caller),
    )


def _row_shown(row: SpecialListRow, students: dict[UUID, tuple[Student, str | None]], *, is_english: bool) -> ListRowShown:
    near = [students[UUID(str(one))] for one in row.near_ids if UUID(str(one)) in students]
    same = ("id", "version", "kind", "list_name", "name", "class_label", "birth_on", "observed_on", "reason")
    return ListRowShown(
        **{name: getattr(row, name) for name in same},
        kind_name=kind_name(row.kind, is_english=is_english),
        reason_text=REASONS.get(row.reason, ("需要核实", "Needs checking"))[1 if is_english else 0],
        near=[NearStudent(id=s.id, name=s.name, class_name=c, birth_on=s.birth_on) for s, c in near],
    )


async def match_row(session: AsyncSession, caller: Caller, row_id: UUID, seen: int, student_id: UUID) -> Evidence:
    """Say whom a row means: the evidence is entered."""
    row = await _row(session, caller, row_id, seen)
    student = await visible_student(session, caller, student_id)
    year = await year_of(session, caller.school_id)
    known = await repository.listed(session, caller, year.id, [row.kind])
    evidence = known.get((student.id, row.kind)) or _add(
        session, caller, year, student.id, KINDS[row.kind], row.facts, row.observed_on, row.list_name
    )
    await session.flush()
    row.state, row.evidence_id = "matched", evidence.id
    row.decided_at, row.decided_by = now(), caller.account_id
    await session.flush()
    return evidence


async def set_row_aside(session: AsyncSession, caller: Caller, row_id: UUID, seen: int, reason: str) -> None:
    """Say that a row means nobody here."""
    row = await _row(session, caller, row_id, seen)
    row.state, row.decided_reason = "set_aside", reason
    row.decided_at, row.decided_by = now(), caller.account_id
    await session.flush()


async def _row(session: AsyncSession, caller: Caller, row_id: UUID, seen: int) -> SpecialListRow:
    row = await repository.list_row(session, caller, row_id)
    if row is None or not caller.scope(row.data_class, "write").whole:
        raise NotFound
    if row.state != "open":
        raise RowDecided
    expect_version(seen, row.version)
    return row
