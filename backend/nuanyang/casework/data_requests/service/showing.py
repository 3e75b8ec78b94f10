"""The queue and one request as the school sees them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.casework.data_requests import policy, repository
from nuanyang.casework.data_requests.errors import RequestNotFound
from nuanyang.casework.data_requests.models import DataRequest
from nuanyang.casework.data_requests.rules import FIELDS, days_left, is_open, is_overdue, outcomes_of
from nuanyang.casework.data_requests.schemas import RequestRow, RequestShown, RequestStudent
from nuanyang.casework.data_requests.service.asking import parts_shown
from nuanyang.kit.clock import today


async def queue(
    session: AsyncSession,
    caller: Caller,
    *,
    states: Sequence[str],
    is_waiting: bool,
    is_overdue_only: bool,
    after: tuple[date, UUID] | None,
    limit: int,
) -> list[RequestRow]:
    """One row more than asked for, where there is one."""
    found = await repository.page(
        session,
        caller,
        states=states,
        is_waiting=is_waiting,
        overdue_on=today() if is_overdue_only else None,
        after=after,
        limit=limit + 1,
    )
    names = await repository.names(session, [row.taken_by for row, *_ in found])
    await showed(session, caller, ((row.student_id, row.data_class) for row, *_ in found[:limit]))
    return [RequestRow(**_row(one, names)) for one in found]


async def one(session: AsyncSession, caller: Caller, request_id: UUID, *, is_english: bool) -> RequestShown:
    """One request; that it was read is recorded where its class is."""
    found = await repository.one(session, caller, request_id)
    if found is None:
        raise RequestNotFound
    row: DataRequest = found[0]
    await session.refresh(row)
    names = await repository.names(session, [row.taken_by, row.prepared_by, row.approved_by])
    await showed(session, caller, [(row.student_id, row.data_class)])
    plain = {
        name: getattr(row, name)
        for name in ("wanted", "said", "outcome", "ground", "reason", "prepared_at", "returned_reason", "decided_at")
    }
    return RequestShown(
        **_row(found, names),
        **plain,
        relation=await repository.relation(session, row),
        recorded=await _recorded(session, row),
        parts=parts_shown(row, is_english=is_english),
        outcomes=list(outcomes_of(row.kind, row.field, row.parts)),
        prepared_by=names.get(row.prepared_by),
        approved_by=names.get(row.approved_by),
        may_answer=row.desk in policy.desks(caller) and is_open(row.state),
        may_approve=caller.has_duty("approve_erasure") and row.state == "awaiting_approval" and row.prepared_by != caller.account_id,
    )


def _row(found: Any, names: dict[UUID | None, str]) -> dict[str, Any]:
    row, student, class_name, guardian_name = found
    day = today()
    plain = {name: getattr(row, name) for name in ("id", "version", "kind", "field", "state", "desk", "due_on")}
    return plain | {
        "student": RequestStudent(id=student.id, name=student.name, class_name=class_name),
        "guardian_name": guardian_name,
        "asked_at": row.created_at,
        "days_left": days_left(row.due_on, day),
        "is_overdue": is_overdue(row.state, row.due_on, day),
        "taken_by": names.get(row.taken_by),
    }


async def _recorded(session: AsyncSession, row: DataRequest) -> str | None:
    """What stands in the record now, beside what is said to be right."""
    record = FIELDS[row.field].record if row.field else None
    kept = await repository.record_of(session, row, record) if record else None
    value = getattr(kept, "name" if row.field == "my_name" else str(row.field), None)
    return str(value) if value is not None else None
