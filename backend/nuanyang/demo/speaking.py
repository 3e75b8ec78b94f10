"""Students of the demo who sign in and speak for themselves, through the same door as every student."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account, Membership
from nuanyang.access.accounts.passwords import hash_password
from nuanyang.casework.self_reports.schemas import SelfReportInput
from nuanyang.casework.self_reports.service import own, tell
from nuanyang.demo.accounts import PASSWORD, main_staff, main_username
from nuanyang.demo.cast import Cast
from nuanyang.demo.people import School
from nuanyang.kit.clock import now
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import new_id
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.staff.models import StaffMember
from nuanyang.school.students.models import Student

# What the first students of the class tell: the one with the printed account keeps a clean page to try.
_REPORTS: tuple[dict[str, Any] | None, ...] = (
    None,
    {"topic": "worried", "answers": {"duration_months": "1", "impact": "clear"}, "note": "一到考试前就睡不着，手心出汗。"},
    {"topic": "hurt", "answers": {"by_whom": "student", "frequency": "repeated"}, "note": "有几个同学给我起外号，不让别人和我玩。"},
    {"topic": "behind", "answers": {"impact": "clear"}, "note": "老师上课当着全班说我笨，我不敢再问问题了。", "is_about_staff": True},
)


class Speaking:
    """One school's students."""

    def __init__(self, database: Database, people: Cast, school_id: UUID, school: School) -> None:
        self._database, self._people, self._school_id, self._school = database, people, school_id, school
        # The class of the homeroom teacher whose account is printed, so that both sides can be tried.
        teacher = main_staff(school)["homeroom_teacher"]
        rooms = school.class_by_key
        self._teacher = teacher
        self._class_name = next(rooms[key].title for key in teacher.homeroom if rooms[key].year == school.year)

    async def play(self) -> int:
        """Open the accounts and let each speak once; answers how many reports came."""
        async with self._database.session(opening(school_id=self._school_id, purpose="demo")) as session:
            speakers = await self._open(session)
            teacher_id = await session.scalar(
                select(StaffMember.id).where(StaffMember.school_id == self._school_id, StaffMember.staff_number == self._teacher.key)
            )
        sent = 0
        for username, report in speakers:
            if report is not None:
                caller = await self._people.caller(self._school_id, username)
                about = teacher_id if report.get("is_about_staff") else None
                async with self._database.session(caller.context) as session:
                    if (await own(session, caller, is_english=False)).items:
                        continue
                    await tell(session, caller, SelfReportInput.model_validate(report | {"about_staff_id": about}), is_english=False)
                sent += 1
        return sent

    async def _open(self, session: AsyncSession) -> list[tuple[str, dict[str, Any] | None]]:
        """The accounts, opened where they are missing, with what each has to tell."""
        statement = (
            select(Student)
            .join(SchoolClass, (SchoolClass.school_id == Student.school_id) & (SchoolClass.id == Student.class_id))
            .where(Student.school_id == self._school_id, Student.status == "enrolled", SchoolClass.name == self._class_name)
            .order_by(Student.student_number, Student.id)
            .limit(len(_REPORTS))
        )
        password_hash = await hash_password(PASSWORD)
        speakers = []
        for place, (student, report) in enumerate(zip(await session.scalars(statement), _REPORTS, strict=False), start=1):
            username = main_username("student" if place == 1 else f"student{place}", self._school.key)
            if await session.scalar(select(Account.id).where(Account.username == username)) is None:
                account = Account(
                    id=new_id(),
                    username=username,
                    display_name=student.name,
                    password_hash=password_hash,
                    must_change_password=False,
                    created_at=now(),
                )
                session.add(account)
                await session.flush()
                session.add(Membership(school_id=self._school_id, account_id=account.id, person_kind="student", person_id=student.id))
            speakers.append((username, report))
        await session.flush()
        return speakers
