"""What activation takes and gives."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from nuanyang.kit.schemas import Day, Input, Line, Output


class SlipsInput(Input):
    """For whom to print: a class, or one student's guardians; whoever has an account needs none."""

    class_id: UUID
    student_id: UUID | None = None


class Slip(Output):
    """One slip to cut out and hand over. The code stands in this answer only."""

    student_id: UUID
    student_name: str = Field(description="Masked: 王*明.")
    student_number: str | None
    guardian_relation: str
    guardian_name: str = Field(description="Masked.")
    code: str
    address: str
    qr: str = Field(description="The address with the code, as an image (a data URI).")
    expires_at: datetime


class Slips(Output):
    """A class's slips; earlier codes of the same guardians are void."""

    school_name: str
    class_name: str
    address: str
    items: list[Slip]


class GuardianAccess(Output):
    """Whether a guardian has an account, or a code."""

    guardian_id: UUID
    name: str
    relation: str
    state: Literal["active", "code", "none"]
    expires_at: datetime | None


class StudentAccess(Output):
    """A student's guardians."""

    student_id: UUID
    name: str
    student_number: str | None
    guardians: list[GuardianAccess]


class ClassAccess(Output):
    """Who of a class can sign in as a guardian."""

    class_id: UUID
    class_name: str
    items: list[StudentAccess]


class ActivationInput(Input):
    """The code from the slip, what the family knows of one child, and the password of their choice."""

    code: Line
    child_name: Line
    child_birth_on: Day = Field(description="Of the same child.")
    password: Annotated[str, StringConstraints(strip_whitespace=False, max_length=5_000)]


class Activated(Output):
    """The name to sign in with."""

    username: str
    display_name: str
    children: list[str]
