"""The query of a hot list, read by one pydantic model: FastAPI's own way inspects every parameter's annotation at each request.

The route takes no parameters for FastAPI's sake; `documented(Model)` puts the model's fields into the OpenAPI document.
"""

from functools import cache
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from nuanyang.kit.errors import FieldError, Invalid

Query = TypeVar("Query", bound=BaseModel)


def read_query(request: Request, model: type[Query]) -> Query:
    """The typed query; unknown and repeated parameters are refused, like every other error by its name."""
    values: dict[str, Any] = {}
    lists = _lists(model)
    wrong = []
    for name, value in parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True):
        if name in lists:
            values.setdefault(name, []).append(value)
        elif name not in model.model_fields:
            wrong.append(FieldError(f"#/query/{name}", "unknown_parameter", f"没有名为 {name} 的参数。", f"There is no parameter {name}."))
        elif name in values:
            wrong.append(
                FieldError(
                    f"#/query/{name}", "repeated_parameter", f"参数 {name} 只能出现一次。", f"Parameter {name} may appear once only."
                )
            )
        else:
            values[name] = value
    if wrong:
        raise Invalid(errors=wrong)
    try:
        return model.model_validate(values)
    except ValidationError as reason:
        raise RequestValidationError([{**error, "loc": ("query", *error["loc"])} for error in reason.errors()]) from reason


def next_link(request: Request, cursor: str) -> str:
    """The `Link` header of the next page: the same question with another cursor."""
    asked = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    question = urlencode([pair for pair in asked if pair[0] != "cursor"] + [("cursor", cursor)])
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
