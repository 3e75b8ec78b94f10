"""Support in the demo: who leads a case, its plan in every state, and the records of what was done."""

import random
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from nuanyang.access.actors import Caller
from nuanyang.casework.dossiers.service import assign_lead
from nuanyang.casework.interventions.models import Intervention
from nuanyang.casework.interventions.schemas import Attendance, InterventionChange, InterventionInput
from nuanyang.casework.interventions.service.correcting import correct, void
from nuanyang.casework.interventions.service.recording import check, write
from nuanyang.casework.plans.models import PlanMeasure, SupportPlan
from nuanyang.casework.plans.schemas import GroupDraftInput, PlanInput, PlanVersion, ReviewInput, ReviewOutcome
from nuanyang.casework.plans.service.deciding import approve_many, return_plan, review, submit_many
from nuanyang.casework.plans.service.drafting import create_plan, draft_group
from nuanyang.casework.recognition.models import Recognition
from nuanyang.demo import SEED
from nuanyang.demo.accounts import main_staff, username_of
from nuanyang.demo.cast import Cast
from nuanyang.demo.consenting import answer
from nuanyang.demo.people import School, Staff
from nuanyang.demo.recognition import WORDS
from nuanyang.kit.clock import SCHOOL_ZONE, today
from nuanyang.kit.db import Database
from nuanyang.kit.errors import Problem
from nuanyang.programme.clauses.catalogue import FormField, measure_kind
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.staff.models import StaffMember
from nuanyang.school.students.models import Student

_RECORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "data" / "records.toml").read_text(encoding="utf-8"))
MOST_CASES_OF_A_LEAD = 5
MOST_PLANS = 60
_TEMPLATES = {
    ("C1", "key"): "C1.key.hardship",
    ("C1", "general"): "C1.general.hardship",
    ("C2", "key"): "C2.key.foundation",
    ("C2", "general"): "C2.general.habits",
    ("C3", "key"): "C3.key.wellbeing",
    ("C3", "general"): "C3.general.wellbeing",
    ("C4", "key"): "C4.key.company",
    ("C4", "general"): "C4.general.company",
}
# What becomes of ten plans in a row.
_STATES = ("approved", "approved", "submitted", "approved", "approved", "returned", "approved", "draft", "approved", "approved")
_ATTENDANCE: tuple[Attendance, ...] = ("present", "late", "excused", "absent")
_OUTCOMES: tuple[ReviewOutcome, ...] = ("keep", "revise", "step_up", "exit", "keep")
# A plan in force is recorded for so many weeks back, as far as the school year reaches.
_WEEKS = 5


@dataclass(frozen=True, slots=True)
class Supported:
    """A student with a recognition in force."""

    student_id: UUID
    class_name: str
    category: str
    level: str


class Support:
    """One school's support, given by its own people."""

    def __init__(self, database: Database, people: Cast, school_id: UUID, school: School, seed: int = SEED) -> None:
        self._database, self._people, self._school_id, self._school = database, people, school_id, school
        self._random = random.Random(f"{seed}:support:{school.key}")
        self._main = main_staff(school)
        self._day = today()

    async def play(self) -> dict[str, int]:
        """Name leads, write plans, record; answers how many of each. A school that has plans already is left alone."""
        principal = await self._office("principal")
        async with self._database.session(principal.context) as session:
            if await session.scalar(select(SupportPlan.id).where(SupportPlan.school_id == self._school_id).limit(1)) is not None:
                return await self._counts(principal)
        supported = await self._supported(principal)
        led = await self._leads(supported)
        self._people.forget()  # who leads a case has new rights from here on
        plans = await self._plans(led)
        await self._decide(plans)
        await self._group(supported, {one.student_id for one, _ in led})
        await self._records(plans)
        await self._reviews()
        return await self._counts(principal)

    def _say(self, *path: str) -> str:
        texts: Any = _RECORDS
        for name in path:
            texts = texts[name]
        return str(self._random.choice(texts))

    async def _office(self, role: str) -> Caller:
        return await self._people.caller(self._school_id, username_of(self._school, self._main[role]))

    async def _as(self, person: Staff) -> Caller:
        return await self._people.caller(self._school_id, username_of(self._school, person))

    async def _supported(self, caller: Caller) -> list[Supported]:
        """One row a student: the recognition that names the plan's template, 重点 first."""
        statement = (
            select(Recognition.student_id, SchoolClass.name, Recognition.category, Recognition.support_level)
            .join(Student, (Student.school_id == Recognition.school_id) & (Student.id == Recognition.student_id))
            .join(SchoolClass, (SchoolClass.school_id == Student.school_id) & (SchoolClass.id == Student.class_id))
            .where(
                Recognition.school_id == self._school_id,
                Recognition.state == "recognised",
                func.cardinality(Recognition.withheld_from_staff_ids) == 0,
            )
            .order_by(Recognition.support_level.desc(), Student.pinyin, Student.birth_on, Recognition.category)
        )
        async with self._database.session(caller.context) as session:
            rows = (await session.execute(statement)).all()
        found: dict[UUID, Supported] = {}
        for student_id, class_name, category, level in rows:
            found.setdefault(student_id, Supported(student_id, class_name, category, level))
        return list(found.values())

    def _teachers(self, class_name: str) -> list[Staff]:
        """Who may lead a case of this class: its subject teachers, and the homeroom teacher last."""
        rooms = self._school.class_by_key
        here = [
            person
            for person in self._school.staff
            if any(rooms[key].year == self._school.year and rooms[key].title == class_name for key in person.teaches)
        ]
        return sorted(here, key=lambda person: person.role == "homeroom_teacher")

    async def _leads(self, supported: Sequence[Supported]) -> list[tuple[Supported, Staff]]:
        """A case lead for most, at most five students each; the last ones still wait for theirs."""
        office = await self._office("moral_education")
        async with self._database.session(office.context) as session:
            rows = await session.execute(select(StaffMember.staff_number, StaffMember.id).where(StaffMember.school_id == self._school_id))
            staff_ids = {row.staff_number: row.id for row in rows}
        load: dict[str, int] = defaultdict(int)
        led: list[tuple[Supported, Staff]] = []
        for one in supported[:MOST_PLANS]:
            free = [person for person in self._teachers(one.class_name) if load[person.key] < MOST_CASES_OF_A_LEAD]
            if not free:
                continue
            person = min(free, key=lambda candidate: load[candidate.key])
            load[person.key] += 1
            async with self._database.session(office.context) as session:
                await assign_lead(
                    session, office, one.student_id, staff_ids[person.key], str(self._random.choice(WORDS["reasons"]["lead"]))
                )
            led.append((one, person))
        return led

    @property
    def _begins_on(self) -> date:
        """Plans began some weeks ago, never before the school year."""
        return max(date(self._school.year, 9, 1), self._day - timedelta(weeks=_WEEKS))

    async def _plans(self, led: Sequence[tuple[Supported, Staff]]) -> list[tuple[UUID, Staff, str]]:
        """A plan from the category's template, drafted by the case lead; answers plan, lead and what shall become of it."""
        made = []
        for position, (one, person) in enumerate(led):
            lead = await self._as(person)
            body = PlanInput(student_id=one.student_id, template=_TEMPLATES[one.category, one.level], starts_on=self._begins_on)
            async with self._database.session(lead.context) as session:
                try:
                    plan = await create_plan(session, lead, body)
                except Problem:
                    continue  # a lead sees no part of this case: it waits for somebody who does
            made.append((plan.id, person, _STATES[position % len(_STATES)]))
        return made

    async def _decide(self, plans: Sequence[tuple[UUID, Staff, str]]) -> None:
        """Leads hand in what is complete; the principal approves most of it and sends some back."""
        for plan_id, person, state in plans:
            if state != "draft":
                lead = await self._as(person)
                async with self._database.session(lead.context) as session:
                    await submit_many(session, lead, [plan_id])
        principal = await self._office("principal")
        async with self._database.session(principal.context) as session:
            statement = select(SupportPlan.id, SupportPlan.version).where(
                SupportPlan.school_id == self._school_id, SupportPlan.state == "submitted"
            )
            versions = {row.id: row.version for row in await session.execute(statement)}
            wanted = [plan_id for plan_id, _, state in plans if state == "approved" and plan_id in versions]
            await approve_many(session, principal, [PlanVersion(id=plan_id, version=versions[plan_id]) for plan_id in wanted])
            for plan_id, _, state in plans:
                if state == "returned" and plan_id in versions:
                    await return_plan(session, principal, plan_id, self._say("plans", "returned"))

    async def _group(self, supported: Sequence[Supported], led: set[UUID]) -> None:
        """教务处 drafts one template for a group and hands it in: many to approve at once, with their differences shown."""
        office = await self._office("academic_affairs")
        ids = [one.student_id for one in supported if one.category == "C2" and one.student_id not in led]
        if ids:
            async with self._database.session(office.context) as session:
                await draft_group(session, office, GroupDraftInput(template="C2.general.subject", student_ids=ids[:60], submit=True))

    async def _records(self, plans: Sequence[tuple[UUID, Staff, str]]) -> None:
        """What leads did since their plan began, entered on the day in most cases."""
        leads = {plan_id: person for plan_id, person, state in plans if state == "approved"}
        principal = await self._office("principal")
        statement = (
            select(PlanMeasure, SupportPlan.student_id)
            .join(SupportPlan, (SupportPlan.school_id == PlanMeasure.school_id) & (SupportPlan.id == PlanMeasure.plan_id))
            .where(PlanMeasure.school_id == self._school_id, PlanMeasure.plan_id.in_(list(leads)), SupportPlan.state == "approved")
            .order_by(PlanMeasure.plan_id, PlanMeasure.id)
        )
        async with self._database.session(principal.context) as session:
            rows = (await session.execute(statement)).all()
        await self._consents({(student_id, needed) for measure, student_id in rows if (needed := measure_kind(measure.kind).consent)})
        by_lead: dict[str, list[InterventionInput]] = defaultdict(list)
        people = {person.key: person for person in leads.values()}
        for measure, student_id in rows:
            by_lead[leads[measure.plan_id].key] += self._bodies(measure, student_id)
        for key, bodies in by_lead.items():
            await self._write(await self._as(people[key]), bodies)

    async def _consents(self, wanted: set[tuple[UUID, str]]) -> None:
        """What is done with consent only has been asked beforehand."""
        office = await self._office("moral_education")
        async with self._database.session(office.context) as session:
            for student_id, purpose in sorted(wanted):
                pupil = await session.get_one(Student, (self._school_id, student_id))
                await answer(session, office, pupil, (purpose,), (), "in_person", days_ago=0)

    def _bodies(self, measure: PlanMeasure, student_id: UUID) -> Iterator[InterventionInput]:
        kind = measure_kind(measure.kind)
        for held_on in self._days(measure):
            attendance: Attendance = self._random.choices(_ATTENDANCE, (88, 5, 5, 2))[0]
            came = attendance in {"present", "late"}
            yield InterventionInput(
                student_id=student_id,
                kind=measure.kind,
                plan_measure_id=measure.id,
                held_on=held_on,
                started_at=datetime.combine(held_on, time(16, 20), ZoneInfo(SCHOOL_ZONE)),
                minutes=measure.minutes if came else 0,
                place="家中" if measure.kind == "L1.1.home_visit" else "学校",
                attendance=attendance,
                went=self._went(measure.kind) if came else None,
                form={field.name: self._answer(field, held_on) for field in kind.fields if field.is_required} if came else {},
            )

    def _days(self, measure: PlanMeasure) -> Iterator[date]:
        """Days of delivery since the measure began: about four of five planned sessions, a handful at most, never on a weekend."""
        every = {"day": 2, "week": 7, "month": 28, "term": 90, "once": 400}[measure.per] / max(float(measure.times), 1)
        day = measure.starts_on + timedelta(days=1 + self._random.randrange(5))
        for _ in range(_WEEKS + 1):
            if day > self._day:
                return
            if day.weekday() < 5 and self._random.random() < 0.85:
                yield day
            day += timedelta(days=max(1, round(every)))

    def _went(self, kind: str) -> str:
        beginning = max((name for name in _RECORDS["went"] if kind.startswith(name)), key=len, default="S")
        return self._say("went", beginning)

    def _answer(self, field: FormField, held_on: date) -> Any:
        match field.type:
            case "choice":
                return self._random.choice(field.choices).value
            case "yes_no":
                return True
            case "number":
                return field.least if field.least is not None else 1
            case "date":
                return held_on.isoformat()
            case _:
                return self._say("fields", field.name) if field.name in _RECORDS["fields"] else "已落实"

    async def _write(self, lead: Caller, bodies: Sequence[InterventionInput]) -> None:
        async with self._database.session(lead.context) as session:
            checked = [one for one in await check(session, lead, bodies, link_to_plans=False) if one.row is not None]
            for position, one in enumerate(checked):
                # The demo is loaded in a minute, but its people have been at work for weeks: one record in six was entered late.
                if one.row is not None and position % 6:
                    one.row.entered_on = one.row.held_on
            await write(session, lead, checked)
            rows = [one.row for one in checked if one.row is not None]
            if len(rows) > 8:
                change = InterventionChange(reason=self._say("plans", "correct"), minutes=rows[0].minutes + 5)
                await correct(session, lead, rows[0], change)
                await void(session, lead, rows[-1], self._say("plans", "void"))

    async def _reviews(self) -> None:
        """Four plans in force have been looked at, one with each outcome."""
        principal = await self._office("principal")
        statement = (
            select(SupportPlan.id)
            .join(Student, (Student.school_id == SupportPlan.school_id) & (Student.id == SupportPlan.student_id))
            .where(SupportPlan.school_id == self._school_id, SupportPlan.state == "approved")
            .order_by(Student.pinyin, Student.birth_on)
            .limit(5)
        )
        async with self._database.session(principal.context) as session:
            ids = list(await session.scalars(statement))
        for plan_id, outcome in zip(ids, _OUTCOMES, strict=False):
            body = ReviewInput(outcome=outcome, reason=self._say("plans", outcome))
            async with self._database.session(principal.context) as session:
                await review(session, principal, plan_id, body)

    async def _counts(self, caller: Caller) -> dict[str, int]:
        plans = select(SupportPlan.state, func.count().label("number")).where(SupportPlan.school_id == self._school_id)
        records = select(func.count()).select_from(Intervention).where(Intervention.school_id == self._school_id)
        async with self._database.session(caller.context) as session:
            counts = {f"plans {row.state}": row.number for row in await session.execute(plans.group_by(SupportPlan.state))}
            return counts | {"records": await session.scalar(records) or 0}
