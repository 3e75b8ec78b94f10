"""The school's own templates, and the pieces of the library."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import expect_version
from nuanyang.casework.plans.errors import TemplateNotFound
from nuanyang.casework.plans.models import PlanTemplate
from nuanyang.casework.plans.repository import library
from nuanyang.casework.plans.rules import Template, default_dose, new_lineage
from nuanyang.casework.plans.schemas import Snippet, TemplateEdit, TemplateGoalShown, TemplateInput, TemplateMeasureShown, TemplateNeedInput
from nuanyang.kit.clock import now
from nuanyang.kit.errors import FieldError, Invalid
from nuanyang.kit.ids import new_id
from nuanyang.programme.clauses import Kinds
from nuanyang.programme.editions.service import kinds_of


async def all_templates(session: AsyncSession, caller: Caller) -> list[Template]:
    """The school's own, newest first, then the shipped ones."""
    return [*(library.of_row(r) for r in await library.own_rows(session, caller.school_id)), *library.shipped().values()]


async def create_template(session: AsyncSession, caller: Caller, body: TemplateInput) -> PlanTemplate:
    """Add a template to the school's library."""
    row = PlanTemplate(
        school_id=caller.school_id,
        id=new_id(),
        name=body.name,
        category=body.category,
        support_level=body.support_level,
        description=body.description,
        body={"needs": _needs(body.needs, await kinds_of(session, caller.school_id))},
        created_by=caller.account_id,
    )
    session.add(row)
    await session.flush()
    return row


async def edit_template(session: AsyncSession, caller: Caller, template_id: UUID, seen: int, body: TemplateEdit) -> PlanTemplate:
    """Change one of the school's templates; plans made from it stay as they are."""
    row = await library.own_row(session, caller.school_id, template_id)
    if row is None:
        raise TemplateNotFound
    expect_version(seen, row.version)
    for name in ("name", "support_level", "description"):
        if name in body.model_fields_set and (name == "description" or getattr(body, name) is not None):
            setattr(row, name, getattr(body, name))
    if body.needs is not None:
        row.body = {"needs": _needs(body.needs, await kinds_of(session, caller.school_id))}
    row.updated_at = now()
    await session.flush()
    return row


async def retire_template(session: AsyncSession, caller: Caller, template_id: UUID) -> PlanTemplate:
    """Take a template out of use; plans made from it still compare with it."""
    row = await library.own_row(session, caller.school_id, template_id)
    if row is None:
        raise TemplateNotFound
    row.retired_at = now()
    await session.flush()
    return row


def _needs(needs: list[TemplateNeedInput], kinds: Kinds) -> list[dict[str, Any]]:
    wrong = [
        FieldError(
            f"#/needs/{i}/goals/{j}/measures/{k}/kind",
            "unknown_kind",
            "没有这种措施，或不属于该维度。",
            "No such kind, or of another dimension.",
        )
        for i, n in enumerate(needs)
        for j, g in enumerate(n.goals)
        for k, m in enumerate(g.measures)
        if not kinds.is_offered(m.kind) or not kinds.known(m.kind).fits(n.dimension)
    ]
    if wrong:
        raise Invalid(errors=wrong)
    rows = [n.model_dump(exclude_none=True) for n in needs]
    for part in (p for n in rows for p in _parts(n)):
        part.setdefault("lineage", new_lineage())
    return rows


def _parts(need: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield need
    for goal in need["goals"]:
        yield goal
        yield from goal["measures"]


async def snippets(
    session: AsyncSession, caller: Caller, category: str | None, dimension: str | None, q: str | None, limit: int
) -> list[Snippet]:
    """Goals of the library with their measures, by category, dimension and words; each wording once."""
    kinds, found = await kinds_of(session, caller.school_id), dict[tuple[str, str], Snippet]()
    for template in await all_templates(session, caller):
        if category in (None, template.category):
            for snippet in _snippets(template, kinds):
                if dimension in (None, snippet.dimension) and _matches(snippet, q):
                    found.setdefault((snippet.dimension, snippet.goal.statement), snippet)
    return list(found.values())[:limit]


def _snippets(template: Template, kinds: Kinds) -> Iterator[Snippet]:
    for need in template.needs:
        for goal in need["goals"]:
            measures = [_measure(template, m, kinds) for m in goal["measures"]]
            shown = TemplateGoalShown(**{k: goal[k] for k in ("statement", "indicator", "baseline", "target", "due")}, measures=measures)
            yield Snippet(category=template.category, dimension=need["dimension"], template=template.name, goal=shown)  # type: ignore[arg-type]


def _measure(template: Template, row: dict[str, Any], kinds: Kinds) -> TemplateMeasureShown:
    dose = default_dose(row["kind"], template.support_level, kinds)
    return TemplateMeasureShown(
        kind=row["kind"],
        title=row.get("title") or kinds.known(row["kind"]).zh,
        times=row.get("times") or dose.times,
        per=row.get("per") or dose.per,
        minutes=dose.minutes if row.get("minutes") is None else row["minutes"],
        doer=row.get("doer"),
    )


def _matches(snippet: Snippet, q: str | None) -> bool:
    words = [snippet.goal.statement, snippet.goal.indicator, *(m.title for m in snippet.goal.measures)]
    return q is None or any(q in w for w in words)
