"""The record of access over HTTP."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from nuanyang.access.actors import Caller
from nuanyang.access.guards import CurrentCaller, DbSession, requires_duty
from nuanyang.kit.paging import BadCursor, Cursor, Limit, decode_cursor
from nuanyang.kit.schemas import Instant, problems
from nuanyang.oversight.audit_trail import repository, service
from nuanyang.oversight.audit_trail.schemas import (
    Access,
    Action,
    Check,
    CheckList,
    Entry,
    EntryPage,
    SchoolEntry,
    SchoolEntryPage,
)

router = APIRouter(tags=["audit"])
Principal = Annotated[Caller, Depends(requires_duty("read_audit"))]
Verifier = Annotated[Caller, Depends(requires_duty("verify_audit"))]


@router.get("/students/{student_id}/access", operation_id="students_access", responses=problems(401, 403, 404, 422))
async def read_access(student_id: UUID, request: Request, caller: CurrentCaller, session: DbSession) -> Access:
    """Why you may see this student: by which roles and cases, what each opens, and what stays hidden from you."""
    student = await service.visible_student(session, caller, student_id)
    return await service.access_to(session, caller, student, zh=not request.headers.get("accept-language", "").lower().startswith("en"))


@router.get("/students/{student_id}/audit", operation_id="students_audit", responses=problems(401, 403, 404, 422))
async def read_student_record(
    student_id: UUID, caller: CurrentCaller, session: DbSession, limit: Limit = 50, cursor: Cursor = None
) -> EntryPage:
    """Who has seen and changed what of this student, on which ground; for the principal and the counsellor on the case."""
    rows, following, names = await service.student_record(session, caller, student_id, _mark(cursor), limit)
    return EntryPage(items=[Entry(**service.fields_of(row, names)) for row in rows], next_cursor=following)


@router.get("/audit-entries", operation_id="audit_list", responses=problems(401, 403, 422))
async def list_entries(
    caller: Principal,
    session: DbSession,
    since: Annotated[Instant | None, Query(description="From this instant on.")] = None,
    until: Annotated[Instant | None, Query(description="Before this instant.")] = None,
    account_id: Annotated[UUID | None, Query(description="Only by this account.")] = None,
    action: Annotated[Action | None, Query(description="Only of this kind.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> SchoolEntryPage:
    """The school's record, the newest first; for the principal."""
    rows, following, names = await service.school_record(
        session, caller, _mark(cursor), limit, since=since, until=until, account_id=account_id, action=action
    )
    students = await repository.students_named(session, caller.school_id, (row.student_id for row in rows))
    items = [
        SchoolEntry(
            **service.fields_of(row, names),
            student_id=row.student_id,
            student_name=students.get(row.student_id),
            students=len(row.student_ids or ()) or bool(row.student_id),
        )
        for row in rows
    ]
    return SchoolEntryPage(items=items, next_cursor=following)


@router.get("/audit-checks", operation_id="audit_checks_list", responses=problems(401, 403))
async def list_checks(caller: Verifier, session: DbSession) -> CheckList:  # noqa: ARG001 - the guard
    """The last verifications of the record."""
    return CheckList(items=[_check(row) for row in await repository.newest_checks(session)])


@router.post("/audit-checks", status_code=202, operation_id="audit_checks_ask", responses=problems(401, 403, 409, 422))
async def ask_check(caller: Verifier, session: DbSession) -> Check:
    """Ask for a verification of the whole record; the sealer does it within seconds, see the list."""
    return _check(await repository.ask_check(session, caller.account_id))


def _check(row: object) -> Check:
    fields = {name: getattr(row, name) for name in Check.model_fields}
    return Check(**{**fields, "findings": fields["findings"] or []})


def _mark(cursor: str | None) -> tuple[datetime, UUID] | None:
    key = decode_cursor(cursor, 2)
    if key is None:
        return None
    try:
        return datetime.fromisoformat(str(key[0])), UUID(str(key[1]))
    except ValueError as reason:
        raise BadCursor from reason
