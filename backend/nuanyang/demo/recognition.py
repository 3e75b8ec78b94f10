"""Recognition in the demo: the rules propose, and people of three levels decide, so that every state can be seen."""

import random
import tomllib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, TypeVar
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.recognition.models import Proposal, Recognition
from nuanyang.casework.recognition.schemas import Category, RecognitionInput
from nuanyang.casework.recognition.service.deciding import check_term, decide_many, exit_case, open_case, set_aside, take_up
from nuanyang.casework.recognition.service.proposing import run_rules
from nuanyang.demo import SEED
from nuanyang.demo.accounts import main_staff, username_of
from nuanyang.demo.cast import Cast
from nuanyang.demo.people import School
from nuanyang.kit.clock import today
from nuanyang.kit.db import Database
from nuanyang.kit.errors import Problem
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.students.models import Student

WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "data" / "casework.toml").read_text(encoding="utf-8"))
Fate = Literal["recognised", "school_review", "grade_review", "class_review", "declined", "returned", "set_aside", "open"]
# What becomes of twenty proposals in a row; the rest of a large school's proposals stay open.
FATES: tuple[Fate, ...] = (
    *("recognised", "recognised", "recognised", "grade_review", "recognised", "recognised", "school_review", "recognised", "open"),
    *("recognised", "class_review", "recognised", "recognised", "declined", "recognised", "school_review", "recognised", "returned"),
    *("grade_review", "set_aside"),
)
WEEKS_AGO = 7
MOST_OF_A_CATEGORY = 40
_APPROVER = {"C1": "moral_education", "C2": "academic_affairs", "C3": "moral_education", "C4": "moral_education"}


@dataclass(frozen=True, slots=True)
class Case:
    """A proposal with what is needed to act on it."""

    proposal_id: UUID
    student_id: UUID
    class_name: str
    grade: int
    category: str
    fate: Fate


class Reviews:
    """One school's reviews, played by its own people."""

    def __init__(self, database: Database, people: Cast, school_id: UUID, school: School, seed: int = SEED) -> None:
        self._database, self._people, self._school_id, self._school = database, people, school_id, school
        self._random = random.Random(f"{seed}:reviews:{school.key}")
        self._main = main_staff(school)
        self._homeroom = {
            room.title: person
            for person in school.staff
            for key in person.homeroom
            for room in (school.class_by_key[key],)
            if room.year == school.year
        }
        self._heads = {int(person.key[-2:]): person for person in school.staff if person.role == "grade_head"}

    async def play(self) -> dict[str, int]:
        """Run the rules, then decide; answers the number of cases by state. A school that has cases already is left alone."""
        principal = await self._office("principal")
        if await self._has_cases(principal):
            return await self._states(principal)
        await run_rules(self._database, principal)
        cases = await self._cases(principal)
        opened = await self._take_up(cases)
        await self._review(cases, opened)
        await self._exceptions(principal)
        await self._afterwards(principal)
        await self._as_weeks_ago(principal)
        return await self._states(principal)

    async def _as_weeks_ago(self, caller: Caller) -> None:
        """The demo is loaded in a minute, but its people have been at work for weeks: they recognised these some while ago."""
        day = max(date(self._school.year, 9, 15), today() - timedelta(weeks=WEEKS_AGO))
        recognised = (Recognition.school_id == self._school_id, Recognition.state == "recognised")
        async with self._database.session(caller.context) as session:
            await session.execute(update(Recognition).where(*recognised).values(recognised_on=day))

    def _words(self, kind: str, outcome: str = "") -> str:
        texts = WORDS["decisions"][kind][outcome] if outcome else WORDS["reasons"][kind]
        return str(self._random.choice(texts))

    async def _office(self, role: str) -> Caller:
        return await self._people.caller(self._school_id, username_of(self._school, self._main[role]))

    async def _teacher(self, class_name: str) -> Caller:
        return await self._people.caller(self._school_id, username_of(self._school, self._homeroom[class_name]))

    async def _head(self, grade: int) -> Caller:
        return await self._people.caller(self._school_id, username_of(self._school, self._heads[grade]))

    async def _has_cases(self, caller: Caller) -> bool:
        async with self._database.session(caller.context) as session:
            return bool(await session.scalar(select(Recognition.id).where(Recognition.school_id == self._school_id).limit(1)))

    async def _cases(self, caller: Caller) -> list[Case]:
        """Open proposals, a few dozen of each category, in an order that does not depend on ids."""
        statement = (
            select(Proposal.id, Proposal.category, Student.id, Student.grade, SchoolClass.name)
            .join(Student, (Student.school_id == Proposal.school_id) & (Student.id == Proposal.student_id))
            .join(SchoolClass, (SchoolClass.school_id == Student.school_id) & (SchoolClass.id == Student.class_id))
            .where(Proposal.school_id == self._school_id, Proposal.state == "open")
            .order_by(Proposal.category, Student.pinyin, Student.birth_on, Proposal.support_level)
        )
        async with self._database.session(caller.context) as session:
            rows = (await session.execute(statement)).all()
        seen: dict[str, int] = defaultdict(int)
        cases = []
        for proposal_id, category, student_id, grade, class_name in rows:
            position = seen[category]
            seen[category] += 1
            fate: Fate = FATES[position % len(FATES)] if position < MOST_OF_A_CATEGORY else "open"
            cases.append(Case(proposal_id, student_id, class_name, grade or 0, category, fate))
        return cases

    async def _take_up(self, cases: list[Case]) -> dict[UUID, UUID]:
        """Homeroom teachers open the cases of their class; what is withheld from them, 德育处 opens. Answers case by proposal."""
        opened: dict[UUID, UUID] = {}
        by_class: dict[str, list[Case]] = defaultdict(list)
        for case in cases:
            if case.fate != "open":
                by_class[case.class_name].append(case)
        for class_name, wanted in by_class.items():
            await self._open_all(await self._teacher(class_name), wanted, opened)
        left = [case for case in cases if case.fate not in {"open", "set_aside"} and case.proposal_id not in opened]
        await self._open_all(await self._office("moral_education"), left, opened)
        return opened

    async def _open_all(self, caller: Caller, wanted: Sequence[Case], opened: dict[UUID, UUID]) -> None:
        async with self._database.session(caller.context) as session:
            for case in wanted:
                if case.fate == "set_aside":
                    await _tolerating(session, set_aside(session, caller, case.proposal_id, self._words("set_aside")))
            ids = [case.proposal_id for case in wanted if case.fate != "set_aside"]
            for proposal_id, result in await take_up(session, caller, ids, self._words("take_up")) if ids else ():
                if not isinstance(result, Problem):
                    opened[proposal_id] = result.id

    async def _review(self, cases: list[Case], opened: dict[UUID, UUID]) -> None:
        """Class, grade and school in turn, each for the cases whose fate reaches that far."""
        alive = [case for case in cases if case.proposal_id in opened and case.fate != "class_review"]
        for class_name, group in _grouped(alive, lambda case: case.class_name):
            await self._decide(await self._teacher(class_name), group, opened, "class", "agree")
        beyond = [case for case in alive if case.fate != "grade_review"]
        for grade, group in _grouped(beyond, lambda case: case.grade):
            declined = [case for case in group if case.fate == "declined"]
            agreed = [case for case in group if case.fate != "declined"]
            await self._decide(await self._head(grade), declined, opened, "grade", "decline")
            await self._decide(await self._head(grade), agreed, opened, "grade", "agree")
        for outcome, fate in (("agree", "recognised"), ("return", "returned")):
            for category, group in _grouped([case for case in beyond if case.fate == fate], lambda case: case.category):
                await self._decide(await self._office(_APPROVER[category]), group, opened, "school", outcome)

    async def _decide(self, caller: Caller, cases: Iterable[Case], opened: dict[UUID, UUID], step: str, outcome: str) -> None:
        ids = [opened[case.proposal_id] for case in cases]
        if ids:
            async with self._database.session(caller.context) as session:
                await decide_many(session, caller, ids, outcome, self._words(step, outcome))

    async def _exceptions(self, caller: Caller) -> None:
        """Two students whom no rule proposes, brought in by their homeroom teacher with the reason."""
        proposed = select(Proposal.student_id).where(Proposal.school_id == self._school_id)
        statement = (
            select(Student.id, SchoolClass.name)
            .join(SchoolClass, (SchoolClass.school_id == Student.school_id) & (SchoolClass.id == Student.class_id))
            .where(Student.school_id == self._school_id, Student.status == "enrolled", Student.id.not_in(proposed))
            .order_by(Student.pinyin.desc(), Student.birth_on)
            .limit(3)
        )
        async with self._database.session(caller.context) as session:
            rows = (await session.execute(statement)).all()
        categories: tuple[Category, ...] = ("C1", "C4", "C2")
        for (student_id, class_name), category, reason in zip(rows, categories, WORDS["reasons"]["exception"], strict=False):
            teacher = await self._teacher(class_name)
            body = RecognitionInput(student_id=student_id, category=category, support_level="general", reason=reason)
            async with self._database.session(teacher.context) as session:
                await _tolerating(session, open_case(session, teacher, body))

    async def _afterwards(self, caller: Caller) -> None:
        """Some recognised cases have had their check of this term, and two students have left again."""
        statement = (
            select(Recognition.id, Recognition.category)
            .join(Student, (Student.school_id == Recognition.school_id) & (Student.id == Recognition.student_id))
            .where(Recognition.school_id == self._school_id, Recognition.state == "recognised")
            .order_by(Recognition.category, Student.pinyin, Student.birth_on)
        )
        async with self._database.session(caller.context) as session:
            rows = (await session.execute(statement)).all()
        for position, (recognition_id, category) in enumerate(rows):
            if position % 3 == 1:
                approver = await self._office(_APPROVER[category])
                async with self._database.session(approver.context) as session:
                    if position in {4, 16}:
                        await exit_case(session, approver, recognition_id, self._words("exit"))
                    else:
                        await check_term(session, approver, recognition_id, "continue", self._words("continue"))

    async def _states(self, caller: Caller) -> dict[str, int]:
        statement = (
            select(Recognition.state, func.count().label("cases"))
            .where(Recognition.school_id == self._school_id)
            .group_by(Recognition.state)
        )
        async with self._database.session(caller.context) as session:
            return {row.state: row.cases for row in await session.execute(statement)}


Key = TypeVar("Key", str, int)


def _grouped(cases: Iterable[Case], key: Callable[[Case], Key]) -> list[tuple[Key, list[Case]]]:
    groups: dict[Key, list[Case]] = defaultdict(list)
    for case in cases:
        groups[key(case)].append(case)
    return list(groups.items())


async def _tolerating(session: AsyncSession, attempt: Awaitable[object]) -> None:
    """What the product refuses here is refused rightly (a case withheld, one running already): the demo goes on without it."""
    with suppress(Problem):
        async with session.begin_nested():
            await attempt
