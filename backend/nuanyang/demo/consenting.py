"""Families of the demo: what they agreed to and what not, a custody order and slips for one class."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.demo.accounts import main_staff, username_of
from nuanyang.demo.cast import Cast
from nuanyang.demo.people import School
from nuanyang.kit.clock import today
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.db import Database
from nuanyang.school.activation.schemas import SlipsInput
from nuanyang.school.activation.service import print_slips
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.consents.models import ConsentEvent
from nuanyang.school.consents.purposes import purpose
from nuanyang.school.consents.rules import decides_alone
from nuanyang.school.consents.schemas import Choice, ConsentInput, ConsentTextInput
from nuanyang.school.consents.service import recording, texts
from nuanyang.school.guardians.schemas import CustodyOrderInput
from nuanyang.school.guardians.service import record as record_order
from nuanyang.school.students.models import Student

# A signed form as a scanner would send it, without anybody's hand on it.
_SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_ALL = ("file", "screening", "counselling", "pairing", "community")
# What the families of the class answered, one after the other: purposes agreed to, purposes refused, on paper or told; nothing yet for the last.
_ANSWERS: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = (
    (("file",), (), "in_person"),
    (_ALL, (), "paper"),
    (("file", "screening", "counselling"), ("pairing",), "paper"),
    (_ALL, (), "in_person"),
    ((), (), "paper"),
)


class Consenting:
    """One school's families, in the class of the homeroom teacher whose account is printed."""

    def __init__(self, database: Database, people: Cast, keyring: Keyring, school_id: UUID, school: School) -> None:
        self._database, self._people, self._keyring, self._school_id, self._school = database, people, keyring, school_id, school
        self._main = main_staff(school)
        rooms = school.class_by_key
        self._class_name = next(rooms[key].title for key in self._main["homeroom_teacher"].homeroom if rooms[key].year == school.year)

    async def play(self) -> int:
        """Let the families answer; the number of yes and no. A school that has some already is left alone."""
        teacher, office = await self._caller("homeroom_teacher"), await self._caller("moral_education")
        async with self._database.session(teacher.context) as session:
            if await session.scalar(select(ConsentEvent.id).where(ConsentEvent.school_id == self._school_id).limit(1)) is not None:
                return 0
            pupils = await self._pupils(session)
        said = 0
        for place, pupil in enumerate(pupils):
            async with self._database.session(teacher.context) as session:
                said += await answer(session, teacher, pupil, *_ANSWERS[place % len(_ANSWERS)], keyring=self._keyring)
        await self._go_on(teacher, office, pupils)
        return said

    async def _caller(self, role: str) -> Caller:
        return await self._people.caller(self._school_id, username_of(self._school, self._main[role]))

    async def _pupils(self, session: AsyncSession) -> list[Student]:
        statement = (
            select(Student)
            .join(SchoolClass, (SchoolClass.school_id == Student.school_id) & (SchoolClass.id == Student.class_id))
            .where(Student.school_id == self._school_id, Student.status == "enrolled", SchoolClass.name == self._class_name)
        )
        return list(await session.scalars(statement.order_by(Student.student_number, Student.id)))

    async def _go_on(self, teacher: Caller, office: Caller, pupils: list[Student]) -> None:
        """A withdrawal, a text that asks again, an order, the slips."""
        withdrawing = pupils[3]
        async with self._database.session(teacher.context) as session:
            await answer(session, teacher, withdrawing, (), ("counselling",), "in_person", days_ago=0)
        async with self._database.session(office.context) as session:
            words = purpose("community").text.replace("三十天内有效", "三十天内有效，到期自动失效")
            wanted = ConsentTextInput(body=words, asks_again=True, reason="写明转介的有效期，须重新征求同意")
            await texts.write(session, office, "community", await texts.kept_number(session, self._school_id, "community"), wanted)
        await self._order(office, pupils)
        async with self._database.session(teacher.context) as session:
            await print_slips(session, teacher, SlipsInput(class_id=_class_of(pupils[0])), "https://nuanyang.example")

    async def _order(self, office: Caller, pupils: list[Student]) -> None:
        """A court keeps one of two guardians away from a child."""
        async with self._database.session(office.context) as session:
            for pupil in pupils[4:]:
                people = await recording.consenters(session, self._school_id, pupil.id)
                if len(people) > 1:
                    order = CustodyOrderInput(
                        guardian_id=people[1].id,
                        kinds=["no_contact", "no_pick_up"],
                        source="court",
                        reference="示范区人民法院民事裁定书（演示）",
                        starts_on=today() - timedelta(days=10),
                    )
                    await record_order(session, office, pupil.id, order)
                    return


async def answer(
    session: AsyncSession,
    caller: Caller,
    pupil: Student,
    given: Iterable[Any],
    refused: Iterable[Any],
    how: Any,
    *,
    days_ago: int = 20,
    keyring: Keyring | None = None,
) -> int:
    """Record what a family (from fourteen on the pupil) agreed to and what not; nothing where nobody can. Answers how many purposes.

    A paper needs the keyring, with which its scan is kept.
    """
    people = await recording.consenters(session, caller.school_id, pupil.id)
    is_own = decides_alone(pupil.birth_on, today())
    choices = [Choice(purpose=p, action="given") for p in given] + [Choice(purpose=p, action="withdrawn") for p in refused]
    if not choices or (not is_own and not people):
        return 0
    scan = await recording.keep_scan(session, caller, keyring, pupil.id, _SCAN) if how == "paper" and keyring else None
    day = today() - timedelta(days=days_ago)
    said = ConsentInput(
        guardian_id=None if is_own else people[0].id,
        how=how,
        happened_on=day,
        scan_id=scan.id if scan else None,
        informed_on=day if is_own else None,
        choices=choices,
    )
    await recording.record(session, caller, pupil.id, said)
    return len(choices)


def _class_of(pupil: Student) -> UUID:
    if pupil.class_id is None:
        raise ValueError("a pupil of a class has none")
    return pupil.class_id
