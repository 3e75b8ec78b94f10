"""Who reviews an opening, and by when. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from nuanyang.access.permissions import DUTIES

# In the order of the policy an opener's office counts: the highest decides who reviews.
OPENING = DUTIES["break_glass"]
REVIEW_WITHIN = timedelta(hours=24)
SHORTEST_REASON = 10


def opens_as(roles: Collection[str]) -> str | None:
    """The office on whose strength somebody breaks the glass, if any."""
    return next((role for role in OPENING if role in roles), None)


def reviewing(opened_as: str) -> str:
    """Whose duty the review is."""
    return "review_principals_glass" if opened_as == "principal" else "review_broken_glass"


def due_at(opened_at: datetime) -> datetime:
    """When the review has to be there; afterwards it is escalated."""
    return opened_at + REVIEW_WITHIN


def is_over(expires_at: datetime, ended_at: datetime | None, instant: datetime) -> bool:
    """Whether nothing can be read under it any more."""
    return ended_at is not None or instant >= expires_at


def is_overdue(opened_at: datetime, reviewed_at: datetime | None, instant: datetime) -> bool:
    """Whether a review is still missing after its day."""
    return reviewed_at is None and instant >= due_at(opened_at)
