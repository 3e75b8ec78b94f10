"""Before what is most sensitive one shows anew who one is: at sign-in, or with password and code, at most five minutes ago."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts import brakes, events, passwords
from nuanyang.access.accounts.devices import Visit
from nuanyang.access.accounts.errors import StepUpRefused, StepUpRequired
from nuanyang.access.accounts.models import Session
from nuanyang.access.accounts.service import own_account
from nuanyang.access.actors import Caller
from nuanyang.access.second_factors import service as second_factors
from nuanyang.kit.clock import now
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.errors import FieldError

RECENT = timedelta(minutes=5)


async def demand_recent(session: AsyncSession, caller: Caller) -> None:
    """Raises `StepUpRequired` when the caller last showed who they are more than five minutes ago; it names the second factor to show."""
    row = await session.get_one(Session, caller.session_id)
    shown_at = max(filter(None, (row.created_at, row.confirmed_at)))
    if now() - shown_at > RECENT:
        raise StepUpRequired(extra={"factor": await second_factors.living_kind(session, caller.account_id)})


async def confirm(session: AsyncSession, keyring: Keyring, caller: Caller, password: str, code: str | None, visit: Visit) -> None:
    """Show password and, where there is one, second factor anew; guessing is slowed down as at sign-in."""
    account = await own_account(session, caller)
    keys = [*brakes.own_password(account.id), *brakes.second_factor(account.id)]
    await brakes.take(session, keys)
    await session.commit()  # the try counts, whatever comes of it
    if not await passwords.verify_password(password, account.password_hash):
        raise _refused("password", "当前密码不正确。", "The password is wrong.")
    kind = await second_factors.living_kind(session, account.id)
    if kind is not None and not (code and await second_factors.accepts(session, keyring, account.id, code)):
        events.record(session, account.id, "wrong_code", address=visit.address)
        await session.commit()
        raise _refused("code", "验证码不正确或已使用过。", "The code is wrong or was used before.")
    await brakes.release(session, keys)
    row = await session.get_one(Session, caller.session_id)
    row.confirmed_at = now()
    events.record(session, account.id, "confirmed_anew", address=visit.address)


def _refused(field: str, zh: str, en: str) -> StepUpRefused:
    return StepUpRefused(errors=[FieldError(f"#/{field}", f"wrong_{field}", zh, en)])
