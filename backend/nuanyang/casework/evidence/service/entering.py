"""Entering, correcting and withdrawing evidence; the census look that goes with it."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import expect_version
from nuanyang.casework.dossiers.service import note
from nuanyang.casework.evidence import policy, repository
from nuanyang.casework.evidence.catalogue import KINDS, Kind
from nuanyang.casework.evidence.errors import AlreadyWithdrawn, EvidenceNotFound, MayNotEnter, NothingChanged, OwnWords
from nuanyang.casework.evidence.models import Evidence, EvidenceChange
from nuanyang.casework.evidence.rules import checked_facts
from nuanyang.casework.evidence.schemas import EvidenceInput, EvidencePatch
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import FieldError, Forbidden, Invalid
from nuanyang.kit.ids import new_id
from nuanyang.school.staff.models import StaffMember
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import StudentNotFound, visible_student
from nuanyang.school.years.models import SchoolYear
from nuanyang.school.years.service import year_of

LOOKS = ("self_report", "nomination", "home_visit")


async def enter(
    session: AsyncSession, caller: Caller, body: EvidenceInput, *, at: str = "#", is_about_staff: bool = False
) -> tuple[Evidence, Student]:
    """Add a piece of evidence. `at` is where the body stands in the request, for pointing at its fields.

    `is_about_staff` says that it is about somebody on the staff whom the student did not name.
    """
    kind, facts = await _checked(session, caller, body, at)
    student = await _student(session, caller, body)
    # What is told about a member of staff is a matter of protection, whatever its kind.
    data_class = "protection" if body.about_staff_id or is_about_staff else kind.data_class
    if not _is_own_report(caller, body) and not policy.may_enter(caller, student, data_class):
        raise MayNotEnter
    if body.source == "special_list" and not caller.may("write", data_class, student.class_id, student.id):
        raise MayNotEnter
    year = await year_of(session, caller.school_id)
    evidence = Evidence(
        school_id=caller.school_id,
        id=new_id(),
        student_id=student.id,
        school_year_id=year.id,
        source=body.source,
        category=kind.category,
        kind=kind.code,
        data_class=data_class,
        observed_on=body.observed_on,
        note=body.note or None,
        facts=facts,
        about_staff_id=body.about_staff_id,
        reported_by_staff_id=caller.staff_id,
        created_by=caller.account_id,
    )
    session.add(evidence)
    await session.flush()
    if body.about_staff_id is not None:
        await repository.withhold_running(session, caller.school_id, student.id, body.about_staff_id)
    note_evidence(session, caller, evidence, "evidence_added")
    await _look(session, caller, year, evidence)
    return evidence, student


async def change(session: AsyncSession, caller: Caller, evidence_id: UUID, seen: int, body: EvidencePatch) -> Evidence:
    """Correct day, note or facts; what was there before is kept with the reason."""
    evidence, _ = await _changeable(session, caller, evidence_id)
    if policy.is_own_words(evidence):
        raise OwnWords
    expect_version(seen, evidence.version)
    asked = _asked(evidence, body)
    changed = {name: value for name, value in asked.items() if getattr(evidence, name) != value}
    if not changed:
        raise NothingChanged
    correct(session, caller, evidence, changed, body.reason)
    await session.flush()
    return evidence


def _asked(evidence: Evidence, body: EvidencePatch) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    errors = []
    if body.observed_on is not None:
        asked["observed_on"] = body.observed_on
        if body.observed_on > today():
            errors.append(FieldError("#/observed_on", "in_future", "日期还没有到。", "The day lies in the future."))
    if "note" in body.model_fields_set:
        asked["note"] = body.note or None
    if body.facts is not None:
        asked["facts"], wrong = checked_facts(KINDS[evidence.kind], body.facts)
        errors += wrong
    if errors:
        raise Invalid(errors=errors)
    return asked


def correct(session: AsyncSession, caller: Caller, evidence: Evidence, changed: dict[str, Any], reason: str) -> None:
    """Put new values in and keep the old ones with the reason."""
    before = {name: _plain(getattr(evidence, name)) for name in changed}
    session.add(
        EvidenceChange(
            school_id=caller.school_id,
            evidence_id=evidence.id,
            before=before,
            reason=reason,
            changed_at=now(),
            changed_by=caller.account_id,
        )
    )
    for name, value in changed.items():
        setattr(evidence, name, value)
    evidence.updated_at = now()
    note_evidence(session, caller, evidence, "evidence_changed")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


async def withdraw(session: AsyncSession, caller: Caller, evidence_id: UUID, reason: str) -> Evidence:
    """Take a piece back with its reason; it stays readable and no longer counts."""
    evidence, _ = await _changeable(session, caller, evidence_id)
    evidence.withdrawn_at, evidence.withdrawn_by, evidence.withdrawn_reason = now(), caller.account_id, reason
    note_evidence(session, caller, evidence, "evidence_withdrawn")
    await session.flush()
    return evidence


async def _changeable(session: AsyncSession, caller: Caller, evidence_id: UUID) -> tuple[Evidence, Student]:
    found = await repository.one(session, caller, evidence_id, lock=True)
    if found is None:
        raise EvidenceNotFound
    evidence, student, _ = found
    if not policy.may_change(caller, student, evidence):
        raise Forbidden
    if evidence.withdrawn_at is not None:
        raise AlreadyWithdrawn
    return evidence, student


def _is_own_report(caller: Caller, body: EvidenceInput) -> bool:
    return caller.person_kind == "student" and caller.person_id == body.student_id and body.source == "self_report"


async def _student(session: AsyncSession, caller: Caller, body: EvidenceInput) -> Student:
    if not _is_own_report(caller, body):
        return await visible_student(session, caller, body.student_id)
    student = await session.get(Student, (caller.school_id, body.student_id))
    if student is None:
        raise StudentNotFound
    return student


async def _checked(session: AsyncSession, caller: Caller, body: EvidenceInput, at: str) -> tuple[Kind, dict[str, Any]]:
    kind = KINDS.get(body.kind)
    if kind is None:
        raise Invalid(errors=[FieldError(f"{at}/kind", "unknown_kind", "没有这类依据。", "There is no such kind of evidence.")])
    facts, errors = checked_facts(kind, body.facts)
    if body.source not in kind.sources:
        errors.append(
            FieldError(f"{at}/source", "source_not_possible", "这类依据不能来自该来源。", "This kind does not come from that source.")
        )
    if body.observed_on > today():
        errors.append(FieldError(f"{at}/observed_on", "in_future", "日期还没有到。", "The day lies in the future."))
    if body.about_staff_id is not None:
        errors += await _check_staff(session, caller, body.about_staff_id, at)
    if errors:
        moved = [
            FieldError(e.pointer.replace("#", at, 1) if e.pointer.startswith("#/facts") else e.pointer, e.code, e.zh, e.en) for e in errors
        ]
        raise Invalid(errors=moved)
    return kind, facts


async def _check_staff(session: AsyncSession, caller: Caller, staff_id: UUID, at: str) -> list[FieldError]:
    known = await session.scalar(select(StaffMember.id).where(StaffMember.school_id == caller.school_id, StaffMember.id == staff_id))
    if known is None or staff_id == caller.staff_id:
        return [FieldError(f"{at}/about_staff_id", "unknown_staff", "没有这名教职工。", "There is no such member of staff.")]
    return []


def note_evidence(session: AsyncSession, caller: Caller, evidence: Evidence, event: str) -> None:
    """Put what happened to a piece on the student's time line."""
    # The time line knows no member of staff; so what is about one is not on it at all.
    if evidence.about_staff_id is None:
        note(
            session,
            caller,
            evidence.student_id,
            event,
            evidence.data_class,
            subject=("evidence", evidence.id),
            category=evidence.category,
            evidence_kind=evidence.kind,
            source=evidence.source,
        )


async def _look(session: AsyncSession, caller: Caller, year: SchoolYear, evidence: Evidence) -> None:
    if evidence.source in LOOKS:
        look = {"school_id": caller.school_id, "student_id": evidence.student_id, "school_year_id": year.id}
        await repository.add_looks(
            session, [look | {"way": evidence.source, "looked_on": evidence.observed_on, "looked_by": caller.account_id}]
        )
