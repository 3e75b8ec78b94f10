"""The guardian's side: ask, look what became of it, take it back."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.casework.data_requests import repository
from nuanyang.casework.data_requests.errors import EnoughRequests, RequestIsDecided, RequestNotFound
from nuanyang.casework.data_requests.models import DataRequest
from nuanyang.casework.data_requests.rules import (
    PARTS,
    days_left,
    desk_of,
    due_on,
    holds_number,
    is_open,
    is_overdue,
    shown_state,
    value_fault,
)
from nuanyang.casework.data_requests.schemas import DataRequestInput, OwnRequest, OwnRequests, PartShown
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import FieldError, Invalid
from nuanyang.kit.ids import new_id
from nuanyang.school.guardians.children import child_of, children_of

MOST_IN_A_DAY = 10
_NUMBER = (
    "请不要在这里填写证件号码，带上证件到学校核对即可。",
    "Please leave out numbers of identity papers; show the paper at the school.",
)


async def own(session: AsyncSession, caller: Caller, *, is_english: bool) -> OwnRequests:
    """The requests about the own children of today: about whom one may no longer know one hears nothing."""
    children = [child.id for child in await children_of(session, caller)]
    found = await requests_about(session, caller, children, is_english=is_english)
    await showed(session, caller, ((row.student_id, data_class) for row, data_class in found))
    return OwnRequests(items=[row for row, _ in found], term_days=await repository.term_days(session, caller.school_id))


async def requests_about(
    session: AsyncSession, caller: Caller, student_ids: Sequence[UUID], *, is_english: bool = False
) -> list[tuple[OwnRequest, str]]:
    """The own requests about these children, each with its class of data, the latest first. Whose they are is asked before."""
    return [
        (shown_to_family(row, name, is_english=is_english), row.data_class)
        for row, name in await repository.own(session, caller, student_ids)
    ]


async def ask(session: AsyncSession, caller: Caller, body: DataRequestInput, *, is_english: bool) -> OwnRequest:
    """Take in a request; its term begins today."""
    child = await child_of(session, caller, body.student_id)
    if faults := list(_faults(body)):
        raise Invalid(errors=faults)
    if await repository.asked_since(session, caller, now() - timedelta(days=1)) >= MOST_IN_A_DAY:
        raise EnoughRequests(headers={"Retry-After": "3600"})
    parts = list(dict.fromkeys(body.parts))
    desk, data_class = desk_of(body.kind, body.field, parts)
    row = DataRequest(
        school_id=caller.school_id,
        id=new_id(),
        student_id=child.id,
        guardian_id=caller.person_id,
        kind=body.kind,
        desk=desk,
        data_class=data_class,
        field=body.field,
        parts=parts,
        wanted=body.wanted,
        said=body.said or None,
        state="open",
        due_on=due_on(today(), await repository.term_days(session, caller.school_id)),
        created_by=caller.account_id,
    )
    session.add(row)
    await session.flush()
    await session.refresh(row)
    return shown_to_family(row, child.name, is_english=is_english)


async def withdraw(session: AsyncSession, caller: Caller, request_id: UUID, *, is_english: bool) -> OwnRequest:
    """Take a request back while nobody has answered it."""
    row = await session.get(DataRequest, (caller.school_id, request_id), with_for_update=True)
    if row is None or row.guardian_id != caller.person_id:
        raise RequestNotFound
    child = await child_of(session, caller, row.student_id)
    if not is_open(row.state):
        raise RequestIsDecided
    row.state = "withdrawn"
    await session.flush()
    await session.refresh(row)
    return shown_to_family(row, child.name, is_english=is_english)


def shown_to_family(row: DataRequest, child_name: str, *, is_english: bool) -> OwnRequest:
    """As the family sees it: an answer shows when it is given, not while it is being prepared."""
    is_decided, day = row.decided_at is not None, today()
    plain = {name: getattr(row, name) for name in ("id", "student_id", "kind", "field", "wanted", "said", "due_on", "decided_at")}
    return OwnRequest(
        **plain,
        child_name=child_name,
        parts=parts_shown(row, is_english=is_english),
        state=shown_state(row.state),  # type: ignore[arg-type]
        asked_at=row.created_at,
        days_left=days_left(row.due_on, day),
        is_overdue=is_overdue(row.state, row.due_on, day),
        ground=row.ground if is_decided else None,  # type: ignore[arg-type]
        reason=row.reason if is_decided else None,
        may_withdraw=is_open(row.state),
    )


def parts_shown(row: DataRequest, *, is_english: bool) -> list[PartShown]:
    """What was asked to be erased, with the law that keeps it."""
    shown = []
    for part in row.parts:
        law = PARTS[part].law
        shown.append(PartShown(part=part, is_erased=part in row.erased, law=law[is_english] if law else None))  # type: ignore[arg-type]
    return shown


def _faults(body: DataRequestInput) -> list[FieldError]:
    """What is missing, too much, or does not belong into a request."""
    faults = []
    if (body.kind == "correct") != (body.field is not None):
        faults.append(FieldError("#/field", "field", "请选择要更正的内容。", "Choose what is to be corrected."))
    if (body.kind == "erase") != bool(body.parts):
        faults.append(FieldError("#/parts", "parts", "请选择要删除的内容。", "Choose what is to be erased."))
    if body.kind == "correct" and body.field is not None:
        if fault := value_fault(body.field, body.wanted):
            faults.append(FieldError("#/wanted", "wanted", *fault))
        elif not body.wanted and not body.said:
            faults.append(FieldError("#/said", "said", "请写明哪里不对、正确的是什么。", "Say what is wrong and what is right."))
    faults += [FieldError(f"#/{name}", "number", *_NUMBER) for name in ("wanted", "said") if holds_number(getattr(body, name))]
    return faults
