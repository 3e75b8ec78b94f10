"""The catalogue of purposes: data of the program, beside each school's own wording."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nuanyang.school.consents.errors import PurposeNotFound


@dataclass(frozen=True, slots=True)
class Purpose:
    """For what consent is asked. `is_gate`: without it nothing is done; `ground_zh` says on what the school relies where it is none.

    `text` is the first wording of what is agreed to, `plain` the same in a child's words.
    """

    code: str
    zh: str
    en: str
    is_gate: bool
    text: str
    plain: str
    ground_zh: str | None = None
    ground_en: str | None = None


@cache
def purposes() -> Mapping[str, Purpose]:
    """All purposes by code, in the order of the form."""
    document = tomllib.loads(files("nuanyang.school.consents").joinpath("data", "purposes.toml").read_text("utf-8"))
    return {row["code"]: Purpose(**row | {"text": row["text"].strip()}) for row in document["purposes"]}


def purpose(code: str) -> Purpose:
    """One purpose; `PurposeNotFound` when there is none of this code."""
    found = purposes().get(code)
    if found is None:
        raise PurposeNotFound
    return found
