"""Who sees and who decides recognitions. A case has the data class of its category."""

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.orm import InstrumentedAttribute

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import CATEGORY_CLASS, NOTHING, Scope
from nuanyang.casework.recognition.models import Recognition
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import within

SEES = ("read", "write", "approve", "nominate")


def case_scope(caller: Caller, category: str) -> Scope:
    """Over whom the caller sees that there is a case of this category (the result at least)."""
    scope = NOTHING
    for action in SEES:
        scope = scope | caller.scope(CATEGORY_CLASS[category], action)
    return scope


def sees_reasons(caller: Caller, student: Student, category: str) -> bool:
    """Whether reasons are shown, or only the result (a homeroom teacher on economic matters)."""
    data_class = CATEGORY_CLASS[category]
    return any(caller.may(action, data_class, student.class_id, student.id) for action in ("read", "write", "approve"))


def visible(caller: Caller, category: InstrumentedAttribute[str], withheld: InstrumentedAttribute[object]) -> ColumnElement[bool]:
    """The caller's cases as one predicate over a joined `students`; what is withheld from this member of staff is not there at all."""
    by_category = [and_(category == c, within(case_scope(caller, c))) for c in CATEGORY_CLASS if case_scope(caller, c)]
    allowed: ColumnElement[bool] = or_(*by_category) if by_category else false()
    if caller.staff_id is None:
        return allowed
    return and_(allowed, withheld.is_distinct_from(caller.staff_id))


def may_decide(caller: Caller, case: Recognition, student: Student) -> bool:
    """Whether the step that is due belongs to this caller: class, grade or school. Four eyes is checked apart."""
    data_class = CATEGORY_CLASS[case.category]

    def may(action: str) -> bool:
        return caller.may(action, data_class, student.class_id, student.id)

    if case.state == "class_review":
        return may("nominate") or may("write") or may("approve")
    if case.state == "grade_review":
        return may("approve")
    if case.state == "school_review":
        return caller.scope(data_class, "approve").whole
    return False


def may_open(caller: Caller, category: str, student: Student) -> bool:
    """Whether the caller may open a case of this category for this student."""
    data_class = CATEGORY_CLASS[category]
    return any(caller.may(action, data_class, student.class_id, student.id) for action in ("nominate", "write", "approve"))


def may_close(caller: Caller, category: str, student: Student) -> bool:
    """Whether the caller may decide the term check or the exit."""
    data_class = CATEGORY_CLASS[category]
    return any(caller.may(action, data_class, student.class_id, student.id) for action in ("write", "approve"))
