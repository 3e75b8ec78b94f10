"""What the routes of students take and give. The answers are built by PostgreSQL; these models describe them, and tests hold the bytes to them."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from nuanyang.kit.schemas import Day, Input, Line, Output, QueryInput, Reason
from nuanyang.school.support_needs.schemas import SupportNeedLine

Category = Literal["C1", "C2", "C3", "C4"]
SupportLevel = Literal["key", "general"]
Sex = Literal["male", "female", "unspecified"]
Status = Literal["enrolled", "suspended", "graduated", "transferred_out", "whereabouts_unverified", "dropped_out", "deceased", "merged"]
CaseState = Literal["class_review", "grade_review", "school_review", "recognised", "declined", "exited"]
Hidden = Literal[
    "contact", "identity", "academic", "economic", "family", "protection", "health", "support_needs", "wellbeing", "clinical", "cases"
]


class StudentQuery(QueryInput):
    """What the list of students is asked for."""

    q: Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")] | None = Field(
        default=None, description="Characters of the name, pinyin, initials, or a student number."
    )
    grade: list[Annotated[int, Field(ge=1, le=12)]] = Field(default=[], max_length=12, description="Grades 1–12, any of them.")
    class_id: list[UUID] = Field(default=[], max_length=200)
    sex: list[Sex] = Field(default=[], max_length=3)
    status: list[Status] = Field(default=[], max_length=8, description="Without it: enrolled.")
    category: list[Category] = Field(default=[], max_length=4, description="Of a case of this school year that you may see.")
    support_level: list[SupportLevel] = Field(default=[], max_length=2)
    case_state: list[CaseState] = Field(default=[], max_length=6, description="Without it: neither declined nor exited.")
    sort: Literal["pinyin", "class", "student_number", "-updated_at"] | None = Field(
        default=None, description="By pinyin; a search for a number by student_number."
    )
    limit: int = Field(default=50, ge=1, le=200, description="Rows per page, at most 200.")
    cursor: Annotated[str, StringConstraints(max_length=600)] | None = Field(default=None, description="`next_cursor` of the page before.")
    count: bool = Field(default=False, description="Count the whole list as well.")


def _absent() -> Any:
    """The default of what may be absent but is never null."""
    return None


class Partial(Output):
    """An answer of which parts may be absent."""

    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=False)


class StudentBasic(Output):
    """Data class `basic`, as lists show it."""

    name: str
    former_name: str | None
    sex: Sex
    birth_on: date | None
    student_number: str | None
    grade: int | None
    class_id: UUID | None
    class_name: str | None
    status: Status
    status_on: date | None


class GuardianMasked(Output):
    """The first guardian who may be contacted; the number is masked in lists."""

    name: str
    relation: str
    phone_masked: str | None


class ContactMasked(Output):
    """Data class `contact`, as lists show it."""

    guardian: GuardianMasked | None


class CaseShown(Output):
    """A running or recognised case of this school year, of a class the caller may see."""

    id: UUID
    category: Category
    support_level: SupportLevel
    state: CaseState


class StudentRow(Partial):
    """A student in a list. A class the caller may not see is absent and named in `hidden`."""

    id: UUID
    version: int
    basic: StudentBasic
    contact: ContactMasked = Field(default_factory=_absent)
    cases: list[CaseShown] = Field(default_factory=_absent)
    hidden: list[Hidden]


class StudentPage(Partial):
    """A page of students; `count` only when asked for."""

    items: list[StudentRow]
    next_cursor: str | None
    count: int = Field(default_factory=_absent)


class StudentBasicFull(StudentBasic):
    """Data class `basic`, with the rest of the roster sheet."""

    entered_on: date | None
    ethnicity: str | None
    nationality: str | None
    birthplace: str | None
    native_place: str | None
    household_kind: str | None
    boarding: str | None
    entry_kind: str | None
    source_kind: str | None


class GuardianShown(Output):
    """A guardian on the student's own page; the number is absent where a custody order forbids contact."""

    id: UUID
    name: str
    relation: str
    relation_note: str | None
    phone: str | None
    is_guardian: bool
    may_contact: bool
    employer: str | None
    occupation: str | None


class StudentContactShown(Output):
    """Data class `contact`."""

    phone: str | None
    address: str | None
    household_address: str | None
    mailing_address: str | None
    commute_km: float | None
    commute_by: str | None
    guardians: list[GuardianShown]


class StudentIdentityShown(Output):
    """Data class `identity`: the last two characters only."""

    identity_kind: str | None
    identity_tail: str | None
    registration_kind: str | None
    registration_tail: str | None


class ResultShown(Output):
    """One subject of the latest exam."""

    subject: str
    status: str
    score: float | None
    full_marks: float | None
    level: str | None
    band: int | None


class LatestExam(Output):
    """The latest exam with results of this student."""

    id: UUID
    name: str
    kind: str
    held_on: date
    results: list[ResultShown]


class AttendanceShown(Output):
    """The latest attendance summary."""

    starts_on: date
    ends_on: date
    school_days: int | None
    truancy: float
    sick_leave: float
    personal_leave: float
    late: int


class StudentAcademic(Output):
    """Data class `academic`, in short."""

    latest_exam: LatestExam | None
    attendance: AttendanceShown | None


class StudentEconomicShown(Output):
    """Data class `economic`: what the roster says."""

    needs_aid: bool | None
    receives_subsidy: bool | None
    martyr_family: bool | None
    special_groups: list[str]
    source: str | None
    recorded_on: date | None


class StudentFamilyShown(Output):
    """Data class `family`: what the roster says."""

    left_behind: int | None
    single_parent: bool | None
    raised_by_grandparents: bool | None
    migrant_child: bool | None
    only_child: bool | None
    orphan: bool | None
    source: str | None
    recorded_on: date | None


class StudentHealthShown(Output):
    """Data class `health`: what the roster says."""

    health_status: str | None
    disability: str | None
    inclusive_placement: str | None
    source: str | None
    recorded_on: date | None


class StudentShown(Partial):
    """One student, grouped by data class; a class the caller may not see is absent and named in `hidden`."""

    id: UUID
    version: int
    basic: StudentBasicFull
    contact: StudentContactShown = Field(default_factory=_absent)
    identity: StudentIdentityShown = Field(default_factory=_absent)
    academic: StudentAcademic = Field(default_factory=_absent)
    economic: StudentEconomicShown = Field(default_factory=_absent)
    family: StudentFamilyShown = Field(default_factory=_absent)
    health: StudentHealthShown = Field(default_factory=_absent)
    support_needs: list[SupportNeedLine] = Field(default_factory=_absent, description="Those in force.")
    cases: list[CaseShown] = Field(default_factory=_absent)
    hidden: list[Hidden]


Number = Annotated[str, StringConstraints(min_length=4, max_length=40, pattern=r"^[^\x00-\x1f]*$")]


class NumberSearch(Input):
    """An identity number (身份证件号) or registration number (学籍号) to find a student by; never part of an address."""

    number: Number


class RevealInput(Input):
    """Which number to show in full, and why."""

    field: Literal["identity_number", "registration_number"]
    reason: Reason


class ConfirmInput(Input):
    """Four characters to compare with the end of the identity number (身份证件号)."""

    last_four: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{4}$")]


class Confirmed(Output):
    """Whether they are the last four; nothing of the number itself."""

    matches: bool


class Revealed(Output):
    """A number in full; never kept by any cache."""

    field: str
    value: str


class BasicPatch(Input):
    """Changes of `basic`: a field left out stays, null empties it."""

    name: Line = Field(default_factory=_absent)
    former_name: Line | None = None
    sex: Sex = Field(default_factory=_absent)
    birth_on: Day | None = None
    student_number: Line | None = None


class ContactPatch(Input):
    """Changes of `contact`."""

    phone: Annotated[str, StringConstraints(pattern=r"^[0-9+() -]{5,25}$")] | None = None
    address: Line | None = None
    household_address: Line | None = None
    mailing_address: Line | None = None
    commute_by: Line | None = None


class StudentPatch(Input):
    """JSON Merge Patch over the groups of an answer."""

    basic: BasicPatch | None = None
    contact: ContactPatch | None = None


class ClassShown(Output):
    """A class in the caller's scope."""

    id: UUID
    name: str
    grade: int
    number: int
    cohort_year: int | None
    homeroom_teacher: str | None


class SchoolYearName(Output):
    """A school year by name."""

    id: UUID
    name: str


class ClassList(Output):
    """Classes of one school year, by grade and number."""

    school_year: SchoolYearName | None
    items: list[ClassShown]


class TermShown(Output):
    """A term."""

    id: UUID
    number: int
    name: str
    starts_on: date
    ends_on: date
    is_current: bool


class SchoolYearShown(Output):
    """A school year with its terms."""

    id: UUID
    name: str
    starts_on: date
    ends_on: date
    is_current: bool
    terms: list[TermShown]


class SchoolYearList(Output):
    """School years, the latest first."""

    items: list[SchoolYearShown]
