"""Gaps as lists to act from."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.permissions import CASE_LEAD
from nuanyang.casework.gaps.errors import GapNotFound
from nuanyang.casework.gaps.rules import BY_WEEKS, Definition
from nuanyang.casework.gaps.service import define, definitions_of, put_off, settings_of, take_up_again
from nuanyang.kit.clock import today
from nuanyang.kit.errors import FieldError, Invalid
from nuanyang.kit.paging import decode_cursor, encode_cursor
from nuanyang.oversight.gaps import repository
from nuanyang.oversight.gaps.schemas import (
    DefinitionInput,
    GapListQuery,
    GapsQuery,
    PutOffInput,
    SupportGap,
    SupportGapKind,
    SupportGapKindList,
    SupportGapList,
)

_LONGEST = 180  # days: what is put off for longer is a matter of the plan


async def kinds(session: AsyncSession, caller: Caller, query: GapsQuery) -> SupportGapKindList:
    """What the school looks for, and how many of each there are for the caller to see."""
    definitions, own = await definitions_of(session, caller.school_id), await settings_of(session, caller.school_id)
    counts = await repository.counts(session, caller, today(caller.time_zone), definitions, **query.model_dump())
    items = [_kind(one, own[kind].version if kind in own else 0, counts.get(kind, 0)) for kind, one in definitions.items()]
    return SupportGapKindList(items=items, may_define=caller.has_duty("define_gaps"))


async def listed(session: AsyncSession, caller: Caller, kind: str, query: GapListQuery) -> SupportGapList:
    """The gaps of one kind, the longest standing first."""
    key = decode_cursor(query.cursor, 2)
    definitions = await definitions_of(session, caller.school_id)
    rows = await repository.page(
        session,
        caller,
        today(caller.time_zone),
        definitions,
        kind,
        after=(date.fromisoformat(str(key[0])), UUID(str(key[1]))) if key else None,
        limit=query.limit,
        **query.model_dump(exclude={"cursor", "limit"}),
    )
    shown = rows[: query.limit] if definitions[kind].is_on else []
    await showed(session, caller, ((row["student_id"], row["data_class"]) for row in shown))
    more = len(rows) > query.limit and shown
    return SupportGapList(
        items=[_shown(caller, row) for row in shown],
        next_cursor=encode_cursor(shown[-1]["since"], shown[-1]["subject_id"]) if more else None,
    )


async def put(session: AsyncSession, caller: Caller, kind: str, subject_id: UUID, body: PutOffInput) -> SupportGap:
    """Put a gap off until a day."""
    day = today(caller.time_zone)
    row = await _one(session, caller, kind, subject_id)
    if not day < body.until_on or (body.until_on - day).days > _LONGEST:
        texts = f"请选择明天起 {_LONGEST} 天以内的日期。", f"Choose a day within {_LONGEST} days from tomorrow."
        raise Invalid(errors=[FieldError("#/until_on", "out_of_range", *texts)])
    await put_off(session, caller, kind, row["student_id"], subject_id, row["data_class"], body.reason, body.until_on, day)
    return _shown(caller, await _one(session, caller, kind, subject_id))


async def take_back(session: AsyncSession, caller: Caller, kind: str, subject_id: UUID) -> SupportGap:
    """Let it be a gap again."""
    await _one(session, caller, kind, subject_id)
    await take_up_again(session, caller, kind, subject_id, today(caller.time_zone))
    return _shown(caller, await _one(session, caller, kind, subject_id))


async def redefine(session: AsyncSession, caller: Caller, kind: str, seen: int, body: DefinitionInput) -> SupportGapKind:
    """Change what the school looks for."""
    if kind in BY_WEEKS and body.days is not None and (body.days < 7 or body.days % 7):
        texts = "联系的期限按整周设定：7、14、21 天……", "Contact is looked for by whole weeks: 7, 14, 21 days and so on."
        raise Invalid(errors=[FieldError("#/days", "whole_weeks", *texts)])
    await define(session, caller, kind, seen, **body.model_dump())
    definitions, own = await definitions_of(session, caller.school_id), await settings_of(session, caller.school_id)
    counts = await repository.counts(session, caller, today(caller.time_zone), definitions, **GapsQuery().model_dump())
    return _kind(definitions[kind], own[kind].version, counts.get(kind, 0))


async def _one(session: AsyncSession, caller: Caller, kind: str, subject_id: UUID) -> dict[str, Any]:
    filters = GapsQuery(waived=True).model_dump()
    definitions = await definitions_of(session, caller.school_id)
    rows = await repository.page(session, caller, today(caller.time_zone), definitions, kind, subject=subject_id, limit=1, **filters)
    if not rows or not _may_put_off(caller, rows[0]):
        raise GapNotFound
    return rows[0]


def _may_put_off(caller: Caller, row: dict[str, Any]) -> bool:
    """Whoever works on the case: who may write or decide of its class, or leads it."""
    place = row["class_id"], row["student_id"]
    leads = row["student_id"] in caller.led_student_ids and row["data_class"] in CASE_LEAD
    return leads or any(caller.may(action, row["data_class"], *place) for action in ("write", "approve"))


def _kind(one: Definition, version: int, count: int) -> SupportGapKind:
    names = ("kind", "zh", "en", "why_zh", "why_en", "is_on", "days", "percent")
    return SupportGapKind(**{name: getattr(one, name) for name in names}, version=version, count=count)


def _shown(caller: Caller, row: dict[str, Any]) -> SupportGap:
    return SupportGap(**{name: value for name, value in row.items() if name != "data_class"}, may_put_off=_may_put_off(caller, row))
