"""What goes in and out of the page 信息保存."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from nuanyang.kit.schemas import Input, Output, Reason

Action = Literal["keep", "erase", "deidentify"]
Class = Literal[
    "basic",
    "contact",
    "identity",
    "academic",
    "economic",
    "family",
    "protection",
    "health",
    "support_needs",
    "wellbeing",
    "clinical",
    "volunteering",
    "money",
    "imports",
]
RunState = Literal["working", "shown", "applied"]
ItemState = Literal["shown", "held", "changed", "done"]


class TermInput(Input):
    """Another term for a class of data; in force once somebody else approves it."""

    data_class: Class
    action: Action
    years: int | None = Field(default=None, ge=1, le=60, description="Years after leaving; null where it is kept.")
    reason: Reason


class Proposal(Output):
    """A term that waits for a second person."""

    id: UUID
    action: Action
    years: int | None
    reason: str
    created_at: datetime
    created_by_name: str | None
    is_own: bool


class Term(Output):
    """How long one class of data is kept in this school, and within which bounds that may change."""

    data_class: Class
    action: Action
    years: int | None = Field(description="After leaving school; of lists without a student, after they came in.")
    default_action: Action
    default_years: int | None
    least: int | None
    most: int | None
    choices: list[Action]
    ground: Literal["register", "schooling", "aid", "accounts", "lists"]
    reason: str | None = Field(description="Why the school chose its own term.")
    approved_at: datetime | None
    approved_by_name: str | None
    proposal: Proposal | None


class Terms(Output):
    """All classes."""

    items: list[Term]
    may_approve: bool
    may_apply: bool


class ClassCount(Output):
    """What falls due, or was done, of one class of data."""

    data_class: Class
    students: int
    erased: int = Field(description="Rows erased.")
    emptied: int = Field(description="Rows that stay without their words, or without a name.")
    earliest_due_on: date


class Run(Output):
    """A dry run; once applied, the account of what it did."""

    id: UUID
    state: RunState
    created_at: datetime
    created_by_name: str | None = Field(description="Who asked; null: the nightly run or the command line.")
    until: date = Field(description="What falls due by this day is in it.")
    shown_at: datetime | None
    applied_at: datetime | None
    applied_by_name: str | None
    is_newest: bool
    files_to_close: int = Field(description="Open files of students who have left.")
    files_closed: int | None
    undated: int = Field(description="Students who have left with no day on record: they never fall due.")
    students: int = Field(description="With something that falls due.")
    students_due: int = Field(description="Of these due today or before, as shown.")
    students_held: int = Field(description="On legal hold: untouched.")
    students_changed: int = Field(description="Left alone because something changed after they were shown.")
    students_done: int
    earliest_due_on: date | None
    classes: list[ClassCount] = Field(description="What is shown to happen.")
    done: list[ClassCount] = Field(description="What happened.")


class RunPage(Output):
    """Runs, the newest first."""

    items: list[Run]
    next_cursor: str | None


class RunStudent(Output):
    """One student in a run."""

    id: UUID
    student_id: UUID
    name: str
    left_on: date | None
    due_on: date
    data_classes: list[Class]
    erased: int
    emptied: int
    state: ItemState


class RunStudentPage(Output):
    """Students of a run by the day they fall due."""

    items: list[RunStudent]
    next_cursor: str | None


class Asked(Output):
    """Work that was queued; watch it at `/jobs/{job_id}`."""

    job_id: UUID


class HoldInput(Input):
    """Stop all erasing for one student, or, with none named, for the school."""

    student_id: UUID | None = None
    reason: Reason


class LiftInput(Input):
    """End a hold."""

    reason: Reason


class Hold(Output):
    """法律保全."""

    id: UUID
    student_id: UUID | None = Field(description="Null: everybody.")
    student_name: str | None
    reason: str
    created_at: datetime
    created_by_name: str | None
    lifted_at: datetime | None
    lifted_by_name: str | None
    lift_reason: str | None


class HoldPage(Output):
    """Holds, the newest first."""

    items: list[Hold]
    next_cursor: str | None
