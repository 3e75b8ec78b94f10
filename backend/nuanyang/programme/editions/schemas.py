"""Editions of the programme as they come in and go out."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from nuanyang.kit.schemas import Day, Input, Line, Output, Reason, Text
from nuanyang.programme.clauses.catalogue import FieldType
from nuanyang.programme.clauses.template import (
    CadencePer,
    Category,
    Comparison,
    Dimension,
    Owner,
    Reach,
    RunsOn,
    Subject,
    SupportLevel,
    Unit,
)

Template = Literal["january", "september"]
State = Literal["draft", "submitted", "in_force", "superseded", "closed"]
Waiting = Literal["to_approve", "returned"]
OwnPart = Literal["A", "P", "L", "S"]
Part = Literal["G", "C", "A", "P", "L", "S", "I", "M"]
Code = Annotated[str, StringConstraints(max_length=60, pattern=r"^[A-Za-z0-9_.]+$")]
FieldName = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
Month = Annotated[int, Field(ge=1, le=12)]
Hours = Annotated[float, Field(ge=0, le=10_000)]
# Years that a school plans; what lies beyond is a slip of the keyboard.
YearDay = Annotated[Day, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
Bound = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]


class Capacities(Input):
    """What there is to keep the edition with; null where the school has not said."""

    tutor_hours: Hours | None = Field(default=None, description="Hours a week that tutors have for groups.")
    volunteers: Annotated[int, Field(ge=0, le=10_000)] | None = Field(default=None, description="Volunteers who can be paired.")
    counsellor_hours: Hours | None = Field(default=None, description="Hours a week of all counsellors.")
    group_size: Annotated[int, Field(ge=1, le=50)] = Field(default=6, description="Students in a tutoring group.")


class EditionInput(Input):
    """A new draft: from a template, or from an edition before."""

    name: Line
    starts_on: YearDay
    template: Template = Field(
        default="september", description="Where the year begins; with `from_edition_id` its phases fall into these months."
    )
    from_edition_id: UUID | None = None
    standing: list[Code] = Field(
        default_factory=list, max_length=200, description="Clauses that worked and become standing practice (I3.2)."
    )


class EditionEdit(Input):
    """What changes of a draft."""

    name: Line | None = None
    starts_on: YearDay | None = None
    ends_on: YearDay | None = None
    background: Text | None = None
    guiding: Text | None = None
    capacities: Capacities | None = None


class ApprovalInput(Input):
    """From which day it is in force."""

    in_force_from: Day


class EditionReturn(Input):
    """Why it goes back."""

    reason: Reason


class ChoiceInput(Input):
    """One answer of a choice."""

    value: FieldName
    zh: Line
    en: Line | None = None


class FormFieldInput(Input):
    """One field of a record form, of the same types as those of the programme's own measures."""

    name: FieldName
    zh: Line
    en: Line | None = None
    type: FieldType
    is_required: bool = False
    choices: list[ChoiceInput] = Field(default_factory=list, max_length=20)
    least: Bound | None = None
    most: Bound | None = None


FormFields = Annotated[list[FormFieldInput], Field(min_length=1, max_length=30)]


class ClauseEdit(Input):
    """What changes of a clause; null takes away what may be absent."""

    zh: Line | None = None
    en: Line | None = None
    owner: Owner | None = None
    doers: list[Code] | None = Field(default=None, max_length=18)
    subject: Subject | None = None
    reach: Reach | None = None
    categories: list[Category] | None = Field(default=None, max_length=4)
    levels: list[SupportLevel] | None = Field(default=None, max_length=2)
    dimensions: list[Dimension] | None = Field(default=None, max_length=4)
    cadence_zh: Line | None = None
    cadence_en: Line | None = None
    per: CadencePer | None = None
    times: Annotated[int, Field(ge=1, le=100)] | None = None
    runs_on: RunsOn | None = None
    months: list[Month] | None = Field(default=None, max_length=12)
    grace_days: Annotated[int, Field(ge=0, le=60)] | None = None
    hours: Annotated[int, Field(ge=1, le=720)] | None = None
    minutes: Annotated[int, Field(ge=0, le=1440)] | None = None
    target_number: Annotated[float, Field(ge=0, le=1000)] | None = None
    target_unit: Unit | None = None
    target_comparison: Comparison | None = None
    phases: list[Code] | None = Field(default=None, max_length=20)
    evidence: list[Code] | None = Field(default=None, max_length=20)
    is_standing: bool | None = None
    form: Line | None = Field(default=None, description="Of an own measure: what its record form is called.")
    fields: FormFields | None = Field(default=None, description="Of an own measure: the fields of its record form.")


class OwnMeasureInput(Input):
    """A measure of the school's own: it belongs to the part's dimension, and is recorded with its own form."""

    part: OwnPart
    zh: Line
    en: Line | None = None
    owner: Owner
    doers: list[Code] = Field(default_factory=list, max_length=18)
    subject: Subject = "student"
    reach: Reach = "supported"
    categories: list[Category] = Field(default_factory=list, max_length=4)
    levels: list[SupportLevel] = Field(default_factory=list, max_length=2)
    cadence_zh: Line
    cadence_en: Line | None = None
    per: CadencePer
    times: Annotated[int, Field(ge=1, le=100)]
    runs_on: RunsOn
    months: list[Month] = Field(default_factory=list, max_length=12)
    grace_days: Annotated[int, Field(ge=0, le=60)] = 0
    minutes: Annotated[int, Field(ge=0, le=1440)]
    form: Line
    fields: FormFields


class PhaseShown(Output):
    """What some months are for."""

    id: str
    zh: str
    en: str
    months: list[int]


class EditionRow(Output):
    """One edition in the list."""

    id: UUID
    name: str
    starts_on: date
    ends_on: date
    template: Template
    state: State
    is_in_force: bool
    in_force_from: date | None
    in_force_until: date | None = Field(description="The first day of its successor.")
    approved_by_name: str | None
    approved_at: datetime | None


class EditionList(Output):
    """The school's editions, the latest first."""

    items: list[EditionRow]
    may_create: bool


class EditionMay(Output):
    """What the caller may do with it now."""

    edit: bool
    submit: bool
    approve: bool
    return_: bool = Field(alias="return", serialization_alias="return")
    discard: bool
    see_load: bool
    write_owners: list[Owner]


class CapacitiesShown(Output):
    """What there is to keep it with."""

    tutor_hours: float | None = None
    volunteers: int | None = None
    counsellor_hours: float | None = None
    group_size: int = 6


class EditionShown(EditionRow):
    """One edition without its clauses."""

    version: int
    background: str
    guiding: str
    phases: list[PhaseShown]
    capacities: CapacitiesShown
    previous_id: UUID | None
    created_by_name: str | None
    submitted_by_name: str | None
    submitted_at: datetime | None
    returned_reason: str | None
    may: EditionMay


class EditionClauseShown(Output):
    """One clause of an edition. Without `evidence` there are no records yet that could meet it, and it is never shown as kept."""

    id: UUID
    version: int
    clause: str
    part: Part
    zh: str
    en: str
    owner: Owner
    doers: list[str]
    dimension: Dimension | None
    subject: Subject
    reach: Reach
    categories: list[str]
    levels: list[SupportLevel]
    dimensions: list[Dimension]
    cadence_zh: str | None
    cadence_en: str | None
    is_default: bool = Field(description="The programme is silent here: the cadence is ours.")
    per: CadencePer | None
    times: int | None
    runs_on: RunsOn | None
    months: list[int] = Field(description="None: the whole year.")
    grace_days: int
    hours: int | None
    minutes: int
    target_number: float | None
    target_unit: Unit | None
    target_comparison: Comparison | None
    phases: list[str]
    evidence: list[str]
    is_standing: bool
    is_own: bool
    form: str | None
    fields: list[dict[str, Any]] | None
    may_edit: bool


class EditionClauseList(Output):
    """The clauses of an edition in their order."""

    items: list[EditionClauseShown]


class EditionFieldChange(Output):
    """One field, old and new, as JSON."""

    field: str
    before: Any = None
    after: Any = None


class ClauseChangeShown(Output):
    """One clause that is not the same."""

    clause: str
    kind: Literal["added", "removed", "changed"]
    zh: str
    en: str
    fields: list[EditionFieldChange]


class ComparisonShown(Output):
    """What differs; `against` is null where the shipped template stood in for an edition."""

    against: EditionRow | None
    changes: list[ClauseChangeShown]
    unchanged: int
