"""Signing in, going on, signing out."""

import base64
from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.exceptions import RequestValidationError

from nuanyang.access.accounts import me, repository, sessions
from nuanyang.access.accounts.errors import SessionEnded
from nuanyang.access.accounts.routes import cookies
from nuanyang.access.accounts.schemas import Me, RefreshInput, SchoolChoice, SecondStep, SignInRefused, TokenAnswer, TokenForm
from nuanyang.access.accounts.signing_in import Door, sign_in, take_second_step
from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, database, public
from nuanyang.access.own_pages import from_our_pages, not_from_another_site
from nuanyang.access.service_accounts import service as programs
from nuanyang.access.tokens.jwt import ACCESS_SECONDS
from nuanyang.kit.db import carry, opening
from nuanyang.kit.schemas import problems

router = APIRouter()
REFUSED: dict[int | str, dict[str, object]] = {401: {"model": SignInRefused, "content": {"application/problem+json": {}}}}


def _door(request: Request) -> Door:
    state = request.app.state
    return Door(database(request), state.signer, state.keyring, state.lifetimes)


def _answer(request: Request, response: Response, signed: sessions.SignedIn) -> TokenAnswer:
    # A student's session ends with the browser's window: the next child sits down at the same computer.
    life = None if signed.is_student else cookies.seconds_until(signed.session.expires_at)
    cookies.keep_refresh_token(request, response, signed.refresh_token, life)
    if signed.device_token:
        cookies.keep_device_token(request, response, signed.device_token)
    schools = [SchoolChoice(id=place.school_id, name=place.name, roles=list(place.roles)) for place in signed.places]
    return TokenAnswer(
        access_token=signed.access_token,
        expires_in=ACCESS_SECONDS,
        must_change_password=signed.account.must_change_password,
        must_enrol_second_factor=signed.session.strength == "enrolling",
        school=next((s for s in schools if s.id == signed.school_id), None),
        schools=schools,
    )


@router.post(
    "/auth/token",
    operation_id="auth_token",
    dependencies=[public, Depends(not_from_another_site)],
    responses=problems(403, 404, 422, 429) | REFUSED,
)
async def take_token(
    request: Request,
    response: Response,
    form: Annotated[TokenForm, Form()],
) -> TokenAnswer:
    """Sign in with name and password (OAuth 2.0 password form): an access token, and the refresh token as a cookie.

    Where a second factor is asked for, the answer is 401 `mfa_required` with a ticket for `POST /auth/second-factor`.
    Programs send `grant_type=client_credentials` with `client_id` and `client_secret` (or HTTP Basic) and get a token without a cookie.
    """
    visit = cookies.visit_of(request)
    if form.grant_type == "client_credentials":
        return await _program_token(request, form, visit.address)
    if form.username is None or form.password is None:
        missing = [name for name in ("username", "password") if getattr(form, name) is None]
        raise RequestValidationError([{"type": "missing", "loc": ("body", name), "msg": "Field required"} for name in missing])
    return _answer(request, response, await sign_in(_door(request), form.username, form.password, form.school_id, visit))


async def _program_token(request: Request, form: TokenForm, address: str) -> TokenAnswer:
    client_id, client_secret = _basic(request) or (form.client_id or "", form.client_secret or "")
    state = request.app.state
    signed = await programs.sign_in(database(request), state.signer, client_id, client_secret, form.scope, address)
    name = await repository.school_name(database(request), signed.school_id)
    school = SchoolChoice(id=signed.school_id, name=name, roles=[])
    return TokenAnswer(
        access_token=signed.access_token,
        expires_in=ACCESS_SECONDS,
        must_change_password=False,
        must_enrol_second_factor=False,
        school=school,
        schools=[school],
        scope=" ".join(signed.scopes),
    )


def _basic(request: Request) -> tuple[str, str] | None:
    """Client credentials in the header, as RFC 6749 2.3.1 prefers."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, client_secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return unquote(client_id), unquote(client_secret)


@router.post(
    "/auth/second-factor",
    operation_id="auth_second_factor",
    dependencies=[public, Depends(not_from_another_site)],
    responses=problems(403, 422, 429) | REFUSED,
)
async def take_second_factor(request: Request, response: Response, body: SecondStep) -> TokenAnswer:
    """The second step: the ticket and a code for a session. The ticket is good for five minutes and one session."""
    visit = cookies.visit_of(request)
    signed = await take_second_step(_door(request), body.ticket, body.code, visit, trust_device=body.trust_device)
    return _answer(request, response, signed)


@router.post(
    "/auth/refresh", operation_id="auth_refresh", dependencies=[public, Depends(from_our_pages)], responses=problems(401, 403, 404, 409)
)
async def refresh(request: Request, response: Response, session: DbSession, body: RefreshInput | None = None) -> TokenAnswer:
    """Rotate the refresh cookie and get a new access token, for another school if asked."""
    token, door = cookies.refresh_token(request), _door(request)
    wanted = body.school_id if body else None
    signed = await sessions.refresh(session, door.signer, door.lifetimes, token, wanted, cookies.visit_of(request)) if token else None
    if signed is None:
        await session.commit()  # a session ended by reuse stays ended
        raise SessionEnded
    answer = _answer(request, response, signed)
    answer.me = await _me(request, session, signed)
    return answer


async def _me(request: Request, session: DbSession, signed: sessions.SignedIn) -> Me | None:
    """What `/me` would say under the new token; nothing while a school, a password of one's own or a second factor is missing."""
    account, opened = signed.account, signed.session
    if signed.school_id is None or account.must_change_password or opened.strength == "enrolling":
        return None
    await session.commit()
    # The next transaction is the caller's own, on the connection that this request holds already.
    carry(session, opening(account_id=account.id, school_id=signed.school_id))
    caller = await request.app.state.callers.load_in(session, account.id, signed.school_id, opened.id, account.session_version)
    return await me.describe(session, caller) if caller else None


@router.post(
    "/auth/sign-out", operation_id="auth_sign_out", status_code=204, dependencies=[public, Depends(from_our_pages)], responses=problems(403)
)
async def sign_out(request: Request, response: Response, session: DbSession) -> None:
    """End this session."""
    caller: Caller | None = request.scope.get("caller")
    await sessions.sign_out(session, cookies.refresh_token(request), caller.session_id if caller else None)
    cookies.drop_refresh_token(request, response)
