"""Who opens, hands over and closes files."""

from nuanyang.access.actors import Caller
from nuanyang.school.students.models import Student


def may_assign(caller: Caller, student: Student) -> bool:
    """Whether the caller may name the case lead of this student or close the file."""
    return caller.duty_scope("assign_leads").covers(student.class_id, student.id)


def may_see_file(caller: Caller, student: Student, data_classes: set[str]) -> bool:
    """Whether the caller may know that there is a file: they see at least one of the student's case records."""
    return bool(data_classes & caller.cases(student.class_id, student.id))
