"""Making and changing exams, their subjects and level schemes."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.guards import expect_version
from nuanyang.kit.clock import now, today
from nuanyang.kit.errors import FieldError, Forbidden, Invalid, invalid
from nuanyang.kit.ids import new_id
from nuanyang.school.results import policy, repository, rules
from nuanyang.school.results.errors import (
    ExamExists,
    ExamHasResults,
    ExamNotFound,
    NotASchemeOfOurs,
    NothingChanged,
    ReasonMissing,
    SchemeExists,
)
from nuanyang.school.results.models import Exam, ExamChange, ExamSubject, LevelScheme
from nuanyang.school.results.schemas import (
    EntryShown,
    ExamInput,
    ExamPatch,
    ExamRow,
    ExamSubjectInput,
    ExamSubjectShown,
    LevelSchemeInput,
    LevelSchemes,
    LevelSchemeShown,
    SubjectResult,
)
from nuanyang.school.schools.models import School
from nuanyang.school.years.models import SchoolYear, Term
from nuanyang.school.years.service import term_of


def demand_school_wide(caller: Caller) -> None:
    """Exams are set for a whole grade: 教务处 makes them; a teacher enters results."""
    if not caller.scope("academic", "write").whole:
        raise Forbidden


async def found_exam(session: AsyncSession, caller: Caller, exam_id: UUID, *, lock: bool = False) -> Exam:
    """The exam, or 404."""
    exam = await repository.exam(session, caller.school_id, exam_id, lock=lock)
    if exam is None:
        raise ExamNotFound
    return exam


async def create_exam(session: AsyncSession, caller: Caller, body: ExamInput) -> Exam:
    """A new exam of one grade in the term of its day."""
    demand_school_wide(caller)
    await _expect_grade(session, caller.school_id, body.grade)
    term = await _term(session, caller.school_id, body)
    await _expect_free_name(session, caller.school_id, term.id, body.grade, body.name)
    exam = Exam(
        school_id=caller.school_id,
        id=new_id(),
        term_id=term.id,
        grade=body.grade,
        kind=body.kind,
        name=body.name,
        held_on=body.held_on,
        created_by=caller.account_id,
    )
    session.add(exam)
    await session.flush()
    await _set_subjects(session, exam, body.subjects)
    return exam


async def change_exam(session: AsyncSession, caller: Caller, exam_id: UUID, seen_version: int, body: ExamPatch) -> Exam:
    """Change name, day, kind or subjects; levels and bands follow."""
    demand_school_wide(caller)
    exam = await found_exam(session, caller, exam_id, lock=True)
    expect_version(seen_version, exam.version)
    before = await _as_it_was(session, exam)
    if body.name is not None and body.name != exam.name:
        await _expect_free_name(session, caller.school_id, exam.term_id, exam.grade, body.name)
        exam.name = body.name
    exam.kind = body.kind or exam.kind
    if body.held_on is not None:
        await _expect_in_term(session, caller.school_id, exam.term_id, body.held_on)
        exam.held_on = body.held_on
    if body.subjects is not None:
        await _set_subjects(session, exam, body.subjects)
    await session.flush()
    await _keep(session, caller, exam, before, body.reason)
    await repository.settle(session, caller.school_id, exam.id, rules.LEVELS_ONLY_UP_TO)
    return exam


async def _as_it_was(session: AsyncSession, exam: Exam) -> dict[str, object]:
    subjects = [
        {
            "subject": subject.subject,
            "full_marks": float(subject.full_marks) if subject.full_marks is not None else None,
            "level_scheme": scheme.name if scheme else None,
        }
        for subject, scheme in await repository.subjects_of(session, exam.school_id, [exam.id])
    ]
    return {"name": exam.name, "kind": exam.kind, "held_on": exam.held_on.isoformat(), "subjects": subjects}


async def _keep(session: AsyncSession, caller: Caller, exam: Exam, before: dict[str, object], reason: str | None) -> None:
    """Keep what was there before; once there are results, nothing changes without a reason."""
    after = await _as_it_was(session, exam)
    changed = {name: value for name, value in before.items() if value != after[name]}
    if not changed:
        raise NothingChanged
    subjects = await repository.subjects_of(session, exam.school_id, [exam.id])
    if reason is None and await repository.results_count(session, exam.school_id, [subject.id for subject, _ in subjects]):
        raise ReasonMissing(errors=[FieldError("#/reason", "missing", ReasonMissing.zh, ReasonMissing.en)])
    session.add(
        ExamChange(school_id=exam.school_id, exam_id=exam.id, before=changed, reason=reason, changed_at=now(), changed_by=caller.account_id)
    )
    exam.updated_at = now()  # the version counts up even when only subjects change
    await session.flush()


async def _expect_in_term(session: AsyncSession, school_id: UUID, term_id: UUID, day: date) -> None:
    found = await repository.term_and_year(session, school_id, term_id)
    if found is None or not found[0].starts_on <= day <= found[0].ends_on:
        raise invalid("#/held_on", "not_in_term", "考试日期不在该学期内。", "The day lies outside of the term.")


async def remove_exam(session: AsyncSession, caller: Caller, exam_id: UUID) -> None:
    """Take back an exam nobody has results in."""
    demand_school_wide(caller)
    exam = await found_exam(session, caller, exam_id, lock=True)
    subjects = await repository.subjects_of(session, caller.school_id, [exam.id])
    if await repository.results_count(session, caller.school_id, [subject.id for subject, _ in subjects]):
        raise ExamHasResults
    await repository.remove_exam(session, caller.school_id, exam.id)


async def create_scheme(session: AsyncSession, caller: Caller, body: LevelSchemeInput) -> LevelScheme:
    """A level scheme of the school's own."""
    demand_school_wide(caller)
    levels = [entry.model_dump(exclude_none=True) for entry in body.levels]
    if not rules.is_scheme(levels):
        raise invalid(
            "#/levels",
            "not_a_scheme",
            "等级须从高到低，比例为同一种且首尾完整（得分率最低档为 0，人数比例累计到 1）。",
            "Levels go from best to worst with shares of one kind that cover everything.",
        )
    if body.passing is not None and body.passing not in {entry.level for entry in body.levels}:
        raise invalid("#/passing", "unknown_level", "及格等级不在方案中。", "The passing level is not in the scheme.")
    if body.name in rules.PRESETS or await repository.scheme_by_name(session, caller.school_id, body.name):
        raise SchemeExists
    scheme = LevelScheme(school_id=caller.school_id, id=new_id(), name=body.name, levels=levels, passing=body.passing)
    session.add(scheme)
    await session.flush()
    return scheme


async def list_schemes(session: AsyncSession, caller: Caller) -> LevelSchemes:
    """The school's schemes, then the presets it has not used yet."""
    own = await repository.schemes(session, caller.school_id)
    names = {scheme.name for scheme in own}
    presets = [
        LevelSchemeShown.model_validate({"id": None, "name": name, "levels": list(levels), "passing": passing})
        for name, (levels, passing) in rules.PRESETS.items()
        if name not in names
    ]
    return LevelSchemes(items=[*(LevelSchemeShown.model_validate(scheme) for scheme in own), *presets])


async def shown(session: AsyncSession, caller: Caller, rows: Sequence[tuple[Exam, Term, SchoolYear]]) -> list[ExamRow]:
    """Exams with their subjects and counts."""
    ids = [exam.id for exam, _, _ in rows]
    subjects: dict[UUID, list[ExamSubjectShown]] = {}
    for subject, scheme in await repository.subjects_of(session, caller.school_id, ids):
        subjects.setdefault(subject.exam_id, []).append(
            ExamSubjectShown(
                id=subject.id,
                subject=subject.subject,
                full_marks=subject.full_marks,
                level_scheme=scheme.name if scheme else None,
                levels=[entry["level"] for entry in scheme.levels] if scheme else [],
            )
        )
    counts = await repository.student_counts(session, caller, ids)
    write, teaches = caller.scope("academic", "write"), caller.duty_scope("teach_a_subject")
    grades = await repository.grades_of(session, caller.school_id, write.class_ids | teaches.class_ids)
    return [
        ExamRow(
            id=exam.id,
            version=exam.version,
            term_id=exam.term_id,
            term_name=term.name,
            school_year=year.name,
            grade=exam.grade,
            kind=exam.kind,  # type: ignore[arg-type]  # the column's own check
            name=exam.name,
            held_on=exam.held_on,
            subjects=subjects.get(exam.id, []),
            students=counts.get(exam.id, 0),
            may_edit=write.whole,
            may_import=write.whole or exam.grade in grades,
        )
        for exam, term, year in rows
    ]


async def shown_one(session: AsyncSession, caller: Caller, exam: Exam) -> ExamRow:
    """One exam as the list shows it."""
    found = await repository.term_and_year(session, caller.school_id, exam.term_id)
    if found is None:
        raise ExamNotFound
    return (await shown(session, caller, [(exam, *found)]))[0]


async def entries_shown(session: AsyncSession, caller: Caller, exam_id: UUID, rows: Sequence[Any]) -> list[EntryShown]:
    """The rows of (student, subject) as one entry a student, in the order given."""
    taught = await repository.taught(session, caller, today())
    subjects = [subject for subject, _ in await repository.subjects_of(session, caller.school_id, [exam_id])]
    found: dict[UUID, EntryShown] = {}
    for row in rows:
        entry = found.get(row.student_id)
        if entry is None:
            mine = [s.id for s in subjects if policy.may_enter(caller, taught, row.current_class_id, row.student_id, s.subject)]
            entry = found[row.student_id] = EntryShown(
                student_id=row.student_id,
                version=0,
                student_name=row.student_name,
                student_number=row.student_number,
                class_name=row.class_name,
                results=[],
                corrections=0,
                subjects_to_enter=mine,
            )
        entry.version += row.version
        entry.corrections += row.corrections
        entry.results.append(SubjectResult.model_validate(row))
    return list(found.values())


async def _expect_grade(session: AsyncSession, school_id: UUID, grade: int) -> None:
    school = (await session.scalars(select(School).where(School.id == school_id))).one()
    if not school.first_grade <= grade <= school.last_grade:
        raise invalid("#/grade", "no_such_grade", "本校没有这个年级。", "This school does not have that grade.")


async def _term(session: AsyncSession, school_id: UUID, body: ExamInput) -> Term:
    if body.term_id is None:
        return await term_of(session, school_id, body.held_on)
    found = await repository.term_and_year(session, school_id, body.term_id)
    if found is None or found[0].withdrawn_on is not None:
        raise invalid("#/term_id", "unknown_term", "没有这个学期。", "There is no such term.")
    term = found[0]
    if not term.starts_on <= body.held_on <= term.ends_on:
        raise invalid("#/held_on", "not_in_term", "考试日期不在该学期内。", "The day lies outside of the term.")
    return term


async def _expect_free_name(session: AsyncSession, school_id: UUID, term_id: UUID, grade: int, name: str) -> None:
    statement = select(Exam.id).where(Exam.school_id == school_id, Exam.term_id == term_id, Exam.grade == grade, Exam.name == name)
    if (await session.execute(statement)).first() is not None:
        raise ExamExists


async def _set_subjects(session: AsyncSession, exam: Exam, wanted: Sequence[ExamSubjectInput]) -> None:
    """Add, change and take back subjects; those with results stay, and their full marks cover every mark given."""
    _check_subjects(exam.grade, wanted)
    known = {subject.subject: subject for subject, _ in await repository.subjects_of(session, exam.school_id, [exam.id])}
    counts = await repository.results_count(session, exam.school_id, [subject.id for subject in known.values()])
    for place, entry in enumerate(wanted):
        scheme = await _scheme(session, exam.school_id, entry.level_scheme, place)
        subject = known.pop(entry.subject, None)
        if subject is None:
            subject = ExamSubject(school_id=exam.school_id, id=new_id(), exam_id=exam.id, subject=entry.subject)
            session.add(subject)
        elif subject.id in counts:
            _expect_room(entry, subject, counts[subject.id][1], place)
        subject.full_marks, subject.level_scheme_id = entry.full_marks, scheme.id if scheme else None
    if any(subject.id in counts for subject in known.values()):
        raise ExamHasResults
    for subject in known.values():
        await session.delete(subject)
    await session.flush()


def _check_subjects(grade: int, wanted: Sequence[ExamSubjectInput]) -> None:
    errors = []
    names = [entry.subject for entry in wanted]
    for place, entry in enumerate(wanted):
        at = f"#/subjects/{place}"
        if names.index(entry.subject) != place:
            errors.append(FieldError(f"{at}/subject", "subject_twice", "科目重复。", "The subject appears twice."))
        if entry.full_marks is None and entry.level_scheme is None:
            errors.append(FieldError(f"{at}/full_marks", "no_scale", "请填写满分或选择等级方案。", "Give full marks or a level scheme."))
        if entry.full_marks is not None and not rules.may_have_marks(grade):
            zh = "一、二年级不进行纸笔考试，只填等级。"
            errors.append(FieldError(f"{at}/full_marks", "levels_only", zh, "Grades 1 and 2 have no paper exams: levels only."))
    if errors:
        raise Invalid(errors=errors)


def _expect_room(entry: ExamSubjectInput, subject: ExamSubject, highest: object, place: int) -> None:
    if (entry.full_marks is None) != (subject.full_marks is None):
        raise ExamHasResults
    if entry.full_marks is not None and highest is not None and entry.full_marks < highest:  # type: ignore[operator]  # numeric
        raise invalid(
            f"#/subjects/{place}/full_marks", "below_marks", f"已有成绩高于此满分（{highest}）。", "A mark given is higher than this."
        )


async def _scheme(session: AsyncSession, school_id: UUID, name: str | None, place: int) -> LevelScheme | None:
    """The school's scheme of this name; a preset becomes the school's own when first used."""
    if name is None:
        return None
    scheme = await repository.scheme_by_name(session, school_id, name)
    if scheme is None and name in rules.PRESETS:
        levels, passing = rules.PRESETS[name]
        scheme = LevelScheme(school_id=school_id, id=new_id(), name=name, levels=[dict(entry) for entry in levels], passing=passing)
        session.add(scheme)
        await session.flush()
    if scheme is None:
        at = f"#/subjects/{place}/level_scheme"
        raise NotASchemeOfOurs(errors=[FieldError(at, "unknown_level_scheme", "没有这个等级方案。", "There is no such level scheme.")])
    return scheme
