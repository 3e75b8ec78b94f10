"""Recognised students with files, plans and records, in few words."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from nuanyang.access.permissions import CATEGORY_CLASS, DIMENSION_CLASS
from nuanyang.casework.dossiers.models import Dossier, TimelineEntry
from nuanyang.casework.evidence.models import Evidence
from nuanyang.casework.plans.models import Goal, Need, PlanMeasure, SupportPlan
from nuanyang.casework.recognition.models import Recognition, RecognitionStep
from nuanyang.kit.clock import now, today
from nuanyang.kit.ids import new_id
from nuanyang.school.students.models import Student
from tests.factories.world import World


async def recognised(
    world: World, student: Student, category: str = "C2", *, data_class: str | None = None, state: str = "recognised", **more: Any
) -> Recognition:
    """A recognition in force, and the file that it opened when there was none. What is withheld is a matter of protection."""
    withheld = more.get("withheld_from_staff_id") or more.get("withheld_from_staff_ids")
    data_class = data_class or ("protection" if withheld else CATEGORY_CLASS[category])
    row = Recognition(
        school_id=world.school_id,
        id=new_id(),
        student_id=student.id,
        category=category,
        support_level="key",
        data_class=data_class,
        entered_by=uuid4(),
        state=state,
        **{
            "school_year_id": world.year.id,
            "recognised_on": today() if state == "recognised" else None,
            **deciders(state, data_class),
            **more,
        },
    )
    return await world.add(row, *agreed(row))


def agreed(row: Recognition) -> list[RecognitionStep]:
    """The steps of those who are said to have agreed: the database asks for them."""
    return [
        RecognitionStep(
            school_id=row.school_id,
            recognition_id=row.id,
            entered_by=row.entered_by,
            step=step,
            outcome="agree",
            reason="同意认定",
            decided_at=now(),
            decided_by=account,
        )
        for step in ("class", "grade", "school")
        if (account := getattr(row, f"{step}_by")) is not None
    ]


def deciders(state: str, data_class: str) -> dict[str, Any]:
    """Who agreed on the way to a state, each another person."""
    at_school = data_class in ("protection", "wellbeing") and state not in ("class_review", "grade_review")
    steps = {"grade_review": 1, "school_review": 2, "recognised": 3, "exited": 3}.get(state, 0)
    made = {f"{step}_by": uuid4() for step in ("class", "grade", "school")[:steps] if not at_school or step == "school"}
    return {"at_school_only": at_school, **made}


async def opened(world: World, student: Student, data_class: str = "academic") -> Dossier:
    """An open file."""
    file = Dossier(
        school_id=world.school_id,
        id=new_id(),
        student_id=student.id,
        number=f"2026-{uuid4().hex[:12]}",
        data_class=data_class,
        opened_on=today(),
    )
    return await world.add(file)


async def noted(
    world: World, student: Student, data_class: str, kind: str = "evidence_added", days_ago: int = 0, **more: Any
) -> TimelineEntry:
    """An entry on the timeline."""
    row = TimelineEntry(
        school_id=world.school_id,
        student_id=student.id,
        happened_at=now() - timedelta(days=days_ago),
        kind=kind,
        data_class=data_class,
        details={},
        **more,
    )
    return await world.add(row)


async def evidence(
    world: World, student: Student, category: str = "C2", kind: str = "weak_method", *, data_class: str | None = None, **more: Any
) -> Evidence:
    """A piece of evidence."""
    row = Evidence(
        school_id=world.school_id,
        id=new_id(),
        student_id=student.id,
        school_year_id=world.year.id,
        category=category,
        kind=kind,
        data_class=data_class or ("protection" if more.get("about_staff_id") else CATEGORY_CLASS[category]),
        **{"observed_on": today(), "source": "nomination", "note": "上课易走神", "facts": {}, **more},
    )
    return await world.add(row)


async def planned(
    world: World,
    student: Student,
    kind: str,
    dimension: str = "academic",
    *,
    data_class: str | None = None,
    state: str = "approved",
    number: int = 1,
    starts_on: date | None = None,
    times: int = 2,
    per: str = "week",
    minutes: int = 40,
    doer: Any = None,
    achieved: str | None = None,
) -> PlanMeasure:
    """A plan with one need, one goal and one measure; returns the measure."""
    approved = state in ("approved", "superseded", "closed")
    plan = SupportPlan(
        school_id=world.school_id,
        id=new_id(),
        student_id=student.id,
        school_year_id=world.year.id,
        number=number,
        state=state,
        support_level="key",
        starts_on=starts_on or world.year.starts_on,
        next_review_on=today() + timedelta(days=30),
        submitted_by=uuid4() if approved else None,
        approved_by=uuid4() if approved else None,
        approved_at=now() if approved else None,
    )
    need = Need(
        school_id=world.school_id,
        id=new_id(),
        plan_id=plan.id,
        dimension=dimension,
        category=None,
        data_class=data_class or DIMENSION_CLASS[dimension],
        statement="数学基础薄弱，需要小组辅导",
    )
    goal = Goal(
        school_id=world.school_id,
        id=new_id(),
        plan_id=plan.id,
        need_id=need.id,
        statement="数学成绩提升一个等级",
        indicator="期末数学等级",
        baseline="D",
        target="C",
        due_on=today() + timedelta(days=60),
        achieved=achieved,
    )
    measure = PlanMeasure(
        school_id=world.school_id,
        id=new_id(),
        plan_id=plan.id,
        goal_id=goal.id,
        kind=kind,
        title="数学小组辅导",
        times=Decimal(times),
        per=per,
        minutes=minutes,
        doer_staff_id=doer.id if doer else None,
        starts_on=starts_on or world.year.starts_on,
    )
    await world.add(plan, need, goal, measure)
    return measure
