"""Statements: terms, runs, holds. What is due and what happens to it only functions of the database say and do (migration 0047)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account
from nuanyang.casework.dossiers.models import Dossier
from nuanyang.casework.retention.models import LegalHold, RetentionClass, RetentionItem, RetentionRule, RetentionRun
from nuanyang.school.students.models import Student

Mark = tuple[Any, UUID] | None
_TERMS = text("select data_class, action, years, rule_id from retention_terms()")
_DUE = text("select student_id, left_on, due_on, data_classes from retention_due(:until) order by due_on, student_id")
_PREVIEW = text("select retention_preview(:run, :student, :left_on, :due_on, :classes)")
_APPLY = text("select retention_apply(:item)")
_UNDATED = text(
    "select count(*) from students where school_id = :school and status in ('graduated', 'transferred_out', 'deceased') and left_on(id) is null"
)


async def terms(session: AsyncSession) -> dict[str, Any]:
    """The rule in force of each class: (data_class, action, years, rule_id)."""
    return {row.data_class: row for row in await session.execute(_TERMS)}


async def classes(session: AsyncSession) -> Sequence[RetentionClass]:
    """The classes with their defaults and bounds."""
    return (await session.scalars(select(RetentionClass).order_by(RetentionClass.position))).all()


async def open_proposals(session: AsyncSession, school_id: UUID) -> dict[str, RetentionRule]:
    """What waits for a second person, by class."""
    statement = select(RetentionRule).where(
        RetentionRule.school_id == school_id, RetentionRule.approved_at.is_(None), RetentionRule.withdrawn_at.is_(None)
    )
    return {row.data_class: row for row in await session.scalars(statement)}


async def rules(session: AsyncSession, school_id: UUID, ids: Iterable[UUID]) -> dict[UUID, RetentionRule]:
    """Rules by id."""
    statement = select(RetentionRule).where(RetentionRule.school_id == school_id, RetentionRule.id.in_(list(ids)))
    return {row.id: row for row in await session.scalars(statement)}


async def names_of(session: AsyncSession, accounts: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """What the accounts are called."""
    ids = {account for account in accounts if account is not None}
    rows = await session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


async def students_named(session: AsyncSession, school_id: UUID, students: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The names of students."""
    ids = {student for student in students if student is not None}
    rows = await session.execute(select(Student.id, Student.name).where(Student.school_id == school_id, Student.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


# -- runs ----------------------------------------------------------------------------------------------


async def due(session: AsyncSession, until: date) -> Sequence[Any]:
    """(student_id, left_on, due_on, data_classes) of everybody with rows that fall due by a day."""
    return (await session.execute(_DUE, {"until": until})).all()


async def preview(
    session: AsyncSession, run_id: UUID, student_id: UUID | None, left_on: date | None, due_on: date, of_classes: Sequence[str]
) -> None:
    """Try it, take it back, and keep what it came to."""
    values = {"run": run_id, "student": student_id, "left_on": left_on, "due_on": due_on, "classes": list(of_classes)}
    await session.execute(_PREVIEW, values)


async def apply(session: AsyncSession, item_id: UUID) -> str:
    """Do it; answers the state it came to."""
    return str(await session.scalar(_APPLY, {"item": item_id}))


async def undated(session: AsyncSession, school_id: UUID) -> int:
    """How many have left with no day on record."""
    return int(await session.scalar(_UNDATED, {"school": school_id}) or 0)


async def files_to_close(session: AsyncSession, school_id: UUID, statuses: Sequence[str]) -> Sequence[Student]:
    """Students who have left and whose file is open."""
    statement = (
        select(Student)
        .join(Dossier, (Dossier.school_id == Student.school_id) & (Dossier.student_id == Student.id) & Dossier.closed_on.is_(None))
        .where(Student.school_id == school_id, Student.status.in_(statuses))
        .order_by(Student.id)
    )
    return (await session.scalars(statement)).all()


async def newest_shown(session: AsyncSession, school_id: UUID) -> RetentionRun | None:
    """The newest dry run that is finished."""
    statement = select(RetentionRun).where(RetentionRun.school_id == school_id, RetentionRun.shown_at.is_not(None))
    return (await session.scalars(statement.order_by(RetentionRun.shown_at.desc(), RetentionRun.id.desc()).limit(1))).one_or_none()


async def runs(session: AsyncSession, school_id: UUID, after: tuple[datetime, UUID] | None, limit: int) -> Sequence[RetentionRun]:
    """Runs, the newest first."""
    statement = select(RetentionRun).where(RetentionRun.school_id == school_id)
    if after:
        statement = statement.where(tuple_(RetentionRun.created_at, RetentionRun.id) < after)
    return (await session.scalars(statement.order_by(RetentionRun.created_at.desc(), RetentionRun.id.desc()).limit(limit))).all()


async def items_of(session: AsyncSession, school_id: UUID, run_ids: Iterable[UUID]) -> Sequence[RetentionItem]:
    """Everything these runs show or did."""
    statement = select(RetentionItem).where(RetentionItem.school_id == school_id, RetentionItem.run_id.in_(list(run_ids)))
    return (await session.scalars(statement.order_by(RetentionItem.due_on, RetentionItem.id))).all()


async def students_of(
    session: AsyncSession, school_id: UUID, run_id: UUID, after: tuple[date, UUID] | None, limit: int
) -> list[tuple[RetentionItem, str]]:
    """Students of a run with their names."""
    statement = (
        select(RetentionItem, Student.name)
        .join(Student, (Student.school_id == RetentionItem.school_id) & (Student.id == RetentionItem.student_id))
        .where(RetentionItem.school_id == school_id, RetentionItem.run_id == run_id)
    )
    if after:
        statement = statement.where(tuple_(RetentionItem.due_on, RetentionItem.id) > after)
    rows = await session.execute(statement.order_by(RetentionItem.due_on, RetentionItem.id).limit(limit))
    return [(item, name) for item, name in rows]


# -- holds ---------------------------------------------------------------------------------------------


async def holds(session: AsyncSession, school_id: UUID, after: tuple[datetime, UUID] | None, limit: int) -> Sequence[LegalHold]:
    """Holds, the newest first."""
    statement = select(LegalHold).where(LegalHold.school_id == school_id)
    if after:
        statement = statement.where(tuple_(LegalHold.created_at, LegalHold.id) < after)
    return (await session.scalars(statement.order_by(LegalHold.created_at.desc(), LegalHold.id.desc()).limit(limit))).all()


async def standing_hold(session: AsyncSession, school_id: UUID, student_id: UUID | None) -> LegalHold | None:
    """The hold of exactly this student, or of everybody."""
    statement = select(LegalHold).where(
        LegalHold.school_id == school_id, LegalHold.lifted_at.is_(None), LegalHold.student_id.is_not_distinct_from(student_id)
    )
    return (await session.scalars(statement.limit(1))).one_or_none()


async def count_holds(session: AsyncSession, school_id: UUID) -> int:
    """How many stand."""
    statement = select(func.count()).where(LegalHold.school_id == school_id, LegalHold.lifted_at.is_(None))
    return int((await session.execute(statement)).scalar_one())
