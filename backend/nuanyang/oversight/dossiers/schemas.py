"""The file of one student, as PostgreSQL builds it. A part that the reader may not see is absent, never null, and named in `hidden`."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from nuanyang.kit.schemas import Output
from nuanyang.school.support_needs.schemas import SupportNeedLine

Dimension = Literal["academic", "psychological", "living", "social"]
SupportLevel = Literal["key", "general"]


class FileClass(Output):
    """The class of today."""

    id: UUID
    name: str
    cohort_year: int | None
    homeroom_teacher: str | None


class RecordPart(Output):
    """More of the 学籍 sheet."""

    ethnicity: str | None
    nationality: str | None
    native_place: str | None
    household_kind: str | None
    boarding: str | None


class FileEnrolment(Output):
    """A class in which the student was."""

    class_name: str
    grade: int
    starts_on: date
    ends_on: date | None
    start_reason: str | None
    end_reason: str | None


class BasicPart(Output):
    """Data class `basic`."""

    name: str
    former_name: str | None
    sex: Literal["male", "female", "unspecified"]
    birth_on: date | None
    student_number: str | None
    grade: int | None
    status: str
    status_on: date | None
    entered_on: date | None
    previous_school: str | None  # the school of the district that the student came from
    class_: FileClass | None = Field(alias="class")
    record: RecordPart | None
    enrolments: list[FileEnrolment]


class GuardianNumber(Output):
    """The document of a guardian, its last two characters."""

    id: UUID
    identity_kind: str | None
    identity_tail: str


class IdentityPart(Output):
    """Data class `identity`: the last characters only."""

    identity_kind: str | None
    identity_tail: str | None
    registration_kind: str | None
    registration_tail: str | None
    guardians: list[GuardianNumber]


class FileGuardian(Output):
    """A guardian; the phone of one whom a custody order keeps away is not shown."""

    id: UUID
    name: str
    relation: str
    relation_note: str | None
    is_guardian: bool
    may_contact: bool
    phone: str | None
    employer: str | None
    occupation: str | None


class ContactPart(Output):
    """Data class `contact`."""

    phone: str | None
    address: str | None
    household_address: str | None
    commute_km: float | None
    commute_by: str | None
    guardians: list[FileGuardian]


class FamilyPart(Output):
    """Data class `family`."""

    left_behind: int | None
    single_parent: bool | None
    raised_by_grandparents: bool | None
    migrant_child: bool | None
    only_child: bool | None
    orphan: bool | None
    source: str | None
    recorded_on: date | None


class EconomicPart(Output):
    """Data class `economic`."""

    needs_aid: bool | None
    receives_subsidy: bool | None
    martyr_family: bool | None
    special_groups: list[str]
    source: str | None
    recorded_on: date | None


class HealthPart(Output):
    """Data class `health`."""

    health_status: str | None
    disability: str | None
    inclusive_placement: str | None
    source: str | None
    recorded_on: date | None


class FileResult(Output):
    """One subject of an exam; 缺考, 缓考, 免考 and the like are a status without a score."""

    subject: str
    full_marks: float | None
    status: str
    score: float | None
    result_level: str | None
    band: int | None = Field(description="Fifth of the class, 1 the highest; never a rank.")


class FileExam(Output):
    """One exam of the student."""

    id: UUID
    name: str
    kind: str
    grade: int
    held_on: date
    subjects: list[FileResult]


class FileAttendance(Output):
    """Attendance of one period, in days; late in times."""

    starts_on: date
    ends_on: date
    school_days: int | None
    truancy: float
    sick_leave: float
    personal_leave: float
    late: int


class AcademicPart(Output):
    """Data class `academic`: the latest 12 exams, oldest first."""

    exams: list[FileExam]
    attendance: list[FileAttendance]


class RecognitionLine(Output):
    """A recognition; where only the result may be known, without its reason."""

    id: UUID
    category: Literal["C1", "C2", "C3", "C4"]
    support_level: SupportLevel
    state: str
    data_class: str
    recognised_on: date | None
    valid_to: date | None
    school_year: str
    is_exception: bool
    reason: str | None
    is_result_only: bool


class EvidenceLine(Output):
    """A piece of evidence."""

    id: UUID
    source: str
    category: str
    kind: str
    data_class: str
    observed_on: date
    note: str | None
    facts: dict[str, Any]
    reported_by: str | None


class LeadLine(Output):
    """Who led the case, and when; the present one has no last day."""

    staff_id: UUID
    name: str
    valid_from: date
    valid_to: date | None
    handover_note: str | None = Field(description="For this lead alone.")


class FilePart(Output):
    """The file itself; null while none was opened, or when nothing of it is for this reader."""

    id: UUID
    number: str
    opened_on: date
    closed_on: date | None
    close_reason: str | None
    case_leads: list[LeadLine]


class NeedLine(Output):
    """A need."""

    id: UUID
    dimension: Dimension
    category: str | None = Field(description="Null also where the category is not for this reader.")
    data_class: str
    statement: str


class GoalLine(Output):
    """A measurable goal."""

    id: UUID
    need_id: UUID
    statement: str
    indicator: str
    baseline: str
    target: str
    due_on: date
    achieved: str | None
    achieved_note: str | None


class DoseLine(Output):
    """A measure: planned against delivered, in sessions."""

    id: UUID
    goal_id: UUID
    kind: str
    title: str
    times: float
    per: Literal["day", "week", "month", "term", "once"]
    minutes: int
    starts_on: date
    ends_on: date | None
    doer: str | None
    data_class: str
    planned_so_far: float = Field(description="Sessions due by today; only days of term count, pro rata.")
    planned_total: float
    delivered: int
    missed: int
    minutes_delivered: int
    last_on: date | None


class PlanPart(Output):
    """The plan in force: the needs that this reader may see, with their goals and measures."""

    id: UUID
    number: int
    state: str
    version: int
    support_level: SupportLevel
    starts_on: date
    ends_on: date | None
    next_review_on: date | None
    approved_at: datetime | None
    reviewer: str | None
    needs: list[NeedLine]
    goals: list[GoalLine]
    measures: list[DoseLine]


class PlanVersionLine(Output):
    """A version of the plan."""

    id: UUID
    number: int
    state: str
    support_level: SupportLevel
    starts_on: date
    approved_at: datetime | None
    submitted_at: datetime | None


class InterventionLine(Output):
    """A record of support."""

    id: UUID
    kind: str
    data_class: str
    held_on: date
    minutes: int
    attendance: str
    doer: str | None
    with_whom: str | None
    place: str | None
    went: str | None
    follow_up: str | None
    plan_measure_id: UUID | None
    session_id: UUID | None
    entered_on: date
    version: int


class RadarAxis(Output):
    """One dimension of the plan in force, from records only.

    `delivered_share`: sessions delivered over sessions due so far, each measure capped at its own plan. `goals_share`: goals reviewed as
    reached (partly counts half) over goals reviewed. `value`, 0 to 100, is the mean of those of the two that exist; null without data.
    """

    dimension: Dimension
    is_hidden: bool
    delivered_share: float | None
    goals_share: float | None
    value: float | None


class TimelineLine(Output):
    """One event."""

    id: UUID
    happened_at: datetime
    kind: str
    data_class: str
    details: dict[str, Any]
    subject_kind: str | None
    subject_id: UUID | None
    by: str | None


class TimelinePage(Output):
    """Events, newest first."""

    items: list[TimelineLine]
    next_cursor: str | None


class DossierFile(Output):
    """一生一档: one student, everything that this reader may see."""

    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=False, extra="forbid")

    id: UUID
    version: int
    hidden: list[str] = Field(description="Data classes that are not for this reader.")
    hidden_cases: list[str] = Field(
        description="Data classes whose case records (recognitions, evidence, needs, records) are not for this reader."
    )
    basic: BasicPart
    identity: IdentityPart | None = None
    contact: ContactPart | None = None
    family: FamilyPart | None = None
    economic: EconomicPart | None = None
    health: HealthPart | None = None
    support_needs: list[SupportNeedLine] | None = None
    academic: AcademicPart | None = None
    recognitions: list[RecognitionLine] | None = None
    file: FilePart | None = None
    evidence: list[EvidenceLine] | None = None
    plan: PlanPart | None = None
    plan_versions: list[PlanVersionLine] | None = None
    radar: list[RadarAxis] | None = None
    interventions: list[InterventionLine]
    timeline: TimelinePage
