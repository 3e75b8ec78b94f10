"""Exams, subjects, level schemes and results over the API."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, PlainSerializer, StringConstraints

from nuanyang.kit.schemas import Day, Input, Line, Output, Reason

ExamKind = Literal["midterm", "final", "monthly", "unit", "level_test"]
Status = Literal["present", "absent", "deferred", "exempt", "violation", "blank"]
Marks = Annotated[Decimal, Field(gt=0, le=1000, max_digits=6, decimal_places=2), PlainSerializer(float, return_type=float)]
Number = Annotated[Decimal, PlainSerializer(float, return_type=float)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=30, pattern=r"^[^\x00-\x1f]*$")]


class LevelInput(Input):
    """One level; of the two shares at most one, the same for all levels of a scheme."""

    level: Annotated[str, StringConstraints(min_length=1, max_length=10, pattern=r"^[^\x00-\x1f]*$")]
    from_share: float | None = Field(default=None, ge=0, le=1, description="Least share of the full marks.")
    top_share: float | None = Field(default=None, gt=0, le=1, description="Cumulative share of the students, from the top.")


class LevelSchemeInput(Input):
    """Levels from best to worst."""

    name: Short
    levels: list[LevelInput] = Field(min_length=2, max_length=12)
    passing: str | None = Field(default=None, description="The worst level that passes.")


class LevelShown(Output):
    """One level of a scheme."""

    level: str
    from_share: float | None = None
    top_share: float | None = None


class LevelSchemeShown(Output):
    """A scheme of the school, or a preset not used yet (`id` null)."""

    id: UUID | None
    name: str
    levels: list[LevelShown]
    passing: str | None


class LevelSchemes(Output):
    """All schemes to choose from."""

    items: list[LevelSchemeShown]


class ExamSubjectInput(Input):
    """A subject: with full marks, or levels only (`full_marks` null and a scheme)."""

    subject: Short
    full_marks: Marks | None = None
    level_scheme: Short | None = Field(default=None, description="Name of a scheme of the school or of a preset.")


class ExamInput(Input):
    """A new exam of one grade."""

    term_id: UUID | None = Field(default=None, description="Otherwise the term of `held_on`.")
    grade: int = Field(ge=1, le=12)
    kind: ExamKind
    name: Line
    held_on: Day
    subjects: list[ExamSubjectInput] = Field(min_length=1, max_length=30)


class ExamPatch(Input):
    """What can be changed; `subjects` replaces the list, and a subject with results stays in it. With results, the reason is asked for."""

    kind: ExamKind | None = None
    name: Line | None = None
    held_on: Day | None = None
    subjects: list[ExamSubjectInput] | None = Field(default=None, min_length=1, max_length=30)
    reason: Reason | None = None


class MarkInput(Input):
    """What one subject shall say, in the words of a sheet: 95.5, 缺考, 缓考, 免考, 违纪, a level, or nothing."""

    subject_id: UUID
    mark: Annotated[str, StringConstraints(max_length=20, pattern=r"^[^\x00-\x1f]*$")]


class EntryPatch(Input):
    """The correction of one student's results in an exam, and why."""

    results: list[MarkInput] = Field(min_length=1, max_length=30)
    reason: Reason
    confirm_zeros: bool = Field(default=False, description="Marks of 0 are meant.")


class ExamSubjectShown(Output):
    """One subject of an exam."""

    id: UUID
    subject: str
    full_marks: Number | None
    level_scheme: str | None
    levels: list[str]


class ExamRow(Output):
    """An exam in the list; `results` counts students with any result whom the caller may see."""

    id: UUID
    version: int
    term_id: UUID
    term_name: str
    school_year: str
    grade: int
    kind: ExamKind
    name: str
    held_on: date
    subjects: list[ExamSubjectShown]
    students: int = Field(description="Students of the grade with any result whom the caller may see.")
    may_edit: bool
    may_import: bool


class ExamPage(Output):
    """A page of exams, newest first."""

    items: list[ExamRow]
    next_cursor: str | None


class Share(Output):
    """How many students; `key` is a level, a share of full marks (`90`, `80`, `70`, `60`, `0`: at least so many per cent) or a status."""

    key: str
    count: int


class ClassDistribution(Output):
    """One class in one subject, never in an order of merit."""

    class_id: UUID | None
    class_name: str | None
    subject_id: UUID
    present: int
    passed: int | None = Field(description="At least 60 % of the full marks, or the passing level.")
    levels: list[Share]
    shares: list[Share]
    statuses: list[Share]


class ExamDistribution(Output):
    """An exam by class and subject: counts only."""

    exam: ExamRow
    classes: list[ClassDistribution]


class SubjectResult(Output):
    """One student's result in one subject. The band is a fifth of the class (1 the highest); no rank is kept."""

    subject: str
    subject_id: UUID
    status: Status
    score: Number | None
    full_marks: Number | None
    share: float | None = Field(description="Share of the full marks, 0–1.")
    result_level: str | None
    band: int | None


class ExamResults(Output):
    """A student's results in one exam."""

    exam_id: UUID
    name: str
    kind: ExamKind
    held_on: date
    term_name: str
    grade: int
    results: list[SubjectResult]


class StudentResults(Output):
    """A student's results over time, oldest first."""

    student_id: UUID
    exams: list[ExamResults]


class EntryShown(Output):
    """One student of a class in one exam, in the order of the class list, never of merit."""

    student_id: UUID
    version: int = Field(description="Of all results together: the ETag of a correction.")
    student_name: str
    student_number: str | None
    class_name: str | None
    results: list[SubjectResult]
    corrections: int = Field(description="How often something was corrected.")
    subjects_to_enter: list[UUID] = Field(description="The subjects whose result is the caller's to correct.")


class EntryList(Output):
    """The results of one class as they were entered."""

    items: list[EntryShown]


class ResultChangeShown(Output):
    """What a result said before a correction, and why it was corrected."""

    subject: str
    status: Status
    score: Number | None
    result_level: str | None
    reason: str
    changed_at: datetime
    changed_by: str | None


class ResultChanges(Output):
    """The corrections of one student's results in an exam, newest first."""

    items: list[ResultChangeShown]


class ExamChangeShown(Output):
    """What an exam was before a change: only what changed."""

    before: dict[str, Any] = Field(description="`name`, `kind`, `held_on`, `subjects`: only what changed.")
    reason: str | None
    changed_at: datetime
    changed_by: str | None


class ExamChanges(Output):
    """The changes of an exam, newest first."""

    items: list[ExamChangeShown]
