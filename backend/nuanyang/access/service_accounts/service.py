"""Programs: made, given secrets, revoked; and their sign-in by client credentials."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts import brakes, events
from nuanyang.access.accounts.models import Account
from nuanyang.access.accounts.passwords import letters
from nuanyang.access.actors import Caller
from nuanyang.access.service_accounts import repository
from nuanyang.access.service_accounts.errors import InvalidClient, NotANetwork, ScopeNotHeld, ServiceRevoked, TwoSecretsLive
from nuanyang.access.service_accounts.models import ServiceAccount, ServiceSecret
from nuanyang.access.service_accounts.rules import SECRET_LIFE, comes_from, free_slot, networks
from nuanyang.access.tokens.jwt import SERVICE_TYPE, Signer
from nuanyang.kit.clock import now
from nuanyang.kit.crypto import secret_hash
from nuanyang.kit.db import Database, opening
from nuanyang.kit.errors import FieldError, NotFound
from nuanyang.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class Issued:
    """A secret, shown once."""

    row: ServiceAccount
    account: Account
    secret: ServiceSecret
    clear: str


@dataclass(frozen=True, slots=True)
class ProgramSignedIn:
    """A program's token and what it may do with it."""

    access_token: str
    school_id: UUID
    scopes: tuple[str, ...]


async def create(session: AsyncSession, caller: Caller, name: str, scopes: Sequence[str], addresses: Sequence[str]) -> Issued:
    """A new program with its first secret."""
    try:
        allowed = [str(network) for network in networks(addresses)]
    except ValueError:
        raise NotANetwork(errors=[FieldError("#/addresses", NotANetwork.code, NotANetwork.zh, NotANetwork.en)]) from None
    account = Account(
        id=new_id(), username=f"svc-{letters(12)}", display_name=name, password_hash=None, must_change_password=False, created_at=now()
    )
    session.add(account)
    await session.flush()
    row = ServiceAccount(
        school_id=caller.school_id, id=account.id, scopes=sorted(set(scopes)), addresses=allowed, created_by=caller.account_id
    )
    session.add(row)
    await session.flush()
    events.record(session, account.id, "service_created", actor_id=caller.account_id, scopes=row.scopes)
    return await _issue(session, caller, row, account)


async def issue_secret(session: AsyncSession, caller: Caller, account_id: UUID) -> Issued:
    """The next secret, beside the one in use; the program learns it before the old one is revoked."""
    row, account = await _found(session, caller, account_id)
    if row.revoked_at is not None:
        raise ServiceRevoked
    return await _issue(session, caller, row, account)


async def revoke_secret(session: AsyncSession, caller: Caller, account_id: UUID, secret_id: UUID) -> None:
    """End one secret, and every token within ten seconds: who has the other one takes a new token."""
    row, account = await _found(session, caller, account_id)
    secret = await session.get(ServiceSecret, (caller.school_id, secret_id))
    if secret is None or secret.service_account_id != row.id or secret.revoked_at is not None:
        raise NotFound
    secret.revoked_at = now()
    account.session_version += 1
    events.record(session, account.id, "service_secret_revoked", actor_id=caller.account_id, hint=secret.hint)
    await session.flush()


async def revoke(session: AsyncSession, caller: Caller, account_id: UUID) -> None:
    """End a program for good, within ten seconds."""
    row, account = await _found(session, caller, account_id)
    if row.revoked_at is not None:
        raise ServiceRevoked
    row.revoked_at = account.disabled_at = now()
    account.session_version += 1
    for secret in (await repository.living_secrets(session, caller.school_id, [row.id])).get(row.id, []):
        secret.revoked_at = now()
    events.record(session, account.id, "service_revoked", actor_id=caller.account_id)
    await session.flush()


async def sign_in(
    database: Database, signer: Signer, client_id: str, client_secret: str, scope: str | None, address: str
) -> ProgramSignedIn:
    """Exchange client credentials for a token with the asked scopes, or with all the account has."""
    keys = brakes.stranger(client_id.strip().lower()[:100], address)
    async with database.session() as session:
        await brakes.take(session, keys)
        account = await repository.by_client_id(session, client_id[:100])
    if account is None or account.disabled_at is not None:
        raise InvalidClient
    async with database.session(opening(account_id=account.id)) as session:
        row = await repository.own(session, account.id)
    if row is None:  # a person's account
        raise InvalidClient
    async with database.session(opening(account_id=account.id, school_id=row.school_id)) as session:
        row = await session.get_one(ServiceAccount, (row.school_id, row.id))
        secret = await _matching(session, row, client_secret)
        if secret is None or row.revoked_at is not None or not comes_from(address, networks(row.addresses)):
            raise InvalidClient
        scopes = _asked(scope, row.scopes)
        await brakes.release(session, keys)
        row.last_used_at = secret.last_used_at = now()
        row.last_address = address
        claims = {"sub": str(account.id), "sch": str(row.school_id), "jti": str(new_id()), "ver": account.session_version}
        token = signer.sign(claims | {"scope": " ".join(scopes)}, typ=SERVICE_TYPE)
        return ProgramSignedIn(token, row.school_id, scopes)


async def _matching(session: AsyncSession, row: ServiceAccount, clear: str) -> ServiceSecret | None:
    digest, instant = secret_hash(clear), now()
    living = (await repository.living_secrets(session, row.school_id, [row.id])).get(row.id, [])
    return next((one for one in living if hmac.compare_digest(one.secret_hash, digest) and one.expires_at > instant), None)


def _asked(scope: str | None, held: Sequence[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys((scope or "").split())) or tuple(held)
    if not set(wanted) <= set(held):
        raise ScopeNotHeld(errors=[FieldError("#/scope", ScopeNotHeld.code, ScopeNotHeld.zh, ScopeNotHeld.en)])
    return wanted


async def _found(session: AsyncSession, caller: Caller, account_id: UUID) -> tuple[ServiceAccount, Account]:
    found = await repository.one(session, caller.school_id, account_id)
    if found is None:
        raise NotFound
    return found


async def _issue(session: AsyncSession, caller: Caller, row: ServiceAccount, account: Account) -> Issued:
    living = (await repository.living_secrets(session, caller.school_id, [row.id])).get(row.id, [])
    slot = free_slot(living, now())
    if slot is None:
        raise TwoSecretsLive
    for lapsed in living:
        if lapsed.slot == slot:
            lapsed.revoked_at = now()
    await session.flush()
    clear = f"nys_{secrets.token_urlsafe(32)}"
    secret = ServiceSecret(
        school_id=caller.school_id,
        id=new_id(),
        service_account_id=row.id,
        slot=slot,
        secret_hash=secret_hash(clear),
        hint=clear[:8],
        expires_at=now() + SECRET_LIFE,
        created_by=caller.account_id,
    )
    session.add(secret)
    events.record(session, account.id, "service_secret_issued", actor_id=caller.account_id, hint=secret.hint)
    await session.flush()
    return Issued(row, account, secret, clear)
