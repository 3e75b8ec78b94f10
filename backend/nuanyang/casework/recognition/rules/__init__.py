"""The rules that propose: pure, versioned, each explained. They never decide.

`propose` is the quick pass over every student; `assess` explains all rules for one student: facts, thresholds, what is missing, how near.
"""

from nuanyang.casework.recognition.rules.assessment import (
    Assessment,
    ConditionShown,
    RuleShown,
    assess,
    by_category,
    explain,
    propose,
    rules_of,
    share,
)
from nuanyang.casework.recognition.rules.catalogue import RULES, VERSION, Rule
from nuanyang.casework.recognition.rules.facts import EvidenceFact, ExamFact, Facts
from nuanyang.casework.recognition.rules.review import NEXT_STATE, STEP_OF_STATE, decided_state, is_lapsed
from nuanyang.casework.recognition.rules.thresholds import DEFAULTS, Thresholds, read_thresholds

__all__ = [
    "DEFAULTS",
    "NEXT_STATE",
    "RULES",
    "STEP_OF_STATE",
    "VERSION",
    "Assessment",
    "ConditionShown",
    "EvidenceFact",
    "ExamFact",
    "Facts",
    "Rule",
    "RuleShown",
    "Thresholds",
    "assess",
    "by_category",
    "decided_state",
    "explain",
    "is_lapsed",
    "propose",
    "read_thresholds",
    "rules_of",
    "share",
]
