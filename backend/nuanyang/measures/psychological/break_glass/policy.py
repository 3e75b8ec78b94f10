"""Whom an opening concerns."""

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from nuanyang.access.actors import Caller
from nuanyang.measures.psychological.break_glass.models import BreakGlassNotice, BreakGlassOpening
from nuanyang.measures.psychological.break_glass.rules import OPENING, opens_as, reviewing


def office_of(caller: Caller) -> str | None:
    """The office on whose strength the caller may break the glass; lent offices do not count."""
    return opens_as({held.role for held in caller.roles if not held.is_delegated and held.role in OPENING})


def concerns(caller: Caller) -> ColumnElement[bool]:
    """The openings that the caller may know of."""
    if caller.has_duty("oversee_broken_glass"):
        return true()
    told = exists(
        select(BreakGlassNotice.id)
        .where(
            BreakGlassNotice.school_id == BreakGlassOpening.school_id,
            BreakGlassNotice.opening_id == BreakGlassOpening.id,
            BreakGlassNotice.account_id == caller.account_id,
        )
        .correlate(BreakGlassOpening)
    )
    return or_(BreakGlassOpening.account_id == caller.account_id, told)


def may_review(caller: Caller, opening: BreakGlassOpening) -> bool:
    """Whether the review is the caller's: never of what they opened themselves."""
    return opening.account_id != caller.account_id and caller.has_duty(reviewing(opening.opened_as))


def reviewable(caller: Caller) -> ColumnElement[bool]:
    """`may_review` as a predicate."""
    offices = [role for role in OPENING if caller.has_duty(reviewing(role))]
    return and_(BreakGlassOpening.account_id != caller.account_id, BreakGlassOpening.opened_as.in_(offices))
