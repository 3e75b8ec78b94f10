"""Queries of data requests."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account
from nuanyang.access.actors import Caller
from nuanyang.casework.data_requests import policy
from nuanyang.casework.data_requests.models import DataRequest
from nuanyang.casework.data_requests.rules import DEFAULT_DAYS
from nuanyang.kit.ids import new_id
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.guardians.models import Guardian, StudentGuardian
from nuanyang.school.schools.models import SchoolSettings
from nuanyang.school.students.models import Student, StudentContact

TERM_KEY = "data_request_days"


async def term_days(session: AsyncSession, school_id: UUID) -> int:
    """The school's own term, or the legal default."""
    statement = select(SchoolSettings.value).where(SchoolSettings.school_id == school_id, SchoolSettings.key == TERM_KEY)
    value = await session.scalar(statement)
    return value if isinstance(value, int) and value > 0 else DEFAULT_DAYS


async def set_term_days(session: AsyncSession, school_id: UUID, days: int) -> None:
    """Keep the school's own term."""
    statement = insert(SchoolSettings).values({"school_id": school_id, "id": new_id(), "key": TERM_KEY, "value": days})
    await session.execute(statement.on_conflict_do_update(index_elements=["school_id", "key"], set_={"value": statement.excluded.value}))


async def asked_since(session: AsyncSession, caller: Caller, since: datetime) -> int:
    """How many requests this guardian has made since then."""
    statement = select(func.count()).select_from(DataRequest)
    statement = statement.where(DataRequest.school_id == caller.school_id, DataRequest.guardian_id == caller.person_id)
    return int(await session.scalar(statement.where(DataRequest.created_at >= since)) or 0)


async def own(session: AsyncSession, caller: Caller, student_ids: Sequence[UUID]) -> Sequence[Any]:
    """The guardian's own requests about these children with the child's name, the latest first."""
    r = DataRequest
    statement = (
        select(r, Student.name)
        .join(Student, (Student.school_id == r.school_id) & (Student.id == r.student_id))
        .where(r.school_id == caller.school_id, r.guardian_id == caller.person_id, r.student_id.in_(student_ids))
    )
    return (await session.execute(statement.order_by(r.id.desc()).limit(100))).all()


def _queue(caller: Caller) -> Any:
    r = DataRequest
    return (
        select(r, Student, SchoolClass.name, Guardian.name)
        .join(Student, (Student.school_id == r.school_id) & (Student.id == r.student_id))
        .outerjoin(SchoolClass, (SchoolClass.school_id == Student.school_id) & (SchoolClass.id == Student.class_id))
        .join(Guardian, (Guardian.school_id == r.school_id) & (Guardian.id == r.guardian_id))
        .where(r.school_id == caller.school_id, policy.visible(caller))
    )


async def page(
    session: AsyncSession,
    caller: Caller,
    *,
    states: Sequence[str],
    is_waiting: bool,
    overdue_on: date | None,
    after: tuple[date, UUID] | None,
    limit: int,
) -> Sequence[Any]:
    """(request, student, class, guardian) by the end of the term."""
    r, statement = DataRequest, _queue(caller)
    if states:
        statement = statement.where(r.state.in_(states))
    if is_waiting:
        statement = statement.where(policy.waiting(caller))
    if overdue_on is not None:
        statement = statement.where(r.due_on < overdue_on, r.state.in_(("open", "in_hand", "awaiting_approval")))
    if after is not None:
        statement = statement.where(tuple_(r.due_on, r.id) > tuple_(*after))
    rows: Sequence[Any] = (await session.execute(statement.order_by(r.due_on, r.id).limit(limit))).all()
    return rows


async def one(session: AsyncSession, caller: Caller, request_id: UUID, *, is_locked: bool = False) -> Any:
    """One of them; with `is_locked` nobody else decides it meanwhile."""
    statement = _queue(caller).where(DataRequest.id == request_id)
    if is_locked:
        statement = statement.with_for_update(of=DataRequest).execution_options(populate_existing=True)
    return (await session.execute(statement)).one_or_none()


async def count_waiting(session: AsyncSession, caller: Caller) -> int:
    """How many wait for the caller."""
    statement = select(func.count()).select_from(DataRequest)
    return int(await session.scalar(statement.where(DataRequest.school_id == caller.school_id, policy.waiting(caller))) or 0)


async def names(session: AsyncSession, accounts: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The names of accounts."""
    ids = {account for account in accounts if account is not None}
    return {row.id: row.display_name for row in await session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids)))}


async def relation(session: AsyncSession, request: DataRequest) -> str:
    """How the guardian is related to the child."""
    statement = select(StudentGuardian.relation).where(
        StudentGuardian.school_id == request.school_id,
        StudentGuardian.student_id == request.student_id,
        StudentGuardian.guardian_id == request.guardian_id,
    )
    return await session.scalar(statement) or "other"


async def record_of(session: AsyncSession, request: DataRequest, record: str) -> Any:
    """The row that a correction or an erasure is written into."""
    if record == "guardian":
        return await session.get(Guardian, (request.school_id, request.guardian_id))
    kept: type[Any] = StudentContact if record == "contact" else Student
    return await session.get(kept, (request.school_id, request.student_id))
