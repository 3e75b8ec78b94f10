"""Results from a sheet as teachers have it: checked whole, applied whole, the same sheet again changes nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.kit.clock import now, today
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.ids import new_id
from nuanyang.kit.sheets import UploadedFile
from nuanyang.school.results import policy, repository, rules
from nuanyang.school.results.models import Exam, ExamSubject, LevelScheme, Result
from nuanyang.school.results.service.corrections import correct_result
from nuanyang.school.results.service.exams import found_exam
from nuanyang.school.sheets.rules import Candidate, Directory, Finding, Miss, full_marks_in, plain_title
from nuanyang.school.sheets.schemas import SheetAnswer, SheetReport
from nuanyang.school.sheets.service import (
    Counts,
    Place,
    SheetRow,
    Uploaded,
    ask,
    candidates,
    miss_finding,
    read_upload,
    refuse_unless_clean,
    report,
    without_twins,
)
from nuanyang.school.years.service import year_of


@dataclass(frozen=True, slots=True)
class _Subject:
    row: ExamSubject
    levels: list[str]


@dataclass(frozen=True, slots=True)
class _Entry:
    student: Candidate
    subject_id: UUID
    mark: rules.Mark
    place: Place


@dataclass(frozen=True, slots=True)
class Sending:
    """How a sheet is sent: only to be checked, or applied; and what the sender has said about it."""

    is_dry_run: bool
    is_english: bool
    answers: Sequence[SheetAnswer] = ()
    reason: str | None = None
    zeros_confirmed: bool = False


async def import_results(
    session: AsyncSession, caller: Caller, exam_id: UUID, file: UploadedFile, keyring: Keyring, sending: Sending
) -> SheetReport:
    """Check a sheet against an exam and, unless it is a dry run, apply it all or not at all."""
    exam = await found_exam(session, caller, exam_id, lock=not sending.is_dry_run)
    subjects = {
        f"subject:{subject.id}": _Subject(subject, levels_of(scheme))
        for subject, scheme in await repository.subjects_of(session, caller.school_id, [exam.id])
    }
    directory = Directory.of(await students_of(session, exam))
    read = await read_upload(file, _titles(subjects), directory, keyring, answers=sending.answers)
    _check_full_marks(read, subjects)
    taught = await repository.taught(session, caller, today())
    rows = [row for row in without_twins(read) if _is_theirs(caller, taught, row, read, is_english=sending.is_english)]
    known = await repository.existing(session, caller.school_id, exam.id)
    entries = [entry for row in rows for entry in _entries(row, subjects, read)]
    entries = _without_foreign(caller, taught, entries, known, subjects, read)
    entries = _without_blanks(entries, known, subjects, read)
    _tell_missing_subjects(read, subjects)
    counts = _compare(entries, known)
    zeros = any(entry.mark.is_zero and not _is_known_zero(entry, known) for entry in entries)
    made = report(
        read,
        counts,
        is_dry_run=sending.is_dry_run,
        is_english=sending.is_english,
        needs_confirmation=zeros and not sending.zeros_confirmed,
        needs_reason=bool(counts.changed) and not sending.reason,
    )
    if sending.is_dry_run:
        return made
    refuse_unless_clean(made)
    await _write(session, caller, exam, entries, known, sending.reason or "")
    await repository.settle(session, caller.school_id, exam.id, rules.LEVELS_ONLY_UP_TO)
    return made


async def students_of(session: AsyncSession, exam: Exam) -> list[Candidate]:
    """Who was in the exam's grade on its day."""
    exam_year, present = await year_of(session, exam.school_id, exam.held_on), await year_of(session, exam.school_id, today())
    back = present.starts_on.year - exam_year.starts_on.year
    return await candidates(session, exam.school_id, exam.held_on, grade=exam.grade, years_back=max(back, 0))


def levels_of(scheme: LevelScheme | None) -> list[str]:
    """The names of a scheme's levels, best first."""
    return [entry["level"] for entry in scheme.levels] if scheme else []


def _titles(subjects: dict[str, _Subject]) -> dict[str, str]:
    wanted: dict[str, str] = {}
    for meaning, entry in subjects.items():
        for title in rules.subject_titles(entry.row.subject, is_levelled=entry.row.full_marks is None):
            wanted.setdefault(plain_title(title), meaning)
    # 政治 may be a subject of its own beside 道德与法治: its own name comes before the other's alias.
    return wanted | {plain_title(entry.row.subject): meaning for meaning, entry in subjects.items()}


def _check_full_marks(read: Uploaded, subjects: dict[str, _Subject]) -> None:
    """What the sheet says of full marks, in a title or in a row 满分, must be what the exam says."""
    titles = {place.title: place.text for place in read.headers}
    said = [(place, titles[place.title], full_marks_in(place.title)) for place in read.headers]
    said += [(place, titles.get(place.title, ""), _whole(place.text)) for place in read.full_marks]
    for place, meaning, stated in said:
        subject = subjects.get(meaning)
        if subject is None or stated is None or subject.row.full_marks is None or stated == subject.row.full_marks:
            continue
        asked = f"{subject.row.full_marks.normalize():f}"
        zh = f"表中写满分 {stated} 分，考试设置的满分是 {asked} 分，请先核对。"
        en = f"The sheet says full marks of {stated}, the exam {asked}."
        read.findings.append(Finding("error", "full_marks_differ", zh, en, place.sheet, place.line, place.column, place.title, str(stated)))


def _whole(text: str) -> int | None:
    return int(Decimal(text)) if text.removesuffix(".0").isdecimal() and len(text) <= 6 else None


def _is_theirs(caller: Caller, taught: policy.Taught, row: SheetRow, read: Uploaded, *, is_english: bool) -> bool:
    """Whether a row speaks of somebody whose results the sender sees: of anybody else it is not even said whether something would change."""
    one = row.found
    if isinstance(one, Miss):
        ask(read, row, one, lambda near: caller.may("read", "basic", near.current_class_id, near.id), is_english=is_english)
        return False
    if caller.may("read", "academic", one.current_class_id, one.id) or taught.anything_in(one.current_class_id):
        return True
    read.findings.append(
        miss_finding(row, Miss("not_your_class", "不是您可以录入成绩的班级。", "You may not enter results of this class."))
    )
    return False


def _entries(row: SheetRow, subjects: dict[str, _Subject], read: Uploaded) -> list[_Entry]:
    """What one row says; its bad cells go into the findings."""
    if isinstance(row.found, Miss):
        return []
    made = []
    for meaning, place in row.cells.items():
        subject = subjects[meaning]
        mark = rules.read_mark(place.text, subject.row.full_marks, subject.levels)
        if isinstance(mark, rules.NotAMark):
            read.findings.append(place.finding("error", mark.code, mark.zh, mark.en))
            continue
        if mark.is_zero:
            read.findings.append(_zero(place))
        made.append(_Entry(row.found, subject.row.id, mark, place))
    return made


def _zero(place: Place) -> Finding:
    return place.finding(
        "warning", "zero", "0 分？如为缺考请填“缺考”，确为 0 分请确认。", "A mark of 0? Write 缺考 for an absence, or confirm it."
    )


def _without_blanks(
    entries: list[_Entry], known: dict[tuple[UUID, UUID], Result], subjects: dict[str, _Subject], read: Uploaded
) -> list[_Entry]:
    """An empty cell says nothing against what is known: a sheet filled in by half must not take the other half back."""
    kept, passed = [], Counter[UUID]()
    for entry in entries:
        before = known.get((entry.student.id, entry.subject_id))
        if entry.mark.status == "blank" and before is not None and before.status != "blank":
            passed[entry.subject_id] += 1
        else:
            kept.append(entry)
    for subject in subjects.values():
        if count := passed[subject.row.id]:
            zh = f"“{subject.row.subject}”有 {count} 名学生在表中为空，原成绩保持不变。"
            en = f"{subject.row.subject}: {count} cells are empty; their results stay as they are."
            read.findings.append(Finding("warning", "blank_kept", zh, en, title=subject.row.subject))
    return kept


def _without_foreign(
    caller: Caller,
    taught: policy.Taught,
    entries: list[_Entry],
    known: dict[tuple[UUID, UUID], Result],
    subjects: dict[str, _Subject],
    read: Uploaded,
) -> list[_Entry]:
    """A sheet of all subjects may be sent by whoever enters one of them, as long as it changes nothing besides."""
    names = {subject.row.id: subject.row.subject for subject in subjects.values()}
    kept = []
    for entry in entries:
        one, before = entry.student, known.get((entry.student.id, entry.subject_id))
        if policy.may_enter(caller, taught, one.current_class_id, one.id, names[entry.subject_id]):
            kept.append(entry)
        elif not (_is_same(entry, before) if before is not None else entry.mark.status == "blank"):
            zh, en = "这一班级或科目的成绩不由您录入。", "This class or subject is not yours to enter."
            read.findings.append(entry.place.finding("error", "not_yours_to_enter", zh, en))
    return kept


def _tell_missing_subjects(read: Uploaded, subjects: dict[str, _Subject]) -> None:
    for meaning, subject in subjects.items():
        if read.rows and meaning not in read.meanings:
            name = subject.row.subject
            zh, en = f"表中没有“{name}”一列，该科成绩不变。", f"There is no column {name}; its results stay as they are."
            read.findings.append(Finding("warning", "subject_missing", zh, en, title=name))


def _is_same(entry: _Entry, known: Result) -> bool:
    """Whether nothing changes. The class of the day counts too; a level worked out from a mark is not compared."""
    mark = entry.mark
    level_differs = mark.score is None and mark.level != known.result_level
    return (known.status, known.score, known.class_id) == (mark.status, mark.score, entry.student.class_id) and not level_differs


def _is_known_zero(entry: _Entry, known: dict[tuple[UUID, UUID], Result]) -> bool:
    before = known.get((entry.student.id, entry.subject_id))
    return before is not None and before.score == 0


def _compare(entries: list[_Entry], known: dict[tuple[UUID, UUID], Result]) -> Counts:
    counts = Counts()
    for entry in entries:
        before = known.get((entry.student.id, entry.subject_id))
        if before is None:
            counts.new += 1
        elif _is_same(entry, before):
            counts.unchanged += 1
        else:
            counts.changed += 1
    return counts


async def _write(
    session: AsyncSession, caller: Caller, exam: Exam, entries: list[_Entry], known: dict[tuple[UUID, UUID], Result], reason: str
) -> None:
    moment, fresh = now(), []
    for entry in entries:
        before = known.get((entry.student.id, entry.subject_id))
        if before is not None:
            if not _is_same(entry, before):
                correct_result(session, caller, before, entry.mark, entry.student.class_id, reason)
            continue
        values: dict[str, object] = {"status": entry.mark.status, "score": entry.mark.score, "result_level": entry.mark.level}
        ids: dict[str, object] = {
            "school_id": exam.school_id,
            "id": new_id(),
            "exam_id": exam.id,
            "exam_subject_id": entry.subject_id,
            "student_id": entry.student.id,
            "class_id": entry.student.class_id,
        }
        fresh.append({**ids, **values, "entered_at": moment, "version": 1})
    await session.flush()
    for start in range(0, len(fresh), 1_000):
        await session.execute(insert(Result), fresh[start : start + 1_000])
