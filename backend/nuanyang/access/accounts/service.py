"""Sign-in, sessions and passwords."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts import passwords, repository
from nuanyang.access.accounts.errors import RefreshRace, SessionEnded, TooManyAttempts, WeakPassword, WrongPassword
from nuanyang.access.accounts.models import Account, Session, SignInAttempt
from nuanyang.access.actors import Caller
from nuanyang.access.tokens.jwt import Signer
from nuanyang.kit.clock import now
from nuanyang.kit.crypto import secret_hash
from nuanyang.kit.errors import FieldError, NotFound
from nuanyang.kit.ids import new_id

SESSION_HOURS = 12
IDLE = timedelta(minutes=30)
ROTATION_GRACE = timedelta(seconds=10)
MOST_FAILURES = 10


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh pair of tokens and the schools to choose from."""

    account: Account
    access_token: str
    refresh_token: str
    school_id: UUID | None
    schools: list[tuple[UUID, str, list[str]]]
    session_id: UUID
    # A student sits at the class's computer: the session must not outlive the browser's window.
    is_student: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """A failed sign-in: returned, not raised, so that the count of failures is committed."""

    reason: type[WrongPassword] | type[TooManyAttempts]


async def sign_in(
    session: AsyncSession, signer: Signer, username: str, password: str, school_id: UUID | None, address: str
) -> SignedIn | Refusal:
    """Check name and password and open a session for one of the account's schools."""
    username = username.strip().lower()[:100]
    if await repository.recent_failures(session, username, address) >= MOST_FAILURES:
        return Refusal(TooManyAttempts)
    account = await repository.account_by_username(session, username)
    right = await passwords.verify_password(password, account.password_hash if account else None)
    lapsed = account is not None and account.initial_password_expires_at is not None and account.initial_password_expires_at < now()
    if account is None or not right or account.disabled_at is not None or lapsed:
        session.add(SignInAttempt(username=username, address=address, failed_at=now()))
        return Refusal(WrongPassword)
    await repository.forget_failures(session, username, address)
    await _act_as(session, account.id)
    schools = await repository.schools_of(session, account)
    chosen = _chosen(schools, school_id)
    session_id = new_id()
    refresh = _refresh_token(session_id)
    row = Session(
        id=session_id,
        account_id=account.id,
        school_id=chosen,
        refresh_hash=secret_hash(refresh),
        rotated_at=now(),
        created_at=now(),
        expires_at=now() + timedelta(hours=SESSION_HOURS),
    )
    session.add(row)
    await session.flush()
    is_student = await repository.is_student(session, account.id)
    return SignedIn(account, _token(signer, account, row, schools), refresh, chosen, schools, row.id, is_student)


async def refresh(session: AsyncSession, signer: Signer, refresh_token: str, school_id: UUID | None) -> SignedIn | None:
    """Rotate the refresh token and mint an access token; None when the session is over (reuse of an old token ends it)."""
    digest = secret_hash(refresh_token)
    row = await _session_of(session, refresh_token)
    if row is None or row.ended_at is not None or row.expires_at < now() or row.rotated_at + IDLE < now():
        return None
    if row.refresh_hash != digest:
        if row.spent_hashes and row.spent_hashes[-1] == digest and now() - row.rotated_at <= ROTATION_GRACE:
            raise RefreshRace
        if digest in row.spent_hashes:
            row.ended_at = now()  # an old token came back: thief or victim, nobody goes on with this session
        return None
    account = await session.get(Account, row.account_id)
    if account is None or account.disabled_at is not None:
        return None
    await _act_as(session, account.id)
    schools = await repository.schools_of(session, account)
    row.school_id = _chosen(schools, school_id or row.school_id)
    fresh = _refresh_token(row.id)
    row.spent_hashes = [*row.spent_hashes, row.refresh_hash]
    row.refresh_hash, row.rotated_at = secret_hash(fresh), now()
    await session.flush()
    is_student = await repository.is_student(session, account.id)
    return SignedIn(account, _token(signer, account, row, schools), fresh, row.school_id, schools, row.id, is_student)


async def sign_out(session: AsyncSession, refresh_token: str | None, session_id: UUID | None) -> None:
    """End the session of this cookie, or of this caller."""
    row = await _session_of(session, refresh_token) if refresh_token else None
    if row is not None and refresh_token and secret_hash(refresh_token) not in (row.refresh_hash, *row.spent_hashes):
        row = None
    if row is None and session_id is not None:
        row = await session.get(Session, session_id)
    if row is not None and row.ended_at is None:
        row.ended_at = now()


async def change_password(session: AsyncSession, caller: Caller, current: str, new: str) -> None:
    """Set a new password; every other session of the account ends."""
    account = await session.get(Account, caller.account_id)
    if account is None:
        raise SessionEnded
    if not await passwords.verify_password(current, account.password_hash):
        raise WeakPassword(
            errors=[FieldError("#/current_password", "wrong_password", "当前密码不正确。", "The current password is wrong.")]
        )
    weak = passwords.weakness(new, account.username.split("@")[0], account.display_name)
    if weak is None and new == current:
        weak = ("same", "新密码不能与当前密码相同。", "The new password must differ from the current one.")
    if weak is not None:
        raise WeakPassword(errors=[FieldError("#/new_password", weak[0], weak[1], weak[2])])
    account.password_hash = await passwords.hash_password(new)
    account.must_change_password, account.initial_password_expires_at = False, None
    account.session_version += 1
    await repository.end_sessions(session, account.id, now(), but=caller.session_id)


def _refresh_token(session_id: UUID) -> str:
    """The session's id, by which it is found, and a secret of 256 bits."""
    return f"{session_id.hex}.{secrets.token_urlsafe(32)}"


async def _session_of(session: AsyncSession, refresh_token: str) -> Session | None:
    try:
        session_id = UUID(hex=refresh_token.partition(".")[0])
    except ValueError:
        return None
    return await repository.session_of(session, session_id)


def _chosen(schools: list[tuple[UUID, str, list[str]]], wanted: UUID | None) -> UUID | None:
    ids = [s[0] for s in schools]
    if wanted is not None and wanted not in ids:
        raise NotFound
    return wanted or (ids[0] if ids else None)


def _token(signer: Signer, account: Account, row: Session, schools: list[tuple[UUID, str, list[str]]]) -> str:
    roles = next((s[2] for s in schools if s[0] == row.school_id), [])
    claims = {"sub": str(account.id), "sid": str(row.id), "jti": str(new_id()), "ver": account.session_version, "roles": roles}
    return signer.sign(claims | {"sch": str(row.school_id) if row.school_id else ""})


async def _act_as(session: AsyncSession, account_id: UUID) -> None:
    # Before this point nobody is known; from here the account may read its own memberships, and nothing else.
    connection = await session.connection()
    await connection.exec_driver_sql(f"SET LOCAL app.account_id = '{account_id}'")
