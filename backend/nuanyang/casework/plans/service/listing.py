"""Rows of the lists of plans, and each plan beside its template: only the parts of the caller's classes count."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.permissions import CATEGORY_CLASS
from nuanyang.casework.plans import policy
from nuanyang.casework.plans.models import Need, SupportPlan
from nuanyang.casework.plans.repository import library, plans
from nuanyang.casework.plans.repository.contents import Contents, content_of, load
from nuanyang.casework.plans.rules import OWN_FIELDS, Change, Setting, Template, compare, draft
from nuanyang.casework.plans.schemas import Category, Deviation, Dimension, GapShown, Person, PlanRow
from nuanyang.casework.plans.service.comparing import changes_shown
from nuanyang.casework.plans.service.judging import approves, gaps_for
from nuanyang.casework.plans.service.showing import student_shown, templates_of
from nuanyang.casework.recognition.models import Recognition
from nuanyang.school.students.models import Student

PLAN_FIELDS = ("support_level",)


async def page(
    session: AsyncSession,
    caller: Caller,
    filters: plans.Filters,
    *,
    sort: str,
    after: Sequence[object] | None,
    limit: int,
    count: bool = False,
) -> tuple[list[plans.Row], int | None]:
    """One page of the plans in the caller's reach, and the count if asked for."""
    if filters.template:
        template = await library.find(session, caller.school_id, filters.template, also_retired=True)
        filters = replace(filters, template_category=template.category if template else None)
    return await plans.page(session, caller, filters, sort=sort, after=after, limit=limit, count=count)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What rows of a list are made of, read in a handful of statements however many they are."""

    contents: dict[UUID, Contents]
    templates: dict[str, Template]
    recognised: dict[UUID, list[Recognition]]


async def rows_shown(session: AsyncSession, caller: Caller, rows: Sequence[plans.Row]) -> list[PlanRow]:
    """Rows of a list: categories, goals and measures count only what the caller sees."""
    ground = await _ground(session, caller, rows)
    await _tell(session, caller, rows, ground)
    return _rows(caller, rows, ground)


async def _tell(session: AsyncSession, caller: Caller, rows: Sequence[plans.Row], ground: _Ground) -> None:
    """Record whose plans were shown, by the classes of the parts that the caller sees."""
    told: list[tuple[UUID, str]] = []
    for plan, student, *_ in rows:
        template = _known_template(caller, student, plan, ground)
        classes = policy.classes_told(caller, student, ground.contents[plan.id].visible(caller, student))
        told += [(student.id, c) for c in classes | ({CATEGORY_CLASS[template.category]} if template else set())]
    await showed(session, caller, told)


async def _ground(session: AsyncSession, caller: Caller, rows: Sequence[plans.Row]) -> _Ground:
    waiting = [r[1].id for r in rows if r[0].state == "submitted"]
    return _Ground(
        await load(session, caller, [r[0].id for r in rows]),
        await templates_of(session, caller, [r[0] for r in rows]),
        await plans.recognised(session, caller.school_id, waiting) if waiting else {},
    )


def _known_template(caller: Caller, student: Student, plan: SupportPlan, ground: _Ground) -> Template | None:
    """The plan's template; not where its category is not for the caller: the name would tell it."""
    template = ground.templates.get(plan.template) if plan.template else None
    return template if template is not None and policy.sees_category(caller, student, template.category) else None


def _rows(caller: Caller, rows: Sequence[plans.Row], ground: _Ground) -> list[PlanRow]:
    return [_row(caller, r, ground) for r in rows]


def _row(caller: Caller, row: plans.Row, ground: _Ground) -> PlanRow:
    plan, student, class_name, lead_id, lead_name = row
    contents, template = ground.contents[plan.id], _known_template(caller, student, plan, ground)
    visible = contents.visible(caller, student)
    goals = [g for n in visible for g in contents.goals.get(n.id, [])]
    return PlanRow(
        id=plan.id,
        version=plan.version,
        student=student_shown(student, class_name),
        number=plan.number,
        state=plan.state,  # type: ignore[arg-type]
        support_level=plan.support_level,  # type: ignore[arg-type]
        categories=cast(
            "list[Category]", sorted({n.category for n in visible if n.category and policy.sees_category(caller, student, n.category)})
        ),
        dimensions=cast("list[Dimension]", list(dict.fromkeys(n.dimension for n in visible))),
        goals=len(goals),
        measures=sum(len(contents.measures.get(g.id, [])) for g in goals),
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        next_review_on=plan.next_review_on,
        is_review_due=plans.is_review_due(plan),
        case_lead=Person(id=lead_id, name=lead_name or "") if lead_id else None,
        template_name=template.name if template else None,
        submitted_at=plan.submitted_at,
        approved_at=plan.approved_at,
        created_at=plan.created_at,
        may_approve=plan.state == "submitted" and approves(caller, student, plan, contents, ground.recognised.get(student.id, [])),
    )


async def deviations(session: AsyncSession, caller: Caller, rows: Sequence[plans.Row]) -> list[Deviation]:
    """Each plan beside the template that it was made from; dates and doers are the student's own and do not count."""
    ground = await _ground(session, caller, rows)
    await _tell(session, caller, rows, ground)
    return [_deviation(caller, row, brief, ground) for row, brief in zip(rows, _rows(caller, rows, ground), strict=True)]


def _deviation(caller: Caller, row: plans.Row, brief: PlanRow, ground: _Ground) -> Deviation:
    plan, student = row[0], row[1]
    contents, template = ground.contents[plan.id], _known_template(caller, student, plan, ground)
    changes: list[Change] = []
    if template is not None:
        changes = _against_template(template, plan, contents, contents.visible(caller, student), caller, student)
    recognised = ground.recognised.get(student.id, [])
    missing = gaps_for(caller, student, plan, contents, recognised) if plan.state == "submitted" else []
    return Deviation(plan=brief, changes=changes_shown(changes, {}), gaps=[GapShown.model_validate(g) for g in missing])


def _against_template(
    template: Template, plan: SupportPlan, contents: Contents, visible: list[Need], caller: Caller, student: Student
) -> list[Change]:
    setting = Setting(plan.support_level, plan.starts_on, plan.ends_on or date.max, {}, {})
    made = draft(template, setting, contents.kinds)
    # Parts of the template in a class that the caller does not see are no deviation: they may be there, hidden.
    seen = tuple(n for n in made.needs if policy.sees_class(caller, student, n.data_class))
    beside = replace(made, needs=seen)
    return compare(beside, content_of(plan, contents, visible), plan_fields=PLAN_FIELDS, ignored=OWN_FIELDS)
