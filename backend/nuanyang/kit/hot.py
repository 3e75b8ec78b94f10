"""Routes of hot reads: documented and guarded as every other, but called without FastAPI's solving of dependencies at each request.

Such a route takes ids from its path, the request, and plain guards (`async def guard(request)`), nothing else; a query it reads by
`kit.query`. What does not fit is refused when the program starts.
"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

Guard = Callable[[Request], Awaitable[object]]


class HotRoute(APIRoute):
    """Give it to a router: `APIRouter(route_class=HotRoute)`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Call guards and endpoint straight away."""
        endpoint, own = self.endpoint, self.dependant
        guards: list[tuple[str | None, Guard]] = []
        for dependency in own.dependencies:
            if dependency.dependencies or dependency.query_params or dependency.header_params or dependency.request_param_name is None:
                raise TypeError(f"{self.path}: a hot route takes plain guards only")
            guards.append((dependency.name, _guard(dependency.call, dependency.request_param_name)))
        ids = [field.alias for field in own.path_params]
        if own.query_params or own.body_params or own.header_params or any(f.field_info.annotation is not UUID for f in own.path_params):
            raise TypeError(f"{self.path}: a hot route takes ids from its path and the request only")
        request_name = own.request_param_name

        async def handle(request: Request) -> Response:
            values: dict[str, Any] = {request_name: request} if request_name else {}
            for name in ids:
                values[name] = _id(name, request.path_params[name])
            for argument, guard in guards:
                answer = await guard(request)
                if argument is not None:
                    values[argument] = answer
            return await endpoint(**values)  # type: ignore[no-any-return]

        return handle


def _guard(call: Any, request_name: str) -> Guard:
    if request_name == "request":
        return call  # type: ignore[no-any-return]
    raise TypeError("a guard of a hot route calls its parameter `request`")


def _id(name: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as reason:
        raise RequestValidationError([{"type": "uuid_parsing", "loc": ("path", name), "msg": "not an id", "input": text}]) from reason
