"""Students of the demo who left years ago, with what the school still knows of them; and the first dry run over it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.casework.dossiers.models import Dossier
from nuanyang.casework.evidence.models import Evidence
from nuanyang.casework.retention.service import running
from nuanyang.demo.people import School
from nuanyang.kit.clock import today
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import new_id
from nuanyang.school.guardians.models import Guardian, StudentGuardian
from nuanyang.school.students.models import Student, StudentContact, StudentEconomy, StudentFamily
from nuanyang.school.students.pinyin import reading
from nuanyang.school.years.models import SchoolYear


@dataclass(frozen=True, slots=True)
class Leaver:
    """Who left, how, and how many days ago; None: nobody wrote it down."""

    name: str
    sex: str
    status: str
    days: int | None


# Long due, due in all classes, due within the fortnight, not yet due, without a day on record.
LEAVERS = (
    Leaver("沈书言", "male", "graduated", 2 * 365 + 80),
    Leaver("沈书语", "female", "graduated", 2 * 365 + 80),
    Leaver("罗一诺", "female", "transferred_out", 365 + 120),
    Leaver("韩子墨", "male", "graduated", 6 * 365 + 80),
    Leaver("唐可欣", "female", "transferred_out", 365 - 8),
    Leaver("邓浩宇", "male", "transferred_out", 200),
    Leaver("曹雨桐", "female", "graduated", None),
)


class Leaving:
    """One school's former students."""

    def __init__(self, database: Database, school_id: UUID, school: School, last_grade: int) -> None:
        self._database, self._school_id, self._school, self._last_grade = database, school_id, school, last_grade

    async def play(self) -> int:
        """Enter them once, and make the first dry run; answers how many there are."""
        async with self._database.session(opening(school_id=self._school_id, purpose="demo")) as session:
            numbers = [self._number(place) for place in range(len(LEAVERS))]
            known = select(Student.id).where(Student.school_id == self._school_id, Student.student_number.in_(numbers)).limit(1)
            if await session.scalar(known) is not None:
                return 0
            year = (
                await session.scalars(select(SchoolYear).where(SchoolYear.school_id == self._school_id).order_by(SchoolYear.starts_on))
            ).first()
            guardian = None
            for place, leaver in enumerate(LEAVERS):
                # The first two are sister and brother.
                guardian = await self._enter(session, place, leaver, year, guardian if place == 1 else None)
        await running.show(self._database, running.Clerk(self._school_id, None))
        return len(LEAVERS)

    def _number(self, place: int) -> str:
        return f"{self._school.code[-2:]}19{place + 1:04d}"

    async def _enter(
        self, session: AsyncSession, place: int, leaver: Leaver, year: SchoolYear | None, guardian: Guardian | None
    ) -> Guardian:
        pinyin, initials = reading(leaver.name)
        left = None if leaver.days is None else today() - timedelta(days=leaver.days)
        student = Student(
            **self._key(),
            name=leaver.name,
            pinyin=pinyin,
            initials=initials,
            sex=leaver.sex,
            birth_on=date((left or today()).year - self._last_grade - 6, 4, 1 + place),
            student_number=self._number(place),
            grade=self._last_grade,
            status=leaver.status,
            status_on=left,
        )
        session.add(student)
        await session.flush()
        own = {"school_id": self._school_id, "id": student.id}
        session.add(StudentContact(**own, phone=f"1380000{place:04d}", address=f"幸福里 {place + 1} 号"))
        session.add(StudentFamily(**own, left_behind=1, source="学籍"))
        session.add(StudentEconomy(**own, needs_aid=True, special_groups="minimum_living_allowance", source="民政"))
        if guardian is None:
            guardian = Guardian(**self._key(), name=f"{leaver.name[0]}建军", phone=f"1390000{place:04d}")
            session.add(guardian)
            await session.flush()
        session.add(StudentGuardian(**self._key(), student_id=student.id, guardian_id=guardian.id, relation="father"))
        if year is not None:
            self._tell(session, student, year, place)
        await session.flush()
        return guardian

    def _tell(self, session: AsyncSession, student: Student, year: SchoolYear, place: int) -> None:
        seen = (student.status_on or today()) - timedelta(days=300)
        common: dict[str, Any] = {
            "student_id": student.id,
            "school_year_id": year.id,
            "source": "home_visit",
            "observed_on": seen,
            "facts": {},
        }
        session.add(
            Evidence(**self._key(), **common, category="C1", kind="low_income_family", data_class="economic", note="家中只有父亲打零工。")
        )
        session.add(
            Evidence(**self._key(), **common, category="C4", kind="family_conflict", data_class="family", note="父母分居，孩子随父亲。")
        )
        closed = student.status_on
        session.add(
            Dossier(
                **self._key(),
                student_id=student.id,
                number=f"{seen.year}-9{place + 1:03d}",
                data_class="economic",
                opened_on=seen,
                closed_on=closed,
                close_reason="离校" if closed else None,
            )
        )

    def _key(self) -> dict[str, UUID]:
        return {"school_id": self._school_id, "id": new_id()}
