"""Dry runs, and doing what they have shown: student by student, each in a transaction of its own, so that a killed run is simply run again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from nuanyang.casework.dossiers.service import GONE, close_file
from nuanyang.casework.retention import repository
from nuanyang.casework.retention.errors import RunNotFound, RunNotNewest
from nuanyang.casework.retention.models import RetentionItem, RetentionRun
from nuanyang.casework.retention.rules import AHEAD, KEEP, is_ripe
from nuanyang.kit.clock import now, today
from nuanyang.kit.db import Database, opening
from nuanyang.kit.ids import new_id

Report = Callable[[int, int], Awaitable[None]]
LEFT = "离校，系统自动结案"


async def no_report(_done: int, _total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who works: an account of the school, or the school's own night."""

    school_id: UUID
    account_id: UUID | None


async def show(database: Database, clerk: Clerk, report: Report = no_report, *, run_id: UUID | None = None) -> UUID:
    """A dry run: try what falls due in the next fortnight, take it back, keep what it came to. The same `run_id` goes on where it stopped."""
    context, day = opening(account_id=clerk.account_id, school_id=clerk.school_id, purpose="job"), today()
    async with database.session(context) as session:
        run = await session.get(RetentionRun, (clerk.school_id, run_id)) if run_id else None
        terms = await repository.terms(session)
        if run is None:
            run = RetentionRun(
                school_id=clerk.school_id,
                id=run_id or new_id(),
                until=day + AHEAD,
                rules={name: {"action": row.action, "years": row.years} for name, row in terms.items()},
                files_to_close=len(await repository.files_to_close(session, clerk.school_id, GONE)),
                undated=await repository.undated(session, clerk.school_id),
                created_by=clerk.account_id,
            )
            session.add(run)
            await session.flush()
        until, run_id, is_over = run.until, run.id, run.shown_at is not None
        found = [] if is_over else await repository.due(session, until)
    for done, row in enumerate(found):
        await report(done, len(found) + 1)
        async with database.session(context) as session:
            await repository.preview(session, run_id, row.student_id, row.left_on, row.due_on, row.data_classes)
    async with database.session(context) as session:
        run = await session.get_one(RetentionRun, (clerk.school_id, run_id))
        if not is_over:
            # Lists without a student: what is due today, for tomorrow night.
            erased = [name for name, row in terms.items() if row.action != KEEP]
            await repository.preview(session, run_id, None, None, day, erased)
            run.shown_at = now()
    return run_id


async def apply(database: Database, clerk: Clerk, run_id: UUID, report: Report = no_report, *, at_night: bool = False) -> None:
    """Do what the newest dry run has shown and is due, at night only after its notice; and close the files of those who have left."""
    context, day = opening(account_id=clerk.account_id, school_id=clerk.school_id, purpose="job"), today()
    async with database.session(context) as session:
        await newest(session, clerk.school_id, run_id)
        items = [i for i in await repository.items_of(session, clerk.school_id, [run_id]) if i.state == "shown" and i.due_on <= day]
        wanted = [i.id for i in items if not at_night or _is_ripe(i)]
    for done, item_id in enumerate(wanted):
        await report(done, len(wanted))
        async with database.session(context) as session:
            await repository.apply(session, item_id)
    async with database.session(context) as session:
        run = await session.get_one(RetentionRun, (clerk.school_id, run_id))
        # Last, because closing a file is an entry on its time line: a file that was shown would not be as it was shown.
        gone = await repository.files_to_close(session, clerk.school_id, GONE)
        for student in gone:
            await close_file(session, clerk, student.id, LEFT)
        run.files_closed = (run.files_closed or 0) + len(gone)
        run.applied_at, run.applied_by = run.applied_at or now(), run.applied_by or clerk.account_id


async def newest(session: AsyncSession, school_id: UUID, run_id: UUID) -> RetentionRun:
    """The run, where it is the one that may be applied."""
    run = await session.get(RetentionRun, (school_id, run_id))
    if run is None:
        raise RunNotFound
    last = await repository.newest_shown(session, school_id)
    if last is None or last.id != run_id:
        raise RunNotNewest
    return run


async def night(database: Database, clerk: Clerk, run_id: UUID, report: Report = no_report) -> None:
    """What every night does: first what the dry run before has shown for long enough, then the next dry run."""
    before = await last_shown(database, clerk)
    if before is not None and before != run_id:
        await apply(database, clerk, before, report, at_night=True)
    await show(database, clerk, report, run_id=run_id)


async def last_shown(database: Database, clerk: Clerk) -> UUID | None:
    """The newest dry run that is finished: the only one that may be applied."""
    async with database.session(opening(school_id=clerk.school_id, purpose="job")) as session:
        run = await repository.newest_shown(session, clerk.school_id)
    return run.id if run else None


def _is_ripe(item: RetentionItem) -> bool:
    return is_ripe(item.first_shown_on, item.due_on, today(), has_student=item.student_id is not None)
