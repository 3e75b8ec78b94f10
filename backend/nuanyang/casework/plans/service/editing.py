"""Editing a draft as a whole: parts keep their ids, what the caller may not write stays as it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import expect_version
from nuanyang.casework.plans import policy
from nuanyang.casework.plans.errors import NotADraft, NotYourPart, PlanNotFound
from nuanyang.casework.plans.models import Goal, Need, PlanMeasure, SupportPlan
from nuanyang.casework.plans.repository import plans
from nuanyang.casework.plans.repository.contents import Contents, load
from nuanyang.casework.plans.rules import class_of_need, new_lineage
from nuanyang.casework.plans.schemas import GoalInput, MeasureInput, NeedInput, PlanEdit
from nuanyang.kit.clock import now
from nuanyang.kit.errors import FieldError, Forbidden, Invalid, invalid
from nuanyang.kit.ids import new_id
from nuanyang.programme.clauses import Kinds
from nuanyang.programme.editions.service import kinds_of
from nuanyang.school.students.models import Student

Part = TypeVar("Part", Need, Goal, PlanMeasure)
OWN = ("support_level", "starts_on", "ends_on", "next_review_on", "reviewer_staff_id", "summary")
NEVER_NULL = ("support_level", "starts_on")
GOAL = ("statement", "indicator", "baseline", "target", "due_on")
MEASURE = ("kind", "title", "times", "per", "minutes", "doer_staff_id", "doer_note", "starts_on", "ends_on")


async def edit_plan(session: AsyncSession, caller: Caller, plan_id: UUID, seen: int, body: PlanEdit) -> SupportPlan:
    """Change a draft. Needs of the body replace those that the caller may write; hidden ones stay untouched."""
    row = await plans.one(session, caller, plan_id, lock=True)
    if row is None:
        raise PlanNotFound
    plan, student = row[0], row[1]
    if not policy.writable(caller, student):
        raise Forbidden
    expect_version(seen, plan.version)
    if plan.state != "draft":
        raise NotADraft
    contents = (await load(session, caller, [plan.id]))[plan.id]
    await _check(session, caller, plan, body)
    _check_summary(caller, student, plan, contents, body)
    written(plan, caller)  # first of all: the version counts up once, at the first flush
    for name in OWN:
        if name in body.model_fields_set:
            setattr(plan, name, getattr(body, name))
    if body.needs is not None:
        recognised = (await plans.recognised(session, caller.school_id, [student.id])).get(student.id, [])
        tree = _Tree(caller, student, plan, contents, {r.category: r.id for r in recognised if policy.may_hear_of(caller, r)})
        tree.take(body.needs)
        await tree.save(session)
    await session.flush()
    return plan


def written(plan: SupportPlan, caller: Caller) -> None:
    """Remember who wrote: whoever wrote a part approves none of it."""
    plan.edited_by, plan.updated_at = caller.account_id, now()
    if caller.account_id not in plan.writers:
        plan.writers = [*plan.writers, caller.account_id]


async def _check(session: AsyncSession, caller: Caller, plan: SupportPlan, body: PlanEdit) -> None:
    wrong = [
        FieldError(f"#/{n}", "required", "此项不能为空。", "This cannot be empty.")
        for n in NEVER_NULL
        if n in body.model_fields_set and getattr(body, n) is None
    ]
    starts_on = body.starts_on or plan.starts_on
    ends_on = body.ends_on if "ends_on" in body.model_fields_set else plan.ends_on
    if ends_on is not None and ends_on < starts_on:
        wrong.append(FieldError("#/ends_on", "ends_before_start", "结束日期不能早于开始日期。", "The plan ends before it starts."))
    kinds = await kinds_of(session, caller.school_id)
    wrong += [e for i, need in enumerate(body.needs or []) for e in _wrong_measures(i, need, kinds)]
    wrong += await _wrong_staff(session, caller, body)
    if wrong:
        raise Invalid(errors=wrong)


def _check_summary(caller: Caller, student: Student, plan: SupportPlan, contents: Contents, body: PlanEdit) -> None:
    """The words for the family speak of the whole plan: whoever sees a part of it only neither reads nor changes them."""
    is_changed = "summary" in body.model_fields_set and body.summary != plan.summary
    if is_changed and not contents.is_whole(caller, student):
        message = ("给家长的说明须由能查看计划全部内容的老师填写。", "The family's summary is written by somebody who sees the whole plan.")
        raise Invalid(errors=[FieldError("#/summary", "not_your_part", *message)])


def _wrong_measures(i: int, need: NeedInput, kinds: Kinds) -> Iterable[FieldError]:
    for j, goal in enumerate(need.goals):
        for k, measure in enumerate(goal.measures):
            at = f"#/needs/{i}/goals/{j}/measures/{k}"
            kind = kinds.find(measure.kind)
            # A measure that is there already stays one of its kind, though this year's programme has it no more.
            if kind is None or (measure.id is None and not kinds.is_offered(kind.code)):
                yield FieldError(f"{at}/kind", "unknown_kind", "没有这种帮扶措施。", "There is no such kind of measure.")
            elif not kind.fits(need.dimension):
                yield FieldError(f"{at}/kind", "other_dimension", "这项措施不属于该维度。", "This measure belongs to another dimension.")
            if measure.ends_on is not None and measure.ends_on < measure.starts_on:
                yield FieldError(f"{at}/ends_on", "ends_before_start", "结束日期不能早于开始日期。", "The measure ends before it starts.")


async def _wrong_staff(session: AsyncSession, caller: Caller, body: PlanEdit) -> list[FieldError]:
    named = {"#/reviewer_staff_id": body.reviewer_staff_id}
    for i, need in enumerate(body.needs or []):
        for j, goal in enumerate(need.goals):
            named |= {f"#/needs/{i}/goals/{j}/measures/{k}/doer_staff_id": m.doer_staff_id for k, m in enumerate(goal.measures)}
    known = await plans.staff_names(session, caller.school_id, named.values())
    return [
        FieldError(pointer, "unknown_staff", "没有这位教职工。", "No such member of staff.")
        for pointer, staff_id in named.items()
        if staff_id is not None and staff_id not in known
    ]


@dataclass(slots=True)
class _Tree:
    """The rows of a plan being changed by one caller."""

    caller: Caller
    student: Student
    plan: SupportPlan
    contents: Contents
    recognitions: dict[str, UUID]
    needs: list[Need] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    measures: list[PlanMeasure] = field(default_factory=list)
    kept: set[UUID] = field(default_factory=set)
    mine: dict[UUID, Need | Goal | PlanMeasure] = field(default_factory=dict)

    def take(self, wanted: list[NeedInput]) -> None:
        """Change and add rows so that they say what is wanted."""
        visible = {n.id: n for n in self.contents.visible(self.caller, self.student)}
        for need in visible.values():
            if policy.may_write(self.caller, self.student, need.data_class):
                self._own(need)
        for i, need_in in enumerate(wanted):
            there = visible.get(need_in.id) if need_in.id else None
            if there is not None and there.id not in self.mine:
                self._unchanged(there, need_in)
            else:
                self._need(i, need_in)

    def _own(self, need: Need) -> None:
        self.mine[need.id] = need
        for goal in self.contents.goals.get(need.id, []):
            self.mine[goal.id] = goal
            self.mine.update({m.id: m for m in self.contents.measures.get(goal.id, [])})

    def _unchanged(self, there: Need, wanted: NeedInput) -> None:
        """A part that is only read may come back as it was, and in no other way."""
        goals = self.contents.goals.get(there.id, [])
        category = there.category if policy.sees_category(self.caller, self.student, there.category) else None
        same = (there.dimension, category, there.statement, [g.id for g in goals]) == (
            wanted.dimension,
            wanted.category,
            wanted.statement,
            [g.id for g in wanted.goals],
        )
        for goal, goal_in in zip(goals, wanted.goals, strict=False):
            measures = self.contents.measures.get(goal.id, [])
            same = (
                same
                and all(getattr(goal, n) == getattr(goal_in, n) for n in GOAL)
                and [m.id for m in measures] == [m.id for m in goal_in.measures]
            )
            same = same and all(getattr(a, n) == getattr(b, n) for a, b in zip(measures, goal_in.measures, strict=False) for n in MEASURE)
        if not same:
            raise NotYourPart

    def _need(self, position: int, wanted: NeedInput) -> None:
        row = self._row(Need, wanted.id, f"#/needs/{position}/id")
        category: str | None = wanted.category
        if category is None and row is not None and not policy.sees_category(self.caller, self.student, row.category):
            category = row.category  # not shown, so not taken away
        data_class = class_of_need(wanted.dimension, category)
        if not policy.may_write(self.caller, self.student, data_class):
            raise NotYourPart
        if row is None:
            row = Need(school_id=self.plan.school_id, id=new_id(), plan_id=self.plan.id, lineage=new_lineage())
            self.needs.append(row)
        row.position, row.dimension, row.category, row.data_class = position, wanted.dimension, category, data_class
        row.statement = wanted.statement
        row.recognition_id = self.recognitions.get(category) if category else None
        for j, goal in enumerate(wanted.goals):
            self._goal(row, j, goal, f"#/needs/{position}/goals/{j}")

    def _goal(self, need: Need, position: int, wanted: GoalInput, at: str) -> None:
        row = self._row(Goal, wanted.id, f"{at}/id")
        if row is None:
            row = Goal(school_id=self.plan.school_id, id=new_id(), plan_id=self.plan.id, lineage=new_lineage())
            self.goals.append(row)
        row.need_id, row.position = need.id, position
        for name in GOAL:
            setattr(row, name, getattr(wanted, name))
        for k, measure in enumerate(wanted.measures):
            self._measure(row, k, measure, f"{at}/measures/{k}")

    def _measure(self, goal: Goal, position: int, wanted: MeasureInput, at: str) -> None:
        row = self._row(PlanMeasure, wanted.id, f"{at}/id")
        if row is None:
            row = PlanMeasure(school_id=self.plan.school_id, id=new_id(), plan_id=self.plan.id, lineage=new_lineage())
            self.measures.append(row)
        row.goal_id, row.position = goal.id, position
        for name in MEASURE:
            setattr(row, name, getattr(wanted, name))
        row.times, row.title = Decimal(str(wanted.times)), wanted.title or self.contents.kinds.known(wanted.kind).zh

    def _row(self, model: type[Part], part_id: UUID | None, at: str) -> Part | None:
        if part_id is None:
            return None
        row = self.mine.get(part_id)
        if not isinstance(row, model) or part_id in self.kept:
            raise invalid(at, "unknown_part", "计划中没有这一项，或重复出现。", "The plan has no such part, or it is there twice.")
        self.kept.add(part_id)
        return row

    async def save(self, session: AsyncSession) -> None:
        """Write parents before children, then strike out what is gone, children before parents."""
        for rows in (self.needs, self.goals, self.measures):
            session.add_all(rows)
            await session.flush()
        for model in (PlanMeasure, Goal, Need):
            gone = [i for i, row in self.mine.items() if isinstance(row, model) and i not in self.kept]
            if gone:
                for part_id in gone:
                    session.expunge(self.mine[part_id])
                await session.execute(delete(model).where(model.school_id == self.plan.school_id, model.id.in_(gone)))
