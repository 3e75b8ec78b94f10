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
_STEP = 30
_SHOWN = 6
_LIVING = (SecondFactor.confirmed_at.is_not(None), SecondFactor.ended_at.is_(None))


async def set_second_factors(session: AsyncSession, keyring: Keyring, school_id: UUID, *, is_asked_for: bool) -> None:
    """Let the school ask its staff for the demo's second factor, or for none."""
    (await session.get_one(School, school_id)).second_factor = "required" if is_asked_for else "off"
    await (give_second_factors if is_asked_for else take_second_factors)(session, keyring)


async def give_second_factors(session: AsyncSession, keyring: Keyring) -> int:
    """Give the demo's secret to all of the school's staff (and to the district's administrator) who have no second factor; answers to how many."""
    living = select(SecondFactor.account_id).where(*_LIVING)
    statement = select(Account.id).where(_is_of_staff(), Account.id.not_in(living))
    ids = list((await session.scalars(statement)).all())
    for account_id in ids:
        factor_id = new_id()
        secret = keyring.encrypt(SECRET, COLUMN, factor_id)
        session.add(
            SecondFactor(id=factor_id, account_id=account_id, kind="totp", secret_cipher=secret, created_at=now(), confirmed_at=now())
        )
    await session.flush()
    return len(ids)


async def take_second_factors(session: AsyncSession, keyring: Keyring) -> int:
    """Take the demo's secret away again; a second factor that somebody enrolled themselves stays. Answers from how many."""
    statement = select(SecondFactor).join(Account, Account.id == SecondFactor.account_id)
    rows = await session.scalars(statement.where(*_LIVING, SecondFactor.secret_cipher.is_not(None), _is_of_staff()))
    taken = [row for row in rows if row.secret_cipher and keyring.decrypt(row.secret_cipher, COLUMN, row.id) == SECRET]
    for row in taken:
        row.ended_at, row.end_reason = now(), "demo"
    await session.flush()
    return len(taken)


def _is_of_staff() -> ColumnElement[bool]:
    of_staff = select(text("account_id")).select_from(text("memberships")).where(text("person_kind = 'staff'"))
    return Account.id.in_(of_staff) | Account.is_district_admin


def code_at(instant: float) -> str:
    """The code of this second."""
    return str(TOTP(key=SECRET).generate(time=int(instant)).token)


def codes_text(instant: float | None = None) -> str:
    """The codes of the next minutes, for people who have just started the demo."""
    begun = int(time.time() if instant is None else instant) // _STEP * _STEP
    lines = ["  second step (动态验证码), good for a few seconds more than it says:"]
    for step in range(_SHOWN):
        at = begun + step * _STEP
        # The clock on the newcomer's own wall.
        until = datetime.fromtimestamp(at + _STEP).astimezone()
        lines.append(f"    {code_at(at)}   {'now, ' if step == 0 else ''}until {until:%H:%M:%S}")
    grouped = " ".join(SECRET[at : at + 4] for at in range(0, len(SECRET), 4))
    lines.append("  later: make codes (nuanyang demo codes), or an authenticator app with the secret")
    lines.append(f"    {grouped}")
    return "\n".join(lines) + "\n"
