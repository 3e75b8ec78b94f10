"""Delegations over HTTP: the own ones, and for administrators those of an account."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from nuanyang.access.accounts.administration import expect_member
from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.delegations import service
from nuanyang.access.delegations.schemas import DelegationInput, Delegations
from nuanyang.access.guards import DbSession, StaffCaller, requires_duty
from nuanyang.kit.schemas import problems

router = APIRouter(tags=["delegations"])


@router.get("/me/delegations", operation_id="delegations_own", responses=problems(401, 403))
async def list_own(caller: StaffCaller, session: DbSession) -> Delegations:
    """The roles and cases somebody may stand in for, whom I named, and for whom I stand in."""
    return await _of(session, caller, caller.account_id)


@router.get("/accounts/{account_id}/delegations", operation_id="delegations_of", responses=problems(401, 403, 404))
async def list_of(account_id: UUID, caller: Annotated[Caller, Depends(requires_duty("keep_accounts"))], session: DbSession) -> Delegations:
    """The same of an account of this school, single cases left out."""
    await expect_member(session, caller, account_id)
    return await _of(session, caller, account_id)


@router.post("/delegations", operation_id="delegations_create", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def delegate(body: DelegationInput, request: Request, caller: StaffCaller, session: DbSession) -> Delegations:
    """Name a deputy for some days: for an own role or case, or, as an administrator, for a colleague's role. It lapses by itself."""
    row = await service.delegate(session, caller, body)
    request.app.state.callers.forget(row.account_id)
    return await _of(session, caller, caller.account_id)


@router.post("/delegations/{delegation_id}/end", operation_id="delegations_end", responses=problems(401, 403, 404, 409))
async def end(delegation_id: UUID, request: Request, caller: StaffCaller, session: DbSession) -> Delegations:
    """End a delegation early."""
    row = await service.end(session, caller, delegation_id)
    request.app.state.callers.forget(row.account_id)
    return await _of(session, caller, caller.account_id)


async def _of(session: DbSession, caller: Caller, account_id: UUID) -> Delegations:
    found, told = await service.of_account(session, caller, account_id)
    await showed(session, caller, told)
    return found
