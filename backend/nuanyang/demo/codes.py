"""The second factor of the demo's people, where it is asked for: one secret for all of them, as public as their password."""

import time
from datetime import datetime
from uuid import UUID

from passlib.totp import TOTP
from sqlalchemy import ColumnElement, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account
from nuanyang.access.second_factors.models import SecondFactor
from nuanyang.access.second_factors.service import COLUMN
from nuanyang.kit.clock import now
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.ids import new_id
from nuanyang.school.schools.models import School

# Only for the demo district, whose people do not exist; everybody else enrols a secret of their own.
SECRET = "NUANYANGDEMODISTRICTPLEASE234567"  # noqa: S105 - printed at the start, on purpose
# Shows how it goes where the others are not asked.
SHOWS_HOW = "vice-principal.xy"
_STEP = 30
_SHOWN = 6
_LIVING = (SecondFactor.confirmed_at.is_not(None), SecondFactor.ended_at.is_(None))


async def set_second_factors(session: AsyncSession, keyring: Keyring, school_id: UUID, *, is_asked_for: bool) -> None:
    """Let the school ask its staff for the demo's second factor; or only let one of them show how it goes."""
    (await session.get_one(School, school_id)).second_factor = "required" if is_asked_for else "off"
    if is_asked_for:
        await _give(session, keyring, _is_of_staff())
    else:
        await _take(session, keyring, _is_of_staff() & (Account.username != SHOWS_HOW))
        await _give(session, keyring, _is_of_staff() & (Account.username == SHOWS_HOW))


async def _give(session: AsyncSession, keyring: Keyring, to: ColumnElement[bool]) -> None:
    """Give the demo's secret to those who have no second factor."""
    living = select(SecondFactor.account_id).where(*_LIVING)
    for account_id in (await session.scalars(select(Account.id).where(to, Account.id.not_in(living)))).all():
        factor_id = new_id()
        secret = keyring.encrypt(SECRET, COLUMN, factor_id)
        session.add(
            SecondFactor(id=factor_id, account_id=account_id, kind="totp", secret_cipher=secret, created_at=now(), confirmed_at=now())
        )
    await session.flush()


async def _take(session: AsyncSession, keyring: Keyring, of: ColumnElement[bool]) -> None:
    """Take the demo's secret away again; a second factor that somebody enrolled themselves stays."""
    statement = select(SecondFactor).join(Account, Account.id == SecondFactor.account_id)
    for row in await session.scalars(statement.where(*_LIVING, SecondFactor.secret_cipher.is_not(None), of)):
        if row.secret_cipher and keyring.decrypt(row.secret_cipher, COLUMN, row.id) == SECRET:
            row.ended_at, row.end_reason = now(), "demo"
    await session.flush()


def _is_of_staff() -> ColumnElement[bool]:
    of_staff = select(text("account_id")).select_from(text("memberships")).where(text("person_kind = 'staff'"))
    return Account.id.in_(of_staff) | Account.is_district_admin


def code_at(instant: float) -> str:
    """The code of this second."""
    return str(TOTP(key=SECRET).generate(time=int(instant)).token)


def codes_text(instant: float | None = None, *, is_asked_for: bool = True) -> str:
    """The codes of the next minutes, for people who have just started the demo."""
    begun = int(time.time() if instant is None else instant) // _STEP * _STEP
    whose = "everybody on the staff" if is_asked_for else SHOWS_HOW
    lines = [f"  second step (动态验证码) of {whose}, good for a few seconds more than it says:"]
    for step in range(_SHOWN):
        at = begun + step * _STEP
        # The clock on the newcomer's own wall.
        until = datetime.fromtimestamp(at + _STEP).astimezone()
        lines.append(f"    {code_at(at)}   {'now, ' if step == 0 else ''}until {until:%H:%M:%S}")
    grouped = " ".join(SECRET[at : at + 4] for at in range(0, len(SECRET), 4))
    lines.append("  later: make codes (nuanyang demo codes), or an authenticator app with the secret")
    lines.append(f"    {grouped}")
    return "\n".join(lines) + "\n"
