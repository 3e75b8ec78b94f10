"""Definitions as data, and gaps put off."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import expect_version
from nuanyang.casework.gaps.errors import GapNotWaived, GapWaived
from nuanyang.casework.gaps.models import GapSetting, GapWaiver
from nuanyang.casework.gaps.rules import DEFINITIONS, Definition
from nuanyang.kit.clock import now
from nuanyang.kit.db.refusals import constraint_of
from nuanyang.kit.errors import PreconditionFailed
from nuanyang.kit.ids import new_id

_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtextextended('gap ' || :gap, 0))")


async def settings_of(session: AsyncSession, school_id: UUID) -> dict[str, GapSetting]:
    """What the school has changed, by kind."""
    return {row.kind: row for row in (await session.scalars(select(GapSetting).where(GapSetting.school_id == school_id))).all()}


async def definitions_of(session: AsyncSession, school_id: UUID) -> Mapping[str, Definition]:
    """What this school looks for, the shipped definitions with its own changes."""
    own = await settings_of(session, school_id)
    return {
        kind: shipped.changed(is_on=own[kind].is_on, days=own[kind].days, percent=own[kind].percent) if kind in own else shipped
        for kind, shipped in DEFINITIONS.items()
    }


async def define(
    session: AsyncSession, caller: Caller, kind: str, seen: int, *, is_on: bool, days: int | None, percent: int | None
) -> None:
    """Change a definition; version 0 is the shipped one."""
    row = (await settings_of(session, caller.school_id)).get(kind)
    expect_version(seen, row.version if row else 0)
    if row is None:
        row = GapSetting(school_id=caller.school_id, id=new_id(), kind=kind, created_by=caller.account_id)
        session.add(row)
    row.is_on, row.days, row.percent = is_on, days, percent
    try:
        await session.flush()
    except IntegrityError as refusal:
        if constraint_of(refusal) != "uq_gap_settings_school_id_kind":
            raise
        raise PreconditionFailed(extra={"current_version": 1}) from refusal  # somebody else was first


async def put_off(
    session: AsyncSession,
    caller: Caller,
    kind: str,
    student_id: UUID,
    subject_id: UUID,
    data_class: str,
    reason: str,
    until: date,
    day: date,
) -> None:
    """Say until when it need not be closed."""
    # Of two at once one waits for the other.
    await session.execute(_ONE_AT_A_TIME, {"gap": f"{kind} {subject_id}"})
    if await _waivers(session, caller, kind, subject_id, day):
        raise GapWaived
    session.add(
        GapWaiver(
            school_id=caller.school_id,
            id=new_id(),
            kind=kind,
            student_id=student_id,
            subject_id=subject_id,
            data_class=data_class,
            reason=reason,
            until_on=until,
            created_by=caller.account_id,
        )
    )
    await session.flush()


async def take_up_again(session: AsyncSession, caller: Caller, kind: str, subject_id: UUID, day: date) -> None:
    """Take it back."""
    rows = await _waivers(session, caller, kind, subject_id, day)
    if not rows:
        raise GapNotWaived
    for row in rows:
        row.withdrawn_at, row.withdrawn_by = now(), caller.account_id
    await session.flush()


async def _waivers(session: AsyncSession, caller: Caller, kind: str, subject_id: UUID, day: date) -> Sequence[GapWaiver]:
    statement = select(GapWaiver).where(
        GapWaiver.school_id == caller.school_id,
        GapWaiver.kind == kind,
        GapWaiver.subject_id == subject_id,
        GapWaiver.withdrawn_at.is_(None),
        GapWaiver.until_on >= day,
    )
    return (await session.scalars(statement.with_for_update())).all()
