"""The administration of accounts."""

from typing import Annotated, Literal, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from nuanyang.access.accounts import administration, events, repository
from nuanyang.access.accounts.routes.own import shown_events, shown_sessions
from nuanyang.access.accounts.schemas import (
    AccountInput,
    AccountPage,
    AccountRow,
    AccountSecurity,
    EndedSessions,
    FirstPassword,
    PersonKind,
    ResetInput,
    RoleInput,
    SignInPolicy,
    SignInPolicyInput,
)
from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, requires_duty
from nuanyang.access.idempotency import SHOWN_ONCE
from nuanyang.access.second_factors import service as second_factors
from nuanyang.kit.errors import NotFound
from nuanyang.kit.paging import Cursor, Limit, decode_cursor, encode_cursor
from nuanyang.kit.schemas import problems

router = APIRouter()
Administrator = Annotated[Caller, Depends(requires_duty("keep_accounts"))]


@router.get("/accounts", operation_id="accounts_list", responses=problems(401, 403, 422))
async def list_accounts(
    caller: Administrator,
    session: DbSession,
    limit: Limit = 50,
    cursor: Cursor = None,
    q: Annotated[str | None, Query(max_length=60)] = None,
    person_kind: Annotated[PersonKind | None, Query(description="Only accounts of staff, of guardians or of students.")] = None,
) -> AccountPage:
    """Accounts of this school by sign-in name."""
    after = decode_cursor(cursor, 1)
    rows = await repository.accounts_page(session, caller.school_id, q=q, person_kind=person_kind, after=after, limit=limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    return AccountPage(
        items=await administration.shown(session, caller.school_id, rows), next_cursor=encode_cursor(rows[-1][0].username) if more else None
    )


async def _shown(session: DbSession, caller: Caller, account_id: UUID) -> AccountRow:
    found = await repository.member(session, caller.school_id, account_id)
    if found is None:
        raise NotFound
    return (await administration.shown(session, caller.school_id, [found]))[0]


@router.post("/accounts", operation_id="accounts_create", status_code=201, responses=problems(401, 403, 409, 422))
async def create_account(body: AccountInput, caller: Administrator, session: DbSession, response: Response) -> FirstPassword:
    """Make an account; its one-time first password is in this answer only."""
    account, first, expires_at = await administration.create_account(session, caller.school_id, body, caller.account_id)
    response.headers["Location"] = f"/api/v1/accounts/{account.id}"
    response.headers[SHOWN_ONCE] = "true"
    row = await _shown(session, caller, account.id)
    return FirstPassword(account=row, first_password=first, expires_at=expires_at)


@router.get("/accounts/{account_id}", operation_id="accounts_read", responses=problems(401, 403, 404))
async def read_account(account_id: UUID, caller: Administrator, session: DbSession) -> AccountRow:
    """One account of this school."""
    return await _shown(session, caller, account_id)


@router.post("/accounts/{account_id}/reset-password", operation_id="accounts_reset_password", responses=problems(401, 403, 404, 409))
async def reset_password(account_id: UUID, caller: Administrator, session: DbSession, response: Response) -> FirstPassword:
    """Give a new one-time password, shown once; all sessions of the account end."""
    _, first, expires_at = await administration.reset_password(session, caller, account_id)
    response.headers[SHOWN_ONCE] = "true"
    return FirstPassword(account=await _shown(session, caller, account_id), first_password=first, expires_at=expires_at)


@router.post("/accounts/{account_id}/disable", operation_id="accounts_disable", responses=problems(401, 403, 404, 409))
async def disable_account(account_id: UUID, caller: Administrator, session: DbSession) -> AccountRow:
    """Lock an account out, at the latest ten seconds from now."""
    await administration.set_disabled(session, caller, account_id, True)
    return await _shown(session, caller, account_id)


@router.post("/accounts/{account_id}/enable", operation_id="accounts_enable", responses=problems(401, 403, 404, 409))
async def enable_account(account_id: UUID, caller: Administrator, session: DbSession) -> AccountRow:
    """Let a disabled account in again."""
    await administration.set_disabled(session, caller, account_id, False)
    return await _shown(session, caller, account_id)


@router.post(
    "/accounts/{account_id}/roles", operation_id="accounts_give_role", status_code=201, responses=problems(401, 403, 404, 409, 422)
)
async def give_role(account_id: UUID, body: RoleInput, caller: Administrator, session: DbSession) -> AccountRow:
    """Give a dated role."""
    await administration.give_role(session, caller, account_id, body)
    return await _shown(session, caller, account_id)


@router.post("/accounts/{account_id}/roles/{role_id}/end", operation_id="accounts_end_role", responses=problems(401, 403, 404, 409))
async def end_role(account_id: UUID, role_id: UUID, caller: Administrator, session: DbSession) -> AccountRow:
    """End a role as of today."""
    await administration.end_role(session, caller, account_id, role_id)
    return await _shown(session, caller, account_id)


@router.get("/accounts/{account_id}/security", operation_id="accounts_security", responses=problems(401, 403, 404))
async def read_security(account_id: UUID, caller: Administrator, session: DbSession) -> AccountSecurity:
    """Somebody's second factor, sessions and what happened to their sign-in."""
    if await repository.member(session, caller.school_id, account_id) is None:
        raise NotFound
    standing = await second_factors.standing(session, account_id)
    rows = await repository.living_sessions(session, account_id)
    return AccountSecurity(
        second_factor=cast("Literal['totp', 'printed'] | None", standing.kind),
        confirmed_at=standing.confirmed_at,
        codes_left=standing.codes_left,
        sessions=shown_sessions(rows, caller.session_id),
        events=await shown_events(session, await events.latest(session, account_id)),
    )


@router.post("/accounts/{account_id}/end-sessions", operation_id="accounts_end_sessions", responses=problems(401, 403, 404, 409))
async def end_sessions(account_id: UUID, caller: Administrator, session: DbSession) -> EndedSessions:
    """Sign somebody out everywhere, at the latest ten seconds from now."""
    return EndedSessions(ended=await administration.end_sessions(session, caller, account_id))


@router.post(
    "/accounts/{account_id}/reset-second-factor",
    operation_id="accounts_reset_second_factor",
    responses=problems(401, 403, 404, 409, 422),
)
async def reset_second_factor(account_id: UUID, body: ResetInput, caller: Administrator, session: DbSession) -> AccountRow:
    """Take a lost second factor away; the next sign-in enrols a new one. Recorded with the reason."""
    await administration.reset_second_factor(session, caller, account_id, body.reason)
    return await _shown(session, caller, account_id)


@router.get("/sign-in-policy", operation_id="sign_in_policy_read", responses=problems(401, 403))
async def read_sign_in_policy(caller: Administrator, session: DbSession) -> SignInPolicy:
    """Whether the school's staff need a second factor."""
    return SignInPolicy.model_validate({"second_factor": await repository.second_factor_policy(session, caller.school_id)})


@router.put("/sign-in-policy", operation_id="sign_in_policy_set", responses=problems(401, 403, 422))
async def set_sign_in_policy(body: SignInPolicyInput, caller: Administrator, session: DbSession) -> SignInPolicy:
    """Ask the staff for a second factor, or not. Recorded with the reason; whoever has one is asked all the same."""
    await administration.set_sign_in_policy(session, caller, body.second_factor, body.reason)
    return SignInPolicy(second_factor=body.second_factor)
