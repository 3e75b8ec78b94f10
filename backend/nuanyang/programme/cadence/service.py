"""Keeping the ledger: what is owed from today on, what that expects, and what need not be done. It knows neither plans nor measures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.access.actors import Caller
from nuanyang.kit.clock import now
from nuanyang.kit.db.refusals import constraint_of
from nuanyang.kit.ids import new_id
from nuanyang.programme.cadence import repository
from nuanyang.programme.cadence.errors import AlreadyDone, AlreadyWaived, NotWaived
from nuanyang.programme.cadence.models import CadenceHorizon, LedgerObligation, LedgerOccurrence, Waiver
from nuanyang.programme.cadence.repository import Whose
from nuanyang.programme.cadence.rules import Obligation, Occurrence, Stretch, expected_of, reschedule
from nuanyang.programme.cadence.rules.owed import Owed
from nuanyang.programme.cadence.rules.stretching import ended, from_json, going_on, to_json
from nuanyang.programme.calendar.rules import SchoolCalendar

AHEAD = timedelta(days=14)  # so far ahead the ledger is worked out
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The days at hand: `last` is the day on which the school was worked out before (None: never), `former` until when, and both anew."""

    today: date
    until: date
    last: date | None
    former: date | None
    is_new_calendar: bool = False


@dataclass(slots=True)
class Worked:
    """What a working out has done."""

    begun: int = 0
    changed: int = 0
    ended: int = 0
    added: int = 0
    moved: int = 0
    withdrawn: int = 0


@dataclass(slots=True)
class _Change:
    row_id: UUID
    whose: Whose
    key: str
    after: tuple[Stretch, ...]
    is_new: bool


async def horizon(session: AsyncSession, school_id: UUID) -> CadenceHorizon | None:
    """How far the school is worked out; whoever works on it meanwhile is waited for. None where it never was."""
    return await repository.horizon(session, school_id)


async def remember(session: AsyncSession, school_id: UUID, span: Span, calendar: str) -> None:
    """Keep how far it is worked out now, and with which calendar."""
    await repository.keep_horizon(session, school_id, span.today, span.until, calendar)


async def owe(
    session: AsyncSession,
    school_id: UUID,
    owed: Mapping[str, Owed],
    calendar: SchoolCalendar,
    span: Span,
    students: Collection[UUID] | None,
) -> Worked:
    """Let the ledger say what is owed now: to the school, or only to some students. What was expected until yesterday stays as it was."""
    rows = {row.key: row for row in await repository.obligations(session, school_id, students)}
    found = _Difference(school_id, span)
    for key, one in owed.items():
        row = rows.get(key)
        found.begin(key, one) if row is None else found.compare(row, one)
    for key, row in rows.items():
        if key not in owed and row.is_running:
            found.end(row)
    await repository.add_obligations(session, found.fresh)
    await repository.change_obligations(session, found.updates)
    if found.follows:
        await repository.follow(session, school_id, found.follows, span.today)
    await _write(session, school_id, found.changes, calendar, span, found.done)
    await _go_on(session, school_id, found.running, calendar, span, found.done)
    await repository.settle(session, school_id, [change.row_id for change in found.changes])
    return found.done


class _Difference:
    """What is owed now beside what the ledger has: what begins, changes, ends, and what simply goes on."""

    def __init__(self, school_id: UUID, span: Span) -> None:
        self.school_id, self.span, self.done = school_id, span, Worked()
        self.changes: list[_Change] = []
        self.fresh: list[dict[str, Any]] = []
        self.updates: list[dict[str, Any]] = []
        self.follows: list[Whose] = []
        self.running: list[tuple[Obligation, Whose]] = []

    def begin(self, key: str, one: Owed) -> None:
        """Owed for the first time; not before the day on which the school was worked out last, for then nobody knew."""
        since = one.since if self.span.last is None else max(one.since, self.span.last)
        if one.until is not None and one.until < since:
            if one.cadence.per != "once":
                return  # over before it began
            since = one.until
        stretches = going_on((), one.cadence, since, one.until, self.span.today)
        row_id = new_id()
        self.fresh.append(_row(self.school_id, row_id, one, stretches))
        self.changes.append(_Change(row_id, _whose(row_id, one), key, stretches, is_new=True))
        self.done.begun += 1

    def compare(self, row: LedgerObligation, one: Owed) -> None:
        """Owed before and now."""
        before, whose = from_json(row.stretches), _whose(row.id, one)
        after = going_on(before, one.cadence, max(one.since, self.span.last or one.since), one.until, self.span.today)
        values = {name: value for name, value in one.columns().items() if getattr(row, name) != value}
        if after != before or not row.is_running:
            values |= {"stretches": to_json(after), "is_running": True}
        if values:
            self.updates.append({"school_id": self.school_id, "id": row.id} | values)
            self.done.changed += 1
        if values.keys() & {"class_id", "data_class", "withheld_from_staff_ids"}:
            self.follows.append(whose)
        if values.keys() & {"stretches", "kinds", "measure_ids", "minutes"} or self.span.is_new_calendar:
            self.changes.append(_Change(row.id, whose, row.key, after, is_new=False))
        else:
            self.running.append((Obligation(row.key, after), whose))

    def end(self, row: LedgerObligation) -> None:
        """Owed no more: yesterday was its last day."""
        after = ended(from_json(row.stretches), self.span.today - _DAY)
        self.updates.append({"school_id": self.school_id, "id": row.id, "stretches": to_json(after), "is_running": False})
        self.changes.append(_Change(row.id, _whose_row(row), row.key, after, is_new=False))
        self.done.ended += 1


async def waive(session: AsyncSession, caller: Caller, row: LedgerOccurrence, reason: str) -> None:
    """Say that it need not be done; a record that comes after all still meets it."""
    if row.state is not None:
        raise AlreadyDone
    session.add(
        Waiver(
            school_id=caller.school_id,
            id=new_id(),
            occurrence_id=row.id,
            student_id=row.student_id,
            data_class=row.data_class,
            reason=reason,
            created_by=caller.account_id,
            created_at=now(),
        )
    )
    try:
        await session.flush()
    except IntegrityError as refusal:
        match constraint_of(refusal):
            case "uq_waivers_in_force":
                raise AlreadyWaived from refusal
            case "waivers_open":
                raise AlreadyDone from refusal
            case _:
                raise


async def unwaive(session: AsyncSession, caller: Caller, row: LedgerOccurrence) -> None:
    """Take the waiver back."""
    statement = select(Waiver).where(Waiver.school_id == caller.school_id, Waiver.occurrence_id == row.id, Waiver.withdrawn_at.is_(None))
    waiver = (await session.scalars(statement.with_for_update())).one_or_none()
    if waiver is None:
        raise NotWaived
    waiver.withdrawn_at, waiver.withdrawn_by = now(), caller.account_id
    await session.flush()


async def _write(
    session: AsyncSession, school_id: UUID, changes: Sequence[_Change], calendar: SchoolCalendar, span: Span, done: Worked
) -> None:
    """What the changed obligations expect from now on, beside what they expected before."""
    if not changes:
        return
    whose = {change.key: change.whose for change in changes}
    after = expected_of((Obligation(c.key, c.after) for c in changes if c.after), calendar, _begin(changes, calendar), span.until)
    old = [change for change in changes if not change.is_new]
    stored = await repository.stored(session, school_id, [change.row_id for change in old], span.today) if old else []
    if not stored:
        new = {change.key for change in changes if change.is_new}
        # Nothing is expected of the past that was not expected then; of what begins anew it is, since the day from which it holds.
        added = [one for one in after if one.obligation in new or one.due_on >= span.today]
    else:
        keys = {change.row_id: change.key for change in old}
        rows = {(keys[row.obligation_id], row.period, row.ordinal): row for row, _ in stored}
        before = [repository.as_occurrence(row, keys[row.obligation_id]) for row, _ in stored]
        settled = {one.key for one, (_, is_settled) in zip(before, stored, strict=True) if is_settled}
        known = {change.key for change in old}
        change = reschedule(before, [one for one in after if one.obligation in known], span.today, settled)
        moved = [(rows[one.obligation, one.slot.period, one.ordinal].id, one) for one in change.moved]
        gone = [rows[one.obligation, one.slot.period, one.ordinal].id for one in change.withdrawn]
        if moved:
            await repository.move_occurrences(session, school_id, moved)
        if gone:
            await repository.withdraw_occurrences(session, school_id, gone)
        done.moved, done.withdrawn = len(moved), len(gone)
        added = [*(one for one in after if one.obligation not in known), *change.added]
    await repository.add_occurrences(session, school_id, [(one, whose[one.obligation]) for one in added])
    done.added += len(added)


async def _go_on(
    session: AsyncSession,
    school_id: UUID,
    running: Iterable[tuple[Obligation, Whose]],
    calendar: SchoolCalendar,
    span: Span,
    done: Worked,
) -> None:
    """What opens on the days that are new."""
    if span.former is None or span.former >= span.until:
        return
    running = list(running)
    whose = {obligation.key: one for obligation, one in running}
    opening = expected_of((obligation for obligation, _ in running), calendar, span.former + _DAY, span.until)
    await repository.add_occurrences(session, school_id, [(one, whose[one.obligation]) for one in opening])
    done.added += len(opening)
    # After days on which nobody worked it out, records may have been there first.
    late = {whose[one.obligation].id for one in opening if one.opens_on <= span.today}
    await repository.settle(session, school_id, sorted(late))


def _begin(changes: Sequence[_Change], calendar: SchoolCalendar) -> date:
    """The first day of all the stretches that the calendar knows: a period that has opened already is known by its first day."""
    return max(min((s.since for c in changes for s in c.after), default=calendar.first), calendar.first)


def _whose(row_id: UUID, one: Owed) -> Whose:
    return Whose(row_id, one.clause, one.student_id, one.class_id, one.data_class, bool(one.withheld_from_staff_ids))


def _whose_row(row: LedgerObligation) -> Whose:
    return Whose(row.id, row.clause, row.student_id, row.class_id, row.data_class, bool(row.withheld_from_staff_ids))


def _row(school_id: UUID, row_id: UUID, one: Owed, stretches: tuple[Stretch, ...]) -> dict[str, Any]:
    named = {name: getattr(one, name) for name in ("key", "clause", "source", "subject", "student_id")}
    return {"school_id": school_id, "id": row_id, **named, **one.columns(), "stretches": to_json(stretches), "is_running": True}


__all__ = ["AHEAD", "Occurrence", "Owed", "Span", "Worked", "horizon", "owe", "remember", "unwaive", "waive"]
