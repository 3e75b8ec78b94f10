"""What the recognition routes take and give."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from nuanyang.kit.schemas import Input, Line, Output, Reason

Category = Literal["C1", "C2", "C3", "C4"]
SupportLevel = Literal["key", "general"]
State = Literal["class_review", "grade_review", "school_review", "recognised", "declined", "exited"]
Step = Literal["class", "grade", "school", "term_check", "exit"]
CaseClass = Literal["economic", "academic", "health", "wellbeing", "family", "protection"]


class StudentBrief(Output):
    """Enough of `basic` to know whom a row is about."""

    id: UUID
    name: str
    class_id: UUID | None
    class_name: str | None
    grade: int | None
    sex: str


class ThresholdRange(Output):
    """A threshold's default and the range in which it means something."""

    name: str
    default: float
    least: float
    most: float


class RuleSetShown(Output):
    """One version of the school's thresholds."""

    id: UUID
    version: int
    number: int
    state: Literal["draft", "adopted", "retired"]
    rules_version: str
    thresholds: dict[str, float]
    reason: str | None
    created_at: datetime
    created_by: UUID | None
    adopted_at: datetime | None
    adopted_by: UUID | None


class RuleSetList(Output):
    """All versions, newest first, with what may be set."""

    items: list[RuleSetShown]
    ranges: list[ThresholdRange]


class RuleSetInput(Input):
    """A draft: the thresholds that differ from the defaults, and why."""

    thresholds: dict[str, float] = Field(default_factory=dict, max_length=20)
    reason: Reason


class PreviewInput(Input):
    """Thresholds to try."""

    thresholds: dict[str, float] = Field(default_factory=dict, max_length=20)
    category: Category | None = None


class PreviewCell(Output):
    """How many would be proposed in one group, now and then."""

    key: str
    label: str
    students: int
    now: int
    then: int
    share_now: float | None = Field(description="Of the group's students; null where they are so few that a share would mislead.")
    share_then: float | None


class PreviewStudent(Output):
    """Somebody whose proposal would change."""

    student: StudentBrief
    category: Category
    now: SupportLevel | None
    then: SupportLevel | None


class Preview(Output):
    """The effect of thresholds before anyone adopts them, with the effect by category, grade, class and sex. Nothing is stored."""

    students: int
    by_category: list[PreviewCell]
    by_grade: list[PreviewCell]
    by_class: list[PreviewCell]
    by_sex: list[PreviewCell]
    changes: list[PreviewStudent]
    changes_total: int


class RunShown(Output):
    """One run of the rules."""

    id: UUID
    rule_set_number: int
    students_seen: int
    proposed: dict[Category, int] = Field(description="Only categories the caller may see.")
    opened: int
    superseded: int
    created_at: datetime


class ConditionExplained(Output):
    """One condition of a rule: what was seen, what was asked for, and how near it was (0–1)."""

    code: str
    zh: str
    en: str
    holds: bool
    actual: Any
    wanted: Any
    nearness: float
    evidence_ids: list[UUID]


class RuleExplained(Output):
    """One rule applied to one student. Its data class is that of the evidence it rests on."""

    id: str
    category: Category
    data_class: CaseClass
    support_level: SupportLevel
    zh: str
    en: str
    holds: bool
    nearness: float
    conditions: list[ConditionExplained]


class Explanation(Output):
    """Why: the rules that held, and those of the category that were near."""

    rules_version: str
    held: list[RuleExplained]
    missing: list[RuleExplained]


class ProposalShown(Output):
    """系统建议: a proposal with its reasons. 须人工认定."""

    id: UUID
    student: StudentBrief
    category: Category
    data_class: CaseClass
    support_level: SupportLevel
    state: Literal["open", "taken_up", "set_aside", "superseded"]
    explanation: Explanation | None = Field(description="Null where the caller sees only the result.")
    created_at: datetime
    set_aside_reason: str | None
    set_aside_at: datetime | None
    set_aside_by: str | None


class ProposalPage(Output):
    """A page of proposals."""

    items: list[ProposalShown]
    next_cursor: str | None
    count: int | None = None


class ReasonInput(Input):
    """Why."""

    reason: Reason


class RecognitionInput(Input):
    """Open a case: from a proposal, or as a manual exception beside the rules."""

    student_id: UUID
    category: Category
    support_level: SupportLevel = "general"
    data_class: CaseClass | None = Field(
        default=None, description="A narrower class of the category (C3 wellbeing, C4 protection); otherwise as the evidence says."
    )
    reason: Reason = Field(description="Where the rules do not propose it, the reason stands for the rule.")


class TakeUpInput(Input):
    """Open cases from proposals."""

    proposal_ids: list[UUID] = Field(min_length=1, max_length=1000)
    reason: Reason = "系统建议，提交评议。"


class DecisionInput(Input):
    """Agree, decline or send back; the reason is kept, also for a no."""

    outcome: Literal["agree", "decline", "return"]
    reason: Reason
    support_level: SupportLevel | None = None


class BatchDecisionInput(Input):
    """One decision over many cases."""

    ids: list[UUID] = Field(min_length=1, max_length=1000)
    outcome: Literal["agree", "decline"]
    reason: Reason


class TermCheckInput(Input):
    """The check each term: go on or leave."""

    outcome: Literal["continue", "exit"]
    reason: Reason


class BatchItem(Output):
    """The result for one item of a batch."""

    id: UUID
    ok: bool
    code: str | None = None
    message: str | None = None
    recognition_id: UUID | None = None


class BatchAnswer(Output):
    """The results in the order asked."""

    items: list[BatchItem]
    done: int
    refused: int


class StepShown(Output):
    """One decision in a case's history."""

    step: Step
    outcome: str
    reason: str | None = Field(description="Null where the caller sees only the result.")
    support_level: SupportLevel | None
    decided_at: datetime
    decided_by: UUID
    decided_by_name: str
    round: int


class RecognitionRow(Output):
    """A case in a list."""

    id: UUID
    version: int
    student: StudentBrief
    category: Category
    data_class: CaseClass
    support_level: SupportLevel
    state: State
    is_exception: bool = Field(description="A manual exception: the rules did not propose it when it was opened.")
    is_lapsed: bool = Field(description="Its school year is over.")
    school_year: Line
    created_at: datetime
    recognised_on: date | None
    valid_to: date | None
    may_decide: bool


class RecognitionShown(RecognitionRow):
    """A case with its whole history."""

    reason: str | None
    steps: list[StepShown]
    proposal: ProposalShown | None
    checked_this_term: bool
    may_return: bool = Field(description="Whether there is a class to send it back to.")
    may_close: bool = Field(description="Whether this term's check and the exit are the caller's to decide.")
    may_renew: bool = Field(description="Whether the caller may open it anew this school year.")


class RecognitionPage(Output):
    """A page of cases."""

    items: list[RecognitionRow]
    next_cursor: str | None
    count: int | None = None


class AssessmentShown(Output):
    """All rules for one student: proposed, near and far; computed now, never stored."""

    student: StudentBrief
    rules_version: str
    thresholds: dict[str, float]
    proposed: dict[Category, SupportLevel]
    rules: list[RuleExplained]
    hidden: list[Category]
    may_open: list[CaseClass] = Field(description="The classes of data in which the caller may open a case for this student.")
