"""The programmes of the demo's schools: written by 德育处, approved by the principal, and one for next year in the making."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from nuanyang.access.actors import Caller
from nuanyang.demo.accounts import main_staff, username_of
from nuanyang.demo.cast import Cast
from nuanyang.demo.people import School
from nuanyang.kit.db import Database
from nuanyang.programme.editions.models import Edition, EditionClause
from nuanyang.programme.editions.schemas import (
    ApprovalInput,
    Capacities,
    ChoiceInput,
    ClauseEdit,
    EditionEdit,
    EditionInput,
    FormFieldInput,
    OwnMeasureInput,
)
from nuanyang.programme.editions.service import deciding, drafting

_BACKGROUND = """本校学生来自城区和周边乡镇，家庭情况差异较大，有的学生学习基础薄弱，有的长期缺少父母陪伴，有的身心需要更多支持。
帮助每一名学生健康成长，是学校落实立德树人根本任务的具体行动，也是教育公平在校园里的体现。"""
_GUIDING = """以立德树人为根本任务，坚持“精准识别、分类施策、全程跟踪、协同育人”，从学业、心理、生活、社会四个方面开展帮扶。
尊重学生、保护隐私，不贴标签；家庭、学校、社区共同参与，有计划、有记录、有评估。"""
_OWN = OwnMeasureInput(
    part="A",
    zh="晨读陪伴",
    en="Morning reading",
    owner="academic_affairs",
    doers=["homeroom_teacher"],
    subject="student",
    categories=["C2"],
    cadence_zh="每周 2 次",
    cadence_en="2 a week",
    per="week",
    times=2,
    runs_on="teaching_weeks",
    grace_days=2,
    minutes=10,
    form="晨读陪伴记录表",
    fields=[
        FormFieldInput(name="book", zh="读了什么", en="Book", type="line", is_required=True),
        FormFieldInput(
            name="aloud",
            zh="朗读情况",
            en="Reading aloud",
            type="choice",
            choices=[ChoiceInput(value="fluent", zh="流利", en="Fluent"), ChoiceInput(value="halting", zh="还不流利", en="Halting")],
        ),
        FormFieldInput(name="pages", zh="页数", en="Pages", type="number", least=1, most=100),
    ],
)


class Programmes:
    """One school's programmes, by its own people."""

    def __init__(self, database: Database, people: Cast, school_id: UUID, school: School, *, is_planning_ahead: bool) -> None:
        self._database, self._people, self._school_id, self._school = database, people, school_id, school
        self._is_planning_ahead = is_planning_ahead

    async def play(self) -> int:
        """This year's in force, and for one school a draft of the next; answers how many were made. An interrupted call goes on here."""
        office, principal, year = await self._who("moral_education"), await self._who("principal"), self._school.year
        found = await self._found(office, year)
        this_year = found.id if found else await self._drafted(office, year)
        async with self._database.session(office.context) as session:
            row = await drafting.seen(session, office, this_year)
            if row.state == "draft":
                row = await deciding.submit(session, office, this_year)
            state, version = row.state, row.version
        if state == "submitted":
            async with self._database.session(principal.context) as session:
                await deciding.approve(session, principal, this_year, version, ApprovalInput(in_force_from=date(year, 9, 1)))
        is_ahead = self._is_planning_ahead and await self._found(office, year + 1) is None
        if is_ahead:
            await self._next(office, this_year)
        return (found is None) + is_ahead

    async def _found(self, office: Caller, year: int) -> Edition | None:
        async with self._database.session(office.context) as session:
            statement = select(Edition).where(Edition.school_id == self._school_id, Edition.starts_on == date(year, 9, 1))
            return (await session.scalars(statement)).first()

    async def _who(self, post: str) -> Caller:
        return await self._people.caller(self._school_id, username_of(self._school, main_staff(self._school)[post]))

    async def _drafted(self, office: Caller, year: int) -> UUID:
        async with self._database.session(office.context) as session:
            body = EditionInput(name=f"{year}—{year + 1} 学年帮扶方案", starts_on=date(year, 9, 1), template="september")
            row = await drafting.create(session, office, body)
            capacities = Capacities(tutor_hours=24, volunteers=10, counsellor_hours=20)
            texts = EditionEdit(background=_BACKGROUND, guiding=_GUIDING, capacities=capacities)
            await drafting.edit(session, office, row.id, row.version, texts)
            await drafting.add_measure(session, office, row.id, _OWN)
        return row.id

    async def _next(self, office: Caller, this_year: UUID) -> None:
        year = self._school.year + 1
        async with self._database.session(office.context) as session:
            body = EditionInput(
                name=f"{year}—{year + 1} 学年帮扶方案（征求意见稿）",
                starts_on=date(year, 9, 1),
                template="september",
                from_edition_id=this_year,
                standing=["A1.3", "S1.2"],
            )
            row = await drafting.create(session, office, body)
            of_draft = (EditionClause.school_id == self._school_id, EditionClause.edition_id == row.id)
            clause = (await session.scalars(select(EditionClause).where(*of_draft, EditionClause.clause == "P2.1"))).one()
            more = ClauseEdit(times=6, cadence_zh="每学期 6 次", cadence_en="6 a term")
            await drafting.edit_clause(session, office, row.id, clause.id, clause.version, more)
