"""A guardian's own contact."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from nuanyang.kit.schemas import Input, Line, Output

Phone = Annotated[str, StringConstraints(pattern=r"^[0-9+() -]{5,25}$")]


class OwnContact(Output):
    """How the school reaches this guardian."""

    version: int
    name: str
    phone: str | None
    address: str | None


def _absent() -> Any:
    return None


class OwnContactPatch(Input):
    """JSON Merge Patch: a field left out stays. The telephone can be changed but not emptied: the school must reach somebody."""

    phone: Phone = Field(default_factory=_absent)
    address: Line | None = None
