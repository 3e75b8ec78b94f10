"""Enrolling, confirming and checking a second factor; recovery codes; the administrator's reset."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import segno
from passlib.exc import TokenError
from passlib.totp import TOTP
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts import passwords
from nuanyang.access.accounts.models import Account
from nuanyang.access.second_factors import repository
from nuanyang.access.second_factors.errors import NoSecondFactor, NothingToConfirm, WrongFirstCode
from nuanyang.access.second_factors.models import OneTimeCode, SecondFactor
from nuanyang.access.second_factors.rules import PRINTED_CODES, RECOVERY_CODES, SECRET_LETTERS, OneTime, read_code, shown
from nuanyang.kit.clock import now
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.errors import FieldError
from nuanyang.kit.ids import new_id

ISSUER = "暖阳"
COLUMN = "second_factors.secret"
# A code is good for its thirty seconds and the ones before and after: clocks of phones differ.
WINDOW_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What is shown once while enrolling: the app's secret as text and QR picture, or the sheet of codes."""

    kind: str
    secret: str | None = None
    uri: str | None = None
    qr: str | None = None
    codes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands with its second factor."""

    kind: str | None
    confirmed_at: datetime | None
    codes_left: int


async def living_kind(session: AsyncSession, account_id: UUID) -> str | None:
    """Which second factor counts for this account, if any."""
    factor = await repository.living(session, account_id)
    return factor.kind if factor else None


async def standing(session: AsyncSession, account_id: UUID) -> Standing:
    """What its owner and administrators may know of it."""
    factor = await repository.living(session, account_id)
    if factor is None:
        return Standing(None, None, 0)
    return Standing(factor.kind, factor.confirmed_at, await repository.codes_left(session, factor.id))


async def accepts(session: AsyncSession, keyring: Keyring, account_id: UUID, text: str) -> bool:
    """Whether the code is right and was never used; from now on it is used."""
    factor = await repository.living(session, account_id, lock=True)
    return factor is not None and await _accepts(session, keyring, factor, text)


async def begin(session: AsyncSession, keyring: Keyring, account: Account, kind: str) -> Enrolment:
    """Begin to enrol: nothing counts before a first code has confirmed it, and what counted until then goes on counting."""
    before = await repository.waiting(session, account.id)
    if before is not None:
        before.ended_at, before.end_reason = now(), "begun_again"
        await session.flush()
    factor = SecondFactor(id=new_id(), account_id=account.id, kind=kind, created_at=now())
    if kind == "printed":
        session.add(factor)
        await session.flush()
        return Enrolment(kind, codes=await _new_codes(session, factor, PRINTED_CODES))
    totp = TOTP.using(issuer=ISSUER).new()
    factor.secret_cipher = keyring.encrypt(totp.base32_key, COLUMN, factor.id)
    session.add(factor)
    await session.flush()
    uri = totp.to_uri(label=account.username)
    return Enrolment(kind, secret=totp.pretty_key(), uri=uri, qr=await asyncio.to_thread(_qr, uri))


async def confirm(session: AsyncSession, keyring: Keyring, account_id: UUID, text: str) -> list[str]:
    """The first code makes the enrolment count, in place of what counted before; answers the recovery codes of an app, shown once."""
    factor = await repository.waiting(session, account_id)
    if factor is None:
        raise NothingToConfirm
    if not await _accepts(session, keyring, factor, text):
        raise wrong_code()
    before = await repository.living(session, account_id, lock=True)
    if before is not None:
        before.ended_at, before.end_reason = now(), "replaced"
        await session.flush()
    factor.confirmed_at = now()
    await session.flush()
    return await _new_codes(session, factor, RECOVERY_CODES) if factor.kind == "totp" else []


async def renew_codes(session: AsyncSession, account_id: UUID) -> list[str]:
    """New recovery codes, or a new sheet; the old ones are void."""
    factor = await repository.living(session, account_id, lock=True)
    if factor is None:
        raise NoSecondFactor
    await session.execute(delete(OneTimeCode).where(OneTimeCode.factor_id == factor.id))
    return await _new_codes(session, factor, RECOVERY_CODES if factor.kind == "totp" else PRINTED_CODES)


async def reset(session: AsyncSession, account_id: UUID) -> str | None:
    """Take the second factor away, so that the next sign-in enrols anew; answers which it was."""
    ended = None
    for factor in (await repository.living(session, account_id, lock=True), await repository.waiting(session, account_id)):
        if factor is not None:
            ended = ended or (factor.kind if factor.confirmed_at else None)
            factor.ended_at, factor.end_reason = now(), "reset"
    await session.flush()
    return ended


def wrong_code() -> WrongFirstCode:
    """The refusal with its field."""
    return WrongFirstCode(errors=[FieldError("#/code", "wrong_code", WrongFirstCode.zh, WrongFirstCode.en)])


async def _accepts(session: AsyncSession, keyring: Keyring, factor: SecondFactor, text: str) -> bool:
    code = read_code(text)
    if isinstance(code, OneTime):
        return await _uses(session, factor, code)
    if code is None or factor.secret_cipher is None:
        return False
    totp = TOTP(key=keyring.decrypt(factor.secret_cipher, COLUMN, factor.id))
    try:
        match = totp.match(code, time=int(now().timestamp()), window=WINDOW_SECONDS, last_counter=factor.last_counter)
    except TokenError:  # wrong, or a code that has been used
        return False
    factor.last_counter = match.counter
    await session.flush()
    return True


async def _uses(session: AsyncSession, factor: SecondFactor, code: OneTime) -> bool:
    row = await repository.code(session, factor.id, code.number)
    is_right = await passwords.verify_code(code.letters, row.code_hash if row else None)
    if row is None or not is_right:
        return False
    row.used_at = now()
    await session.flush()
    return True


async def _new_codes(session: AsyncSession, factor: SecondFactor, count: int) -> list[str]:
    secrets = [passwords.letters(SECRET_LETTERS) for _ in range(count)]
    hashes = await passwords.hash_codes(secrets)
    for number, code_hash in enumerate(hashes, 1):
        session.add(OneTimeCode(id=new_id(), factor_id=factor.id, number=number, code_hash=code_hash))
    await session.flush()
    return [shown(number, secret) for number, secret in enumerate(secrets, 1)]


def _qr(uri: str) -> str:
    """A picture of the URI that an authenticator app reads: dark on white whatever the page's colours, with its quiet zone."""
    return str(segno.make(uri, error="m", micro=False).svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))
