"""What the home page shows."""

from datetime import date
from typing import Literal
from uuid import UUID

from nuanyang.kit.schemas import Output

TaskKey = Literal[
    "break_glass_told",
    "break_glass_overdue",
    "break_glass_to_review",
    "handovers_to_read",
    "handovers_to_write",
    "self_reports_unanswered",
    "recognitions_due",
    "checks_due",
    "renewals_due",
    "list_rows_open",
    "proposals_open",
    "plans_to_approve",
    "plans_to_finish",
    "reviews_due",
    "data_requests_waiting",
    "editions_to_approve",
    "editions_returned",
]


class Task(Output):
    """Something that waits: how many, and the filters of the list that shows exactly these."""

    key: TaskKey
    count: int
    search: dict[str, str]


class LedCase(Output):
    """A student whose case the caller leads."""

    student_id: UUID
    name: str
    class_name: str | None
    plan_state: str | None
    next_review_on: date | None
    last_intervention_on: date | None


class Home(Output):
    """The caller's own work: tasks that wait, and the cases they lead."""

    tasks: list[Task]
    led: list[LedCase]
