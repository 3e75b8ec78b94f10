"""Base classes of what comes in and what goes out over the API."""

import re
from datetime import date, datetime
from typing import Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


def _written_number(value: object) -> object:
    if isinstance(value, bool | str):
        raise PydanticCustomError("int_type", "Input should be a number")
    return value


def _as_written(schema: Any) -> Any:
    """The schema with numbers and yes/no taken as the contract writes them: pydantic would take `false` or "0" for 0."""
    if isinstance(schema, list):
        return [_as_written(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    match schema.get("type"):
        case "int" | "float":
            return core_schema.no_info_before_validator_function(_written_number, schema)
        case "bool":
            return {**schema, "strict": True}
        case "function-before" if schema["function"]["function"] is _written_number:
            return schema
    return {key: one if key in {"metadata", "default"} else _as_written(one) for key, one in schema.items()}


class QueryInput(BaseModel):
    """The parameters of a request, all of them texts: unknown ones are refused, surrounding blanks dropped."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Input(QueryInput):
    """A request body: as parameters, and a number is a number and not a text of one."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[BaseModel], handler: GetCoreSchemaHandler) -> CoreSchema:
        """As pydantic makes it, stricter."""
        return cast("CoreSchema", _as_written(handler(source)))


class Output(BaseModel):
    """A response body: every field is always there, so generated clients need no guesses."""

    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=True)


class ProblemField(Output):
    """One wrong field of a request."""

    pointer: str
    code: str
    message: str


class ProblemBody(Output):
    """RFC 9457 problem document; `errors` where fields are wrong."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)
    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
    errors: list[ProblemField] = Field(default_factory=list)


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _written_day(value: object) -> object:
    # Pydantic takes 0 for a day, too: 1 January 1970. Nobody means that.
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise PydanticCustomError("date_parsing", "Input should be a date like 2026-09-01")


def _written_instant(value: object) -> object:
    if isinstance(value, datetime) or (isinstance(value, str) and _DAY.match(value)):
        return value
    raise PydanticCustomError("datetime_parsing", "Input should be a time like 2026-09-01T08:00:00Z")


# Days and instants that come in, as the contract writes them.
Day = Annotated[date, BeforeValidator(_written_day)]
Instant = Annotated[datetime, BeforeValidator(_written_instant)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")]
Text = Annotated[str, StringConstraints(max_length=10_000, pattern=r"^[^\x00]*$")]
Reason = Annotated[str, StringConstraints(min_length=4, max_length=2_000, pattern=r"^[^\x00]*$")]


def problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    """The `responses=` of a route: the problem statuses it can answer, typed for generated clients."""
    return {status: {"model": ProblemBody, "content": {"application/problem+json": {}}} for status in statuses}
