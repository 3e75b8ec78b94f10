"""Exams and results: set for a grade, brought in by sheet, shown as levels and bands, never as a ranking."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request, Response, UploadFile

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, IfMatch, etag, requires, requires_any, requires_duty
from nuanyang.kit.paging import Cursor, Limit, decode_cursor, encode_cursor
from nuanyang.kit.schemas import Reason, problems
from nuanyang.school.results import repository, rules
from nuanyang.school.results.schemas import (
    ClassDistribution,
    EntryList,
    EntryPatch,
    EntryShown,
    ExamChanges,
    ExamChangeShown,
    ExamDistribution,
    ExamInput,
    ExamKind,
    ExamPage,
    ExamPatch,
    ExamResults,
    ExamRow,
    LevelSchemeInput,
    LevelSchemes,
    LevelSchemeShown,
    ResultChanges,
    ResultChangeShown,
    Share,
    StudentResults,
    SubjectResult,
)
from nuanyang.school.results.service import corrections, exams, imports, templates
from nuanyang.school.sheets.schemas import ANSWERS, SheetReport, read_answers
from nuanyang.school.students.service import demand, visible_student

router = APIRouter(tags=["results"])
Reader = Annotated[Caller, Depends(requires("read", "academic"))]
Writer = Annotated[Caller, Depends(requires("write", "academic"))]


# Exams are set for a whole grade: 教务处 makes them; a teacher enters results.
Setter = Annotated[Caller, Depends(requires("write", "academic", over_school=True))]
# Whoever may enter results of some class: all its subjects, or the one they teach.
entering = requires_any(requires("write", "academic"), requires_duty("teach_a_subject"))


Enterer = Annotated[Caller, Depends(entering)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHARES = ("90", "80", "70", "60", "0")


def is_english(request: Request) -> bool:
    """The language of a report's sentences."""
    return request.headers.get("accept-language", "").strip().lower().startswith("en")


@router.get("/level-schemes", operation_id="level_schemes_list", responses=problems(401, 403, 422))
async def list_level_schemes(caller: Reader, session: DbSession) -> LevelSchemes:
    """Level schemes to choose from: the school's own and the presets."""
    return await exams.list_schemes(session, caller)


@router.post("/level-schemes", operation_id="level_schemes_create", status_code=201, responses=problems(401, 403, 409, 422))
async def create_level_scheme(body: LevelSchemeInput, caller: Writer, session: DbSession) -> LevelSchemeShown:
    """A level scheme of the school's own: by share of the full marks, by share of students, or given by the teacher."""
    return LevelSchemeShown.model_validate(await exams.create_scheme(session, caller, body))


@router.get("/exams", operation_id="exams_list", responses=problems(401, 403, 422))
async def list_exams(
    caller: Reader,
    session: DbSession,
    limit: Limit = 50,
    cursor: Cursor = None,
    grade: Annotated[int | None, Query(ge=1, le=12)] = None,
    term_id: UUID | None = None,
    kind: ExamKind | None = None,
) -> ExamPage:
    """Exams, newest first."""
    after = decode_cursor(cursor, 2)
    rows = await repository.exams_page(session, caller.school_id, grade=grade, term_id=term_id, kind=kind, after=after, limit=limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    last = rows[-1][0] if more else None
    return ExamPage(items=await exams.shown(session, caller, rows), next_cursor=encode_cursor(last.held_on, last.id) if last else None)


@router.post("/exams", operation_id="exams_create", status_code=201, responses=problems(401, 403, 409, 422))
async def create_exam(body: ExamInput, caller: Setter, session: DbSession, response: Response) -> ExamRow:
    """Set an exam for a grade, with its subjects and full marks or level schemes."""
    exam = await exams.create_exam(session, caller, body)
    response.headers["Location"], response.headers["ETag"] = f"/api/v1/exams/{exam.id}", etag(exam.version)
    return await exams.shown_one(session, caller, exam)


@router.get("/exams/{exam_id}", operation_id="exams_read", responses=problems(401, 403, 404))
async def read_exam(exam_id: UUID, caller: Reader, session: DbSession, response: Response) -> ExamRow:
    """One exam with its subjects."""
    exam = await exams.found_exam(session, caller, exam_id)
    response.headers["ETag"] = etag(exam.version)
    return await exams.shown_one(session, caller, exam)


@router.patch("/exams/{exam_id}", operation_id="exams_update", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def update_exam(exam_id: UUID, body: ExamPatch, version: IfMatch, caller: Setter, session: DbSession, response: Response) -> ExamRow:
    """Change an exam; levels and bands are worked out anew. What it was before is kept, once there are results with the reason."""
    exam = await exams.change_exam(session, caller, exam_id, version, body)
    response.headers["ETag"] = etag(exam.version)
    return await exams.shown_one(session, caller, exam)


@router.delete("/exams/{exam_id}", operation_id="exams_delete", status_code=204, responses=problems(401, 403, 404, 409))
async def delete_exam(exam_id: UUID, caller: Setter, session: DbSession) -> None:
    """Take back an exam that has no results."""
    await exams.remove_exam(session, caller, exam_id)


@router.get(
    "/exams/{exam_id}/results-template",
    operation_id="exams_template",
    response_class=Response,
    responses={200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}, **problems(401, 403, 404, 422)},
)
async def download_template(exam_id: UUID, caller: Enterer, session: DbSession, class_id: UUID | None = None) -> Response:
    """An empty sheet with the students of a class (or of every class one may enter) in it."""
    name, content = await templates.template(session, caller, exam_id, class_id)
    disposition = f"attachment; filename=\"results.xlsx\"; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=XLSX, headers={"Content-Disposition": disposition})


@router.post(
    "/exams/{exam_id}/results-import",
    operation_id="exams_import_results",
    responses=problems(401, 403, 404, 409, 413, 422),
)
async def import_results(
    exam_id: UUID,
    file: UploadFile,
    request: Request,
    caller: Enterer,
    session: DbSession,
    answers: Annotated[str | None, Form(description=ANSWERS)] = None,
    reason: Annotated[Reason | None, Form(description="Why known results are corrected; asked for when some would change.")] = None,
    dry_run: Annotated[bool, Query(description="Only check: nothing is written.")] = False,
    confirm_zeros: Annotated[bool, Query(description="Marks of 0 are meant.")] = False,
) -> SheetReport:
    """Bring results in from a sheet: one row a student, one column a subject. All or nothing; a refusal carries the same `report`."""
    sending = imports.Sending(
        is_dry_run=dry_run, is_english=is_english(request), answers=read_answers(answers), reason=reason, zeros_confirmed=confirm_zeros
    )
    return await imports.import_results(session, caller, exam_id, file, request.app.state.keyring, sending)


@router.get("/exams/{exam_id}/results", operation_id="exams_results", responses=problems(401, 403, 404))
async def show_distribution(exam_id: UUID, caller: Reader, session: DbSession) -> ExamDistribution:
    """How an exam went, by class and subject: counts by level, by share of the full marks and by status. No list in order of merit."""
    exam = await exams.shown_one(session, caller, await exams.found_exam(session, caller, exam_id))
    schemes = {scheme.name: scheme for scheme in (await exams.list_schemes(session, caller)).items}
    levels = {subject.id: subject.levels for subject in exam.subjects}
    passing = {s.id: schemes[s.level_scheme].passing for s in exam.subjects if s.level_scheme in schemes}
    marked = {s.id for s in exam.subjects if s.full_marks is not None}
    rows = await repository.distribution(session, caller, exam_id)
    return ExamDistribution(exam=exam, classes=[_class(row, levels, passing, row.exam_subject_id in marked) for row in rows])


def _class(row: Any, levels: dict[UUID, list[str]], passing: dict[UUID, str | None], is_marked: bool) -> ClassDistribution:
    names = levels.get(row.exam_subject_id, [])
    passed = row.passed_by_mark if is_marked else None
    if not is_marked and (worst := passing.get(row.exam_subject_id)) in names:
        good = set(names[: names.index(worst or "") + 1])
        passed = sum(level in good for level in row.levels or [])
    return ClassDistribution(
        class_id=row.class_id,
        class_name=row.name,
        subject_id=row.exam_subject_id,
        present=row.present,
        passed=passed,
        levels=_shares(names, row.levels),
        shares=_shares(_SHARES, row.shares) if is_marked else [],
        statuses=_shares(tuple(rules.STATUS_NAMES), row.statuses),
    )


def _shares(keys: Sequence[str], found: Sequence[str] | None) -> list[Share]:
    counts = list(found or [])
    return [Share(key=key, count=counts.count(key)) for key in keys]


@router.get(
    "/exams/{exam_id}/entries",
    operation_id="exams_entries",
    responses=problems(401, 403, 404, 422),
)
async def show_entries(exam_id: UUID, class_id: UUID, caller: Reader, session: DbSession) -> EntryList:
    """The results of one class as entered, in the order of the class list."""
    await exams.found_exam(session, caller, exam_id)
    return EntryList(
        items=await exams.entries_shown(session, caller, exam_id, await repository.entries(session, caller, exam_id, class_id))
    )


@router.patch(
    "/exams/{exam_id}/entries/{student_id}",
    operation_id="exams_correct_entry",
    responses=problems(401, 403, 404, 409, 412, 422, 428),
)
async def correct_entry(
    exam_id: UUID, student_id: UUID, body: EntryPatch, version: IfMatch, caller: Enterer, session: DbSession, response: Response
) -> EntryShown:
    """Correct what an exam says of one student, with the reason; the old values are kept, levels and bands of the class follow."""
    await corrections.correct_entry(session, caller, exam_id, student_id, version, body)
    rows = await repository.entry(session, caller, exam_id, student_id)
    entry = (await exams.entries_shown(session, caller, exam_id, rows))[0]
    response.headers["ETag"] = etag(entry.version)
    return entry


@router.get(
    "/exams/{exam_id}/entries/{student_id}/changes",
    operation_id="exams_entry_changes",
    responses=problems(401, 403, 404),
)
async def show_entry_changes(exam_id: UUID, student_id: UUID, caller: Reader, session: DbSession) -> ResultChanges:
    """What was corrected in one student's results of an exam, newest first: the old value, who, when and why."""
    await exams.found_exam(session, caller, exam_id)
    demand(caller, await visible_student(session, caller, student_id), "read", "academic")
    rows = await repository.changes_of_entry(session, caller.school_id, exam_id, student_id)
    return ResultChanges(
        items=[
            ResultChangeShown(
                subject=subject,
                status=change.status,
                score=change.score,
                result_level=change.result_level,
                reason=change.reason,
                changed_at=change.changed_at,
                changed_by=name,
            )
            for change, subject, name in rows
        ]
    )


@router.get("/exams/{exam_id}/changes", operation_id="exams_changes", responses=problems(401, 403, 404))
async def show_exam_changes(exam_id: UUID, caller: Reader, session: DbSession) -> ExamChanges:
    """What was changed about an exam, newest first."""
    await exams.found_exam(session, caller, exam_id)
    rows = await repository.changes_of_exam(session, caller.school_id, exam_id)
    return ExamChanges(
        items=[ExamChangeShown(before=row.before, reason=row.reason, changed_at=row.changed_at, changed_by=name) for row, name in rows]
    )


@router.get("/students/{student_id}/results", operation_id="students_results", responses=problems(401, 403, 404))
async def show_student_results(student_id: UUID, caller: Reader, session: DbSession) -> StudentResults:
    """A student's results over time: share of the full marks, level, band and status, oldest exam first."""
    student = await visible_student(session, caller, student_id)
    demand(caller, student, "read", "academic")
    found: dict[UUID, ExamResults] = {}
    for row in await repository.series(session, caller.school_id, student_id):
        if row.exam_id not in found:
            found[row.exam_id] = ExamResults(
                exam_id=row.exam_id, name=row.name, kind=row.kind, held_on=row.held_on, term_name=row.term_name, grade=row.grade, results=[]
            )
        found[row.exam_id].results.append(SubjectResult.model_validate(row))
    return StudentResults(student_id=student_id, exams=list(found.values()))
