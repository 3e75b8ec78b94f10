"""Case leads and the closing of files over HTTP. Reading a file is `oversight/dossiers`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, requires_duty
from nuanyang.casework.dossiers import policy, repository, service
from nuanyang.casework.dossiers.rules import is_over
from nuanyang.casework.dossiers.schemas import (
    CaseLeadInput,
    CaseLeadLimit,
    CaseLeadShown,
    CaseLeadWarning,
    CaseLoad,
    CaseLoadPage,
    DossierCloseInput,
    DossierShown,
)
from nuanyang.kit.errors import Forbidden
from nuanyang.kit.paging import Cursor, Limit, decode_cursor, encode_cursor
from nuanyang.kit.schemas import problems
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import visible_student

router = APIRouter(tags=["dossiers"])
Assigner = Annotated[Caller, Depends(requires_duty("assign_leads"))]


async def _student(session: AsyncSession, caller: Caller, student_id: UUID) -> Student:
    """The student, if the caller may name the lead and may know that there is a file."""
    student = await visible_student(session, caller, student_id)
    file = await service.open_file(session, caller.school_id, student_id)
    classes = await repository.recognised_classes(session, caller.school_id, student_id) | ({file.data_class} if file else set())
    if not policy.may_assign(caller, student) or (file and not policy.may_see_file(caller, student, classes)):
        raise Forbidden
    return student


@router.post(
    "/students/{student_id}/case-lead", operation_id="case_leads_assign", status_code=201, responses=problems(401, 403, 404, 409, 422)
)
async def assign(student_id: UUID, body: CaseLeadInput, caller: Assigner, session: DbSession) -> CaseLeadShown:
    """Name the one who leads this student's case from today on; rights follow, the former lead's end.

    More cases than the school's limit (five, where it set none) is done with a warning.
    """
    await _student(session, caller, student_id)
    lead, has_account = await service.assign_lead(session, caller, student_id, body.staff_id, body.handover_note)
    count, limit = (
        await repository.cases_led(session, caller.school_id, body.staff_id),
        await repository.case_lead_limit(session, caller.school_id),
    )
    member = await repository.staff_member(session, caller.school_id, body.staff_id)
    message = f"该教师现负责 {count} 名学生，超过本校上限 {limit} 名。"
    return CaseLeadShown(
        id=lead.id,
        student_id=student_id,
        staff_id=lead.staff_id,
        name=member.name if member else "",
        valid_from=lead.valid_from,
        has_account=has_account,
        warnings=[CaseLeadWarning(count=count, limit=limit, message=message)] if is_over(count, limit) else [],
    )


@router.get("/case-leads", operation_id="case_leads_list", responses=problems(401, 403, 422))
async def list_loads(
    caller: Assigner,
    session: DbSession,
    limit: Limit = 50,
    cursor: Cursor = None,
    q: Annotated[str | None, Query(max_length=60, description="Name, pinyin or initials.")] = None,
    staff_id: Annotated[list[UUID] | None, Query(max_length=200, description="Only these.")] = None,
    leading_only: Annotated[bool, Query(description="Only who leads a case.")] = False,
) -> CaseLoadPage:
    """Members of staff by name, with the number of cases each leads."""
    rows = await repository.loads(
        session, caller.school_id, q=q, staff_ids=staff_id, leading_only=leading_only, after=decode_cursor(cursor, 2), limit=limit + 1
    )
    most = await repository.case_lead_limit(session, caller.school_id)
    last = rows[limit - 1][0] if len(rows) > limit else None
    return CaseLoadPage(
        items=[CaseLoad(staff_id=s.id, name=s.name, count=n, is_over=is_over(n, most)) for s, n in rows[:limit]],
        limit=most,
        next_cursor=encode_cursor(last.pinyin, last.id) if last else None,
    )


@router.put("/case-leads/limit", operation_id="case_leads_limit", responses=problems(401, 403, 422))
async def set_limit(
    body: CaseLeadLimit, caller: Annotated[Caller, Depends(requires_duty("limit_leads"))], session: DbSession
) -> CaseLeadLimit:
    """Set how many cases one person should lead at most in this school; above it a warning, never a refusal."""
    await repository.set_case_lead_limit(session, caller.school_id, body.limit)
    return body


@router.post("/students/{student_id}/dossier/close", operation_id="dossiers_close", responses=problems(401, 403, 404, 409, 422))
async def close(student_id: UUID, body: DossierCloseInput, caller: Assigner, session: DbSession) -> DossierShown:
    """Close the student's file, with the reason; refused while a recognition is in force."""
    student = await _student(session, caller, student_id)
    return DossierShown.model_validate(await service.close_dossier(session, caller, student, body.reason))
