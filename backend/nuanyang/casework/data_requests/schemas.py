"""Requests as they are asked, shown to the family, and worked on."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from nuanyang.casework.data_requests.rules import MOST_DAYS, FieldCode, PartCode, State
from nuanyang.kit.schemas import Input, Line, Output, Reason

Kind = Literal["correct", "erase", "copy"]
Outcome = Literal["fulfilled", "partly", "refused"]
Ground = Literal["statutory", "legal_hold", "accurate", "third_party", "not_kept", "other"]
Words = Annotated[str, StringConstraints(max_length=2_000, pattern=r"^[^\x00]*$")]


class DataRequestInput(Input):
    """What a guardian asks. Numbers of identity papers do not belong in here: they are shown at the school."""

    student_id: UUID
    kind: Kind
    field: FieldCode | None = Field(default=None, description="What is wrong; only with `correct`.")
    wanted: Line | None = Field(default=None, description="What is right: text, `male` or `female`, or a date.")
    parts: list[PartCode] = Field(default_factory=list, max_length=10, description="What to erase; only with `erase`.")
    said: Words | None = None


class PartShown(Output):
    """One thing to erase, what became of it, and the law where it must be kept."""

    part: PartCode
    is_erased: bool
    law: str | None


class OwnRequest(Output):
    """A request as the family sees it; nothing of an answer before it is given."""

    id: UUID
    student_id: UUID
    child_name: str
    kind: Kind
    field: FieldCode | None
    wanted: str | None
    said: str | None
    parts: list[PartShown]
    state: Literal["open", "in_hand", "fulfilled", "partly", "refused", "withdrawn"]
    asked_at: datetime
    due_on: date
    days_left: int
    is_overdue: bool
    ground: Ground | None
    reason: str | None
    decided_at: datetime | None
    may_withdraw: bool


class OwnRequests(Output):
    """The own requests about the own children, the latest first; and within how many days the school answers."""

    items: list[OwnRequest]
    term_days: int


class RequestStudent(Output):
    """Whom a request is about."""

    id: UUID
    name: str
    class_name: str | None


class RequestRow(Output):
    """A request in the queue."""

    id: UUID
    version: int
    student: RequestStudent
    guardian_name: str
    kind: Kind
    field: FieldCode | None
    state: State
    desk: Literal["registrar", "moral_education"]
    asked_at: datetime
    due_on: date
    days_left: int
    is_overdue: bool
    taken_by: str | None


class RequestShown(RequestRow):
    """One request with all that is needed to answer it."""

    relation: str
    wanted: str | None
    recorded: str | None = Field(description="What the record says now, where a correction is written into it.")
    said: str | None
    parts: list[PartShown]
    outcomes: list[Outcome] = Field(description="The answers that are possible.")
    outcome: Outcome | None
    ground: Ground | None
    reason: str | None
    prepared_by: str | None
    prepared_at: datetime | None
    approved_by: str | None
    returned_reason: str | None
    decided_at: datetime | None
    may_answer: bool
    may_approve: bool


class RequestPage(Output):
    """A page of the queue, the earliest term first."""

    items: list[RequestRow]
    next_cursor: str | None
    term_days: int = Field(description="Within how many days the school answers what is asked today.")
    may_set_term: bool


class RequestAnswerInput(Input):
    """The answer. A refusal, wholly or in part, has its ground and a reason that the family reads; an erasure then waits for approval."""

    outcome: Outcome
    ground: Ground | None = None
    reason: Reason | None = None


class RequestReturnInput(Input):
    """Why an erasure is not approved as it is; colleagues read it, the family does not."""

    reason: Reason


class RequestTerm(Input):
    """Within how many days this school answers."""

    days: int = Field(ge=1, le=MOST_DAYS)
