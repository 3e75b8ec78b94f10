"""Consents over HTTP: for the staff, and for guardians themselves."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, File, Query, Request, Response, UploadFile

from nuanyang.access.actors import Caller
from nuanyang.access.downloads import ShownAnew
from nuanyang.access.guards import DbSession, IfMatch, etag, requires, requires_duty, requires_person
from nuanyang.kit.paper import MEDIA_TYPE
from nuanyang.kit.schemas import problems
from nuanyang.school.consents import repository
from nuanyang.school.consents.rules import LARGEST_SCAN
from nuanyang.school.consents.schemas import (
    ClassConsents,
    ConsentInput,
    ConsentTextInput,
    ConsentTexts,
    ConsentTextShown,
    FamilyChoice,
    FamilyConsents,
    OwnChoice,
    OwnConsents,
    PurposeCode,
    Purposes,
    ScanShown,
    StudentConsents,
)
from nuanyang.school.consents.service import own, printing, recording, showing, texts

router = APIRouter(tags=["consents"])
Reader = Annotated[Caller, Depends(requires("read", "contact"))]
Recorder = Annotated[Caller, Depends(requires_duty("record_consent"))]
Writer = Annotated[Caller, Depends(requires_duty("write_consent_texts"))]
Guardian = Annotated[Caller, Depends(requires_person("guardian"))]
Pupil = Annotated[Caller, Depends(requires_person("student"))]
WORD: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {}}}}
SCAN: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}, "image/jpeg": {}, "image/png": {}}}}
SUFFIX = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def is_english(request: Request) -> bool:
    """The language of the purposes' names; the texts are the school's own."""
    return request.headers.get("accept-language", "").strip().lower().startswith("en")


English = Annotated[bool, Depends(is_english)]


@router.get("/consent-purposes", operation_id="consent_purposes_list", responses=problems(401, 403))
async def list_purposes(caller: Reader, session: DbSession, english: English) -> Purposes:
    """For what consent is asked, with the texts in force."""
    return await texts.catalogue(session, caller, is_english=english)


@router.get("/consent-purposes/{purpose}/texts", operation_id="consent_texts_list", responses=problems(401, 403, 404, 422))
async def list_texts(purpose: PurposeCode, caller: Reader, session: DbSession) -> ConsentTexts:
    """Every wording of a purpose: what somebody consented to can always be read again."""
    return await texts.history(session, caller, purpose)


@router.post(
    "/consent-purposes/{purpose}/texts",
    operation_id="consent_texts_write",
    status_code=201,
    responses=problems(401, 403, 404, 409, 412, 422, 428),
)
async def write_text(
    purpose: PurposeCode, body: ConsentTextInput, version: IfMatch, caller: Writer, session: DbSession, response: Response
) -> ConsentTextShown:
    """Put the school's own wording in force; `If-Match` is the number it replaces. Earlier consents keep theirs."""
    shown = await texts.write(session, caller, purpose, version, body)
    response.headers["ETag"] = etag(shown.number)
    return shown


@router.get("/consents", operation_id="consents_list", responses=problems(401, 403, 404, 422))
async def list_consents(caller: Reader, session: DbSession, english: English, class_id: UUID) -> ClassConsents:
    """A class, and who of it is missing what."""
    return await showing.of_class(session, caller, class_id, is_english=english)


@router.get(
    "/consent-forms.docx",
    operation_id="consent_forms_print",
    response_class=Response,
    responses={**problems(401, 403, 404, 422), **WORD},
)
async def print_forms(
    caller: Recorder,
    session: DbSession,
    class_id: UUID,
    student_id: Annotated[UUID | None, Query(description="Only this student's.")] = None,
    missing_only: Annotated[bool, Query(description="Only for who has not yet decided everything.")] = False,
) -> Response:
    """The forms of a class as one document, each on leaves of its own."""
    shown = await showing.of_class(session, caller, class_id, is_english=False)
    wanted = [
        printing.Addressee(row.name, shown.class_name, row.student_number, row.decides_alone)
        for row in shown.items
        if student_id in (None, row.student_id) and not (missing_only and all(s in ("given", "withdrawn") for s in row.states.values()))
    ]
    school = await repository.school_name(session, caller.school_id)
    content = await asyncio.to_thread(printing.forms, school, shown.purposes, wanted)
    return Response(content, media_type=MEDIA_TYPE, headers={"Content-Disposition": 'attachment; filename="consent-forms.docx"'})


@router.get("/students/{student_id}/consents", operation_id="students_consents", responses=problems(401, 403, 404))
async def show_student_consents(student_id: UUID, caller: Reader, session: DbSession, english: English) -> StudentConsents:
    """How a student's consents stand, every yes and no, and who can consent today."""
    return await showing.of_student(session, caller, student_id, is_english=english)


@router.post(
    "/students/{student_id}/consent-scans",
    operation_id="consent_scans_add",
    status_code=201,
    responses=problems(401, 403, 404, 409, 413, 422),
)
async def add_scan(
    student_id: UUID,
    request: Request,
    caller: Recorder,
    session: DbSession,
    file: Annotated[UploadFile, File(description="The signed paper: PDF, JPEG or PNG, at most 5 MB.")],
) -> ScanShown:
    """Take in a signed paper, to be named in the record of the consent."""
    scan = await recording.keep_scan(session, caller, request.app.state.keyring, student_id, await file.read(LARGEST_SCAN + 1))
    return ScanShown(id=scan.id, media_type=scan.media_type)


@router.get(
    "/consent-scans/{scan_id}",
    operation_id="consent_scans_read",
    response_class=Response,
    responses={**problems(401, 403, 404), **SCAN},
)
async def read_scan(scan_id: UUID, request: Request, caller: Reader, _: ShownAnew, session: DbSession) -> Response:
    """The signed paper, to be saved: it is never opened inside our own pages."""
    scan, content = await showing.scan(session, caller, request.app.state.keyring, scan_id)
    name = f'attachment; filename="consent.{SUFFIX[scan.media_type]}"'
    return Response(content, media_type=scan.media_type, headers={"Content-Disposition": name})


@router.post(
    "/students/{student_id}/consents", operation_id="consents_record", status_code=201, responses=problems(401, 403, 404, 409, 422)
)
async def record_consents(student_id: UUID, body: ConsentInput, caller: Recorder, session: DbSession, english: English) -> StudentConsents:
    """Write down what was signed or said about one or several purposes; nothing that was said before is changed."""
    await recording.record(session, caller, student_id, body)
    return await showing.of_student(session, caller, student_id, is_english=english)


@router.get("/family/consents", operation_id="family_consents", responses=problems(401, 403))
async def show_family_consents(caller: Guardian, session: DbSession, english: English) -> FamilyConsents:
    """What the school asks about the guardian's own children, in plain words, and what was said to it."""
    return await showing.of_family(session, caller, is_english=english)


@router.post("/family/consents", operation_id="family_consents_say", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def say(body: FamilyChoice, caller: Guardian, session: DbSession, english: English) -> FamilyConsents:
    """Say yes or no to one purpose for one's own child, or take a yes back; it counts at once."""
    await recording.say(session, caller, body)
    return await showing.of_family(session, caller, is_english=english)


@router.get("/my/consents", operation_id="own_consents_read", responses=problems(401, 403, 404))
async def show_own_consents(caller: Pupil, session: DbSession, english: English) -> OwnConsents:
    """What the school asks about you, in plain words, and how it stands."""
    return await own.shown(session, caller, is_english=english)


@router.post("/my/consents", operation_id="own_consents_say", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def say_oneself(body: OwnChoice, caller: Pupil, session: DbSession, english: English) -> OwnConsents:
    """From fourteen on: say yes or no to one purpose yourself, or take a yes back; it counts at once, and your guardians see it."""
    await own.say(session, caller, body)
    return await own.shown(session, caller, is_english=english)
