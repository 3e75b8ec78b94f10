"""Attendance from a sheet: a row a student, the counts of one period; the same sheet again changes nothing."""

from collections.abc import Sequence
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
from nuanyang.school.attendance.models import AttendanceChange, AttendanceSummary
from nuanyang.school.sheets.rules import Candidate, Directory, Finding, Miss
from nuanyang.school.sheets.schemas import SheetAnswer, SheetReport
from nuanyang.school.sheets.service import (
    Counts,
    Place,
    SheetRow,
    Uploaded,
    ask,
    candidates,
    miss_finding,
    read_upload,
    refuse_unless_clean,
    report,
    without_twins,
)
from nuanyang.school.years.models import Term
from nuanyang.school.years.service import term_of

_COUNTED = ("truancy", "sick_leave", "personal_leave", "late")


@dataclass(frozen=True, slots=True)
class _Entry:
    student: Candidate
    counts: dict[str, Decimal]  # only the columns the sheet has

    def changes(self, known: AttendanceSummary) -> dict[str, Decimal]:
        return {name: value for name, value in self.counts.items() if (getattr(known, name) or 0) != value}


@dataclass(frozen=True, slots=True)
class Sending:
    """The period of a sheet, whether it is only to be checked, and what the sender has said about it."""

    starts_on: date
    ends_on: date
    is_dry_run: bool
    is_english: bool
    lessons_per_day: int | None = None
    answers: Sequence[SheetAnswer] = ()
    reason: str | None = None


async def import_attendance(session: AsyncSession, caller: Caller, file: UploadedFile, keyring: Keyring, sending: Sending) -> SheetReport:
    """Check a sheet of one period and, unless it is a dry run, apply it all or not at all."""
    if not caller.scope("academic", "write"):
        raise Forbidden
    starts_on, ends_on = sending.starts_on, sending.ends_on
    term = await _term(session, caller.school_id, starts_on, ends_on)
    directory = Directory.of(await candidates(session, caller.school_id, min(ends_on, today())))
    wanted = {**rules.COLUMNS, **rules.day_titles(starts_on, ends_on)}
    read = await read_upload(file, wanted, directory, keyring, answers=sending.answers)
    _tell_other_days(read)
    entries = [entry for row in without_twins(read) if (entry := _entry(caller, row, read, sending)) is not None]
    known = await repository.touching(session, caller.school_id, starts_on, ends_on)
    same_period = {row.student_id: row for row in known if (row.starts_on, row.ends_on) == (starts_on, ends_on)}
    _refuse_overlaps(read, entries, {row.student_id: row for row in known if row.student_id not in same_period})
    counts = _compare(entries, same_period)
    needs_reason = bool(counts.changed) and not sending.reason
    made = report(read, counts, is_dry_run=sending.is_dry_run, is_english=sending.is_english, needs_reason=needs_reason)
    if sending.is_dry_run:
        return made
    refuse_unless_clean(made)
    await _write(session, caller, term, entries, same_period, sending)
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


def _entry(caller: Caller, row: SheetRow, read: Uploaded, sending: Sending) -> _Entry | None:
    if isinstance(row.found, Miss):
        ask(read, row, row.found, lambda one: caller.may("read", "basic", one.current_class_id, one.id), is_english=sending.is_english)
        return None
    if not caller.may("write", "academic", row.found.current_class_id, row.found.id):
        miss = Miss("not_your_class", "不是您可以录入考勤的班级。", "You may not enter the attendance of this class.")
        read.findings.append(miss_finding(row, miss))
        return None
    counts: dict[str, Decimal] = {}
    days = {name: place for name, place in row.cells.items() if rules.is_day(name)}
    for name, place in row.cells.items():
        if name in days or (days and name in _COUNTED and not place.text):  # the totals of a register are often left open
            continue
        value = rules.read_count(place.text, is_whole=name in rules.WHOLE_NUMBERS)
        if value is None:
            read.findings.append(place.finding("error", "not_a_count", "应填天数或次数。", "Give a number of days or times."))
        elif value and name in rules.IN_DAYS and rules.is_in_lessons(place.title, place.text):
            counts[name] = _days(value, place, read, sending.lessons_per_day)
        else:
            counts[name] = value
    if days:
        _count_days(row, days, counts, read, sending)
    _expect_enough_days(row, counts, read)
    return _Entry(row.found, counts)


def _count_days(row: SheetRow, days: dict[str, Place], counts: dict[str, Decimal], read: Uploaded, sending: Sending) -> None:
    """Add up the days of a register; what its own totals say must agree."""
    signs = rules.signs_in(read.asides.get(row.sheet, ()))
    sums, lessons = dict.fromkeys(_COUNTED, Decimal(0)), dict.fromkeys(_COUNTED, Decimal(0))
    for name, place in days.items():
        said = rules.read_day(place.text, signs, is_half_a_day=name.endswith(("上", "下")))
        if said is None:
            _tell_sign(place, read)
        for away in said or ():
            (lessons if away.is_in_lessons else sums)[away.what] += away.number
            if away.is_in_lessons and sending.lessons_per_day is None:
                _ask_lessons(place, read)
    for name, number in sums.items():
        total = number + rules.in_days(lessons[name], sending.lessons_per_day or 1)
        if counts.setdefault(name, total) != total:
            zh = f"按日期数得 {total}，与这一列的合计 {counts[name]} 不一致。"
            en = f"The days add up to {total}, the total says {counts[name]}."
            read.findings.append(row.cells[name].finding("error", "total_differs", zh, en))


def _tell_sign(place: Place, read: Uploaded) -> None:
    """Once a sign, not once a cell."""
    if not any(finding.code == "unknown_sign" and finding.value == place.text for finding in read.findings):
        zh = "符号意思不明：请在表上写图例（如“×旷课”），或改成文字。"
        en = "The meaning of this sign is unknown: put a legend on the sheet (×旷课 ○病假) or write 旷课, 病假, 事假, 迟到."
        read.findings.append(place.finding("error", "unknown_sign", zh, en))


def _tell_other_days(read: Uploaded) -> None:
    """One word about all days outside the period, instead of one a column."""
    others = [one for one in read.findings if one.code == "column_ignored" and one.title and rules.is_day_title(one.title)]
    if others:
        read.findings = [one for one in read.findings if one not in others]
        names = "、".join(one.title or "" for one in others[:5]) + ("…" if len(others) > 5 else "")
        zh = f"{len(others)} 列（{names}）不是所选时段内的日期，没有读取。"
        en = f"{len(others)} columns ({names}) are no days of the period and were not read."
        first = others[0]
        read.findings.append(Finding("warning", "other_days", zh, en, first.sheet, first.line, first.column, first.title))


def _days(lessons: Decimal, place: Place, read: Uploaded, lessons_per_day: int | None) -> Decimal:
    """Days and lessons must not be mixed up: seven lessons are a day, not seven."""
    if lessons_per_day is not None:
        return rules.in_days(lessons, lessons_per_day)
    _ask_lessons(place, read)
    return Decimal(0)


def _ask_lessons(place: Place, read: Uploaded) -> None:
    if not any(finding.code == "lessons_per_day_missing" for finding in read.findings):
        zh, en = "这一列按节计算，请填写每天几节课，以便折算成天。", "This column counts lessons: say how many a day has."
        read.findings.append(Finding("error", "lessons_per_day_missing", zh, en, place.sheet, place.line, place.column, place.title))


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
        elif entry.changes(before):
            counts.changed += 1
        else:
            counts.unchanged += 1
    return counts


async def _write(
    session: AsyncSession,
    caller: Caller,
    term: Term,
    entries: list[_Entry],
    known: dict[UUID, AttendanceSummary],
    sending: Sending,
) -> None:
    fresh: list[dict[str, object]] = []
    for entry in entries:
        before = known.get(entry.student.id)
        if before is None:
            ids = {"school_id": term.school_id, "id": new_id(), "student_id": entry.student.id, "term_id": term.id}
            zeros: dict[str, object] = dict.fromkeys(_COUNTED, 0)
            dates = {"starts_on": sending.starts_on, "ends_on": sending.ends_on, "entered_at": now(), "school_days": None}
            fresh.append({**ids, **dates, **zeros, **_typed(entry.counts)})
        elif changes := entry.changes(before):
            _correct(session, caller, before, changes, sending.reason or "")
    await session.flush()
    for start in range(0, len(fresh), 1_000):
        await session.execute(insert(AttendanceSummary), fresh[start : start + 1_000])


def _typed(counts: dict[str, Decimal]) -> dict[str, object]:
    return {name: int(value) if name in rules.WHOLE_NUMBERS else value for name, value in counts.items()}


def _correct(session: AsyncSession, caller: Caller, summary: AttendanceSummary, changes: dict[str, Decimal], reason: str) -> None:
    """Put new counts in and keep the old ones with the reason."""
    old = {name: getattr(summary, name) for name in changes}
    session.add(
        AttendanceChange(
            school_id=caller.school_id,
            summary_id=summary.id,
            before={name: None if value is None else float(value) for name, value in old.items()},
            reason=reason,
            changed_at=now(),
            changed_by=caller.account_id,
        )
    )
    for name, value in _typed(changes).items():
        setattr(summary, name, value)
    summary.entered_at = now()
