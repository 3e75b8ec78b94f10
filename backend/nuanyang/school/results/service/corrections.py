"""Correcting single results: what was there before is kept with the reason; levels and bands follow."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import expect_version
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import FieldError, Forbidden, Invalid
from nuanyang.kit.ids import new_id
from nuanyang.school.results import policy, repository, rules
from nuanyang.school.results.errors import NothingChanged, ZeroUnconfirmed
from nuanyang.school.results.models import Exam, ExamSubject, LevelScheme, Result, ResultChange
from nuanyang.school.results.schemas import EntryPatch
from nuanyang.school.results.service.exams import found_exam
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import visible_student


async def correct_entry(session: AsyncSession, caller: Caller, exam_id: UUID, student_id: UUID, seen: int, body: EntryPatch) -> Exam:
    """Change what an exam says of one student, in the words of a sheet: 95, 缺考, B; with the reason."""
    exam = await found_exam(session, caller, exam_id, lock=True)
    student = await visible_student(session, caller, student_id)
    taught = await repository.taught(session, caller, today())
    known = await repository.results_of(session, caller.school_id, exam.id, student.id)
    expect_version(seen, sum(result.version for result in known.values()))
    marks = _marks(caller, taught, student, await repository.subjects_of(session, caller.school_id, [exam.id]), body)
    changed = {subject_id: mark for subject_id, mark in marks.items() if not _says(known.get(subject_id), mark)}
    if not changed:
        raise NothingChanged
    if any(mark.is_zero for mark in changed.values()) and not body.confirm_zeros:
        raise ZeroUnconfirmed
    for subject_id, mark in changed.items():
        _put(session, caller, exam, subject_id, student, known, mark, body.reason)
    await session.flush()
    await repository.settle(session, caller.school_id, exam.id, rules.LEVELS_ONLY_UP_TO)
    return exam


def _marks(
    caller: Caller, taught: policy.Taught, student: Student, found: Sequence[tuple[ExamSubject, LevelScheme | None]], body: EntryPatch
) -> dict[UUID, rules.Mark]:
    """What was sent, read as a sheet is; what cannot be read is told by its place."""
    subjects = {subject.id: (subject, scheme) for subject, scheme in found}
    marks: dict[UUID, rules.Mark] = {}
    errors = []
    for place, one in enumerate(body.results):
        if one.subject_id not in subjects:
            errors.append(
                FieldError(f"#/results/{place}/subject_id", "unknown_subject", "这次考试没有这一科。", "Not a subject of this exam.")
            )
            continue
        subject, scheme = subjects[one.subject_id]
        if not policy.may_enter(caller, taught, student.class_id, student.id, subject.subject):
            raise Forbidden
        mark = rules.read_mark(one.mark, subject.full_marks, [entry["level"] for entry in scheme.levels] if scheme else [])
        if isinstance(mark, rules.NotAMark):
            errors.append(FieldError(f"#/results/{place}/mark", mark.code, mark.zh, mark.en))
        else:
            marks[subject.id] = mark
    if errors:
        raise Invalid(errors=errors)
    return marks


def _says(known: Result | None, mark: rules.Mark) -> bool:
    if known is None:
        return mark.status == "blank"
    return (known.status, known.score) == (mark.status, mark.score) and (mark.score is not None or known.result_level == mark.level)


def _put(
    session: AsyncSession,
    caller: Caller,
    exam: Exam,
    subject_id: UUID,
    student: Student,
    known: dict[UUID, Result],
    mark: rules.Mark,
    reason: str,
) -> None:
    before = known.get(subject_id)
    if before is not None:
        correct_result(session, caller, before, mark, before.class_id, reason)
        return
    class_id = next((result.class_id for result in known.values()), student.class_id)
    row = Result(
        school_id=exam.school_id,
        id=new_id(),
        exam_id=exam.id,
        exam_subject_id=subject_id,
        student_id=student.id,
        class_id=class_id,
        status="blank",
        entered_at=now(),
    )
    session.add(row)
    correct_result(session, caller, row, mark, class_id, reason)


def correct_result(session: AsyncSession, caller: Caller, result: Result, mark: rules.Mark, class_id: UUID | None, reason: str) -> None:
    """Put a new mark in and keep the old one with the reason."""
    session.add(
        ResultChange(
            school_id=result.school_id,
            result_id=result.id,
            status=result.status,
            score=result.score,
            result_level=result.result_level,
            reason=reason,
            changed_at=now(),
            changed_by=caller.account_id,
        )
    )
    result.status, result.score, result.result_level = mark.status, mark.score, mark.level
    result.class_id, result.entered_at = class_id, now()
    result.version = (result.version or 0) + 1
