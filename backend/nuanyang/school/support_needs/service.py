"""Entering, correcting and ending what teachers are told of a child instead of a diagnosis."""

from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import expect_version
from nuanyang.kit.clock import now, today
from nuanyang.kit.db.refusals import constraint_of
from nuanyang.kit.errors import invalid
from nuanyang.kit.ids import new_id
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import demand, visible_student
from nuanyang.school.support_needs import repository
from nuanyang.school.support_needs.errors import SupportNeedEnded, SupportNeedNotFound, SupportNeedStands, TooManySupportNeeds
from nuanyang.school.support_needs.models import SupportNeed
from nuanyang.school.support_needs.rules import MOST, SUGGESTED, diagnosis_in, state_of
from nuanyang.school.support_needs.schemas import SupportNeedInput, SupportNeedPatch, SupportNeeds, SupportNeedShown

CLASS = "support_needs"


async def needs_of(session: AsyncSession, caller: Caller, student_id: UUID) -> SupportNeeds:
    """The needs of one student."""
    student = await _student(session, caller, student_id, "read")
    rows = await repository.needs_of(session, caller.school_id, student_id)
    items = sorted((_shown(*row) for row in rows), key=lambda one: one.state != "in_force")
    standing = {one.sentence for one in items if one.state != "ended"}
    may_write = caller.may("write", CLASS, student.class_id, student.id)
    return SupportNeeds(items=items, suggested=[s for s in SUGGESTED if s not in standing] if may_write else [], may_write=may_write)


async def record(session: AsyncSession, caller: Caller, student_id: UUID, body: SupportNeedInput) -> SupportNeedShown:
    """Enter a need."""
    await _student(session, caller, student_id, "write")
    _expect_functional(body.sentence)
    _expect_to_come(body.until_on)
    if await repository.standing(session, caller.school_id, student_id) >= MOST:
        raise TooManySupportNeeds
    need = SupportNeed(school_id=caller.school_id, id=new_id(), student_id=student_id, created_by=caller.account_id, **body.model_dump())
    session.add(need)
    return await _kept(session, need)


async def correct(session: AsyncSession, caller: Caller, need_id: UUID, version: int, patch: SupportNeedPatch) -> SupportNeedShown:
    """Correct the sentence or the last day of a need that stands."""
    need = await _standing_need(session, caller, need_id, version)
    if "sentence" in patch.model_fields_set:
        _expect_functional(patch.sentence)
    if "until_on" in patch.model_fields_set and patch.until_on != need.until_on:
        _expect_to_come(patch.until_on)
    for name, value in patch.model_dump(exclude_unset=True).items():
        setattr(need, name, value)
    return await _kept(session, need)


async def end(session: AsyncSession, caller: Caller, need_id: UUID, version: int) -> SupportNeedShown:
    """It is no longer needed; it stays readable among those that are over."""
    need = await _standing_need(session, caller, need_id, version)
    need.ended_at, need.ended_by = now(), caller.account_id
    return await _kept(session, need)


async def _student(session: AsyncSession, caller: Caller, student_id: UUID, action: str) -> Student:
    student = await visible_student(session, caller, student_id)
    demand(caller, student, action, CLASS)
    return student


async def _standing_need(session: AsyncSession, caller: Caller, need_id: UUID, version: int) -> SupportNeed:
    need = await repository.need(session, caller.school_id, need_id)
    if need is None:
        raise SupportNeedNotFound
    await _student(session, caller, need.student_id, "write")
    expect_version(version, need.version)
    if need.ended_at is not None:
        raise SupportNeedEnded
    return need


async def _kept(session: AsyncSession, need: SupportNeed) -> SupportNeedShown:
    student_id = need.student_id
    try:
        await session.flush()
    except IntegrityError as twin:
        if constraint_of(twin) != "uq_support_needs_standing":
            raise
        raise SupportNeedStands from twin
    rows = await repository.needs_of(session, need.school_id, student_id)
    return next(_shown(*row) for row in rows if row[0].id == need.id)


def _expect_functional(sentence: str) -> None:
    if told := diagnosis_in(sentence):
        raise invalid(
            "#/sentence",
            "names_a_diagnosis",
            f"请只写老师要怎样做（如“前排就座”），不写病名或诊断：“{told}”。",
            f"Say what teachers do (“seat in front”), not what the child has: “{told}”.",
        )


def _expect_to_come(until_on: date | None) -> None:
    if until_on is not None and until_on < today():
        raise invalid("#/until_on", "in_the_past", "截止日期不能早于今天。", "The last day cannot lie in the past.")


def _shown(need: SupportNeed, recorded_by: str | None) -> SupportNeedShown:
    return SupportNeedShown(
        id=need.id,
        version=need.version,
        student_id=need.student_id,
        sentence=need.sentence,
        until_on=need.until_on,
        state=state_of(need.until_on, is_ended=need.ended_at is not None, day=today()),
        recorded_at=need.created_at,
        recorded_by=recorded_by,
        ended_at=need.ended_at,
    )
