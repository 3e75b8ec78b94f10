"""Sign-in, the own account, and the administration of accounts."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from nuanyang.access.accounts import administration, me, repository, service
from nuanyang.access.accounts.errors import SessionEnded
from nuanyang.access.accounts.schemas import (
    AccountInput,
    AccountPage,
    AccountRow,
    FirstPassword,
    Me,
    PasswordChange,
    PersonKind,
    RefreshInput,
    RoleInput,
    SchoolChoice,
    TokenAnswer,
)
from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, SignedIn, public, requires_role, unknown_parameters
from nuanyang.access.idempotency import SHOWN_ONCE
from nuanyang.access.tokens.jwt import ACCESS_SECONDS, Signer
from nuanyang.kit.db import carry, opening
from nuanyang.kit.errors import Forbidden, NotFound
from nuanyang.kit.paging import Cursor, Limit, decode_cursor, encode_cursor
from nuanyang.kit.schemas import problems

router = APIRouter(tags=["access"])
Administrator = Annotated[Caller, Depends(requires_role("admin"))]
COOKIE, LOCAL_COOKIE, COOKIE_PATH = "__Secure-nuanyang-refresh", "nuanyang-refresh", "/api/v1/auth"


def _signer(request: Request) -> Signer:
    return request.app.state.signer  # type: ignore[no-any-return]


def _same_site(request: Request) -> None:
    """The routes that read the cookie answer to our own pages only: a cross-site form cannot send this header."""
    site = request.headers.get("sec-fetch-site")
    if request.headers.get("x-requested-with") != "nuanyang" or site not in (None, "same-origin", "none"):
        raise Forbidden


def _is_local(request: Request) -> bool:
    # Browsers keep no Secure cookie that came over plain HTTP. On this very machine nothing travels over a network, so it may do without.
    return request.url.scheme == "http" and request.url.hostname in ("127.0.0.1", "localhost", "::1")


def _cookie(request: Request) -> str | None:
    return request.cookies.get(LOCAL_COOKIE if _is_local(request) else COOKIE)


def _answer(request: Request, response: Response, signed: service.SignedIn) -> TokenAnswer:
    is_local = _is_local(request)
    response.set_cookie(
        LOCAL_COOKIE if is_local else COOKIE,
        signed.refresh_token,
        max_age=None if signed.is_student else service.SESSION_HOURS * 3600,
        path=COOKIE_PATH,
        secure=not is_local,
        httponly=True,
        samesite="strict",
    )
    response.headers["Cache-Control"] = "no-store"
    schools = [SchoolChoice(id=i, name=n, roles=r) for i, n, r in signed.schools]
    return TokenAnswer(
        access_token=signed.access_token,
        expires_in=ACCESS_SECONDS,
        must_change_password=signed.account.must_change_password,
        school=next((s for s in schools if s.id == signed.school_id), None),
        schools=schools,
    )


@router.post("/auth/token", operation_id="auth_token", dependencies=[public], responses=problems(401, 404, 422, 429))
async def sign_in(
    request: Request,
    response: Response,
    session: DbSession,
    username: Annotated[str, Form(max_length=100, pattern=r"^[^\x00]*$")],
    password: Annotated[str, Form(max_length=1024)],
    school_id: Annotated[UUID | None, Form()] = None,
    grant_type: Annotated[str | None, Form(pattern="^password$")] = None,  # noqa: ARG001 - OAuth clients send it
) -> TokenAnswer:
    """Sign in with name and password (OAuth 2.0 password form): an access token, and the refresh token as a cookie."""
    address = request.client.host if request.client else "-"
    signed = await service.sign_in(session, _signer(request), username, password, school_id, address)
    if isinstance(signed, service.Refusal):
        await session.commit()  # the failure counts
        raise signed.reason(headers={"Retry-After": "900"} if signed.reason.status == 429 else {"WWW-Authenticate": "Bearer"})
    return _answer(request, response, signed)


@router.post(
    "/auth/refresh", operation_id="auth_refresh", dependencies=[public, Depends(_same_site)], responses=problems(401, 403, 404, 409)
)
async def refresh(request: Request, response: Response, session: DbSession, body: RefreshInput | None = None) -> TokenAnswer:
    """Rotate the refresh cookie and get a new access token, for another school if asked."""
    token = _cookie(request)
    signed = await service.refresh(session, _signer(request), token, body.school_id if body else None) if token else None
    if signed is None:
        await session.commit()  # a session ended by reuse stays ended
        raise SessionEnded
    answer = _answer(request, response, signed)
    answer.me = await _me(request, session, signed)
    return answer


async def _me(request: Request, session: DbSession, signed: service.SignedIn) -> Me | None:
    """What `/me` would say under the new token; nothing while a school or a password of one's own is missing."""
    if signed.school_id is None or signed.account.must_change_password:
        return None
    await session.commit()
    # The next transaction is the caller's own, on the connection that this request holds already.
    carry(session, opening(account_id=signed.account.id, school_id=signed.school_id))
    load_in = request.app.state.callers.load_in
    caller = await load_in(session, signed.account.id, signed.school_id, signed.session_id, signed.account.session_version)
    return await me.describe(session, caller) if caller else None


@router.post(
    "/auth/sign-out", operation_id="auth_sign_out", status_code=204, dependencies=[public, Depends(_same_site)], responses=problems(403)
)
async def sign_out(request: Request, response: Response, session: DbSession) -> None:
    """End this session."""
    caller: Caller | None = request.scope.get("caller")
    await service.sign_out(session, _cookie(request), caller.session_id if caller else None)
    is_local = _is_local(request)
    response.delete_cookie(LOCAL_COOKIE if is_local else COOKIE, path=COOKIE_PATH, secure=not is_local, httponly=True, samesite="strict")


@router.post("/auth/password", operation_id="auth_change_password", status_code=204, responses=problems(401, 422))
async def change_password(body: PasswordChange, caller: SignedIn, session: DbSession) -> None:
    """Change the own password; other sessions end, and the next access token comes by refresh."""
    await service.change_password(session, caller, body.current_password, body.new_password)


@router.get("/me", operation_id="me", responses=problems(401))
async def show_me(caller: SignedIn, session: DbSession) -> Me:
    """Who I am in this school, what I may do, and what my menu shows."""
    return await me.describe(session, caller)


@router.get("/accounts", operation_id="accounts_list", dependencies=[Depends(unknown_parameters)], responses=problems(401, 403, 422))
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
