"""Results from a sheet as teachers have it: checked whole, applied whole, the same sheet again changes nothing."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.kit.clock import now, today
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.errors import Forbidden
from nuanyang.kit.ids import new_id
from nuanyang.kit.sheets import UploadedFile
from nuanyang.school.results import repository, rules
from nuanyang.school.results.models import Exam, ExamSubject, LevelScheme, Result, ResultChange
from nuanyang.school.results.service.exams import found_exam
from nuanyang.school.sheets.rules import Candidate, Directory, Finding, Miss, plain_title
from nuanyang.school.sheets.schemas import SheetReport
from nuanyang.school.sheets.service import (
    Counts,
    Place,
    SheetRow,
    Uploaded,
    candidates,
    miss_finding,
    read_upload,
    refuse_twins,
    refuse_unless_clean,
    report,
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


async def import_results(
    session: AsyncSession,
    caller: Caller,
    exam_id: UUID,
    file: UploadedFile,
    keyring: Keyring,
    *,
    is_dry_run: bool,
    zeros_confirmed: bool,
    is_english: bool,
) -> SheetReport:
    """Check a sheet against an exam and, unless it is a dry run, apply it all or not at all."""
    if not caller.scope("academic", "write"):
        raise Forbidden
    exam = await found_exam(session, caller, exam_id, lock=not is_dry_run)
    subjects = {
        f"subject:{subject.id}": _Subject(subject, _levels(scheme))
        for subject, scheme in await repository.subjects_of(session, caller.school_id, [exam.id])
    }
    wanted = {plain_title(entry.row.subject): meaning for meaning, entry in subjects.items()}
    directory = Directory.of(await students_of(session, exam))
    read = await read_upload(file, wanted, directory, keyring)
    entries = [entry for row in read.rows for entry in _entries(caller, row, subjects, read)]
    refuse_twins(read.rows, read.findings)
    _tell_missing_subjects(read, subjects)
    known = await repository.existing(session, caller.school_id, exam.id)
    counts = _compare(entries, known)
    zeros = any(entry.mark.is_zero for entry in entries)
    made = report(read, counts, is_dry_run=is_dry_run, needs_confirmation=zeros and not zeros_confirmed, is_english=is_english)
    if is_dry_run:
        return made
    refuse_unless_clean(made)
    await _write(session, caller, exam, entries, known)
    await repository.settle(session, caller.school_id, exam.id, rules.LEVELS_ONLY_UP_TO)
    return made


async def students_of(session: AsyncSession, exam: Exam) -> list[Candidate]:
    """Who was in the exam's grade on its day."""
    exam_year, present = await year_of(session, exam.school_id, exam.held_on), await year_of(session, exam.school_id, today())
    back = present.starts_on.year - exam_year.starts_on.year
    return await candidates(session, exam.school_id, exam.held_on, grade=exam.grade, years_back=max(back, 0))


def _levels(scheme: LevelScheme | None) -> list[str]:
    return [entry["level"] for entry in scheme.levels] if scheme else []


def _entries(caller: Caller, row: SheetRow, subjects: dict[str, _Subject], read: Uploaded) -> list[_Entry]:
    """What one row says; its bad cells go into the findings."""
    if isinstance(row.found, Miss):
        read.findings.append(miss_finding(row, row.found))
        return []
    if not caller.may("write", "academic", row.found.current_class_id, row.found.id):
        miss = Miss("not_your_class", "不是您可以录入成绩的班级。", "You may not enter results of this class.")
        read.findings.append(miss_finding(row, miss))
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
        made.append(_Entry(row.found, subject.row.id, mark))
    return made


def _zero(place: Place) -> Finding:
    return place.finding(
        "warning", "zero", "0 分？如为缺考请填“缺考”，确为 0 分请确认。", "A mark of 0? Write 缺考 for an absence, or confirm it."
    )


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


async def _write(session: AsyncSession, caller: Caller, exam: Exam, entries: list[_Entry], known: dict[tuple[UUID, UUID], Result]) -> None:
    moment, fresh = now(), []
    for entry in entries:
        before, mark = known.get((entry.student.id, entry.subject_id)), entry.mark
        values: dict[str, object] = {
            "class_id": entry.student.class_id,
            "status": mark.status,
            "score": mark.score,
            "result_level": mark.level,
            "entered_at": moment,
        }
        if before is None:
            ids: dict[str, object] = {
                "school_id": exam.school_id,
                "id": new_id(),
                "exam_id": exam.id,
                "exam_subject_id": entry.subject_id,
                "student_id": entry.student.id,
            }
            fresh.append(ids | values)
        elif not _is_same(entry, before):
            _correct(session, caller, before, values)
    await session.flush()
    for start in range(0, len(fresh), 1_000):
        await session.execute(insert(Result), fresh[start : start + 1_000])


def _correct(session: AsyncSession, caller: Caller, result: Result, values: dict[str, object]) -> None:
    session.add(
        ResultChange(
            school_id=result.school_id,
            result_id=result.id,
            status=result.status,
            score=result.score,
            result_level=result.result_level,
            changed_at=now(),
            changed_by=caller.account_id,
        )
    )
    for name, value in values.items():
        setattr(result, name, value)
