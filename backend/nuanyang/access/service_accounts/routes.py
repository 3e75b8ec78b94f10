"""Programs over HTTP: for administrators. Programs themselves sign in at `POST /auth/token`."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from nuanyang.access.accounts.models import Account
from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, requires_duty
from nuanyang.access.idempotency import SHOWN_ONCE
from nuanyang.access.service_accounts import repository, service
from nuanyang.access.service_accounts.models import ServiceAccount, ServiceSecret
from nuanyang.access.service_accounts.schemas import (
    IssuedSecret,
    SecretShown,
    ServiceAccountInput,
    ServiceAccountList,
    ServiceAccountShown,
)
from nuanyang.kit.clock import now
from nuanyang.kit.errors import NotFound
from nuanyang.kit.schemas import problems

router = APIRouter(tags=["access"])
Administrator = Annotated[Caller, Depends(requires_duty("keep_accounts"))]


def _shown(row: ServiceAccount, account: Account, living: Sequence[ServiceSecret]) -> ServiceAccountShown:
    return ServiceAccountShown.model_validate(
        {
            "id": row.id,
            "name": account.display_name,
            "client_id": account.username,
            "scopes": row.scopes,
            "addresses": row.addresses,
            "secrets": [
                SecretShown(
                    id=one.id,
                    hint=one.hint,
                    created_at=one.created_at,
                    expires_at=one.expires_at,
                    is_expired=one.expires_at <= now(),
                    last_used_at=one.last_used_at,
                )
                for one in living
            ],
            "created_at": row.created_at,
            "last_used_at": row.last_used_at,
            "last_address": row.last_address,
            "is_revoked": row.revoked_at is not None,
        }
    )


async def _reread(session: DbSession, caller: Caller, account_id: UUID) -> ServiceAccountShown:
    found = await repository.one(session, caller.school_id, account_id)
    if found is None:
        raise NotFound
    for row in found:
        await session.refresh(row)
    living = await repository.living_secrets(session, caller.school_id, [account_id])
    return _shown(*found, living.get(account_id, []))


@router.get("/service-accounts", operation_id="service_accounts_list", responses=problems(401, 403))
async def list_service_accounts(caller: Administrator, session: DbSession) -> ServiceAccountList:
    """The programs that work for the school."""
    rows = await repository.listed(session, caller.school_id)
    living = await repository.living_secrets(session, caller.school_id, [row.id for row, _ in rows])
    return ServiceAccountList(items=[_shown(row, account, living.get(row.id, [])) for row, account in rows])


@router.post("/service-accounts", operation_id="service_accounts_create", status_code=201, responses=problems(401, 403, 409, 422))
async def create_service_account(body: ServiceAccountInput, caller: Administrator, session: DbSession, response: Response) -> IssuedSecret:
    """Make an account for a program; its secret is in this answer only."""
    issued = await service.create(session, caller, body.name, body.scopes, body.addresses)
    response.headers[SHOWN_ONCE] = "true"
    shown = await _reread(session, caller, issued.row.id)
    return IssuedSecret(account=shown, client_secret=issued.clear, expires_at=issued.secret.expires_at)


@router.post(
    "/service-accounts/{account_id}/secrets",
    operation_id="service_accounts_issue_secret",
    status_code=201,
    responses=problems(401, 403, 404, 409),
)
async def issue_secret(account_id: UUID, caller: Administrator, session: DbSession, response: Response) -> IssuedSecret:
    """Give a program its next secret, shown once; the one in use stays good until it is revoked or lapses."""
    issued = await service.issue_secret(session, caller, account_id)
    response.headers[SHOWN_ONCE] = "true"
    shown = await _reread(session, caller, account_id)
    return IssuedSecret(account=shown, client_secret=issued.clear, expires_at=issued.secret.expires_at)


@router.post(
    "/service-accounts/{account_id}/secrets/{secret_id}/revoke",
    operation_id="service_accounts_revoke_secret",
    responses=problems(401, 403, 404),
)
async def revoke_secret(account_id: UUID, secret_id: UUID, caller: Administrator, session: DbSession) -> ServiceAccountShown:
    """End one secret; the program's tokens end within ten seconds."""
    await service.revoke_secret(session, caller, account_id, secret_id)
    return await _reread(session, caller, account_id)


@router.post("/service-accounts/{account_id}/revoke", operation_id="service_accounts_revoke", responses=problems(401, 403, 404, 409))
async def revoke(account_id: UUID, caller: Administrator, session: DbSession) -> ServiceAccountShown:
    """End a program for good, within ten seconds."""
    await service.revoke(session, caller, account_id)
    return await _reread(session, caller, account_id)
