"""Recording what was delivered: one record, or a group session in one go. Everything is checked before anything is written."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.dossiers.service import note
from nuanyang.casework.interventions import policy, repository
from nuanyang.casework.interventions.errors import MayNotRecord
from nuanyang.casework.interventions.models import Intervention
from nuanyang.casework.interventions.repository import Planned
from nuanyang.casework.interventions.rules import class_of_record, date_errors, form_errors, merged
from nuanyang.casework.interventions.schemas import InterventionInput
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import FieldError, Invalid, Problem
from nuanyang.kit.ids import new_id
from nuanyang.programme.clauses import Kinds, MeasureKind
from nuanyang.programme.editions.service import kinds_of
from nuanyang.school.consents.errors import ConsentMissing
from nuanyang.school.consents.service import missing
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import StudentNotFound

NOON = time(12)


@dataclass(slots=True)
class Ground:
    """What the checks need to know, read in a handful of queries however many the records."""

    students: dict[UUID, Student]
    measures: dict[UUID, Planned]
    in_force: dict[tuple[UUID, str], list[Planned]]
    staff: set[UUID]
    without_consent: dict[tuple[UUID, str], ConsentMissing]
    kinds: Kinds


@dataclass(slots=True)
class Checked:
    """One record after the checks: to be written, or refused with its reason."""

    index: int
    body: InterventionInput
    row: Intervention | None = None
    refusal: Problem | None = None
    errors: list[FieldError] = field(default_factory=list)


async def record(session: AsyncSession, caller: Caller, body: InterventionInput) -> Intervention:
    """Record one intervention."""
    checked = (await check(session, caller, [body], link_to_plans=False))[0]
    if checked.row is None:
        raise checked.refusal or Invalid(errors=checked.errors)
    await write(session, caller, [checked])
    return checked.row


async def check(
    session: AsyncSession, caller: Caller, bodies: Sequence[InterventionInput], *, link_to_plans: bool, session_id: UUID | None = None
) -> list[Checked]:
    """Check every record by itself; nothing is written."""
    ground = await _ground(session, caller, bodies)
    return [_checked(caller, ground, index, body, link_to_plans, session_id) for index, body in enumerate(bodies)]


async def write(session: AsyncSession, caller: Caller, checked: Sequence[Checked]) -> None:
    """Write what passed, each with its entry on the time line; what is withheld from somebody has none, as its plan has none."""
    # In one order for everybody: each record locks what it meets, and two groups that overlap must not wait for each other.
    for row in sorted((c.row for c in checked if c.row is not None), key=lambda row: (row.student_id, row.id)):
        session.add(row)
        if row.withheld_from_staff_ids:
            continue
        details = {"measure": row.kind, "held_on": row.held_on.isoformat(), "minutes": row.minutes, "attendance": row.attendance}
        happened_at = _instant(caller, row)
        note(
            session,
            caller,
            row.student_id,
            "intervention_recorded",
            row.data_class,
            subject=("intervention", row.id),
            happened_at=happened_at,
            **details,
        )
    await session.flush()


def measure_errors(body_kind: str, student_id: UUID, found: Planned | None) -> Iterator[FieldError]:
    """The measure must be this student's, in a plan that was approved, one that the caller may know of, and of the same kind."""
    pointer = "#/plan_measure_id"
    if found is None or found.student_id != student_id:
        yield FieldError(
            pointer, "not_in_plan", "该措施不在这名学生已批准的计划中。", "No such measure in an approved plan of this student."
        )
    elif found.measure.kind != body_kind:
        yield FieldError(pointer, "kind_differs", "记录的方式与计划中的措施不一致。", "The measure of the plan is of another kind.")


async def _ground(session: AsyncSession, caller: Caller, bodies: Sequence[InterventionInput]) -> Ground:
    ids, kinds = {b.student_id for b in bodies}, await kinds_of(session, caller.school_id)
    in_force: dict[tuple[UUID, str], list[Planned]] = defaultdict(list)
    for planned in await repository.measures_in_force(session, caller, ids, {b.kind for b in bodies}):
        in_force[planned.student_id, planned.measure.kind].append(planned)
    return Ground(
        students=await repository.students(session, caller, ids),
        measures=await repository.measures(session, caller, (b.plan_measure_id for b in bodies if b.plan_measure_id)),
        in_force=in_force,
        staff=await repository.staff_ids(session, caller.school_id, (b.doer_staff_id for b in bodies if b.doer_staff_id)),
        without_consent=await _without_consent(session, caller, bodies, kinds),
        kinds=kinds,
    )


async def _without_consent(
    session: AsyncSession, caller: Caller, bodies: Sequence[InterventionInput], kinds: Kinds
) -> dict[tuple[UUID, str], ConsentMissing]:
    """Whose consent to which kind is missing; the database refuses such a record, too."""
    asked: dict[str, set[UUID]] = defaultdict(set)
    for body in bodies:
        kind = kinds.find(body.kind)
        if kind is not None and kind.consent:
            asked[kind.code].add(body.student_id)
    found: dict[tuple[UUID, str], ConsentMissing] = {}
    for code, students in asked.items():
        lacking = await missing(session, caller.school_id, students, kinds.known(code).consent or "")
        found |= {(student_id, code): refusal for student_id, refusal in lacking.items()}
    return found


def _checked(caller: Caller, ground: Ground, index: int, body: InterventionInput, link: bool, session_id: UUID | None) -> Checked:
    result = Checked(index, body)
    student = ground.students.get(body.student_id)
    if student is None:
        result.refusal = StudentNotFound()
        return result
    kind = ground.kinds.find(body.kind)
    if kind is None:
        result.errors = [FieldError("#/kind", "unknown_kind", "没有这种帮扶方式。", "There is no such kind.")]
        return result
    own = ground.in_force.get((student.id, body.kind), [])
    planned = ground.measures.get(body.plan_measure_id) if body.plan_measure_id else own[0] if link and len(own) == 1 else None
    named = planned or next((p for p in own if p.measure.doer_staff_id == caller.staff_id), None)
    data_class = class_of_record(kind, planned.need_class if planned else None)
    if not policy.may_record(caller, student, kind, data_class, named.measure.doer_staff_id if named else None):
        result.refusal = MayNotRecord()
        return result
    result.refusal = ground.without_consent.get((student.id, body.kind))
    if result.refusal is not None:
        return result
    result.errors = list(_errors(caller, ground, body, kind, is_planned=planned is not None))
    if not result.errors:
        result.row = _row(caller, body, planned, session_id, ground.kinds)
    return result


def _errors(caller: Caller, ground: Ground, body: InterventionInput, kind: MeasureKind, *, is_planned: bool) -> Iterator[FieldError]:
    if not is_planned and not ground.kinds.is_offered(kind.code):
        yield FieldError("#/kind", "not_offered", "现行方案中没有这种帮扶方式。", "The programme in force has no such kind.")
    yield from date_errors(body.held_on, today(caller.time_zone))
    yield from form_errors(kind, body.form, body.attendance)
    if body.plan_measure_id:
        yield from measure_errors(body.kind, body.student_id, ground.measures.get(body.plan_measure_id))
    if body.doer_staff_id and body.doer_staff_id not in ground.staff:
        yield FieldError("#/doer_staff_id", "unknown_staff", "没有这位教职工。", "No such member of staff.")
    if body.doer_staff_id is None and body.doer_name is None and caller.staff_id is None:
        yield FieldError("#/doer_staff_id", "missing", "请填写实施人。", "Say who did it.")


def tie(row: Intervention, planned: Planned | None, kinds: Kinds) -> None:
    """Let a record serve a measure, or none: it takes the class of the need, and is withheld from whom the need is."""
    row.plan_measure_id = planned.measure.id if planned else None
    row.withheld_from_staff_ids = list(planned.withheld_from_staff_ids) if planned else []
    kind = kinds.find(row.kind)
    if kind is not None:
        row.data_class = class_of_record(kind, planned.need_class if planned else None)


def _row(caller: Caller, body: InterventionInput, planned: Planned | None, session_id: UUID | None, kinds: Kinds) -> Intervention:
    given = body.model_dump(exclude={"form", "doer_staff_id", "plan_measure_id"})
    row = Intervention(
        school_id=caller.school_id,
        id=new_id(),
        **given,
        doer_staff_id=body.doer_staff_id or (caller.staff_id if body.doer_name is None else None),
        session_id=session_id,
        form=merged(body.form, {}),
        entered_on=today(caller.time_zone),
        created_at=now(),
        created_by=caller.account_id,
    )
    tie(row, planned, kinds)
    return row


def _instant(caller: Caller, row: Intervention) -> datetime:
    """When it happened: as told, now for today's, noon of the day otherwise."""
    if row.started_at is not None:
        return row.started_at
    if row.held_on == row.entered_on:
        return now()
    return datetime.combine(row.held_on, NOON, ZoneInfo(caller.time_zone))
