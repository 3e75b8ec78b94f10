"""摸排 (I1.1): every student is looked at once a school year; coverage is students looked at / enrolled."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.evidence import repository
from nuanyang.casework.evidence.schemas import CensusClass, CensusCoverage, CensusLooksInput, CensusStudent, CensusStudents
from nuanyang.kit.clock import today
from nuanyang.kit.errors import Forbidden, invalid
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import StudentNotFound
from nuanyang.school.years.service import year_of


async def coverage(session: AsyncSession, caller: Caller) -> CensusCoverage:
    """Coverage of this school year over the classes the caller may see."""
    year = await year_of(session, caller.school_id)
    classes = [CensusClass.model_validate(row) for row in await repository.coverage(session, caller, year.id)]
    return CensusCoverage(
        school_year=year.name, enrolled=sum(c.enrolled for c in classes), looked_at=sum(c.looked_at for c in classes), classes=classes
    )


async def students(session: AsyncSession, caller: Caller, class_id: UUID) -> CensusStudents:
    """One class and who of it has been looked at."""
    year = await year_of(session, caller.school_id)
    rows = await repository.census_students(session, caller, year.id, class_id)
    return CensusStudents(items=[CensusStudent.model_validate(row) for row in rows])


async def answer_census(session: AsyncSession, caller: Caller, student: Student) -> None:
    """A student answered for themselves; it counts as a look, whether or not there was anything to tell."""
    year = await year_of(session, caller.school_id)
    look = {"school_id": caller.school_id, "school_year_id": year.id, "student_id": student.id, "way": "self_report"}
    await repository.add_looks(session, [look | {"looked_on": today(), "looked_by": caller.account_id}])


async def look_at(session: AsyncSession, caller: Caller, body: CensusLooksInput) -> int:
    """Note that students were looked at; who may enter evidence of families may say so."""
    if body.looked_on > today():
        raise invalid("#/looked_on", "in_future", "日期还没有到。", "The day lies in the future.")
    found = await repository.students_by_id(session, caller.school_id, body.student_ids)
    for student_id in body.student_ids:
        student = found.get(student_id, (None, None))[0]
        if student is None or not caller.may("read", "basic", student.class_id, student.id):
            raise StudentNotFound
        if not caller.may("write", "family", student.class_id, student.id):
            raise Forbidden
    year = await year_of(session, caller.school_id)
    look = {"school_id": caller.school_id, "school_year_id": year.id, "way": body.way, "looked_on": body.looked_on}
    return await repository.add_looks(
        session, [look | {"student_id": student_id, "looked_by": caller.account_id} for student_id in dict.fromkeys(body.student_ids)]
    )
