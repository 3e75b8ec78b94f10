"""Staff by name, and accounts opened for them."""

from datetime import datetime
from uuid import UUID

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


class StaffPost(Output):
    """What somebody does here: a role over the school, a grade or a class."""

    role: str
    grade: int | None
    class_name: str | None


class StaffShown(Output):
    """A member of staff, with what tells namesakes apart."""

    id: UUID
    name: str
    posts: list[StaffPost]


class StaffPage(Output):
    """Members of staff who work here, by name."""

    items: list[StaffShown]
    next_cursor: str | None
