"""Who sees, writes and approves plans. A need and all below it has one data class; nobody approves what they cannot read."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, and_, any_, cast, exists, false, func, or_, select

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import CATEGORY_CLASS
from nuanyang.casework.plans.models import Need, SupportPlan
from nuanyang.casework.recognition.models import Recognition
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import within

CASE_CLASSES = ("academic", "economic", "family", "health", "wellbeing", "protection")


def sees_class(caller: Caller, student: Student, data_class: str) -> bool:
    """Whether the caller sees this student's case records of this class."""
    return caller.may("cases", data_class, student.class_id, student.id)


def sees_category(caller: Caller, student: Student, category: str | None) -> bool:
    """Whether the caller may know that this category stands behind a part: a wellbeing need may answer an economic recognition."""
    return category is None or sees_class(caller, student, CATEGORY_CLASS[category])


def classes_told(caller: Caller, student: Student, needs: Sequence[Need]) -> set[str]:
    """The data classes that these parts of a plan tell of: their own, and those of the categories they answer, where these are shown."""
    return {n.data_class for n in needs} | {
        CATEGORY_CLASS[n.category] for n in needs if n.category and sees_category(caller, student, n.category)
    }


def may_hear_of(caller: Caller, recognition: Recognition) -> bool:
    """Whether nothing is withheld from the caller here: whoever is complained of is never told."""
    return caller.staff_id not in recognition.withheld_from_staff_ids


def may_write(caller: Caller, student: Student, data_class: str) -> bool:
    """Whoever writes the class; and the case lead every part that they see."""
    if caller.may("write", data_class, student.class_id, student.id):
        return True
    return student.id in caller.led_student_ids and sees_class(caller, student, data_class)


def writable(caller: Caller, student: Student) -> list[str]:
    """The classes that the caller may write in this student's plan."""
    return [c for c in CASE_CLASSES if may_write(caller, student, c)]


def may_approve_class(caller: Caller, student: Student, classes: Iterable[str]) -> bool:
    """Whether one of the plan's classes is the caller's to approve. That all of it is visible is checked apart."""
    return any(caller.may("approve", c, student.class_id, student.id) for c in classes)


def visible_need(caller: Caller) -> ColumnElement[bool]:
    """The caller's needs as one predicate over joined `students`; what follows from evidence about this member of staff is not there at all."""
    parts = [and_(Need.data_class == c, within(caller.scope(c, "cases"))) for c in CASE_CLASSES if caller.scope(c, "cases")]
    allowed: ColumnElement[bool] = or_(*parts) if parts else false()
    return and_(allowed, ~withheld(caller.staff_id)) if caller.staff_id is not None else allowed


def withheld(staff_id: UUID) -> ColumnElement[bool]:
    """Whether a need answers a recognition that is withheld from this member of staff: the database tells, whoever sees the recognition."""
    kept = cast(select(func.withheld_recognitions(staff_id)).scalar_subquery(), ARRAY(Uuid))
    return func.coalesce(Need.recognition_id == any_(kept), false())


def visible_category(caller: Caller, category: str) -> ColumnElement[bool]:
    """The students of whom the caller may know that this category stands behind a part; a predicate over joined `students`."""
    return within(caller.scope(CATEGORY_CLASS[category], "cases"))


def visible_plan(caller: Caller) -> ColumnElement[bool]:
    """A plan is seen by who sees one of its needs; an empty one by who made it or leads the case."""
    some = exists(
        select(Need.id)
        .where(Need.school_id == SupportPlan.school_id, Need.plan_id == SupportPlan.id, visible_need(caller))
        .correlate(SupportPlan, Student)
    )
    empty = func.plan_is_empty(SupportPlan.id)  # needs behind a wall are needs all the same
    own = or_(SupportPlan.created_by == caller.account_id, SupportPlan.student_id.in_(sorted(caller.led_student_ids)))
    return or_(some, and_(empty, own))
