"""Attendance from a sheet: a row a student, the counts of one period; the same sheet again changes nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.kit.clock import now, today
from nuanyang.kit.crypto import Keyring
from nuanyang.kit.errors import Forbidden, invalid
from nuanyang.kit.ids import new_id
from nuanyang.kit.sheets import UploadedFile
from nuanyang.school.attendance import repository, rules
from nuanyang.school.attendance.models import AttendanceSummary
from nuanyang.school.sheets.rules import Candidate, Directory, Finding, Miss
from nuanyang.school.sheets.schemas import SheetReport
from nuanyang.school.sheets.service import (
    Counts,
    SheetRow,
    Uploaded,
    candidates,
    miss_finding,
    read_upload,
    refuse_twins,
    refuse_unless_clean,
    report,
)
from nuanyang.school.years.models import Term
from nuanyang.school.years.service import term_of

_COUNTED = ("truancy", "sick_leave", "personal_leave", "late")


@dataclass(frozen=True, slots=True)
class _Entry:
    student: Candidate
    counts: dict[str, Decimal]  # only the columns the sheet has

    def differs(self, known: AttendanceSummary) -> bool:
        return any((getattr(known, name) or 0) != value for name, value in self.counts.items())


async def import_attendance(
    session: AsyncSession,
    caller: Caller,
    file: UploadedFile,
    keyring: Keyring,
    *,
    starts_on: date,
    ends_on: date,
    is_dry_run: bool,
    is_english: bool,
) -> SheetReport:
    """Check a sheet of one period and, unless it is a dry run, apply it all or not at all."""
    if not caller.scope("academic", "write"):
        raise Forbidden
    term = await _term(session, caller.school_id, starts_on, ends_on)
    directory = Directory.of(await candidates(session, caller.school_id, min(ends_on, today())))
    read = await read_upload(file, rules.COLUMNS, directory, keyring)
    entries = [entry for row in read.rows if (entry := _entry(caller, row, read)) is not None]
    refuse_twins(read.rows, read.findings)
    known = await repository.touching(session, caller.school_id, starts_on, ends_on)
    same_period = {row.student_id: row for row in known if (row.starts_on, row.ends_on) == (starts_on, ends_on)}
    _refuse_overlaps(read, entries, {row.student_id: row for row in known if row.student_id not in same_period})
    counts = _compare(entries, same_period)
    made = report(read, counts, is_dry_run=is_dry_run, needs_confirmation=False, is_english=is_english)
    if is_dry_run:
        return made
    refuse_unless_clean(made)
    await _write(session, term, entries, same_period, (starts_on, ends_on))
    return made


async def _term(session: AsyncSession, school_id: UUID, starts_on: date, ends_on: date) -> Term:
    if ends_on < starts_on:
        raise invalid("#/query/ends_on", "before_start", "结束日期早于开始日期。", "The end lies before the start.")
    if ends_on > today():
        raise invalid("#/query/ends_on", "in_future", "结束日期还没有到。", "The end lies in the future.")
    term = await term_of(session, school_id, starts_on)
    if not term.starts_on <= starts_on <= ends_on <= term.ends_on:
        raise invalid("#/query/starts_on", "not_in_one_term", "统计时段须在同一学期内。", "The period must lie within one term.")
    return term


def _entry(caller: Caller, row: SheetRow, read: Uploaded) -> _Entry | None:
    if isinstance(row.found, Miss):
        read.findings.append(miss_finding(row, row.found))
        return None
    if not caller.may("write", "academic", row.found.current_class_id, row.found.id):
        miss = Miss("not_your_class", "不是您可以录入考勤的班级。", "You may not enter the attendance of this class.")
        read.findings.append(miss_finding(row, miss))
        return None
    counts: dict[str, Decimal] = {}
    for name, place in row.cells.items():
        value = rules.read_count(place.text, is_whole=name in rules.WHOLE_NUMBERS)
        if value is None:
            read.findings.append(place.finding("error", "not_a_count", "应填天数或次数。", "Give a number of days or times."))
        else:
            counts[name] = value
    _expect_enough_days(row, counts, read)
    return _Entry(row.found, counts)


def _expect_enough_days(row: SheetRow, counts: dict[str, Decimal], read: Uploaded) -> None:
    days, away = counts.get("school_days"), sum((counts.get(name, Decimal(0)) for name in _COUNTED[:3]), Decimal(0))
    if days and away > days:
        place = row.cells["school_days"]
        zh, en = f"缺勤合计 {away} 天，超过应出勤天数。", f"{away} days away are more than the school days."
        read.findings.append(place.finding("error", "more_than_days", zh, en))


def _refuse_overlaps(read: Uploaded, entries: list[_Entry], known: dict[UUID, AttendanceSummary]) -> None:
    """Two periods that overlap would count the same days twice."""
    clash = next((known[entry.student.id] for entry in entries if entry.student.id in known), None)
    if clash is not None:
        zh = f"与已导入的时段 {clash.starts_on}—{clash.ends_on} 重叠，同一天会被重复统计。"
        en = f"The period overlaps {clash.starts_on} to {clash.ends_on}, already on record."
        read.findings.append(Finding("error", "period_overlaps", zh, en))


def _compare(entries: list[_Entry], known: dict[UUID, AttendanceSummary]) -> Counts:
    counts = Counts()
    for entry in entries:
        before = known.get(entry.student.id)
        if before is None:
            counts.new += 1
        elif entry.differs(before):
            counts.changed += 1
        else:
            counts.unchanged += 1
    return counts


async def _write(
    session: AsyncSession, term: Term, entries: list[_Entry], known: dict[UUID, AttendanceSummary], period: tuple[date, date]
) -> None:
    fresh: list[dict[str, object]] = []
    for entry in entries:
        before = known.get(entry.student.id)
        values: dict[str, object] = {name: int(v) if name in rules.WHOLE_NUMBERS else v for name, v in entry.counts.items()}
        if before is None:
            ids = {"school_id": term.school_id, "id": new_id(), "student_id": entry.student.id, "term_id": term.id}
            zeros: dict[str, object] = dict.fromkeys(_COUNTED, 0)
            dates = {"starts_on": period[0], "ends_on": period[1], "entered_at": now(), "school_days": None}
            fresh.append({**ids, **dates, **zeros, **values})
        elif entry.differs(before):
            for name, value in values.items():
                setattr(before, name, value)
            before.entered_at = now()
    await session.flush()
    for start in range(0, len(fresh), 1_000):
        await session.execute(insert(AttendanceSummary), fresh[start : start + 1_000])
