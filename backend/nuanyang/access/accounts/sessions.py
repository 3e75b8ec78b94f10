"""Sessions: opened after sign-in, carried on by rotating refresh tokens, seen and ended by their owner and by administrators."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts import events, repository
from nuanyang.access.accounts.devices import Visit
from nuanyang.access.accounts.errors import RefreshRace
from nuanyang.access.accounts.models import Account, Session, SpentRefreshToken
from nuanyang.access.accounts.rules import MOST_SESSIONS, ROTATION_GRACE, Lifetimes, Place, is_student
from nuanyang.access.tokens.jwt import Signer
from nuanyang.kit.clock import now
from nuanyang.kit.crypto import secret_hash
from nuanyang.kit.errors import NotFound
from nuanyang.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh pair of tokens and the schools to choose from."""

    account: Account
    access_token: str
    refresh_token: str
    school_id: UUID | None
    places: Sequence[Place]
    session: Session
    device_token: str | None = None

    @property
    def is_student(self) -> bool:
        """Whether the session must not outlive the browser's window."""
        return is_student(self.places)


async def open_session(
    session: AsyncSession,
    signer: Signer,
    lifetimes: Lifetimes,
    account: Account,
    places: Sequence[Place],
    school_id: UUID | None,
    visit: Visit,
    *,
    strength: str,
) -> SignedIn:
    """A new session for one of the account's schools, whatever others there are; the oldest gives way when there are too many."""
    chosen, refresh, instant = chosen_school(places, school_id), secrets.token_urlsafe(32), now()
    idle, whole = _limits(lifetimes, places)
    row = Session(
        id=new_id(),
        account_id=account.id,
        school_id=chosen,
        refresh_hash=secret_hash(refresh),
        strength=strength,
        address=visit.address,
        user_agent=visit.user_agent,
        rotated_at=instant,
        last_used_at=instant,
        created_at=instant,
        idle_seconds=int(idle.total_seconds()),
        expires_at=instant + whole,
    )
    for surplus in (await repository.living_sessions(session, account.id))[MOST_SESSIONS - 1 :]:
        surplus.ended_at, surplus.end_reason = instant, "too_many"
    await repository.forget_spent_tokens(session, account.id)
    session.add(row)
    events.record(session, account.id, "signed_in", address=visit.address, user_agent=visit.user_agent, session_id=str(row.id))
    await session.flush()
    return SignedIn(account, access_token(signer, account, row, places), refresh, chosen, places, row)


async def refresh(
    session: AsyncSession, signer: Signer, lifetimes: Lifetimes, refresh_token: str, school_id: UUID | None, visit: Visit
) -> SignedIn | None:
    """Rotate the refresh token and mint an access token; None when the session is over (the use of a spent token ends it).

    Raises `RefreshRace` when the token was spent a moment ago by another tab: then the newest cookie is already there.
    """
    digest, instant = secret_hash(refresh_token), now()
    row, spent_at = await repository.session_by_token(session, digest)
    if row is None or row.ended_at is not None or instant >= row.expires_at or row.is_idle(instant):
        return None
    if spent_at is not None:
        if instant - spent_at <= ROTATION_GRACE:
            raise RefreshRace
        # An old token came back: thief or victim, nobody goes on with this session.
        row.ended_at, row.end_reason = instant, "reuse"
        events.record(session, row.account_id, "refresh_token_reused", address=visit.address, session_id=str(row.id))
        return None
    account = await session.get(Account, row.account_id)
    if account is None or account.disabled_at is not None:
        return None
    await act_as(session, account.id)
    places = await repository.places_of(session, account)
    idle, whole = _limits(lifetimes, places)
    fresh = secrets.token_urlsafe(32)
    session.add(SpentRefreshToken(token_hash=digest, session_id=row.id, spent_at=instant))
    row.school_id = chosen_school(places, school_id or row.school_id)
    row.refresh_hash, row.rotated_at, row.last_used_at = secret_hash(fresh), instant, instant
    # Somebody who became a counsellor since then gets a counsellor's limits.
    row.idle_seconds, row.expires_at = int(idle.total_seconds()), min(row.expires_at, row.created_at + whole)
    row.address, row.user_agent = visit.address, visit.user_agent or row.user_agent
    await session.flush()
    return SignedIn(account, access_token(signer, account, row, places), fresh, row.school_id, places, row)


async def end_session(session: AsyncSession, account_id: UUID, session_id: UUID, reason: str) -> None:
    """End one session of an account; `NotFound` where it is not the account's or over already."""
    row = await session.get(Session, session_id)
    if row is None or row.account_id != account_id or row.ended_at is not None:
        raise NotFound
    row.ended_at, row.end_reason = now(), reason
    await session.flush()


async def sign_out(session: AsyncSession, refresh_token: str | None, session_id: UUID | None) -> None:
    """End the session of this cookie, or of this caller."""
    row = (await repository.session_by_token(session, secret_hash(refresh_token)))[0] if refresh_token else None
    if row is None and session_id is not None:
        row = await session.get(Session, session_id)
    if row is not None and row.ended_at is None:
        row.ended_at, row.end_reason = now(), "signed_out"


def chosen_school(places: Sequence[Place], wanted: UUID | None) -> UUID | None:
    """The wanted school, which must be one of the account's; else the first."""
    ids = [place.school_id for place in places]
    if wanted is not None and wanted not in ids:
        raise NotFound
    return wanted or (ids[0] if ids else None)


def access_token(signer: Signer, account: Account, row: Session, places: Sequence[Place]) -> str:
    """The access token of a session."""
    roles = next((list(place.roles) for place in places if place.school_id == row.school_id), [])
    claims = {"sub": str(account.id), "sid": str(row.id), "jti": str(new_id()), "ver": account.session_version, "roles": roles}
    return signer.sign(claims | {"sch": str(row.school_id) if row.school_id else ""})


async def act_as(session: AsyncSession, account_id: UUID) -> None:
    """Before this point nobody is known; from here the account may read its own memberships, and nothing else."""
    connection = await session.connection()
    await connection.exec_driver_sql(f"SET LOCAL app.account_id = '{account_id}'")


def _limits(lifetimes: Lifetimes, places: Sequence[Place]) -> tuple[timedelta, timedelta]:
    return lifetimes.of({place.kind for place in places}, {role for place in places for role in place.roles})


def is_over(row: Session, instant: datetime) -> bool:
    """Whether a session can be used no more."""
    return row.ended_at is not None or instant >= row.expires_at or row.is_idle(instant)
