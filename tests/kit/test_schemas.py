"""What a body may say: numbers and yes/no as the contract writes them."""

from typing import Annotated
from uuid import UUID, uuid4

import pytest
from pydantic import Field, ValidationError

from nuanyang.kit.schemas import Day, Input


class Inner(Input):
    minutes: Annotated[int, Field(ge=0, le=60)] | None = None


class Body(Input):
    times: int = 1
    share: float | None = None
    is_open: bool = False
    months: list[int] = Field(default_factory=list)
    inner: Inner | None = None
    id: UUID | None = None
    on: Day | None = None


@pytest.mark.parametrize(
    "wrong",
    [
        {"times": False},
        {"times": "1"},
        {"times": 1.5},
        {"share": True},
        {"share": "0.5"},
        {"is_open": 1},
        {"is_open": "yes"},
        {"months": [1, "2"]},
        {"months": [True]},
        {"inner": {"minutes": False}},
        {"inner": {"minutes": "5"}},
        {"inner": {"minutes": 61}},
    ],
)
def test_a_number_is_no_text_and_no_yes(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Body.model_validate(wrong)


def test_what_the_contract_allows_is_taken() -> None:
    one = uuid4()
    body = Body.model_validate(
        {"times": 2.0, "share": 1, "is_open": True, "months": [1, 2.0], "inner": {"minutes": 5}, "id": str(one), "on": "2026-09-01"}
    )
    assert (body.times, body.share, body.months, body.inner, body.id) == (2, 1.0, [1, 2], Inner(minutes=5), one)
