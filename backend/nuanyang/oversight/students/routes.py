"""Finding students, one student, and the classes and years to filter by."""

import asyncio
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from nuanyang.access.actors import Caller
from nuanyang.access.downloads import ShownAnew
from nuanyang.access.guards import (
    DbSession,
    IfMatch,
    context_of,
    database,
    etag,
    json_bytes,
    requires,
    requires_any,
    requires_duty,
)
from nuanyang.access.permissions import WHOLE
from nuanyang.kit.clock import today
from nuanyang.kit.db.door import read_within
from nuanyang.kit.hot import HotRoute
from nuanyang.kit.paging import BadCursor, decode_cursor
from nuanyang.kit.query import documented, next_link, read_query
from nuanyang.kit.schemas import problems
from nuanyang.oversight.students import service
from nuanyang.oversight.students.errors import CategoryNotVisible, TooManyRows
from nuanyang.oversight.students.policy import Sight, sight_of
from nuanyang.oversight.students.repository import listing, reading
from nuanyang.oversight.students.rules import MOST_CANDIDATES, Search, search_for
from nuanyang.oversight.students.schemas import (
    ClassList,
    Confirmed,
    ConfirmInput,
    NumberSearch,
    Revealed,
    RevealInput,
    SchoolYearList,
    StudentPage,
    StudentPatch,
    StudentQuery,
    StudentShown,
)
from nuanyang.school.students.service import StudentNotFound

router = APIRouter(tags=["students"])
hot = APIRouter(tags=["students"], route_class=HotRoute)
Reader = Annotated[Caller, Depends(requires("read", "basic"))]
IdentityReader = Annotated[Caller, Depends(requires("read", "identity"))]
ClassReader = Annotated[Caller, Depends(requires_any(requires("read", "basic"), requires_duty("keep_accounts")))]
Confirmer = Annotated[Caller, Depends(requires("confirm", "identity"))]
_KEYS = {"pinyin": (str, UUID), "class": (int, str, UUID), "student_number": (str, UUID), "-updated_at": (datetime.fromisoformat, UUID)}


@hot.get(
    "/students",
    operation_id="students_list",
    response_model=StudentPage,
    responses=problems(401, 403, 422),
    openapi_extra=documented(StudentQuery),
)
async def list_students(request: Request, caller: Reader) -> Response:
    """Find students by name, pinyin, initials, student number, class, grade, status and, where you may see them, cases.

    Contacts are masked; a class of data you may not see is absent from a row and named in its `hidden`.
    """
    cursor, body = await _asked(request, caller, read_query(request, StudentQuery))
    return json_bytes(body, Link=next_link(request, cursor)) if cursor else json_bytes(body)


@hot.get(
    "/students/export",
    operation_id="students_export",
    response_class=Response,
    responses=problems(401, 403, 422),
    openapi_extra=documented(StudentQuery),
)
async def export_students(request: Request, caller: Reader, _: ShownAnew) -> Response:
    """The list of the same question as a workbook (.xlsx), at most 20,000 students; contacts are masked as in the list."""
    query = read_query(request, StudentQuery)
    cursor, body = await _asked(request, caller, query.model_copy(update={"limit": service.MOST_EXPORTED, "cursor": None, "count": False}))
    if cursor:
        raise TooManyRows
    content = await asyncio.to_thread(service.workbook_of, body)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(content, media_type=kind, headers={"Content-Disposition": "attachment; filename=students.xlsx"})


async def _asked(request: Request, caller: Caller, query: StudentQuery) -> tuple[str, str]:
    """The next cursor, or nothing, and the JSON of a page."""
    sight = sight_of(caller)
    filters = listing.Filters(
        query.status or ("enrolled",), query.grade, query.class_id, query.sex, query.category, query.support_level, query.case_state
    )
    if filters.ask_about_cases() and not (sight.categories.intersection(query.category) if query.category else sight.categories):
        raise CategoryNotVisible
    search = search_for(query.q)
    order = query.sort or ("student_number" if search.kind == "number" else "pinyin")
    return await _page(request, caller, sight, filters, search, order, _after(query.cursor, order), query.limit, count=query.count)


@hot.get("/students/{student_id}", operation_id="students_read", response_model=StudentShown, responses=problems(401, 403, 404))
async def read_student(student_id: UUID, request: Request, caller: Reader) -> Response:
    """One student, grouped by data class. Identity numbers show their last two characters."""
    statement, arguments = reading.one(sight_of(caller), caller.school_id, student_id, today(), caller.ground(student_id))
    return _student(await database(request).read(context_of(request), statement, *arguments))


@router.post(
    "/students/search-by-number", operation_id="students_search_by_number", response_model=StudentPage, responses=problems(401, 403, 422)
)
async def search_by_number(body: NumberSearch, request: Request, caller: IdentityReader) -> Response:
    """Find students by a whole identity or registration number. By POST: such numbers belong into no address and no log."""
    filters = listing.Filters(numbered=service.indexes_of(request.app.state.keyring, body.number))
    _, page = await _page(request, caller, sight_of(caller), filters, Search(), "pinyin", None, 50, count=False)
    return json_bytes(page)


async def _page(
    request: Request,
    caller: Caller,
    sight: Sight,
    filters: listing.Filters,
    search: Search,
    order: listing.Sort,
    after: list[object] | None,
    limit: int,
    *,
    count: bool,
) -> tuple[str, str]:
    async with database(request).connection(context_of(request)) as connection:
        if search.kind == "characters":
            found = await connection.fetchval("select students_named($1, $2)", search.text, MOST_CANDIDATES)
            search = Search(search.kind, search.text, found)
        told: Any = {"ground": caller.ground(), "operation": request.scope["route"].operation_id}
        statement, arguments = listing.page(sight, caller.school_id, today(), filters, search, order, after, limit, count=count, **told)
        cursor, _, body = (await connection.fetchval(statement, *arguments)).partition("\n")
    return cursor, body


def _after(cursor: str | None, order: listing.Sort) -> list[object] | None:
    """The typed key in a cursor of this very order."""
    readers: tuple[Any, ...] = _KEYS[order]
    key = decode_cursor(cursor, len(readers) + 1)
    if key is None:
        return None
    if key[0] != order:
        raise BadCursor
    try:
        return [None if value is None else read(value) for read, value in zip(readers, key[1:], strict=True)]
    except (ValueError, TypeError, AttributeError) as reason:
        raise BadCursor from reason


def _student(answer: str | None) -> Response:
    if answer is None:
        raise StudentNotFound
    version, _, body = answer.partition("\n")
    return json_bytes(body, ETag=etag(int(version)))


@router.patch(
    "/students/{student_id}", operation_id="students_change", response_model=StudentShown, responses=problems(401, 403, 404, 412, 422, 428)
)
async def change_student(student_id: UUID, body: StudentPatch, caller: Reader, session: DbSession, version: IfMatch) -> Response:
    """Change basic or contact fields (JSON Merge Patch: left out stays, null empties)."""
    await service.change_student(session, caller, student_id, version, body)
    statement, arguments = reading.one(sight_of(caller), caller.school_id, student_id, today(), caller.ground(student_id))
    return _student(await read_within(session, statement, *arguments))


@router.post("/students/{student_id}/reveal-identity", operation_id="students_reveal_identity", responses=problems(401, 403, 404, 422))
async def reveal_identity(
    student_id: UUID, body: RevealInput, request: Request, response: Response, caller: IdentityReader, session: DbSession
) -> Revealed:
    """Show one number in full, with a reason that is recorded."""
    value = await service.reveal_number(session, caller, request.app.state.keyring, student_id, body)
    response.headers["Cache-Control"] = "no-store"
    return Revealed(field=body.field, value=value)


@router.post(
    "/students/{student_id}/confirm-identity", operation_id="students_confirm_identity", responses=problems(401, 403, 404, 422, 429)
)
async def confirm_identity(
    student_id: UUID, body: ConfirmInput, request: Request, response: Response, caller: Confirmer, session: DbSession
) -> Confirmed:
    """Whether four characters are the last of the identity number: recorded, and slowed down after three wrong ones."""
    matches = await service.confirm_number(session, caller, request.app.state.keyring, student_id, body.last_four)
    response.headers["Cache-Control"] = "no-store"
    return Confirmed(matches=matches)


@router.get(
    "/classes",
    operation_id="classes_list",
    response_model=ClassList,
    responses=problems(401, 403, 422),
)
async def list_classes(request: Request, caller: ClassReader, school_year_id: Annotated[UUID | None, Query()] = None) -> Response:
    """The classes in your scope, of the present school year or of another; all of them for an administrator, who gives out class posts."""
    scope = WHOLE if caller.has_duty("keep_accounts") else caller.scope("basic")
    statement, arguments = reading.classes(caller, scope, today(), school_year_id)
    return json_bytes(await database(request).read(context_of(request), statement, *arguments))


@router.get(
    "/school-years",
    operation_id="school_years_list",
    response_model=SchoolYearList,
    responses=problems(401, 403),
)
async def list_school_years(request: Request, caller: Reader) -> Response:
    """School years with their terms, the latest first."""
    return json_bytes(await database(request).read(caller.context, reading.YEARS, caller.school_id, today()))
