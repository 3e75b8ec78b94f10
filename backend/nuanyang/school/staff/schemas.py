"""Accounts opened for the roster's staff."""

from datetime import datetime

from pydantic import Field

from nuanyang.kit.schemas import Input, Output


class OpenAccountsInput(Input):
    """How many at once; call again while some remain."""

    limit: int = Field(default=50, ge=1, le=50)


class OpenedAccount(Output):
    """One new account with its one-time password."""

    name: str
    staff_number: str | None
    classes: list[str]
    username: str
    first_password: str
    expires_at: datetime


class OpenedAccounts(Output):
    """What was opened now, and how many members of staff still have no account."""

    items: list[OpenedAccount]
    remaining: int
