"""What support needs take and give."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from nuanyang.kit.schemas import Day, Input, Output
from nuanyang.school.support_needs.rules import SupportNeedState

Sentence = Annotated[str, StringConstraints(min_length=2, max_length=60, pattern=r"^[^\x00-\x1f]*$")]


def _absent() -> Any:
    """The default of what may be absent but is never null."""
    return None


class SupportNeedInput(Input):
    """One need of a student."""

    sentence: Sentence = Field(description="What the school does, without illness or diagnosis: 前排就座.")
    until_on: Day | None = Field(default=None, description="The last day; open where nobody said.")


class SupportNeedPatch(Input):
    """Changes: a field left out stays, null empties it."""

    sentence: Sentence = Field(default_factory=_absent)
    until_on: Day | None = None


class SupportNeedShown(Output):
    """A need as those who read the class see it."""

    id: UUID
    version: int
    student_id: UUID
    sentence: str
    until_on: date | None
    state: SupportNeedState
    recorded_at: datetime
    recorded_by: str | None
    ended_at: datetime | None


class SupportNeedLine(Output):
    """A need in force, as a student's page and file show it."""

    id: UUID
    sentence: str
    until_on: date | None


class SupportNeeds(Output):
    """The needs of one student: those in force first, then those that are over, the newest first."""

    items: list[SupportNeedShown]
    suggested: list[str] = Field(description="Sentences schools enter most, without those in force; empty for who may not write.")
    may_write: bool
