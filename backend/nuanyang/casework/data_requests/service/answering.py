"""The school's side: take, answer, and for an erasure prepare and approve."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import expect_version
from nuanyang.casework.data_requests import policy, repository
from nuanyang.casework.data_requests.errors import PreparedByYou, RequestIsDecided, RequestNotFound
from nuanyang.casework.data_requests.models import DataRequest
from nuanyang.casework.data_requests.rules import FIELDS, PARTS, is_open, outcomes_of
from nuanyang.casework.data_requests.rules.catalogue import EMPTIED
from nuanyang.casework.data_requests.schemas import RequestAnswerInput
from nuanyang.kit.clock import now
from nuanyang.kit.errors import Forbidden, invalid
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import demand, visible_student, write_record


async def take(session: AsyncSession, caller: Caller, request_id: UUID) -> None:
    """Say that one works on it; a colleague of the same desk can take it over."""
    row = await _at_desk(session, caller, request_id)
    row.state, row.taken_by = "in_hand", caller.account_id
    await session.flush()


async def answer(session: AsyncSession, caller: Caller, request_id: UUID, seen_version: int, body: RequestAnswerInput) -> None:
    """Answer a request. A correction that is accepted is written into the record; an erasure goes on to whoever approves it."""
    row = await _at_desk(session, caller, request_id)
    expect_version(seen_version, row.version)
    if body.outcome not in outcomes_of(row.kind, row.field, row.parts):
        raise invalid("#/outcome", "outcome", "这项请求不能这样答复。", "This request cannot be answered so.")
    if body.outcome != "fulfilled" and (body.ground is None or body.reason is None):
        raise invalid(
            "#/reason", "reason", "不同意或部分同意的，须选择依据并写明理由。", "A refusal needs its ground and a reason in writing."
        )
    row.outcome, row.ground, row.reason = body.outcome, body.ground, body.reason
    row.taken_by = row.taken_by or caller.account_id
    row.prepared_by, row.prepared_at, row.returned_reason = caller.account_id, now(), None
    if row.kind == "erase":
        row.state = "awaiting_approval"
    else:
        if body.outcome == "fulfilled":
            await _correct(session, caller, row)
        row.state, row.decided_at = body.outcome, now()
    await session.flush()


async def approve(session: AsyncSession, caller: Caller, request_id: UUID, seen_version: int) -> None:
    """Approve what somebody else prepared; what nothing obliges the school to keep is gone with it."""
    row = await _to_approve(session, caller, request_id)
    expect_version(seen_version, row.version)
    if row.prepared_by == caller.account_id:
        raise PreparedByYou
    row.approved_by = caller.account_id
    if row.outcome in ("fulfilled", "partly"):
        await _erase(session, row)
    row.state, row.decided_at = row.outcome or "refused", now()
    await session.flush()


async def give_back(session: AsyncSession, caller: Caller, request_id: UUID, seen_version: int, reason: str) -> None:
    """Not as it is: back to the desk, with the reason for colleagues."""
    row = await _to_approve(session, caller, request_id)
    expect_version(seen_version, row.version)
    row.state, row.outcome, row.returned_reason = "in_hand", None, reason
    await session.flush()


async def _found(session: AsyncSession, caller: Caller, request_id: UUID) -> DataRequest:
    found = await repository.one(session, caller, request_id, is_locked=True)
    if found is None:
        raise RequestNotFound
    return found[0]  # type: ignore[no-any-return]


async def _at_desk(session: AsyncSession, caller: Caller, request_id: UUID) -> DataRequest:
    row = await _found(session, caller, request_id)
    if row.desk not in policy.desks(caller):
        raise Forbidden
    if not is_open(row.state):
        raise RequestIsDecided
    return row


async def _to_approve(session: AsyncSession, caller: Caller, request_id: UUID) -> DataRequest:
    row = await _found(session, caller, request_id)
    if row.state != "awaiting_approval":
        raise RequestIsDecided
    return row


async def _correct(session: AsyncSession, caller: Caller, row: DataRequest) -> None:
    """Write an accepted correction as any other change of the record; what has a page of its own is corrected there."""
    record = FIELDS[row.field].record if row.field else None
    if row.field is None or record is None:
        return
    student = await visible_student(session, caller, row.student_id)
    demand(caller, student, "write", FIELDS[row.field].data_class)
    if record == "guardian":
        guardian = await repository.record_of(session, row, record)
        guardian.name = row.wanted
    else:
        changes = {row.field: _value(row.field, row.wanted)}
        await write_record(session, student, changes if record == "basic" else {}, changes if record == "contact" else {})


def _value(field: str, wanted: str | None) -> object:
    return date.fromisoformat(wanted) if field == "birth_on" and wanted else wanted


async def _erase(session: AsyncSession, row: DataRequest) -> None:
    """Empty what may go. The record of changes keeps that it happened."""
    for part in row.parts:
        if not PARTS[part].is_erasable:
            continue
        record, columns = EMPTIED[part]
        if record == "contact":
            student = await session.get_one(Student, (row.school_id, row.student_id))
            await write_record(session, student, {}, dict.fromkeys(columns))
        else:
            kept = await repository.record_of(session, row, record)
            for column in columns:
                setattr(kept, column, None)
    row.erased = [part for part in row.parts if PARTS[part].is_erasable]
