"""Who sees and who decides recognitions. A case has the data class of its category."""

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import CATEGORY_CLASS, NOTHING, Scope
from nuanyang.casework.recognition.models import Recognition, RecognitionStep
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import within

SEES = ("cases", "approve", "nominate")


def case_scope(caller: Caller, category: str) -> Scope:
    """Over whom the caller sees that there is a case of this category (the result at least)."""
    scope = NOTHING
    for action in SEES:
        scope = scope | caller.scope(CATEGORY_CLASS[category], action)
    return scope


def sees_reasons(caller: Caller, student: Student, category: str) -> bool:
    """Whether reasons are shown, or only the result (a homeroom teacher on economic matters)."""
    data_class = CATEGORY_CLASS[category]
    return any(caller.may(action, data_class, student.class_id, student.id) for action in ("cases", "approve"))


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


def due(caller: Caller) -> ColumnElement[bool]:
    """The cases whose next step is this caller's, as one predicate over joined `students`: `may_decide` with four eyes, for lists and counts."""
    parts: list[ColumnElement[bool]] = []
    for category, data_class in CATEGORY_CLASS.items():
        at_class = caller.scope(data_class, "nominate") | caller.scope(data_class, "write") | caller.scope(data_class, "approve")
        approves = caller.scope(data_class, "approve")
        states = [("class_review", at_class)] + [("grade_review", approves)] + ([("school_review", approves)] if approves.whole else [])
        for state, scope in states:
            own = true() if state == "class_review" else Recognition.entered_by != caller.account_id
            if scope:
                parts.append(and_(Recognition.category == category, Recognition.state == state, within(scope), own))
    step, newest = aliased(RecognitionStep), aliased(RecognitionStep)
    mine = (step.school_id == Recognition.school_id, step.recognition_id == Recognition.id)
    last_round = (
        select(func.max(newest.round))
        .where(newest.school_id == Recognition.school_id, newest.recognition_id == Recognition.id)
        .scalar_subquery()
    )
    decided = exists().where(*mine, step.decided_by == caller.account_id, step.outcome == "agree", step.round == last_round)
    sent_back = exists().where(*mine, step.outcome == "return", step.round == last_round)
    return and_(or_(*parts), or_(sent_back, ~decided)) if parts else false()


def may_open(caller: Caller, category: str, student: Student) -> bool:
    """Whether the caller may open a case of this category for this student."""
    data_class = CATEGORY_CLASS[category]
    return any(caller.may(action, data_class, student.class_id, student.id) for action in ("nominate", "write", "approve"))


def may_close(caller: Caller, category: str, student: Student) -> bool:
    """Whether the caller may decide the term check or the exit."""
    data_class = CATEGORY_CLASS[category]
    return any(caller.may(action, data_class, student.class_id, student.id) for action in ("write", "approve"))
