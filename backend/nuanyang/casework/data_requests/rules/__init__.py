"""What can be asked about, who answers it, by when, and what must be kept: as pure rules."""

from nuanyang.casework.data_requests.rules.catalogue import FIELDS, PARTS, Field, FieldCode, Part, PartCode
from nuanyang.casework.data_requests.rules.course import (
    DEFAULT_DAYS,
    MOST_DAYS,
    State,
    days_left,
    desk_of,
    due_on,
    holds_number,
    is_open,
    is_overdue,
    outcomes_of,
    shown_state,
    value_fault,
)

__all__ = [
    "DEFAULT_DAYS",
    "FIELDS",
    "MOST_DAYS",
    "PARTS",
    "Field",
    "FieldCode",
    "Part",
    "PartCode",
    "State",
    "days_left",
    "desk_of",
    "due_on",
    "holds_number",
    "is_open",
    "is_overdue",
    "outcomes_of",
    "shown_state",
    "value_fault",
]
