"""The two cookies: the refresh token of a session, and the token of a browser that is known. Both go to the sign-in routes only."""

from fastapi import Request, Response

from nuanyang.access.accounts.devices import Visit
from nuanyang.kit.clock import now

REFRESH, DEVICE, PATH = "nuanyang-refresh", "nuanyang-device", "/api/v1/auth"
DEVICE_DAYS = 180


def visit_of(request: Request) -> Visit:
    """Where this request comes from."""
    address = request.client.host if request.client else "-"
    return Visit(address, request.headers.get("user-agent", "")[:200], request.cookies.get(_name(request, DEVICE)))


def refresh_token(request: Request) -> str | None:
    """The refresh token, if the browser has one."""
    return request.cookies.get(_name(request, REFRESH))


def keep_refresh_token(request: Request, response: Response, token: str, max_age: int | None) -> None:
    """Keep it as long as the session lives; None keeps it until the browser closes."""
    _keep(request, response, REFRESH, token, max_age)


def keep_device_token(request: Request, response: Response, token: str) -> None:
    """Let this browser be known again."""
    _keep(request, response, DEVICE, token, DEVICE_DAYS * 86_400)


def drop_refresh_token(request: Request, response: Response) -> None:
    """After signing out."""
    is_local = _is_local(request)
    response.delete_cookie(_name(request, REFRESH), path=PATH, secure=not is_local, httponly=True, samesite="strict")


def seconds_until(expires_at: object) -> int:
    """How long a cookie of this session is good for."""
    return max(0, int((expires_at - now()).total_seconds()))  # type: ignore[operator]


def _keep(request: Request, response: Response, name: str, token: str, max_age: int | None) -> None:
    response.set_cookie(
        _name(request, name), token, max_age=max_age, path=PATH, secure=not _is_local(request), httponly=True, samesite="strict"
    )


def _name(request: Request, name: str) -> str:
    return name if _is_local(request) else f"__Secure-{name}"


def _is_local(request: Request) -> bool:
    # Browsers keep no Secure cookie that came over plain HTTP. On this very machine nothing travels over a network, so it may do without.
    return request.url.scheme == "http" and request.url.hostname in ("127.0.0.1", "localhost", "::1")
