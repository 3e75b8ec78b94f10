"""Who opens, hands over and closes counselling cases."""

from nuanyang.access.actors import Caller
from nuanyang.school.students.models import Student


def may_open(caller: Caller) -> bool:
    """A counsellor opens a case of their own; those who name open one for a counsellor."""
    return caller.has_duty("open_counselling")


def may_hand_over(caller: Caller, student: Student) -> bool:
    """Whoever names counsellors, and the one on the case; not a deputy, whose right is for some days."""
    is_own = student.id in caller.counselled_student_ids and student.id not in caller.deputised_student_ids
    return caller.has_duty("name_counsellors") or (is_own and caller.may("write", "clinical", student.class_id, student.id))
