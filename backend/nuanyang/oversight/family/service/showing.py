"""Putting together what a family may know, and recording what of it is recorded."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import saw
from nuanyang.access.walls import beyond
from nuanyang.casework.data_requests.service.asking import requests_about
from nuanyang.oversight.family import repository
from nuanyang.oversight.family.rules import KIND_OF, Summary, is_record_told, summary_of
from nuanyang.oversight.family.schemas import (
    Absences,
    ChildAcademic,
    ChildBasic,
    ChildContact,
    ChildExam,
    ChildExport,
    Children,
    ChildResult,
    ChildRow,
    ChildShown,
    MyPlan,
    OtherGuardian,
    OwnDetails,
    PlannedAim,
    PlannedDoing,
    PlanSummary,
    SupportGiven,
)
from nuanyang.oversight.family.service.papers import cover_of
from nuanyang.school.consents.service.showing import own_words
from nuanyang.school.guardians.children import child_of, children_of
from nuanyang.school.students.models import Student

HERE = frozenset({"enrolled", "suspended"})
PLAIN = frozenset({"basic", "contact", "academic"})


async def children(session: AsyncSession, caller: Caller) -> Children:
    """The own children."""
    found = await children_of(session, caller)
    names = await repository.class_names(session, caller, found)
    rows = [
        ChildRow(
            id=one.id,
            name=one.name,
            grade=one.grade,
            class_name=names.get(one.class_id) if one.class_id else None,
            is_at_school=one.status in HERE,
        )
        for one in found
    ]
    return Children(school=await repository.school_name(session, caller), items=rows)


async def child(session: AsyncSession, caller: Caller, student_id: UUID) -> ChildShown:
    """One own child."""
    shown, classes = await _child(session, caller, student_id)
    await saw(session, caller, [student_id], classes)
    return shown


async def export(session: AsyncSession, caller: Caller, student_id: UUID, form: Literal["json", "pdf"]) -> ChildExport:
    """All of it with a cover, and what the reader consented to and asked about it. That a copy leaves is recorded whatever it holds."""
    shown, classes = await _child(session, caller, student_id)
    asked = [(row, kind) for row, kind in await requests_about(session, caller, [student_id]) if row.student_id == student_id]
    await saw(session, caller, [student_id], classes | {data_class for _, data_class in asked}, is_always=True, export=form)
    return ChildExport(
        format="nuanyang.child-export/1",
        cover=cover_of(caller),
        child=shown,
        consents=await own_words(session, caller, student_id),
        requests=[row for row, _ in asked],
    )


async def _child(session: AsyncSession, caller: Caller, student_id: UUID) -> tuple[ChildShown, set[str]]:
    """The child, and the classes of data that are shown of it."""
    student = await child_of(session, caller, student_id)
    is_protected = await repository.is_protected(session, student_id)
    async with beyond(session, "family"):  # what the rules pick from is not the family's to read
        plan = await repository.plan_in_force(session, caller, student_id)
        records = await repository.records(session, caller, student_id)
    summary = summary_of(plan, is_protected=is_protected) if plan else None
    told = [(held_on, record) for held_on, record in records if is_record_told(record, is_protected=is_protected)]
    classes = PLAIN | {record.data_class for _, record in told} | _classes(summary)
    shown = ChildShown(
        id=student.id,
        school=await repository.school_name(session, caller),
        basic=await _basic(session, caller, student),
        contact=await _contact(session, caller, student_id),
        academic=await _academic(session, caller, student_id),
        plan=_summary(summary),
        support=[SupportGiven(held_on=held_on, kind=KIND_OF[record.kind]) for held_on, record in told],
    )
    return shown, set(classes)


async def own_plan(session: AsyncSession, caller: Caller) -> MyPlan:
    """The signed-in student's own summary."""
    student = await session.get(Student, (caller.school_id, caller.person_id))
    if student is None:
        return MyPlan(plan=None)
    async with beyond(session, "family"):
        plan = await repository.plan_in_force(session, caller, student.id)
    if plan is None:
        return MyPlan(plan=None)
    # At home somebody may be looking over the shoulder: the child's own page tells no more than its family's.
    summary = summary_of(plan, is_protected=await repository.is_protected(session, student.id))
    await saw(session, caller, [student.id], _classes(summary))
    return MyPlan(plan=_summary(summary))


async def _basic(session: AsyncSession, caller: Caller, student: Student) -> ChildBasic:
    names = await repository.class_names(session, caller, [student])
    plain = {name: getattr(student, name) for name in ("name", "former_name", "sex", "birth_on", "student_number", "grade", "entered_on")}
    kept = await repository.record(session, caller, student.id)
    more: dict[str, Any] = {
        name: getattr(kept, name, None) for name in ("ethnicity", "nationality", "birthplace", "native_place", "boarding")
    }
    return ChildBasic(
        **plain,
        **more,
        class_name=names.get(student.class_id) if student.class_id else None,
        is_at_school=student.status in HERE,
        homeroom_teachers=list(await repository.homeroom_teachers(session, caller, student.class_id)),
    )


async def _contact(session: AsyncSession, caller: Caller, student_id: UUID) -> ChildContact:
    kept = await repository.contact(session, caller, student_id)
    people = await repository.guardians(session, caller, student_id)
    return ChildContact(
        **{name: getattr(kept, name, None) for name in ("phone", "address", "household_address", "mailing_address", "commute_by")},
        guardians=[OtherGuardian(name=one.name, relation=one.relation, is_me=one.id == caller.person_id) for one in people],
        mine=OwnDetails.model_validate(await repository.own_details(session, caller)),
    )


async def _academic(session: AsyncSession, caller: Caller, student_id: UUID) -> ChildAcademic:
    results = await repository.results(session, caller, student_id)
    away = await repository.attendance(session, caller, student_id)
    return ChildAcademic(exams=_exams(results), attendance=[Absences.model_validate(row) for row in away])


def _exams(rows: Sequence[Any]) -> list[ChildExam]:
    exams = []
    for _, group in groupby(rows, key=lambda row: row.id):
        of_exam = list(group)
        first = of_exam[0]
        subjects = [ChildResult.model_validate(row) for row in of_exam]
        exams.append(ChildExam(name=first.name, kind=first.kind, held_on=first.held_on, term=first.term, subjects=subjects))
    return exams


def _classes(told: Summary | None) -> set[str]:
    """The classes of data that a summary tells of; an offer to talk tells that somebody looks after the child's mind."""
    if told is None:
        return set()
    return {aim.data_class for aim in told.aims} | ({"wellbeing"} if told.is_talk_offered else set())


def _summary(told: Summary | None) -> PlanSummary | None:
    if told is None:
        return None
    aims = [
        PlannedAim(area=aim.area, statement=aim.statement, due_on=aim.due_on, doing=[PlannedDoing.model_validate(one) for one in aim.doing])
        for aim in told.aims
    ]
    return PlanSummary(starts_on=told.starts_on, ends_on=told.ends_on, letter=told.letter, aims=aims, is_talk_offered=told.is_talk_offered)
