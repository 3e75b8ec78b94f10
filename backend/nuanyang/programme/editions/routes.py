"""帮扶方案 over HTTP, and the kinds of measures that a school's plans and records choose from."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from nuanyang.access.actors import Caller
from nuanyang.access.guards import DbSession, IfMatch, StaffCaller, etag, requires_duty
from nuanyang.kit.schemas import problems
from nuanyang.programme.clauses.schemas import MeasureKindList, MeasureKindShown
from nuanyang.programme.clauses.template import Dimension
from nuanyang.programme.editions.models import Edition, EditionClause
from nuanyang.programme.editions.schemas import (
    ApprovalInput,
    ClauseEdit,
    ComparisonShown,
    EditionClauseList,
    EditionClauseShown,
    EditionEdit,
    EditionInput,
    EditionList,
    EditionReturn,
    EditionShown,
    OwnMeasureInput,
    Waiting,
)
from nuanyang.programme.editions.service import deciding, drafting, kinds_of, showing

router = APIRouter(tags=["programme"])
Writer = Annotated[Caller, Depends(requires_duty("write_editions"))]
ClauseWriter = Annotated[Caller, Depends(requires_duty("write_clauses"))]
Returner = Annotated[Caller, Depends(requires_duty("return_editions"))]
Approver = Annotated[Caller, Depends(requires_duty("approve_editions"))]


@router.get("/measure-kinds", operation_id="measure_kinds_list", responses=problems(401, 403, 422))
async def list_kinds(caller: StaffCaller, session: DbSession, dimension: Dimension | None = None) -> MeasureKindList:
    """The kinds of measures with their usual dose and the fields of their form, the school's own at the end; with `dimension` those that
    fit a need of it. Own measures of earlier editions are named as well, and not offered any more."""
    kinds = await kinds_of(session, caller.school_id)
    known = [*kinds.offered(), *(kind for code, kind in kinds.own.items() if not kinds.is_offered(code))]
    return MeasureKindList(
        items=[
            MeasureKindShown.model_validate(kind).model_copy(update={"is_offered": kinds.is_offered(kind.code)})
            for kind in known
            if dimension is None or kind.fits(dimension)
        ]
    )


@router.get("/editions", operation_id="editions_list", responses=problems(401, 403, 422))
async def list_editions(caller: StaffCaller, session: DbSession, waiting: Waiting | None = None) -> EditionList:
    """The school's programmes, the latest first; drafts are for those who make them. With `waiting` those that wait for the caller."""
    return await showing.listed(session, caller, waiting)


@router.post("/editions", status_code=201, operation_id="editions_create", responses=problems(401, 403, 404, 422))
async def create_edition(body: EditionInput, caller: Writer, session: DbSession, response: Response) -> EditionShown:
    """Draft a year's programme from a template, or from an edition before: its clauses are carried forward, what worked as standing practice."""
    row = await drafting.create(session, caller, body)
    response.headers["Location"] = f"/api/v1/editions/{row.id}"
    return await _answer(session, caller, row, response)


@router.get("/editions/{edition_id}", operation_id="editions_read", responses=problems(401, 403, 404))
async def read_edition(edition_id: UUID, caller: StaffCaller, session: DbSession, response: Response) -> EditionShown:
    """One programme without its clauses, and what the caller may do with it."""
    return await _answer(session, caller, await drafting.seen(session, caller, edition_id), response)


@router.patch("/editions/{edition_id}", operation_id="editions_update", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def update_edition(
    edition_id: UUID, body: EditionEdit, seen: IfMatch, caller: Writer, session: DbSession, response: Response
) -> EditionShown:
    """Change a draft: its texts, its dates, and what there is to keep it with."""
    return await _answer(session, caller, await drafting.edit(session, caller, edition_id, seen, body), response)


@router.get("/editions/{edition_id}/clauses", operation_id="edition_clauses_list", responses=problems(401, 403, 404, 422))
async def list_clauses(edition_id: UUID, caller: StaffCaller, session: DbSession) -> EditionClauseList:
    """The clauses of a programme in their order, the school's own at the end of their part."""
    edition = await drafting.seen(session, caller, edition_id)
    return EditionClauseList(items=await showing.clauses_shown(session, caller, edition))


@router.post(
    "/editions/{edition_id}/clauses",
    status_code=201,
    operation_id="edition_clauses_create",
    responses=problems(401, 403, 404, 409, 422),
)
async def create_clause(
    edition_id: UUID, body: OwnMeasureInput, caller: ClauseWriter, session: DbSession, response: Response
) -> EditionClauseShown:
    """Add a measure of the school's own to a draft. Once it is in force, plans and records offer it, with the form given here."""
    return await _clause(session, caller, edition_id, await drafting.add_measure(session, caller, edition_id, body), response)


@router.patch(
    "/editions/{edition_id}/clauses/{clause_id}",
    operation_id="edition_clauses_update",
    responses=problems(401, 403, 404, 409, 412, 422, 428),
)
async def update_clause(
    edition_id: UUID, clause_id: UUID, body: ClauseEdit, seen: IfMatch, caller: ClauseWriter, session: DbSession, response: Response
) -> EditionClauseShown:
    """Change a clause of a draft; each department those that it answers for."""
    row = await drafting.edit_clause(session, caller, edition_id, clause_id, seen, body)
    return await _clause(session, caller, edition_id, row, response)


@router.delete(
    "/editions/{edition_id}/clauses/{clause_id}",
    status_code=204,
    operation_id="edition_clauses_delete",
    responses=problems(401, 403, 404, 409, 412, 422, 428),
)
async def delete_clause(edition_id: UUID, clause_id: UUID, seen: IfMatch, caller: ClauseWriter, session: DbSession) -> None:
    """Take a measure of the school's own out of a draft."""
    await drafting.remove_measure(session, caller, edition_id, clause_id, seen)


@router.get("/editions/{edition_id}/preview", operation_id="editions_preview", responses=problems(401, 403, 404))
async def preview_edition(edition_id: UUID, caller: StaffCaller, session: DbSession) -> ComparisonShown:
    """What would change with it, clause by clause, beside the edition in force; beside the shipped template where there is none yet."""
    return await showing.previewed(session, caller, edition_id)


@router.get("/editions/{edition_id}/compare", operation_id="editions_compare", responses=problems(401, 403, 404, 422))
async def compare_edition(edition_id: UUID, caller: StaffCaller, session: DbSession, against: UUID | None = None) -> ComparisonShown:
    """How it differs from another edition; without `against` from the one that it was made from."""
    return await showing.compared(session, caller, edition_id, against)


@router.post("/editions/{edition_id}/submit", operation_id="editions_submit", responses=problems(401, 403, 404, 409, 422))
async def submit_edition(edition_id: UUID, caller: Writer, session: DbSession, response: Response) -> EditionShown:
    """Hand a draft in to the principal; from now on nobody changes it."""
    return await _answer(session, caller, await deciding.submit(session, caller, edition_id), response)


@router.post("/editions/{edition_id}/approve", operation_id="editions_approve", responses=problems(401, 403, 404, 409, 412, 422, 428))
async def approve_edition(
    edition_id: UUID, body: ApprovalInput, seen: IfMatch, caller: Approver, session: DbSession, response: Response
) -> EditionShown:
    """Put a submitted programme in force from a day; the present one ends then. Never by who wrote a part of it or submitted it."""
    return await _answer(session, caller, await deciding.approve(session, caller, edition_id, seen, body), response)


@router.post("/editions/{edition_id}/return", operation_id="editions_return", responses=problems(401, 403, 404, 409, 422))
async def return_edition(edition_id: UUID, body: EditionReturn, caller: Returner, session: DbSession, response: Response) -> EditionShown:
    """Send a submitted programme back with the reason; who submitted it may take it back."""
    return await _answer(session, caller, await deciding.send_back(session, caller, edition_id, body.reason), response)


@router.post("/editions/{edition_id}/discard", operation_id="editions_discard", responses=problems(401, 403, 404, 409, 422))
async def discard_edition(edition_id: UUID, caller: Writer, session: DbSession, response: Response) -> EditionShown:
    """Give up a draft; it stays, closed."""
    return await _answer(session, caller, await deciding.discard(session, caller, edition_id), response)


async def _answer(session: DbSession, caller: Caller, row: Edition, response: Response) -> EditionShown:
    shown = await showing.shown(session, caller, row)
    response.headers["ETag"] = etag(shown.version)
    return shown


async def _clause(session: DbSession, caller: Caller, edition_id: UUID, row: EditionClause, response: Response) -> EditionClauseShown:
    edition = await drafting.seen(session, caller, edition_id)
    response.headers["ETag"] = etag(row.version)
    return showing.clause_shown(caller, edition, row)
