"""The demo schools' calendar: exam weeks, the phases of the programme, and a few days that the school itself moved."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from nuanyang.demo.accounts import main_staff, username_of
from nuanyang.demo.cast import Cast
from nuanyang.demo.people import School
from nuanyang.kit.db import Database
from nuanyang.programme.calendar import service
from nuanyang.programme.calendar.models import CalendarDay, CalendarPeriod


class Days:
    """One school's calendar of the present school year, entered by 教务处."""

    def __init__(self, database: Database, people: Cast, school_id: UUID, school: School) -> None:
        self._database, self._people, self._school_id, self._school = database, people, school_id, school

    async def play(self) -> int:
        """Enter them; the number of entries. A school that has some already is left alone."""
        office = await self._people.caller(self._school_id, username_of(self._school, main_staff(self._school)["academic_affairs"]))
        periods, days = _periods(self._school.year), _days(self._school.year)
        async with self._database.session(office.context) as session:
            if await session.scalar(select(CalendarPeriod.id).where(CalendarPeriod.school_id == self._school_id).limit(1)) is not None:
                return 0
            for kind, name, starts_on, ends_on in periods:
                await service.add(session, office, CalendarPeriod, kind=kind, name=name, starts_on=starts_on, ends_on=ends_on)
            for day, kind, name, reason in days:
                await service.add(session, office, CalendarDay, day=day, kind=kind, name=name, reason=reason)
        return len(periods) + len(days)


def _periods(year: int) -> list[tuple[str, str, date, date]]:
    """Exams from Monday to Friday; phases by the months of the programme (I2.3)."""
    exams = [
        ("期中考试周", _monday(date(year, 11, 9))),
        ("期末考试周", _monday(date(year + 1, 1, 18))),
        ("期中考试周", _monday(date(year + 1, 4, 26))),
        ("期末考试周", _monday(date(year + 1, 6, 28))),
    ]
    return [
        ("phase", "社会生活与技能", date(year, 9, 1), date(year, 11, 30)),
        ("phase", "学业基础", date(year + 1, 3, 1), date(year + 1, 5, 31)),
        ("phase", "暑期托管与心理夏令营", date(year + 1, 6, 1), date(year + 1, 8, 31)),
        *(("exam_week", name, monday, monday + timedelta(days=4)) for name, monday in exams),
    ]


def _days(year: int) -> list[tuple[date, str, str, str]]:
    games = _monday(date(year, 10, 26)) + timedelta(days=3)
    return [
        (games, "day_off", "秋季运动会第一天", "校运动会，不开展辅导"),
        (games + timedelta(days=1), "day_off", "秋季运动会第二天", "校运动会，不开展辅导"),
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
