"""Queries of exams and results. Bands, levels and distributions are computed where the rows are."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account
from nuanyang.access.actors import Caller
from nuanyang.access.permissions import Scope
from nuanyang.school.classes.models import ClassStaff, SchoolClass
from nuanyang.school.results.models import Exam, ExamChange, ExamSubject, LevelScheme, Result, ResultChange
from nuanyang.school.results.policy import Taught
from nuanyang.school.years.models import SchoolYear, Term

# `$scope` as bound parameters: whole school, or the students of some classes and some single students.
_IN_SCOPE = "(:whole or s.class_id = any(:class_ids) or s.id = any(:student_ids))"


def scope_parameters(scope: Scope) -> dict[str, object]:
    """What `_IN_SCOPE` is bound to."""
    return {"whole": scope.whole, "class_ids": sorted(scope.class_ids), "student_ids": sorted(scope.student_ids)}


async def scheme_by_name(session: AsyncSession, school_id: UUID, name: str) -> LevelScheme | None:
    """A scheme of the school."""
    return (await session.scalars(select(LevelScheme).where(LevelScheme.school_id == school_id, LevelScheme.name == name))).one_or_none()


async def schemes(session: AsyncSession, school_id: UUID) -> Sequence[LevelScheme]:
    """The school's schemes by name."""
    return (await session.scalars(select(LevelScheme).where(LevelScheme.school_id == school_id).order_by(LevelScheme.name))).all()


async def exam(session: AsyncSession, school_id: UUID, exam_id: UUID, *, lock: bool = False) -> Exam | None:
    """One exam; locked while an import or an edit runs."""
    statement = select(Exam).where(Exam.school_id == school_id, Exam.id == exam_id)
    return (await session.scalars(statement.with_for_update() if lock else statement)).one_or_none()


async def subjects_of(session: AsyncSession, school_id: UUID, exam_ids: Sequence[UUID]) -> list[tuple[ExamSubject, LevelScheme | None]]:
    """The subjects of these exams in the order of entry, each with its scheme."""
    statement = (
        select(ExamSubject, LevelScheme)
        .outerjoin(LevelScheme, (LevelScheme.school_id == ExamSubject.school_id) & (LevelScheme.id == ExamSubject.level_scheme_id))
        .where(ExamSubject.school_id == school_id, ExamSubject.exam_id.in_(exam_ids))
        .order_by(ExamSubject.id)
    )
    return [(subject, scheme) for subject, scheme in await session.execute(statement)]


async def exams_page(
    session: AsyncSession,
    school_id: UUID,
    *,
    grade: int | None,
    term_id: UUID | None,
    kind: str | None,
    after: Sequence[object] | None,
    limit: int,
) -> list[tuple[Exam, Term, SchoolYear]]:
    """Exams, newest first."""
    statement = (
        select(Exam, Term, SchoolYear)
        .join(Term, (Term.school_id == Exam.school_id) & (Term.id == Exam.term_id))
        .join(SchoolYear, (SchoolYear.school_id == Term.school_id) & (SchoolYear.id == Term.school_year_id))
        .where(Exam.school_id == school_id)
    )
    if grade is not None:
        statement = statement.where(Exam.grade == grade)
    if term_id is not None:
        statement = statement.where(Exam.term_id == term_id)
    if kind is not None:
        statement = statement.where(Exam.kind == kind)
    if after:
        day, last = date.fromisoformat(str(after[0])), UUID(str(after[1]))
        statement = statement.where((Exam.held_on < day) | ((Exam.held_on == day) & (Exam.id > last)))
    rows = await session.execute(statement.order_by(Exam.held_on.desc(), Exam.id).limit(limit))
    return [(e, t, y) for e, t, y in rows]


async def term_and_year(session: AsyncSession, school_id: UUID, term_id: UUID) -> tuple[Term, SchoolYear] | None:
    """A term with its school year."""
    statement = (
        select(Term, SchoolYear)
        .join(SchoolYear, (SchoolYear.school_id == Term.school_id) & (SchoolYear.id == Term.school_year_id))
        .where(Term.school_id == school_id, Term.id == term_id)
    )
    row = (await session.execute(statement)).one_or_none()
    return (row[0], row[1]) if row else None


async def student_counts(session: AsyncSession, caller: Caller, exam_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many students with a result the caller may see, by exam."""
    statement = text(
        f"""
        select r.exam_id, count(distinct r.student_id) from results r
        join students s on s.school_id = r.school_id and s.id = r.student_id
        where r.school_id = :school and r.exam_id = any(:exams) and r.status <> 'blank' and {_IN_SCOPE} group by r.exam_id"""  # noqa: S608 - a constant
    )
    scope = scope_parameters(caller.scope("academic", "read"))
    rows = await session.execute(statement, {"school": caller.school_id, "exams": list(exam_ids), **scope})
    return {exam_id: int(count) for exam_id, count in rows}


async def results_count(session: AsyncSession, school_id: UUID, exam_subject_ids: Sequence[UUID]) -> dict[UUID, tuple[int, Any]]:
    """(number, highest score) of results by subject."""
    statement = (
        select(Result.exam_subject_id, func.count(), func.max(Result.score))
        .where(Result.school_id == school_id, Result.exam_subject_id.in_(exam_subject_ids))
        .group_by(Result.exam_subject_id)
    )
    return {subject: (int(count), highest) for subject, count, highest in await session.execute(statement)}


async def remove_exam(session: AsyncSession, school_id: UUID, exam_id: UUID) -> None:
    """Take an exam without results back."""
    await session.execute(delete(ExamChange).where(ExamChange.school_id == school_id, ExamChange.exam_id == exam_id))
    await session.execute(delete(ExamSubject).where(ExamSubject.school_id == school_id, ExamSubject.exam_id == exam_id))
    await session.execute(delete(Exam).where(Exam.school_id == school_id, Exam.id == exam_id))


async def existing(session: AsyncSession, school_id: UUID, exam_id: UUID) -> dict[tuple[UUID, UUID], Result]:
    """What is known of an exam, by (student, subject)."""
    rows = await session.scalars(select(Result).where(Result.school_id == school_id, Result.exam_id == exam_id))
    return {(row.student_id, row.exam_subject_id): row for row in rows}


async def results_of(session: AsyncSession, school_id: UUID, exam_id: UUID, student_id: UUID) -> dict[UUID, Result]:
    """What is known of one student in an exam, by subject."""
    statement = select(Result).where(Result.school_id == school_id, Result.exam_id == exam_id, Result.student_id == student_id)
    return {row.exam_subject_id: row for row in await session.scalars(statement)}


async def taught(session: AsyncSession, caller: Caller, day: date) -> Taught:
    """The classes and subjects that the caller teaches on a day and holds the role for."""
    scope = caller.duty_scope("teach_a_subject")
    if caller.staff_id is None or not scope:
        return Taught()
    statement = select(ClassStaff.class_id, ClassStaff.subject).where(
        ClassStaff.school_id == caller.school_id,
        ClassStaff.staff_id == caller.staff_id,
        ClassStaff.role == "subject_teacher",
        ClassStaff.subject.is_not(None),
        ClassStaff.valid_from <= day,
        ClassStaff.valid_to.is_(None) | (ClassStaff.valid_to >= day),
    )
    rows = await session.execute(statement)
    return Taught(frozenset((class_id, subject) for class_id, subject in rows if subject and scope.covers(class_id)))


async def grades_of(session: AsyncSession, school_id: UUID, class_ids: Iterable[UUID]) -> set[int]:
    """The grades of these classes."""
    statement = select(SchoolClass.grade).where(SchoolClass.school_id == school_id, SchoolClass.id.in_(list(class_ids)))
    return set(await session.scalars(statement.distinct()))


async def changes_of_entry(session: AsyncSession, school_id: UUID, exam_id: UUID, student_id: UUID) -> Sequence[Any]:
    """(change, subject, name of who made it) of a student's results in an exam, newest first."""
    statement = (
        select(ResultChange, ExamSubject.subject, Account.display_name)
        .join(Result, (Result.school_id == ResultChange.school_id) & (Result.id == ResultChange.result_id))
        .join(ExamSubject, (ExamSubject.school_id == Result.school_id) & (ExamSubject.id == Result.exam_subject_id))
        .outerjoin(Account, Account.id == ResultChange.changed_by)
        .where(ResultChange.school_id == school_id, Result.exam_id == exam_id, Result.student_id == student_id)
        .order_by(ResultChange.id.desc())
    )
    return (await session.execute(statement)).all()


async def changes_of_exam(session: AsyncSession, school_id: UUID, exam_id: UUID) -> Sequence[Any]:
    """(change, name of who made it) of an exam, newest first."""
    statement = (
        select(ExamChange, Account.display_name)
        .outerjoin(Account, Account.id == ExamChange.changed_by)
        .where(ExamChange.school_id == school_id, ExamChange.exam_id == exam_id)
        .order_by(ExamChange.id.desc())
    )
    return (await session.execute(statement)).all()


# Levels by share of the full marks, or by share of the students of the grade who sat the subject; who ties shares the better level.
_LEVELS = text(
    """
    with marked as (
      select r.id, r.score / x.full_marks as share, (rank() over (partition by r.exam_subject_id order by r.score desc) - 1)::numeric
             / count(*) over (partition by r.exam_subject_id) as above, l.levels
      from results r
      join exam_subjects x on x.school_id = r.school_id and x.id = r.exam_subject_id
      join level_schemes l on l.school_id = x.school_id and l.id = x.level_scheme_id
      where r.school_id = :school and r.exam_id = :exam and r.score is not null and x.full_marks is not null
    ), graded as (
      select m.id, (select e.level from rows from (jsonb_to_recordset(m.levels) as (level text, from_share numeric, top_share numeric))
                      with ordinality as e(level, from_share, top_share, place)
                    where m.share >= e.from_share or m.above < e.top_share order by e.place limit 1) as level
      from marked m
    )
    update results r set result_level = g.level from graded g
    where r.school_id = :school and r.id = g.id and r.result_level is distinct from g.level"""
)

# Fifth of the class among those who sat the subject: a student is in the lowest fifth when at least four fifths did strictly better.
# So a tie shares the better band, and no more than a fifth is ever in the lowest. Levels order as their scheme lists them.
_BANDS = text(
    """
    with placed as (
      select r.id, case when r.status = 'present' and r.class_id is not null and e.grade > :levels_only_up_to
          and (r.score is not null or r.result_level is not null) then
        (rank() over (partition by r.exam_subject_id, r.class_id, r.status order by coalesce(r.score, -o.place) desc nulls last) - 1) * 5
          / count(*) over (partition by r.exam_subject_id, r.class_id, r.status) + 1 end as band
      from results r
      join exams e on e.school_id = r.school_id and e.id = r.exam_id
      join exam_subjects x on x.school_id = r.school_id and x.id = r.exam_subject_id
      left join level_schemes l on l.school_id = x.school_id and l.id = x.level_scheme_id
      left join lateral (select place from jsonb_array_elements(l.levels) with ordinality as v(entry, place) where v.entry ->> 'level' = r.result_level) o on true
      where r.school_id = :school and r.exam_id = :exam
    )
    update results r set band = p.band from placed p where r.school_id = :school and r.id = p.id and r.band is distinct from p.band"""
)


async def settle(session: AsyncSession, school_id: UUID, exam_id: UUID, levels_only_up_to: int) -> None:
    """Work out levels and bands of an exam anew, in two statements."""
    await session.execute(_LEVELS, {"school": school_id, "exam": exam_id})
    await session.execute(_BANDS, {"school": school_id, "exam": exam_id, "levels_only_up_to": levels_only_up_to})


_DISTRIBUTION = text(
    f"""
    select r.class_id, c.name, r.exam_subject_id, c.number,
      count(*) filter (where r.status = 'present') as present,
      count(*) filter (where r.score >= 0.6 * x.full_marks) as passed_by_mark,
      count(*) filter (where r.result_level is not null) as levelled,
      array_agg(r.result_level) filter (where r.result_level is not null) as levels,
      array_agg(case when r.score >= 0.9 * x.full_marks then '90' when r.score >= 0.8 * x.full_marks then '80' when r.score >= 0.7 * x.full_marks then '70'
                when r.score >= 0.6 * x.full_marks then '60' else '0' end) filter (where r.score is not null) as shares,
      array_agg(r.status) as statuses
    from results r
    join students s on s.school_id = r.school_id and s.id = r.student_id
    join exam_subjects x on x.school_id = r.school_id and x.id = r.exam_subject_id
    left join classes c on c.school_id = r.school_id and c.id = r.class_id
    where r.school_id = :school and r.exam_id = :exam and {_IN_SCOPE}
    group by r.class_id, c.name, c.number, r.exam_subject_id order by c.number nulls last, c.name, r.exam_subject_id"""  # noqa: S608 - a constant
)


async def distribution(session: AsyncSession, caller: Caller, exam_id: UUID) -> Sequence[Any]:
    """Counts by class and subject, of the students the caller may see."""
    parameters = {"school": caller.school_id, "exam": exam_id, **scope_parameters(caller.scope("academic", "read"))}
    return (await session.execute(_DISTRIBUTION, parameters)).all()


_SERIES = text(
    """
    select e.id as exam_id, e.name, e.kind, e.held_on, t.name as term_name, e.grade, x.subject, x.id as subject_id, r.status, r.score, x.full_marks,
           round(r.score / x.full_marks, 4) as share, r.result_level, r.band
    from results r
    join exams e on e.school_id = r.school_id and e.id = r.exam_id
    join terms t on t.school_id = e.school_id and t.id = e.term_id
    join exam_subjects x on x.school_id = r.school_id and x.id = r.exam_subject_id
    where r.school_id = :school and r.student_id = :student order by e.held_on, e.id, x.id"""
)


async def series(session: AsyncSession, school_id: UUID, student_id: UUID) -> Sequence[Any]:
    """All results of a student, oldest exam first."""
    return (await session.execute(_SERIES, {"school": school_id, "student": student_id})).all()


_ENTRIES = text(
    f"""
    select s.id as student_id, s.name as student_name, s.student_number, c.name as class_name, x.subject, x.id as subject_id, r.status, r.score,
           x.full_marks, round(r.score / x.full_marks, 4) as share, r.result_level, r.band, r.version, s.class_id as current_class_id,
           (select count(*) from result_changes h where h.school_id = r.school_id and h.result_id = r.id) as corrections
    from results r
    join students s on s.school_id = r.school_id and s.id = r.student_id
    join exam_subjects x on x.school_id = r.school_id and x.id = r.exam_subject_id
    left join classes c on c.school_id = r.school_id and c.id = r.class_id
    where r.school_id = :school and r.exam_id = :exam and (cast(:class as uuid) is null or r.class_id = :class)
      and (cast(:student as uuid) is null or r.student_id = :student) and {_IN_SCOPE}
    order by s.student_number nulls last, s.pinyin, s.id, x.id"""  # noqa: S608 - a constant
)


async def entries(session: AsyncSession, caller: Caller, exam_id: UUID, class_id: UUID) -> Sequence[Any]:
    """The results of one class in the order of the class list."""
    return await _entries(session, caller, exam_id, class_id=class_id)


async def entry(session: AsyncSession, caller: Caller, exam_id: UUID, student_id: UUID) -> Sequence[Any]:
    """The results of one student."""
    return await _entries(session, caller, exam_id, student_id=student_id)


async def _entries(
    session: AsyncSession, caller: Caller, exam_id: UUID, *, class_id: UUID | None = None, student_id: UUID | None = None
) -> Sequence[Any]:
    scope = scope_parameters(caller.scope("academic", "read"))
    parameters = {"school": caller.school_id, "exam": exam_id, "class": class_id, "student": student_id, **scope}
    return (await session.execute(_ENTRIES, parameters)).all()
