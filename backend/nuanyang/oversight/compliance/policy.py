"""Over which classes somebody sees the numbers of the programme, and of which classes of data."""

from collections.abc import Sequence
from uuid import UUID

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import CATEGORY_CLASSES, CLASS_CATEGORY
from nuanyang.access.walls import MODES
from nuanyang.oversight.compliance.rules import PLAN_LINES


def sees_school(caller: Caller) -> bool:
    """Whether the numbers of the whole school are theirs to see: those of who answers for clauses are, those of a teacher's classes are not more."""
    return caller.duty_scope("see_compliance").whole


def sees_class(caller: Caller, class_id: UUID) -> bool:
    """Whether the numbers of this class are."""
    return caller.duty_scope("see_compliance").covers(class_id)


def places(caller: Caller, classes: Sequence[UUID]) -> list[tuple[UUID, str]]:
    """Of these classes the classes of data that the caller may hear of: as a case list would show them."""
    return [(class_id, data_class) for class_id in classes for data_class in ("basic", *_held(caller, class_id))]


def hears_of(caller: Caller, classes: Sequence[UUID], categories: Sequence[str]) -> bool:
    """Whether in one of these classes the caller may hear of anybody in these categories (none: in any)."""
    of = {c for category in categories or CATEGORY_CLASSES for c in CATEGORY_CLASSES[category]}
    return any(of.intersection(_held(caller, class_id)) for class_id in classes)


def may_waive(caller: Caller, clause: str, owner: str | None) -> bool:
    """Who answers for a clause waives, and who carries the programme."""
    answers = PLAN_LINES[clause][2] if clause in PLAN_LINES else owner
    of_all = caller.has_duty("answer_for_principal")
    return caller.has_duty("waive_occurrences") and (of_all or (answers is not None and caller.has_duty(f"answer_for_{answers}")))


def _held(caller: Caller, class_id: UUID) -> list[str]:
    return [c for c in CLASS_CATEGORY if any(caller.scope(c, action).covers(class_id) for action in MODES["results"])]
