"""Base classes of what comes in and what goes out over the API."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Input(BaseModel):
    """A request body: unknown fields are refused, surrounding blanks dropped."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Output(BaseModel):
    """A response body: every field is always there, so generated clients need no guesses."""

    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=True)


class ProblemField(Output):
    """One wrong field of a request."""

    pointer: str
    code: str
    message: str


class ProblemBody(Output):
    """RFC 9457 problem document."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
    errors: list[ProblemField] = Field(default_factory=list)


Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")]
Text = Annotated[str, StringConstraints(max_length=10_000, pattern=r"^[^\x00]*$")]
Reason = Annotated[str, StringConstraints(min_length=4, max_length=2_000, pattern=r"^[^\x00]*$")]


def problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    """The `responses=` of a route: the problem statuses it can answer, typed for generated clients."""
    return {status: {"model": ProblemBody, "content": {"application/problem+json": {}}} for status in statuses}
