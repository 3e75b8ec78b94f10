"""Queries of proposals and cases. Every one carries school, scope and what is withheld."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from nuanyang.access.actors import Caller
from nuanyang.casework.recognition import policy
from nuanyang.casework.recognition.models import Proposal, Recognition, RecognitionStep, RuleSet
from nuanyang.casework.recognition.schemas import StudentBrief
from nuanyang.kit.clock import today
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.students.models import Student
from nuanyang.school.years.models import SchoolYear


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of the two lists; None: not asked for."""

    student_id: UUID | None = None
    category: str | None = None
    support_level: str | None = None
    state: str | None = None
    grade: int | None = None
    class_id: UUID | None = None
    q: str | None = None
    is_due: bool = False
    check_due_since: tuple[UUID, date] | None = None  # (term, its first day)
    renewal_due_in: UUID | None = None  # the school year


def brief(student: Student, class_name: str | None) -> StudentBrief:
    """Enough of `basic` for a row."""
    return StudentBrief(
        id=student.id, name=student.name, class_id=student.class_id, class_name=class_name, grade=student.grade, sex=student.sex
    )


def _filtered(statement: Select[Any], caller: Caller, model: type[Proposal] | type[Recognition], filters: Filters) -> Select[Any]:
    for name in ("student_id", "category", "support_level", "state"):
        value = getattr(filters, name)
        if value is not None:
            statement = statement.where(getattr(model, name) == value)
    if filters.is_due:
        statement = statement.where(policy.due(caller) if model is Recognition else policy.within_rights(caller, model, policy.OPENS))
    if filters.check_due_since is not None:
        statement = statement.where(_unchecked(*filters.check_due_since), policy.within_rights(caller, model, policy.CLOSES))
    if filters.renewal_due_in is not None:
        statement = statement.where(_unrenewed(filters.renewal_due_in), policy.within_rights(caller, model, policy.OPENS))
    if filters.grade is not None:
        statement = statement.where(Student.grade == filters.grade)
    if filters.class_id is not None:
        statement = statement.where(Student.class_id == filters.class_id)
    if filters.q:
        needle = filters.q.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        statement = statement.where(
            or_(Student.name.like(f"%{needle}%"), Student.pinyin.like(f"{needle}%"), Student.initials.like(f"{needle}%"))
        )
    return statement


def _unchecked(term_id: UUID, since: date) -> ColumnElement[bool]:
    checked = exists().where(
        RecognitionStep.school_id == Recognition.school_id,
        RecognitionStep.recognition_id == Recognition.id,
        RecognitionStep.step == "term_check",
        RecognitionStep.term_id == term_id,
    )
    return and_(Recognition.state == "recognised", Recognition.recognised_on < since, Recognition.valid_to >= today(), ~checked)


def _unrenewed(year_id: UUID) -> ColumnElement[bool]:
    """Lapsed with its school year, of a student who is still here, and this year nobody has opened it again: that is to be decided, too."""
    anew = aliased(Recognition)
    opened = exists().where(
        anew.school_id == Recognition.school_id,
        anew.student_id == Recognition.student_id,
        anew.data_class == Recognition.data_class,
        anew.school_year_id == year_id,
    )
    newest = (
        select(SchoolYear.id)
        .where(SchoolYear.school_id == Recognition.school_id, SchoolYear.ends_on < today())
        .order_by(SchoolYear.ends_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    return and_(
        Recognition.state == "recognised",
        Recognition.valid_to < today(),
        Recognition.school_year_id == newest,
        Student.status.in_(("enrolled", "suspended")),
        ~opened,
    )


def _with_student(model: type[Proposal] | type[Recognition]) -> Select[Any]:
    students = (Student.school_id == model.school_id) & (Student.id == model.student_id)
    classes = (SchoolClass.school_id == Student.school_id) & (SchoolClass.id == Student.class_id)
    statement: Any = select(model, Student, SchoolClass.name)
    return cast("Select[Any]", statement.join(Student, students).outerjoin(SchoolClass, classes))


async def page(
    session: AsyncSession,
    caller: Caller,
    model: type[Proposal] | type[Recognition],
    filters: Filters,
    *,
    after: Sequence[object] | None,
    limit: int,
    count: bool,
) -> tuple[list[tuple[Any, Student, str | None]], int | None]:
    """One page, newest first (ids are in order of time), and the count if asked for."""
    allowed = policy.visible(caller, model)
    statement = _filtered(_with_student(model).where(model.school_id == caller.school_id, allowed), caller, model, filters)
    total = None
    if count:
        total = (await session.execute(select(func.count()).select_from(statement.order_by(None).subquery()))).scalar_one()
    if after is not None:
        statement = statement.where(model.id < UUID(str(after[0])))
    rows = (await session.execute(statement.order_by(model.id.desc()).limit(limit))).all()
    return [(r[0], r[1], r[2]) for r in rows], total


async def case(
    session: AsyncSession, caller: Caller, recognition_id: UUID, *, lock: bool = False
) -> tuple[Recognition, Student, str | None] | None:
    """One case in the caller's reach."""
    allowed = policy.visible(caller, Recognition)
    statement = _with_student(Recognition).where(Recognition.school_id == caller.school_id, Recognition.id == recognition_id, allowed)
    if lock:
        statement = statement.with_for_update(of=Recognition)
    row = (await session.execute(statement)).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


async def due_among(session: AsyncSession, caller: Caller, ids: Iterable[UUID]) -> set[UUID]:
    """Which of these cases await a decision of the caller."""
    statement = select(Recognition.id).join(Student, (Student.school_id == Recognition.school_id) & (Student.id == Recognition.student_id))
    return set(
        (
            await session.scalars(
                statement.where(Recognition.school_id == caller.school_id, Recognition.id.in_(list(ids)), policy.due(caller))
            )
        ).all()
    )


async def proposals(session: AsyncSession, caller: Caller, ids: Iterable[UUID]) -> dict[UUID, tuple[Proposal, Student, str | None]]:
    """Proposals in the caller's reach, by id, locked."""
    allowed = policy.visible(caller, Proposal)
    statement = (
        _with_student(Proposal)
        .where(Proposal.school_id == caller.school_id, Proposal.id.in_(list(ids)), allowed)
        .with_for_update(of=Proposal)
    )
    return {r[0].id: (r[0], r[1], r[2]) for r in (await session.execute(statement)).all()}


async def open_proposal(session: AsyncSession, caller: Caller, student_id: UUID, data_class: str) -> Proposal | None:
    """The open proposal of this class for a student, if the caller may know of it, locked."""
    statement = _with_student(Proposal).where(
        Proposal.school_id == caller.school_id,
        Proposal.student_id == student_id,
        Proposal.data_class == data_class,
        Proposal.state == "open",
        policy.visible(caller, Proposal),
    )
    row = (await session.execute(statement.with_for_update(of=Proposal))).one_or_none()
    return None if row is None else row[0]


async def is_running(
    session: AsyncSession, school_id: UUID, year_id: UUID, student_id: UUID, data_class: str, *, is_withheld: bool
) -> bool:
    """Whether the student has a running case of this class in this year; withheld ones and others do not know each other."""
    statement = select(Recognition.id).where(
        Recognition.school_id == school_id,
        Recognition.student_id == student_id,
        Recognition.data_class == data_class,
        Recognition.school_year_id == year_id,
        Recognition.state.not_in(("declined", "exited")),
        (func.cardinality(Recognition.withheld_from_staff_ids) > 0) == is_withheld,
    )
    return (await session.execute(statement.limit(1))).first() is not None


async def steps(session: AsyncSession, school_id: UUID, recognition_id: UUID) -> list[tuple[RecognitionStep, str]]:
    """The decisions of a case in order, with the deciders' names."""
    rows = await session.scalars(
        select(RecognitionStep)
        .where(RecognitionStep.school_id == school_id, RecognitionStep.recognition_id == recognition_id)
        .order_by(RecognitionStep.id)
    )
    found = rows.all()
    names = await account_names(session, {s.decided_by for s in found})
    return [(s, names.get(s.decided_by, "")) for s in found]


async def account_names(session: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Display names of accounts."""
    rows = await session.execute(text("select id, display_name from accounts where id = any(:ids)"), {"ids": list(ids)})
    return {r.id: r.display_name for r in rows}


async def rule_sets(session: AsyncSession, school_id: UUID) -> list[RuleSet]:
    """All versions of the school's rules, newest first."""
    return list((await session.scalars(select(RuleSet).where(RuleSet.school_id == school_id).order_by(RuleSet.number.desc()))).all())


async def rules_in_force(session: AsyncSession, school_id: UUID) -> RuleSet | None:
    """The adopted rule set."""
    return (await session.scalars(select(RuleSet).where(RuleSet.school_id == school_id, RuleSet.state == "adopted"))).one_or_none()


async def year_names(session: AsyncSession, school_id: UUID) -> dict[UUID, str]:
    """Names of the school's years."""
    rows = await session.execute(select(SchoolYear.id, SchoolYear.name).where(SchoolYear.school_id == school_id))
    return dict(rows.all())


async def complained_of(session: AsyncSession, school_id: UUID, year_id: UUID, student_id: UUID) -> list[UUID]:
    """The members of staff whom evidence of this student is about: they must not see what follows from it."""
    statement = text(
        "select about_staff_id from evidence where school_id = :school and school_year_id = :year and student_id = :student"
        " and about_staff_id is not null and withdrawn_at is null group by about_staff_id order by min(created_at), about_staff_id"
    )
    return list((await session.scalars(statement, {"school": school_id, "year": year_id, "student": student_id})).all())


async def classes_told(session: AsyncSession, school_id: UUID, year_id: UUID, student_id: UUID, category: str) -> set[str]:
    """The data classes of a student's evidence of a category."""
    statement = text(
        "select distinct data_class from evidence where school_id = :school and school_year_id = :year and student_id = :student"
        " and category = :category and withdrawn_at is null"
    )
    values = {"school": school_id, "year": year_id, "student": student_id, "category": category}
    return set((await session.scalars(statement, values)).all())


async def round_of(session: AsyncSession, school_id: UUID, recognition_id: UUID) -> int:
    """The present round of a case: it counts up whenever the case is sent back."""
    statement = select(func.count()).where(
        RecognitionStep.school_id == school_id, RecognitionStep.recognition_id == recognition_id, RecognitionStep.outcome == "return"
    )
    return int((await session.execute(statement)).scalar_one()) + 1


async def is_checked(session: AsyncSession, school_id: UUID, recognition_id: UUID, term_id: UUID) -> bool:
    """Whether this term's check was made (a case recognised within the term needs none)."""
    statement = select(RecognitionStep.id).where(
        RecognitionStep.school_id == school_id,
        RecognitionStep.recognition_id == recognition_id,
        RecognitionStep.step == "term_check",
        RecognitionStep.term_id == term_id,
    )
    return (await session.execute(statement.limit(1))).first() is not None
