"""What may be lent, to whom, and for how long. Pure."""

from datetime import date, timedelta
from typing import Literal

LONGEST = timedelta(days=366)
# What is over stays in sight for a while.
SHOWN_AFTER = timedelta(days=30)
# Accounts and keys are not lent; a duty is given to somebody else by who gives it.
NEVER_LENT = frozenset({"admin", "district_admin", "crisis_duty", "acting_principal"})
# Of these only the holder names a deputy; an administrator knows of no case.
HOLDERS_OWN = frozenset({"principal", "case_lead", "case_counsellor"})


def lent_role(role: str) -> str:
    """The role that a deputy gets: the principal's approvals, else the role itself."""
    return "acting_principal" if role == "principal" else role


def state_of(valid_from: date, valid_to: date, day: date) -> Literal["planned", "in_force", "over"]:
    """Whether it is still to come, in force, or over."""
    if day > valid_to:
        return "over"
    return "planned" if day < valid_from else "in_force"


def date_fault(valid_from: date, valid_to: date, day: date) -> tuple[str, str, str, str] | None:
    """(field, code, zh, en) of what is wrong with the days, or None."""
    if valid_from < day:
        return "valid_from", "in_the_past", "开始日期不能早于今天。", "The first day lies in the past."
    if valid_to < valid_from:
        return "valid_to", "before_start", "结束日期早于开始日期。", "The end lies before the start."
    if valid_to - valid_from > LONGEST:
        return "valid_to", "too_long", "授权最长一年。", "A year at most."
    return None
