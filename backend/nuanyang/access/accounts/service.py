"""What people do with their own account: password, sessions, trusted devices, second factor."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts import brakes, events, passwords, repository
from nuanyang.access.accounts.context_words import context_words
from nuanyang.access.accounts.devices import Visit, forget_devices
from nuanyang.access.accounts.errors import SessionEnded, WeakPassword
from nuanyang.access.accounts.models import Account, Session
from nuanyang.access.actors import Caller
from nuanyang.access.second_factors import service as second_factors
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.errors import FieldError


async def change_password(session: AsyncSession, caller: Caller, current: str, new: str, visit: Visit) -> None:
    """Set a new password; every other session of the account ends, and no device is trusted any more."""
    account = await own_account(session, caller)
    keys = brakes.own_password(account.id)
    await brakes.take(session, keys)
    await session.commit()  # the try counts, whatever comes of it
    if not await passwords.verify_password(current, account.password_hash):
        raise WeakPassword(
            errors=[FieldError("#/current_password", "wrong_password", "当前密码不正确。", "The current password is wrong.")]
        )
    await brakes.release(session, keys)
    await session.commit()  # even when the new password is refused
    weak = passwords.weakness(new, await context_words(session, caller, account))
    if weak is None and new == current:
        weak = ("same", "新密码不能与当前密码相同。", "The new password must differ from the current one.")
    if weak is not None:
        raise WeakPassword(errors=[FieldError("#/new_password", weak[0], weak[1], weak[2])])
    account.password_hash = await passwords.hash_password(new)
    account.must_change_password, account.initial_password_expires_at = False, None
    account.session_version += 1
    await repository.end_sessions(session, account.id, "password_changed", but=caller.session_id)
    await forget_devices(session, account.id)
    events.record(session, account.id, "password_changed", address=visit.address)


async def begin_second_factor(
    session: AsyncSession, keyring: Keyring, caller: Caller, kind: str, code: str | None
) -> second_factors.Enrolment:
    """Begin to enrol; who has a second factor already shows it first, so that a screen left open is not enough."""
    account = await own_account(session, caller)
    if await second_factors.living_kind(session, account.id) is not None:
        await _show_again(session, keyring, account.id, code)
    return await second_factors.begin(session, keyring, account, kind)


async def confirm_second_factor(session: AsyncSession, keyring: Keyring, caller: Caller, code: str, visit: Visit) -> list[str]:
    """The first code makes it count: this session becomes a full one, all others end, and trusted devices are asked again."""
    account = await own_account(session, caller)
    await _take(session, account.id)
    codes = await second_factors.confirm(session, keyring, account.id, code)
    await brakes.release(session, brakes.second_factor(account.id))
    row = await session.get_one(Session, caller.session_id)
    row.strength = "full"
    # The token in hand was made for a session that could do nothing but enrol.
    account.session_version += 1
    await repository.end_sessions(session, account.id, "second_factor_changed", but=row.id)
    await forget_devices(session, account.id)
    kind = await second_factors.living_kind(session, account.id)
    events.record(session, account.id, "second_factor_enrolled", address=visit.address, factor=kind)
    return codes


async def renew_codes(session: AsyncSession, keyring: Keyring, caller: Caller, code: str, visit: Visit) -> list[str]:
    """New recovery codes (or a new sheet) against a right code."""
    account = await own_account(session, caller)
    await _show_again(session, keyring, account.id, code)
    events.record(session, account.id, "codes_renewed", address=visit.address)
    return await second_factors.renew_codes(session, account.id)


async def own_sessions(session: AsyncSession, caller: Caller) -> Sequence[Session]:
    """The devices on which the caller is signed in."""
    return await repository.living_sessions(session, caller.account_id)


async def end_other_sessions(session: AsyncSession, caller: Caller, visit: Visit) -> int:
    """Sign out everywhere but here."""
    ended = await repository.end_sessions(session, caller.account_id, "ended_by_owner", but=caller.session_id)
    events.record(session, caller.account_id, "sessions_ended", address=visit.address, count=ended)
    return ended


async def own_account(session: AsyncSession, caller: Caller) -> Account:
    """The caller's account."""
    account = await session.get(Account, caller.account_id)
    if account is None:
        raise SessionEnded
    return account


async def _show_again(session: AsyncSession, keyring: Keyring, account_id: UUID, code: str | None) -> None:
    await _take(session, account_id)
    if not code or not await second_factors.accepts(session, keyring, account_id, code):
        raise second_factors.wrong_code()
    await brakes.release(session, brakes.second_factor(account_id))


async def _take(session: AsyncSession, account_id: UUID) -> None:
    await brakes.take(session, brakes.second_factor(account_id))
    await session.commit()  # the try counts, whatever comes of it
