"""Query parameters: which ones a route has, and the query of a hot list, read by one pydantic model.

FastAPI's own way inspects every parameter's annotation at each request. A hot route takes none for FastAPI's sake;
`documented(Model)` puts the model's fields into the OpenAPI document.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar, get_args, get_origin
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

from nuanyang.kit.errors import FieldError, Invalid

Query = TypeVar("Query", bound=BaseModel)
# Of each operation's function: its query parameters, and whether one may be given several times.
_declared: dict[Callable[..., Any], dict[str, bool]] = {}


def refuse_unknown_parameters(request: Request) -> None:
    """Raises `Invalid` for query parameters that the operation does not declare: a misspelt filter must not answer with everything.

    One that takes a single value may be given once; which of two would count, nobody could say. Pages have no parameters of the API.
    """
    if not request.scope["query_string"] or not isinstance(route := request.scope.get("route"), APIRoute) or not route.include_in_schema:
        return
    if (declared := _declared.get(route.endpoint)) is None:
        declared = _declared[route.endpoint] = _parameters_of(route)
    wrong: dict[str, FieldError] = {}
    seen: set[str] = set()
    for name, _ in _asked(request):
        if name not in declared:
            wrong[name] = FieldError(f"#/query/{name}", "unknown_parameter", f"没有名为 {name} 的参数。", f"There is no parameter {name}.")
        elif name in seen and not declared[name]:
            texts = f"参数 {name} 只能出现一次。", f"Parameter {name} may appear once only."
            wrong[name] = FieldError(f"#/query/{name}", "repeated_parameter", *texts)
        seen.add(name)
    if wrong:
        raise Invalid(errors=list(wrong.values()))


def read_query(request: Request, model: type[Query]) -> Query:
    """The typed query of a hot route; that no name is unknown or repeated, its guard has seen to."""
    values: dict[str, Any] = {}
    lists = _lists(model)
    for name, value in _asked(request):
        if name in lists:
            values.setdefault(name, []).append(value)
        else:
            values[name] = value
    try:
        return model.model_validate(values)
    except ValidationError as reason:
        raise RequestValidationError([{**error, "loc": ("query", *error["loc"])} for error in reason.errors()]) from reason


def next_link(request: Request, cursor: str) -> str:
    """The `Link` header of the next page: the same question with another cursor."""
    question = urlencode([pair for pair in _asked(request) if pair[0] != "cursor"] + [("cursor", cursor)])
    return f'<{request.scope["path"]}?{question}>; rel="next"'


def documented(model: type[BaseModel]) -> dict[str, Any]:
    """The `openapi_extra=` of a route that reads this query."""
    schema = model.model_json_schema(mode="validation")
    definitions = schema.get("$defs", {})
    parameters = []
    for name, written in schema["properties"].items():
        field = _inlined(written, definitions)
        described = {"description": field.pop("description")} if "description" in field else {}
        parameters.append({"name": name, "in": "query", "required": False, "schema": field, **described})
    return {"parameters": parameters}


def _asked(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)


def _parameters_of(route: APIRoute) -> dict[str, bool]:
    written = {p["name"]: p["schema"].get("type") == "array" for p in (route.openapi_extra or {}).get("parameters", ())}
    taken: dict[str, bool] = {}
    for one in _all_of(route.dependant):
        for parameter in one.query_params:
            annotation = parameter.field_info.annotation
            if isinstance(annotation, type) and issubclass(annotation, BaseModel):  # a query of one model has the model's fields
                taken |= {name: _is_list(field.annotation) for name, field in annotation.model_fields.items()}
            else:
                taken[parameter.alias] = _is_list(annotation)
    return written | taken


def _all_of(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for dependency in dependant.dependencies:
        yield from _all_of(dependency)


def _is_list(annotation: Any) -> bool:
    origin = get_origin(annotation)
    return origin in (list, set, tuple, frozenset) or any(_is_list(part) for part in get_args(annotation))


@cache
def _lists(model: type[BaseModel]) -> frozenset[str]:
    properties = model.model_json_schema(mode="validation")["properties"]
    return frozenset(name for name, schema in properties.items() if schema.get("type") == "array")


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(schema, list):
        return [_inlined(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]] | {k: v for k, v in schema.items() if k != "$ref"}
    return {key: _inlined(value, definitions) for key, value in schema.items()}
