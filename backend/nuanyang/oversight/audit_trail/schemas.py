"""What the record shows."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from nuanyang.access.permissions import DataClass
from nuanyang.kit.schemas import Output

Action = Literal["read", "create", "change", "delete"]


class Ground(Output):
    """One reason why the caller may see something of this student."""

    kind: Literal["role", "case", "break_glass"]
    role: str = Field(description="The role, `case_lead`, `case_counsellor`, or `break_glass`.")
    name: str = Field(description="The role's name in the language asked for.")
    scope: Literal["school", "grade", "class", "student"]
    valid_to: date | None = Field(description="The day on which it lapses by itself.")
    deputy_of: str | None = Field(description="Whom the caller stands in for, where it is a delegation.")
    until: datetime | None = Field(description="Of broken glass: the instant at which it is over.")
    data_classes: list[DataClass] = Field(description="What it opens for reading.")


class Access(Output):
    """Why the caller may see this student, and what stays hidden."""

    student_name: str
    grounds: list[Ground]
    hidden: list[DataClass]
    may_see_record: bool = Field(description="Whether the caller may see who has seen this student.")


class Entry(Output):
    """One entry of the record."""

    id: UUID
    at: datetime
    account_id: UUID | None
    account_name: str | None = Field(description="Who; null: the system itself.")
    action: Action
    operation: str | None = Field(description="Of a reading: the operation of this API.")
    entity: str | None = Field(description="Of a change: the kind of record.")
    entity_id: UUID | None
    data_classes: list[str]
    fields: list[str]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    ground: list[str] = Field(
        description="On whose strength it was read: roles, `case_lead`, `case_counsellor`, `delegation` where as a deputy, or `break_glass`."
    )
    break_glass_id: UUID | None = Field(description="The opening under which it was read.")
    origin: str | None = Field(description="Internet address.")


class EntryPage(Output):
    """A page of one student's record, the newest first."""

    items: list[Entry]
    next_cursor: str | None


class SchoolEntry(Entry):
    """An entry with whom it is about."""

    student_id: UUID | None
    student_name: str | None
    students: int = Field(description="How many students, of a list.")


class SchoolEntryPage(Output):
    """A page of the school's record, the newest first."""

    items: list[SchoolEntry]
    next_cursor: str | None


class CheckFinding(Output):
    """Something that is not as it was sealed."""

    problem: Literal["changed", "removed", "inserted", "seal_changed", "seal_missing", "cut_off", "unsealed"]
    seal: int
    entry_id: UUID | None


class Check(Output):
    """One verification of the whole record; `checked_at` null: it waits for the sealer."""

    id: UUID
    requested_at: datetime
    checked_at: datetime | None
    entries: int | None
    seals: int | None
    head: str | None = Field(description="The newest seal, `number:mac`: print it and keep it elsewhere.")
    findings: list[CheckFinding]


class CheckList(Output):
    """The last verifications."""

    items: list[Check]
