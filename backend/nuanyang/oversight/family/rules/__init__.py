"""What may be told to a family, as pure rules: nothing is told that is not named here."""

from nuanyang.oversight.family.rules.kinds import KIND_OF, NOT_TOLD, WORDS, Kind
from nuanyang.oversight.family.rules.summary import (
    Aim,
    Area,
    Doing,
    GoalFact,
    MeasureFact,
    NeedFact,
    PlanFact,
    Record,
    Summary,
    is_record_told,
    is_told,
    summary_of,
)

__all__ = [
    "KIND_OF",
    "NOT_TOLD",
    "WORDS",
    "Aim",
    "Area",
    "Doing",
    "GoalFact",
    "Kind",
    "MeasureFact",
    "NeedFact",
    "PlanFact",
    "Record",
    "Summary",
    "is_record_told",
    "is_told",
    "summary_of",
]
