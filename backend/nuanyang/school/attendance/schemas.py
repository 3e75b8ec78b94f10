"""Attendance over the API."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import PlainSerializer

from nuanyang.kit.schemas import Output

Days = Annotated[Decimal, PlainSerializer(float, return_type=float)]


class AttendanceShown(Output):
    """One period of a student: 旷课, 病假, 事假 in days, 迟到 in times."""

    id: UUID
    term_name: str
    starts_on: date
    ends_on: date
    school_days: int | None
    truancy: Days
    sick_leave: Days
    personal_leave: Days
    late: int


class StudentAttendance(Output):
    """A student's attendance by period, oldest first."""

    student_id: UUID
    periods: list[AttendanceShown]


class AttendancePeriod(Output):
    """A period that was brought in: how many students, and how many of them played truant."""

    term_name: str
    starts_on: date
    ends_on: date
    students: int
    with_truancy: int
    days_lost: Days


class AttendancePeriods(Output):
    """What is on record, newest first; counts only of students the caller may see."""

    items: list[AttendancePeriod]
