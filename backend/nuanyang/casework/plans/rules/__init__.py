"""The rules of plans: what they hold, when one is complete, how two differ, what a dose amounts to. Pure."""

from nuanyang.casework.plans.rules.comparing import Change, FieldChange, compare
from nuanyang.casework.plans.rules.completeness import Gap, gaps, labels_in
from nuanyang.casework.plans.rules.content import GoalContent, MeasureContent, NeedContent, PlanContent, class_of_need
from nuanyang.casework.plans.rules.course import MOVES, default_dose, next_review_on, planned_dose, state_after
from nuanyang.casework.plans.rules.drafting import OWN_FIELDS, Setting, Template, bare_draft, draft, fresh, new_lineage, next_version
from nuanyang.casework.plans.rules.wording import dose_words, family_summary

__all__ = [
    "MOVES",
    "OWN_FIELDS",
    "Change",
    "FieldChange",
    "Gap",
    "GoalContent",
    "MeasureContent",
    "NeedContent",
    "PlanContent",
    "Setting",
    "Template",
    "bare_draft",
    "class_of_need",
    "compare",
    "default_dose",
    "dose_words",
    "draft",
    "family_summary",
    "fresh",
    "gaps",
    "labels_in",
    "new_lineage",
    "next_review_on",
    "next_version",
    "planned_dose",
    "state_after",
]
