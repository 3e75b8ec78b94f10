"""Queries of evidence, the work list and the census."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.accounts.models import Account
from nuanyang.access.actors import Caller
from nuanyang.access.walls import beyond
from nuanyang.casework.evidence import policy
from nuanyang.casework.evidence.models import CensusLook, Evidence, EvidenceChange, SpecialListRow
from nuanyang.kit.ids import new_id
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.staff.models import StaffMember
from nuanyang.school.students.models import Student
from nuanyang.school.students.service import within


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of evidence is narrowed by."""

    student_id: UUID | None = None
    category: str | None = None
    kind: str | None = None
    source: str | None = None
    grade: int | None = None
    class_id: UUID | None = None
    is_withdrawn: bool = False
    is_mine: bool = False
    is_unanswered: bool = False


def _filtered(statement: Any, caller: Caller, filters: Filters) -> Any:  # any select over evidence
    statement = statement.join(Student, (Student.school_id == Evidence.school_id) & (Student.id == Evidence.student_id)).where(
        Evidence.school_id == caller.school_id, policy.visible(caller)
    )
    statement = statement.where(Evidence.withdrawn_at.is_not(None) if filters.is_withdrawn else Evidence.withdrawn_at.is_(None))
    if filters.is_unanswered:
        statement = statement.where(
            Evidence.source == "self_report", Evidence.reported_by_staff_id.is_(None), Evidence.answered_at.is_(None)
        )
    equal = {
        Evidence.student_id: filters.student_id,
        Evidence.category: filters.category,
        Evidence.kind: filters.kind,
        Evidence.source: filters.source,
        Student.grade: filters.grade,
        Student.class_id: filters.class_id,
        Evidence.created_by: caller.account_id if filters.is_mine else None,
    }
    return statement.where(*(column == value for column, value in equal.items() if value is not None))


async def page(session: AsyncSession, caller: Caller, filters: Filters, *, after: UUID | None, limit: int) -> Sequence[Any]:
    """(evidence, student, class name, reporter) newest entry first."""
    statement = _filtered(select(Evidence, Student, SchoolClass.name, StaffMember.name), caller, filters)
    statement = statement.outerjoin(
        SchoolClass, (SchoolClass.school_id == Student.school_id) & (SchoolClass.id == Student.class_id)
    ).outerjoin(StaffMember, (StaffMember.school_id == Evidence.school_id) & (StaffMember.id == Evidence.reported_by_staff_id))
    if after is not None:
        statement = statement.where(Evidence.id < after)
    found: Sequence[Any] = (await session.execute(statement.order_by(Evidence.id.desc()).limit(limit))).all()
    return found


async def count(session: AsyncSession, caller: Caller, filters: Filters) -> int:
    """How many the same list has."""
    return int((await session.execute(_filtered(select(func.count()).select_from(Evidence), caller, filters))).scalar_one())


async def of_student(session: AsyncSession, caller: Caller, student_id: UUID) -> Sequence[Any]:
    """(evidence, reporter) of a student that the caller may see, newest observation first, withdrawn ones last."""
    statement = (
        select(Evidence, StaffMember.name)
        .join(Student, (Student.school_id == Evidence.school_id) & (Student.id == Evidence.student_id))
        .outerjoin(StaffMember, (StaffMember.school_id == Evidence.school_id) & (StaffMember.id == Evidence.reported_by_staff_id))
        .where(Evidence.school_id == caller.school_id, Evidence.student_id == student_id, policy.visible(caller))
        .order_by(Evidence.withdrawn_at.is_not(None), Evidence.observed_on.desc(), Evidence.id.desc())
    )
    return (await session.execute(statement)).all()


async def one(
    session: AsyncSession, caller: Caller, evidence_id: UUID, *, lock: bool = False
) -> tuple[Evidence, Student, str | None] | None:
    """One piece that the caller may see."""
    statement = (
        select(Evidence, Student, StaffMember.name)
        .join(Student, (Student.school_id == Evidence.school_id) & (Student.id == Evidence.student_id))
        .outerjoin(StaffMember, (StaffMember.school_id == Evidence.school_id) & (StaffMember.id == Evidence.reported_by_staff_id))
        .where(Evidence.school_id == caller.school_id, Evidence.id == evidence_id, policy.visible(caller))
    )
    row = (await session.execute(statement.with_for_update(of=Evidence) if lock else statement)).one_or_none()
    return (row[0], row[1], row[2]) if row else None


async def changes_of(session: AsyncSession, school_id: UUID, evidence_id: UUID) -> Sequence[Any]:
    """(change, name of who made it) of a piece, newest first."""
    statement = (
        select(EvidenceChange, Account.display_name)
        .outerjoin(Account, Account.id == EvidenceChange.changed_by)
        .where(EvidenceChange.school_id == school_id, EvidenceChange.evidence_id == evidence_id)
        .order_by(EvidenceChange.id.desc())
    )
    return (await session.execute(statement)).all()


async def withhold_running(session: AsyncSession, school_id: UUID, student_id: UUID, staff_id: UUID) -> None:
    """Whoever is complained of from now on does not see the running case of protection either; one of its kind is withheld already.

    Recognition lies above evidence, so its table is written as plain SQL.
    """
    statement = text(
        """update recognitions r set withheld_from_staff_ids = r.withheld_from_staff_ids || :staff, version = r.version + 1
        where r.school_id = :school and r.student_id = :student and r.data_class = 'protection' and r.state not in ('declined', 'exited')
          and :staff <> all(r.withheld_from_staff_ids) and (r.withheld_from_staff_ids <> '{}' or not exists (
            select from recognitions o where o.school_id = :school and o.student_id = :student and o.data_class = 'protection'
              and o.school_year_id = r.school_year_id and o.state not in ('declined', 'exited') and o.withheld_from_staff_ids <> '{}'))"""
    ).bindparams(bindparam("staff", type_=Uuid))
    async with beyond(session, "withholding"):  # whoever tells may not see the case
        await session.execute(statement, {"school": school_id, "student": student_id, "staff": staff_id})


_LOWEST = text(
    """
    select e.name, e.held_on, t.name as term_name, count(*) filter (where r.band = 5) as lowest, count(*) as banded,
           array_agg(x.subject order by x.id) filter (where r.band = 5) as subjects
    from results r
    join exams e on e.school_id = r.school_id and e.id = r.exam_id
    join terms t on t.school_id = e.school_id and t.id = e.term_id
    join exam_subjects x on x.school_id = r.school_id and x.id = r.exam_subject_id
    where r.school_id = :school and r.student_id = :student and r.band is not null and e.held_on > current_date - 550
    group by e.id, e.name, e.held_on, t.name having count(*) filter (where r.band = 5) > 0 order by e.held_on desc limit 6"""
)
_AWAY = text(
    """
    select t.name as term_name, max(a.ends_on) as ends_on, sum(a.truancy) as truancy, sum(a.sick_leave + a.personal_leave) as leave, sum(a.late) as late,
           sum(a.school_days) as school_days
    from attendance_summaries a join terms t on t.school_id = a.school_id and t.id = a.term_id
    where a.school_id = :school and a.student_id = :student group by t.id, t.name order by max(a.ends_on) desc limit 3"""
)


async def lowest_fifths(session: AsyncSession, school_id: UUID, student_id: UUID) -> Sequence[Any]:
    """The last exams with a subject in the lowest fifth of the class."""
    return (await session.execute(_LOWEST, {"school": school_id, "student": student_id})).all()


async def days_away(session: AsyncSession, school_id: UUID, student_id: UUID) -> Sequence[Any]:
    """Attendance of the last terms."""
    return (await session.execute(_AWAY, {"school": school_id, "student": student_id})).all()


async def listed(session: AsyncSession, caller: Caller, school_year_id: UUID, kinds: Iterable[str]) -> dict[tuple[UUID, str], Evidence]:
    """What special lists already say this school year, by (student, kind)."""
    statement = select(Evidence).where(
        Evidence.school_id == caller.school_id,
        Evidence.school_year_id == school_year_id,
        Evidence.source == "special_list",
        Evidence.kind.in_(list(kinds)),
        Evidence.withdrawn_at.is_(None),
    )
    return {(row.student_id, row.kind): row for row in await session.scalars(statement)}


async def list_row(session: AsyncSession, caller: Caller, row_id: UUID) -> SpecialListRow | None:
    """One row of the work list, locked."""
    statement = select(SpecialListRow).where(SpecialListRow.school_id == caller.school_id, SpecialListRow.id == row_id)
    return (await session.scalars(statement.with_for_update())).one_or_none()


def _open_rows(caller: Caller) -> ColumnElement[bool]:
    return and_(
        SpecialListRow.school_id == caller.school_id,
        SpecialListRow.state == "open",
        SpecialListRow.data_class.in_(policy.keeps_lists_of(caller)),
    )


async def open_rows(session: AsyncSession, caller: Caller, *, after: UUID | None, limit: int) -> Sequence[SpecialListRow]:
    """The open rows of the lists that the caller keeps, oldest first."""
    statement = select(SpecialListRow).where(_open_rows(caller))
    if after is not None:
        statement = statement.where(SpecialListRow.id > after)
    return (await session.scalars(statement.order_by(SpecialListRow.id).limit(limit))).all()


async def count_open_rows(session: AsyncSession, caller: Caller) -> int:
    """How many the same list has."""
    return int((await session.execute(select(func.count()).select_from(SpecialListRow).where(_open_rows(caller)))).scalar_one())


async def open_row_names(session: AsyncSession, school_id: UUID, school_year_id: UUID) -> set[tuple[str, str, str | None]]:
    """(kind, name, class) of rows already waiting or decided this year: the same list again adds none."""
    statement = select(SpecialListRow.kind, SpecialListRow.name, SpecialListRow.class_label).where(
        SpecialListRow.school_id == school_id, SpecialListRow.school_year_id == school_year_id
    )
    return {(kind, name, label) for kind, name, label in await session.execute(statement)}


async def students_by_id(session: AsyncSession, school_id: UUID, ids: Iterable[UUID]) -> dict[UUID, tuple[Student, str | None]]:
    """Students with the name of their class."""
    statement = (
        select(Student, SchoolClass.name)
        .outerjoin(SchoolClass, (SchoolClass.school_id == Student.school_id) & (SchoolClass.id == Student.class_id))
        .where(Student.school_id == school_id, Student.id.in_(list(ids)))
    )
    return {student.id: (student, name) for student, name in await session.execute(statement)}


async def add_looks(session: AsyncSession, looks: list[dict[str, Any]]) -> int:
    """Note that students were looked at; the first look of a year stays."""
    if not looks:
        return 0
    rows = [{"id": new_id(), **look} for look in looks]
    statement = insert(CensusLook).values(rows).on_conflict_do_nothing().returning(CensusLook.id)
    return len((await session.execute(statement)).all())


async def coverage(session: AsyncSession, caller: Caller, school_year_id: UUID) -> Sequence[Any]:
    """Enrolled and looked at by class, for the classes the caller may see, in the order of grades and numbers."""
    look = CensusLook
    statement = (
        select(
            SchoolClass.id.label("class_id"),
            SchoolClass.name.label("class_name"),
            SchoolClass.grade,
            func.count().label("enrolled"),
            func.count(look.id).label("looked_at"),
            *(func.count(look.id).filter(look.way == way).label(way) for way in ("self_report", "nomination", "home_visit")),
        )
        .join(Student, (Student.school_id == SchoolClass.school_id) & (Student.class_id == SchoolClass.id))
        .outerjoin(look, (look.school_id == Student.school_id) & (look.student_id == Student.id) & (look.school_year_id == school_year_id))
        .where(SchoolClass.school_id == caller.school_id, Student.status == "enrolled", within(caller.scope("basic", "read")))
        .group_by(SchoolClass.id, SchoolClass.name, SchoolClass.grade, SchoolClass.number)
        .order_by(SchoolClass.grade, SchoolClass.number, SchoolClass.name)
    )
    return (await session.execute(statement)).all()


async def census_students(session: AsyncSession, caller: Caller, school_year_id: UUID, class_id: UUID) -> Sequence[Any]:
    """The students of one class with their look."""
    look = CensusLook
    statement = (
        select(Student.id.label("student_id"), Student.name, Student.student_number, look.looked_on, look.way)
        .outerjoin(look, (look.school_id == Student.school_id) & (look.student_id == Student.id) & (look.school_year_id == school_year_id))
        .where(
            Student.school_id == caller.school_id,
            Student.class_id == class_id,
            Student.status == "enrolled",
            within(caller.scope("basic", "read")),
        )
        .order_by(Student.student_number.nulls_last(), Student.pinyin, Student.id)
    )
    return (await session.execute(statement)).all()
