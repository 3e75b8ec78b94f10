"""What homeroom teachers and offices have done for the supported students in the past weeks, so that the programme has something to show."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from nuanyang.access.actors import Caller
from nuanyang.casework.interventions.models import Intervention
from nuanyang.casework.interventions.schemas import InterventionInput
from nuanyang.casework.interventions.service.recording import check, write
from nuanyang.casework.recognition.models import Recognition
from nuanyang.demo import SEED
from nuanyang.demo.accounts import main_staff, username_of
from nuanyang.demo.cast import Cast
from nuanyang.demo.people import School
from nuanyang.kit.clock import today
from nuanyang.kit.db import Database
from nuanyang.programme.clauses import FormField, measure_kind
from nuanyang.school.students.models import Student

WEEKS, MOST = 6, 40
# kind, minutes, on which weekdays, how often of ten it happens, the office that enters it, of which categories
HABITS: tuple[tuple[str, int, tuple[int, ...], int, str, tuple[str, ...]], ...] = (
    ("S1.2.daily_feedback", 5, (0, 1, 2, 3, 4), 9, "moral_education", ("C4",)),
    ("A1.3.small_group_tutoring", 40, (1, 3), 9, "academic_affairs", ("C2",)),
    ("A2.2.class_observation", 40, (2,), 9, "academic_affairs", ("C2",)),
    ("S1.2.phone_contact", 10, (0, 1, 2, 3, 4), 9, "academic_affairs", ("C2",)),
)
_FORMS = {
    "S1.2.daily_feedback": "当日作业完成，情绪平稳",
    "A1.3.small_group_tutoring": "薄弱点：应用题审题",
    "A2.2.class_observation": "能举手发言",
}


class Owing:
    """One school's daily work, entered by its own people."""

    def __init__(self, database: Database, people: Cast, school_id: UUID, school: School) -> None:
        self._database, self._people, self._school_id, self._school = database, people, school_id, school
        self._random = random.Random(f"{SEED}:owing:{school.key}")

    async def play(self) -> int:
        """Weeks of contact, tutoring and observation; answers how many records. A school that has some is left alone."""
        written = 0
        for kind, minutes, weekdays, often, post, categories in HABITS:
            caller = await self._people.caller(self._school_id, username_of(self._school, main_staff(self._school)[post]))
            if await self._has(caller, kind):
                continue
            bodies = [
                InterventionInput(
                    student_id=student_id,
                    kind=kind,
                    held_on=day,
                    minutes=minutes,
                    went=_FORMS.get(kind, "与家长通话，了解近况"),
                    doer_name="班主任" if kind.startswith("S1") else "学科教师",
                    form={field.name: self._answer(field, day) for field in measure_kind(kind).fields if field.is_required},
                )
                for student_id in await self._students(caller, categories)
                for day in self._days(weekdays)
                if self._random.randrange(10) < often
            ]
            written += await self._write(caller, bodies)
        return written

    async def _write(self, caller: Caller, bodies: Sequence[InterventionInput]) -> int:
        async with self._database.session(caller.context) as session:
            checked = [one for one in await check(session, caller, bodies, link_to_plans=False) if one.row is not None]
            for position, one in enumerate(checked):
                # Entered on the day in most cases, one in nine only today.
                if one.row is not None and position % 9:
                    one.row.entered_on = one.row.held_on
            await write(session, caller, checked)
        return len(checked)

    async def _has(self, caller: Caller, kind: str) -> bool:
        mine = select(Intervention.id).where(Intervention.school_id == self._school_id, Intervention.kind == kind)
        async with self._database.session(caller.context) as session:
            return await session.scalar(mine.where(Intervention.plan_measure_id.is_(None)).limit(1)) is not None

    async def _students(self, caller: Caller, categories: tuple[str, ...]) -> list[UUID]:
        statement = (
            select(Recognition.student_id)
            .join(Student, (Student.school_id == Recognition.school_id) & (Student.id == Recognition.student_id))
            .where(Recognition.school_id == self._school_id, Recognition.state == "recognised", Recognition.category.in_(categories))
            .where(Recognition.withheld_from_staff_ids == [])
            .order_by(Student.pinyin, Student.birth_on)
        )
        async with self._database.session(caller.context) as session:
            return list(dict.fromkeys(await session.scalars(statement)))[:MOST]

    def _answer(self, field: FormField, day: date) -> Any:
        match field.type:
            case "choice":
                return self._random.choice(field.choices).value
            case "yes_no":
                return True
            case "number":
                return field.least or 1
            case "date":
                return day.isoformat()
            case _:
                return "情况平稳"

    @staticmethod
    def _days(weekdays: tuple[int, ...]) -> Iterator[date]:
        for back in range(WEEKS * 7, 0, -1):
            day = today() - timedelta(days=back)
            if day.weekday() in weekdays:
                yield day
