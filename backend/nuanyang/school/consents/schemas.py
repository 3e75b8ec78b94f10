"""What consents take and give."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from nuanyang.kit.schemas import Day, Input, Output, Reason
from nuanyang.school.consents.rules import Action, State

PurposeCode = Literal["file", "screening", "counselling", "pairing", "community"]
How = Literal["portal", "paper", "in_person"]
Body = Annotated[str, StringConstraints(min_length=20, max_length=5_000, pattern=r"^[^\x00]*$")]


class ConsentTextShown(Output):
    """One wording of a purpose."""

    number: int
    body: str
    asks_again: bool = Field(description="Consents to earlier numbers no longer count.")
    reason: str | None
    created_at: datetime | None = Field(description="Empty for the programme's own text, which nobody at the school has replaced.")
    created_by: str | None


class PurposeShown(Output):
    """A purpose with the text in force."""

    code: PurposeCode
    name: str
    is_gate: bool = Field(description="Without consent it is not done; a crisis and a mandatory report never wait.")
    ground: str | None
    text: ConsentTextShown


class Purposes(Output):
    """The catalogue, in the order of the form."""

    items: list[PurposeShown]
    may_write: bool


class ConsentTexts(Output):
    """All wordings of a purpose, the newest first."""

    items: list[ConsentTextShown]


class ConsentTextInput(Input):
    """A new wording."""

    body: Body
    asks_again: bool = Field(description="The matter itself has changed, so that everybody is asked again.")
    reason: Reason


class Choice(Input):
    """Yes or no to one purpose."""

    purpose: PurposeCode
    action: Action


class ConsentInput(Input):
    """What a guardian (or, from fourteen on, the pupil) wrote or said, recorded by a member of staff."""

    guardian_id: UUID | None = Field(default=None, description="Empty where the pupil decides.")
    how: Literal["paper", "in_person"]
    happened_on: Day = Field(description="The day of the signature or of the talk.")
    scan_id: UUID | None = Field(default=None, description="Of the signed paper; needed where a paper says yes.")
    informed_on: Day | None = Field(default=None, description="When a guardian was informed of the pupil's own decision.")
    choices: list[Choice] = Field(min_length=1, max_length=10)


class ScanShown(Output):
    """A scan that was taken in."""

    id: UUID
    media_type: str


class ConsentEventShown(Output):
    """One yes or no."""

    id: UUID
    purpose: PurposeCode
    action: Action
    how: How
    text_number: int
    guardian_id: UUID | None
    by: str = Field(description="The guardian, or the pupil where they decided.")
    relation: str | None
    happened_on: date
    informed_on: date | None
    recorded_at: datetime
    recorded_by: str | None
    scan_id: UUID | None


class Words(Output):
    """What was said last about a purpose, by those whose word can count today."""

    pupil: Action | None
    guardians: Action | None = Field(description="A no goes before a yes.")


class PurposeState(Output):
    """How a purpose stands for one student."""

    purpose: PurposeCode
    name: str
    is_gate: bool
    state: State
    since: date | None = Field(description="The day of the word that decides it.")
    text_number: int = Field(description="The text in force.")
    words: Words


class Consenter(Output):
    """A guardian who can consent today."""

    guardian_id: UUID
    name: str
    relation: str


class StudentConsents(Output):
    """How a student's consents stand, their whole history, and who can say yes or no."""

    student_id: UUID
    decides_alone: bool = Field(description="Fourteen or older: the pupil's own decision.")
    states: list[PurposeState]
    events: list[ConsentEventShown]
    guardians: list[Consenter]
    may_record: bool


class ConsentRow(Output):
    """A student of the class."""

    student_id: UUID
    name: str
    student_number: str | None
    decides_alone: bool
    has_guardian: bool = Field(description="Somebody on record can consent today.")
    states: dict[PurposeCode, State]


class ClassConsents(Output):
    """A class and who of it is missing what."""

    class_id: UUID
    class_name: str
    purposes: list[PurposeShown]
    items: list[ConsentRow]


class FamilyChoice(Input):
    """A guardian's own yes or no, with the number of the text that was read."""

    student_id: UUID
    purpose: PurposeCode
    action: Action
    text_number: int = Field(ge=1, le=100_000)


class FamilyEvent(Output):
    """A yes or no as the family sees it."""

    action: Action
    how: How
    text_number: int
    who: Literal["me", "other_guardian", "pupil"]
    happened_on: date


class FamilyPurpose(Output):
    """A purpose in plain words, how it stands, and what happened."""

    purpose: PurposeCode
    name: str
    is_gate: bool
    text: str
    text_number: int
    state: State
    mine: Action | None = Field(description="The own last word.")
    events: list[FamilyEvent]


class FamilyChild(Output):
    """One of the guardian's children."""

    student_id: UUID
    name: str
    class_name: str | None
    decides_alone: bool
    purposes: list[FamilyPurpose]


class FamilyConsents(Output):
    """The guardian's children and what is asked about each."""

    children: list[FamilyChild]


class OwnWord(Output):
    """A guardian's own yes or no, to be taken along, with the words it was said to."""

    purpose: PurposeCode
    name: str
    action: Action
    how: How
    happened_on: date
    text_number: int
    text: str


class OwnChoice(Input):
    """A pupil's own yes or no, with the number of the text that was read."""

    purpose: PurposeCode
    action: Action
    text_number: int = Field(ge=1, le=100_000)


class OwnEvent(Output):
    """A yes or no as the pupil sees it."""

    action: Action
    how: How
    text_number: int
    who: Literal["me", "guardian"]
    happened_on: date


class OwnPurpose(Output):
    """A purpose in a child's words, the text itself, and how it stands."""

    purpose: PurposeCode
    name: str
    is_gate: bool
    plain: str
    text: str
    text_number: int
    state: State
    words: Words
    events: list[OwnEvent]


class OwnConsents(Output):
    """What is asked about the pupil, and whether they decide themselves."""

    decides_alone: bool
    decides_from: date | None = Field(description="The fourteenth birthday; empty where the school has no birthday on record.")
    purposes: list[OwnPurpose]
