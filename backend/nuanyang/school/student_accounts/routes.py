"""Students' accounts over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, requires_duty
from nuanyang.access.idempotency import SHOWN_ONCE
from nuanyang.kit.schemas import problems
from nuanyang.school.student_accounts import service
from nuanyang.school.student_accounts.schemas import ClassesAccounts, OpenedStudentAccounts, OpenStudentAccountsInput

router = APIRouter(tags=["access"])
Administrator = Annotated[Caller, Depends(requires_duty("keep_accounts"))]


@router.get("/student-accounts", operation_id="student_accounts_list", responses=problems(401, 403, 409))
async def list_student_accounts(caller: Administrator, session: DbSession) -> ClassesAccounts:
    """How many students of each class have an account; no student is named."""
    return ClassesAccounts(items=await service.by_class(session, caller))


@router.post("/student-accounts", operation_id="student_accounts_open", responses=problems(401, 403, 404, 409, 422))
async def open_student_accounts(
    body: OpenStudentAccountsInput, caller: Administrator, session: DbSession, response: Response
) -> OpenedStudentAccounts:
    """Open accounts for the students of a class who have none; the one-time passwords are in this answer only."""
    response.headers[SHOWN_ONCE] = "true"
    return await service.open_accounts(session, caller, body.class_id, body.limit)
