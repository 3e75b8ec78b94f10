"""Who may enter, change and see a piece of evidence. One predicate for lists, one question for a single student."""

from sqlalchemy import ColumnElement, and_, or_, true

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import TELLERS
from nuanyang.casework.evidence.catalogue import Kind
from nuanyang.casework.evidence.models import Evidence
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import within

CLASSES = ("economic", "academic", "health", "wellbeing", "family", "protection")


def may_enter(caller: Caller, student: Student, data_class: str) -> bool:
    """Whether the caller may enter evidence of this class for this student."""
    rights = (("write", data_class), *TELLERS.get(data_class, ()))
    return any(caller.may(action, of, student.class_id, student.id) for action, of in rights)


def may_enter_anywhere(caller: Caller, kind: Kind) -> bool:
    """Whether the kind is worth offering to the caller at all."""
    return any(caller.scope(of, action) for action, of in (("write", kind.data_class), *TELLERS.get(kind.data_class, ())))


def may_change(caller: Caller, student: Student, evidence: Evidence) -> bool:
    """Holders of the class correct it; who told something may correct their own."""
    holds = caller.may("write", evidence.data_class, student.class_id, student.id)
    return holds or (evidence.created_by == caller.account_id and may_enter(caller, student, evidence.data_class))


def is_own_words(evidence: Evidence) -> bool:
    """Whether a student told it by themselves, not a member of staff after a talk."""
    return evidence.source == "self_report" and evidence.reported_by_staff_id is None


def keeps_lists_of(caller: Caller) -> list[str]:
    """The classes whose lists the caller brings in and works off: for the whole school only."""
    return [c for c in CLASSES if caller.scope(c, "write").whole]


def visible(caller: Caller) -> ColumnElement[bool]:
    """The caller's evidence, as a predicate over `evidence` joined with `students`.

    By data class and scope, and what they themselves entered; never what is about them (row-level security refuses that a second time).
    """
    by_class = [and_(Evidence.data_class == c, within(scope)) for c in CLASSES if (scope := caller.scope(c, "cases"))]
    own = and_(Evidence.created_by == caller.account_id, within(caller.scope("basic", "read")))
    return and_(or_(*by_class, own) if by_class else own, _not_about(caller))


def _not_about(caller: Caller) -> ColumnElement[bool]:
    if caller.staff_id is None:
        return true()
    return or_(Evidence.about_staff_id.is_(None), Evidence.about_staff_id != caller.staff_id)
