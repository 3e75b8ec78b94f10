"""What is read for a family; each statement names the columns that leave, and none of class protection is among them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.interventions.models import Intervention
from nuanyang.casework.plans.models import Goal, Need, PlanMeasure, SupportPlan
from nuanyang.casework.recognition.models import Recognition
from nuanyang.kit.clock import today
from nuanyang.oversight.family.rules import GoalFact, MeasureFact, NeedFact, PlanFact, Record
from nuanyang.school.attendance.models import AttendanceSummary
from nuanyang.school.classes.models import ClassStaff, SchoolClass
from nuanyang.school.guardians.models import Guardian, StudentGuardian
from nuanyang.school.results.models import Exam, ExamSubject, Result
from nuanyang.school.schools.models import School
from nuanyang.school.staff.models import StaffMember
from nuanyang.school.students.models import Student, StudentContact, StudentRecord
from nuanyang.school.years.models import Term

RECORDS_SHOWN = 200


async def school_name(session: AsyncSession, caller: Caller) -> str:
    """The school's name, as it stands on papers."""
    return await session.scalar(select(School.name).where(School.id == caller.school_id)) or ""


async def class_names(session: AsyncSession, caller: Caller, students: Iterable[Student]) -> dict[UUID, str]:
    """The names of these students' classes."""
    ids = {one.class_id for one in students if one.class_id}
    rows = await session.execute(
        select(SchoolClass.id, SchoolClass.name).where(SchoolClass.school_id == caller.school_id, SchoolClass.id.in_(ids))
    )
    return {row.id: row.name for row in rows}


async def homeroom_teachers(session: AsyncSession, caller: Caller, class_id: UUID | None) -> Sequence[str]:
    """Who is the homeroom teacher today."""
    day = today()
    statement = (
        select(StaffMember.name)
        .join(ClassStaff, (ClassStaff.school_id == StaffMember.school_id) & (ClassStaff.staff_id == StaffMember.id))
        .where(StaffMember.school_id == caller.school_id, ClassStaff.class_id == class_id, ClassStaff.role == "homeroom_teacher")
        .where(ClassStaff.valid_from <= day, or_(ClassStaff.valid_to.is_(None), ClassStaff.valid_to >= day))
        .order_by(StaffMember.pinyin, StaffMember.id)
    )
    return (await session.scalars(statement)).all()


async def contact(session: AsyncSession, caller: Caller, student_id: UUID) -> StudentContact | None:
    """The child's own telephone and addresses."""
    return await session.get(StudentContact, (caller.school_id, student_id))


async def record(session: AsyncSession, caller: Caller, student_id: UUID) -> StudentRecord | None:
    """The rest of what the school roll says of the child."""
    return await session.get(StudentRecord, (caller.school_id, student_id))


async def own_details(session: AsyncSession, caller: Caller) -> Guardian | None:
    """The reader's own row."""
    return await session.get(Guardian, (caller.school_id, caller.person_id))


async def guardians(session: AsyncSession, caller: Caller, student_id: UUID) -> Sequence[Any]:
    """(id, name, relation) of those who stand for the child; never how to reach them."""
    g, r = Guardian, StudentGuardian
    statement = (
        select(g.id, g.name, r.relation)
        .join(r, (r.school_id == g.school_id) & (r.guardian_id == g.id))
        .where(g.school_id == caller.school_id, r.student_id == student_id, r.ended_on.is_(None), r.is_guardian)
        .order_by(r.priority, g.id)
    )
    return (await session.execute(statement)).all()


async def results(session: AsyncSession, caller: Caller, student_id: UUID) -> Sequence[Any]:
    """Every result with its exam, the latest exam first. Neither band nor anything of other students is read."""
    statement = (
        select(Exam.id, Exam.name, Exam.kind, Exam.held_on, Term.name.label("term"), ExamSubject.subject, ExamSubject.full_marks)
        .add_columns(Result.status, Result.score, Result.result_level)
        .join(Result, (Result.school_id == Exam.school_id) & (Result.exam_id == Exam.id))
        .join(ExamSubject, (ExamSubject.school_id == Result.school_id) & (ExamSubject.id == Result.exam_subject_id))
        .join(Term, (Term.school_id == Exam.school_id) & (Term.id == Exam.term_id))
        .where(Exam.school_id == caller.school_id, Result.student_id == student_id)
        .order_by(Exam.held_on.desc(), Exam.id.desc(), ExamSubject.id)
    )
    return (await session.execute(statement)).all()


async def attendance(session: AsyncSession, caller: Caller, student_id: UUID) -> Sequence[Any]:
    """The periods with the name of their term, the latest first."""
    a = AttendanceSummary
    statement = (
        select(Term.name.label("term"), a.starts_on, a.ends_on, a.school_days, a.truancy, a.sick_leave, a.personal_leave, a.late)
        .join(Term, (Term.school_id == a.school_id) & (Term.id == a.term_id))
        .where(a.school_id == caller.school_id, a.student_id == student_id)
        .order_by(a.starts_on.desc(), a.id)
    )
    return (await session.execute(statement)).all()


async def is_protected(session: AsyncSession, student_id: UUID) -> bool:
    """Whether anything of class protection is known about the child: asked so that less is told, and told to nobody.

    The database looks by itself: a family's own session need read nothing of it.
    """
    return bool(await session.scalar(select(func.is_protected(student_id, type_=Boolean))))


async def plan_in_force(session: AsyncSession, caller: Caller, student_id: UUID) -> PlanFact | None:
    """The approved plan with all that its parts rest on; the rules decide what of it is told."""
    statement = select(SupportPlan).where(
        SupportPlan.school_id == caller.school_id, SupportPlan.student_id == student_id, SupportPlan.state == "approved"
    )
    plan = (await session.scalars(statement)).one_or_none()
    if plan is None:
        return None
    needs = await _needs(session, caller, [plan.id])
    return PlanFact(plan.state, plan.starts_on, plan.ends_on, plan.summary, tuple(needs.values()))


async def records(session: AsyncSession, caller: Caller, student_id: UUID) -> list[tuple[Any, Record]]:
    """The latest records of support, each as (day, what the rules look at)."""
    i = Intervention
    statement = (
        select(i.held_on, i.kind, i.data_class, i.attendance, i.voided_at, i.withheld_from_staff_ids, i.plan_measure_id, Goal.need_id)
        .outerjoin(PlanMeasure, (PlanMeasure.school_id == i.school_id) & (PlanMeasure.id == i.plan_measure_id))
        .outerjoin(Goal, (Goal.school_id == PlanMeasure.school_id) & (Goal.id == PlanMeasure.goal_id))
        .where(i.school_id == caller.school_id, i.student_id == student_id)
        .order_by(i.held_on.desc(), i.id.desc())
        .limit(RECORDS_SHOWN)
    )
    rows = (await session.execute(statement)).all()
    plans = select(SupportPlan.id).where(SupportPlan.school_id == caller.school_id, SupportPlan.student_id == student_id)
    needs = await _needs(session, caller, (await session.scalars(plans)).all())
    return [
        (
            row.held_on,
            Record(
                row.kind,
                row.data_class,
                row.attendance,
                row.voided_at is not None,
                bool(row.withheld_from_staff_ids),
                needs.get(row.need_id),
            ),
        )
        for row in rows
    ]


async def _needs(session: AsyncSession, caller: Caller, plan_ids: Sequence[UUID]) -> dict[UUID, NeedFact]:
    """The needs of plans by their id, in order."""
    of_school = (caller.school_id, plan_ids)
    answered = (Recognition.school_id == Need.school_id) & (Recognition.id == Need.recognition_id)
    statement = (
        select(Need, Recognition.data_class.label("answers"), Recognition.withheld_from_staff_ids)
        .outerjoin(Recognition, answered)
        .where(*_in(Need, *of_school))
        .order_by(Need.position, Need.id)
    )
    needs = (await session.execute(statement)).all()
    goals, measures = defaultdict(list), defaultdict(list)
    for measure in (
        await session.scalars(select(PlanMeasure).where(*_in(PlanMeasure, *of_school)).order_by(PlanMeasure.position, PlanMeasure.id))
    ).all():
        measures[measure.goal_id].append(MeasureFact(measure.kind, measure.title, measure.times, measure.per, measure.minutes))
    for goal in (await session.scalars(select(Goal).where(*_in(Goal, *of_school)).order_by(Goal.position, Goal.id))).all():
        goals[goal.need_id].append(GoalFact(goal.statement, goal.due_on, tuple(measures[goal.id])))
    return {
        need.id: NeedFact(need.dimension, need.data_class, need.category, _answered(need, answers), bool(withheld), tuple(goals[need.id]))
        for need, answers, withheld in needs
    }


def _answered(need: Need, data_class: str | None) -> str | None:
    """The class of the recognition that a need answers; one that cannot be read is no reason to tell more."""
    return "unknown" if need.recognition_id is not None and data_class is None else data_class


def _in(model: Any, school_id: UUID, plan_ids: Sequence[UUID]) -> tuple[Any, ...]:
    return model.school_id == school_id, model.plan_id.in_(plan_ids)
