"""What break-glass takes and gives."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from nuanyang.kit.schemas import Input, Output, Reason

LongReason = Annotated[str, StringConstraints(min_length=10, max_length=1_000, pattern=r"^[^\x00]*$")]
Outcome = Literal["justified", "unjustified"]
State = Literal["open", "to_review", "overdue", "reviewed"]


class OpeningInput(Input):
    """Why one student's clinical file must be opened now."""

    reason: LongReason = Field(description="At least ten characters; those who are told read it. No diagnosis in it.")


class OpeningReviewInput(Input):
    """What the review found."""

    outcome: Outcome
    note: Reason


class OpeningTold(Output):
    """Somebody who was told at once."""

    name: str
    told_as: Literal["principal", "moral_education", "case_counsellor"]
    seen_at: datetime | None


class OpeningReview(Output):
    """The review."""

    outcome: Outcome
    note: str
    reviewed_by: str
    reviewed_at: datetime


class Opening(Output):
    """One opening of one student's clinical file."""

    id: UUID
    student_id: UUID
    student_name: str
    class_name: str | None
    opened_by: str
    is_own: bool
    opened_as: Literal["principal", "vice_principal", "moral_education", "counsellor"]
    reason: str
    opened_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    state: State
    review_due_at: datetime
    review: OpeningReview | None
    told: list[OpeningTold]
    may_review: bool
    is_unseen: bool = Field(description="You were told and have not said yet that you have seen it.")


class OpeningPage(Output):
    """Openings, the newest first."""

    items: list[Opening]
    next_cursor: str | None


class OpeningRead(Output):
    """One reading under an opening, from the record."""

    at: datetime
    operation: str
    fields: list[str]


class OpeningReads(Output):
    """What was read under one opening."""

    items: list[OpeningRead]
