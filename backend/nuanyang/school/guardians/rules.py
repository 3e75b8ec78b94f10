"""What an order does, as pure rules."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

OrderState = Literal["coming", "in_force", "over", "lifted"]
# Not to fetch the child keeps nobody from knowing how it fares; whoever may not meet it must not learn where it is.
KEEPING = frozenset({"no_information", "no_contact"})


def keeps_away(kinds: Iterable[str]) -> bool:
    """Whether such an order takes the child out of the guardian's sight."""
    return not KEEPING.isdisjoint(kinds)


def state_of(starts_on: date, ends_on: date | None, *, is_lifted: bool, day: date) -> OrderState:
    """How an order stands on a day."""
    if is_lifted:
        return "lifted"
    if day < starts_on:
        return "coming"
    return "over" if ends_on is not None and day > ends_on else "in_force"
