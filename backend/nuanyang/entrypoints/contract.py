"""What the contract says beyond the routes themselves: which operations need a token, and which methods a path has."""

import re
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from nuanyang.access.downloads import shown_anew
from nuanyang.access.guards import Needs, needs_of, public

SCHEME = "accessToken"
_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "From `POST /api/v1/auth/token`, as a person or as a program; good for ten minutes.",
}

_STEP_UP = "Asks people to have signed in, or confirmed who they are, within five minutes (`step_up_required`); programs are not asked."
_PROBLEM = {"$ref": "#/components/schemas/ProblemBody"}


def describe(app: FastAPI) -> None:
    """Let the OpenAPI document name the token and every operation that needs it."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        if SCHEME not in document.setdefault("components", {}).setdefault("securitySchemes", {}):
            document["components"]["securitySchemes"][SCHEME] = _TOKEN
            for path, method, needs in guarded(app):
                document["paths"][path][method] |= {"security": [{SCHEME: []}], "x-access": needs.shown()}
            for path, method in stepped_up(app):
                operation = document["paths"][path][method]
                operation |= {"x-step-up": True, "description": f"{operation['description']}\n\n{_STEP_UP}"}
            _say_problems(document)
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _say_problems(document: dict[str, Any]) -> None:
    """Every refusal is a problem document; the framework writes its own form of error where a route is silent, and JSON beside ours."""
    for methods in document["paths"].values():
        for operation in methods.values():
            if "requestBody" in operation:  # the limit of bodies holds before any route is reached
                operation["responses"].setdefault("413", {"description": "The body is over the limit."})
            # An unknown query parameter is refused at every operation, before its route is reached.
            operation["responses"].setdefault("422", {"description": "The request is wrong; `errors` says where."})
            for status, told in operation["responses"].items():
                if status >= "400":
                    schema = told.get("content", {}).get("application/json", {}).get("schema", {})
                    is_ours = schema and "HTTPValidationError" not in str(schema)
                    told["content"] = {"application/problem+json": {"schema": schema if is_ours else _PROBLEM}}
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)


def methods_of(app: FastAPI, path: str) -> list[str]:
    """The methods with which an address of the API can be asked; none where there is no such address."""
    found: set[str] = set()
    for context in iter_route_contexts(app.routes):
        pattern: re.Pattern[str] | None = getattr(context, "path_regex", None)
        if getattr(context, "include_in_schema", False) and pattern is not None and pattern.match(path):
            found |= context.methods or set()
    return sorted(found)


def guarded(app: FastAPI) -> Iterator[tuple[str, str, Needs]]:
    """(path, method, what its guard asks) of every operation that is not public; the narrowest guard counts."""
    for context in iter_route_contexts(app.routes):
        calls = list(_calls(context.dependant)) if getattr(context, "include_in_schema", False) else []
        if calls and public.dependency not in calls:
            asked = [needs for call in calls if (needs := needs_of(call))]
            needs = next((one for one in asked if one.kind != "signed_in"), asked[0])
            for method in context.methods or ():
                yield str(context.path_format), method.lower(), needs


def stepped_up(app: FastAPI) -> Iterator[tuple[str, str]]:
    """(path, method) of every operation before whose file one shows anew who one is."""
    for context in iter_route_contexts(app.routes):
        if getattr(context, "include_in_schema", False) and shown_anew in _calls(context.dependant):
            for method in context.methods or ():
                yield str(context.path_format), method.lower()


def _calls(dependant: Any) -> Iterator[Any]:
    for dependency in dependant.dependencies:
        yield dependency.call
        yield from _calls(dependency)
