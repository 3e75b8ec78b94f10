"""Recording a yes or a no: by staff after a paper or a talk, by guardians themselves."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.kit.clock import today
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.errors import FieldError, Forbidden, Invalid
from nuanyang.kit.ids import new_id
from nuanyang.school.consents import repository
from nuanyang.school.consents.errors import AlreadySaid, OwnAge, ScanRefused, TextChanged, TooYoung
from nuanyang.school.consents.models import SCAN, ConsentEvent, ConsentScan
from nuanyang.school.consents.rules import decides_alone, scan_kind
from nuanyang.school.consents.schemas import ConsentInput, FamilyChoice, OwnChoice
from nuanyang.school.consents.service.texts import kept_number
from nuanyang.school.guardians.children import child_of
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import visible_student


def may_record(caller: Caller, student: Student) -> bool:
    """Whether the caller records consents for this student."""
    return caller.duty_scope("record_consent").covers(student.class_id, student.id)


async def recordable(session: AsyncSession, caller: Caller, student_id: UUID) -> Student:
    """The student, if the caller records consents for them."""
    student = await visible_student(session, caller, student_id)
    if not may_record(caller, student):
        raise Forbidden
    return student


async def consenters(session: AsyncSession, school_id: UUID, student_id: UUID) -> Sequence[Any]:
    """(guardian's id, name, relation) of those who speak for the child today, in their order."""
    return await repository.consenters(session, school_id, student_id, today())


async def keep_scan(session: AsyncSession, caller: Caller, keyring: Keyring, student_id: UUID, content: bytes) -> ConsentScan:
    """Take in a signed paper; what it is says its content, not its name."""
    student = await recordable(session, caller, student_id)
    kind = scan_kind(content)
    if kind is None:
        raise ScanRefused
    scan_id = new_id()
    cipher = keyring.encrypt_bytes(content, SCAN, scan_id)
    scan = ConsentScan(
        school_id=caller.school_id,
        id=scan_id,
        student_id=student.id,
        media_type=kind,
        content_cipher=cipher,
        created_by=caller.account_id,
    )
    session.add(scan)
    await session.flush()
    return scan


async def record(session: AsyncSession, caller: Caller, student_id: UUID, body: ConsentInput) -> None:
    """Write down what a guardian (from fourteen on the pupil) signed or said about one or several purposes: all or nothing."""
    student = await recordable(session, caller, student_id)
    errors = [*_errors(student, body)]
    speakers = {one.id for one in await repository.consenters(session, caller.school_id, student.id, today())}
    if body.guardian_id is not None and body.guardian_id not in speakers:
        errors.append(
            _wrong("guardian_id", "no_voice", "这位家长目前不能为该生作出同意。", "This guardian cannot consent for the student today.")
        )
    if body.scan_id is not None and await repository.scan_of(session, caller.school_id, body.scan_id, student.id) is None:
        errors.append(_wrong("scan_id", "unknown_scan", "没有这份扫描件，请重新上传。", "No such scan; please upload it again."))
    if errors:
        raise Invalid(errors=errors)
    # In one order everywhere: the database locks each purpose.
    for choice in sorted(body.choices, key=lambda one: one.purpose):
        row = ConsentEvent(
            school_id=caller.school_id,
            id=new_id(),
            student_id=student.id,
            purpose=choice.purpose,
            text_number=await kept_number(session, caller.school_id, choice.purpose),
            guardian_id=body.guardian_id,
            action=choice.action,
            how=body.how,
            scan_id=body.scan_id,
            happened_on=body.happened_on,
            informed_on=body.informed_on,
            recorded_by=caller.account_id,
        )
        session.add(row)
        await session.flush()


async def say(session: AsyncSession, caller: Caller, body: FamilyChoice) -> None:
    """A guardian's own yes or no; it counts at once."""
    child = await child_of(session, caller, body.student_id)
    if decides_alone(child.birth_on, today()) and body.action == "given":
        raise OwnAge
    await _said(session, caller, child, body, caller.person_id)


async def say_oneself(session: AsyncSession, caller: Caller, student: Student, body: OwnChoice) -> None:
    """The pupil's own yes or no, from fourteen on; it counts at once, and their guardians see it."""
    if not decides_alone(student.birth_on, today()):
        raise TooYoung
    await _said(session, caller, student, body, None)


async def _said(session: AsyncSession, caller: Caller, student: Student, body: FamilyChoice | OwnChoice, guardian_id: UUID | None) -> None:
    number = await kept_number(session, caller.school_id, body.purpose)
    if body.text_number != number:
        raise TextChanged
    last = await repository.last_word(session, caller.school_id, student.id, body.purpose, guardian_id)
    if last is not None and last.action == body.action and last.text_number == number:
        raise AlreadySaid
    row = ConsentEvent(
        school_id=caller.school_id,
        id=new_id(),
        student_id=student.id,
        purpose=body.purpose,
        text_number=number,
        guardian_id=guardian_id,
        action=body.action,
        how="portal",
        happened_on=today(),
        recorded_by=caller.account_id,
    )
    session.add(row)
    await session.flush()


def _errors(student: Student, body: ConsentInput) -> Iterator[FieldError]:
    day = today()
    gives = any(choice.action == "given" for choice in body.choices)
    if len({choice.purpose for choice in body.choices}) < len(body.choices):
        yield _wrong("choices", "twice", "同一事项只能选一次。", "Each purpose once only.")
    if body.happened_on > day:
        yield _wrong("happened_on", "in_future", "日期不能晚于今天。", "The day lies in the future.")
    if body.guardian_id is None and not decides_alone(student.birth_on, day):
        yield _wrong("guardian_id", "missing", "该生未满十四周岁，请选择作出同意的监护人。", "Under fourteen a guardian consents.")
    if body.guardian_id is not None and gives and decides_alone(student.birth_on, body.happened_on):
        yield _wrong(
            "guardian_id", "own_age", "该生已满十四周岁，由本人同意并告知监护人。", "From fourteen on the pupil consents themself."
        )
    if body.guardian_id is None and gives and body.informed_on is None:
        yield _wrong("informed_on", "missing", "请填写告知监护人的日期。", "Say when a guardian was informed.")
    if body.informed_on is not None and body.informed_on > day:
        yield _wrong("informed_on", "in_future", "日期不能晚于今天。", "The day lies in the future.")
    if body.how == "paper" and gives and body.scan_id is None:
        yield _wrong("scan_id", "missing", "请上传签字的同意书。", "Upload the signed paper.")


def _wrong(field: str, code: str, zh: str, en: str) -> FieldError:
    return FieldError(f"#/{field}", code, zh, en)
