"""What the plan routes take and give."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from nuanyang.kit.schemas import Day, Input, Line, Output, Reason, Text

Category = Literal["C1", "C2", "C3", "C4"]
Dimension = Literal["academic", "psychological", "living", "social"]
SupportLevel = Literal["key", "general"]
Per = Literal["day", "week", "month", "term", "once"]
PlanState = Literal["draft", "submitted", "approved", "superseded", "closed", "discarded"]
Achieved = Literal["yes", "partly", "no"]
ReviewOutcome = Literal["exit", "revise", "keep", "step_up"]
Words = Annotated[str, StringConstraints(max_length=1_000, pattern=r"^[^\x00]*$")]
Times = Annotated[float, Field(gt=0, le=99, multiple_of=0.5)]
Minutes = Annotated[int, Field(ge=0, le=1440)]
MANY = 1_000


class MeasureInput(Input):
    """A measure; with `id` one that is there, without a new one."""

    id: UUID | None = None
    kind: Annotated[str, StringConstraints(max_length=60, pattern=r"^[A-Z](\d\.\d\.[a-z_]+|X\.\d+\.own)$")]
    title: Annotated[str, StringConstraints(max_length=200)] = ""
    times: Times
    per: Per
    minutes: Minutes
    doer_staff_id: UUID | None = None
    doer_note: Annotated[str | None, StringConstraints(max_length=100)] = None
    starts_on: Day
    ends_on: Day | None = None


class GoalInput(Input):
    """A goal with its measures. What is blank keeps the plan a draft."""

    id: UUID | None = None
    statement: Words = ""
    indicator: Words = ""
    baseline: Words = ""
    target: Words = ""
    due_on: Day
    measures: list[MeasureInput] = Field(default_factory=list, max_length=20)


class NeedInput(Input):
    """A need with its goals."""

    id: UUID | None = None
    dimension: Dimension
    category: Category | None = None
    statement: Words = ""
    goals: list[GoalInput] = Field(default_factory=list, max_length=20)


class PlanInput(Input):
    """A new plan: from a template, or from nothing with one need for each recognition."""

    student_id: UUID
    template: Annotated[str | None, StringConstraints(max_length=60)] = Field(default=None, description="Code or id of a template.")
    support_level: SupportLevel | None = Field(default=None, description="Without it that of the recognition the plan answers.")
    starts_on: Day | None = None
    ends_on: Day | None = None
    reviewer_staff_id: UUID | None = None


class PlanEdit(Input):
    """The whole of what the caller may write. What is left out stays; `needs`, when given, replaces all needs that the caller may write."""

    support_level: SupportLevel | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    next_review_on: Day | None = None
    reviewer_staff_id: UUID | None = None
    summary: Text | None = None
    needs: list[NeedInput] | None = Field(default=None, max_length=40)


class ReturnInput(Input):
    """Why the plan goes back to who wrote it."""

    reason: Reason


class ReasonGiven(Input):
    """Why."""

    reason: Reason


class GoalJudged(Input):
    """How far one goal was reached."""

    goal_id: UUID
    achieved: Achieved
    note: Words | None = None


class ReviewInput(Input):
    """The outcome of a review. `revise` and `step_up` open the next version; `exit` ends the plan."""

    outcome: ReviewOutcome
    reason: Reason
    reviewed_on: Day | None = None
    next_review_on: Day | None = None
    goals: list[GoalJudged] = Field(default_factory=list, max_length=200)


class GroupFilter(Input):
    """The students of a group: those recognised in the template's category."""

    support_level: SupportLevel | None = None
    grade: Annotated[int | None, Field(ge=1, le=12)] = None
    class_id: UUID | None = None


class GroupDraftInput(Input):
    """Drafts for a group from one template: for the students named, or for all of a filter (up to 1,000)."""

    template: Annotated[str, StringConstraints(max_length=60)]
    student_ids: list[UUID] | None = Field(default=None, max_length=MANY)
    filter: GroupFilter | None = None
    support_level: SupportLevel | None = Field(
        default=None, description="Doses for this level; without it each student's own recognition decides."
    )
    starts_on: Day | None = None
    ends_on: Day | None = None
    reviewer_staff_id: UUID | None = Field(default=None, description="Without it the case lead, else the homeroom teacher.")
    submit: bool = Field(default=False, description="Submit what is complete at once.")
    preview: bool = Field(default=False, description="Write nothing: who would get a draft, who would not, and why.")


class PlanVersion(Input):
    """A plan as the caller saw it."""

    id: UUID
    version: Annotated[int, Field(ge=1)]


class PlansInput(Input):
    """Many plans at once."""

    items: list[PlanVersion] = Field(min_length=1, max_length=MANY)


class TemplateMeasureInput(Input):
    """A measure of a template; without a dose the programme's own."""

    lineage: Annotated[str | None, StringConstraints(max_length=60)] = None
    kind: Annotated[str, StringConstraints(max_length=60)]
    title: Annotated[str | None, StringConstraints(max_length=200)] = None
    doer: Annotated[str | None, StringConstraints(max_length=60)] = None
    times: Times | None = None
    per: Per | None = None
    minutes: Minutes | None = None


class TemplateGoalInput(Input):
    """A goal of a template, due some days after the plan's start."""

    lineage: Annotated[str | None, StringConstraints(max_length=60)] = None
    statement: Line
    indicator: Line
    baseline: Line
    target: Line
    due: Annotated[int, Field(ge=1, le=400)]
    measures: list[TemplateMeasureInput] = Field(min_length=1, max_length=20)


class TemplateNeedInput(Input):
    """A need of a template."""

    lineage: Annotated[str | None, StringConstraints(max_length=60)] = None
    dimension: Dimension
    statement: Words
    goals: list[TemplateGoalInput] = Field(min_length=1, max_length=20)


class TemplateInput(Input):
    """A template of the school's own."""

    name: Line
    category: Category
    support_level: SupportLevel
    description: Words | None = None
    needs: list[TemplateNeedInput] = Field(min_length=1, max_length=20)


class TemplateEdit(Input):
    """What changes in a template of the school's own."""

    name: Line | None = None
    support_level: SupportLevel | None = None
    description: Words | None = None
    needs: list[TemplateNeedInput] | None = Field(default=None, min_length=1, max_length=20)


# -- what is shown --------------------------------------------------------------------------------


class PlanStudent(Output):
    """Enough of `basic` to know whom a plan is for."""

    id: UUID
    name: str
    class_id: UUID | None
    class_name: str | None
    grade: int | None
    sex: str
    student_number: str | None


class Person(Output):
    """A member of staff or an account by name."""

    id: UUID
    name: str


class MeasureShown(Output):
    """A measure with its dose."""

    id: UUID
    lineage: str
    kind: str
    title: str
    times: float
    per: Per
    minutes: int
    doer_staff_id: UUID | None
    doer_name: str | None
    doer_note: str | None
    starts_on: date
    ends_on: date | None


class GoalShown(Output):
    """A goal."""

    id: UUID
    lineage: str
    statement: str
    indicator: str
    baseline: str
    target: str
    due_on: date
    achieved: Achieved | None
    achieved_note: str | None
    measures: list[MeasureShown]


class NeedShown(Output):
    """A need of the data class given; all below it has the same class."""

    id: UUID
    lineage: str
    dimension: Dimension
    category: Category | None
    data_class: str
    recognition_id: UUID | None
    statement: str
    may_edit: bool
    goals: list[GoalShown]


class ReviewShown(Output):
    """One review; the reason only for who sees the whole plan."""

    id: UUID
    outcome: ReviewOutcome
    reason: str | None
    reviewed_on: date
    next_review_on: date | None
    by: str | None


class GapShown(Output):
    """What is missing, and where: a JSON pointer into this answer."""

    pointer: str
    code: str
    zh: str
    en: str
    category: Category | None = Field(description="Of a recognition that no need answers yet.")


class PlanRights(Output):
    """What the caller may do with the plan now."""

    edit: bool
    submit: bool
    approve: bool
    send_back: bool
    review: bool
    close: bool
    discard: bool


class PlanShown(Output):
    """One version of a plan: the needs that the caller may see. `hidden` names the classes not for the caller, whether the plan has such parts or not.

    What speaks of the plan as a whole (the words for the family, reasons, who wrote it) is null where a part is not for the caller.
    """

    id: UUID
    version: int
    student: PlanStudent
    number: int
    state: PlanState
    support_level: SupportLevel
    starts_on: date
    ends_on: date | None
    next_review_on: date | None
    reviewer: Person | None
    case_lead: Person | None
    school_year: str
    summary: str | None
    summary_suggestion: str
    template: str | None
    template_name: str | None
    previous_plan_id: UUID | None
    next_plan_id: UUID | None
    created_at: datetime
    created_by: Person | None
    edited_by: Person | None
    submitted_at: datetime | None
    submitted_by: Person | None
    returned_reason: str | None
    approved_at: datetime | None
    approved_by: Person | None
    ended_at: datetime | None
    end_reason: str | None
    needs: list[NeedShown]
    reviews: list[ReviewShown]
    gaps: list[GapShown]
    hidden: list[str]
    writable: list[str] = Field(description="The classes of case records that the caller may write for this student.")
    rights: PlanRights


class PlanRow(Output):
    """A plan in a list; categories, needs, goals and measures are those that the caller may see."""

    id: UUID
    version: int
    student: PlanStudent
    number: int
    state: PlanState
    support_level: SupportLevel
    categories: list[Category]
    dimensions: list[Dimension]
    goals: int
    measures: int
    starts_on: date
    ends_on: date | None
    next_review_on: date | None
    is_review_due: bool
    case_lead: Person | None
    template_name: str | None
    submitted_at: datetime | None
    approved_at: datetime | None
    created_at: datetime
    may_approve: bool


class PlanPage(Output):
    """One page of plans."""

    items: list[PlanRow]
    next_cursor: str | None
    count: int | None


class FieldChangeShown(Output):
    """One field before and after."""

    name: str
    before: str | None
    after: str | None


class ChangeShown(Output):
    """One part that differs."""

    part: Literal["plan", "need", "goal", "measure"]
    kind: Literal["added", "removed", "changed"]
    dimension: Dimension | None
    label: str
    fields: list[FieldChangeShown]


class PlanVersionRef(Output):
    """A version."""

    id: UUID
    number: int
    state: PlanState
    starts_on: date


class PlanDiff(Output):
    """How two versions differ, in the parts that the caller may see of both."""

    before: PlanVersionRef
    after: PlanVersionRef
    changes: list[ChangeShown]
    hidden: list[str] = Field(description="Classes not for the caller, whether the versions have such parts or not.")


class Deviation(Output):
    """A plan beside its template: which parts differ. Dates and doers do not count. With `gaps` it cannot be approved."""

    plan: PlanRow
    changes: list[ChangeShown]
    gaps: list[GapShown]


class DeviationPage(Output):
    """Plans beside their templates, those that differ and those that do not."""

    items: list[Deviation]
    next_cursor: str | None


class PlanBatchItem(Output):
    """The result of one item."""

    id: UUID = Field(description="The student's (drafts) or the plan's id.")
    ok: bool
    plan_id: UUID | None = Field(default=None, description="Of the draft; null in a preview.")
    state: PlanState | None = None
    support_level: SupportLevel | None = None
    is_addition: bool = Field(default=False, description="The parts go into the draft that is being made already.")
    left_out: int = Field(default=0, description="Needs of the template that the caller may not write.")
    name: str | None = None
    class_name: str | None = None
    code: str | None = None
    message: str | None = None


class PlanBatchAnswer(Output):
    """The results in the order asked."""

    items: list[PlanBatchItem]
    done: int
    refused: int


class TemplateShown(Output):
    """A template: shipped ones have a code for an id and cannot be changed, only copied."""

    id: str
    version: int
    name: str
    en: str
    category: Category
    support_level: SupportLevel
    description: str | None
    is_shipped: bool
    needs: list[dict[str, Any]] = Field(description="Needs → goals → measures, as `TemplateInput` takes them.")


class TemplateList(Output):
    """Shipped templates and the school's own."""

    items: list[TemplateShown]


class TemplateMeasureShown(Output):
    """A measure of the library with the dose for the template's level."""

    kind: str
    title: str
    times: float
    per: Per
    minutes: int
    doer: str | None


class TemplateGoalShown(Output):
    """A goal of the library with its measures."""

    statement: str
    indicator: str
    baseline: str
    target: str
    due: int
    measures: list[TemplateMeasureShown]


class Snippet(Output):
    """A goal of the library with its measures, ready to be put into a plan."""

    category: Category
    dimension: Dimension
    template: str
    goal: TemplateGoalShown


class SnippetList(Output):
    """What the library has for this category and text."""

    items: list[Snippet]


class StudentPlans(Output):
    """All versions of a student's plan, the newest first."""

    items: list[PlanRow]
