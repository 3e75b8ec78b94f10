"""The course of a plan: its states, its reviews, and what its doses amount to."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from nuanyang.casework.plans.rules.content import MeasureContent
from nuanyang.programme.clauses import SHIPPED, Dose, Kinds

# Verb → (from, to). A review with `exit` closes; `revise` and `step_up` leave the plan in force until the next version is approved.
MOVES: Mapping[str, tuple[str, str]] = {
    "submit": ("draft", "submitted"),
    "return": ("submitted", "draft"),
    "approve": ("submitted", "approved"),
    "supersede": ("approved", "superseded"),
    "close": ("approved", "closed"),
    "discard": ("draft", "discarded"),
}
REVIEW_DAYS: Mapping[str, int] = {"key": 45, "general": 90}  # I2.2 asks for a quarter; 重点 is looked at twice as often
DAYS_A_MONTH, DAYS_A_TERM = Decimal("30.4375"), 140


def state_after(state: str, verb: str) -> str | None:
    """The state after this verb; None when the state does not allow it."""
    before, after = MOVES[verb]
    return after if state == before else None


def next_review_on(support_level: str, day: date, ends_on: date | None) -> date:
    """When to look at the plan again: the usual distance, never past its end."""
    due = day + timedelta(days=REVIEW_DAYS[support_level])
    return due if ends_on is None else max(min(due, ends_on), day)


def default_dose(kind: str, support_level: str, kinds: Kinds = SHIPPED) -> Dose:
    """The programme's own dose of a kind at this level."""
    return kinds.known(kind).dose_for(support_level)


def planned_dose(measure: MeasureContent, begin: date, end: date, terms: Sequence[tuple[date, date]] = ()) -> Decimal:
    """How many times the measure is planned between two days, both included; broken weeks, months and terms count pro rata.

    With `terms` (first and last day) only days of term count, unless the measure lies wholly in the holidays. School days are five in seven.
    """
    first, last = max(begin, measure.starts_on), min(end, measure.ends_on) if measure.ends_on else end
    if last < first:
        return Decimal(0)
    if measure.per == "once":
        return measure.times if begin <= measure.starts_on <= end else Decimal(0)
    in_term = [(max(first, a), min(last, b), (b - a).days + 1) for a, b in terms if a <= last and b >= first]
    days = Decimal(sum((b - a).days + 1 for a, b, _ in in_term) or (last - first).days + 1)
    if measure.per == "term":
        spans = [(Decimal((b - a).days + 1), length) for a, b, length in in_term] or [(days, DAYS_A_TERM)]
        return measure.times * sum((d / length for d, length in spans), Decimal(0))
    units = {"day": days * 5 / 7, "week": days / 7, "month": days / DAYS_A_MONTH}
    return measure.times * units[measure.per]
