"""What files and case leads take and give."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from nuanyang.kit.schemas import Input, Output, Reason, Text


class CaseLeadInput(Input):
    """Who leads the case from today on."""

    staff_id: UUID
    handover_note: Text | None = Field(default=None, description="What the next one must know; read by the new lead alone.")


class CaseLeadWarning(Output):
    """More cases than the school's limit: done all the same."""

    code: Literal["case_lead_limit"] = "case_lead_limit"
    count: int
    limit: int
    message: str


class CaseLeadShown(Output):
    """The case lead of a student."""

    id: UUID
    student_id: UUID
    staff_id: UUID
    name: str
    valid_from: date
    has_account: bool = Field(description="Whether rights follow by themselves: only an account can hold them.")
    warnings: list[CaseLeadWarning]


class CaseLoad(Output):
    """How many cases a member of staff leads."""

    staff_id: UUID
    name: str
    count: int
    is_over: bool


class CaseLoadPage(Output):
    """Members of staff with their load, by name."""

    items: list[CaseLoad]
    limit: int = Field(description="Of the school: above it a warning, never a refusal.")
    next_cursor: str | None


class CaseLeadLimit(Input):
    """How many cases one person should lead at most."""

    limit: int = Field(ge=1, le=50)


class DossierCloseInput(Input):
    """Why the file is closed."""

    reason: Reason


class DossierShown(Output):
    """The file itself."""

    id: UUID
    version: int
    student_id: UUID
    number: str
    opened_on: date
    closed_on: date | None
    close_reason: str | None
