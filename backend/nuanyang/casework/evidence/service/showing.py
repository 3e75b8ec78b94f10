"""Evidence as the API shows it."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.casework.evidence import policy, repository
from nuanyang.casework.evidence.catalogue import KINDS, LIST_NAMES, Fact, Kind
from nuanyang.casework.evidence.models import Evidence
from nuanyang.casework.evidence.schemas import (
    Catalogue,
    DerivedEvidence,
    EvidenceGroup,
    EvidenceRow,
    EvidenceShown,
    FactShown,
    KindShown,
    OptionShown,
    StudentEvidence,
)
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import visible_student


def catalogue(caller: Caller, *, is_english: bool) -> Catalogue:
    """Every kind in the caller's language, and whether it is theirs to enter or to import."""
    listed = {code for code, _ in LIST_NAMES.values()}
    return Catalogue(
        items=[
            KindShown(
                code=kind.code,
                name=kind.en if is_english else kind.zh,
                category=kind.category,
                data_class=kind.data_class,
                is_ground=kind.is_ground,
                sources=list(kind.sources),
                facts=[_fact(fact, is_english=is_english) for fact in kind.facts],
                may_enter=policy.may_enter_anywhere(caller, kind),
                may_import=kind.code in listed and caller.scope(kind.data_class, "write").whole,
            )
            for kind in KINDS.values()
        ]
    )


def _fact(fact: Fact, *, is_english: bool) -> FactShown:
    return FactShown(
        code=fact.code,
        name=fact.en if is_english else fact.zh,
        type=fact.type,
        unit=fact.unit,
        minimum=fact.minimum,
        maximum=fact.maximum,
        is_required=fact.is_required,
        options=[OptionShown(code=code, name=en if is_english else zh) for code, zh, en in fact.options],
    )


def kind_name(code: str, *, is_english: bool) -> str:
    """The name of a kind."""
    kind: Kind | None = KINDS.get(code)
    return code if kind is None else kind.en if is_english else kind.zh


def shown(caller: Caller, evidence: Evidence, student: Student, reporter: str | None, *, is_english: bool) -> EvidenceShown:
    """One piece."""
    return EvidenceShown(**_columns(caller, evidence, student, reporter, is_english=is_english))


def row(caller: Caller, found: Any, *, is_english: bool) -> EvidenceRow:
    """One piece in a list: (evidence, student, class name, reporter)."""
    evidence, student, class_name, reporter = found
    columns = _columns(caller, evidence, student, reporter, is_english=is_english)
    return EvidenceRow(**columns, student_name=student.name, class_name=class_name)


def _columns(caller: Caller, evidence: Evidence, student: Student, reporter: str | None, *, is_english: bool) -> dict[str, Any]:
    same = ("id", "version", "student_id", "category", "kind", "data_class", "source", "observed_on", "note", "facts", "created_at")
    ends = ("withdrawn_at", "withdrawn_reason", "answered_at", "answered_note")
    return {name: getattr(evidence, name) for name in (*same, *ends)} | {
        "kind_name": kind_name(evidence.kind, is_english=is_english),
        "is_about_staff": evidence.about_staff_id is not None,
        "is_own": evidence.created_by == caller.account_id,
        "is_own_words": policy.is_own_words(evidence),
        "may_change": evidence.withdrawn_at is None and policy.may_change(caller, student, evidence),
        "reported_by": reporter,
    }


async def of_student(session: AsyncSession, caller: Caller, student_id: UUID, *, is_english: bool) -> StudentEvidence:
    """A student's evidence, grouped by the classes the caller may read; the others are named as hidden."""
    student = await visible_student(session, caller, student_id)
    readable = [c for c in policy.CLASSES if caller.may("cases", c, student.class_id, student.id)]
    groups = {c: EvidenceGroup(data_class=c, items=[], derived=[]) for c in readable}
    own: list[EvidenceShown] = []
    for evidence, reporter in await repository.of_student(session, caller, student_id):
        piece = shown(caller, evidence, student, reporter, is_english=is_english)
        (groups[evidence.data_class].items if evidence.data_class in groups else own).append(piece)
    if "academic" in groups:
        groups["academic"].derived = await derived(session, caller.school_id, student_id)
    await showed(session, caller, ((student_id, c) for c in (*groups, *(piece.data_class for piece in own))))
    return StudentEvidence(
        student_id=student_id, groups=list(groups.values()), own=own, hidden=[c for c in policy.CLASSES if c not in groups]
    )


async def derived(session: AsyncSession, school_id: UUID, student_id: UUID) -> list[DerivedEvidence]:
    """What results and attendance say of a student: worked out anew each time, never entered."""
    low = [
        DerivedEvidence(
            source="results",
            code="lowest_fifth",
            observed_on=exam.held_on,
            title=f"{exam.term_name} {exam.name}",
            facts={"lowest": exam.lowest, "subjects_sat": exam.banded, "subjects": list(exam.subjects or [])},
        )
        for exam in await repository.lowest_fifths(session, school_id, student_id)
    ]
    away = [
        DerivedEvidence(
            source="attendance",
            code="truancy" if term.truancy else "absence",
            observed_on=term.ends_on,
            title=term.term_name,
            facts={
                "truancy": float(term.truancy),
                "leave": float(term.leave),
                "late": int(term.late),
                "school_days": int(term.school_days) if term.school_days is not None else None,
            },
        )
        for term in await repository.days_away(session, school_id, student_id)
        if term.truancy or term.leave or term.late
    ]
    return [*low, *away]
