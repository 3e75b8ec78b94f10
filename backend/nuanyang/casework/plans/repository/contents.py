"""What plans hold: read whole for many plans in three statements, written whole in three."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.walls import beyond
from nuanyang.casework.plans import policy
from nuanyang.casework.plans.models import Goal, Need, PlanMeasure, SupportPlan
from nuanyang.casework.plans.rules import GoalContent, MeasureContent, NeedContent, PlanContent
from nuanyang.casework.recognition.models import Recognition
from nuanyang.kit.ids import new_id
from nuanyang.programme.clauses import SHIPPED, Kinds
from nuanyang.programme.editions.service import kinds_of
from nuanyang.school.students.models import Student


@dataclass(slots=True)
class Contents:
    """The rows of one plan in their order."""

    needs: list[Need] = field(default_factory=list)
    goals: dict[UUID, list[Goal]] = field(default_factory=lambda: defaultdict(list))
    measures: dict[UUID, list[PlanMeasure]] = field(default_factory=lambda: defaultdict(list))
    withheld: frozenset[UUID] = frozenset()  # recognitions that this caller must not know of
    kinds: Kinds = SHIPPED  # what the school's measures may be
    is_secret: bool = False  # answers a recognition withheld from somebody: nothing of it goes on the timeline

    def visible(self, caller: Caller, student: Student) -> list[Need]:
        """The needs that the caller may see."""
        return [n for n in self.needs if n.recognition_id not in self.withheld and policy.sees_class(caller, student, n.data_class)]

    def is_whole(self, caller: Caller, student: Student) -> bool:
        """Whether no part is hidden from the caller."""
        return len(self.visible(caller, student)) == len(self.needs)

    def classes(self) -> list[str]:
        """The data classes in the plan, in order."""
        return list(dict.fromkeys(n.data_class for n in self.needs))


async def load(session: AsyncSession, caller: Caller, plan_ids: Iterable[UUID]) -> dict[UUID, Contents]:
    """The contents of these plans; every id has an entry."""
    ids = list(plan_ids)
    if not ids:
        return {}
    kinds = await kinds_of(session, caller.school_id)
    found = {i: Contents(kinds=kinds) for i in ids}
    async with beyond(session, "plan"):  # whether a plan is seen whole is part of what may be done with it
        for model in (Need, Goal, PlanMeasure):
            statement: Any = select(model).where(model.school_id == caller.school_id, model.plan_id.in_(ids))
            for row in (await session.scalars(statement.order_by(model.position, model.id))).all():
                _place(found[row.plan_id], row)
        secret = await _secret(session, caller.school_id, [n.recognition_id for c in found.values() for n in c.needs if n.recognition_id])
    withheld = frozenset(i for i, staff_ids in secret.items() if caller.staff_id in staff_ids)
    for contents in found.values():
        contents.withheld = withheld
        contents.is_secret = any(n.recognition_id in secret for n in contents.needs)
    return found


def _place(contents: Contents, row: Need | Goal | PlanMeasure) -> None:
    if isinstance(row, Need):
        contents.needs.append(row)
    elif isinstance(row, Goal):
        contents.goals[row.need_id].append(row)
    else:
        contents.measures[row.goal_id].append(row)


async def _secret(session: AsyncSession, school_id: UUID, recognition_ids: list[UUID]) -> dict[UUID, list[UUID]]:
    statement = select(Recognition.id, Recognition.withheld_from_staff_ids).where(
        Recognition.school_id == school_id, Recognition.id.in_(recognition_ids), func.cardinality(Recognition.withheld_from_staff_ids) > 0
    )
    return {row[0]: row[1] for row in await session.execute(statement)} if recognition_ids else {}


def content_of(plan: SupportPlan, contents: Contents, needs: Iterable[Need] | None = None) -> PlanContent:
    """The plan as a value; with `needs` only these."""
    shown = contents.needs if needs is None else list(needs)
    return PlanContent(
        support_level=plan.support_level,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        next_review_on=plan.next_review_on,
        reviewer_staff_id=plan.reviewer_staff_id,
        summary=plan.summary,
        needs=tuple(_need(n, contents) for n in shown),
    )


def _need(row: Need, contents: Contents) -> NeedContent:
    goals = tuple(_goal(g, contents.measures.get(g.id, [])) for g in contents.goals.get(row.id, []))
    return NeedContent(row.lineage, row.dimension, row.statement, row.category, row.recognition_id, goals, row.id)


def _goal(row: Goal, measures: list[PlanMeasure]) -> GoalContent:
    return GoalContent(
        lineage=row.lineage,
        statement=row.statement,
        indicator=row.indicator,
        baseline=row.baseline,
        target=row.target,
        due_on=row.due_on,
        measures=tuple(_measure(m) for m in measures),
        achieved=row.achieved,
        achieved_note=row.achieved_note,
        id=row.id,
    )


def _measure(row: PlanMeasure) -> MeasureContent:
    return MeasureContent(
        row.lineage,
        row.kind,
        row.title,
        row.times,
        row.per,
        row.minutes,
        row.starts_on,
        row.ends_on,
        row.doer_staff_id,
        row.doer_note,
        row.id,
    )


async def write(session: AsyncSession, school_id: UUID, plans: Mapping[UUID, PlanContent], after: Mapping[UUID, int] | None = None) -> None:
    """Insert the contents of plans: one statement a table, however many plans. `after` says where those of a plan with contents go on."""
    rows: tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]] = ([], [], [])
    for plan_id, plan in plans.items():
        for i, need in enumerate(plan.needs, (after or {}).get(plan_id, 0)):
            add_need(rows, school_id, plan_id, i, need)
    for model, values in zip((Need, Goal, PlanMeasure), rows, strict=True):
        if values:
            await session.execute(insert(model), values)


def add_need(rows: tuple[list[dict[str, Any]], ...], school_id: UUID, plan_id: UUID, position: int, need: NeedContent) -> None:
    """Collect the rows of one new need and all below it."""
    own: dict[str, Any] = {"school_id": school_id, "plan_id": plan_id}
    need_id = new_id()
    rows[0].append(own | {"id": need_id, "position": position, "data_class": need.data_class} | _values(need, NEED))
    for j, goal in enumerate(need.goals):
        goal_id = new_id()
        rows[1].append(own | {"id": goal_id, "need_id": need_id, "position": j} | _values(goal, GOAL))
        rows[2].extend(own | {"id": new_id(), "goal_id": goal_id, "position": k} | _values(m, MEASURE) for k, m in enumerate(goal.measures))


NEED = ("lineage", "dimension", "category", "recognition_id", "statement")
GOAL = ("lineage", "statement", "indicator", "baseline", "target", "due_on", "achieved", "achieved_note")
MEASURE = ("lineage", "kind", "title", "times", "per", "minutes", "doer_staff_id", "doer_note", "starts_on", "ends_on")


def _values(part: NeedContent | GoalContent | MeasureContent, names: tuple[str, ...]) -> dict[str, Any]:
    return {n: getattr(part, n) for n in names}
