"""Who records what for whom, and who sees it. A record has the data class of its kind; whoever did it sees it, too."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, true

from nuanyang.access.actors import Caller
from nuanyang.access.permissions import DATA_CLASSES
from nuanyang.casework.interventions.models import Intervention
from nuanyang.casework.plans.models import Need, PlanMeasure
from nuanyang.casework.recognition.models import Recognition
from nuanyang.programme.clauses.catalogue import MeasureKind
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import within

# A class teacher who may only nominate for aid still writes the visits.
VISITS = ("L1.1.home_visit", "L1.1.hardship_check")
NEVER_BY_LEAD = ("clinical", "protection")


def may_record(caller: Caller, student: Student, kind: MeasureKind, data_class: str, measure_doer: UUID | None = None) -> bool:
    """The department and class roles that write the record's class, the case lead, whom the plan names, and subject teachers on their lessons."""
    return (
        caller.may("write", data_class, student.class_id, student.id)
        or (student.id in caller.led_student_ids and data_class not in NEVER_BY_LEAD)
        or (measure_doer is not None and measure_doer == caller.staff_id)
        or (kind.code in VISITS and caller.may("nominate", data_class, student.class_id, student.id))
        or (kind.data_class == "academic" and caller.duty_scope("teach_a_subject").covers(student.class_id, student.id))
    )


def may_read(caller: Caller, row: Intervention, student: Student) -> bool:
    """Case workers of this class of data, and whoever did or entered it."""
    return is_own(caller, row) or caller.may("cases", row.data_class, student.class_id, student.id)


def is_own(caller: Caller, row: Intervention) -> bool:
    """Whether the caller did it or entered it."""
    return row.created_by == caller.account_id or (row.doer_staff_id is not None and row.doer_staff_id == caller.staff_id)


def visible(caller: Caller) -> ColumnElement[bool]:
    """`may_read` as one predicate over `interventions` joined with `students`; the student must be visible, too."""
    parts: list[ColumnElement[bool]] = [
        and_(Intervention.data_class == c, within(caller.scope(c, "cases"))) for c in DATA_CLASSES if caller.scope(c, "cases")
    ]
    parts.append(Intervention.created_by == caller.account_id)
    told: ColumnElement[bool] = true()
    if caller.staff_id is not None:
        parts.append(Intervention.doer_staff_id == caller.staff_id)
        told = not_(Intervention.withheld_from_staff_ids.any_() == caller.staff_id)
    basic = caller.scope("basic")
    return and_(within(basic), or_(*parts), told) if basic else false()


def visible_measure(caller: Caller) -> ColumnElement[bool]:
    """The measures that the caller may know of: of the needs they see, and those that the plan gives to them.

    A predicate over `plan_measures` joined with `needs`, their `recognitions` and `students`.
    """
    parts: list[ColumnElement[bool]] = [
        and_(Need.data_class == c, within(caller.scope(c, "cases"))) for c in DATA_CLASSES if caller.scope(c, "cases")
    ]
    told: ColumnElement[bool] = true()
    if caller.staff_id is not None:
        parts.append(and_(PlanMeasure.doer_staff_id == caller.staff_id, within(caller.scope("basic"))))
        told = func.coalesce(not_(Recognition.withheld_from_staff_ids.any_() == caller.staff_id), True)
    return and_(or_(*parts), told) if parts else false()
