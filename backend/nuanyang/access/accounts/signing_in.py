"""Signing in: the password, then the second factor where one is asked for, then a session.

No connection is held while a password is hashed: a hundred people who sign in at once keep nobody else from working.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts import brakes, events, passwords, repository
from nuanyang.access.accounts.devices import Visit, known_device, remember_device
from nuanyang.access.accounts.errors import SecondFactorAsked, TicketExpired, WrongCode, WrongPassword
from nuanyang.access.accounts.models import Account, SignInTicket
from nuanyang.access.accounts.rules import TICKET_LIFE, Lifetimes, Place, is_student, may_trust_device, needs_second_factor
from nuanyang.access.accounts.sessions import SignedIn, act_as, chosen_school, open_session
from nuanyang.access.second_factors import service as second_factors
from nuanyang.access.tokens.jwt import Signer
from nuanyang.kit.clock import now
from nuanyang.kit.crypto import Keyring, secret_hash
from nuanyang.kit.db import Database
from nuanyang.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class Door:
    """What signing in works with."""

    database: Database
    signer: Signer
    keyring: Keyring
    lifetimes: Lifetimes


async def sign_in(door: Door, username: str, password: str, school_id: UUID | None, visit: Visit) -> SignedIn:
    """Check name and password; open a session, or raise `SecondFactorAsked` with a ticket for the next step."""
    username = username.strip().lower()[:100]
    async with door.database.session() as session:
        account = await repository.account_by_username(session, username)
        device = await known_device(session, account.id, visit) if account else None
        keys = brakes.acquaintance(username, visit.device_token or "") if device else brakes.stranger(username, visit.address)
        await brakes.take(session, keys)
    # Whoever is locked out is told the same, after the same time, as who has the password wrong or no account at all.
    is_right = await passwords.verify_password(password, account.password_hash if account and _may_sign_in(account) else None)
    if account is None or not is_right:
        raise WrongPassword(headers={"WWW-Authenticate": "Bearer"})
    fresh_hash = await passwords.hash_password(password) if passwords.is_outdated(account.password_hash or "") else None
    return await _after_password(door, account.id, school_id, visit, keys, fresh_hash)


def _may_sign_in(account: Account) -> bool:
    has_lapsed = account.initial_password_expires_at is not None and account.initial_password_expires_at < now()
    return account.disabled_at is None and not has_lapsed


async def _after_password(
    door: Door, account_id: UUID, school_id: UUID | None, visit: Visit, keys: brakes.Keys, fresh_hash: str | None
) -> SignedIn:
    asked: SecondFactorAsked | None = None
    async with door.database.session() as session:
        account = await session.get_one(Account, account_id)
        if fresh_hash:
            account.password_hash = fresh_hash
        await brakes.release(session, keys)
        await act_as(session, account.id)
        places = await repository.places_of(session, account)
        chosen_school(places, school_id)
        kind = await second_factors.living_kind(session, account.id)
        if kind is not None and not await _is_trusted_here(session, account, places, visit):
            asked = await _ask(session, account, places, school_id, kind)
        else:
            is_missing = kind is None and needs_second_factor(places, is_district_admin=account.is_district_admin)
            return await _enter(door, session, account, places, school_id, visit, strength="enrolling" if is_missing else "full")
    raise asked


async def _is_trusted_here(session: AsyncSession, account: Account, places: Sequence[Place], visit: Visit) -> bool:
    if not may_trust_device(places, is_district_admin=account.is_district_admin):
        return False
    device = await known_device(session, account.id, visit)
    return device is not None and device.trusted_until is not None and device.trusted_until > now()


async def _ask(session: AsyncSession, account: Account, places: Sequence[Place], school_id: UUID | None, kind: str) -> SecondFactorAsked:
    ticket, instant = secrets.token_urlsafe(32), now()
    await session.execute(delete(SignInTicket).where(SignInTicket.expires_at < instant))
    row = SignInTicket(
        id=new_id(),
        account_id=account.id,
        ticket_hash=secret_hash(ticket),
        school_id=school_id,
        session_version=account.session_version,
        expires_at=instant + TICKET_LIFE,
    )
    session.add(row)
    may_trust = may_trust_device(places, is_district_admin=account.is_district_admin)
    facts = {"ticket": ticket, "expires_in": int(TICKET_LIFE.total_seconds()), "factor": kind, "may_trust_device": may_trust}
    return SecondFactorAsked(headers={"WWW-Authenticate": "Bearer"}, extra=facts)


async def take_second_step(door: Door, ticket: str, code: str, visit: Visit, *, trust_device: bool) -> SignedIn:
    """Exchange the ticket and a right code for a session. A wrong code leaves the ticket; five of them make wait."""
    digest = secret_hash(ticket)
    async with door.database.session() as session:
        row = await _valid_ticket(session, digest)
        keys = brakes.second_factor(row.account_id)
        await brakes.take(session, keys)
    async with door.database.session() as session:
        account = await session.get_one(Account, row.account_id)
        if not await second_factors.accepts(session, door.keyring, account.id, code):
            events.record(session, account.id, "wrong_code", address=visit.address)
            await session.commit()
            raise WrongCode(headers={"WWW-Authenticate": "Bearer"})
        used = await session.execute(delete(SignInTicket).where(SignInTicket.ticket_hash == digest).returning(SignInTicket.id))
        if used.one_or_none() is None:  # its twin was quicker
            raise TicketExpired
        await brakes.release(session, keys)
        await act_as(session, account.id)
        places = await repository.places_of(session, account)
        trust = trust_device and may_trust_device(places, is_district_admin=account.is_district_admin)
        return await _enter(door, session, account, places, row.school_id, visit, strength="full", trust=trust)


async def _valid_ticket(session: AsyncSession, digest: bytes) -> SignInTicket:
    row = await repository.ticket(session, digest)
    account = await session.get(Account, row.account_id) if row else None
    if row is None or account is None or row.expires_at <= now() or row.session_version != account.session_version:
        raise TicketExpired
    if not _may_sign_in(account):
        raise TicketExpired
    return row


async def _enter(
    door: Door,
    session: AsyncSession,
    account: Account,
    places: Sequence[Place],
    school_id: UUID | None,
    visit: Visit,
    *,
    strength: str,
    trust: bool = False,
) -> SignedIn:
    token = None if is_student(places) else await remember_device(session, account.id, visit, trust=trust)
    opened = await open_session(session, door.signer, door.lifetimes, account, places, school_id, visit, strength=strength)
    return SignedIn(opened.account, opened.access_token, opened.refresh_token, opened.school_id, places, opened.session, token)
