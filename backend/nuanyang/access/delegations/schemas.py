"""What delegations take and give."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from nuanyang.kit.schemas import Day, Input, Output, Reason


class DelegationInput(Input):
    """Who stands in, for which of the roles or cases, on which days, and why."""

    role_id: UUID = Field(description="The role or case that is lent: of `lendable`.")
    deputy_staff_id: UUID
    valid_from: Day
    valid_to: Day = Field(description="The last day; the deputy's right lapses by itself after it.")
    reason: Reason


class Lendable(Output):
    """A role or a case that somebody may stand in for."""

    role_id: UUID
    role: str
    scope_kind: Literal["school", "grade", "class", "student"]
    scope_grade: int | None
    scope_name: str | None = Field(description="The class, or the student of a case.")
    valid_to: date | None


class DelegationShown(Output):
    """Somebody stands in for somebody."""

    id: UUID
    role: str
    scope_kind: Literal["school", "grade", "class", "student"]
    scope_grade: int | None
    scope_name: str | None
    giver: str
    deputy: str
    valid_from: date
    valid_to: date
    reason: str | None
    state: Literal["planned", "in_force", "over"]
    may_end: bool


class Delegations(Output):
    """What may be lent, what was given, and what was received; what is over stays for thirty days."""

    lendable: list[Lendable]
    given: list[DelegationShown]
    received: list[DelegationShown]
