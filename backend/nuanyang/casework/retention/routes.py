"""信息保存 over HTTP."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from nuanyang.access.actors import Caller
from nuanyang.access.audit.service import showed
from nuanyang.access.guards import DbSession, requires_duty
from nuanyang.casework.retention import repository
from nuanyang.casework.retention.errors import RunNotFound
from nuanyang.casework.retention.models import LegalHold, RetentionRun
from nuanyang.casework.retention.schemas import (
    Asked,
    Hold,
    HoldInput,
    HoldPage,
    LiftInput,
    Run,
    RunPage,
    RunStudent,
    RunStudentPage,
    TermInput,
    Terms,
)
from nuanyang.casework.retention.service import holds, reporting, running, terms
from nuanyang.kit.jobs import enqueue
from nuanyang.kit.paging import BadCursor, Cursor, Limit, decode_cursor, encode_cursor
from nuanyang.kit.schemas import problems

router = APIRouter(tags=["retention"])
Seer = Annotated[Caller, Depends(requires_duty("see_retention"))]
Approver = Annotated[Caller, Depends(requires_duty("approve_retention"))]
Holder = Annotated[Caller, Depends(requires_duty("hold"))]
Applier = Annotated[Caller, Depends(requires_duty("apply_retention"))]


@router.get("/retention-terms", operation_id="retention_terms_list", responses=problems(401, 403))
async def list_terms(caller: Seer, session: DbSession) -> Terms:
    """How long each class of data is kept, within which bounds that may change, and what waits for a second person."""
    may_approve, may_apply = caller.has_duty("approve_retention"), caller.has_duty("apply_retention")
    return Terms(items=await terms.listed(session, caller), may_approve=may_approve, may_apply=may_apply)


@router.post("/retention-terms", status_code=201, operation_id="retention_terms_propose", responses=problems(401, 403, 409, 422))
async def propose_term(body: TermInput, caller: Seer, session: DbSession) -> Terms:
    """Propose another term for a class; in force once somebody else approves it."""
    await terms.propose(session, caller, body)
    return await list_terms(caller, session)


@router.post("/retention-terms/{term_id}/approve", operation_id="retention_terms_approve", responses=problems(401, 403, 404, 409, 422))
async def approve_term(term_id: UUID, caller: Approver, session: DbSession) -> Terms:
    """Put a proposed term in force; never the one who proposed it."""
    await terms.approve(session, caller, term_id)
    return await list_terms(caller, session)


@router.post("/retention-terms/{term_id}/withdraw", operation_id="retention_terms_withdraw", responses=problems(401, 403, 404, 409, 422))
async def withdraw_term(term_id: UUID, caller: Seer, session: DbSession) -> Terms:
    """Take a proposal back or say no to it."""
    await terms.withdraw(session, caller, term_id)
    return await list_terms(caller, session)


@router.get("/retention-runs", operation_id="retention_runs_list", responses=problems(401, 403, 422))
async def list_runs(caller: Seer, session: DbSession, limit: Limit = 10, cursor: Cursor = None) -> RunPage:
    """Dry runs and what came of them, in counts, the newest first."""
    rows = await repository.runs(session, caller.school_id, _instant(cursor), limit + 1)
    return RunPage(items=await reporting.told(session, caller.school_id, rows[:limit]), next_cursor=_next(rows, limit))


@router.post("/retention-runs", status_code=202, operation_id="retention_runs_show", responses=problems(401, 403, 409, 422))
async def show_run(caller: Seer, session: DbSession, response: Response) -> Asked:
    """Ask for a dry run of what falls due in the next fortnight; nothing is erased by it."""
    job = await enqueue(session, "retention.show", school_id=caller.school_id, account_id=caller.account_id)
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return Asked(job_id=job.id)


@router.get("/retention-runs/{run_id}", operation_id="retention_runs_read", responses=problems(401, 403, 404))
async def read_run(run_id: UUID, caller: Seer, session: DbSession) -> Run:
    """One run, in counts."""
    row = await _run(session, caller, run_id)
    return (await reporting.told(session, caller.school_id, [row]))[0]


@router.post(
    "/retention-runs/{run_id}/apply", status_code=202, operation_id="retention_runs_apply", responses=problems(401, 403, 404, 409, 422)
)
async def apply_run(run_id: UUID, caller: Applier, session: DbSession, response: Response) -> Asked:
    """Do now what the newest dry run has shown and is due; the night would wait a week. It cannot be undone."""
    await running.newest(session, caller.school_id, run_id)
    job = await enqueue(session, "retention.apply", school_id=caller.school_id, account_id=caller.account_id, arguments={"run_id": run_id})
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return Asked(job_id=job.id)


@router.get(
    "/retention-runs/{run_id}/students",
    operation_id="retention_runs_students",
    responses=problems(401, 403, 404, 422),
)
async def list_run_students(run_id: UUID, caller: Applier, session: DbSession, limit: Limit = 50, cursor: Cursor = None) -> RunStudentPage:
    """Whom a run is about, and which classes of data of them; only those the caller may read."""
    await _run(session, caller, run_id)
    rows = await repository.students_of(session, caller.school_id, run_id, _day(cursor), limit + 1)
    items = []
    for item, name in rows[:limit]:
        # Of who is on hold nothing was tried: whatever is due.
        shown = [c for c in (sorted(item.counts) or item.data_classes) if caller.may("read", c, None, item.student_id)]
        counts = [n for c, tables in item.counts.items() if c in shown for n in tables.values()]
        items.append(
            RunStudent.model_validate(
                {
                    **{field: getattr(item, field) for field in ("id", "student_id", "left_on", "due_on", "state")},
                    "name": name,
                    "data_classes": shown,
                    "erased": sum(n["erased"] for n in counts),
                    "emptied": sum(n["emptied"] for n in counts),
                }
            )
        )
    await showed(session, caller, ((row.student_id, c) for row in items for c in row.data_classes))
    last = rows[limit - 1][0] if len(rows) > limit else None
    return RunStudentPage(items=items, next_cursor=encode_cursor(last.due_on.isoformat(), last.id) if last else None)


@router.get("/legal-holds", operation_id="legal_holds_list", responses=problems(401, 403, 422))
async def list_holds(caller: Holder, session: DbSession, limit: Limit = 50, cursor: Cursor = None) -> HoldPage:
    """Legal holds with their reasons, the newest first, lifted ones too."""
    rows = await repository.holds(session, caller.school_id, _instant(cursor), limit + 1)
    await showed(session, caller, ((row.student_id, "protection") for row in rows[:limit] if row.student_id))
    return HoldPage(items=[await _hold(session, caller, row) for row in rows[:limit]], next_cursor=_next(rows, limit))


@router.post("/legal-holds", status_code=201, operation_id="legal_holds_place", responses=problems(401, 403, 404, 409, 422))
async def place_hold(body: HoldInput, caller: Holder, session: DbSession) -> Hold:
    """Stop all erasing for one student, or for the school, until the hold is lifted."""
    return await _hold(session, caller, await holds.place(session, caller, body.student_id, body.reason))


@router.post("/legal-holds/{hold_id}/lift", operation_id="legal_holds_lift", responses=problems(401, 403, 404, 409, 422))
async def lift_hold(hold_id: UUID, body: LiftInput, caller: Holder, session: DbSession) -> Hold:
    """End a hold, with the reason."""
    row = await holds.lift(session, caller, hold_id, body.reason)
    await showed(session, caller, [(row.student_id, "protection")] if row.student_id else [])
    return await _hold(session, caller, row)


async def _hold(session: DbSession, caller: Caller, row: LegalHold) -> Hold:
    names = await repository.names_of(session, (row.created_by, row.lifted_by))
    students = await repository.students_named(session, caller.school_id, [row.student_id])
    await session.refresh(row)
    fields = {name: getattr(row, name) for name in ("id", "student_id", "reason", "created_at", "lifted_at", "lift_reason")}
    return Hold.model_validate(
        {
            **fields,
            "student_name": students.get(row.student_id),
            "created_by_name": names.get(row.created_by),
            "lifted_by_name": names.get(row.lifted_by),
        }
    )


async def _run(session: DbSession, caller: Caller, run_id: UUID) -> RetentionRun:
    row = await session.get(RetentionRun, (caller.school_id, run_id))
    if row is None:
        raise RunNotFound
    return row


def _next(rows: object, limit: int) -> str | None:
    listed = list(rows)  # type: ignore[call-overload]
    return encode_cursor(listed[limit - 1].created_at.isoformat(), listed[limit - 1].id) if len(listed) > limit else None


def _instant(cursor: str | None) -> tuple[datetime, UUID] | None:
    key = decode_cursor(cursor, 2)
    try:
        return (datetime.fromisoformat(str(key[0])), UUID(str(key[1]))) if key else None
    except ValueError as reason:
        raise BadCursor from reason


def _day(cursor: str | None) -> tuple[date, UUID] | None:
    key = decode_cursor(cursor, 2)
    try:
        return (date.fromisoformat(str(key[0])), UUID(str(key[1]))) if key else None
    except ValueError as reason:
        raise BadCursor from reason
