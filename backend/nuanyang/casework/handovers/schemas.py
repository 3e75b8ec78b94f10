"""What hand-overs take and give."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from nuanyang.kit.schemas import Input, Output

Passage = Annotated[str, StringConstraints(min_length=1, max_length=4_000, pattern=r"^[^\x00]*$")]
Post = Literal["homeroom_teacher", "case_lead", "case_counsellor"]


class HandoverNoteInput(Input):
    """What the next one must know of this student."""

    runs: Passage = Field(description="正在进行的: what runs.")
    agreed: Passage = Field(description="已约定的: what is agreed, with whom.")
    avoid: Passage = Field(description="要避免的: what to avoid.")


class HandoverNote(Output):
    """The note, for the next one alone."""

    runs: str
    agreed: str
    avoid: str


class HandoverShown(Output):
    """One student's hand-over; the note is there for the next one, from their first day on."""

    id: UUID
    student_id: UUID
    student_name: str
    class_name: str | None
    post: Post
    effective_on: date
    from_name: str
    to_name: str
    is_from_me: bool
    written_at: datetime | None
    acknowledged_at: datetime | None
    note: HandoverNote | None


class Handovers(Output):
    """What I have to write, and what I have to read."""

    to_write: list[HandoverShown]
    to_read: list[HandoverShown]
