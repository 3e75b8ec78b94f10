"""The path of a recognition: class → grade → school; a no ends it, a return sends it back to the class."""

STEP_OF_STATE = {"class_review": "class", "grade_review": "grade", "school_review": "school"}
NEXT_STATE = {"class_review": "grade_review", "grade_review": "school_review", "school_review": "recognised"}


def decided_state(state: str, outcome: str) -> str | None:
    """The state after a decision in `state`; None when no decision is due there or the outcome is not one of this step's."""
    if state not in STEP_OF_STATE:
        return None
    if outcome == "agree":
        return NEXT_STATE[state]
    if outcome == "decline":
        return "declined"
    return "class_review" if outcome == "return" and state != "class_review" else None
