"""The path of a recognition: class → grade → school; a no ends it, a return sends it back to the class. It holds for its school year."""

from datetime import date

STEP_OF_STATE = {"class_review": "class", "grade_review": "grade", "school_review": "school"}
NEXT_STATE = {"class_review": "grade_review", "grade_review": "school_review", "school_review": "recognised"}


def decided_state(state: str, outcome: str, *, at_school_only: bool = False) -> str | None:
    """The state after a decision in `state`; None when no decision is due there or the outcome is not one of this step's."""
    if state not in STEP_OF_STATE:
        return None
    if outcome == "return" and at_school_only:
        return None  # there is no class to send it back to
    if outcome == "agree":
        return NEXT_STATE[state]
    if outcome == "decline":
        return "declined"
    return "class_review" if outcome == "return" and state != "class_review" else None


def is_lapsed(valid_to: date | None, day: date) -> bool:
    """Whether a recognition's school year is over: it ended by itself, and the next year decides anew."""
    return valid_to is not None and valid_to < day
