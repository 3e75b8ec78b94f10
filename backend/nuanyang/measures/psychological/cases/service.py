"""Opening, handing over and closing counselling cases; rights follow the dates by themselves."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import RoleAssignment
from nuanyang.access.actors import Caller
from nuanyang.casework.handovers.service import ask_for_note
from nuanyang.kit.clock import today
from nuanyang.kit.db.refusals import constraint_of
from nuanyang.kit.errors import FieldError, Forbidden, invalid
from nuanyang.measures.psychological.cases import policy, repository
from nuanyang.measures.psychological.cases.errors import AlreadyCounsellor, CaseOpen, NoOpenCase, NotACounsellor, NotToOneself
from nuanyang.measures.psychological.cases.models import CounsellingCase
from nuanyang.measures.psychological.cases.repository import CASE_COUNSELLOR, OnCase
from nuanyang.school.consents.errors import ConsentMissing
from nuanyang.school.consents.service import Urgent, require
from nuanyang.school.students.models import Student

DAY = timedelta(days=1)


def may_open(caller: Caller) -> bool:
    """Whether the caller opens cases, for themselves or for a counsellor."""
    return policy.may_open(caller)


def may_hand_over(caller: Caller, student: Student) -> bool:
    """Whether the caller gives this student's case to another counsellor."""
    return policy.may_hand_over(caller, student)


async def cases_of(session: AsyncSession, school_id: UUID, student_id: UUID) -> Sequence[CounsellingCase]:
    """A student's cases, the newest first."""
    return await repository.cases_of(session, school_id, student_id)


async def people_on(session: AsyncSession, school_id: UUID, student_id: UUID) -> list[OnCase]:
    """Who counsels the student today or from a later day on, the counsellor before deputies."""
    return await repository.on_case(session, school_id, student_id, today())


async def counsellors(session: AsyncSession, school_id: UUID) -> list[tuple[UUID, str]]:
    """Whom a case can be given to: the counsellors of today, by account and name."""
    return await repository.counsellors(session, school_id, today())


async def open_case(
    session: AsyncSession, caller: Caller, student: Student, counsellor_id: UUID | None, *, urgent: Urgent | None = None
) -> CounsellingCase:
    """Open a case for a counsellor: oneself where nobody is named. Whom a colleague had before, one is given by others.

    Raises `ConsentMissing` while the family (from fourteen on the pupil) has not agreed to counselling; with `urgent` nothing waits.
    """
    if not policy.may_open(caller):
        raise Forbidden
    chosen = counsellor_id or caller.account_id
    await _demand_counsellor(session, caller, chosen, today())
    if await repository.lock_case(session, caller.school_id, student.id) is not None:
        raise CaseOpen
    before = await repository.assignments(session, caller.school_id, student.id)
    if chosen == caller.account_id and any(role.account_id != chosen for role in before):
        raise NotToOneself
    exemption_id = await require(session, caller, student.id, "counselling", urgent=urgent)
    case = CounsellingCase(
        school_id=caller.school_id, student_id=student.id, opened_on=today(), created_by=caller.account_id, exemption_id=exemption_id
    )
    session.add(case)
    try:
        await session.flush()
    except IntegrityError as twin:  # opened, or consent withdrawn, in the same instant
        raise (ConsentMissing if constraint_of(twin) == "consent_gate" else CaseOpen) from twin
    await _give(session, caller, student.id, chosen, today())
    return case


async def hand_over(session: AsyncSession, caller: Caller, student: Student, counsellor_id: UUID, on: date) -> RoleAssignment:
    """接手: another counsellor from a day on; the former's right, and what they lent of it, ends the day before. Answers the former's."""
    if not policy.may_hand_over(caller, student):
        raise Forbidden
    if on < today():
        raise invalid("#/from_on", "in_the_past", "交接日期不能早于今天。", "The day of the change lies in the past.")
    if await repository.lock_case(session, caller.school_id, student.id) is None:
        raise NoOpenCase
    await _demand_counsellor(session, caller, counsellor_id, on)
    if counsellor_id == caller.account_id:
        raise NotToOneself
    held = await repository.assignments(session, caller.school_id, student.id)
    former = next((role for role in held if role.valid_from <= today()), held[0])
    if former.account_id == counsellor_id:
        raise AlreadyCounsellor
    for role in held:
        if role.valid_from > today():
            _end(role, today() - DAY)  # another change was planned and does not come
    _end(former, on - DAY)
    await session.flush()
    await _give(session, caller, student.id, counsellor_id, on)
    ask_for_note(session, caller, student.id, CASE_COUNSELLOR, "clinical", former=former.account_id, successor=counsellor_id, on=on)
    await session.flush()
    return former


async def close_case(session: AsyncSession, caller: Caller, student: Student, outcome: str) -> CounsellingCase:
    """Close the case; what was written stays, and is nobody's own any more."""
    if not policy.may_hand_over(caller, student):
        raise Forbidden
    case = await repository.lock_case(session, caller.school_id, student.id)
    if case is None:
        raise NoOpenCase
    case.closed_on, case.outcome = today(), outcome
    for role in await repository.assignments(session, caller.school_id, student.id):
        if role.valid_to is None or role.valid_to >= today():
            _end(role, today() - DAY)
    await session.flush()
    return case


def _end(role: RoleAssignment, last_day: date) -> None:
    # What begins only later never begins: it ends with the day before its first.
    role.valid_from, role.valid_to = min(role.valid_from, last_day), last_day


async def _give(session: AsyncSession, caller: Caller, student_id: UUID, account_id: UUID, on: date) -> None:
    session.add(
        RoleAssignment(
            school_id=caller.school_id,
            account_id=account_id,
            role=CASE_COUNSELLOR,
            scope_kind="student",
            scope_id=student_id,
            valid_from=on,
            created_by=caller.account_id,
        )
    )
    await session.flush()


async def _demand_counsellor(session: AsyncSession, caller: Caller, account_id: UUID, day: date) -> None:
    if not await repository.is_counsellor(session, caller.school_id, account_id, day):
        raise NotACounsellor(errors=[FieldError("#/counsellor_id", NotACounsellor.code, NotACounsellor.zh, NotACounsellor.en)])
