"""The files of `data/`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """One file of the shipped programme, read once; nobody changes what it returns."""
    return tomllib.loads(files("nuanyang.programme.clauses").joinpath("data", name).read_text("utf-8"))
