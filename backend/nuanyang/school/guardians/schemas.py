"""What custody orders take and give."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from nuanyang.kit.schemas import Day, Input, Output, Reason
from nuanyang.school.guardians.rules import OrderState

OrderKind = Literal["no_information", "no_contact", "no_pick_up"]
OrderSource = Literal["court", "school"]


class CustodyOrderInput(Input):
    """Who is kept from the child, by what, from when and until when."""

    guardian_id: UUID
    kinds: list[OrderKind] = Field(min_length=1, max_length=3, description="What is not allowed; the first two hide the child altogether.")
    source: OrderSource
    reference: Reason = Field(description="Court and number, or who at the school decided it and why.")
    starts_on: Day
    ends_on: Day | None = Field(default=None, description="The last day; open where nobody said.")


class LiftInput(Input):
    """Why an order no longer holds."""

    reason: Reason


class CustodyOrderShown(Output):
    """An order as those who read protection see it."""

    id: UUID
    version: int
    student_id: UUID
    guardian_id: UUID
    guardian_name: str
    relation: str
    kinds: list[OrderKind]
    source: OrderSource
    reference: str
    starts_on: date
    ends_on: date | None
    state: OrderState
    recorded_at: datetime
    recorded_by: str | None
    lifted_at: datetime | None
    lifted_reason: str | None


class GuardianChoice(Output):
    """A guardian an order can be about."""

    guardian_id: UUID
    name: str
    relation: str


class CustodyOrders(Output):
    """The orders about one student, the newest first, and the guardians they can be about."""

    items: list[CustodyOrderShown]
    guardians: list[GuardianChoice]
    may_record: bool
