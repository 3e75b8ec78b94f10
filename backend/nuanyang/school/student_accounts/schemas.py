"""What opening a class's accounts takes and gives."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from nuanyang.kit.schemas import Input, Output


class OpenStudentAccountsInput(Input):
    """The class, and how many at once; call again while some remain."""

    class_id: UUID
    limit: int = Field(default=50, ge=1, le=50)


class OpenedStudentAccount(Output):
    """One new account with its one-time password."""

    name: str
    student_number: str | None
    username: str
    first_password: str
    expires_at: datetime


class OpenedStudentAccounts(Output):
    """What was opened now, and how many students of the class still have no account."""

    class_name: str
    items: list[OpenedStudentAccount]
    remaining: int


class ClassAccounts(Output):
    """How many students of a class have an account."""

    class_id: UUID
    class_name: str
    grade: int
    students: int
    with_account: int


class ClassesAccounts(Output):
    """This year's classes in their order."""

    items: list[ClassAccounts]
