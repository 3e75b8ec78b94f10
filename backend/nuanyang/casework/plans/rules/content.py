"""What a plan holds, as values: needs → goals → measures. `lineage` names the same part in every version and in the template it came from."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from nuanyang.access.permissions import CATEGORY_CLASS, DIMENSION_CLASS


@dataclass(frozen=True, slots=True)
class MeasureContent:
    """A measure with its dose."""

    lineage: str
    kind: str
    title: str
    times: Decimal
    per: str
    minutes: int
    starts_on: date
    ends_on: date | None = None
    doer_staff_id: UUID | None = None
    doer_note: str | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class GoalContent:
    """From the baseline to the target by the due date, seen by the indicator."""

    lineage: str
    statement: str
    indicator: str
    baseline: str
    target: str
    due_on: date
    measures: tuple[MeasureContent, ...] = ()
    achieved: str | None = None
    achieved_note: str | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NeedContent:
    """What the student needs in one dimension."""

    lineage: str
    dimension: str
    statement: str
    category: str | None = None
    recognition_id: UUID | None = None
    goals: tuple[GoalContent, ...] = ()
    id: UUID | None = None

    @property
    def data_class(self) -> str:
        """The class of data that this need and all below it have."""
        return class_of_need(self.dimension, self.category)


@dataclass(frozen=True, slots=True)
class PlanContent:
    """One version of a plan."""

    support_level: str
    starts_on: date
    ends_on: date | None
    next_review_on: date | None
    reviewer_staff_id: UUID | None = None
    summary: str | None = None
    needs: tuple[NeedContent, ...] = field(default_factory=tuple)


def class_of_need(dimension: str, category: str | None) -> str:
    """The class of a need: what is psychological is `wellbeing` whatever it answers, else its category's class, else its dimension's."""
    if dimension == "psychological" or category is None:
        return DIMENSION_CLASS[dimension]
    return CATEGORY_CLASS[category]
