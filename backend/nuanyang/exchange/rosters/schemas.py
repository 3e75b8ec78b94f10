"""Imports, findings, mappings, whereabouts and duplicates as the API shows them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from nuanyang.kit.schemas import Input, Line, Output, Reason

State = Literal["checking", "refused", "checked", "applying", "applied", "failed"]
Severity = Literal["error", "warning", "note"]
Outcome = Literal["enrolled", "graduated", "transferred_out", "suspended", "dropped_out", "deceased"]
Header = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class FindingCount(Output):
    """How often one thing was found."""

    severity: Severity
    code: str
    reason: str
    count: int


class SchoolCounts(Output):
    """What the file means for one school."""

    school_id: UUID
    name: str
    counts: dict[str, dict[str, int]]
    missing: int
    present: int
    needs_confirmation: bool


class RosterImportShown(Output):
    """One file: what it is, what was found, what it would change or has changed."""

    id: UUID
    file_name: str
    file_size: int
    state: State
    covers: Literal["school", "rows"]
    year_starts: int
    is_district_wide: bool
    form: str | None
    form_version: str | None
    mode: str | None
    source: str | None
    rows: dict[str, int]
    counts: dict[str, dict[str, int]]
    schools: list[SchoolCounts]
    finding_counts: list[FindingCount]
    error_count: int
    warning_count: int
    needs_confirmation: bool
    mapping: dict[str, str]
    job_id: UUID | None
    created_at: datetime
    checked_at: datetime | None
    applied_at: datetime | None


class RosterImportPage(Output):
    """A page of imports."""

    items: list[RosterImportShown]
    next_cursor: str | None


class ApplyInput(Input):
    """Applying; `confirm_removals` says that the many missing pupils were looked at."""

    confirm_removals: bool = False


class FindingShown(Output):
    """One finding, its value only as far as it may be shown."""

    position: int
    severity: Severity
    code: str
    file: str
    line: int | None
    column: str | None
    value: str | None
    reason: str


class FindingPage(Output):
    """A page of findings."""

    items: list[FindingShown]
    next_cursor: str | None


class SheetField(Output):
    """A field of the 学籍 sheet that a column can stand for."""

    name: str
    label: str
    required: bool


class SheetFieldList(Output):
    """All fields, in the order of the official sheet."""

    items: list[SheetField]


class MappingInput(Input):
    """Which header stands for which field; `ignore` leaves a column out."""

    name: Line
    mapping: dict[Header, Header] = Field(max_length=200)


class MappingShown(Output):
    """A saved mapping."""

    id: UUID
    version: int
    name: str
    mapping: dict[str, str]


class MappingList(Output):
    """The school's saved mappings."""

    items: list[MappingShown]


class StudentNamed(Output):
    """Enough to know who is meant."""

    id: UUID
    name: str
    sex: str
    birth_on: date | None
    grade: int | None
    class_name: str | None
    status: str


class WhereaboutsShown(Output):
    """A pupil who was missing from a roster."""

    id: UUID
    student: StudentNamed
    opened_on: date
    is_compulsory_age: bool
    outcome: Outcome | None
    note: str | None
    found_school: str | None = Field(description="The school of the district whose roster has the pupil now.")
    resolved_at: datetime | None


class WhereaboutsPage(Output):
    """A page of the list 去向待核实."""

    items: list[WhereaboutsShown]
    next_cursor: str | None


class ResolveInput(Input):
    """What was found out, and how."""

    outcome: Outcome
    note: Reason


class StudentCompared(StudentNamed):
    """What tells two pupils of one name apart; numbers by their last two characters, for whoever may see these."""

    student_number: str | None
    identity_tail: str | None
    registration_tail: str | None
    guardians: list[str]


class DuplicateShown(Output):
    """Two records that may be one pupil; the first is kept when they are merged."""

    id: UUID
    state: Literal["suggested", "merged", "dismissed", "undone"]
    reason: str
    found_on: date
    decided_at: datetime | None
    student: StudentCompared
    other: StudentCompared
    moved: dict[str, int]


class DuplicatePage(Output):
    """A page of pairs."""

    items: list[DuplicateShown]
    next_cursor: str | None


class DuplicateInput(Input):
    """Two records that somebody takes for one pupil; the first shall be kept."""

    student_id: UUID
    other_id: UUID
