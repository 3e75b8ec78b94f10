"""A guardian of the demo who signs in and asks about their child's data, through the same doors as every guardian."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.administration import OwnChoice, open_chosen_account
from nuanyang.access.accounts.models import Account
from nuanyang.access.accounts.passwords import hash_password
from nuanyang.access.actors import Caller
from nuanyang.casework.data_requests.schemas import DataRequestInput, RequestAnswerInput
from nuanyang.casework.data_requests.service.answering import answer, approve, take
from nuanyang.casework.data_requests.service.asking import ask, own
from nuanyang.casework.data_requests.service.showing import one
from nuanyang.casework.plans.models import Need, SupportPlan
from nuanyang.demo.accounts import GUARDIAN, PASSWORD, main_staff, main_username, username_of
from nuanyang.demo.cast import Cast
from nuanyang.demo.people import School
from nuanyang.kit.clock import today
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import new_id
from nuanyang.school.consents.rules import decides_alone
from nuanyang.school.consents.schemas import FamilyChoice
from nuanyang.school.consents.service import recording
from nuanyang.school.guardians.models import Guardian, StudentGuardian
from nuanyang.school.students.models import Student

_REASON = "您的工作单位、职业和住址已删除。成绩和考勤是学籍档案的组成部分，依规定须保存，有误可以随时更正。"


class Families:
    """One school's guardian with a page to try: a child with a plan in force, an answered request and an open one."""

    def __init__(self, database: Database, people: Cast, school_id: UUID, school: School) -> None:
        self._database, self._people, self._school_id, self._school = database, people, school_id, school
        self._username = main_username(GUARDIAN, school.key)

    async def play(self) -> int:
        """Open the account and ask; answers how many requests were made. Whoever has asked already asks nothing more."""
        async with self._database.session(opening(school_id=self._school_id, purpose="demo")) as session:
            student_id = await self._open(session)
        if student_id is None:
            return 0
        guardian = await self._people.caller(self._school_id, self._username)
        async with self._database.session(guardian.context) as session:
            if (await own(session, guardian, is_english=False)).items:
                return 0
            child = await session.get_one(Student, (self._school_id, student_id))
            if not decides_alone(child.birth_on, today()):
                yes = FamilyChoice(student_id=student_id, purpose="screening", action="given", text_number=1)
                await recording.say(session, guardian, yes)
            erasure = DataRequestInput(student_id=student_id, kind="erase", parts=["own_details", "results"], said="换工作了，旧的不用留。")
            erase = await ask(session, guardian, erasure, is_english=False)
            moved = DataRequestInput(
                student_id=student_id, kind="correct", field="address", wanted="向阳路18号3单元402", said="上个月搬家了。"
            )
            await ask(session, guardian, moved, is_english=False)
        await self._answer(erase.id)
        return 2

    async def _answer(self, request_id: UUID) -> None:
        """德育处 prepares, the principal approves."""
        office, principal = await self._office("moral_education"), await self._office("principal")
        async with self._database.session(office.context) as session:
            await take(session, office, request_id)
            version = (await one(session, office, request_id, is_english=False)).version
            await answer(session, office, request_id, version, RequestAnswerInput(outcome="partly", ground="statutory", reason=_REASON))
        async with self._database.session(principal.context) as session:
            version = (await one(session, principal, request_id, is_english=False)).version
            await approve(session, principal, request_id, version)

    async def _office(self, role: str) -> Caller:
        return await self._people.caller(self._school_id, username_of(self._school, main_staff(self._school)[role]))

    async def _open(self, session: AsyncSession) -> UUID | None:
        """The account of a guardian whose child has a plan in force that a family may read; answers that child."""
        statement = (
            select(Student.id, Guardian.id.label("guardian_id"), Guardian.name)
            .join(StudentGuardian, (StudentGuardian.school_id == Student.school_id) & (StudentGuardian.student_id == Student.id))
            .join(Guardian, (Guardian.school_id == StudentGuardian.school_id) & (Guardian.id == StudentGuardian.guardian_id))
            .join(SupportPlan, (SupportPlan.school_id == Student.school_id) & (SupportPlan.student_id == Student.id))
            .join(Need, (Need.school_id == SupportPlan.school_id) & (Need.plan_id == SupportPlan.id))
            .where(Student.school_id == self._school_id, SupportPlan.state == "approved", Need.data_class == "academic")
            .where(StudentGuardian.is_guardian, StudentGuardian.ended_on.is_(None), ~func.is_protected(Student.id))
            .order_by(Student.pinyin, Student.birth_on, StudentGuardian.priority)
            .limit(1)
        )
        found = (await session.execute(statement)).one_or_none()
        if found is None:
            return None
        if await session.scalar(select(Account.id).where(Account.username == self._username)) is None:
            chosen = OwnChoice(new_id(), self._username, found.name, GUARDIAN, found.guardian_id, await hash_password(PASSWORD))
            await open_chosen_account(session, self._school_id, chosen, "")
        return found.id  # type: ignore[no-any-return]
