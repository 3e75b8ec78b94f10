"""The course of an edition: submitted, returned or approved by another person, followed by the next one."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import expect_version
from nuanyang.kit.clock import now, today
from nuanyang.kit.db.refusals import constraint_of
from nuanyang.kit.errors import Forbidden, invalid
from nuanyang.programme.editions import policy, repository
from nuanyang.programme.editions.errors import NotSubmitted, Overlapping, OwnEdition
from nuanyang.programme.editions.models import Edition
from nuanyang.programme.editions.schemas import ApprovalInput
from nuanyang.programme.editions.service.drafting import draft, seen


async def submit(session: AsyncSession, caller: Caller, edition_id: UUID) -> Edition:
    """Hand a draft in to the principal."""
    row = await draft(session, caller, edition_id)
    row.state, row.submitted_at, row.submitted_by, row.returned_reason = "submitted", now(), caller.account_id, None
    await session.flush()
    return row


async def send_back(session: AsyncSession, caller: Caller, edition_id: UUID, reason: str) -> Edition:
    """Return a submitted edition with the reason; whoever submitted it may take it back."""
    row = await seen(session, caller, edition_id, lock=True)
    if row.submitted_by != caller.account_id and not caller.has_duty("approve_editions"):
        raise Forbidden
    if row.state != "submitted":
        raise NotSubmitted
    row.state, row.returned_reason = "draft", reason
    await session.flush()
    return row


async def discard(session: AsyncSession, caller: Caller, edition_id: UUID) -> Edition:
    """Give up a draft; it stays, closed."""
    row = await draft(session, caller, edition_id)
    row.state = "closed"
    await session.flush()
    return row


async def approve(session: AsyncSession, caller: Caller, edition_id: UUID, version: int, body: ApprovalInput) -> Edition:
    """Put a submitted edition in force from a day, by another person than its authors; the present one ends the day before."""
    row = await seen(session, caller, edition_id, lock=True)
    if row.state != "submitted":
        raise NotSubmitted
    expect_version(version, row.version)
    if policy.is_author(caller, row):
        raise OwnEdition
    before = await repository.last_approved(session, caller.school_id)
    _check_day(row, body, before, caller)
    if before is not None:
        before.state, before.in_force_until = "superseded", body.in_force_from
        await session.flush()
    row.state, row.approved_at, row.approved_by, row.in_force_from = "in_force", now(), caller.account_id, body.in_force_from
    try:
        await session.flush()
    except IntegrityError as refused:
        if constraint_of(refused) != "ex_editions_in_force":
            raise
        raise Overlapping from refused  # two first editions at once: one came in
    session.info.pop("kinds", None)
    return row


def _check_day(row: Edition, body: ApprovalInput, before: Edition | None, caller: Caller) -> None:
    """What is past stays as it was: only a school's very first edition begins before today."""
    day = body.in_force_from
    if not row.starts_on <= day <= row.ends_on:
        raise invalid("#/in_force_from", "outside", "执行日期须在方案的起止日期之内。", "The day lies outside of the edition's year.")
    if before is None:
        return
    if before.in_force_from is not None and day <= before.in_force_from:
        raise Overlapping
    if day < today(caller.time_zone):
        raise invalid("#/in_force_from", "in_past", "执行日期不能早于今天。", "It cannot be in force from a day that is past.")
