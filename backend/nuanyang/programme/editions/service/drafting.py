"""Making an edition: from the template or from last year's, changed as a draft, clause by clause."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import expect_version
from nuanyang.kit.clock import now
from nuanyang.kit.errors import FieldError, Invalid, invalid
from nuanyang.kit.ids import new_id
from nuanyang.programme.clauses import clauses as shipped
from nuanyang.programme.clauses import templates
from nuanyang.programme.clauses.template import Template
from nuanyang.programme.editions import policy, repository
from nuanyang.programme.editions.errors import ClauseNotFound, EditionNotFound, NotADraft, NotOwnMeasure, NotYourClause
from nuanyang.programme.editions.models import Edition, EditionClause
from nuanyang.programme.editions.rules.content import FIELDS, IDENTITY, carried, clause_errors, form_errors, from_template
from nuanyang.programme.editions.rules.kinds import next_own_id, own_code
from nuanyang.programme.editions.schemas import ClauseEdit, EditionEdit, EditionInput, OwnMeasureInput
from nuanyang.programme.editions.service.kinds import kinds_of, values_of

DIMENSION_OF_PART = {"A": "academic", "P": "psychological", "L": "living", "S": "social"}
NEVER_NULL = frozenset(FIELDS) - {
    *("cadence_zh", "cadence_en", "per", "times", "runs_on", "hours", "target_number", "target_unit", "target_comparison"),
    *("dimension", "form", "fields"),
}
_PLACES = 100  # between two clauses, for own measures at the end of their part


async def create(session: AsyncSession, caller: Caller, body: EditionInput) -> Edition:
    """A draft of a year's programme: every clause of the template, or those of an edition before, carried forward."""
    template = templates()[body.template]
    row = Edition(
        school_id=caller.school_id,
        id=new_id(),
        name=body.name,
        starts_on=body.starts_on,
        ends_on=_year_later(body.starts_on) - timedelta(days=1),
        template=template.name,
        phases=_phases(template),
        writers=[caller.account_id],
        created_by=caller.account_id,
    )
    before = await seen(session, caller, body.from_edition_id) if body.from_edition_id else None
    if before is None:
        values = [from_template(c, template, n * _PLACES) for n, c in enumerate(shipped(), 1)]
    else:
        row.previous_id, row.capacities = before.id, before.capacities
        row.background, row.guiding = before.background, before.guiding
        values = await _carried(session, before, body, template)
    session.add(row)
    await session.flush()
    session.add_all(_row(row, v, caller) for v in values)
    await session.flush()
    return row


async def _carried(session: AsyncSession, before: Edition, body: EditionInput, template: Template) -> list[dict[str, Any]]:
    rows = await repository.clauses(session, before.school_id, before.id)
    known = {r.clause for r in rows}
    if unknown := [c for c in body.standing if c not in known]:
        raise invalid("#/standing", "unknown_clause", f"上一份方案中没有条款 {unknown[0]}。", f"That edition has no clause {unknown[0]}.")
    another = template if template.name != before.template else None
    return [carried(values_of(r), standing=frozenset(body.standing), template=another) for r in rows]


async def seen(session: AsyncSession, caller: Caller, edition_id: UUID, *, lock: bool = False) -> Edition:
    """An edition that the caller may see."""
    row = await repository.one(session, caller.school_id, edition_id, lock=lock)
    if row is None or not policy.may_see(caller, row):
        raise EditionNotFound
    return row


async def clauses_in(session: AsyncSession, edition: Edition) -> Sequence[EditionClause]:
    """The clauses of an edition in their order."""
    return await repository.clauses(session, edition.school_id, edition.id)


async def draft(session: AsyncSession, caller: Caller, edition_id: UUID) -> Edition:
    """An edition that is still written, locked until the change is made."""
    row = await seen(session, caller, edition_id, lock=True)
    if row.state != "draft":
        raise NotADraft
    return row


async def edit(session: AsyncSession, caller: Caller, edition_id: UUID, version: int, body: EditionEdit) -> Edition:
    """Change what stands around the clauses: texts, dates, what there is to keep it with."""
    row = await draft(session, caller, edition_id)
    expect_version(version, row.version)
    if missing := [n for n in body.model_fields_set if getattr(body, n) is None]:
        raise Invalid(errors=[FieldError(f"#/{n}", "required", "此项不能为空。", "This cannot be empty.") for n in sorted(missing)])
    starts_on, ends_on = body.starts_on or row.starts_on, body.ends_on or row.ends_on
    if not starts_on < ends_on <= _year_later(starts_on) + timedelta(days=92):
        raise invalid("#/ends_on", "bad_period", "方案的起止日期须在一年左右。", "An edition lasts about a year.")
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(row, name, row.capacities | value if name == "capacities" else value)
    _written(row, caller)
    await session.flush()
    return row


async def edit_clause(
    session: AsyncSession, caller: Caller, edition_id: UUID, clause_id: UUID, version: int, body: ClauseEdit
) -> EditionClause:
    """Change a clause of a draft; each department its own."""
    edition = await draft(session, caller, edition_id)
    row = await _clause(session, caller, edition, clause_id)
    expect_version(version, row.version)
    asked = body.model_dump(exclude_unset=True)
    if missing := [n for n in asked if asked[n] is None and n in NEVER_NULL]:
        raise Invalid(errors=[FieldError(f"#/{n}", "required", "此项不能为空。", "This cannot be empty.") for n in sorted(missing)])
    if asked.get("owner", row.owner) != row.owner and not caller.has_duty("write_editions"):
        raise NotYourClause
    if not row.is_own and ("form" in asked or "fields" in asked):
        raise invalid("#/fields", "not_own", "只有本校自设的措施可以设计记录表。", "Only measures of your own have a form to design.")
    values = values_of(row) | asked
    await _check(session, edition, values)
    for name, value in asked.items():
        setattr(row, name, value)
    if {"per", "times", "cadence_zh"} & asked.keys():
        row.is_default = False
    row.updated_by = caller.account_id
    _written(edition, caller)
    await session.flush()
    await session.refresh(row)
    return row


async def add_measure(session: AsyncSession, caller: Caller, edition_id: UUID, body: OwnMeasureInput) -> EditionClause:
    """Add a measure of the school's own, with its cadence and the form to record it with."""
    edition = await draft(session, caller, edition_id)
    if body.owner not in policy.owners_written(caller):
        raise NotYourClause
    code = next_own_id(body.part, await repository.own_ids(session, caller.school_id))
    position = await repository.last_position(session, caller.school_id, edition.id, body.part) + 1
    given = body.model_dump()
    values = {**dict.fromkeys(FIELDS), **given, "en": body.en or body.zh, "cadence_en": body.cadence_en or body.cadence_zh}
    values |= {"clause": code, "position": position, "is_own": True, "is_default": False, "is_standing": False}
    values |= {"dimension": DIMENSION_OF_PART[body.part], "dimensions": [], "phases": [], "evidence": [own_code(code)]}
    await _check(session, edition, values)
    row = _row(edition, values, caller)
    session.add(row)
    _written(edition, caller)
    await session.flush()
    return row


async def remove_measure(session: AsyncSession, caller: Caller, edition_id: UUID, clause_id: UUID, version: int) -> None:
    """Take a measure of the school's own out of a draft; what was recorded with it in earlier years stays."""
    edition = await draft(session, caller, edition_id)
    row = await _clause(session, caller, edition, clause_id)
    expect_version(version, row.version)
    if not row.is_own:
        raise NotOwnMeasure
    await session.delete(row)
    _written(edition, caller)
    await session.flush()


async def _clause(session: AsyncSession, caller: Caller, edition: Edition, clause_id: UUID) -> EditionClause:
    row = await repository.clause(session, caller.school_id, edition.id, clause_id)
    if row is None:
        raise ClauseNotFound
    if row.owner not in policy.owners_written(caller):
        raise NotYourClause
    return row


async def _check(session: AsyncSession, edition: Edition, values: dict[str, Any]) -> None:
    own: Sequence[str] = [*(await kinds_of(session, edition.school_id)).own, own_code(values["clause"])]
    errors = list(clause_errors(values, own, [p["id"] for p in edition.phases]))
    if values["fields"] is not None:
        errors += form_errors(values["fields"])
    elif values["is_own"]:
        errors.append(FieldError("#/fields", "missing", "请设计记录表。", "A measure of your own needs a form."))
    if values["is_own"] and not values["form"]:
        errors.append(FieldError("#/form", "missing", "请填写记录表名称。", "The form needs a name."))
    if values["is_own"] and values["per"] == "clock":
        errors.append(FieldError("#/per", "clock", "本校措施不能按小时计时。", "A measure of your own has no clock of hours."))
    if errors:
        raise Invalid(errors=errors)


def _row(edition: Edition, values: dict[str, Any], caller: Caller) -> EditionClause:
    named = {name: values[name] for name in (*IDENTITY, *FIELDS)}
    return EditionClause(school_id=edition.school_id, id=new_id(), edition_id=edition.id, created_by=caller.account_id, **named)


def _written(row: Edition, caller: Caller) -> None:
    """Remember who wrote: whoever wrote a part approves none of it. The version counts up, so that an approval is of what was seen."""
    row.updated_at = now()
    if caller.account_id not in row.writers:
        row.writers = [*row.writers, caller.account_id]


def _phases(template: Template) -> list[dict[str, Any]]:
    return [{"id": p.id, "zh": p.zh, "en": p.en, "months": list(p.months)} for p in template.phases]


def _year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
