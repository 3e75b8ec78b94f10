"""What a reader sees of one student, as few distinct sets of data classes, so that each has one prepared statement."""

from dataclasses import dataclass
from uuid import UUID

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import DATA_CLASSES

CASE_CLASSES = ("economic", "academic", "family", "protection", "health", "wellbeing", "clinical")


@dataclass(frozen=True, slots=True)
class Sight:
    """Classes whose facts are read, whose case records are seen, of whose recognitions at least the result is seen, and what is hidden."""

    readable: frozenset[str]
    cases: frozenset[str]
    results: frozenset[str]
    hidden: tuple[str, ...]

    @property
    def hidden_cases(self) -> tuple[str, ...]:
        """The classes whose case records are not shown."""
        return tuple(c for c in CASE_CLASSES if c not in self.cases)

    @property
    def timeline(self) -> frozenset[str]:
        """Case records by their class; what is basic to everyone who sees the student."""
        return self.cases | (self.readable & {"basic"})


def sight_of(caller: Caller, class_id: UUID | None, student_id: UUID) -> Sight:
    """What the caller sees of a student of this class. Who may nominate or approve without reading sees the result: recognised or not."""
    readable, cases = caller.readable(class_id, student_id), caller.cases(class_id, student_id) & set(CASE_CLASSES)
    asked = frozenset(
        c for c in CASE_CLASSES if caller.may("nominate", c, class_id, student_id) or caller.may("approve", c, class_id, student_id)
    )
    return Sight(readable, cases, cases | asked, tuple(c for c in DATA_CLASSES if c in caller.hidden(class_id, student_id)))


def only_sight(caller: Caller, student_id: UUID) -> Sight | None:
    """The one set that holds wherever the caller sees a student at all; None when it depends on the student's class."""
    if student_id in caller.led_student_ids:
        return None
    classes = {c for scope in caller.reach.scopes.values() for c in scope.class_ids}
    students = {s for scope in caller.reach.scopes.values() for s in scope.student_ids} - caller.led_student_ids
    if student_id in students:
        return None
    sights = {sight for class_id in (None, *classes) if (sight := sight_of(caller, class_id, student_id)).readable}
    return sights.pop() if len(sights) == 1 else None
