"""Every route is guarded or says that it is public, and the contract is what the code says."""

import inspect
from collections.abc import Iterator
from typing import Any, get_type_hints

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from nuanyang.access import guards
from nuanyang.access.actors import Caller
from nuanyang.entrypoints.commands.openapi import CONTRACT, contract
from nuanyang.entrypoints.http import PREFIX, create_app
from nuanyang.kit.settings import Settings

PUBLIC = {
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /.well-known/jwks.json",
    "GET /{path:path}",
    f"POST {PREFIX}/auth/token",
    f"POST {PREFIX}/auth/second-factor",
    f"POST {PREFIX}/auth/refresh",
    f"POST {PREFIX}/auth/sign-out",
    f"POST {PREFIX}/activation",
    # A calendar program has no session: the address itself is the secret, and it tells numbers.
    f"GET {PREFIX}/calendar-feeds/{{token}}.ics",
}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return create_app(Settings(var=tmp_path_factory.mktemp("var")))


def routes(app: FastAPI) -> list[tuple[str, Any]]:
    """Every operation, those of included routers too (a loop over `app.routes` would miss them)."""
    return [
        (f"{method} {context.path}", context)
        for context in iter_route_contexts(app.routes)
        for method in sorted(getattr(context, "methods", None) or ())
        if method not in {"HEAD", "OPTIONS"} and context.path != app.openapi_url  # the contract itself is public, and FastAPI's own
    ]


def calls_of(dependant: Any) -> Iterator[Any]:
    for dependency in dependant.dependencies:
        yield dependency.call
        yield from calls_of(dependency)


def is_guarded(context: Any) -> bool:
    """A guard is a dependency that yields the caller: there is no other source of one than the sign-in."""
    return any(get_type_hints(call).get("return") is Caller for call in calls_of(context.dependant) if inspect.isfunction(call))


def is_public(context: Any) -> bool:
    return guards.public.dependency in set(calls_of(context.dependant))


def test_every_route_is_guarded_or_public_and_never_both(app):
    found = routes(app)
    assert len(found) > 15
    assert [name for name, context in found if is_guarded(context) == is_public(context)] == []


def test_public_routes_are_the_ones_listed_here(app):
    assert {name for name, context in routes(app) if is_public(context)} <= PUBLIC


def test_every_operation_is_documented_and_has_a_stable_name(app):
    document = app.openapi()
    operations = [(f"{method.upper()} {path}", body) for path, methods in document["paths"].items() for method, body in methods.items()]
    names = [body["operationId"] for _, body in operations]
    assert len(names) == len(set(names))
    assert [name for name, body in operations if not body.get("summary") or not body.get("description")] == []


def test_every_guarded_operation_declares_that_it_can_answer_401(app):
    document = app.openapi()
    silent = [
        f"{method.upper()} {path}"
        for path, methods in document["paths"].items()
        for method, body in methods.items()
        if path.startswith(PREFIX) and "401" not in body["responses"]
    ]
    assert [name for name in silent if name not in PUBLIC] == []


def test_unsafe_methods_refuse_fields_they_do_not_know(app):
    schemas = app.openapi()["components"]["schemas"]
    loose = []
    for path, methods in app.openapi()["paths"].items():
        for method, body in methods.items():
            content = body.get("requestBody", {}).get("content", {})
            reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
            schema = schemas.get(reference.rpartition("/")[2], {})
            if method.upper() in UNSAFE and schema.get("properties") and schema.get("additionalProperties") is not False:
                loose.append(f"{method.upper()} {path}")
    assert loose == []


def test_the_committed_contract_is_what_the_code_says():
    assert CONTRACT.read_text() == contract(), "run `make openapi client`"
