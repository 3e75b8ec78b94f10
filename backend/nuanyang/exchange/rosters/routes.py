"""Rosters over HTTP: upload, dry run, findings, apply, mappings, 去向待核实, duplicates."""

import asyncio
import json
from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.downloads import ShownAnew
from nuanyang.access.guards import DbSession, IfMatch, etag, expect_version, requires_duty
from nuanyang.exchange.rosters import reports, repository
from nuanyang.exchange.rosters.errors import BadUpload
from nuanyang.exchange.rosters.models import RosterImport, RosterMapping, StudentDuplicate, WhereaboutsCheck
from nuanyang.exchange.rosters.reading.reasons import REASONS
from nuanyang.exchange.rosters.reading.sheet.fields import FIELDS, REQUIRED
from nuanyang.exchange.rosters.schemas import (
    ApplyInput,
    DuplicateInput,
    DuplicatePage,
    DuplicateShown,
    FindingCount,
    FindingPage,
    FindingShown,
    MappingInput,
    MappingList,
    MappingShown,
    ResolveInput,
    RosterImportPage,
    RosterImportShown,
    SchoolCounts,
    Severity,
    SheetField,
    SheetFieldList,
    StudentCompared,
    StudentNamed,
    WhereaboutsPage,
    WhereaboutsShown,
)
from nuanyang.exchange.rosters.service import duplicates, imports, mappings, whereabouts
from nuanyang.kit.errors import FieldError, Forbidden, Invalid
from nuanyang.kit.ids import new_id
from nuanyang.kit.paging import Cursor, Limit, decode_cursor, encode_cursor
from nuanyang.kit.schemas import problems
from nuanyang.school.students.models import Student

router = APIRouter(tags=["rosters"])
Registrar = Annotated[Caller, Depends(requires_duty("bring_rosters", scope="roster:write"))]
Seeker = Annotated[Caller, Depends(requires_duty("seek_missing"))]
Onlooker = Annotated[Caller, Depends(requires_duty("see_missing"))]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _language(request: Request) -> str:
    return "en" if request.headers.get("accept-language", "").strip().lower().startswith("en") else "zh"


@router.post(
    "/roster-imports",
    status_code=202,
    operation_id="rosters_upload",
    responses=problems(401, 403, 409, 413, 422),
)
async def upload(
    request: Request,
    response: Response,
    caller: Registrar,
    session: DbSession,
    file: Annotated[UploadFile, File(description="A OneRoster package (.zip), or a 学籍 sheet (.xlsx, .csv).")],
    covers: Annotated[
        Literal["school", "rows"],
        Form(description="Whether the file is the whole school, so that whoever is missing has left, or only some pupils."),
    ] = "school",
    year_starts: Annotated[int | None, Form(ge=2000, le=2100, description="Of a sheet: the year in which its school year began.")] = None,
    mapping: Annotated[str | None, Form(max_length=40_000, description="JSON object: header of the sheet → field, or `ignore`.")] = None,
    district: Annotated[bool, Form(description="Several schools of the district at once (district administrators).")] = False,
    create_schools: Annotated[bool, Form(description="With `district`: make schools that do not exist yet.")] = False,
    compare_all: Annotated[bool, Form(description="Compare every row, even of the very file that was applied last.")] = False,
) -> RosterImportShown:
    """Take a file in and check it: a dry run as a job. Nothing of the school changes before it is applied."""
    if district and not caller.is_district_admin:
        raise Forbidden
    if not (file.filename or "").lower().endswith(imports.SUFFIXES):
        raise BadUpload
    chosen = _mapping(mapping)
    mappings.check_mapping(chosen)
    import_id, folder = new_id(), request.app.state.settings.files_folder
    size = await asyncio.to_thread(imports.keep_file, folder, import_id, file.file)
    row, job = await imports.begin_import(
        session,
        import_id=import_id,
        school_id=caller.school_id,
        account_id=caller.account_id,
        file_name=file.filename or "",
        file_size=size,
        covers=covers,
        year_starts=year_starts,
        mapping=chosen,
        is_district_wide=district,
        may_create_schools=district and create_schools,
        compares_all=compare_all,
    )
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return _shown(row, _language(request))


def _mapping(text: str | None) -> dict[str, str]:
    if not text:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict) or len(found) > 200 or not all(isinstance(k, str) and isinstance(v, str) for k, v in found.items()):
        raise Invalid(
            errors=[FieldError("#/mapping", "bad_mapping", "列对应应为 JSON 对象。", "The mapping must be a JSON object of texts.")]
        )
    return found


@router.get("/roster-imports", operation_id="rosters_list", responses=problems(401, 403, 422))
async def list_imports(
    request: Request, caller: Registrar, session: DbSession, limit: Limit = 20, cursor: Cursor = None
) -> RosterImportPage:
    """The imports of this school, the newest first."""
    key = decode_cursor(cursor, 2)
    rows = await imports.newest_imports(session, caller.school_id, limit + 1, (str(key[0]), str(key[1])) if key else None)
    more = rows[limit - 1] if len(rows) > limit else None
    items = [_shown(row, _language(request)) for row in rows[:limit]]
    return RosterImportPage(items=items, next_cursor=encode_cursor(more.created_at.isoformat(), more.id) if more else None)


@router.get("/roster-imports/{import_id}", operation_id="rosters_read", responses=problems(401, 403, 404))
async def read_import(request: Request, import_id: UUID, caller: Registrar, session: DbSession) -> RosterImportShown:
    """One import with its counts."""
    return _shown(await imports.find_import(session, caller.school_id, import_id), _language(request))


@router.post(
    "/roster-imports/{import_id}/apply", status_code=202, operation_id="rosters_apply", responses=problems(401, 403, 404, 409, 422)
)
async def apply(
    request: Request, response: Response, import_id: UUID, body: ApplyInput, caller: Registrar, session: DbSession
) -> RosterImportShown:
    """Apply a checked import, all of it or nothing, as a job. More than 10 % missing pupils have to be confirmed."""
    folder = request.app.state.settings.files_folder
    row, job = await imports.begin_apply(session, caller, import_id, folder, confirm_removals=body.confirm_removals)
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return _shown(row, _language(request))


@router.get("/roster-imports/{import_id}/findings", operation_id="rosters_findings", responses=problems(401, 403, 404, 422))
async def list_findings(
    request: Request,
    import_id: UUID,
    caller: Registrar,
    session: DbSession,
    severity: Severity | None = None,
    code: Annotated[str | None, Query(max_length=60)] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> FindingPage:
    """What was found in a file: where, what, why. Values of protected classes are not repeated."""
    await imports.find_import(session, caller.school_id, import_id)
    key = decode_cursor(cursor, 1)
    after = int(key[0]) if key and key[0] is not None else -1
    rows = await repository.findings_page(session, caller.school_id, import_id, after=after, limit=limit + 1, severity=severity, code=code)
    language = _language(request)
    items = [
        FindingShown(
            position=row.position,
            severity=row.severity,  # type: ignore[arg-type]  # the database checks the three
            code=row.code,
            file=row.file,
            line=row.line,
            column=row.column_name,
            value=row.value,
            reason=reports.reason_of(row, language),
        )
        for row in rows[:limit]
    ]
    return FindingPage(items=items, next_cursor=encode_cursor(items[-1].position) if len(rows) > limit else None)


async def _report(request: Request, import_id: UUID, caller: Caller, session: AsyncSession, kind: str) -> Response:
    row = await imports.find_import(session, caller.school_id, import_id)
    found = await imports.all_findings(session, caller.school_id, import_id)
    make = reports.as_csv if kind == "csv" else reports.as_workbook
    body = await asyncio.to_thread(make, found, _language(request))
    name = quote(f"{row.file_name} 检查结果.{kind}")
    headers = {"Content-Disposition": f"attachment; filename=\"findings.{kind}\"; filename*=UTF-8''{name}"}
    return Response(body, media_type="text/csv; charset=utf-8" if kind == "csv" else XLSX, headers=headers)


@router.get(
    "/roster-imports/{import_id}/findings.csv",
    operation_id="rosters_findings_csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}, **problems(401, 403, 404)},
)
async def findings_csv(request: Request, import_id: UUID, caller: Registrar, _: ShownAnew, session: DbSession) -> Response:
    """All kept findings as CSV."""
    return await _report(request, import_id, caller, session, "csv")


@router.get(
    "/roster-imports/{import_id}/findings.xlsx",
    operation_id="rosters_findings_xlsx",
    response_class=Response,
    responses={200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}, **problems(401, 403, 404)},
)
async def findings_xlsx(request: Request, import_id: UUID, caller: Registrar, _: ShownAnew, session: DbSession) -> Response:
    """All kept findings as an Excel sheet."""
    return await _report(request, import_id, caller, session, "xlsx")


@router.get("/roster-fields", operation_id="rosters_fields", responses=problems(401, 403))
async def list_fields(caller: Registrar) -> SheetFieldList:  # noqa: ARG001 - the guard
    """The fields a column of a sheet may stand for."""
    return SheetFieldList(
        items=[SheetField(name=f.name, label=f.label, required=f.name in REQUIRED) for f in FIELDS.values() if f.kind != "skip"]
    )


@router.get("/roster-mappings", operation_id="roster_mappings_list", responses=problems(401, 403))
async def list_mappings(caller: Registrar, session: DbSession) -> MappingList:
    """The school's saved mappings."""
    return MappingList(items=[_mapping_shown(row) for row in await mappings.all_mappings(session, caller.school_id)])


@router.post("/roster-mappings", status_code=201, operation_id="roster_mappings_create", responses=problems(401, 403, 409, 422))
async def create_mapping(response: Response, body: MappingInput, caller: Registrar, session: DbSession) -> MappingShown:
    """Save a mapping under a name."""
    row = await mappings.save_mapping(session, caller.school_id, body)
    response.headers["ETag"] = etag(row.version)
    return _mapping_shown(row)


@router.put("/roster-mappings/{mapping_id}", operation_id="roster_mappings_replace", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def replace_mapping(
    response: Response, mapping_id: UUID, body: MappingInput, seen: IfMatch, caller: Registrar, session: DbSession
) -> MappingShown:
    """Replace a saved mapping."""
    row = await mappings.find_mapping(session, caller.school_id, mapping_id)
    expect_version(seen, row.version)
    row = await mappings.save_mapping(session, caller.school_id, body, row)
    response.headers["ETag"] = etag(row.version)
    return _mapping_shown(row)


@router.delete("/roster-mappings/{mapping_id}", status_code=204, operation_id="roster_mappings_delete", responses=problems(401, 403, 404))
async def delete_mapping(mapping_id: UUID, caller: Registrar, session: DbSession) -> None:
    """Forget a mapping."""
    await mappings.drop_mapping(session, await mappings.find_mapping(session, caller.school_id, mapping_id))


@router.get("/whereabouts", operation_id="whereabouts_list", responses=problems(401, 403, 422))
async def list_whereabouts(
    caller: Onlooker, session: DbSession, state: Literal["open", "resolved"] = "open", limit: Limit = 50, cursor: Cursor = None
) -> WhereaboutsPage:
    """去向待核实: pupils who were missing from a roster."""
    key = decode_cursor(cursor, 2)
    found = await repository.whereabouts_page(
        session, caller.school_id, is_open=state == "open", limit=limit + 1, after=(str(key[0]), str(key[1])) if key else None
    )
    items = [_check_shown(*row) for row in found[:limit]]
    last = items[-1] if len(found) > limit else None
    return WhereaboutsPage(items=items, next_cursor=encode_cursor(last.opened_on, last.id) if last else None)


@router.post("/whereabouts/{check_id}/resolve", operation_id="whereabouts_resolve", responses=problems(401, 403, 404, 409, 422))
async def resolve_whereabouts(check_id: UUID, body: ResolveInput, caller: Seeker, session: DbSession) -> WhereaboutsShown:
    """Say where a pupil is, and how it was found out."""
    check = await whereabouts.resolve(session, caller, check_id, body)
    named = await repository.named_students(session, caller.school_id, {check.student_id})
    return _check_shown(check, *named[check.student_id])


@router.get("/student-duplicates", operation_id="duplicates_list", responses=problems(401, 403, 422))
async def list_duplicates(
    caller: Registrar,
    session: DbSession,
    state: Literal["suggested", "merged", "dismissed", "undone"] | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> DuplicatePage:
    """Pairs of records that may be one pupil."""
    key = decode_cursor(cursor, 1)
    rows = await repository.duplicates_page(session, caller.school_id, state=state, limit=limit + 1, after=str(key[0]) if key else None)
    items = await _pairs(session, caller, rows[:limit])
    return DuplicatePage(items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > limit else None)


@router.post("/student-duplicates", status_code=201, operation_id="duplicates_propose", responses=problems(401, 403, 404, 409, 422))
async def propose_duplicate(body: DuplicateInput, caller: Registrar, session: DbSession) -> DuplicateShown:
    """Note that two records may be one pupil."""
    return (await _pairs(session, caller, [await duplicates.propose(session, caller, body)]))[0]


@router.post("/student-duplicates/{pair_id}/merge", operation_id="duplicates_merge", responses=problems(401, 403, 404, 409))
async def merge_duplicate(pair_id: UUID, caller: Registrar, session: DbSession) -> DuplicateShown:
    """Make two records one; it can be undone."""
    pair = await duplicates.find_pair(session, caller, pair_id)
    await duplicates.merge(session, caller, pair)
    return (await _pairs(session, caller, [pair]))[0]


@router.post("/student-duplicates/{pair_id}/undo", operation_id="duplicates_undo", responses=problems(401, 403, 404, 409))
async def undo_merge(pair_id: UUID, caller: Registrar, session: DbSession) -> DuplicateShown:
    """Undo a merge: every moved row goes back."""
    pair = await duplicates.find_pair(session, caller, pair_id)
    await duplicates.undo(session, caller, pair)
    return (await _pairs(session, caller, [pair]))[0]


@router.post("/student-duplicates/{pair_id}/dismiss", operation_id="duplicates_dismiss", responses=problems(401, 403, 404, 409))
async def dismiss_duplicate(pair_id: UUID, caller: Registrar, session: DbSession) -> DuplicateShown:
    """They are two pupils."""
    pair = await duplicates.find_pair(session, caller, pair_id)
    await duplicates.dismiss(session, caller, pair)
    return (await _pairs(session, caller, [pair]))[0]


async def _pairs(session: AsyncSession, caller: Caller, rows: list[StudentDuplicate]) -> list[DuplicateShown]:
    compared = await _compared(session, caller, {one for row in rows for one in (row.student_id, row.other_id)})
    return [
        DuplicateShown(
            id=row.id,
            state=row.state,  # type: ignore[arg-type]  # the database checks the four
            reason=row.reason,
            found_on=row.found_on,
            decided_at=row.decided_at,
            student=compared[row.student_id],
            other=compared[row.other_id],
            moved=duplicates.moved_counts(row),
        )
        for row in rows
    ]


async def _compared(session: AsyncSession, caller: Caller, ids: set[UUID]) -> dict[UUID, StudentCompared]:
    named = await repository.named_students(session, caller.school_id, ids)
    tails = await repository.number_tails(session, caller.school_id, ids) if caller.scope("identity") else {}
    await showed(session, caller, ((student_id, "identity") for student_id, known in tails.items() if any(known)))
    families = await repository.guardian_names(session, caller.school_id, ids) if caller.scope("contact") else {}
    shown = {}
    for student_id, (student, class_name) in named.items():
        identity, registration = tails.get(student_id, (None, None))
        shown[student_id] = StudentCompared(
            **_named(student, class_name).model_dump(),
            student_number=student.student_number,
            identity_tail=identity,
            registration_tail=registration,
            guardians=families.get(student_id, []),
        )
    return shown


def _named(student: Student, class_name: str | None) -> StudentNamed:
    return StudentNamed(
        id=student.id,
        name=student.name,
        sex=student.sex,
        birth_on=student.birth_on,
        grade=student.grade,
        class_name=class_name,
        status=student.status,
    )


def _check_shown(check: WhereaboutsCheck, student: Student, class_name: str | None, found_school: str | None = None) -> WhereaboutsShown:
    return WhereaboutsShown(
        id=check.id,
        student=_named(student, class_name),
        opened_on=check.opened_on,
        is_compulsory_age=check.is_compulsory_age,
        outcome=check.outcome,  # type: ignore[arg-type]  # the database checks them
        note=check.note,
        found_school=found_school,
        resolved_at=check.resolved_at,
    )


def _mapping_shown(row: RosterMapping) -> MappingShown:
    return MappingShown(id=row.id, version=row.version, name=row.name, mapping=row.mapping)


def _shown(row: RosterImport, language: str) -> RosterImportShown:
    school = [
        SchoolCounts(
            school_id=UUID(one["school_id"]),
            name=one["name"],
            counts=one["counts"],
            missing=one["missing"],
            present=one["present"],
            needs_confirmation=one["asks"],
        )
        for one in row.schools or []
    ]
    plain: dict[str, Any] = {
        name: getattr(row, name)
        for name in RosterImportShown.model_fields
        if name not in {"schools", "finding_counts", "rows", "counts", "mapping"}
    }
    return RosterImportShown(
        **plain,
        rows=row.rows or {},
        counts=row.counts or {},
        mapping=row.mapping or {},
        schools=school,
        finding_counts=[
            FindingCount(severity=severity, code=code, reason=_short_reason(code, language), count=count)
            for severity, code, count in row.finding_counts or []
        ],
    )


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _short_reason(code: str, language: str) -> str:
    zh, en = REASONS[code]
    return (en if language == "en" else zh).format_map(_Blank())
