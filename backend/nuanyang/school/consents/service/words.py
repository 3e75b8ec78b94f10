"""Whose word stands how: the pupil's and the guardians' beside each other."""

from collections.abc import Iterable

from nuanyang.school.consents.models import ConsentEvent
from nuanyang.school.consents.rules import last_words
from nuanyang.school.consents.schemas import Words


def words_of(known: Iterable[ConsentEvent], purpose: str) -> Words:
    """The last words to a purpose; `known` are those that can count, the newest first."""
    pupil, guardians = last_words((e.guardian_id, e.action) for e in known if e.purpose == purpose)  # type: ignore[misc]
    return Words(pupil=pupil, guardians=guardians)
