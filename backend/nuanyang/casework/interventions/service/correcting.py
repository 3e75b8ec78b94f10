"""Correcting and voiding records: what was there before is kept, nothing is deleted."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.casework.dossiers.service import note
from nuanyang.casework.interventions import policy, repository
from nuanyang.casework.interventions.errors import AlreadyVoid, InterventionNotFound, MayNotRecord, NothingChanged
from nuanyang.casework.interventions.models import Intervention, InterventionVersion
from nuanyang.casework.interventions.rules import date_errors, form_errors, merged
from nuanyang.casework.interventions.schemas import InterventionChange
from nuanyang.casework.interventions.service.recording import measure_errors, tie
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import FieldError, Invalid
from nuanyang.programme.clauses import Kinds
from nuanyang.programme.editions.service import kinds_of
from nuanyang.school.students.models import Student

MAY_NOT_BE_EMPTY = ("held_on", "minutes", "attendance")


async def correctable(session: AsyncSession, caller: Caller, intervention_id: UUID) -> Intervention:
    """A record that the caller sees, may change, and that still counts."""
    found = await repository.one(session, caller, intervention_id)
    if found is None:
        raise InterventionNotFound
    row, student = found[0], found[1]
    if not may_correct(caller, row, student, await kinds_of(session, caller.school_id)):
        raise MayNotRecord
    if row.voided_at is not None:
        raise AlreadyVoid
    return row


def may_correct(caller: Caller, row: Intervention, student: Student, kinds: Kinds) -> bool:
    """Whoever did it or entered it, and whoever may record its kind for this student."""
    kind = kinds.find(row.kind)
    return policy.is_own(caller, row) or (kind is not None and policy.may_record(caller, student, kind, row.data_class))


async def correct(session: AsyncSession, caller: Caller, row: Intervention, change: InterventionChange) -> Intervention:
    """Change a record; the old values of what changed are kept with the reason."""
    asked = change.model_dump(exclude_unset=True, exclude={"reason"})
    if "form" in asked:
        asked["form"] = merged(row.form, asked["form"] or {})
    changed = {name: value for name, value in asked.items() if getattr(row, name) != value}
    if not changed:
        raise NothingChanged
    before = {name: _plain(getattr(row, name)) for name in changed}
    version = InterventionVersion(
        school_id=caller.school_id,
        intervention_id=row.id,
        number=row.version,
        before=before,
        reason=change.reason,
        changed_at=now(),
        changed_by=caller.account_id,
    )
    for name, value in changed.items():
        setattr(row, name, value)
    await _check(session, caller, row, changed)
    session.add(version)
    _note(session, caller, row, "intervention_corrected", fields=sorted(changed))
    await session.flush()
    return row


async def void(session: AsyncSession, caller: Caller, row: Intervention, reason: str) -> Intervention:
    """Say that a record does not count; it stays, with the reason."""
    row.voided_at, row.voided_by, row.voided_reason = now(), caller.account_id, reason
    _note(session, caller, row, "intervention_voided")
    await session.flush()
    return row


def _note(session: AsyncSession, caller: Caller, row: Intervention, kind: str, **details: Any) -> None:
    if not row.withheld_from_staff_ids:
        note(session, caller, row.student_id, kind, row.data_class, subject=("intervention", row.id), measure=row.kind, **details)


async def _check(session: AsyncSession, caller: Caller, row: Intervention, changed: dict[str, Any]) -> None:
    errors = [FieldError(f"#/{n}", "missing", "此项必填。", "Required.") for n in MAY_NOT_BE_EMPTY if getattr(row, n) is None]
    if not errors:
        errors += date_errors(row.held_on, today(caller.time_zone))
        kind = (await kinds_of(session, caller.school_id)).find(row.kind)
        errors += form_errors(kind, row.form, row.attendance) if kind else ()
    if "plan_measure_id" in changed:
        errors += await _tied(session, caller, row, changed["plan_measure_id"])
    if changed.get("doer_staff_id") and not await repository.staff_ids(session, caller.school_id, [changed["doer_staff_id"]]):
        errors.append(FieldError("#/doer_staff_id", "unknown_staff", "没有这位教职工。", "No such member of staff."))
    if row.doer_staff_id is None and row.doer_name is None:
        errors.append(FieldError("#/doer_staff_id", "missing", "请填写实施人。", "Say who did it."))
    if errors:
        raise Invalid(errors=errors)


async def _tied(session: AsyncSession, caller: Caller, row: Intervention, measure_id: UUID | None) -> list[FieldError]:
    found = (await repository.measures(session, caller, [measure_id])).get(measure_id) if measure_id else None
    errors = list(measure_errors(row.kind, row.student_id, found)) if measure_id else []
    if not errors:
        tie(row, found, await kinds_of(session, caller.school_id))
    return errors


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value) if isinstance(value, UUID) else value
