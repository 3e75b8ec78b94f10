"""Compliance, clause by clause, from the counts that the writers keep; and single occurrences, from the records."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.casework.obligations.rules import SUBJECTS, met_by
from nuanyang.kit.clock import today
from nuanyang.kit.errors import NotFound
from nuanyang.kit.paging import decode_cursor, encode_cursor
from nuanyang.oversight.compliance import policy, repository
from nuanyang.oversight.compliance.errors import TooManyOccurrences
from nuanyang.oversight.compliance.repository import Row
from nuanyang.oversight.compliance.rules import PLAN_LINES, Cell, Counted, mondays, share, standing, trend
from nuanyang.oversight.compliance.schemas import (
    ClauseLine,
    ComplianceQuery,
    ComplianceShown,
    EditionNamed,
    OccurrenceList,
    OccurrenceShown,
    OccurrencesQuery,
    RecordNamed,
    Standing,
    State,
    Tally,
    WaiverShown,
    WeekTally,
)
from nuanyang.programme.cadence.errors import OccurrenceNotFound
from nuanyang.programme.cadence.models import FOR_EVER, LedgerOccurrence
from nuanyang.programme.cadence.service import unwaive as take_back
from nuanyang.programme.cadence.service import waive as excuse
from nuanyang.programme.editions.models import Edition, EditionClause
from nuanyang.programme.editions.service import clauses_in_force
from nuanyang.school.years.service import NoSchoolYear, term_of

MOST_IN_A_FILE = 5_000
_DAY, _WEEK = timedelta(days=1), timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are asked about, the edition in force then, and the classes (None: the whole school)."""

    begin: date
    end: date
    name: str | None
    edition: Edition | None
    clauses: Sequence[EditionClause]
    classes: list[UUID] | None


async def shown(session: AsyncSession, caller: Caller, query: ComplianceQuery) -> ComplianceShown:
    """Every clause of the edition that was in force, and the measures of the students' plans."""
    now_on = today(caller.time_zone)
    span = await _span(session, caller, query.span, query.on or now_on, query.grade, query.class_id)
    held = None if span.classes is None else policy.places(caller, span.classes)
    cells: dict[str, list[Cell]] = defaultdict(list)
    for cell in await repository.counts(session, caller.school_id, span.begin, span.end, now_on, held):
        cells[cell.clause].append(cell)
    lines = [
        _line(row.clause, _texts(row), cells[row.clause], _why_not(caller, row, span), now_on)
        for row in span.clauses
        if query.owner in (None, row.owner)
    ]
    for clause, (zh, en, owner) in PLAN_LINES.items():
        if cells[clause] and query.owner in (None, owner):
            texts = {"zh": zh, "en": en, "part": "plan", "owner": owner, "is_own": False, "is_plan": True}
            lines.append(_line(clause, texts | dict.fromkeys(("cadence_zh", "cadence_en", "per")), cells[clause], "", now_on))
    return ComplianceShown(
        as_of=now_on,
        begin=span.begin,
        end=span.end,
        span=query.span,
        name=span.name,
        edition=EditionNamed(id=span.edition.id, name=span.edition.name) if span.edition else None,
        weeks=mondays(span.begin, span.end),
        clauses=lines,
    )


async def listed(session: AsyncSession, caller: Caller, clause: str, query: OccurrencesQuery) -> OccurrenceList:
    """The occurrences of a clause that the caller may see, each with the records that met it."""
    now_on = today(caller.time_zone)
    span = await _span(session, caller, query.span, query.on or now_on, query.grade, query.class_id)
    owners = {row.clause: row.owner for row in span.clauses}
    if clause not in owners and clause not in PLAN_LINES:
        raise NotFound
    begin, end = span.begin, span.end
    if query.week is not None:
        monday = query.week - query.week.weekday() * _DAY
        begin, end = max(begin, monday), min(end, monday + _WEEK)
    key = decode_cursor(query.cursor, 2)
    rows = await repository.page(
        session,
        caller.school_id,
        caller.staff_id,
        clause,
        begin,
        end,
        now_on,
        classes=span.classes,
        states=query.state,
        after=(date.fromisoformat(str(key[0])), UUID(str(key[1]))) if key else None,
        limit=query.limit,
    )
    page = rows[: query.limit]
    return OccurrenceList(
        items=await _shown(session, caller, page, owners),
        next_cursor=encode_cursor(page[-1].due_on, page[-1].id) if len(rows) > query.limit else None,
    )


async def listed_for_file(session: AsyncSession, caller: Caller, clause: str, query: OccurrencesQuery) -> list[OccurrenceShown]:
    """The same, all of them."""
    answer = await listed(session, caller, clause, query.model_copy(update={"cursor": None, "limit": MOST_IN_A_FILE}))
    if answer.next_cursor:
        raise TooManyOccurrences
    return answer.items


async def waive(session: AsyncSession, caller: Caller, occurrence_id: UUID, reason: str) -> OccurrenceShown:
    """Say that it need not be done."""
    await excuse(session, caller, await _to_change(session, caller, occurrence_id), reason)
    return await _again(session, caller, occurrence_id)


async def unwaive(session: AsyncSession, caller: Caller, occurrence_id: UUID) -> OccurrenceShown:
    """Take the waiver back."""
    await take_back(session, caller, await _to_change(session, caller, occurrence_id))
    return await _again(session, caller, occurrence_id)


async def counts_of_school(session: AsyncSession, school_id: UUID, begin: date, end: date, now_on: date) -> dict[str, list[Cell]]:
    """What falls due in some days over the whole school, by clause."""
    cells: dict[str, list[Cell]] = defaultdict(list)
    for cell in await repository.counts(session, school_id, begin, end, now_on, None):
        cells[cell.clause].append(cell)
    return cells


def may_waive(caller: Caller, clause: str, owner: str | None) -> bool:
    """Whether what a clause asks for is theirs to waive."""
    return policy.may_waive(caller, clause, owner)


async def _to_change(session: AsyncSession, caller: Caller, occurrence_id: UUID) -> LedgerOccurrence:
    row = await _found(session, caller, occurrence_id)
    if not policy.may_waive(caller, row.clause, (await _owners(session, caller, row.due_on)).get(row.clause)):
        raise OccurrenceNotFound
    return await session.get_one(LedgerOccurrence, (caller.school_id, occurrence_id), populate_existing=True)


async def _found(session: AsyncSession, caller: Caller, occurrence_id: UUID) -> Row:
    row = await repository.one(session, caller.school_id, caller.staff_id, occurrence_id, today(caller.time_zone))
    if row is None:
        raise OccurrenceNotFound
    return row


async def _again(session: AsyncSession, caller: Caller, occurrence_id: UUID) -> OccurrenceShown:
    row = await _found(session, caller, occurrence_id)
    return (await _shown(session, caller, [row], await _owners(session, caller, row.due_on)))[0]


async def _owners(session: AsyncSession, caller: Caller, day: date) -> dict[str, str]:
    return {row.clause: row.owner for row in (await clauses_in_force(session, caller.school_id, day))[1]}


async def _span(session: AsyncSession, caller: Caller, kind: str, day: date, grade: int | None, class_id: UUID | None) -> Span:
    edition, clauses = await clauses_in_force(session, caller.school_id, day)
    if kind == "year" and edition is not None and edition.in_force_from is not None:
        end = edition.ends_on if edition.in_force_until is None else min(edition.ends_on, edition.in_force_until - _DAY)
        begin, name = max(edition.starts_on, edition.in_force_from), edition.name
    else:
        try:
            term = await term_of(session, caller.school_id, day)
        except NoSchoolYear:
            begin, end, name = day.replace(day=1), day, ""
        else:
            begin, name = term.starts_on, term.name
            end = await repository.until_next_term(session, caller.school_id, term.starts_on, term.ends_on)
    if kind == "term" and edition is None:  # the term may have begun under an edition that ended since
        edition, clauses = await clauses_in_force(session, caller.school_id, min(day, end))
    return Span(begin, end, name or None, edition, clauses, await _classes(session, caller, begin, end, grade, class_id))


async def _classes(
    session: AsyncSession, caller: Caller, begin: date, end: date, grade: int | None, class_id: UUID | None
) -> list[UUID] | None:
    """The classes asked for, as far as the caller may see their numbers; None for the whole school."""
    if class_id is not None:
        if not policy.sees_class(caller, class_id) or not await repository.is_class(session, caller.school_id, class_id):
            raise NotFound
        return [class_id]
    if grade is not None:
        found = await repository.classes_of_grade(session, caller.school_id, grade, begin, end)
        return [one for one in found if policy.sees_class(caller, one)]
    return None if policy.sees_school(caller) else caller.duty_scope("see_compliance").classes


def _why_not(caller: Caller, row: EditionClause, span: Span) -> Counted:
    if row.per is None:
        return "no_clock" if met_by(row) else "not_recorded"
    if not met_by(row) or row.subject not in SUBJECTS or row.per == "clock":
        return "not_recorded"
    if span.classes is not None and row.reach == "supported" and SUBJECTS[row.subject] == "student":
        return "" if policy.hears_of(caller, span.classes, row.categories) else "hidden"
    return ""


def _texts(row: EditionClause) -> dict[str, Any]:
    names = ("zh", "en", "part", "owner", "is_own", "cadence_zh", "cadence_en", "per")
    return {name: getattr(row, name) for name in names} | {"is_plan": False}


def _line(clause: str, texts: dict[str, Any], cells: Sequence[Cell], why_not: Counted, now_on: date) -> ClauseLine:
    counted = [] if why_not else cells
    weeks: dict[date, list[Cell]] = defaultdict(list)
    for cell in counted:
        weeks[cell.week].append(cell)
    return ClauseLine(
        clause=clause,
        **texts,
        standing=cast("Standing", standing(counted, why_not)),
        share=share(counted),
        trend=trend(counted, now_on),
        tally=Tally(**_tally(counted)),
        weeks=[WeekTally(week=week, **_tally(those)) for week, those in sorted(weeks.items())],
    )


def _tally(cells: Sequence[Cell]) -> dict[str, int]:
    summed = {name: sum(getattr(cell, name) for cell in cells) for name in ("expected", "met", "late", "backfilled", "waived", "missed")}
    return summed | {
        "in_grace": sum(cell.open for cell in cells if cell.over == 1),
        "due": sum(cell.open for cell in cells if cell.over == 0),
    }


async def _shown(session: AsyncSession, caller: Caller, rows: Sequence[Row], owners: dict[str, str]) -> list[OccurrenceShown]:
    records = await repository.records(session, caller.school_id, (one for row in rows for one in row.record_ids))
    await showed(session, caller, ((row.student_id, row.data_class) for row in rows if row.student_id))
    return [
        OccurrenceShown(
            **{name: getattr(row, name) for name in _PLAIN},
            state=cast("State", row.state),
            grace_until=None if row.grace_until == FOR_EVER else row.grace_until,
            records=[RecordNamed(**record) for one in row.record_ids for record in records.get(one, ())],
            waiver=WaiverShown(by=row.waived_by or "", reason=row.waived_reason, at=row.waived_at)
            if row.waived_reason and row.waived_at
            else None,
            may_waive=row.state in ("due", "in_grace", "missed", "waived") and policy.may_waive(caller, row.clause, owners.get(row.clause)),
        )
        for row in rows
    ]


_PLAIN = (
    *("id", "clause", "opens_on", "due_on", "held_on", "entered_on", "minutes"),
    *("student_id", "student_name", "class_id", "class_name"),
)
