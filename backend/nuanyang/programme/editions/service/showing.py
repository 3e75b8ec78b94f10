"""Editions, their clauses and what differs between two, as they are shown."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.kit.clock import today
from nuanyang.programme.clauses import clauses as shipped
from nuanyang.programme.clauses import templates
from nuanyang.programme.editions import policy, repository
from nuanyang.programme.editions.errors import NothingToCompare
from nuanyang.programme.editions.models import Edition, EditionClause
from nuanyang.programme.editions.rules.comparing import changes
from nuanyang.programme.editions.rules.content import from_template
from nuanyang.programme.editions.schemas import (
    CapacitiesShown,
    ClauseChangeShown,
    ComparisonShown,
    EditionClauseShown,
    EditionFieldChange,
    EditionList,
    EditionRow,
    EditionShown,
    Waiting,
)
from nuanyang.programme.editions.service.drafting import seen
from nuanyang.programme.editions.service.kinds import values_of


async def listed(session: AsyncSession, caller: Caller, waiting: Waiting | None) -> EditionList:
    """The editions that the caller may see, or those of them that wait for the caller."""
    rows = await _found(session, caller, waiting)
    names = await repository.names_of(session, (r.approved_by for r in rows))
    return EditionList(items=[_row(r, names, caller) for r in rows], may_create=caller.has_duty("write_editions"))


async def count_editions(session: AsyncSession, caller: Caller, waiting: Waiting) -> int:
    """How many editions wait for the caller: to be approved, or returned to those who write them."""
    return len(await _found(session, caller, waiting))


async def clauses_in_force(session: AsyncSession, school_id: UUID, day: date) -> tuple[Edition | None, Sequence[EditionClause]]:
    """The edition in force on a day with its clauses in their order; none where the school has none."""
    edition = await repository.in_force(session, school_id, day)
    return edition, await repository.clauses(session, school_id, edition.id) if edition else ()


async def _found(session: AsyncSession, caller: Caller, waiting: Waiting | None) -> Sequence[Edition]:
    if waiting is not None and not caller.has_duty("approve_editions" if waiting == "to_approve" else "write_editions"):
        return []
    rows = await repository.every(session, caller.school_id, drafts=policy.sees_drafts(caller))
    if waiting == "to_approve":
        return [row for row in rows if row.state == "submitted" and not policy.is_author(caller, row)]
    return rows if waiting is None else [row for row in rows if row.state == "draft" and row.returned_reason is not None]


async def shown(session: AsyncSession, caller: Caller, row: Edition) -> EditionShown:
    """One edition without its clauses, and what the caller may do with it."""
    await session.refresh(row)
    names = await repository.names_of(session, (row.approved_by, row.submitted_by, row.created_by))
    own = ("version", "background", "guiding", "phases", "previous_id", "submitted_at", "returned_reason")
    return EditionShown.model_validate(
        {
            **_row(row, names, caller).model_dump(),
            **{name: getattr(row, name) for name in own},
            "capacities": CapacitiesShown.model_validate(row.capacities),
            "created_by_name": names.get(row.created_by),
            "submitted_by_name": names.get(row.submitted_by),
            "may": _may(caller, row),
        }
    )


def _may(caller: Caller, row: Edition) -> dict[str, Any]:
    is_draft, writes = row.state == "draft", caller.has_duty("write_editions")
    decides = row.state == "submitted" and caller.has_duty("approve_editions")
    return {
        "edit": is_draft and writes,
        "submit": is_draft and writes,
        "approve": decides and not policy.is_author(caller, row),
        "return": decides or (row.state == "submitted" and row.submitted_by == caller.account_id),
        "discard": is_draft and writes,
        "see_load": caller.has_duty("see_programme_load"),
        "write_owners": sorted(policy.owners_written(caller)) if is_draft else [],
    }


def _row(row: Edition, names: dict[UUID | None, str], caller: Caller) -> EditionRow:
    day = today(caller.time_zone)
    is_on = row.in_force_from is not None and row.in_force_from <= day and (row.in_force_until is None or row.in_force_until > day)
    fields = ("id", "name", "starts_on", "ends_on", "template", "state", "in_force_from", "in_force_until", "approved_at")
    named = {name: getattr(row, name) for name in fields}
    return EditionRow.model_validate({**named, "is_in_force": is_on, "approved_by_name": names.get(row.approved_by)})


async def clauses_shown(session: AsyncSession, caller: Caller, edition: Edition) -> list[EditionClauseShown]:
    """The clauses in their order."""
    rows = await repository.clauses(session, caller.school_id, edition.id)
    return [clause_shown(caller, edition, row) for row in rows]


def clause_shown(caller: Caller, edition: Edition, row: EditionClause) -> EditionClauseShown:
    """One clause."""
    may_edit = edition.state == "draft" and row.owner in policy.owners_written(caller)
    return EditionClauseShown.model_validate(
        values_of(row) | {"id": row.id, "version": row.version, "may_edit": may_edit},
    )


async def compared(session: AsyncSession, caller: Caller, edition_id: UUID, against_id: UUID | None) -> ComparisonShown:
    """An edition beside another one; without `against_id` beside the one that it was made from."""
    edition = await seen(session, caller, edition_id)
    other_id = against_id or edition.previous_id
    if other_id is None:
        raise NothingToCompare
    return await _beside(session, caller, edition, await seen(session, caller, other_id))


async def previewed(session: AsyncSession, caller: Caller, edition_id: UUID) -> ComparisonShown:
    """What would change with it: beside the edition in force, or beside the shipped template where there is none yet."""
    edition = await seen(session, caller, edition_id)
    present = await repository.in_force(session, caller.school_id, today(caller.time_zone))
    return await _beside(session, caller, edition, present if present is not None and present.id != edition.id else None)


async def _beside(session: AsyncSession, caller: Caller, edition: Edition, other: Edition | None) -> ComparisonShown:
    after = await _values(session, edition)
    before = await _values(session, other) if other else _template(edition)
    found = changes(before, after)
    names = await repository.names_of(session, (other.approved_by,)) if other else {}
    touched = {c.clause for c in found}
    return ComparisonShown(
        against=_row(other, names, caller) if other else None,
        changes=[
            ClauseChangeShown(
                clause=c.clause, kind=c.kind, zh=c.zh, en=c.en, fields=[EditionFieldChange.model_validate(f) for f in c.fields]
            )
            for c in found
        ],
        unchanged=sum(v["clause"] not in touched for v in after),
    )


async def _values(session: AsyncSession, edition: Edition) -> list[dict[str, Any]]:
    return [values_of(row) for row in await repository.clauses(session, edition.school_id, edition.id)]


def _template(edition: Edition) -> Sequence[dict[str, Any]]:
    template = templates()[edition.template]
    return [from_template(c, template, n) for n, c in enumerate(shipped(), 1)]
