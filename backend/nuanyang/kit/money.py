"""Money is a whole number of fen; never a float."""

from typing import Annotated, Literal

from pydantic import Field

from nuanyang.kit.schemas import Output

Fen = Annotated[int, Field(ge=0, le=10**13, description="Amount in fen (1/100 yuan).")]


class Money(Output):
    """An amount as the API shows it."""

    amount: int
    currency: Literal["CNY"] = "CNY"
