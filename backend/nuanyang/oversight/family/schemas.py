"""What a family is shown: neutral codes that the page puts into words, never a category, a level or a class of data."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from nuanyang.casework.data_requests.schemas import OwnRequest
from nuanyang.kit.schemas import Output
from nuanyang.oversight.family.rules import Area, Kind
from nuanyang.school.consents.schemas import OwnWord

Sex = Literal["male", "female", "unspecified"]
ResultStatus = Literal["present", "absent", "deferred", "exempt", "violation", "blank"]
Per = Literal["day", "week", "month", "term", "once"]


class ChildRow(Output):
    """One of the own children."""

    id: UUID
    name: str
    grade: int | None
    class_name: str | None
    is_at_school: bool = Field(description="False once the child has left; what is kept can still be asked for.")


class Children(Output):
    """The own children at this school."""

    school: str
    items: list[ChildRow]


class ChildBasic(Output):
    """Who the child is, as the school has it."""

    name: str
    former_name: str | None
    sex: Sex
    birth_on: date | None
    student_number: str | None
    grade: int | None
    class_name: str | None
    entered_on: date | None
    is_at_school: bool
    homeroom_teachers: list[str]
    ethnicity: str | None
    nationality: str | None
    birthplace: str | None
    native_place: str | None
    boarding: str | None = Field(description="`day` or `boarding`.")


class OtherGuardian(Output):
    """Another guardian: the name and the relation, never how to reach them."""

    name: str
    relation: str = Field(description="father, mother, grandfather, …")
    is_me: bool


class OwnDetails(Output):
    """What the reader has told of themselves."""

    phone: str | None
    address: str | None
    employer: str | None
    occupation: str | None


class ChildContact(Output):
    """The child's own telephone and addresses, and who stands for the child."""

    phone: str | None
    address: str | None
    household_address: str | None
    mailing_address: str | None
    commute_by: str | None
    guardians: list[OtherGuardian]
    mine: OwnDetails


class ChildResult(Output):
    """One subject. `status` says why there is no mark: an absence is never 0. There are no ranks."""

    subject: str
    status: ResultStatus
    score: float | None
    full_marks: float | None
    result_level: str | None


class ChildExam(Output):
    """One exam of the own child."""

    name: str
    kind: Literal["midterm", "final", "monthly", "unit", "level_test"]
    held_on: date
    term: str
    subjects: list[ChildResult]


class Absences(Output):
    """One period: days away by reason, and how often late."""

    term: str
    starts_on: date
    ends_on: date
    truancy: float
    sick_leave: float
    personal_leave: float
    late: int


class ChildAcademic(Output):
    """Results and attendance, the latest first."""

    exams: list[ChildExam]
    attendance: list[Absences]


class PlannedDoing(Output):
    """What is done: `title` in the school's words where there are some, else by its kind."""

    kind: Kind
    title: str | None
    times: float
    per: Per
    minutes: int


class PlannedAim(Output):
    """One aim with what is done for it."""

    area: Area
    statement: str | None
    due_on: date
    doing: list[PlannedDoing]


class PlanSummary(Output):
    """What the school has agreed to do for the child, in plain words. Only of an approved plan, and only what is for the family."""

    starts_on: date
    ends_on: date | None
    letter: str | None = Field(description="The school's own words to the family.")
    aims: list[PlannedAim]
    is_talk_offered: bool = Field(description="A teacher would like to talk with the family.")


class MyPlan(Output):
    """The own plan's summary; null where there is none to tell of."""

    plan: PlanSummary | None


class SupportGiven(Output):
    """That something was done, and when."""

    held_on: date
    kind: Kind


class ChildShown(Output):
    """All that a guardian may know of the own child."""

    id: UUID
    school: str
    basic: ChildBasic
    contact: ChildContact
    academic: ChildAcademic
    plan: PlanSummary | None
    support: list[SupportGiven] = Field(description="The latest first, at most 200.")


class ExportCover(Output):
    """What the reader of an export should know, in plain words."""

    title: str
    made_at: datetime
    made_for: str
    what: str
    why: str
    kept: str
    rights: str


class ChildExport(Output):
    """The export as JSON: a cover in plain words, the child as `GET /my/children/{student_id}` shows it, and what the reader
    consented to, took back and asked about it.

    Days are ISO 8601, instants RFC 3339 in UTC.
    """

    format: Literal["nuanyang.child-export/1"]
    cover: ExportCover
    child: ChildShown
    consents: list[OwnWord] = Field(description="The reader's own yes and no, the newest first, each with the text it was said to.")
    requests: list[OwnRequest]
