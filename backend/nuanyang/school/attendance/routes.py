"""Attendance: brought in by sheet for a period, shown by student."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request, UploadFile

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, requires
from nuanyang.kit.schemas import Day, Reason, problems
from nuanyang.school.attendance import repository, service
from nuanyang.school.attendance.schemas import AttendancePeriod, AttendancePeriods, AttendanceShown, StudentAttendance
from nuanyang.school.sheets.schemas import ANSWERS, SheetReport, read_answers
from nuanyang.school.students.service import demand, visible_student

router = APIRouter(tags=["attendance"])
Reader = Annotated[Caller, Depends(requires("read", "academic"))]
Writer = Annotated[Caller, Depends(requires("write", "academic"))]


@router.get("/attendance/periods", operation_id="attendance_periods", responses=problems(401, 403, 422))
async def list_periods(caller: Reader, session: DbSession) -> AttendancePeriods:
    """Which periods are on record, with counts."""
    return AttendancePeriods(items=[AttendancePeriod.model_validate(row) for row in await repository.periods(session, caller)])


@router.post(
    "/attendance/import",
    operation_id="attendance_import",
    responses=problems(401, 403, 409, 413, 422),
)
async def import_attendance(
    file: UploadFile,
    request: Request,
    caller: Writer,
    session: DbSession,
    starts_on: Day,
    ends_on: Day,
    answers: Annotated[str | None, Form(description=ANSWERS)] = None,
    reason: Annotated[Reason | None, Form(description="Why known counts are corrected; asked for when some would change.")] = None,
    lessons_per_day: Annotated[int | None, Query(ge=1, le=12, description="For columns that count lessons (节).")] = None,
    dry_run: Annotated[bool, Query(description="Only check: nothing is written.")] = False,
) -> SheetReport:
    """Bring in one period, all or nothing: a row a student with 旷课, 病假, 事假 (days or lessons), 迟到 (times), 应出勤; or a register.

    A register has a column a day or half a day, and in each cell a word (旷, 病假, 旷2节) or a sign that a legend on the sheet explains.
    """
    sending = service.Sending(
        starts_on=starts_on,
        ends_on=ends_on,
        is_dry_run=dry_run,
        is_english=request.headers.get("accept-language", "").strip().lower().startswith("en"),
        lessons_per_day=lessons_per_day,
        answers=read_answers(answers),
        reason=reason,
    )
    return await service.import_attendance(session, caller, file, request.app.state.keyring, sending)


@router.get("/students/{student_id}/attendance", operation_id="students_attendance", responses=problems(401, 403, 404))
async def show_student_attendance(student_id: UUID, caller: Reader, session: DbSession) -> StudentAttendance:
    """A student's attendance by period, oldest first."""
    student = await visible_student(session, caller, student_id)
    demand(caller, student, "read", "academic")
    rows = await repository.of_student(session, caller.school_id, student_id)
    return StudentAttendance(
        student_id=student_id, periods=[AttendanceShown.model_validate({**_columns(row), "term_name": name}) for row, name in rows]
    )


def _columns(row: object) -> dict[str, object]:
    return {name: getattr(row, name) for name in AttendanceShown.model_fields if name != "term_name"}
