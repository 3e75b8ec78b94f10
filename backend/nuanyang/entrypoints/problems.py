"""Every failure becomes a problem document; none tells how the program is made."""

from collections.abc import MutableMapping
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from nuanyang.access.idempotency import Replay, TwinRunning, replayed
from nuanyang.entrypoints.contract import methods_of
from nuanyang.entrypoints.middleware import BodyTooLarge
from nuanyang.kit.db.refusals import constraint_of, sqlstate_of
from nuanyang.kit.errors import Conflict, FieldError, Invalid, NotFound, PreconditionFailed, Problem, Unavailable

log = structlog.get_logger()


class MethodNotAllowed(Problem):
    """The path exists, not with this method."""

    status, code, zh, en = 405, "method_not_allowed", "不支持此操作。", "Method not allowed."


class TooLarge(Problem):
    """The body is over the limit."""

    status, code, zh, en = 413, "body_too_large", "上传的内容太大。", "The body is too large."


class Clash(Conflict):
    """A rule of the database refused it: a twin was quicker, or what it points to is gone. Never says which row."""

    code, zh, en = "clash", "与已有记录冲突，请刷新后再试。", "This clashes with an existing record; please reload."


def answer(request: Request, problem: Problem) -> Response:
    """The problem document in the caller's language."""
    english = request.headers.get("accept-language", "").strip().lower().startswith("en")
    body = problem.body("en" if english else "zh", request.url.path)
    return JSONResponse(body, problem.status, headers=problem.headers, media_type="application/problem+json")


# The sentences of pydantic that people meet, in Chinese; the others are shown with their code.
_MESSAGES = {
    "missing": "此项必填。",
    "extra_forbidden": "没有这个字段。",
    "string_too_short": "内容太短（至少 {min_length} 个字符）。",
    "string_too_long": "内容太长（最多 {max_length} 个字符）。",
    "string_pattern_mismatch": "格式不正确。",
    "enum": "不是可选的值。",
    "literal_error": "不是可选的值。",
    "uuid_parsing": "不是有效的编号。",
    "date_from_datetime_parsing": "日期格式应为 2026-09-01。",
    "date_parsing": "日期格式应为 2026-09-01。",
    "datetime_parsing": "时间格式不正确。",
    "int_parsing": "应为整数。",
    "decimal_parsing": "应为数字。",
    "greater_than_equal": "不能小于 {ge}。",
    "less_than_equal": "不能大于 {le}。",
    "greater_than": "应大于 {gt}。",
    "less_than": "应小于 {lt}。",
    "json_invalid": "提交的内容不是有效的 JSON。",
    "too_long": "项目太多（最多 {max_length} 项）。",
    "too_short": "项目太少（至少 {min_length} 项）。",
    "value_error": "内容不正确。",
}


def _field_error(error: dict[str, Any]) -> FieldError:
    where, *rest = error["loc"]
    steps = [str(step).replace("~", "~0").replace("/", "~1") for step in rest]
    pointer = "#/" + "/".join(steps) if where == "body" else "#/" + "/".join([str(where), *steps])
    context = {k: v for k, v in (error.get("ctx") or {}).items() if isinstance(v, (str, int, float))}
    template = _MESSAGES.get(error["type"], "内容不正确。")
    try:
        zh = template.format(**context)
    except KeyError:
        zh = "内容不正确。"
    return FieldError(pointer, error["type"], zh, error["msg"])


def install(app: FastAPI) -> None:  # noqa: C901 - one small handler an exception
    """Register the handlers."""

    @app.exception_handler(Problem)
    async def problem(request: Request, reason: Problem) -> Response:
        return answer(request, reason)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, reason: RequestValidationError) -> Response:
        return answer(request, Invalid(errors=[_field_error(dict(e)) for e in reason.errors()]))

    @app.exception_handler(HTTPException)
    async def http(request: Request, reason: HTTPException) -> Response:
        if isinstance(reason.__cause__, BodyTooLarge):  # the framework calls whatever fails while it reads a body a bad request
            return answer(request, TooLarge())
        if reason.status_code == 405:
            # The framework names the methods of one route; an address may have several.
            return answer(request, MethodNotAllowed(headers={"Allow": ", ".join(methods_of(request.app, request.url.path)) or "GET"}))
        known = {404: NotFound, 400: Invalid, 413: TooLarge, 422: Invalid}
        return answer(request, known.get(reason.status_code, Problem)())

    @app.exception_handler(Replay)
    async def replay(request: Request, reason: Replay) -> Response:
        try:
            return replayed(reason.stored)
        except TwinRunning as twin:
            return answer(request, twin)

    @app.exception_handler(BodyTooLarge)
    async def too_large(request: Request, _: BodyTooLarge) -> Response:
        return answer(request, TooLarge())

    @app.exception_handler(StaleDataError)
    async def stale(request: Request, _: StaleDataError) -> Response:
        return answer(request, PreconditionFailed())

    @app.exception_handler(IntegrityError)
    async def clash(request: Request, reason: IntegrityError) -> Response:
        log.info("integrity_error", constraint=constraint_of(reason), path=request.url.path)
        return answer(request, Clash())

    @app.exception_handler(DBAPIError)
    async def database(request: Request, reason: DBAPIError) -> Response:
        if sqlstate_of(reason) in _NO_TEXT:
            return answer(request, Invalid())
        log.error("database_error", kind=type(reason.orig).__name__, path=request.url.path)
        return answer(request, Unavailable(headers={"Retry-After": "5"}) if reason.connection_invalidated else Problem())

    @app.exception_handler(PoolTimeout)
    @app.exception_handler(ConnectionError)
    async def busy(request: Request, _: Exception) -> Response:
        return answer(request, Unavailable(headers={"Retry-After": "5"}))


def unexpected(scope: MutableMapping[str, Any], reason: Exception) -> Response:
    """What nobody expected: logged with its request, answered without a word about it."""
    log.error("unexpected_error", path=scope["path"], request_id=scope.get("request_id"), exc_info=reason)
    return answer(Request(scope), Problem())


# What PostgreSQL takes for no text: a NUL or half a letter, deep inside of a form's own fields.
_NO_TEXT = ("22021", "22P05")
