"""Evidence in the demo: homeroom teachers note what they and others noticed, offices bring their lists, classes are looked at one by one."""

from collections import defaultdict
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from nuanyang.access.actors import Caller
from nuanyang.casework.evidence.models import Evidence
from nuanyang.casework.evidence.schemas import CensusLooksInput, EvidenceInput
from nuanyang.casework.evidence.service.census import look_at
from nuanyang.casework.evidence.service.entering import enter
from nuanyang.casework.evidence.service.special_lists import import_list
from nuanyang.demo.accounts import main_staff, username_of
from nuanyang.demo.cast import Cast
from nuanyang.demo.district import DemoSchool
from nuanyang.demo.evidence import SpecialList
from nuanyang.demo.notes import Note
from nuanyang.demo.people import Staff
from nuanyang.demo.uploads import upload
from nuanyang.kit.clock import today
from nuanyang.kit.crypto import load_keyring
from nuanyang.kit.db import Database
from nuanyang.kit.settings import Settings
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.sheets.service.reading import REGISTRATION_INDEX
from nuanyang.school.students.models import Student, StudentIdentity
from nuanyang.school.support_needs.schemas import SupportNeedInput
from nuanyang.school.support_needs.service import record

# What stands beside a note in the catalogue's own terms.
_FACTS: dict[str, dict[str, Any]] = {
    "sudden_hardship": {"event": "accident"},
    "serious_illness_family": {"own_cost": 3_600_000},
    "disabled_parent": {"parent": "father", "disability_grade": 2},
    "weak_method": {"impact": "clear"},
    "low_motivation": {"impact": "clear", "duration_months": 3},
    "weak_foundation": {"impact": "clear", "duration_months": 12},
    "learning_observation": {"impact": "clear"},
    "chronic_illness": {"impact": "slight", "assessed_by": "hospital"},
    "long_anxiety": {"duration_months": 6, "impact": "clear", "assessed_by": "counsellor"},
    "emotional_behavioural": {"duration_months": 10, "impact": "clear", "assessed_by": "teacher"},
    "bullied": {"form": "verbal", "by_whom": "student", "frequency": "repeated"},
    "family_conflict": {"frequency": "repeated"},
    "lack_of_companionship": {"contact_with_parents": "monthly", "impact": "clear"},
}
# What a note of health or mind asks of teachers, in words that tell nothing of it.
_SUPPORT = {"chronic_illness": "体育课减量", "long_anxiety": "避免当众点名", "emotional_behavioural": "分步布置作业"}
# One class in six has not been looked at yet, so that the census shows what is left to do.
_NOT_YET = 6


class Telling:
    """One school's evidence, entered by its own people."""

    def __init__(self, database: Database, settings: Settings, people: Cast, school_id: UUID, demo: DemoSchool) -> None:
        self._database, self._people, self._school_id, self._demo = database, people, school_id, demo
        self._keyring = load_keyring(settings.keys_folder / "columns.keys")
        self._main = main_staff(demo.school)
        rooms = demo.school.class_by_key
        self._homeroom: dict[str, Staff] = {
            rooms[key].title: person for person in demo.school.staff for key in person.homeroom if rooms[key].year == demo.school.year
        }

    async def play(self, folder: Path) -> dict[str, int]:
        """Enter everything once; answers how many pieces of each way. A school that has notes already is left alone."""
        office = await self._office("moral_education")
        async with self._database.session(office.context) as session:
            noted = select(Evidence.id).where(Evidence.school_id == self._school_id, Evidence.source != "special_list").limit(1)
            if await session.scalar(noted) is not None:
                return {}
        listed = sum([await self._list(one, folder) for one in self._demo.lists])
        return {
            "listed": listed,
            "looked at": await self._census(),
            "noted": await self._notes(),
            "support needs": await self._support_needs(),
        }

    async def _office(self, role: str) -> Caller:
        return await self._people.caller(self._school_id, username_of(self._demo.school, self._main[role]))

    async def _teacher(self, class_name: str) -> Caller:
        return await self._people.caller(self._school_id, username_of(self._demo.school, self._homeroom[class_name]))

    async def _list(self, one: SpecialList, folder: Path) -> int:
        caller = await self._office("moral_education" if one.group == "残疾" else "aid_officer")
        file = upload(one.write(folder))
        async with self._database.session(caller.context) as session:
            made = await import_list(
                session, caller, file, self._keyring, kind_code=None, observed_on=None, is_dry_run=False, is_english=False
            )
        return made.new

    async def _notes(self) -> int:
        students = await self._students()
        by_class: dict[str, list[tuple[Note, UUID]]] = defaultdict(list)
        for note in self._demo.notes:
            if note.observed_on <= today() and note.pupil_key in students:
                student_id, class_name = students[note.pupil_key]
                by_class[class_name].append((note, student_id))
        for class_name, notes in by_class.items():
            teacher = await self._teacher(class_name)
            async with self._database.session(teacher.context) as session:
                for note, student_id in notes:
                    if not note.is_about_homeroom_teacher:
                        await enter(session, teacher, _body(note, student_id))
            for note, student_id in notes:
                if note.is_about_homeroom_teacher:
                    await self._complain(note, student_id, teacher)
        return sum(len(notes) for notes in by_class.values())

    async def _support_needs(self) -> int:
        """The special educator tells everybody who teaches these children what to do, and not why."""
        students, caller = await self._students(), await self._office("special_educator")
        wanted = {(students[n.pupil_key][0], _SUPPORT[n.kind]) for n in self._demo.notes if n.pupil_key in students and n.kind in _SUPPORT}
        async with self._database.session(caller.context) as session:
            for student_id, sentence in sorted(wanted):
                await record(session, caller, student_id, SupportNeedInput(sentence=sentence))
        return len(wanted)

    async def _complain(self, note: Note, student_id: UUID, teacher: Caller) -> None:
        """What a student says about the homeroom teacher goes to the counsellor and never passes that teacher."""
        counsellor = await self._office("counsellor")
        body = _body(note, student_id).model_copy(update={"about_staff_id": teacher.staff_id})
        body.facts["by_whom"] = "staff"
        async with self._database.session(counsellor.context) as session:
            await enter(session, counsellor, body)

    async def _students(self) -> dict[str, tuple[UUID, str]]:
        """Each pupil's record and class, found by the 学籍号."""
        statement = (
            select(StudentIdentity.registration_index, Student.id, SchoolClass.name)
            .join(Student, (Student.school_id == StudentIdentity.school_id) & (Student.id == StudentIdentity.id))
            .join(SchoolClass, (SchoolClass.school_id == Student.school_id) & (SchoolClass.id == Student.class_id))
            .where(StudentIdentity.school_id == self._school_id, Student.status == "enrolled")
        )
        office = await self._office("registrar")
        async with self._database.session(office.context) as session:
            rows = (await session.execute(statement)).all()
        found = {bytes(index): (student_id, name) for index, student_id, name in rows if index is not None}
        indexes = {
            pupil.key: self._keyring.blind_index(pupil.registration_number, REGISTRATION_INDEX) for pupil in self._demo.school.pupils
        }
        return {key: found[index] for key, index in indexes.items() if index in found}

    async def _census(self) -> int:
        """Homeroom teachers note that they looked at every pupil of the class."""
        looked = 0
        for position, class_name in enumerate(sorted(self._homeroom)):
            if position % _NOT_YET == _NOT_YET - 1:
                continue
            teacher = await self._teacher(class_name)
            statement = select(Student.id).join(
                SchoolClass, (SchoolClass.school_id == Student.school_id) & (SchoolClass.id == Student.class_id)
            )
            async with self._database.session(teacher.context) as session:
                here = (Student.school_id == self._school_id, Student.status == "enrolled", SchoolClass.name == class_name)
                ids = list(await session.scalars(statement.where(*here)))
                looked += await look_at(session, teacher, CensusLooksInput(student_ids=ids, way="nomination", looked_on=today()))
        return looked


def _body(note: Note, student_id: UUID) -> EvidenceInput:
    facts = dict(_FACTS.get(note.kind, {}))
    if note.income_per_head is not None:
        facts["income_per_head"] = note.income_per_head
    return EvidenceInput(
        student_id=student_id, kind=note.kind, source=note.source, observed_on=note.observed_on, note=note.text, facts=facts
    )
