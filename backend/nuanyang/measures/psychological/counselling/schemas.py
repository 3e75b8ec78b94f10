"""What a clinical file takes and gives."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from nuanyang.kit.schemas import Day, Input, Line, Output, Reason

Place = Literal["room", "office", "home", "phone", "other"]
CaseOutcome = Literal["finished", "referred", "left", "other"]
Ground = Literal["case_counsellor", "delegation", "crisis_duty", "break_glass"]
Passage = Annotated[str, StringConstraints(max_length=4_000, pattern=r"^[^\x00]*$")]


class UrgentInput(Input):
    """Why it does not wait for consent; recorded with the name of whoever says it."""

    ground: Literal["crisis", "mandatory_report"]
    reason: Reason


class CounsellingCaseInput(Input):
    """Who counsels: oneself where nobody is named."""

    urgent: UrgentInput | None = Field(default=None, description="A crisis or a mandatory report never waits for consent.")

    counsellor_id: UUID | None = Field(default=None, description="The counsellor's account; only those who name counsellors name another.")


class CounsellorInput(Input):
    """Who counsels from a day on; the present one's right ends the day before."""

    counsellor_id: UUID
    from_on: Day


class CounsellingCloseInput(Input):
    """How the case ended."""

    outcome: CaseOutcome


class CounsellingSessionInput(Input):
    """One session: when, how long, where, and the note (encrypted)."""

    held_on: Day
    minutes: int = Field(ge=5, le=300)
    place: Place
    topic: Line = Field(description="来访主题, in a line.")
    course: Passage = Field(default="", description="过程与观察.")
    agreed: Passage = Field(default="", description="商定的下一步.")
    next_on: Day | None = None


class CounsellingSessionChange(CounsellingSessionInput):
    """The corrected record and why; what was there before is kept."""

    reason: Reason


class CounsellingSessionShown(Output):
    """A session."""

    id: UUID
    version: int
    held_on: date
    minutes: int
    place: Place
    topic: str
    course: str
    agreed: str
    next_on: date | None
    held_by: str
    is_corrected: bool
    may_correct: bool


class SessionBefore(Output):
    """What a session said before a correction."""

    number: int
    changed_at: datetime
    changed_by: str
    reason: str
    held_on: date
    minutes: int
    place: Place
    topic: str
    course: str
    agreed: str
    next_on: date | None


class SessionVersions(Output):
    """Earlier forms of a session, the newest first."""

    items: list[SessionBefore]


class OnCaseShown(Output):
    """Who counsels the student, with dates."""

    account_id: UUID
    name: str
    is_deputy: bool
    valid_from: date
    valid_to: date | None


class PeopleOnCase(Output):
    """Who counsels the student, today and from a later day on."""

    items: list[OnCaseShown]


class CounsellingCaseShown(Output):
    """A counselling case: that it is, not what is in it."""

    id: UUID
    opened_on: date
    closed_on: date | None
    outcome: CaseOutcome | None


class GlassShown(Output):
    """An opening under which the file is read now."""

    id: UUID
    expires_at: datetime


class CounsellorChoice(Output):
    """A counsellor to choose."""

    account_id: UUID
    name: str


class CounsellingFile(Output):
    """The clinical file as far as it is open to the caller; `sessions` null: hidden."""

    student_id: UUID
    student_name: str
    cases: list[CounsellingCaseShown]
    people: list[OnCaseShown]
    ground: Ground | None = Field(description="On what the file is open to you; null: it is not.")
    opening: GlassShown | None
    sessions: list[CounsellingSessionShown] | None
    hidden: list[Literal["clinical"]]
    may_write: bool
    may_open_case: bool
    may_hand_over: bool
    may_break_glass: bool
    choices: list[CounsellorChoice] = Field(description="Counsellors to name, for who may name one.")
