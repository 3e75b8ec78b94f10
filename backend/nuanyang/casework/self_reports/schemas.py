"""What a student sends and sees: their own words and plain names, never a category, a class of data or what others think."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from nuanyang.casework.self_reports.topics import TopicCode
from nuanyang.kit.schemas import Input, Output

OwnWords = Annotated[str, StringConstraints(max_length=2_000, pattern=r"^[^\x00]*$")]


class AnswerShown(Output):
    """One ready answer."""

    value: str
    words: str


class QuestionShown(Output):
    """One question of a topic."""

    code: str
    words: str
    is_required: bool
    answers: list[AnswerShown]


class TopicShown(Output):
    """One thing to speak about, and who will read it."""

    code: TopicCode
    words: str
    hint: str
    is_note_required: bool
    questions: list[QuestionShown]
    readers: list[str] = Field(description="Who will read it, in plain words; empty where nothing is sent.")


class StaffChoice(Output):
    """A member of staff by name."""

    id: UUID
    name: str
    note: str | None


class SelfReportForm(Output):
    """Everything the page needs: topics, the teachers of the own class, and who reads what is told about a member of staff."""

    topics: list[TopicShown]
    teachers: list[StaffChoice]
    readers_about_staff: list[str]


class StaffChoices(Output):
    """Members of staff whose name begins so."""

    items: list[StaffChoice]


class SelfReportInput(Input):
    """What a student tells. `answers` are by question code; whoever it is about never sees it."""

    topic: TopicCode
    answers: dict[str, str] = Field(default_factory=dict, max_length=10)
    note: OwnWords | None = None
    is_about_staff: bool = Field(default=False, description="About somebody who works at the school; name them if you can.")
    about_staff_id: UUID | None = None


class SelfReportShown(Output):
    """An own report."""

    id: UUID
    topic: TopicCode
    topic_words: str
    note: str | None
    is_about_staff: bool
    sent_at: datetime
    is_heard: bool = Field(description="Somebody at the school has dealt with it.")
    readers: list[str]


class SelfReports(Output):
    """The own reports of this school year, newest first."""

    items: list[SelfReportShown]


class SelfReportAnswer(Output):
    """That it arrived; `report` is null where there was nothing to tell."""

    report: SelfReportShown | None
