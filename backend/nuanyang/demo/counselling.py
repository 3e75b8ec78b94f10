"""The counselling room of the demo: cases with sessions, broken glass, a deputy and a hand-over, through the same services as a school's own."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from nuanyang.access.accounts.administration import give_role
from nuanyang.access.accounts.models import Account, RoleAssignment
from nuanyang.access.accounts.schemas import RoleInput
from nuanyang.access.actors import Caller
from nuanyang.access.delegations.schemas import DelegationInput
from nuanyang.access.delegations.service import delegate
from nuanyang.casework.handovers import service as handovers
from nuanyang.casework.handovers.schemas import HandoverNoteInput
from nuanyang.demo.accounts import main_staff, username_of
from nuanyang.demo.cast import Cast
from nuanyang.demo.consenting import answer
from nuanyang.demo.people import School
from nuanyang.kit.clock import today
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.db import Database, opening
from nuanyang.measures.psychological.break_glass import service as break_glass
from nuanyang.measures.psychological.cases import service as cases
from nuanyang.measures.psychological.cases.models import CounsellingCase
from nuanyang.measures.psychological.counselling import service as counselling
from nuanyang.measures.psychological.counselling.schemas import CounsellingSessionInput
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.staff.models import StaffMember
from nuanyang.school.students.models import Student

# (days ago, minutes, topic, course, agreed) of three students' sessions; the third student's case changes hands.
_SESSIONS: tuple[tuple[tuple[int, int, str, str, str], ...], ...] = (
    (
        (21, 40, "考前睡不好", "说一到考试前夜就醒，手心出汗；家里没有人可以说。", "每天睡前写三件做完的小事。"),
        (7, 40, "睡眠有好转", "一周里有四晚睡得着；怕期中成绩让妈妈失望。", "和妈妈打一次电话，下次带来说说。"),
    ),
    ((14, 30, "和同学疏远", "课间总是一个人；愿意试着和同桌一起打球。", "这周约同桌打一次球。"),),
    ((28, 40, "想念外出的父母", "放假回家后情绪低落，愿意写信。", "每周写一封信。"),),
)
_HANDOVER = {
    "runs": "每两周一次辅导，周三下午。",
    "agreed": "和奶奶约好有事先打电话给心理教师。",
    "avoid": "不要当着同学问起父母什么时候回来。",
}


class Counselling:
    """One school's counselling room."""

    def __init__(self, database: Database, people: Cast, keyring: Keyring, school_id: UUID, school: School) -> None:
        self._database, self._people, self._keyring, self._school_id, self._school = database, people, keyring, school_id, school

    async def play(self) -> int:
        """Play it once; answers how many sessions were written down."""
        async with self._database.session(opening(school_id=self._school_id, purpose="demo")) as session:
            done = select(CounsellingCase.id).where(CounsellingCase.school_id == self._school_id)
            if await session.scalar(done.limit(1)) is not None:
                return 0
            students = await self._students(session)
        await self._appoint()
        written = 0
        for student, sessions in zip(students, _SESSIONS, strict=True):
            written += await self._counsel(student, sessions)
        await self._break_glass(students[0], "vice_principal", review_by="principal")
        await self._break_glass(students[1], "moral_education")
        await self._lend(students[0])
        await self._hand_over(students[2])
        return written

    async def _students(self, session: Any) -> list[Student]:
        """The last ones of the class whose homeroom teacher is printed: the first ones speak for themselves elsewhere."""
        teacher, rooms = main_staff(self._school)["homeroom_teacher"], self._school.class_by_key
        title = next(rooms[key].title for key in teacher.homeroom if rooms[key].year == self._school.year)
        room = select(SchoolClass.id).where(SchoolClass.school_id == self._school_id, SchoolClass.name == title)
        statement = select(Student).where(Student.school_id == self._school_id, Student.class_id.in_(room), Student.status == "enrolled")
        found = await session.scalars(statement.order_by(Student.pinyin.desc(), Student.id).limit(len(_SESSIONS)))
        return list(found.all())

    async def _caller(self, role: str) -> Caller:
        """With the rights of this moment: they change while the story goes on, and the glass asks for a fresh sign-in."""
        self._people.forget()
        return await self._people.caller(self._school_id, username_of(self._school, main_staff(self._school)[role]))

    async def _appoint(self) -> None:
        """The special educator counsels part-time, so that there is somebody to stand in."""
        admin = await self._caller("admin")
        second = username_of(self._school, main_staff(self._school)["special_educator"])
        async with self._database.session(admin.context) as session:
            account = (await session.scalars(select(Account).where(Account.username == second))).one()
            await give_role(session, admin, account.id, RoleInput(role="counsellor"))

    async def _counsel(self, student: Student, sessions: tuple[tuple[int, int, str, str, str], ...]) -> int:
        counsellor = await self._caller("counsellor")
        async with self._database.session(counsellor.context) as session:
            await answer(session, counsellor, student, ("counselling",), (), "in_person", days_ago=0)
            await cases.open_case(session, counsellor, student, None)
        counsellor = await self._caller("counsellor")
        for days, minutes, topic, course, agreed in sessions:
            body = CounsellingSessionInput(
                held_on=today() - timedelta(days=days), minutes=minutes, place="room", topic=topic, course=course, agreed=agreed
            )
            async with self._database.session(counsellor.context) as session:
                await counselling.add_session(session, counsellor, self._keyring, student.id, body)
        return len(sessions)

    async def _break_glass(self, student: Student, role: str, review_by: str | None = None) -> None:
        caller = await self._caller(role)
        reason = "晚自习时学生情绪失控，心理教师联系不上，需要知道该怎么安抚"
        async with self._database.session(caller.context) as session:
            opening_id = await break_glass.open_glass(session, caller, student, reason)
        async with self._database.session(caller.context) as session:
            await counselling.read_file(session, caller, self._keyring, student.id)
            await break_glass.end(session, caller, opening_id)
        if review_by:
            reviewer = await self._caller(review_by)
            async with self._database.session(reviewer.context) as session:
                await break_glass.review(session, reviewer, opening_id, "justified", "当晚确实联系不上心理教师，查阅必要，只看了本案。")

    async def _lend(self, student: Student) -> None:
        counsellor = await self._caller("counsellor")
        async with self._database.session(counsellor.context) as session:
            mine = select(RoleAssignment.id).where(
                RoleAssignment.school_id == self._school_id,
                RoleAssignment.account_id == counsellor.account_id,
                RoleAssignment.role == "case_counsellor",
                RoleAssignment.scope_id == student.id,
            )
            body = DelegationInput(
                role_id=(await session.scalars(mine)).one(),
                deputy_staff_id=await self._second(session),
                valid_from=today(),
                valid_to=today() + timedelta(days=6),
                reason="外出培训一周",
            )
            await delegate(session, counsellor, body)

    async def _second(self, session: Any) -> UUID:
        number = main_staff(self._school)["special_educator"].key
        statement = select(StaffMember.id).where(StaffMember.school_id == self._school_id, StaffMember.staff_number == number)
        return UUID(str((await session.scalars(statement)).one()))

    async def _hand_over(self, student: Student) -> None:
        counsellor = await self._caller("counsellor")
        second = await self._caller("special_educator")
        async with self._database.session(counsellor.context) as session:
            await cases.hand_over(session, counsellor, student, second.account_id, today())
            asked = (await handovers.own(session, counsellor, self._keyring)).to_write
            await handovers.write(session, counsellor, self._keyring, asked[0].id, HandoverNoteInput(**_HANDOVER))
