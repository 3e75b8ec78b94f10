"""What records of support take and give."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from nuanyang.kit.schemas import Day, Input, Instant, Line, Output, ProblemField, Reason, Text

Attendance = Literal["present", "late", "left_early", "excused", "absent"]
Minutes = Annotated[int, Field(ge=0, le=1440)]
KindCode = Annotated[str, Field(min_length=1, max_length=80)]
Form = Annotated[dict[Annotated[str, Field(max_length=60)], Any], Field(max_length=40)]


class InterventionInput(Input):
    """One record: who did what for whom, when, how long, with whom, and how it went."""

    student_id: UUID
    kind: KindCode
    plan_measure_id: UUID | None = Field(default=None, description="A measure of the student's plan that this serves.")
    held_on: Day
    started_at: Instant | None = None
    minutes: Minutes
    doer_staff_id: UUID | None = Field(default=None, description="Without it and without `doer_name`: the caller.")
    doer_name: Line | None = Field(default=None, description="Who is not staff: a volunteer, a doctor.")
    place: Line | None = None
    with_whom: Line | None = None
    attendance: Attendance = "present"
    went: Text | None = None
    follow_up: Text | None = None
    form: Form = Field(default_factory=dict, description="The fields of the kind's paper form.")


class InterventionChange(Input):
    """A correction (JSON Merge Patch) with its reason; what was there before is kept."""

    reason: Reason
    plan_measure_id: UUID | None = None
    held_on: Day | None = None
    started_at: Instant | None = None
    minutes: Minutes | None = None
    doer_staff_id: UUID | None = None
    doer_name: Line | None = None
    place: Line | None = None
    with_whom: Line | None = None
    attendance: Attendance | None = None
    went: Text | None = None
    follow_up: Text | None = None
    form: Form | None = None


class VoidInput(Input):
    """Why a record does not count."""

    reason: Reason


class InterventionBatchInput(Input):
    """One group session: a row a student. `link_to_plans` ties each row to the student's own measure of its kind, where there is just one."""

    items: list[InterventionInput] = Field(min_length=1, max_length=1000)
    link_to_plans: bool = True


class InterventionBatchItem(Output):
    """The result for one row, in the order asked."""

    index: int
    student_id: UUID
    ok: bool
    id: UUID | None
    plan_measure_id: UUID | None
    code: str | None
    errors: list[ProblemField]


class InterventionBatchAnswer(Output):
    """The session and the result of each row."""

    session_id: UUID
    created: int
    refused: int
    items: list[InterventionBatchItem]


class InterventionStudent(Output):
    """Whom a record is about."""

    id: UUID
    name: str
    class_name: str | None


class InterventionRow(Output):
    """A record in the list."""

    id: UUID
    version: int
    student: InterventionStudent
    kind: str
    data_class: str
    plan_measure_id: UUID | None
    session_id: UUID | None
    held_on: date
    started_at: datetime | None
    minutes: int
    doer_staff_id: UUID | None
    doer: str | None
    place: str | None
    with_whom: str | None
    attendance: Attendance
    went: str | None
    follow_up: str | None
    form: dict[str, Any]
    entered_on: date
    is_backfilled: bool = Field(description="补录: entered on a later day than it was held.")
    voided_at: datetime | None
    voided_reason: str | None
    may_correct: bool


class InterventionVersionShown(Output):
    """What the corrected fields said before."""

    number: int
    before: dict[str, Any]
    names: dict[str, str] = Field(description="Of the ids in `before`: the member of staff, the measure (where it is for the caller).")
    reason: str | None
    changed_at: datetime
    changed_by: str | None


class InterventionShown(InterventionRow):
    """One record with its corrections, newest first."""

    measure_title: str | None
    entered_by: str | None
    versions: list[InterventionVersionShown]


class InterventionPage(Output):
    """A page of records, newest first."""

    items: list[InterventionRow]
    next_cursor: str | None
    count: int | None


class SessionCandidate(Output):
    """A student who may belong to a group session of this kind."""

    student_id: UUID
    name: str
    class_id: UUID | None
    class_name: str | None
    plan_measure_id: UUID | None = Field(description="Null where the plan has several such measures.")
    minutes: int | None = Field(description="As planned, each time.")
    is_mine: bool = Field(description="The plan gives the measure to the caller.")


class SessionCandidates(Output):
    """At most 200, by class and name."""

    items: list[SessionCandidate]


class PlanDose(Output):
    """One measure of a plan: sessions planned against sessions delivered."""

    id: UUID
    plan_id: UUID
    kind: str
    title: str
    dimension: Literal["academic", "psychological", "living", "social"]
    data_class: str
    times: float
    per: Literal["day", "week", "month", "term", "once"]
    minutes: int
    starts_on: date
    ends_on: date | None
    doer: str | None
    planned_so_far: float = Field(description="Sessions due by today; only days of term count, pro rata.")
    planned_total: float
    delivered: int
    missed: int
    minutes_delivered: int
    last_on: date | None


class PlanDoses(Output):
    """The measures that the caller may see."""

    items: list[PlanDose]
