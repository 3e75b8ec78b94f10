"""Statements about imports and what they leave to decide."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.exchange.rosters.applying.run import Order, Outcome
from nuanyang.exchange.rosters.applying.work import fresh_id
from nuanyang.exchange.rosters.models import RosterFinding, RosterImport, StudentDuplicate, WhereaboutsCheck
from nuanyang.exchange.rosters.reading.reader import Options
from nuanyang.kit.clock import now, today
from nuanyang.kit.crypto import Keyring
from nuanyang.school.classes.models import SchoolClass
from nuanyang.school.guardians.models import Guardian, StudentGuardian
from nuanyang.school.schools.models import School
from nuanyang.school.students.models import Student, StudentIdentity

SECONDS = 600.0
_ORDER = """
select i.school_id, i.file_name, i.covers, i.year_starts, i.mapping::text, i.is_district_wide, i.may_create_schools,
       i.compares_all, s.code, s.first_grade, s.last_grade, s.primary_years, s.time_zone
from roster_imports i join schools s on s.id = i.school_id where i.id = $1"""
_FINDINGS = """
insert into roster_findings (school_id, id, import_id, position, severity, code, file, line, column_name, value, params)
select $1, v.id, $2, v.position, v.severity, v.code, v.file, v.line, v.column_name, v.value, v.params::jsonb
from unnest($3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[], $10::text[], $11::text[])
  as v(id, position, severity, code, file, line, column_name, value, params)"""
_OUTCOME = """
update roster_imports set state = $2, form = $3, form_version = $4, mode = $5, source = $6, rows = $7::jsonb, counts = $8::jsonb,
  schools = $9::jsonb, finding_counts = $10::jsonb, error_count = $11, warning_count = $12, needs_confirmation = $13,
  checked_at = coalesce(checked_at, $14), applied_at = case when $15 then $14 end, applied_by = case when $15 then $16::uuid end,
  content_digest = $17, holds_until = nullif($18, '')::date
where id = $1"""


async def order_of(connection: Any, import_id: UUID, path: Path, keyring: Keyring, *, is_applying: bool) -> Order:
    """What an import row asks for."""
    row = await connection.fetchrow(_ORDER, import_id)
    day = today(row["time_zone"])
    options = Options(
        label=row["file_name"],
        today=day.isoformat(),
        year_starts=row["year_starts"],
        school_code=row["code"],
        first_grade=row["first_grade"],
        last_grade=row["last_grade"],
        primary_years=row["primary_years"],
        mapping=json.loads(row["mapping"]),
        mark_key=keyring.blind_index("roster", "external_ids.row_hash"),
    )
    return Order(
        import_id,
        row["school_id"],
        path,
        options,
        row["covers"] == "school",
        row["is_district_wide"],
        row["may_create_schools"],
        is_applying,
        row["compares_all"],
        day,
        now(),
    )


async def keep_outcome(
    connection: Any, import_id: UUID, outcome: Outcome, account_id: UUID | None, *, at: datetime, is_applying: bool
) -> None:
    """Write the report of a run; its findings replace those of the run before."""
    school_id = await connection.fetchval("select school_id from roster_imports where id = $1", import_id)
    await connection.execute("delete from roster_findings where school_id = $1 and import_id = $2", school_id, import_id)
    rows = [
        (fresh_id(), at_place, f.severity, f.code, f.file, f.line, f.column, f.value, json.dumps(f.params, ensure_ascii=False))
        for at_place, f in enumerate(outcome.findings)
    ]
    if rows:
        await connection.execute(_FINDINGS, school_id, import_id, *map(list, zip(*rows, strict=True)), timeout=SECONDS)
    findings, package = outcome.findings, outcome.package
    counts = [[severity, code, count] for (severity, code), count in sorted(findings.counts.items())]
    warnings = sum(count for (severity, _), count in findings.counts.items() if severity == "warning")
    state = "refused" if findings.errors or package is None else "applied" if is_applying else "checked"
    await connection.execute(
        _OUTCOME,
        import_id,
        state,
        package.form if package else None,
        package.version if package else None,
        package.mode if package else None,
        package.source if package else None,
        _json(findings.rows or (package.rows if package else {})),
        _json(outcome.counts),
        _json(outcome.schools),
        _json(counts),
        findings.errors,
        warnings,
        outcome.needs_confirmation,
        at,
        is_applying,
        account_id,
        outcome.content_digest,
        package.holds_until if package else "",
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


async def end_lost(session: AsyncSession, school_id: UUID) -> None:
    """An import whose job ended without it (cancelled in the queue, given up) can be applied again, or is over."""
    await session.execute(
        text("""
            update roster_imports i set state = case i.state when 'applying' then 'checked' else 'failed' end from jobs j
            where i.school_id = :school_id and i.state in ('checking', 'applying') and j.id = i.job_id and j.finished_at is not null"""),
        {"school_id": school_id},
    )


async def newest_imports(session: AsyncSession, school_id: UUID, limit: int, before: tuple[str, str] | None) -> list[RosterImport]:
    """A page of imports, the newest first."""
    statement = select(RosterImport).where(RosterImport.school_id == school_id)
    if before is not None:
        statement = statement.where(tuple_(RosterImport.created_at, RosterImport.id) < (datetime.fromisoformat(before[0]), UUID(before[1])))
    return list(await session.scalars(statement.order_by(RosterImport.created_at.desc(), RosterImport.id.desc()).limit(limit)))


async def findings_page(
    session: AsyncSession, school_id: UUID, import_id: UUID, *, after: int, limit: int, severity: str | None, code: str | None
) -> list[RosterFinding]:
    """A page of an import's findings in the order in which they were found, errors of one file together."""
    statement = select(RosterFinding).where(
        RosterFinding.school_id == school_id, RosterFinding.import_id == import_id, RosterFinding.position > after
    )
    if severity is not None:
        statement = statement.where(RosterFinding.severity == severity)
    if code is not None:
        statement = statement.where(RosterFinding.code == code)
    return list(await session.scalars(statement.order_by(RosterFinding.position).limit(limit)))


async def school_by_code(session: AsyncSession, code: str) -> UUID | None:
    """The school with this 学校标识码."""
    return await session.scalar(select(School.id).where(School.code == code))


async def whereabouts_page(
    session: AsyncSession, school_id: UUID, *, is_open: bool, limit: int, after: tuple[str, str] | None
) -> list[tuple[WhereaboutsCheck, Student, str | None, str | None]]:
    """A page of checks, the newest first: with the student, the class, and the school where the pupil was found."""
    statement = (
        select(WhereaboutsCheck, Student, SchoolClass.name, School.name)
        .join(Student, _is_student(WhereaboutsCheck.student_id))
        .outerjoin(SchoolClass, _in_class())
        .outerjoin(School, School.id == WhereaboutsCheck.found_school_id)
    )
    statement = statement.where(
        WhereaboutsCheck.school_id == school_id, WhereaboutsCheck.outcome.is_(None) if is_open else WhereaboutsCheck.outcome.is_not(None)
    )
    if after is not None:
        statement = statement.where(
            tuple_(WhereaboutsCheck.opened_on, WhereaboutsCheck.id) < (date.fromisoformat(after[0]), UUID(after[1]))
        )
    statement = statement.order_by(WhereaboutsCheck.opened_on.desc(), WhereaboutsCheck.id.desc()).limit(limit)
    return [(check, student, name, school) for check, student, name, school in await session.execute(statement)]


async def named_students(session: AsyncSession, school_id: UUID, ids: set[UUID]) -> dict[UUID, tuple[Student, str | None]]:
    """Students with the names of their classes."""
    statement = (
        select(Student, SchoolClass.name).outerjoin(SchoolClass, _in_class()).where(Student.school_id == school_id, Student.id.in_(ids))
    )
    return {student.id: (student, name) for student, name in await session.execute(statement)}


async def number_tails(session: AsyncSession, school_id: UUID, ids: set[UUID]) -> dict[UUID, tuple[str | None, str | None]]:
    """The last characters of identity number and 学籍号."""
    identity = StudentIdentity
    statement = select(identity.id, identity.identity_tail, identity.registration_tail)
    rows = await session.execute(statement.where(identity.school_id == school_id, identity.id.in_(ids)))
    return {student: (tail, registration) for student, tail, registration in rows}


async def guardian_names(session: AsyncSession, school_id: UUID, ids: set[UUID]) -> dict[UUID, list[str]]:
    """The names of the present guardians."""
    statement = (
        select(StudentGuardian.student_id, Guardian.name)
        .join(Guardian, and_(Guardian.school_id == StudentGuardian.school_id, Guardian.id == StudentGuardian.guardian_id))
        .where(StudentGuardian.school_id == school_id, StudentGuardian.student_id.in_(ids), StudentGuardian.ended_on.is_(None))
        .order_by(StudentGuardian.priority, Guardian.name)
    )
    found: dict[UUID, list[str]] = {}
    for student, name in await session.execute(statement):
        found.setdefault(student, []).append(name)
    return found


async def duplicates_page(
    session: AsyncSession, school_id: UUID, *, state: str | None, limit: int, after: str | None
) -> list[StudentDuplicate]:
    """A page of pairs, the newest first."""
    statement = select(StudentDuplicate).where(StudentDuplicate.school_id == school_id)
    if state is not None:
        statement = statement.where(StudentDuplicate.state == state)
    if after is not None:
        statement = statement.where(StudentDuplicate.id < UUID(after))
    return list(await session.scalars(statement.order_by(StudentDuplicate.id.desc()).limit(limit)))


def _is_student(column: Any) -> Any:
    return and_(Student.school_id == column.class_.school_id, Student.id == column)


def _in_class() -> Any:
    return and_(SchoolClass.school_id == Student.school_id, SchoolClass.id == Student.class_id)


async def only_school(session: AsyncSession) -> UUID | None:
    """The school, where there is one only."""
    found = list(await session.scalars(select(School.id).limit(2)))
    return found[0] if len(found) == 1 else None
