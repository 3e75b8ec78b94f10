"""How consents stand: of one student, of a class, and for the family in its own words."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.kit.clock import today
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.errors import NotFound
from nuanyang.school.consents import repository
from nuanyang.school.consents.errors import ScanNotFound
from nuanyang.school.consents.models import SCAN, ConsentEvent, ConsentScan
from nuanyang.school.consents.purposes import purpose, purposes
from nuanyang.school.consents.rules import decides_alone
from nuanyang.school.consents.schemas import (
    ClassConsents,
    Consenter,
    ConsentEventShown,
    ConsentRow,
    FamilyChild,
    FamilyConsents,
    FamilyEvent,
    FamilyPurpose,
    OwnWord,
    PurposeState,
    StudentConsents,
)
from nuanyang.school.consents.service.recording import may_record
from nuanyang.school.consents.service.texts import in_force, shown_purposes
from nuanyang.school.consents.service.words import words_of
from nuanyang.school.guardians.children import child_of, children_of
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import demand, visible_student

CONTACT = "contact"


class ClassNotFound(NotFound):
    """No such class in the caller's reach."""

    code, zh, en = "class_not_found", "没有找到这个班级，或您无权查看。", "No such class, or not visible to you."


async def of_student(session: AsyncSession, caller: Caller, student_id: UUID, *, is_english: bool) -> StudentConsents:
    """The states, the whole history, and who can say yes or no today."""
    student = await visible_student(session, caller, student_id)
    demand(caller, student, "read", CONTACT)
    day, codes = today(), list(purposes())
    states = await repository.states_of(session, caller.school_id, student.id, codes, day)
    texts = await in_force(session, caller.school_id)
    rows = await repository.events_of(session, caller.school_id, [student.id])
    known = await repository.words_that_count(session, caller.school_id, student.id, day)
    return StudentConsents(
        student_id=student.id,
        decides_alone=decides_alone(student.birth_on, day),
        states=[
            PurposeState(
                purpose=one.code,  # type: ignore[arg-type]
                name=one.en if is_english else one.zh,
                is_gate=one.is_gate,
                state=states[one.code],  # type: ignore[arg-type]
                since=_since(one.code, states[one.code], [row[0] for row in rows]),
                text_number=texts[one.code].number,
                words=words_of(known, one.code),
            )
            for one in purposes().values()
        ],
        events=[_event(*row, student=student) for row in rows],
        guardians=[
            Consenter(guardian_id=guardian_id, name=name, relation=relation)
            for guardian_id, name, relation in await repository.consenters(session, caller.school_id, student.id, day)
        ],
        may_record=may_record(caller, student),
    )


async def of_class(session: AsyncSession, caller: Caller, class_id: UUID, *, is_english: bool) -> ClassConsents:
    """Every student of a class with the state of each purpose."""
    name = await visible_class(session, caller, class_id)
    rows = await repository.pupils(session, caller.school_id, class_id, list(purposes()), today())
    return ClassConsents(
        class_id=class_id,
        class_name=name,
        purposes=await shown_purposes(session, caller.school_id, is_english=is_english),
        items=[
            ConsentRow(
                student_id=student.id,
                name=student.name,
                student_number=student.student_number,
                decides_alone=decides_alone(student.birth_on, today()),
                has_guardian=has_guardian,
                states=dict(zip(purposes(), states, strict=True)),  # type: ignore[arg-type]
            )
            for student, has_guardian, *states in rows
        ],
    )


async def visible_class(session: AsyncSession, caller: Caller, class_id: UUID) -> str:
    """The name of a class of which the caller reads `contact`; 404 otherwise."""
    name = await repository.class_named(session, caller.school_id, class_id)
    if name is None or not caller.may("read", CONTACT, class_id):
        raise ClassNotFound
    return name


async def scan(session: AsyncSession, caller: Caller, keyring: Keyring, scan_id: UUID) -> tuple[ConsentScan, bytes]:
    """A signed paper and its content, for who reads `contact` of that student."""
    found = await repository.scan_of(session, caller.school_id, scan_id)
    if found is None:
        raise ScanNotFound
    student = await session.get_one(Student, (caller.school_id, found.student_id))
    if not caller.may("read", CONTACT, student.class_id, student.id):
        raise ScanNotFound
    return found, keyring.decrypt_bytes(await repository.scan_cipher(session, caller.school_id, scan_id), SCAN, scan_id)


async def of_family(session: AsyncSession, caller: Caller, *, is_english: bool) -> FamilyConsents:
    """The caller's own children, and what is asked about each."""
    children = await children_of(session, caller)
    rows = await repository.events_of(session, caller.school_id, [child.id for child in children])
    return FamilyConsents(
        children=[
            await _child(session, caller, child, [r[0] for r in rows if r[0].student_id == child.id], is_english) for child in children
        ]
    )


async def own_words(session: AsyncSession, caller: Caller, student_id: UUID) -> list[OwnWord]:
    """All that this guardian ever said about an own child, with the words it was said to; nothing of what others said."""
    child = await child_of(session, caller, student_id)
    if caller.person_id is None:
        return []
    return [
        OwnWord(
            purpose=event.purpose,
            name=purpose(event.purpose).zh,
            action=event.action,
            how=event.how,
            happened_on=event.happened_on,
            text_number=event.text_number,
            text=body,
        )
        for event, body in await repository.words_of_guardian(session, caller.school_id, child.id, caller.person_id)
    ]


async def _child(session: AsyncSession, caller: Caller, child: Student, events: Sequence[ConsentEvent], is_english: bool) -> FamilyChild:
    day = today()
    states = await repository.states_of(session, caller.school_id, child.id, list(purposes()), day)
    texts = await in_force(session, caller.school_id)
    speakers = {one.id for one in await repository.consenters(session, caller.school_id, child.id, day)}
    # Whoever is kept from the child is not mentioned to the others, either.
    known = [e for e in events if e.guardian_id is None or e.guardian_id in speakers]
    return FamilyChild(
        student_id=child.id,
        name=child.name,
        class_name=await repository.class_named(session, caller.school_id, child.class_id) if child.class_id else None,
        decides_alone=decides_alone(child.birth_on, day),
        purposes=[
            FamilyPurpose(
                purpose=one.code,  # type: ignore[arg-type]
                name=one.en if is_english else one.zh,
                is_gate=one.is_gate,
                text=texts[one.code].body,
                text_number=texts[one.code].number,
                state=states[one.code],  # type: ignore[arg-type]
                mine=_own_word(caller, known, one.code),
                events=[_family_event(caller, e) for e in known if e.purpose == one.code],
            )
            for one in purposes().values()
        ],
    )


def _own_word(caller: Caller, events: Sequence[ConsentEvent], purpose: str) -> Any:
    return next((e.action for e in events if e.purpose == purpose and e.guardian_id == caller.person_id), None)


def _family_event(caller: Caller, event: ConsentEvent) -> FamilyEvent:
    who = "pupil" if event.guardian_id is None else "me" if event.guardian_id == caller.person_id else "other_guardian"
    return FamilyEvent(
        action=event.action,  # type: ignore[arg-type]
        how=event.how,  # type: ignore[arg-type]
        text_number=event.text_number,
        who=who,  # type: ignore[arg-type]
        happened_on=event.happened_on,
    )


def _since(purpose: str, state: str, events: Sequence[ConsentEvent]) -> Any:
    action = "withdrawn" if state == "withdrawn" else "given"
    return next((e.happened_on for e in events if e.purpose == purpose and e.action == action), None) if state != "missing" else None


def _event(event: ConsentEvent, name: str | None, relation: str | None, recorded_by: str | None, *, student: Student) -> ConsentEventShown:
    return ConsentEventShown(
        id=event.id,
        purpose=event.purpose,  # type: ignore[arg-type]
        action=event.action,  # type: ignore[arg-type]
        how=event.how,  # type: ignore[arg-type]
        text_number=event.text_number,
        guardian_id=event.guardian_id,
        by=name or student.name,
        relation=relation,
        happened_on=event.happened_on,
        informed_on=event.informed_on,
        recorded_at=event.recorded_at,
        recorded_by=recorded_by,
        scan_id=event.scan_id,
    )
