"""Evidence over the API."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from nuanyang.kit.schemas import Day, Input, Line, Output, Reason, Text

Category = Literal["C1", "C2", "C3", "C4"]
Source = Literal["results", "attendance", "self_report", "nomination", "home_visit", "special_list"]
EnteredSource = Literal["self_report", "nomination", "home_visit", "special_list"]
Facts = dict[str, str | int | float | bool | None]


class OptionShown(Output):
    """One option of a choice."""

    code: str
    name: str


class FactShown(Output):
    """One typed fact of a kind; money is whole fen."""

    code: str
    name: str
    type: Literal["integer", "decimal", "money", "date", "text", "choice", "boolean"]
    unit: str | None
    minimum: int | None
    maximum: int | None
    is_required: bool
    options: list[OptionShown]


class KindShown(Output):
    """One kind of evidence of the catalogue, in the caller's language."""

    code: str
    name: str
    category: Category
    data_class: str
    is_ground: bool = Field(description="False: describes the form of a family and alone never makes a proposal.")
    sources: list[EnteredSource]
    facts: list[FactShown]
    may_enter: bool
    may_import: bool


class Catalogue(Output):
    """All kinds."""

    items: list[KindShown]


class EvidenceInput(Input):
    """A piece of evidence to enter. `facts` are those of the kind in the catalogue."""

    student_id: UUID
    kind: Line
    source: EnteredSource
    observed_on: Day
    note: Text | None = None
    facts: Facts = Field(default_factory=dict)
    about_staff_id: UUID | None = Field(default=None, description="The member of staff it is about, who never sees it.")


class EvidenceBatch(Input):
    """What one visit or talk brought: all or nothing."""

    items: list[EvidenceInput] = Field(min_length=1, max_length=100)


class EvidencePatch(Input):
    """What can be corrected, and why; the old values are kept with the reason."""

    reason: Reason
    observed_on: Day | None = None
    note: Text | None = None
    facts: Facts | None = None


class Withdrawal(Input):
    """Why a piece no longer counts."""

    reason: Reason


class AnswerInput(Input):
    """What was done about a student's own report."""

    note: Reason


class EvidenceShown(Output):
    """A piece of evidence."""

    id: UUID
    version: int
    student_id: UUID
    category: Category
    kind: str
    kind_name: str
    data_class: str
    source: Source
    observed_on: date
    note: str | None
    facts: dict[str, Any]
    is_about_staff: bool
    is_own: bool
    is_own_words: bool = Field(description="Told by the student themselves: never corrected, and answered by somebody.")
    may_change: bool
    reported_by: str | None
    created_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
    answered_at: datetime | None
    answered_note: str | None


class EvidenceChangeShown(Output):
    """One correction: the values from before it, of what it changed."""

    before: dict[str, Any] = Field(description="`observed_on`, `note`, `facts`: only what changed.")
    reason: str
    changed_at: datetime
    changed_by: str | None


class EvidenceChanges(Output):
    """The corrections of a piece, newest first."""

    items: list[EvidenceChangeShown]


class EvidenceRow(EvidenceShown):
    """A piece of evidence in the list, with its student."""

    student_name: str
    class_name: str | None


class EvidencePage(Output):
    """A page of evidence, newest entry first."""

    items: list[EvidenceRow]
    next_cursor: str | None
    count: int | None = None


class EvidenceList(Output):
    """Several pieces."""

    items: list[EvidenceShown]


class DerivedEvidence(Output):
    """What results and attendance say; never entered, always worked out from the records."""

    source: Literal["results", "attendance"]
    code: Literal["lowest_fifth", "truancy", "absence"]
    observed_on: date
    title: str
    facts: dict[str, Any]


class EvidenceGroup(Output):
    """The evidence of one data class that the caller may read."""

    data_class: str
    items: list[EvidenceShown]
    derived: list[DerivedEvidence]


class StudentEvidence(Output):
    """A student's evidence by data class; `own` is what the caller told without holding the class, `hidden` names the other classes."""

    student_id: UUID
    groups: list[EvidenceGroup]
    own: list[EvidenceShown]
    hidden: list[str]


class ListRowShown(Output):
    """A row of an office's list that wants a decision."""

    id: UUID
    version: int
    kind: str
    kind_name: str
    list_name: str
    name: str
    class_label: str | None
    birth_on: date | None
    observed_on: date
    reason: str
    reason_text: str
    near: list["NearStudent"]


class NearStudent(Output):
    """A student the row may mean."""

    id: UUID
    name: str
    class_name: str | None
    birth_on: date | None


class ListRows(Output):
    """The work list of special groups, oldest first."""

    items: list[ListRowShown]
    next_cursor: str | None
    count: int


class RowMatch(Input):
    """The student a row means."""

    student_id: UUID


class CensusClass(Output):
    """I1.1 in one class: how many of the enrolled were looked at, and by which way first."""

    class_id: UUID
    class_name: str
    grade: int
    enrolled: int
    looked_at: int
    self_report: int
    nomination: int
    home_visit: int


class CensusCoverage(Output):
    """Coverage of the census in this school year: students looked at / enrolled."""

    school_year: str
    enrolled: int
    looked_at: int
    classes: list[CensusClass]


class CensusStudent(Output):
    """A student of a class and whether they were looked at."""

    student_id: UUID
    name: str
    student_number: str | None
    looked_on: date | None
    way: Literal["self_report", "nomination", "home_visit"] | None


class CensusStudents(Output):
    """A class in the order of its list."""

    items: list[CensusStudent]


class CensusLooksInput(Input):
    """Students looked at without anything found, or before it is entered."""

    student_ids: list[UUID] = Field(min_length=1, max_length=200)
    way: Literal["self_report", "nomination", "home_visit"]
    looked_on: Day


class CensusLooksAnswer(Output):
    """How many were new."""

    added: int
