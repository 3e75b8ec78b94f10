"""Pure ASGI layers around the application: request id, security headers, sign-in, body limit. Each costs microseconds."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi import Response

from nuanyang.access.service_accounts.rules import comes_from
from nuanyang.kit.ids import new_id

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
# Nothing inline: React Aria's one style element carries the nonce of its page.
_POLICY = (
    b"default-src 'self'; script-src 'self'; style-src 'self'%s; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self';"
    b" object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; worker-src 'self'; manifest-src 'self'"
)
_POLICY_HEADER = (b"content-security-policy", _POLICY % b"")
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), geolocation=(), microphone=()"),
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
]
# A page sets this in its scope to the nonce that its style elements carry.
STYLE_NONCE = "style_nonce"


class Outermost:
    """Gives every request an id and every answer its security headers; what nobody expected becomes an answer like any other."""

    def __init__(self, app: Any, on_error: Callable[[Scope, Exception], Response]) -> None:
        self.app, self.on_error = app, on_error

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = next((v for k, v in scope["headers"] if k == b"x-request-id"), b"")
        request_id = given if _REQUEST_ID.fullmatch(given) else str(new_id()).encode()
        scope["request_id"] = request_id.decode()
        has_begun = False

        async def with_headers(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                headers = message.setdefault("headers", [])
                nonce = scope.get(STYLE_NONCE)
                policy = _POLICY_HEADER if nonce is None else (b"content-security-policy", _POLICY % f" 'nonce-{nonce}'".encode())
                headers += [policy, *_HEADERS, (b"x-request-id", request_id)]
                if not any(k.lower() == b"cache-control" for k, _ in headers):
                    headers.append((b"cache-control", b"no-store"))
            await send(message)

        # PostgreSQL takes no text with a NUL in it, and no file is called so: such an address means nothing here.
        if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
            await _nul()(scope, receive, with_headers)
            return
        try:
            await self.app(scope, receive, with_headers)
        except Exception as reason:
            if has_begun:
                raise
            await self.on_error(scope, reason)(scope, receive, with_headers)


ANONYMOUS_LIMIT = 64 * 1024
DOCUMENT_LIMIT = 4 * 1024 * 1024


class BodyLimit:
    """Inside of sign-in: strangers may send a sign-in form, people documents, and files only as uploads."""

    def __init__(self, app: Any, file_limit: int) -> None:
        self.app, self.file_limit = app, file_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope)
        length = next((v for k, v in scope["headers"] if k == b"content-length"), None)
        if length is not None and (not length.isdigit() or int(length) > limit):
            await _too_large()(scope, receive, send)
            return
        seen = 0

        async def limited() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:  # a chunked body tells no length beforehand
                raise BodyTooLarge
            return message

        await self.app(scope, limited, send)

    def _limit(self, scope: Scope) -> int:
        if scope.get("caller") is None:
            return ANONYMOUS_LIMIT
        kind = next((v for k, v in scope["headers"] if k == b"content-type"), b"")
        return self.file_limit if kind.startswith(b"multipart/form-data") else min(self.file_limit, DOCUMENT_LIMIT)


class BodyTooLarge(Exception):
    """A body without a length grew over the limit."""


def _nul() -> Response:
    text = '{"type":"/problems/invalid","title":"地址中有无效字符。","status":422,"detail":"地址中有无效字符。","code":"invalid","instance":""}'
    return Response(text, 422, media_type="application/problem+json")


def _too_large() -> Response:
    text = '{"type":"/problems/body_too_large","title":"上传的内容太大。","status":413,"detail":"上传的内容太大。","code":"body_too_large","instance":""}'
    return Response(text, 413, media_type="application/problem+json")


class SignIn:
    """Puts the Caller of a valid bearer token into the scope; routes and guards decide what its absence means."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/api/"):
            token = next((v for k, v in scope["headers"] if k == b"authorization"), None)
            if token is not None and token[:7].lower() == b"bearer ":
                caller = await scope["app"].state.callers.find(token[7:].decode("latin-1"))
                if caller is not None and caller.networks and not comes_from((scope["client"] or ("",))[0], caller.networks):
                    caller = None
                scope["caller"] = caller
        await self.app(scope, receive, send)
