"""The brake on guessing: each try is counted before it is made, so that a hundred at once do not slip through, and taken back when it was right."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.errors import TooManyAttempts
from nuanyang.access.accounts.models import SignInBrake
from nuanyang.access.accounts.rules import BRAKES
from nuanyang.kit.clock import now

Keys = Sequence[tuple[str, bytes]]


def stranger(username: str, address: str) -> Keys:
    """The brakes of a sign-in from a browser that this account has not signed in from."""
    return (("account", _key(username)), ("address", _key(address)), ("pair", _key(username, address)))


def acquaintance(username: str, device_token: str) -> Keys:
    """The brake of a sign-in from a browser that the account knows."""
    return (("device", _key(username, device_token)),)


def second_factor(account_id: object) -> Keys:
    """The brake of codes: behind the password, so it is the account's own."""
    return (("second_factor", _key(str(account_id))),)


def own_password(account_id: object) -> Keys:
    """The brake of the current password while it is being changed: a session left open is no place to guess it."""
    return (("own_password", _key(str(account_id))),)


def activation(code: str, address: str) -> Keys:
    """The brakes of opening an account with a printed code: what is asked beside it is no secret to everybody."""
    return (("activation", _key(code)), ("address", _key(address)))


def confirming(account_id: object, student_id: object) -> Keys:
    """The brakes of asking whether four characters are the last of a number: of this student, and of whoever asks about many."""
    return (("confirmer", _key(str(account_id))), ("confirming", _key(str(account_id), str(student_id))))


async def take(session: AsyncSession, keys: Keys) -> None:
    """Count a try on each brake; raises `TooManyAttempts` with the seconds to wait when one of them holds. Commit at once, whatever follows."""
    instant = now()
    for kind, key in _in_order(keys):
        wait = await _take_one(session, kind, key, instant)
        if wait > 0:  # whatever was counted before goes back with the transaction
            raise TooManyAttempts(headers={"Retry-After": str(wait)}, extra={"retry_after": wait})


async def release(session: AsyncSession, keys: Keys) -> None:
    """The try was right: the account starts anew; what counts tries at many (an address, who asks about a class) only gets this one back."""
    for kind, key in _in_order(keys):
        mine = (SignInBrake.kind == kind, SignInBrake.key == key)
        if BRAKES[kind].counts_many:
            back = {"failures": SignInBrake.failures - 1, "blocked_until": None}
            await session.execute(update(SignInBrake).where(*mine, SignInBrake.failures > 0).values(back))
        else:
            await session.execute(delete(SignInBrake).where(*mine))
    longest = max(brake.forgotten_after for brake in BRAKES.values())
    await session.execute(delete(SignInBrake).where(SignInBrake.last_failed_at < now() - longest))


async def _take_one(session: AsyncSession, kind: str, key: bytes, instant: datetime) -> int:
    """Count on one brake, whose row is locked from here to the commit; answers the seconds to wait where it holds."""
    fresh = insert(SignInBrake).values(kind=kind, key=key, failures=0, last_failed_at=instant)
    locked = fresh.on_conflict_do_update(index_elements=["kind", "key"], set_={"kind": kind})
    row = (await session.execute(locked.returning(SignInBrake.failures, SignInBrake.last_failed_at, SignInBrake.blocked_until))).one()
    if row.blocked_until is not None and row.blocked_until > instant:
        left: timedelta = row.blocked_until - instant
        return max(1, round(left.total_seconds()))
    brake = BRAKES[kind]
    failures = 1 + (row.failures if instant - row.last_failed_at < brake.forgotten_after else 0)
    wait = brake.wait(failures)
    counted = {"failures": failures, "last_failed_at": instant, "blocked_until": instant + wait if wait else None}
    await session.execute(update(SignInBrake).where(SignInBrake.kind == kind, SignInBrake.key == key).values(counted))
    return 0


def _in_order(keys: Keys) -> Keys:
    # The same order everywhere, against deadlocks; the address last, for a whole school may wait for its row.
    return sorted(keys, key=lambda one: (one[0] == "address", one))


def _key(*parts: str) -> bytes:
    # A digest: people type passwords into the name's field, and an address is a personal datum.
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).digest()
