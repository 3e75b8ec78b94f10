"""The own account: who I am, my password, my sessions, my second factor."""

from collections.abc import Sequence
from typing import Literal, cast
from uuid import UUID

from fastapi import APIRouter, Request, Response

from nuanyang.access.accounts import events, me, repository, service, sessions, step_up
from nuanyang.access.accounts.devices import forget_devices, trusted_devices
from nuanyang.access.accounts.models import SecurityEvent, Session
from nuanyang.access.accounts.routes import cookies
from nuanyang.access.accounts.rules import device_name, may_trust_device, needs_second_factor
from nuanyang.access.accounts.schemas import (
    CodeInput,
    CodesShown,
    ConfirmInput,
    DeviceShown,
    EndedSessions,
    EnrolmentInput,
    EnrolmentShown,
    EventList,
    EventShown,
    Me,
    PasswordChange,
    SecondFactorShown,
    SessionList,
    SessionShown,
)
from nuanyang.access.guards import DbSession, Person, SignedIn
from nuanyang.access.idempotency import SHOWN_ONCE
from nuanyang.access.second_factors import service as second_factors
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.errors import NotFound
from nuanyang.kit.schemas import problems

router = APIRouter()


def _keyring(request: Request) -> Keyring:
    return request.app.state.keyring  # type: ignore[no-any-return]


@router.get("/me", operation_id="me", responses=problems(401))
async def show_me(caller: SignedIn, session: DbSession) -> Me:
    """Who I am in this school, what I may do, and what my menu shows."""
    return await me.describe(session, caller)


@router.post("/auth/password", operation_id="auth_change_password", status_code=204, responses=problems(401, 403, 422, 429))
async def change_password(request: Request, body: PasswordChange, caller: Person, session: DbSession) -> None:
    """Change the own password; other sessions end, and the next access token comes by refresh."""
    await service.change_password(session, caller, body.current_password, body.new_password, cookies.visit_of(request))


@router.post("/auth/confirm", operation_id="auth_confirm", status_code=204, responses=problems(401, 403, 422, 429))
async def confirm(request: Request, body: ConfirmInput, caller: Person, session: DbSession) -> None:
    """Show password and second factor anew: for five minutes what is most sensitive opens in this session."""
    await step_up.confirm(session, _keyring(request), caller, body.password, body.code, cookies.visit_of(request))


@router.get("/me/sessions", operation_id="me_sessions", responses=problems(401, 403))
async def list_sessions(caller: Person, session: DbSession) -> SessionList:
    """The devices on which I am signed in."""
    return SessionList(items=shown_sessions(await service.own_sessions(session, caller), caller.session_id))


@router.post("/me/sessions/{session_id}/end", operation_id="me_end_session", status_code=204, responses=problems(401, 403, 404))
async def end_session(session_id: UUID, request: Request, caller: Person, session: DbSession) -> None:
    """Sign out on one device."""
    await sessions.end_session(session, caller.account_id, session_id, "ended_by_owner")
    events.record(session, caller.account_id, "sessions_ended", address=cookies.visit_of(request).address, count=1)


@router.post("/me/sessions/end-others", operation_id="me_end_other_sessions", responses=problems(401, 403))
async def end_other_sessions(request: Request, caller: Person, session: DbSession) -> EndedSessions:
    """Sign out everywhere but here."""
    return EndedSessions(ended=await service.end_other_sessions(session, caller, cookies.visit_of(request)))


@router.get("/me/second-factor", operation_id="me_second_factor", responses=problems(401, 403))
async def show_second_factor(caller: Person, session: DbSession) -> SecondFactorShown:
    """How I stand with my second factor, and which browsers are spared it."""
    account = await service.own_account(session, caller)
    places = await repository.places_of(session, account)
    standing = await second_factors.standing(session, account.id)
    devices = [
        DeviceShown(
            id=device.id,
            device=device_name(device.user_agent),
            address=device.address,
            last_seen_at=device.last_seen_at,
            trusted_until=device.trusted_until,
        )
        for device in await trusted_devices(session, account.id)
        if device.trusted_until
    ]
    return SecondFactorShown(
        kind=cast("Literal['totp', 'printed'] | None", standing.kind),
        confirmed_at=standing.confirmed_at,
        codes_left=standing.codes_left,
        is_required=needs_second_factor(places, is_district_admin=account.is_district_admin),
        may_trust_device=may_trust_device(places, is_district_admin=account.is_district_admin),
        devices=devices,
    )


@router.post("/me/second-factor/enrolment", operation_id="me_begin_second_factor", responses=problems(401, 403, 422, 429))
async def begin_second_factor(
    request: Request, response: Response, body: EnrolmentInput, caller: Person, session: DbSession
) -> EnrolmentShown:
    """Begin to enrol an authenticator app or a printed sheet; it counts once a code of it has been shown."""
    response.headers[SHOWN_ONCE] = "true"
    enrolment = await service.begin_second_factor(session, _keyring(request), caller, body.kind, body.code)
    return EnrolmentShown.model_validate(enrolment)


@router.post("/me/second-factor/confirm", operation_id="me_confirm_second_factor", responses=problems(401, 403, 409, 422, 429))
async def confirm_second_factor(request: Request, response: Response, body: CodeInput, caller: Person, session: DbSession) -> CodesShown:
    """Show a first code: from now on it counts. Answers the recovery codes of an app; the next access token comes by refresh."""
    response.headers[SHOWN_ONCE] = "true"
    codes = await service.confirm_second_factor(session, _keyring(request), caller, body.code, cookies.visit_of(request))
    return CodesShown(codes=codes)


@router.post("/me/second-factor/codes", operation_id="me_renew_codes", responses=problems(401, 403, 409, 422, 429))
async def renew_codes(request: Request, response: Response, body: CodeInput, caller: Person, session: DbSession) -> CodesShown:
    """New recovery codes (or a new printed sheet) against a right code; the old ones are void."""
    response.headers[SHOWN_ONCE] = "true"
    return CodesShown(codes=await service.renew_codes(session, _keyring(request), caller, body.code, cookies.visit_of(request)))


@router.post("/me/devices/{device_id}/forget", operation_id="me_forget_device", status_code=204, responses=problems(401, 403, 404))
async def forget_device(device_id: UUID, request: Request, caller: Person, session: DbSession) -> None:
    """Trust a browser no longer."""
    if not await forget_devices(session, caller.account_id, device_id):
        raise NotFound
    events.record(session, caller.account_id, "device_forgotten", address=cookies.visit_of(request).address)


@router.get("/me/security-events", operation_id="me_security_events", responses=problems(401, 403))
async def list_events(caller: Person, session: DbSession) -> EventList:
    """What happened to my sign-in lately."""
    rows = await events.latest(session, caller.account_id)
    return EventList(items=await shown_events(session, rows))


def shown_sessions(rows: Sequence[Session], current_id: UUID | None = None) -> list[SessionShown]:
    """Sessions in words."""
    return [
        SessionShown(
            id=row.id,
            is_current=row.id == current_id,
            device=device_name(row.user_agent),
            address=row.address,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            expires_at=row.expires_at,
        )
        for row in rows
    ]


async def shown_events(session: DbSession, rows: Sequence[SecurityEvent]) -> list[EventShown]:
    """Lines of the record with the names of those who acted."""
    names = await repository.display_names(session, {row.actor_id for row in rows if row.actor_id and row.actor_id != row.account_id})
    return [
        EventShown(
            id=row.id,
            kind=row.kind,
            happened_at=row.happened_at,
            by=names.get(row.actor_id) if row.actor_id else None,
            address=row.address,
            device=device_name(str(row.details.get("user_agent", ""))),
            reason=row.details.get("reason"),
        )
        for row in rows
    ]
