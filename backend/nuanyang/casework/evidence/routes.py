"""认定依据: entered, listed, corrected, withdrawn; special lists and the census."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response, UploadFile

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.guards import DbSession, IfMatch, StaffCaller, etag, requires, requires_cases
from nuanyang.casework.evidence import repository
from nuanyang.casework.evidence.errors import EvidenceNotFound
from nuanyang.casework.evidence.schemas import (
    AnswerInput,
    Catalogue,
    Category,
    CensusCoverage,
    CensusLooksAnswer,
    CensusLooksInput,
    CensusStudents,
    EvidenceBatch,
    EvidenceChanges,
    EvidenceChangeShown,
    EvidenceInput,
    EvidenceList,
    EvidencePage,
    EvidencePatch,
    EvidenceShown,
    ListRows,
    RowMatch,
    Source,
    StudentEvidence,
    Withdrawal,
)
from nuanyang.casework.evidence.service import answering, census, entering, showing, special_lists
from nuanyang.kit.paging import Cursor, Limit, decode_cursor, encode_cursor
from nuanyang.kit.schemas import Day, problems
from nuanyang.school.sheets.schemas import SheetReport

router = APIRouter(tags=["evidence"])
Reader = Annotated[Caller, Depends(requires("read", "basic"))]
# Lists of other offices are worked off for the whole school only.
ListKeeper = Annotated[Caller, Depends(requires_cases("write", over_school=True))]


def is_english(request: Request) -> bool:
    """The language of names and reports."""
    return request.headers.get("accept-language", "").strip().lower().startswith("en")


English = Annotated[bool, Depends(is_english)]


@router.get("/evidence-catalogue", operation_id="evidence_catalogue", responses=problems(401, 403))
async def show_catalogue(caller: StaffCaller, english: English) -> Catalogue:
    """The kinds of evidence with their facts and sources, and which of them are the caller's to enter or import."""
    return showing.catalogue(caller, is_english=english)


@router.get("/evidence", operation_id="evidence_list", responses=problems(401, 403, 422))
async def list_evidence(
    caller: Reader,
    session: DbSession,
    english: English,
    limit: Limit = 50,
    cursor: Cursor = None,
    student_id: UUID | None = None,
    category: Category | None = None,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    source: Source | None = None,
    grade: Annotated[int | None, Query(ge=1, le=12)] = None,
    class_id: UUID | None = None,
    withdrawn: Annotated[bool, Query(description="Only withdrawn pieces.")] = False,
    mine: Annotated[bool, Query(description="Only what I entered.")] = False,
    unanswered: Annotated[bool, Query(description="Only students' own reports that nobody has answered.")] = False,
    count: Annotated[bool, Query(description="Count the whole list too.")] = False,
) -> EvidencePage:
    """Evidence the caller may see, newest entry first: by data class and scope, and what they themselves entered."""
    filters = repository.Filters(student_id, category, kind, source, grade, class_id, withdrawn, mine, unanswered)
    key = decode_cursor(cursor, 1)
    rows = await repository.page(session, caller, filters, after=UUID(str(key[0])) if key else None, limit=limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    await showed(session, caller, ((row[0].student_id, row[0].data_class) for row in rows))
    return EvidencePage(
        items=[showing.row(caller, row, is_english=english) for row in rows],
        next_cursor=encode_cursor(rows[-1][0].id) if more else None,
        count=await repository.count(session, caller, filters) if count else None,
    )


@router.post("/evidence", operation_id="evidence_create", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def create_evidence(body: EvidenceInput, caller: Reader, session: DbSession, english: English, response: Response) -> EvidenceShown:
    """Enter a piece of evidence: a self-report, a nomination, a home visit or an entry of an office's list."""
    evidence, student = await entering.enter(session, caller, body)
    response.headers["Location"], response.headers["ETag"] = f"/api/v1/evidence/{evidence.id}", etag(evidence.version)
    return showing.shown(caller, evidence, student, caller.display_name, is_english=english)


@router.post("/evidence/batch", operation_id="evidence_create_batch", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def create_evidence_batch(body: EvidenceBatch, caller: Reader, session: DbSession, english: English) -> EvidenceList:
    """Enter what one visit or talk brought: all or nothing."""
    items = []
    for place, entry in enumerate(body.items):
        evidence, student = await entering.enter(session, caller, entry, at=f"#/items/{place}")
        items.append(showing.shown(caller, evidence, student, caller.display_name, is_english=english))
    return EvidenceList(items=items)


@router.get("/evidence/{evidence_id}", operation_id="evidence_read", responses=problems(401, 403, 404))
async def read_evidence(evidence_id: UUID, caller: Reader, session: DbSession, english: English, response: Response) -> EvidenceShown:
    """One piece of evidence."""
    found = await repository.one(session, caller, evidence_id)
    if found is None:
        raise EvidenceNotFound
    await showed(session, caller, [(found[0].student_id, found[0].data_class)])
    response.headers["ETag"] = etag(found[0].version)
    return showing.shown(caller, *found, is_english=english)


@router.patch("/evidence/{evidence_id}", operation_id="evidence_update", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def update_evidence(
    evidence_id: UUID, body: EvidencePatch, version: IfMatch, caller: Reader, session: DbSession, english: English, response: Response
) -> EvidenceShown:
    """Correct day, note or facts, with the reason; the old values are kept."""
    await entering.change(session, caller, evidence_id, version, body)
    return await read_evidence(evidence_id, caller, session, english, response)


@router.get("/evidence/{evidence_id}/changes", operation_id="evidence_changes", responses=problems(401, 403, 404))
async def show_changes(evidence_id: UUID, caller: Reader, session: DbSession) -> EvidenceChanges:
    """What a piece said before each correction, and why it was corrected."""
    found = await repository.one(session, caller, evidence_id)
    if found is None:
        raise EvidenceNotFound
    await showed(session, caller, [(found[0].student_id, found[0].data_class)])
    rows = await repository.changes_of(session, caller.school_id, evidence_id)
    return EvidenceChanges(
        items=[EvidenceChangeShown(before=row.before, reason=row.reason, changed_at=row.changed_at, changed_by=name) for row, name in rows]
    )


@router.post("/evidence/{evidence_id}/withdraw", operation_id="evidence_withdraw", responses=problems(401, 403, 404, 409, 422))
async def withdraw_evidence(
    evidence_id: UUID, body: Withdrawal, caller: Reader, session: DbSession, english: English, response: Response
) -> EvidenceShown:
    """Take a piece back with a reason; it stays readable and no longer counts."""
    await entering.withdraw(session, caller, evidence_id, body.reason)
    return await read_evidence(evidence_id, caller, session, english, response)


@router.post("/evidence/{evidence_id}/answer", operation_id="evidence_answer", responses=problems(401, 403, 404, 409, 422))
async def answer_evidence(
    evidence_id: UUID, body: AnswerInput, caller: Reader, session: DbSession, english: English, response: Response
) -> EvidenceShown:
    """Say what was done about a student's own report; the student sees that it was heard, not these words."""
    await answering.answer(session, caller, evidence_id, body.note)
    return await read_evidence(evidence_id, caller, session, english, response)


@router.get("/students/{student_id}/evidence", operation_id="students_evidence", responses=problems(401, 403, 404))
async def show_student_evidence(student_id: UUID, caller: Reader, session: DbSession, english: English) -> StudentEvidence:
    """A student's evidence by data class, with what results and attendance say; classes that are not for the caller are named in `hidden`."""
    return await showing.of_student(session, caller, student_id, is_english=english)


@router.post(
    "/special-lists/import",
    operation_id="special_lists_import",
    responses=problems(401, 403, 409, 413, 422),
)
async def import_special_list(
    file: UploadFile,
    request: Request,
    caller: ListKeeper,
    session: DbSession,
    english: English,
    kind: Annotated[
        str | None, Query(max_length=40, description="Kind of the whole list; otherwise the file's name or a column 类别.")
    ] = None,
    observed_on: Day | None = None,
    dry_run: Annotated[bool, Query(description="Only check: nothing is written.")] = False,
) -> SheetReport:
    """Bring in a list of another office (低保, 特困, 脱贫, 残联 …). Doubtful rows go to the work list, rows that mean nobody here are only told."""
    return await special_lists.import_list(
        session,
        caller,
        file,
        request.app.state.keyring,
        kind_code=kind,
        observed_on=observed_on,
        is_dry_run=dry_run,
        is_english=english,
    )


@router.get(
    "/special-list-rows",
    operation_id="special_list_rows_list",
    responses=problems(401, 403, 422),
)
async def list_special_list_rows(
    caller: ListKeeper, session: DbSession, english: English, limit: Limit = 50, cursor: Cursor = None
) -> ListRows:
    """Rows of special lists that wait for a decision whom they mean."""
    key = decode_cursor(cursor, 1)
    return await special_lists.work_list(session, caller, after=UUID(str(key[0])) if key else None, limit=limit, is_english=english)


@router.post(
    "/special-list-rows/{row_id}/match", operation_id="special_list_rows_match", responses=problems(401, 403, 404, 409, 412, 422, 428)
)
async def match_special_list_row(
    row_id: UUID, body: RowMatch, version: IfMatch, caller: ListKeeper, session: DbSession, english: English, response: Response
) -> EvidenceShown:
    """Say which student a row means: the evidence is entered."""
    evidence = await special_lists.match_row(session, caller, row_id, version, body.student_id)
    return await read_evidence(evidence.id, caller, session, english, response)


@router.post(
    "/special-list-rows/{row_id}/set-aside",
    operation_id="special_list_rows_set_aside",
    status_code=204,
    responses=problems(401, 403, 404, 409, 412, 422, 428),
)
async def set_special_list_row_aside(row_id: UUID, body: Withdrawal, version: IfMatch, caller: ListKeeper, session: DbSession) -> None:
    """Say with a reason that a row means nobody here."""
    await special_lists.set_row_aside(session, caller, row_id, version, body.reason)


@router.get("/census/coverage", operation_id="census_coverage", responses=problems(401, 403, 409))
async def show_coverage(caller: Reader, session: DbSession) -> CensusCoverage:
    """I1.1: students looked at / enrolled, by class, this school year."""
    return await census.coverage(session, caller)


@router.get("/census/students", operation_id="census_students", responses=problems(401, 403, 409, 422))
async def show_census_students(class_id: UUID, caller: Reader, session: DbSession) -> CensusStudents:
    """The students of a class and who of them has been looked at."""
    return await census.students(session, caller, class_id)


@router.post("/census/looks", operation_id="census_look", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def add_looks(body: CensusLooksInput, caller: Reader, session: DbSession) -> CensusLooksAnswer:
    """Note that students were looked at, also where nothing was found."""
    return CensusLooksAnswer(added=await census.look_at(session, caller, body))
