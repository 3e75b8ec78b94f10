"""Who sees and who decides recognitions. A case and a proposal have a data class: that of their category, or a narrower one."""

from sqlalchemy import ColumnElement, and_, false, not_, or_, true

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import CATEGORY_CLASSES, NOTHING, Scope
from nuanyang.casework.recognition.models import Proposal, Recognition
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import within

CLASSES = tuple(c for classes in CATEGORY_CLASSES.values() for c in classes)
# Nobody at class or grade holds these: such a case begins and ends at the school.
AT_SCHOOL_ONLY = frozenset({"protection", "wellbeing"})
SEES, SEES_REASONS, OPENS, CLOSES = (
    ("cases", "approve", "nominate"),
    ("cases", "approve"),
    ("nominate", "write", "approve"),
    ("write", "approve"),
)


def scope_of(caller: Caller, data_class: str, actions: tuple[str, ...]) -> Scope:
    """Over whom the caller holds one of these rights."""
    scope = NOTHING
    for action in actions:
        scope = scope | caller.scope(data_class, action)
    return scope


def case_scope(caller: Caller, data_class: str) -> Scope:
    """Over whom the caller sees that there is a case of this class (the result at least)."""
    return scope_of(caller, data_class, SEES)


def reason_scope(caller: Caller, data_class: str) -> Scope:
    """Over whom the caller sees the facts, and not only the result (as a homeroom teacher does on economic matters)."""
    return scope_of(caller, data_class, SEES_REASONS)


def reason_classes(caller: Caller, student: Student) -> frozenset[str]:
    """The classes of which the caller sees this student's facts."""
    return frozenset(c for c in CLASSES if sees_reasons(caller, student, c))


def sees_reasons(caller: Caller, student: Student, data_class: str) -> bool:
    """Whether reasons are shown, or only the result."""
    return _may(caller, student, data_class, SEES_REASONS)


def visible(caller: Caller, model: type[Proposal] | type[Recognition]) -> ColumnElement[bool]:
    """The caller's cases as one predicate over a joined `students`; what is withheld from this member of staff is not there at all."""
    parts = [and_(model.data_class == c, within(scope)) for c in CLASSES if (scope := reason_scope(caller, c))]
    if model is Recognition:
        parts += [and_(_takes_part(caller, c), within(scope)) for c in CLASSES if (scope := caller.scope(c, "nominate"))]
    allowed: ColumnElement[bool] = or_(*parts) if parts else false()
    return allowed if caller.staff_id is None else and_(allowed, not_(model.withheld_from_staff_ids.contains([caller.staff_id])))


def _takes_part(caller: Caller, data_class: str) -> ColumnElement[bool]:
    """Who may only nominate sees what they decide, decided or entered, and of the economic ones that they are recognised."""
    mine = [Recognition.state == "class_review", Recognition.entered_by == caller.account_id, Recognition.class_by == caller.account_id]
    result = [Recognition.state == "recognised"] if data_class == "economic" else []
    return and_(Recognition.data_class == data_class, or_(*mine, *result))


def may_decide(caller: Caller, case: Recognition, student: Student) -> bool:
    """Whether the step that is due belongs to this caller: class, grade or school. Four eyes is checked apart."""
    if case.state == "class_review":
        return _may(caller, student, case.data_class, OPENS)
    if case.state == "grade_review":
        return _may(caller, student, case.data_class, ("approve",))
    return case.state == "school_review" and caller.scope(case.data_class, "approve").whole


def due(caller: Caller) -> ColumnElement[bool]:
    """The cases whose next step is this caller's, as one predicate over joined `students`: `may_decide` with four eyes, for lists and counts."""
    parts: list[ColumnElement[bool]] = []
    for data_class in CLASSES:
        approves = caller.scope(data_class, "approve")
        states = [("class_review", scope_of(caller, data_class, OPENS)), ("grade_review", approves)]
        states += [("school_review", approves)] if approves.whole else []
        for state, scope in states:
            own = true() if state == "class_review" else Recognition.entered_by != caller.account_id
            if scope:
                parts.append(and_(Recognition.data_class == data_class, Recognition.state == state, within(scope), own))
    decided_before = [column.is_distinct_from(caller.account_id) for column in (Recognition.class_by, Recognition.grade_by)]
    return and_(or_(*parts), *decided_before) if parts else false()


def within_rights(caller: Caller, model: type[Proposal] | type[Recognition], actions: tuple[str, ...]) -> ColumnElement[bool]:
    """`may_open` (OPENS) or `may_close` (CLOSES) as one predicate over joined `students`."""
    parts = [and_(model.data_class == c, within(scope)) for c in CLASSES if (scope := scope_of(caller, c, actions))]
    return or_(*parts) if parts else false()


def may_open(caller: Caller, data_class: str, student: Student) -> bool:
    """Whether the caller may open a case of this class for this student."""
    return _may(caller, student, data_class, OPENS)


def may_close(caller: Caller, data_class: str, student: Student) -> bool:
    """Whether the caller may decide the term check or the exit."""
    return _may(caller, student, data_class, CLOSES)


def _may(caller: Caller, student: Student, data_class: str, actions: tuple[str, ...]) -> bool:
    return any(caller.may(action, data_class, student.class_id, student.id) for action in actions)
